"""Small multiples: every force's series as a sparkline of its own, each on its own scale, with the word of its trend."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

import pandas as pd

from insight.charts import palette
from insight.charts.chart import PARTLY_HIDDEN, Row, doubt_key, joined, need
from insight.charts.model.common import KeyItem
from insight.charts.model.lines import Line, LineStyle, MultiplesChart, Panel
from insight.charts.series import breaks_of, line_of, series_of
from insight.format import FigureFormat, Words, is_missing, plural, upper_first
from insight.records import records

_COLUMNS = ("area_code", "area_name", "period_end", "value", "status", "hidden_parts", "recent_trend")
_MINE = LineStyle(palette.ACCENT, palette.ACCENT, 2.5)
LEAST_SPAN = 0.5  # of the highest value
BROKEN, BROKEN_SIGN = "Line broken: a year without a complete figure, or a change in what is counted", "— —"
_OTHER = LineStyle(palette.COMPARED, palette.INK, 1.5)


def small_multiples(
    frame: pd.DataFrame,
    *,
    title: str,
    empty: str,
    my_force: str | None,
    unit: str,
    decimals: int,
    words: Words,
    order: Sequence[str] | None = None,
    breaks: pd.DataFrame | None = None,
    columns: int = 2,
    compared: Sequence[str] = (),
) -> MultiplesChart:
    """A grid of sparklines, a force a panel: my force, the chosen ones, then the given order of codes (else as in the frame).

    frame, one row an area and period: area_code, area_name (str), period_end (date), value (float, NaN for none), status
    (str), hidden_parts (int), recent_trend (a word of insight.statistics, the same on every row of an area, or missing).
    Each panel has its own vertical scale; all have the same years. `columns`: 2 on a phone; a panel needs 165 px.
    """
    need(frame, _COLUMNS, "small_multiples")
    write = FigureFormat(unit, decimals, words)
    areas = series_of(records(frame))
    first_of_all = [code for code in (my_force, *compared) if code in areas]
    rest = [code for code in (order if order is not None else areas) if code in areas and code not in first_of_all]
    wanted = [areas[code] for code in (*first_of_all, *rest)]
    values = [float(row["value"]) for rows in wanted for row in rows if not is_missing(row["value"])]
    if not values:
        return MultiplesChart(title=title, alt=empty, unit=unit)
    known = breaks_of(breaks)
    ends = [row["period_end"].date() for rows in wanted for row in rows]
    first, last = min(ends), max(ends)
    hues = palette.hues(compared)
    panels = [_panel(rows, my_force, hues.get(rows[0]["area_code"]), known, write, last) for rows in wanted]
    return MultiplesChart(
        title=title,
        alt=_alt(panels, [rows[0]["recent_trend"] for rows in wanted]),
        unit=unit,
        key=_key(panels, wanted, write),
        panels=tuple(panels),
        columns=columns,
        first=first,
        last=last,
        scale=f"{upper_first(unit)}, years ending {first:%B %Y} to {last:%B %Y}; the number is the newest, with its year "
        f"where that is not {last:%Y}. Each panel has its own scale: compare shapes, not heights.",
    )


def _panel(
    rows: Sequence[Row],
    my_force: str | None,
    hue: palette.Hue | None,
    breaks: Sequence[Row],
    write: FigureFormat,
    last: date,
) -> Panel:
    mine = rows[0]["area_code"] == my_force
    role = "mine" if mine else "compared" if hue else "other"
    style = _MINE if mine else LineStyle(hue.colour, hue.ink, 2.5, (), hue.shape) if hue else _OTHER
    line = line_of([{**row, "role": role} for row in rows], breaks, write, style, last)
    trend = rows[0]["recent_trend"]
    said = "" if is_missing(trend) else f"{palette.TREND_ARROWS.get(str(trend), '')} {trend}".strip()
    return Panel(
        line,
        said,
        _figure(line, rows, write, last),
        *_scale([float(row["value"]) for row in rows if not is_missing(row["value"])]),
    )


def _scale(values: Sequence[float]) -> tuple[float, float]:
    """From the lowest to the highest, but at least half as high as the highest: chance alone must not look like a mountain."""
    if not any(values):
        return 0.0, 1.0
    low, high = min(values), max(values)
    more = max(0.0, high * LEAST_SPAN - (high - low)) / 2
    start = max(0.0, low - more)
    return start, max(high + more, start + high * LEAST_SPAN)


def _figure(line: Line, rows: Sequence[Row], write: FigureFormat, last: date) -> str:
    """The newest figure in short, with its year where that is not the newest of all; or the symbol for why there is none."""
    if line.newest is None:
        return write.symbol(rows[-1]["status"])
    year = "" if line.newest.when == last else f" ({line.newest.when:%Y})"
    return next(write.short(row) for row in reversed(rows) if not is_missing(row["value"])) + year


def _key(panels: Sequence[Panel], wanted: Sequence[Sequence[Row]], write: FigureFormat) -> tuple[KeyItem, ...]:
    """What is drawn in some panel and does not speak for itself: lower bounds, broken lines, doubts and symbols for no figure."""
    items = []
    if bounded := [panel.line.style.colour for panel in panels if panel.line.bounds]:
        items.append(KeyItem("bound", PARTLY_HIDDEN, bounded[-1]))
    if broken := [panel.line.style.colour for panel in panels if len(panel.line.runs) + len(panel.line.bounds) > 1]:
        items.append(KeyItem(BROKEN_SIGN, BROKEN, broken[-1]))
    items += doubt_key(panel.figure for panel in panels)
    absent = [rows[-1]["status"] for panel, rows in zip(panels, wanted, strict=True) if panel.line.newest is None]
    symbols = {write.symbol(status): write.label(status) for status in absent if write.symbol(status)}
    return (*items, *(KeyItem(symbol, label, palette.INK) for symbol, label in symbols.items()))


def _alt(panels: Sequence[Panel], trends: Sequence[str]) -> str:
    parts = []
    for panel, trend in zip(panels, trends, strict=True):
        if panel.line.role == "mine":
            said = panel.line.end[1] if panel.line.newest else panel.line.gaps[-1].said[1].partition(": ")[2]
            parts.append(f"{panel.line.name} {said}" + ("" if is_missing(trend) else f", {str(trend).lower()}"))
    counts: Mapping[str, int] = Counter(str(trend) for trend in trends if not is_missing(trend))
    parts.append(f"{plural(len(panels), 'force')} side by side")
    return joined([*parts, *(f"{trend.lower()} in {plural(count, 'force')}" for trend, count in counts.items())])
