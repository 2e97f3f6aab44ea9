"""What a tile map shows: one equal tile a force, on the one grid that every map uses."""

from __future__ import annotations

from dataclasses import dataclass

from insight.charts.model.common import ChartModel
from insight.charts.palette import Style


@dataclass(frozen=True)
class Tile:
    """A force: where it stands (from 0, row 0 in the north), what is written on it and what is told of it.

    ``sign`` is that of a verdict and stands after ``short_code``; ``text`` is the figure in short, a grade's letter, or the
    symbol of why there is none. ``said`` are the figure in full and the verdict. ``kind`` is the word that ``style`` stands
    for: a verdict, a grade, a status, 'shade 3', 'at least' or 'not ranked'. ``edge`` is the colour of a thick outline: of the
    reader's own force (``mine``) or of one chosen to compare with; none for others.
    """

    code: str
    name: str
    short_code: str
    column: int
    row: int
    text: str
    said: tuple[str, ...]
    kind: str
    style: Style
    sign: str = ""
    mine: bool = False
    edge: str = ""


@dataclass(frozen=True, kw_only=True)
class TileMap(ChartModel):
    """Tiles in the frame's order. No tiles: ``alt`` says why."""

    tiles: tuple[Tile, ...] = ()
