"""Bars as a Vega-Lite specification: name, bar and figure of each in a row, reference lines named above."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import Any

from insight.charts import palette
from insight.charts.chart import NOT_RANKED
from insight.charts.labels import LETTER, text_width, wrap
from insight.charts.model.bars import Bar, BarChart, Reference
from insight.charts.render_svg.vega import SMALL, WIDTH, Spec, fill_of, house_spec

LINE = 14  # pixels of a line of text
GAP = 6  # pixels between a text and the bars
WIDEST = 180  # pixels for names that need more than their room before they take lines
BAR = 11  # pixels of a bar in rows of several lines
THIN, THICK = 0.5, 2  # pixels of outlines: everyone's, and that of a bar filled by its verdict that must be found
DASHES = {"region": [2, 2], "average": [5, 3], "country": []}


@dataclass(frozen=True)
class Size:
    """Pixels of a drawing: the whole width, a row, and the room for names and figures beside the bars.

    ``letters`` go on a line of a name, where names need more than one; else None.
    """

    width: int = WIDTH
    row: int = 16
    names: int = 128
    figures: int = 104
    letters: int | None = None

    def lines(self, name: str) -> list[str]:
        """A name as it is written, line by line."""
        return wrap(name, self.letters).split("<br>") if self.letters else [name]

    @property
    def across(self) -> int:
        """The width of the longest bar."""
        return self.width - self.names - self.figures


def spec(chart: BarChart, size: Size) -> Spec:
    """What a chart that has bars is drawn from."""
    size = _with_room_for_names(size, [bar.written_name for bar in chart.bars])
    ranked = sum(bar.ranked for bar in chart.bars)
    gap = ranked if 0 < ranked < len(chart.bars) else None
    rows = [index + (gap is not None and index >= ranked) for index in range(len(chart.bars))]
    count = rows[-1] + 1
    scale = {"domain": list(range(count)), "paddingInner": 0.3, "paddingOuter": 0.15}
    y: Spec = {"field": "row", "type": "ordinal", "scale": scale, "axis": None}
    x: Spec = {"field": "value", "type": "quantitative", "scale": {"domain": [0, chart.reach], "nice": False}, "axis": None}
    placed = list(zip(rows, chart.bars, strict=True))
    layers = [*_bars(placed, x, y, {"height": BAR} if size.letters else {}), *_whiskers(placed, chart.reach, x, y)]
    drawn = size.row * (count - sum(bar.value is None for bar in chart.bars))
    drawn_lines = [_reference(one, level, chart.reach, drawn, size, x) for level, one in enumerate(chart.references)]
    layers += [rule for rule, *_ in drawn_lines] + [label for _, *labels in drawn_lines for label in labels]
    for mine in (False, True):
        layers += _texts([pair for pair in placed if (pair[1].role == "mine") == mine], mine, size, y)
    if gap is not None:
        mark = {**_text("right", -GAP), "fontStyle": "italic", "color": palette.MUTED, "text": NOT_RANKED}
        layers.append({"data": {"values": [{"row": gap}]}, "mark": mark, "encoding": {"y": y}})
    top = 8 + LINE * len(chart.references)
    padding = {"left": size.names, "right": size.figures, "top": top, "bottom": 4}
    return house_spec(layers, size.across, size.row * count, padding)


def _with_room_for_names(size: Size, names: Sequence[str]) -> Size:
    """More room for names that would be cut off, and lines for those that need more still, with rows as high as they take."""
    widest = max(text_width(name, SMALL) for name in names) + GAP
    if widest <= size.names:
        return size
    room = max(size.names, min(WIDEST, ceil(widest)))
    letters = None if widest <= room else int((room - GAP) / (SMALL * LETTER))
    roomy = replace(size, names=room, letters=letters)
    return replace(roomy, row=size.row + LINE * (max(len(roomy.lines(name)) for name in names) - 1))


def _bars(placed: Sequence[tuple[int, Bar]], x: Spec, y: Spec, thick: dict[str, int]) -> list[Spec]:
    values = [
        {
            "row": row,
            "value": round(bar.value, 4),
            "fill": fill_of(bar.style),
            "stroke": bar.style.outline if bar.bound or bar.verdict else palette.RULE,
            "thick": THICK if bar.verdict and bar.role != "other" else THIN,
        }
        for row, bar in placed
        if bar.value is not None
    ]
    looks: Spec = {name: {"field": name, "type": "nominal", "scale": None} for name in ("fill", "stroke")}
    looks["strokeWidth"] = {"field": "thick", "type": "quantitative", "scale": None}
    return [{"data": {"values": values}, "mark": {"type": "bar", **thick}, "encoding": {"x": x, "y": y, **looks}}]


def _whiskers(placed: Sequence[tuple[int, Bar]], reach: float, x: Spec, y: Spec) -> list[Spec]:
    """Intervals as lines; one that runs off the chart ends at its edge."""
    values = [
        {"row": row, "lower": round(bar.lower, 4), "upper": round(min(bar.upper, reach), 4)}
        for row, bar in placed
        if bar.lower is not None and bar.upper is not None
    ]
    if not values:
        return []
    mark = {"type": "rule", "color": palette.INK, "strokeWidth": 1}
    encoding = {"x": {**x, "field": "lower"}, "x2": {"field": "upper"}, "y": y}
    return [{"data": {"values": values}, "mark": mark, "encoding": encoding}]


def _reference(one: Reference, level: int, reach: float, foot: int, size: Size, x: Spec) -> list[Spec]:
    """A line from its label down to the last bar, and the label: areas without a figure have words in their rows."""
    colour = palette.MUTED if one.level == "region" else palette.INK
    at = {"x": {**{name: part for name, part in x.items() if name != "field"}, "datum": one.value}}
    head = -4 - LINE * level
    rule: Spec = {"type": "rule", "color": colour, "strokeWidth": 1.5, "y": head, "y2": foot}
    if DASHES[one.level]:
        rule["strokeDash"] = DASHES[one.level]
    text = f"{one.name} {one.text}"
    room, left = text_width(text) + GAP, one.value / reach * size.across
    if room > max(size.across - left + size.figures, left + size.names):  # beside the line on neither side: from the edge on
        label = {**_text("left", -size.names), "y": head - 4, "text": text}
        return [
            {"data": {"values": [{}]}, "mark": rule, "encoding": at},
            *({"data": {"values": [{}]}, "mark": mark} for mark in _clear(label)),
        ]
    right = room <= size.across - left + size.figures
    label = {**_text("left" if right else "right", None), "y": head - 4, "dx": 3 if right else -3, "text": text}
    return [{"data": {"values": [{}]}, "mark": mark, "encoding": at} for mark in (rule, *_clear(label))]


def _clear(label: Spec) -> tuple[Spec, Spec]:
    """A label on white, or the lines of the labels above would run through it."""
    return {**label, "color": palette.WHITE, "stroke": palette.WHITE, "strokeWidth": 5}, label


def _texts(placed: Sequence[tuple[int, Bar]], mine: bool, size: Size, y: Spec) -> list[Spec]:
    """Names before the bars and figures after them, each with the sign of its verdict; the reader's own force stands out."""
    if not placed:
        return []
    look = {"fontWeight": "bold" if mine else "normal", "color": palette.ACCENT if mine else palette.INK}
    names: dict[float, list[dict[str, Any]]] = {}  # by how far a line stands below the middle of its row
    for row, bar in placed:
        lines = size.lines(bar.written_name)
        for number, line in enumerate(lines):
            names.setdefault((number - (len(lines) - 1) / 2) * LINE, []).append({"row": row, "text": line})
    figures = [{"row": row, "text": bar.written_figure} for row, bar in placed]
    encoding = {"y": y, "text": {"field": "text", "type": "nominal"}}
    below = [(lines, {**_text("right", -GAP), **({"dy": down} if down else {})}) for down, lines in names.items()]
    return [
        {"data": {"values": values}, "mark": {**mark, **look}, "encoding": encoding}
        for values, mark in (*below, (figures, _text("left", size.across + GAP)))
    ]


def _text(align: str, x: float | None) -> dict[str, Any]:
    mark = {"type": "text", "align": align, "baseline": "middle", "fontSize": SMALL}
    return mark if x is None else {**mark, "x": x}
