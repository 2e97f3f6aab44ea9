"""A line chart as a native Office chart. A series of Office is joined from end to end, so a line that stops takes two of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_MARKER_STYLE
from pptx.enum.dml import MSO_LINE
from pptx.oxml.ns import qn
from pptx.util import Pt

from insight.charts import palette
from insight.charts.model.lines import Line, LineChart, Point
from insight.charts.render_office.common import Box, axes, number_format, place, rgb, write_label

MARKERS = {"region": XL_MARKER_STYLE.SQUARE, "nation": XL_MARKER_STYLE.DIAMOND}
MARK, OPEN_MARK = 7, 9  # points
NEAR = 0.1  # of the axis: a label needs so much room above or below its point
NOT_JOINED = "not joined"


@dataclass(frozen=True)
class Series:
    """One series of the chart: its points by their place among the categories; ``joined`` is false for lower bounds."""

    name: str
    line: Line
    points: dict[int, Point]
    joined: bool = True
    listed: bool = True


def add(slide: Any, chart: LineChart, box: Box) -> None:
    """Draw a chart that has lines in a box."""
    every = [one for line in reversed(chart.named) for one in series_of(line, chart)]
    data: Any = CategoryChartData(number_format=number_format(chart.decimals, chart.unit))
    data.categories = [f"{day:%Y}" for day in chart.periods]
    for one in every:
        data.add_series(one.name, [_value(one, index) for index in range(len(chart.periods))])
    drawn = place(slide, XL_CHART_TYPE.LINE_MARKERS, data, chart.title, chart.alt, box)
    axes(drawn, number_format(0 if all(value == round(value) for value, _ in chart.axis.ticks) else 1, chart.unit))
    scale = drawn.value_axis
    scale.minimum_scale, scale.maximum_scale = chart.axis.low, chart.axis.high
    scale.major_unit = chart.axis.ticks[1][0] - chart.axis.ticks[0][0]
    drawn.has_legend = True
    drawn.legend.position, drawn.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    _unlist(drawn, [index for index, one in enumerate(every) if not one.listed])
    for shown, one in zip(drawn.plots[0].series, every, strict=True):
        _style(shown, one)
        if one.line.role == "mine" and one.line.newest in one.points.values():
            _label_newest(shown, one, chart)


def series_of(line: Line, chart: LineChart) -> list[Series]:
    """A line as series of Office: its runs by turns in two, so that blank cells part them, then its lower bounds.

    The newest run is in the first series, which bears the area's name; only that and the bounds are in the legend.
    """
    index = {day: at for at, day in enumerate(chart.periods)}

    def placed(points: Iterable[Point]) -> dict[int, Point]:
        return {index[point.when]: point for point in points}

    turns = line.runs[::-1]
    made = [Series(line.name, line, placed(point for run in turns[::2] for point in run))]
    if len(turns) > 1:
        name = f"{line.name} ({NOT_JOINED})"
        made.append(Series(name, line, placed(point for run in turns[1::2] for point in run), listed=False))
    if line.bounds:
        label = next(item.label for item in chart.key if item.mark == "bound")
        made.append(Series(f"{line.name} ({label.lower()})", line, placed(line.bounds), joined=False))
    return made


def _value(one: Series, index: int) -> float | None:
    return one.points[index].value if index in one.points else None


def _style(shown: Any, one: Series) -> None:
    style = one.line.style
    shown.smooth = False
    line = shown.format.line
    if one.joined:
        line.color.rgb, line.width = rgb(style.colour), Pt(style.width)
        line.dash_style = MSO_LINE.SQUARE_DOT if style.dash else MSO_LINE.SOLID
    else:
        line.fill.background()
    kind = MARKERS.get(one.line.role, XL_MARKER_STYLE.CIRCLE) if one.joined else XL_MARKER_STYLE.STAR  # drawn as an asterisk
    _mark(shown.marker, kind, style.colour)
    for index, point in one.points.items():
        if point.mark == "open":
            _mark(shown.points[index].marker, kind, style.colour, is_open=True)


def _mark(marker: Any, kind: Any, colour: str, is_open: bool = False) -> None:
    marker.style, marker.size = kind, OPEN_MARK if is_open else MARK
    marker.format.fill.solid()
    # Pale, not white: LibreOffice draws no outline of a mark, and a white one would not be seen.
    marker.format.fill.fore_color.rgb = rgb(palette.ACCENT_PALE if is_open else colour)
    marker.format.line.color.rgb = rgb(colour)


def _label_newest(shown: Any, one: Series, chart: LineChart) -> None:
    """The newest figure stands beside its point: above or below where neither another line nor the axis is near, else right."""
    at = max(one.points)
    own, span = one.points[at].value, chart.axis.high - chart.axis.low
    others = [
        point.value - own
        for line in chart.named
        if line is not one.line
        for run in line.runs
        for point in run
        if point.when == chart.periods[at]
    ]
    above = min([other for other in others if other >= 0], default=span) / span
    below = min([-other for other in others if other < 0] + [own - chart.axis.low]) / span
    position = XL_LABEL_POSITION.ABOVE if above >= below else XL_LABEL_POSITION.BELOW
    if max(above, below) < NEAR:
        position = XL_LABEL_POSITION.RIGHT
    write_label(shown.points[at].data_label, one.line.end[1], position)


def _unlist(drawn: Any, places: list[int]) -> None:
    """Take series out of the legend: the second one of a line says nothing of its own."""
    legend = drawn.legend._element
    after = legend.find(qn("c:legendPos"))
    for at in reversed(places):
        entry = legend.makeelement(qn("c:legendEntry"), {})
        entry.append(entry.makeelement(qn("c:idx"), {"val": str(at)}))
        entry.append(entry.makeelement(qn("c:delete"), {"val": "1"}))
        after.addnext(entry)
