"""Small multiples: every force's series as a sparkline of its own, all on one scale, with the word of its trend."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from insight.charts import palette, template
from insight.charts.chart import Chart, Row, forces, hover, joined, missing, need, partial, rows_of, sentence
from insight.charts.labels import line_count, wrap
from insight.charts.series import bounds, breaks_of, segments, series_of
from insight.format import FigureFormat, Words, symbol_of, year_ending

PANEL = 92  # pixels of a panel's height
_FOOT, _HEAD, _LEFT, _RIGHT = 0.08, 0.42, 0.03, 0.70  # where in its panel a sparkline lies; its figure is right of it
_COLUMNS = ("area_code", "area_name", "period_end", "value", "status", "hidden_parts", "recent_trend")


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
) -> Chart:
    """A grid of sparklines, a force a panel, in the given order of area codes (else as in the frame).

    frame, one row an area and period: area_code, area_name (str), period_end (date), value (float, NaN for none), status
    (str), hidden_parts (int), recent_trend (a word of insight.statistics, the same on every row of an area, or missing).
    All panels have the same vertical scale. `columns`: 2 on a phone; a panel needs 165 px.
    """
    need(frame, _COLUMNS, "small_multiples")
    write = FigureFormat(unit, decimals, words)
    areas = series_of(rows_of(frame))
    wanted = [code for code in (order if order is not None else areas) if code in areas]
    values = [float(p["value"]) for code in wanted for p in areas[code] if not missing(p["value"])]
    if not values:
        return template.empty_chart(title, empty)
    known = breaks_of(breaks)
    low, high, _ = bounds(values)
    times = [point["period_end"] for code in wanted for point in areas[code]]
    scale = _Scale(min(times), max(times), low, high)
    panels = {code: (index % columns, index // columns) for index, code in enumerate(wanted)}
    others = [code for code in wanted if code != my_force]
    own = [code for code in wanted if code == my_force]
    traces: list[dict[str, Any]] = []
    for name, codes, colour, width in (
        ("Forces", others, palette.COMPARED, 1.5),
        ("My force", own, palette.ACCENT, 2.5),
    ):
        if codes:
            traces += _lines(name, codes, areas, panels, scale, known, write, colour, width)
            traces += _labels(name, codes, areas, panels, scale, write, colour if codes is own else palette.INK, codes is own)
    count = -(-len(wanted) // columns)
    first, last = min(times), max(times)
    note = wrap(
        f"{sentence(unit)}. Every panel runs from {write.number(low)} to {write.number(high)}, "
        f"years ending {first:%B %Y} to {last:%B %Y}; the number is the newest.",
        52,
    )
    top = 10 + 16 * line_count(note)
    layout = {
        "margin": {"l": 4, "r": 4, "t": top, "b": 4, "pad": 0},
        "xaxis": {"visible": False, "range": [0, columns]},
        "yaxis": {"visible": False, "range": [count, 0]},
        "annotations": [template.note_above(note, 4)],
        "shapes": _frames(panels, own),
    }
    alt = _alt(areas, wanted, my_force, write)
    return template.chart(traces, title=title, alt=alt, height=PANEL * count + top + 4, layout=layout)


class _Scale:
    """From a time and a value to a place within a panel of width and height 1."""

    def __init__(self, first: Any, last: Any, low: float, high: float) -> None:
        self._first, self._span = first, max((last - first).days, 1)
        self._low, self._high = low, high

    def x(self, column: int, time: Any) -> float:
        return column + _LEFT + (time - self._first).days / self._span * (_RIGHT - _LEFT)

    def y(self, line: int, value: float) -> float:
        return line + 1 - _FOOT - (value - self._low) / (self._high - self._low) * (1 - _FOOT - _HEAD)


def _lines(
    name: str,
    codes: Sequence[str],
    areas: Mapping[str, list[Row]],
    panels: Mapping[str, tuple[int, int]],
    scale: _Scale,
    breaks: list[Row],
    write: FigureFormat,
    colour: str,
    width: float,
) -> list[dict[str, Any]]:
    """One trace for all lines, with gaps, and one for the points that lines do not show: ends, lone years, lower bounds."""
    runs = [(code, run) for code in codes for run in segments(areas[code], breaks)]
    marked = [(code, run[0]) for code, run in runs if len(run) == 1]
    marked += [(code, run[-1]) for code, run in runs if len(run) > 1 and run[-1] is _newest(areas[code])]
    marked += [(code, point) for code in codes for point in areas[code] if partial(point)]
    text = template.joined_with_gaps([_hover(point, write) for point in run] for _, run in runs)
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "name": name,
            "x": template.joined_with_gaps([scale.x(panels[code][0], p["period_end"]) for p in run] for code, run in runs),
            "y": template.joined_with_gaps([scale.y(panels[code][1], float(p["value"])) for p in run] for code, run in runs),
            "line": {"color": colour, "width": width},
            "hovertext": text,
            "hovertemplate": "%{hovertext}<extra></extra>",
        },
        {
            "type": "scatter",
            "mode": "markers",
            "name": f"{name}, marks",
            "x": [scale.x(panels[code][0], point["period_end"]) for code, point in marked],
            "y": [scale.y(panels[code][1], float(point["value"])) for code, point in marked],
            "marker": {
                "color": colour,
                "size": [8 if partial(point) else 5 for _, point in marked],
                "symbol": ["triangle-up-open" if partial(point) else "circle" for _, point in marked],
            },
            "hovertext": [_hover(point, write) for _, point in marked],
            "hovertemplate": "%{hovertext}<extra></extra>",
        },
    ]


def _newest(points: list[Row]) -> Row | None:
    return next((point for point in reversed(points) if not missing(point["value"])), None)


def _hover(point: Row, write: FigureFormat) -> str:
    return hover(str(point["area_name"]), f"{sentence(year_ending(point['period_end']))}: {write.text(point)}")


def _labels(
    name: str,
    codes: Sequence[str],
    areas: Mapping[str, list[Row]],
    panels: Mapping[str, tuple[int, int]],
    scale: _Scale,
    write: FigureFormat,
    colour: str,
    mine: bool,
) -> list[dict[str, Any]]:
    """Name and trend word above each sparkline, and its newest figure at its end."""
    heads, figures, ends = [], [], []
    for code in codes:
        newest = _newest(areas[code])
        trend = areas[code][0]["recent_trend"]
        arrow = "" if missing(trend) else palette.TREND_ARROWS.get(str(trend), "")
        said = "" if missing(trend) else template.coloured(f"{arrow} {trend}".strip(), palette.MUTED)
        heads.append(f"{template.coloured(str(areas[code][0]['area_name']), colour, bold=mine)}<br>{said}")
        ends.append(scale.y(panels[code][1], float(newest["value"])) if newest is not None else panels[code][1] + 0.8)
        figures.append(_figure(newest, areas[code][-1], write))
    return [
        {
            "type": "scatter",
            "mode": "text",
            "name": f"{name}, {what}",
            "x": [panels[code][0] + across for code in codes],
            "y": heights,
            "text": texts,
            "textposition": position,
            "textfont": {"size": template.SMALL, "color": colour},
            "hoverinfo": "skip",
        }
        for what, across, heights, texts, position in (
            ("names", _LEFT - 0.01, [panels[code][1] + 0.04 for code in codes], heads, "bottom right"),
            ("figures", _RIGHT + 0.01, ends, figures, "middle right"),
        )
    ]


def _figure(newest: Row | None, last: Row, write: FigureFormat) -> str:
    if newest is None:
        return symbol_of(last["status"], write.words)
    return ("≥" if partial(newest) else "") + write.amount(newest["value"])


def _frames(panels: Mapping[str, tuple[int, int]], own: Sequence[str]) -> list[dict[str, Any]]:
    """A base line under each panel, and a frame around my force's."""
    shapes: list[dict[str, Any]] = [
        {
            "type": "line",
            "layer": "below",
            "x0": column + _LEFT,
            "x1": column + _RIGHT,
            "y0": line + 1 - _FOOT,
            "y1": line + 1 - _FOOT,
            "line": {"color": palette.GRID, "width": 1},
        }
        for column, line in panels.values()
    ]
    for code in own:
        column, line = panels[code]
        shapes.append(
            {
                "type": "rect",
                "layer": "below",
                "x0": column,
                "x1": column + 0.98,
                "y0": line + 0.01,
                "y1": line + 0.99,
                "fillcolor": palette.BAND,
                "line": {"color": palette.ACCENT, "width": 1.5},
            }
        )
    return shapes


def _alt(areas: Mapping[str, list[Row]], wanted: Sequence[str], my_force: str | None, write: FigureFormat) -> str:
    parts = []
    counts: dict[str, int] = {}
    for code in wanted:
        trend = areas[code][0]["recent_trend"]
        if not missing(trend):
            counts[str(trend)] = counts.get(str(trend), 0) + 1
        newest = _newest(areas[code])
        if code == my_force:
            said = write.text(newest if newest is not None else areas[code][-1])
            parts.append(f"{areas[code][0]['area_name']} {said}" + ("" if missing(trend) else f", {str(trend).lower()}"))
    parts.append(f"{forces(len(wanted))} side by side")
    return joined([*parts, *(f"{trend.lower()} in {forces(count)}" for trend, count in counts.items())])
