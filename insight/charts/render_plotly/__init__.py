"""Models as Plotly figures: the screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from insight.charts.chart import Chart
from insight.charts.model.areas import AreaMap
from insight.charts.model.bars import BarChart
from insight.charts.model.common import ChartModel
from insight.charts.model.lines import LineChart, MultiplesChart
from insight.charts.model.stacks import StackChart
from insight.charts.model.tiles import TileMap
from insight.charts.model.timeline import Timeline
from insight.charts.render_plotly import areas, bars, lines, multiples, stacks, tiles, timeline

DRAWERS: dict[type[ChartModel], Callable[[Any], Chart]] = {
    AreaMap: areas.draw,
    BarChart: bars.draw,
    LineChart: lines.draw,
    MultiplesChart: multiples.draw,
    StackChart: stacks.draw,
    TileMap: tiles.draw,
    Timeline: timeline.draw,
}


def render(chart: Chart | ChartModel) -> Chart:
    """The figure of a model; a chart that is a figure already stays as it is.

    Raises:
        KeyError: for a model that has no drawer here.
    """
    return chart if isinstance(chart, Chart) else DRAWERS[type(chart)](chart)
