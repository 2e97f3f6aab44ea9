"""A tile map on screen: square tiles with texts, the chosen forces outlined, mine drawn last."""

from __future__ import annotations

from insight.charts import template
from insight.charts.cells import Cell, cells
from insight.charts.chart import Chart, hover
from insight.charts.model.tiles import Tile, TileMap

TILE = 50  # pixels, where the figure is wide enough


def draw(chart: TileMap) -> Chart:
    """The figure; one that says why where there is nothing to see."""
    if not chart.tiles:
        return template.empty_chart(chart.title, chart.alt)
    groups = (
        ("Forces", [tile for tile in chart.tiles if not tile.edge], False),
        ("Chosen", [tile for tile in chart.tiles if tile.edge and not tile.mine], True),
        ("My force", [tile for tile in chart.tiles if tile.mine], True),
    )
    traces = [trace for name, group, bold in groups for trace in cells([_cell(tile) for tile in group], name=name, bold=bold)]
    left, right = min(tile.column for tile in chart.tiles), max(tile.column for tile in chart.tiles)
    north, south = min(tile.row for tile in chart.tiles), max(tile.row for tile in chart.tiles)
    layout = {
        "margin": {"l": 4, "r": 4, "t": 4, "b": 8, "pad": 0},
        "xaxis": {"visible": False, "range": [left - 0.5, right + 0.5], "constrain": "domain"},
        "yaxis": {
            "visible": False,
            "range": [south + 0.5, north - 0.5],
            "scaleanchor": "x",
            "constrain": "domain",
            "constraintoward": "top",
        },
    }
    height = TILE * (south - north + 1) + 12
    return template.chart(traces, title=chart.title, alt=chart.alt, height=height, layout=layout, key=chart.key)


def _cell(tile: Tile) -> Cell:
    text = f"<b>{tile.short_code}{tile.sign}</b><br>{tile.text}"
    return Cell(tile.column, tile.row, tile.style, text, hover(tile.name, *tile.said), tile.edge)
