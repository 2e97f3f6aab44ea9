"""Blocks as HTML, for the dashboard and the public site; looks are classes, which each of them styles."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from insight.charts.model.lines import LineChart
from insight.charts.model.stacks import StackChart
from insight.charts.model.tiles import TileMap
from insight.charts.render_svg.sparkline import sparkline
from insight.findings.finding import Link
from insight.tables.render_html import class_of
from insight.views.block import Block

TEMPLATES = Path(__file__).resolve().parent / "templates"
Picture = LineChart | StackChart | TileMap | None


def render_blocks(
    blocks: Iterable[Block], address: Callable[[Link], str], force_address: Callable[[str], str], in_place: bool = False
) -> Markup:
    """A row of blocks.

    Args:
        blocks: what to show, in the order of importance.
        address: the address of a link on the output that shows them.
        force_address: the address of a force's page by the force's name, for the tiles of a map.
        in_place: whether links replace the page they stand on (the dashboard's would open a new tab without it).
    """
    target = Markup(' target="_self"') if in_place else Markup()

    def draw(picture: Picture) -> Markup:
        if isinstance(picture, LineChart):
            return sparkline(picture)
        if isinstance(picture, StackChart):
            return Markup(_template("bar.html").render(chart=picture))
        if isinstance(picture, TileMap):
            return Markup(_template("tiles.html").render(map=picture, force_address=force_address, target=target))
        return Markup()

    return Markup(_template("blocks.html").render(blocks=list(blocks), address=address, draw=draw, target=target))


@cache
def _template(name: str) -> Template:
    made = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined)
    made.filters["class_of"] = class_of
    return made.get_template(name)
