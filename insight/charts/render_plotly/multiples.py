"""Small multiples on screen: a grid of sparklines in one pair of axes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from insight.charts import marks, palette, template
from insight.charts.chart import Chart, hover
from insight.charts.labels import line_count, wrap
from insight.charts.model.lines import MultiplesChart, Panel, Point

PANEL = 92  # pixels of a panel's height
_FOOT, _HEAD, _LEFT, _RIGHT = 0.08, 0.42, 0.03, 0.70  # where in its panel a sparkline lies; its figure is right of it
_Placed = tuple[int, int, Panel]


def draw(chart: MultiplesChart) -> Chart:
    """The figure; one that says why where there is nothing to see."""
    if not chart.panels:
        return template.empty_chart(chart.title, chart.alt)
    placed = [(index % chart.columns, index // chart.columns, panel) for index, panel in enumerate(chart.panels)]
    scale = _Scale(chart)
    traces: list[dict[str, Any]] = []
    for name, group in (
        ("Forces", [one for one in placed if one[2].line.role == "other"]),
        *((one[2].line.name, [one]) for one in placed if one[2].line.role == "compared"),
        ("My force", [one for one in placed if one[2].line.role == "mine"]),
    ):
        if group:
            traces += [*_lines(name, group, scale), *_labels(name, group, scale)]
    rows = -(-len(placed) // chart.columns)
    note = wrap(chart.scale, 52)
    top = 10 + 16 * line_count(note)
    layout = {
        "margin": {"l": 4, "r": 4, "t": top, "b": 4, "pad": 0},
        "xaxis": {"visible": False, "range": [0, chart.columns]},
        "yaxis": {"visible": False, "range": [rows, 0]},
        "annotations": [template.note_above(note, 4)],
        "shapes": _frames(placed),
    }
    return template.chart(traces, title=chart.title, alt=chart.alt, height=PANEL * rows + top + 4, layout=layout, key=chart.key)


class _Scale:
    """From a time and a value to a place within a panel of width and height 1."""

    def __init__(self, chart: MultiplesChart) -> None:
        self._first, self._span = chart.first, max((chart.last - chart.first).days, 1)

    def x(self, column: int, time: date) -> float:
        return column + _LEFT + (time - self._first).days / self._span * (_RIGHT - _LEFT)

    def y(self, row: int, panel: Panel, value: float) -> float:
        return row + 1 - _FOOT - (value - panel.low) / (panel.high - panel.low) * (1 - _FOOT - _HEAD)


def _lines(name: str, group: Sequence[_Placed], scale: _Scale) -> list[dict[str, Any]]:
    """One trace for all lines, with gaps, and one for the points that lines do not show: ends, lone years, lower bounds."""
    style = group[0][2].line.style
    runs = [(column, row, panel, run) for column, row, panel in group for run in panel.line.runs]
    marked: list[tuple[int, int, Panel, Point]] = []
    for column, row, panel in group:
        lone = [run[0] for run in panel.line.runs if len(run) == 1]
        ends = [run[-1] for run in panel.line.runs if len(run) > 1 and run[-1] is panel.line.newest]
        marked += [(column, row, panel, point) for point in (*lone, *ends, *panel.line.bounds)]
    return [
        template.scatter(
            name,
            "lines",
            template.joined_with_gaps([scale.x(column, point.when) for point in run] for column, _, _, run in runs),
            template.joined_with_gaps([scale.y(row, panel, point.value) for point in run] for _, row, panel, run in runs),
            template.joined_with_gaps([_told(point) for point in run] for *_, run in runs),
            line={"color": style.colour, "width": style.width},
        ),
        template.scatter(
            f"{name}, marks",
            "markers",
            [scale.x(column, point.when) for column, _, _, point in marked],
            [scale.y(row, panel, point.value) for _, row, panel, point in marked],
            [_told(point) for *_, point in marked],
            marker={
                "color": style.colour,
                "size": [8 if point.mark == "bound" else 5 for *_, point in marked],
                "symbol": [marks.PLOTLY_BOUND if point.mark == "bound" else style.shape for *_, point in marked],
            },
        ),
    ]


def _told(point: Point) -> str:
    return hover(*point.said[:2])


def _labels(name: str, group: Sequence[_Placed], scale: _Scale) -> list[dict[str, Any]]:
    """Name and trend above each sparkline, and its newest figure at its end."""
    mine, ink = group[0][2].line.role != "other", group[0][2].line.style.ink
    heads, ends = [], []
    for _, row, panel in group:
        head = template.coloured(panel.line.name, ink, bold=mine)
        heads.append(f"{head}<br>{template.coloured(panel.trend, palette.MUTED) if panel.trend else ''}")
        ends.append(scale.y(row, panel, panel.line.newest.value) if panel.line.newest else row + 0.8)
    return [
        template.scatter(
            f"{name}, {what}",
            "text",
            [column + across for column, *_ in group],
            heights,
            text=texts,
            textposition=position,
            textfont={"size": template.SMALL, "color": ink},
        )
        for what, across, heights, texts, position in (
            ("names", _LEFT - 0.01, [row + 0.04 for _, row, _ in group], heads, "bottom right"),
            ("figures", _RIGHT + 0.01, ends, [_in_two_lines(panel.figure) for *_, panel in group], "middle right"),
        )
    ]


def _in_two_lines(figure: str) -> str:
    """The year of an older figure stands under it, where a panel has room."""
    return figure.replace(" (", "<br>(")


def _frames(placed: Sequence[_Placed]) -> list[dict[str, Any]]:
    """A base line under each panel, and a frame around my force's and the chosen ones'."""
    shapes: list[dict[str, Any]] = [
        {
            "type": "line",
            "layer": "below",
            "x0": column + _LEFT,
            "x1": column + _RIGHT,
            "y0": row + 1 - _FOOT,
            "y1": row + 1 - _FOOT,
            "line": {"color": palette.GRID, "width": 1},
        }
        for column, row, _ in placed
    ]
    for column, row, panel in placed:
        if panel.line.role != "other":
            shapes.append(
                {
                    "type": "rect",
                    "layer": "below",
                    "x0": column,
                    "x1": column + 0.98,
                    "y0": row + 0.01,
                    "y1": row + 0.99,
                    "fillcolor": palette.BAND if panel.line.role == "mine" else palette.WHITE,
                    "line": {"color": panel.line.style.colour, "width": 1.5},
                }
            )
    return shapes
