"""How long the statistics of a build take, and how each method grows with the number of rows.

Prints seconds and ratios within this run: the whole step beside the whole build, and each method at 1, 10 and 100 times the
rows of the real data. A ratio near the growth is linear.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd

from etl.build import make_draft
from etl.comparisons import with_comparisons
from etl.indicators import indicators
from etl.load import CURRENT, with_counts
from etl.paths import data_folder
from etl.reference import load_reference
from insight.statistics import change_from_previous, compare, proportion, rank_intervals, rate, recent_trend

GROWTHS = (1, 10, 100)


def seconds(run: Callable[[], object]) -> float:
    started = time.perf_counter()
    run()
    return time.perf_counter() - started


def whole_step() -> None:
    folder = data_folder()
    reference = load_reference(folder.reference)
    with tempfile.TemporaryDirectory() as temporary:
        path = Path(temporary) / "benchmark.duckdb"
        build = seconds(lambda: make_draft(folder, path, lambda text: None))
        with duckdb.connect(path, read_only=True) as connection:
            current = with_counts(connection.execute(CURRENT).df())
    rows = indicators(current, reference)
    step = seconds(lambda: with_comparisons(rows, reference))
    print(f"statistics of {len(rows):,} indicator rows: {step:.1f} s, {step / build:.0%} of a build of {build:.1f} s")
    growth("every vectorised method", vectorised(rows))
    growth("ranks with intervals, 10,000 draws", ranks())


def vectorised(rows: pd.DataFrame) -> Callable[[int], Callable[[], object]]:
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
    def at(times: int) -> Callable[[], object]:
        random = np.random.default_rng(1)
        totals = random.integers(800, 14_000, 43 * times).astype(float)
        counts = random.binomial(totals.astype(int), 0.11).astype(float)
        return lambda: rank_intervals(counts, totals, "proportion", tau2=0.0008)

    return at


def growth(name: str, at: Callable[[int], Callable[[], object]]) -> None:
    taken = [seconds(at(times)) for times in GROWTHS]
    said = ", ".join(
        f"{times}× the rows {one:.2f} s (ratio {one / taken[0]:.1f})" for times, one in zip(GROWTHS, taken, strict=True)
    )
    print(f"{name}: {said}")


if __name__ == "__main__":
    whole_step()
