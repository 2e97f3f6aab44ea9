"""How each statistical method grows with the number of rows: at 1, 10 and 100 times those of the real data."""

from __future__ import annotations

import math
import time
from collections.abc import Callable

import numpy as np
import pandas as pd

from benchmarks.report import Part, Row
from insight.statistics import change_from_previous, compare, proportion, rank_intervals, rate, recent_trend
from insight.warehouse import build_in_use, open_warehouse

GROWTHS = (1, 10, 100)
MOST = 1.5  # times the growth of the rows: above it a method is worse than linear
FORCES = 43
ROWS = "SELECT numerator, denominator, value FROM indicator"


def vectorised(rows: pd.DataFrame) -> Callable[[int], Callable[[], object]]:
    """All methods that take whole columns."""
    whole = rows[rows["denominator"].notna() & rows["value"].notna() & (rows["denominator"] >= rows["numerator"])]
    counts = whole["numerator"].to_numpy(dtype=float)
    totals = whole["denominator"].to_numpy(dtype=float)

    def at(times: int) -> Callable[[], object]:
        count, total = np.tile(counts, times), np.tile(totals, times)
        series = len(count) // 5

        def run() -> None:
            rate(count, total, 10_000)
            near, far = proportion(count, total, 100), proportion(count, total, 100, confidence=0.998)
            compare(near.value, near.lower, near.upper, 11.0, "none", far.lower, far.upper)
            change_from_previous(near.value, near.lower, near.upper, far.value, far.lower, far.upper)
            shaped = [np.asarray(part)[: series * 5].reshape(series, 5) for part in (near.value, near.lower, near.upper)]
            recent_trend(*shaped)

        return run

    return at


def ranks() -> Callable[[int], Callable[[], object]]:
    """Intervals of ranks of made-up forces."""

    def at(times: int) -> Callable[[], object]:
        random = np.random.default_rng(1)
        totals = random.integers(800, 14_000, FORCES * times).astype(float)
        counts = random.binomial(totals.astype(int), 0.11).astype(float)
        return lambda: rank_intervals(counts, totals, "proportion", tau2=0.0008)

    return at


def seconds(run: Callable[[], object]) -> float:
    """Processor time of a call."""
    started = time.process_time()
    run()
    return time.process_time() - started


def run() -> Part:
    """Measure and put into a table."""
    rows: list[Row] = []
    missed = []
    found = open_warehouse(build_in_use()).rows("rows of the benchmark", ROWS)
    # A draw of ranks sorts the forces, which no method does in time that grows with their number alone.
    sorting = math.log(FORCES * GROWTHS[-1]) / math.log(FORCES)
    methods = {"every vectorised method": (vectorised(found), MOST), "ranks with intervals, 10,000 draws": (ranks(), sorting)}
    for name, (at, most) in methods.items():
        taken = [seconds(at(times)) for times in GROWTHS]
        rows.append((name, *(f"{one:.2f} s ({one / taken[0]:.1f} ×)" for one in taken)))
        if taken[-1] > most * GROWTHS[-1] * taken[0]:
            missed.append(f"{name}: {taken[-1] / taken[0]:.0f} × at 100 × the rows")
    method = f"Processor time, and the ratio to that at 1 ×. Bars: at 100 × the rows at most {MOST * GROWTHS[-1]:.0f} ×, of "
    method += f"ranks, which sort the forces in each draw (n log n), {sorting * GROWTHS[-1]:.0f} ×."
    return Part(
        "Statistical methods", method, ("method", *(f"{times} × the rows" for times in GROWTHS)), tuple(rows), tuple(missed)
    )
