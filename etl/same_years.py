"""Figures that are those of another year: a file whose years were shifted is whole, adds up, and is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from etl.tidy import read_csv_text

CELL = ["area_code", "figure_id"]
# Of fewer figures, or of fewer that are alike, it may be chance.
FEWEST, ALIKE = 30, 0.95


def copied_years(frame: pd.DataFrame, held: list[Path]) -> list[str]:
    """What to tell of each period of a release whose figures are nearly all those of another period that is held.

    Args:
        frame: figures of a release.
        held: files of the other releases of its publication.
    """
    known = [(path.stem, period, values) for path in held for period, values in _by_period(read_csv_text(path))]
    return [
        f"CHECK THE YEARS: {alike:,} of {common:,} figures of {period} are those of {other} in release {release}."
        for period, values in _by_period(frame)
        for release, other, before in known
        if other != period
        for alike, common in [_alike(values, before)]
        if common >= FEWEST and alike > ALIKE * common
    ]


def _by_period(frame: pd.DataFrame) -> Iterator[tuple[str, pd.Series]]:
    """Period and its values above zero by area and figure: small counts are alike in many years."""
    values = pd.to_numeric(frame["value"], errors="coerce").astype("float")
    rows = frame.assign(value=values)[values > 0]
    for period, of_period in rows.groupby("period_end"):
        yield str(period), of_period.drop_duplicates(CELL).set_index(CELL)["value"]


def _alike(values: pd.Series, before: pd.Series) -> tuple[int, int]:
    """How many figures are the same, of how many that both have."""
    common = values.index.intersection(before.index)
    return int((values.loc[common] == before.loc[common]).sum()), len(common)
