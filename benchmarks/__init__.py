"""What is fast, how fast, how it grows: every figure a ratio to a stated baseline within one run. ``python -m benchmarks``."""
