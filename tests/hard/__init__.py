"""Hard proofs that take minutes, each a command (`make faults`, `make fuzz`); `tests/integration` holds a small form of each."""
