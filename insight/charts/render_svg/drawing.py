"""A chart's model as a drawing for the public site: which specification each kind is drawn from."""

from __future__ import annotations

from collections.abc import Callable

from markupsafe import Markup

from insight.charts.model.areas import AreaMap
from insight.charts.model.bars import BarChart
from insight.charts.model.lines import LineChart
from insight.charts.model.stacks import StackChart
from insight.charts.model.tiles import TileMap
from insight.charts.model.timeline import Timeline
from insight.charts.render_svg import bars, lines, maps, stacks
from insight.charts.render_svg.timeline import timeline
from insight.charts.render_svg.vega import Drawing, Spec


def markup_of(chart: object, force_address: Callable[[str], str]) -> Markup:
    """A chart that needs no specification as inline SVG; nothing where it shows nothing or is not of such a kind.

    Args:
        chart: its model.
        force_address: the address of a force's page by the force's name, for maps.
    """
    if isinstance(chart, AreaMap | TileMap):
        return maps.draw(chart, force_address)
    return timeline(chart) if isinstance(chart, Timeline) else Markup()


def drawing_of(key: str, chart: object) -> Drawing | None:
    """The drawing of a chart under an id of its own; None where it shows nothing or only the screen draws its kind."""
    spec: Spec
    if isinstance(chart, LineChart) and any(line.runs for line in chart.lines):
        spec = lines.spec(chart, lines.Size())
    elif isinstance(chart, BarChart) and any(bar.value is not None for bar in chart.bars):
        spec = bars.spec(chart, bars.Size())
    elif isinstance(chart, StackChart) and chart.stacks and chart.labels == "above":
        spec = stacks.spec(chart)
    else:
        return None
    return Drawing(key, chart.title, chart.alt, spec)
