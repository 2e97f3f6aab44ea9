"""What a map of boundaries shows: the tiles of a tile map, each with the shape of its area."""

from __future__ import annotations

from dataclasses import dataclass

from insight.charts.model.common import ChartModel
from insight.charts.model.tiles import Tile

Ring = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Area:
    """A force: what is told of it (``tile``) and where it lies, on the grid of the map, x from the west and y from the north.

    ``mark`` is the centre of a circle that stands for an area too small to be seen, with a line from there to it.
    """

    tile: Tile
    rings: tuple[Ring, ...]
    mark: tuple[int, int] | None = None

    @property
    def middle(self) -> tuple[int, int]:
        """Where the sign of its verdict stands: the circle's centre, or the centre of gravity of its largest ring."""
        return self.mark or max((_gravity(ring) for ring in self.rings), key=lambda found: found[0])[1]


def _gravity(ring: Ring) -> tuple[float, tuple[int, int]]:
    """The size of a ring and its centre of gravity."""
    pairs = list(zip(ring, (*ring[1:], ring[0]), strict=True))
    crossed = [x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs]
    size = sum(crossed) / 2
    x = sum((x1 + x2) * part for ((x1, _), (x2, _)), part in zip(pairs, crossed, strict=True)) / (6 * size)
    y = sum((y1 + y2) * part for ((_, y1), (_, y2)), part in zip(pairs, crossed, strict=True)) / (6 * size)
    return abs(size), (round(x), round(y))


@dataclass(frozen=True, kw_only=True)
class AreaMap(ChartModel):
    """Areas as they are drawn, chosen ones and the reader's own last. No areas: ``alt`` says why. ``attribution``: below it."""

    areas: tuple[Area, ...] = ()
    width: int = 1000
    height: int = 1200
    attribution: str = ""
