"""A block: one big thing with one small picture, the first that a reader sees; three of them stand side by side."""

from __future__ import annotations

from dataclasses import dataclass

from insight.charts.model.lines import LineChart
from insight.charts.model.stacks import StackChart
from insight.charts.model.tiles import TileMap
from insight.findings.finding import Link


@dataclass(frozen=True)
class Chip:
    """A word with its look: ``label`` says what about ("2023-25", "against England"), ``word`` is a grade, status or verdict.

    ``kind`` is the grade, status or verdict that gives the chip its style (``insight.tables.render_html.class_of``).
    """

    label: str
    word: str
    kind: str


@dataclass(frozen=True)
class Block:
    """A question in two or three words, the figure or sentence that answers it, and where more of it stands.

    ``big`` is a figure of few characters or empty; ``lines`` are short sentences under it; ``picture`` is drawn small: a
    sparkline of the first line, one stacked bar, or a map whose tiles lead to the forces. ``outside``: the address of another
    site, in place of ``link``.
    """

    name: str
    title: str
    big: str = ""
    unit: str = ""
    lines: tuple[str, ...] = ()
    chips: tuple[Chip, ...] = ()
    picture: LineChart | StackChart | TileMap | None = None
    link: Link | None = None
    link_text: str = ""
    outside: str = ""
