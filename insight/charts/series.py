"""Series in time as figures need them: where a line may run, where it must stop, and round bounds for an axis."""

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import pandas as pd

from insight.charts.chart import Row, missing, need, rows_of, whole
from insight.format import POOLED

_YEAR_AND_A_BIT = 400  # days: periods further apart than this have a missing year between them


def breaks_of(breaks: pd.DataFrame | None) -> list[Row]:
    """Rows of table series_break for one series that have a date: kind, starts, area_code, reason."""
    if breaks is None:
        return []
    need(breaks, ("kind", "starts", "area_code", "reason"), "breaks")
    return [{**row, "starts": pd.Timestamp(row["starts"])} for row in rows_of(breaks) if not missing(row["starts"])]


def series_of(rows: Sequence[Row]) -> dict[str, list[Row]]:
    """Rows by area, each in order of time, with period_end as a timestamp and `day` as ISO text (quick to draw)."""
    areas: dict[str, list[Row]] = {}
    for row in rows:
        end = pd.Timestamp(row["period_end"])
        areas.setdefault(row["area_code"], []).append({**row, "period_end": end, "day": end.isoformat()[:10]})
    return {code: sorted(points, key=lambda point: point["period_end"]) for code, points in areas.items()}


def segments(points: Sequence[Row], breaks: Sequence[Row]) -> list[list[Row]]:
    """Runs of complete values of one area that a line may join.

    A missing year, a hidden or partial figure and a break each end a run, and so does an average over forces that were not
    all there: another year's may be over others. A doubtful figure does not.
    """
    runs: list[list[Row]] = []
    for before, point in pairwise([None, *points]):
        if point is None or not whole(point):
            continue
        if before is None or not whole(before) or _parted(before, point, breaks):
            runs.append([])
        runs[-1].append(point)
    return runs


def _parted(before: Row, point: Row, breaks: Sequence[Row]) -> bool:
    if (point["period_end"] - before["period_end"]).days > _YEAR_AND_A_BIT:
        return True
    if any(row.get("basis") == POOLED and int(row["hidden_parts"]) for row in (before, point)):
        return True
    return any(
        row["kind"] == "break"
        and (missing(row["area_code"]) or row["area_code"] == point["area_code"])
        and before["period_end"] < row["starts"] <= point["period_end"]
        for row in breaks
    )


def doubt(point: Row, breaks: Sequence[Row]) -> str:
    """Why a point is doubtful, or nothing."""
    for row in breaks:
        same_area = missing(row["area_code"]) or row["area_code"] == point["area_code"]
        if row["kind"] == "doubtful" and same_area and row["starts"] == point["period_end"]:
            return str(row["reason"])
    return ""


def bounds(values: Sequence[float]) -> tuple[float, float, float]:
    """Round lower and upper bound of an axis and its step; the lower is zero where that costs less than a third."""
    low, high = min(values), max(values)
    if low == high == 0:
        return 0.0, 1.0, 0.25
    if low >= 0 and low <= (high - low) / 2:
        low = 0.0
    span = (high - low) or abs(high) or 1.0
    rough = span / 4
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= rough)
    return math.floor(low / step) * step, math.ceil(high / step + 1e-9) * step, step


def year_ticks(periods: Sequence[Any], most: int = 6) -> dict[str, Any]:
    """Ticks at the ends of periods, so many that years stand apart on a phone; always with the newest."""
    every = sorted(set(periods))
    step = -(-len(every) // most)
    kept = every[::-1][::step][::-1]
    return {"tickmode": "array", "tickvals": kept, "ticktext": [f"{period:%Y}" for period in kept]}
