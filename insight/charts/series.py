"""Series in time as charts need them: where a line may run, where it must stop, and round bounds for an axis."""

import math
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

import pandas as pd

from insight.charts.chart import Row, has_interval, need, partial, whole
from insight.charts.model.lines import Axis, Gap, Line, LineStyle, Mark, Point
from insight.format import FigureFormat, is_missing, reason_to_doubt, upper_first, year_ending
from insight.records import records
from vocabulary import Basis

SYMBOL_ROOM = 0.12  # of an axis, that symbols on it take up
MOST_NAMED = 6  # years on an axis, for a phone
_YEAR_AND_A_BIT = 400  # days: periods further apart than this have a missing year between them


def breaks_of(breaks: pd.DataFrame | None) -> list[Row]:
    """The breaks of one series that have a date: starts, area_code, reason."""
    if breaks is None:
        return []
    need(breaks, ("starts", "area_code", "reason"), "breaks")
    return [{**row, "starts": pd.Timestamp(row["starts"])} for row in records(breaks) if not is_missing(row["starts"])]


def series_of(rows: Sequence[Row]) -> dict[str, list[Row]]:
    """Rows by area, each in order of time, with period_end as a timestamp."""
    areas: dict[str, list[Row]] = {}
    for row in rows:
        areas.setdefault(row["area_code"], []).append({**row, "period_end": pd.Timestamp(row["period_end"])})
    return {code: sorted(points, key=lambda point: point["period_end"]) for code, points in areas.items()}


def line_of(rows: Sequence[Row], breaks: Sequence[Row], write: FigureFormat, style: LineStyle, last: date | None = None) -> Line:
    """One area's rows, in order of time, as a line with its runs, lower bounds and gaps.

    Args:
        rows: area_code, area_name, period_end, value, status, hidden_parts and, where there are, role, basis, doubtful,
            lower_95, upper_95.
        breaks: rows of ``breaks_of``.
        write: how the figures are written.
        style: how the line is drawn.
        last: the chart's newest period; a label at the end of a line that stops before it says its year.
    """
    runs = tuple(tuple(_point(row, write) for row in run) for run in segments(rows, breaks))
    bounds_only = tuple(_point(row, write) for row in rows if partial(row))
    every = sorted([*(point for run in runs for point in run), *bounds_only], key=lambda point: point.when)
    newest = every[-1] if every else None
    year = "" if newest is None or last in (None, newest.when) else f" ({newest.when:%Y})"
    first = rows[0]
    return Line(
        code=str(first["area_code"]),
        name=str(first["area_name"]),
        role=first.get("role", "other"),
        style=style,
        runs=runs,
        bounds=bounds_only,
        gaps=tuple(
            Gap(row["period_end"].date(), str(row["status"]), write.short(row), _said(row, write))
            for row in rows
            if is_missing(row["value"])
        ),
        bands=tuple(run for run in runs if len(run) > 1 and all(point.lower is not None for point in run)),
        newest=newest,
        end=("", "") if newest is None else (str(first["area_name"]), newest.text + year),
    )


def _point(row: Row, write: FigureFormat) -> Point:
    limits = (float(row["lower_95"]), float(row["upper_95"])) if has_interval(row) else (None, None)
    mark: Mark = "bound" if partial(row) else "open" if reason_to_doubt(row) else "filled"
    return Point(row["period_end"].date(), float(row["value"]), write.text(row), _said(row, write), mark, *limits)


def _said(row: Row, write: FigureFormat) -> tuple[str, ...]:
    """What is told of a period: the area, the figure, its interval and why it is doubtful."""
    told = (
        str(row["area_name"]),
        f"{upper_first(year_ending(row['period_end']))}: {write.text(row)}",
        write.interval(row),
        reason_to_doubt(row),
    )
    return tuple(line for line in told if line)


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
    if any(row.get("basis") == Basis.POOLED and int(row["hidden_parts"]) for row in (before, point)):
        return True
    return any(
        (is_missing(row["area_code"]) or row["area_code"] == point["area_code"])
        and before["period_end"] < row["starts"] <= point["period_end"]
        for row in breaks
    )


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


def axis_of(values: Sequence[float], symbols_below: bool = False) -> Axis:
    """An axis with round bounds around the values; its ticks have the decimals that their step needs.

    Args:
        symbols_below: a row of symbols stands on the axis, so that the lowest value keeps clear of it.
    """
    low, high, step = bounds(values)
    if symbols_below and low > 0 and min(values) - low < SYMBOL_ROOM * (high - low):
        low = max(low - step, 0.0)
    places = places_of(step)
    ticks = [round(low + step * index, 6) for index in range(round((high - low) / step) + 1)]
    return Axis(low, high, tuple((tick, f"{tick:,.{places}f}") for tick in ticks))


def places_of(step: float) -> int:
    """Decimals that an axis of such steps needs."""
    return next((places for places in range(3) if round(step, places) == step), 3)


def axis_from_zero(highest: float) -> tuple[float, tuple[tuple[float, str], ...]]:
    """Where an axis of bars ends, with a little room after the highest value, and its ticks with their texts."""
    reach = highest * 1.03 or 1.0
    return reach, tuple(tick for tick in axis_of([0.0, reach]).ticks if tick[0] <= reach)


def named_years(periods: Sequence[date]) -> tuple[date, ...]:
    """Ends of periods to be named on an axis, so many that years stand apart on a phone; always with the newest."""
    every = sorted(set(periods))
    return tuple(every[::-1][:: -(-len(every) // MOST_NAMED)][::-1])
