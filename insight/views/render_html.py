"""Blocks as HTML, for the dashboard and the public site; looks are classes, which each of them styles."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache
from html import unescape
from pathlib import Path

from markupsafe import Markup

from insight.charts import palette
from insight.charts.model.lines import LineChart
from insight.charts.model.stacks import StackChart
from insight.charts.model.tiles import TileMap
from insight.charts.render_svg.sparkline import sparkline
from insight.charts.tile_map import UNRANKED, UNRANKED_STYLE
from insight.comparing.quantile_classes import CLASSES
from insight.findings.finding import Link
from insight.format import AT_LEAST
from insight.sources import REPORTERS
from insight.tables.render_html import card_rules, grade_rules, rule_of
from insight.templates import filled, svg_address
from insight.views.block import Block
from insight.views.status import Status
from vocabulary import SourceKind

TEMPLATES = Path(__file__).resolve().parent / "templates"
Picture = LineChart | StackChart | TileMap | None
SVG = re.compile(r"<svg .*?</svg>", re.DOTALL)
ENDS_A_TEXT = re.compile(r"[\"\\<>&'\n]")
COLUMNS = ROWS = 12  # room on the tile map


@cache
def style_rules() -> str:
    """Rules of grades, statuses, verdicts and shades, and of places on the tile map: classes, for policies forbid styles."""
    looks: dict[str, palette.Style] = dict(palette.VERDICTS)
    looks |= {f"shade {shade}": palette.shade_style(shade) for shade in range(1, CLASSES + 1)}
    looks |= {AT_LEAST: palette.lower_bound_style(), UNRANKED: UNRANKED_STYLE}
    rules = [card_rules(), grade_rules(), *(rule_of(name, palette.css_of(style)) for name, style in looks.items())]
    rules += [f".c{place}{{grid-column:{place}}}" for place in range(1, COLUMNS + 1)]
    rules += [f".r{place}{{grid-row:{place}}}" for place in range(1, ROWS + 1)]
    return "\n".join(rules) + "\n"


def sheet_rules(known: Status, first: str = "", last: str = "") -> str:
    """The foot of every printed sheet: of when the figures are and who answers for them, without what would end its text.

    Args:
        known: the status of the figures.
        first: what is printed, where its title does not say it.
        last: what else must be on paper.
    """
    said = " ".join(part for part in (first, f"{known.period}{known.released}", known.next_release, known.summary, last) if part)
    return str(filled(TEMPLATES / "sheet.css", text=ENDS_A_TEXT.sub("", said)))


def render_blocks(
    blocks: Iterable[Block], address: Callable[[Link], str], force_address: Callable[[str], str], in_place: bool = False
) -> Markup:
    """A row of blocks.

    Args:
        blocks: what to show, in the order of importance.
        address: the address of a link on the output that shows them.
        force_address: the address of a force's page by the force's name, for the tiles of a map.
        in_place: for the dashboard, which opens links in a new tab unless they say otherwise, and takes drawings only as
            images.
    """
    target = Markup(' target="_self"') if in_place else Markup()
    drawn: Callable[[Markup], Markup] = _with_images if in_place else Markup

    def draw(picture: Picture) -> Markup:
        if isinstance(picture, LineChart):
            return drawn(sparkline(picture))
        if isinstance(picture, StackChart):
            return drawn(filled(TEMPLATES / "bar.html", chart=picture, who=REPORTERS[SourceKind.PRESS]))
        if isinstance(picture, TileMap):
            return filled(TEMPLATES / "tiles.html", map=picture, force_address=force_address, target=target)
        return Markup()

    return filled(TEMPLATES / "blocks.html", blocks=list(blocks), address=address, draw=draw, target=target)


def _with_images(markup: Markup) -> Markup:
    """The same with each drawing as an image of its own, under the drawing's class and text alternative."""
    return Markup(SVG.sub(lambda found: str(_as_image(found[0])), str(markup)))


def _as_image(svg: str) -> Markup:
    name, alt = (unescape(re.search(rf'{key}="([^"]*)"', svg)[1]) for key in ("class", "aria-label"))  # type: ignore[index]
    sized = svg.replace('width="100%" ', "").replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    return Markup('<img class="{}" alt="{}" src="{}">').format(name, alt, svg_address(sized))
