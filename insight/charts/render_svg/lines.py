"""A line chart as a Vega-Lite specification: the model's runs, marks and texts, and where they stand."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import Any

from insight.charts import palette
from insight.charts.labels import BROAD, push_apart, text_width
from insight.charts.model.lines import Break, Gap, Line, LineChart, Point
from insight.charts.render_svg.vega import SMALL, WIDTH, Spec, house_spec

LINE = 14  # pixels from one line of a label to the next
LETTERS = 15  # of a label in one line
BESIDE, EDGE = 9, 2  # pixels from the plot to a label, and from it to the edge
BEFORE = 6  # pixels from a figure of the axis to the plot
NEAR = 3  # pixels: a label that stands no further from its line needs no hair line to it
# The asterisk of a lower bound in a box from -1 to 1, which is how Vega takes a shape that it has no name for.
BOUND = "M0,-1L0,1M-0.87,-0.5L0.87,0.5M-0.87,0.5L0.87,-0.5"
SHAPES = {"filled": ("circle", True), "open": ("circle", False), "bound": (BOUND, False)}


@dataclass(frozen=True)
class Size:
    """Pixels of a drawing: the whole width, the plot's height, and the least room around the plot."""

    width: int = WIDTH
    height: int = 190
    left: int = 46
    right: int = 114
    top: int = 20
    bottom: int = 26

    @property
    def across(self) -> int:
        """The plot's width."""
        return self.width - self.left - self.right


def spec(chart: LineChart, size: Size) -> Spec:
    """What a chart that has lines is drawn from."""
    size = _with_room(chart, size)
    x: Spec = {
        "type": "quantitative",
        "axis": {"values": [day.year for day in chart.ticks], "format": "d", "title": None},
        "scale": {"domain": [chart.periods[0].year - 0.2, chart.periods[-1].year + 0.2], "nice": False, "zero": False},
    }
    named = ", ".join(f"'{value:g}': '{text}'" for value, text in chart.axis.ticks)
    labels = f"({{{named}}})[toString(datum.value)]"
    y: Spec = {
        "type": "quantitative",
        "axis": {"values": [value for value, _ in chart.axis.ticks], "title": None, "labelExpr": labels},
        "scale": {"domain": [chart.axis.low, chart.axis.high], "nice": False, "zero": False},
    }
    layers: list[Spec] = [_break(one, size) for one in chart.breaks]
    layers += [layer for line in chart.lines for layer in _band(line, x, y)]  # below every line
    for line in chart.lines:
        layers += [*_runs(line, x, y), *_marks(line, x, y), *_symbols(line, size, x)]
    layers += _end_labels(chart, size, x, y)
    layers += [_break_label(one, chart, x) for one in chart.breaks]
    padding = {"left": size.left, "right": size.right, "top": size.top, "bottom": size.bottom}
    return house_spec(layers, size.across, size.height, padding)


def _with_room(chart: LineChart, size: Size) -> Size:
    """The size with so much room beside the plot that neither the name of a line nor a figure of the axis is cut."""
    names = [text_width(text, SMALL, BROAD) for line in chart.named for part in line.end for text in _wrapped(part)]
    figures = [text_width(text, SMALL, BROAD) for _, text in chart.axis.ticks]
    right, left = BESIDE + max(names, default=0) + EDGE, max(figures, default=0) + BEFORE
    return replace(size, right=max(size.right, ceil(right)), left=max(size.left, ceil(left)))


def _at(points: Iterable[Point], **more: Any) -> dict[str, Any]:
    return {"values": [{"year": one.when.year, "value": round(one.value, 4), **more} for one in points]}


def _band(line: Line, x: Spec, y: Spec) -> list[Spec]:
    """The 95% interval of the reader's own force, run by run."""
    if line.role != "mine" or not line.bands:
        return []
    values = [
        {"run": index, "year": point.when.year, "lower": point.lower, "upper": point.upper}
        for index, run in enumerate(line.bands)
        for point in run
    ]
    encoding = {
        "x": {**x, "field": "year"},
        "y": {**y, "field": "lower"},
        "y2": {"field": "upper"},
        "detail": {"field": "run", "type": "nominal"},
    }
    return [{"data": {"values": values}, "mark": {"type": "area", "color": palette.ACCENT_PALE}, "encoding": encoding}]


def _runs(line: Line, x: Spec, y: Spec) -> list[Spec]:
    """A layer a run, so that nothing joins two of them."""
    mark = {"type": "line", "color": line.style.colour, "strokeWidth": line.style.width}
    if line.style.dash:
        mark["strokeDash"] = list(line.style.dash)
    encoding = {"x": {**x, "field": "year"}, "y": {**y, "field": "value"}}
    return [{"data": _at(run), "mark": mark, "encoding": encoding} for run in line.runs if len(run) > 1]


def _marks(line: Line, x: Spec, y: Spec) -> list[Spec]:
    """Points by their mark; of unnamed lines only those that no line shows."""
    named = line.role != "other"
    points = [*(point for run in line.runs if named or len(run) == 1 for point in run), *(line.bounds if named else ())]
    area = 38 if line.role == "mine" else 16
    layers = []
    for kind, (shape, filled) in SHAPES.items():
        marked = [point for point in points if point.mark == kind]
        if not marked:
            continue
        shape = line.style.shape if filled else shape
        mark: Spec = {"type": "point", "shape": shape, "size": area if filled else 60, "color": line.style.colour, "opacity": 1}
        mark |= {"filled": True} if filled else {"fill": palette.WHITE, "strokeWidth": 1.8}
        encoding = {"x": {**x, "field": "year"}, "y": {**y, "field": "value"}}
        layers.append({"data": _at(marked), "mark": mark, "encoding": encoding})
    return layers


def _symbols(line: Line, size: Size, x: Spec) -> list[Spec]:
    """Why the reader's own force has no figure, at the foot of its year."""
    gaps: Sequence[Gap] = [gap for gap in line.gaps if gap.symbol] if line.role == "mine" else ()
    return [
        _text(gap.symbol, line.style.ink, y=size.height - 7, align="center", encoding={"x": {**x, "datum": gap.when.year}})
        for gap in gaps
    ]


def _break(one: Break, size: Size) -> Spec:
    mark = {"type": "rule", "color": palette.MUTED, "strokeDash": [4, 3], "y": -4, "y2": size.height}
    return {"data": {"values": [{}]}, "mark": mark, "encoding": {"x": {"datum": one.starts.year - 0.5, "type": "quantitative"}}}


def _break_label(one: Break, chart: LineChart, x: Spec) -> Spec:
    early = one.starts.year < (chart.periods[0].year + chart.periods[-1].year) / 2
    at = {"x": {**x, "datum": one.starts.year - 0.5}}
    side = {"align": "left" if early else "right", "dx": 3 if early else -3}
    return _text(one.label, palette.MUTED, y=-10, encoding=at, **side)


def _end_labels(chart: LineChart, size: Size, x: Spec, y: Spec) -> list[Spec]:
    """Name and newest figure of every line at its end, kept clear of one another, each with a hair line to its own."""
    ends = [(line, line.newest, [*_wrapped(line.end[0]), *_wrapped(line.end[1])]) for line in chart.named if line.newest]
    span = chart.axis.high - chart.axis.low
    wished = [size.height * (chart.axis.high - point.value) / span for _, point, _ in ends]
    placed = push_apart(wished, [LINE * len(texts) + 2.0 for *_, texts in ends], -size.top, size.height + size.bottom)
    layers: list[Spec] = []
    for (line, point, texts), wish, centre in zip(ends, wished, placed, strict=True):
        if abs(centre - wish) > NEAR or point.when != chart.periods[-1]:
            hair = {"type": "rule", "color": palette.RULE, "strokeWidth": 0.8}
            encoding = {
                "x": {**x, "datum": point.when.year}, "x2": {"value": size.across + 6},
                "y": {**y, "datum": point.value}, "y2": {"value": round(centre, 1)},
            }  # fmt: skip
            layers.append({"data": {"values": [{}]}, "mark": hair, "encoding": encoding})
        names = len(_wrapped(line.end[0]))
        for index, text in enumerate(texts):
            place = {"x": size.across + BESIDE, "y": round(centre + LINE * (index - (len(texts) - 1) / 2), 1)}
            weight = "bold" if line.role == "mine" and index < names else "normal"
            layers.append(_text(text, line.style.ink, align="left", fontWeight=weight, encoding={}, **place))
    return layers


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, LETTERS, break_long_words=False)


def _text(text: str, colour: str, *, encoding: Spec, **mark: Any) -> Spec:
    made = {"type": "text", "text": text, "baseline": "middle", "color": colour, "fontSize": SMALL, **mark}
    return {"data": {"values": [{}]}, "mark": made, "encoding": encoding}
