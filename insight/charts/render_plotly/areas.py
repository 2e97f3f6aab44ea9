"""A map of boundaries as a figure: for images, since on a page the map is SVG with links."""

from __future__ import annotations

import math
from typing import Any

from insight.charts import palette, template
from insight.charts.chart import Chart, hover
from insight.charts.labels import wrap
from insight.charts.model.areas import Area, AreaMap

HEIGHT = 620  # pixels
RADIUS = 22  # of the circle of an area too small to be seen, on the grid


def draw(chart: AreaMap) -> Chart:
    """The figure; one that says why where there is nothing to see."""
    if not chart.areas:
        return template.empty_chart(chart.title, chart.alt)
    layout = {
        "margin": {"l": 4, "r": 4, "t": 4, "b": 62, "pad": 0},
        "xaxis": {"visible": False, "range": [0, chart.width], "constrain": "domain"},
        "yaxis": {"visible": False, "range": [chart.height, 0], "scaleanchor": "x", "constrain": "domain"},
        "annotations": [
            *(_name(one) for one in chart.areas if one.mark),
            {"text": wrap(chart.attribution, 60), "x": 0, "xref": "paper", "xanchor": "left", "y": 0, "yref": "paper"}
            | {"yanchor": "top", "align": "left", "font": {"size": template.SMALL, "color": palette.MUTED}},
        ],
    }
    traces = [*(_trace(one) for one in chart.areas), _signs([one for one in chart.areas if one.tile.sign])]
    return template.chart(traces, title=chart.title, alt=chart.alt, height=HEIGHT, layout=layout, key=chart.key)


def _trace(one: Area) -> dict[str, Any]:
    rings: list[list[tuple[float, float]]] = [[*ring, ring[0]] for ring in one.rings]
    if one.mark is not None:
        turns = [math.radians(angle) for angle in range(0, 361, 15)]
        rings.append([(one.mark[0] + RADIUS * math.cos(turn), one.mark[1] + RADIUS * math.sin(turn)) for turn in turns])
    style, mine = one.tile.style, one.tile.mine
    return template.scatter(
        one.tile.name,
        "lines",
        template.joined_with_gaps([x for x, _ in ring] for ring in rings),
        template.joined_with_gaps([y for _, y in ring] for ring in rings),
        hover(one.tile.name, *one.tile.said),
        fill="toself",
        fillcolor=palette.GRID if style.pattern else style.fill,
        line={"color": palette.INK if mine else palette.RULE, "width": 2.5 if mine else 0.8},
        hoveron="fills",
    )


def _signs(areas: list[Area]) -> dict[str, Any]:
    """The marks of verdicts, so that no colour stands alone."""
    return template.scatter(
        "Verdicts",
        "text",
        [one.middle[0] for one in areas],
        [one.middle[1] for one in areas],
        text=[one.tile.sign for one in areas],
        textfont={"size": template.SMALL, "color": [one.tile.style.text for one in areas]},
    )


def _name(one: Area) -> dict[str, Any]:
    x, y = one.mark or (0, 0)
    return {"text": one.tile.name, "x": x, "y": y + RADIUS, "yanchor": "top"}
