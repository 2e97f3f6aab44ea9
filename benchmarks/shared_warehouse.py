"""What a shared warehouse costs beside a file: to open, to publish to, and for the questions of the pages.

    FORCE_WAREHOUSE=ducklake:postgres:… python -m benchmarks.shared_warehouse FILE

``FILE`` is the same build as a file. The questions are asked of both in turn; medians of ``RUNS``, with processor time in
brackets (the program's own: that of PostgreSQL is not in it). Prints Markdown.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd

from benchmarks.growth import questions
from benchmarks.machine import machine
from insight.warehouse import Warehouse, build_in_use, open_warehouse

RUNS = 9


def _opened(build: Path) -> tuple[Warehouse, float]:
    started = time.perf_counter()
    return open_warehouse(build), time.perf_counter() - started


def _asked(question: Callable[..., pd.DataFrame], arguments: tuple[Any, ...], both: tuple[Warehouse, ...]) -> list[str]:
    times: list[list[tuple[float, float]]] = [[] for _ in both]
    for _ in range(RUNS):
        for warehouse, kept in zip(both, times, strict=True):
            started, worked = time.perf_counter(), time.process_time()
            question(warehouse, *arguments)
            kept.append((time.perf_counter() - started, time.process_time() - worked))
    medians = [[statistics.median(column) * 1000 for column in zip(*kept, strict=True)] for kept in times]
    return [f"{took:.0f} ms ({worked:.0f})" for took, worked in medians]


def main() -> None:
    """Open both, ask both, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    file, in_file = _opened(parser.parse_args().file.resolve())
    shared, in_lake = _opened(build_in_use())
    print(f"{machine()}\n\n| | file | shared |\n|---|---:|---:|")
    print(f"| to open | {in_file * 1000:.0f} ms | {in_lake * 1000:.0f} ms |")
    for page, asked in questions(file).items():
        for question, arguments in asked:
            print(f"| {page}: {question.__name__} | {' | '.join(_asked(question, arguments, (file, shared)))} |", flush=True)


if __name__ == "__main__":
    main()
