"""Stacked bars as a Vega-Lite specification: the name above each bar, numbers in its parts, its intervals below."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import Any

from insight.charts import palette
from insight.charts.labels import fitting
from insight.charts.model.stacks import Stack, StackChart
from insight.charts.render_svg.vega import SMALL, WIDTH, Spec, fill_of, house_spec

SIDE = 4  # pixels beside the bars
TEXT, CAPTION = 14, 60  # pixels of a line under a bar; letters of one, which are mostly narrow: 350 pixels in DejaVu Sans
GAP = 6, 10  # pixels from a bar, or from the last line under it, to the next name
NAME, BAR, DROP = 20, 22, 13  # pixels of a bar's name, of the bar, of an interval below it


def spec(chart: StackChart) -> Spec:
    """What a chart that has bars, with names above, is drawn from."""
    width = WIDTH - 2 * SIDE
    ranged = any(one.intervals for one in chart.stacks)
    drop = 2 * DROP if ranged else 0  # pixels from a bar's foot to what is said of its narrow parts
    captions = [textwrap.wrap(one.narrow_parts(width / chart.total), CAPTION) for one in chart.stacks]
    most = max(len(lines) for lines in captions)
    pitch = NAME + BAR + drop + GAP[most > 0] + TEXT * most
    x: Spec = {"type": "quantitative", "scale": {"domain": [0, chart.total], "nice": False}, "axis": None}
    layers = _parts(chart, width / chart.total, pitch, x)
    layers += _names(chart.stacks, pitch, width)
    layers += [layer for index, one in enumerate(chart.stacks) for layer in _intervals(one, index * pitch + NAME + BAR, x)]
    for index, lines in enumerate(captions):
        top = index * pitch + NAME + BAR + drop
        layers += [_text(line, x=0, y=top + TEXT * at, align="left", color=palette.MUTED) for at, line in enumerate(lines, 1)]
    padding = {"left": SIDE, "right": SIDE, "top": 2, "bottom": 2}
    return house_spec(layers, width, pitch * len(chart.stacks), padding)


def _pixels(field: str) -> Spec:
    """A place from the top in pixels, not on a scale."""
    return {"field": field, "type": "quantitative", "scale": None, "axis": None}


def _parts(chart: StackChart, unit: float, pitch: int, x: Spec) -> list[Spec]:
    """Rectangles and the numbers in them. unit: pixels that one takes."""
    values = [
        {
            "from": round(part.start, 4),
            "to": round(part.start + part.length, 4),
            "middle": round(part.start + part.length / 2, 4),
            "top": index * pitch + NAME,
            "foot": index * pitch + NAME + BAR,
            "centre": index * pitch + NAME + BAR / 2,
            "fill": fill_of(part.style),
            "edge": part.style.outline if part.style.fill == palette.WHITE and not part.style.pattern else palette.WHITE,
            "ink": part.style.text,
            "text": fitting(part.texts, part.length * unit),
        }
        for index, one in enumerate(chart.stacks)
        for part in one.parts
        if part.length
    ]
    data = {"values": values}
    place = {"x": {**x, "field": "from"}, "x2": {"field": "to"}, "y": _pixels("top"), "y2": {"field": "foot"}}
    fill = {"field": "fill", "type": "nominal", "scale": None}
    return [
        {
            "data": data,
            "mark": {"type": "rect", "strokeWidth": 1.5},
            "encoding": {
                **place,
                "fill": fill,
                "stroke": {"field": "edge", "type": "nominal", "scale": None},
            },
        },
        {
            "data": data,
            "mark": {"type": "text", "fontSize": SMALL, "baseline": "middle"},
            "encoding": {
                "x": {**x, "field": "middle"},
                "y": _pixels("centre"),
                "text": {"field": "text", "type": "nominal"},
                "color": {"field": "ink", "type": "nominal", "scale": None},
            },
        },
    ]


def _names(stacks: Sequence[Stack], pitch: int, width: int) -> list[Spec]:
    """The name of each bar above it, from the left edge, so that none is cut; at the right what is said of one's own force."""
    layers = []
    for index, one in enumerate(stacks):
        at = {"y": index * pitch + NAME - 5, "baseline": "alphabetic", "color": palette.ACCENT if one.mine else palette.INK}
        layers.append(_text(one.label, x=0, align="left", fontWeight="bold" if one.mine else "normal", **at))
        if one.asides:
            layers.append(_text(one.asides[-1], x=width, align="right", fontWeight="bold", **at | {"color": palette.ACCENT}))
    return layers


def _intervals(one: Stack, top: int, x: Spec) -> list[Spec]:
    """Each as a line on a level of its own, with its letter at its inner end."""
    layers: list[Spec] = []
    for interval in one.intervals:
        y = top + DROP * (1.7 if interval.from_right else 0.7)
        rule = {"type": "rule", "color": palette.INK, "strokeWidth": 1.2, "y": y}
        ends = {"x": {**x, "datum": round(interval.low, 4)}, "x2": {"datum": round(interval.high, 4)}}
        layers.append({"data": {"values": [{}]}, "mark": rule, "encoding": ends})
        end, align, shift = (interval.low, "right", -4) if interval.from_right else (interval.high, "left", 4)
        letter = _text(interval.letter, y=y, align=align, dx=shift, baseline="middle", color=palette.INK)
        layers.append({**letter, "encoding": {"x": {**x, "datum": round(end, 4)}}})
    return layers


def _text(text: str, **mark: Any) -> Spec:
    return {"data": {"values": [{}]}, "mark": {"type": "text", "text": text, "fontSize": SMALL, **mark}, "encoding": {}}
