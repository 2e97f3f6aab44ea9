"""Trend lines: my force over time, beside forces it is compared with, its region and the nation. Gaps stay gaps."""

from collections.abc import Sequence
from datetime import date, timedelta

import pandas as pd

from insight.charts import palette
from insight.charts.chart import DOUBTFUL, PARTLY_HIDDEN, Row, joined, need
from insight.charts.model.common import KeyItem
from insight.charts.model.lines import Axis, Break, Line, LineChart, LineStyle, Point
from insight.charts.series import axis_of, breaks_of, line_of, named_years, series_of
from insight.format import DOUBT_MARK, FigureFormat, Words, is_missing, year_ending
from insight.records import records

BAND = "95% interval"
BREAK = "series changes"
BREAK_KEY = "The series changes: figures on either side are counted differently, so no line is drawn across"
NOT_JOINED = "Not joined: the figures of different years may rest on different forces"
LONE = 3  # points by themselves of England or a region that need a word
_HALF_A_YEAR = timedelta(days=182)
_RANK = {"other": 0, "compared": 1, "region": 2, "nation": 3, "mine": 4}
_COLUMNS = (
    "area_code", "area_name", "area_level", "period_end", "value", "lower_95", "upper_95", "status", "hidden_parts", "role",
)  # fmt: skip


def trend_lines(
    frame: pd.DataFrame,
    *,
    title: str,
    empty: str,
    my_force: str | None,
    unit: str,
    decimals: int,
    words: Words,
    breaks: pd.DataFrame | None = None,
    compared: Sequence[str] = (),
) -> LineChart:
    """Lines over the years, labelled at their ends; no line crosses a missing year, a hidden figure or a break.

    frame, one row an area and period: area_code, area_name, area_level (str), period_end (date), value, lower_95, upper_95
    (float, NaN for none), status (str), hidden_parts (int), role ('mine', 'compared', 'region', 'nation', 'other'). breaks:
    the breaks of this series (starts, area_code, reason). Others are thin grey lines without labels.
    `compared`: codes of the chosen forces in the order of choice, which gives each its hue; else that of the frame.
    """
    need(frame, _COLUMNS, "trend_lines")
    write = FigureFormat(unit, decimals, words)
    areas = _from_first_figure(series_of(records(frame)))
    if not areas:
        return LineChart(title=title, alt=empty, unit=unit)
    known = breaks_of(breaks)
    periods = sorted({point["period_end"].date() for points in areas.values() for point in points})
    ordered = sorted(areas.values(), key=lambda points: _RANK[points[0]["role"]])
    chosen = compared or [points[0]["area_code"] for points in ordered if points[0]["role"] == "compared"]
    lines = tuple(line_of(points, known, write, _style(points[0], chosen), periods[-1]) for points in ordered)
    shown_breaks = _breaks(known, my_force, periods)
    axis = axis_of(_extent(lines), symbols_below=any(line.gaps for line in lines if line.role == "mine"))
    return LineChart(
        title=title,
        alt=_alt(lines, shown_breaks),
        unit=unit,
        decimals=decimals,
        key=_key(lines, write, shown_breaks),
        note=_note(lines, shown_breaks),
        lines=lines,
        periods=tuple(periods),
        ticks=named_years(periods),
        axis=axis,
        scale=_scale(axis),
        breaks=shown_breaks,
    )


def _from_first_figure(areas: dict[str, list[Row]]) -> dict[str, list[Row]]:
    """The series from the first period in which any area has a figure: before it there is nothing to miss."""
    known = [point["period_end"] for points in areas.values() for point in points if not is_missing(point["value"])]
    if not known:
        return {}
    kept = {code: [p for p in points if p["period_end"] >= min(known)] for code, points in areas.items()}
    return {code: points for code, points in kept.items() if points}


def _style(row: Row, compared: Sequence[str]) -> LineStyle:
    """Accent for mine, ink for the nation, a hue for each chosen force."""
    fixed = {
        "mine": LineStyle(palette.ACCENT, palette.ACCENT, 3),
        "nation": LineStyle(palette.INK, palette.INK, 1.8),
        "region": LineStyle(palette.MUTED, palette.MUTED, 1.8, (4, 2)),
        "other": LineStyle(palette.OTHER_LINE, palette.MUTED, 1),
    }
    if row["role"] in fixed:
        return fixed[row["role"]]
    hue = palette.hues(compared)[row["area_code"]]
    return LineStyle(hue.colour, hue.ink, 2, hue.dash, hue.shape)


def _extent(lines: Sequence[Line]) -> list[float]:
    """Every value drawn, and the limits of the band."""
    values = []
    for line in lines:
        for point in _points(line):
            values.append(point.value)
            if line.role == "mine":
                values += [limit for limit in (point.lower, point.upper) if limit is not None]
    return values


def _points(line: Line) -> list[Point]:
    """Every point of a line in order of time, lower bounds among them."""
    return sorted([*(point for run in line.runs for point in run), *line.bounds], key=lambda point: point.when)


def _breaks(known: Sequence[Row], my_force: str | None, periods: Sequence[date]) -> tuple[Break, ...]:
    """Breaks of everyone's series or my force's within the years shown; each stands half a year before its first period."""
    found = []
    for row in known:
        concerns = is_missing(row["area_code"]) or row["area_code"] == my_force
        starts = row["starts"].date()
        if concerns and periods[0] < starts <= periods[-1]:
            found.append(Break(starts, starts - _HALF_A_YEAR, BREAK, str(row["reason"])))
    return tuple(found)


def _scale(axis: Axis) -> str:
    return f"axis from {axis.ticks[0][1]} to {axis.ticks[-1][1]}"


def _key(lines: Sequence[Line], write: FigureFormat, breaks: Sequence[Break]) -> tuple[KeyItem, ...]:
    """The marks that need a word: names stand at the ends of their lines."""
    named = [line for line in lines if line.role != "other"]
    mine = next((line for line in lines if line.role == "mine"), None)
    items = []
    if any(line.role == "other" and line.runs for line in lines):
        items.append(KeyItem("line", "Other forces", palette.OTHER_LINE))
    if mine and mine.bands:
        items.append(KeyItem("band", BAND, palette.ACCENT_PALE))
    for mark, label in (("open", DOUBTFUL), ("bound", PARTLY_HIDDEN)):
        having = [line for line in named if any(point.mark == mark for point in _points(line))]
        if having:
            items.append(KeyItem(mark, label, having[-1].style.colour))
    for line in named:
        if line.role in ("nation", "region") and not line.gaps and sum(len(run) == 1 for run in line.runs) >= LONE:
            items.append(KeyItem("point", NOT_JOINED, line.style.colour))
            break
    if breaks:
        items.append(KeyItem("dash", BREAK_KEY, palette.MUTED))
    symbols = {gap.symbol: write.label(gap.status) for gap in mine.gaps if gap.symbol} if mine else {}
    return (*items, *(KeyItem(symbol, label, palette.ACCENT) for symbol, label in symbols.items()))


def _note(lines: Sequence[Line], breaks: Sequence[Break]) -> str:
    """Why lines stop at a break, and why figures are doubtful."""
    told = [f"Series changes before {one.starts:%Y}, so no line is drawn across: {one.reason}" for one in breaks]
    doubtful = [point for line in lines if line.role != "other" for point in _points(line) if point.mark == "open"]
    told += [f"{DOUBT_MARK} {DOUBTFUL} ({point.when:%Y}). {point.said[-1]}" for point in doubtful]
    return " ".join(told)


def _alt(lines: Sequence[Line], breaks: Sequence[Break]) -> str:
    parts = []
    for line in reversed(lines):
        if line.role == "other" or line.newest is None:
            continue
        newest, oldest = line.newest, _points(line)[0]
        said = f"{line.name} {newest.text} in the {year_ending(newest.when)}"
        if line.role != "mine":
            parts.append(said)
            continue
        sure = [point for run in line.runs for point in run]
        if oldest is not newest:
            said += f", {oldest.text} in {oldest.when:%Y}"
        if len(sure) > 2:
            top, bottom = max(sure, key=lambda point: point.value), min(sure, key=lambda point: point.value)
            said += f", highest {top.text} in {top.when:%Y}, lowest {bottom.text} in {bottom.when:%Y}"
        parts.append(said)
        absent = [f"{gap.when:%Y}" for gap in line.gaps]
        parts.append(f"no figure for {', '.join(absent)}" if absent else "")
    parts += [f"the series changes before {one.starts:%Y} and is not joined there" for one in breaks]
    return joined(parts)
