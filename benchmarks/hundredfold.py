"""A build of 1, 10 and 100 times the figures, the further ones of made-up forces and authorities.

    python -m benchmarks.hundredfold

No part of ``make bench``: it takes 15 minutes and 13 GB. Processor time to load, check and hash; prints Markdown.
"""

from __future__ import annotations

import resource
import tempfile
from pathlib import Path

from benchmarks.growth import built
from benchmarks.machine import machine

TIMES = (1, 10, 100)


def main() -> None:
    """Measure and print."""
    print(machine())
    print("\n| times the figures | processor time | to once | most memory until then |\n|---:|---:|---:|---:|")
    with tempfile.TemporaryDirectory() as room:
        once = None
        for times, seconds in zip(TIMES, built(Path(room), TIMES), strict=True):
            once = once or seconds
            memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e9
            print(f"| {times} | {seconds:.1f} s | {seconds / once:.1f} × | {memory:.1f} GB |", flush=True)


if __name__ == "__main__":
    main()
