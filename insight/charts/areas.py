"""The map of boundaries: each force in the shape of its area, with the texts and colours of its tile."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from environment import PROJECT
from insight.charts.model.areas import Area, AreaMap, Ring
from insight.charts.model.tiles import TileMap

BOUNDARIES = PROJECT / "data" / "reference" / "force_areas.json"  # made by etl/boundaries.py
MARKS = {"E23000034": (862, 1118)}  # City of London is a square mile: its circle stands in the Channel
FOOT = 40  # of the grid, below the southernmost point


def has_boundaries(tiles: TileMap) -> bool:
    """Whether every force of the map has a boundary; a made-up country has none."""
    return all(tile.code in _boundaries()["areas"] for tile in tiles.tiles)


def area_map(tiles: TileMap) -> AreaMap:
    """The same map with boundaries in place of tiles; KeyError for a force that has none."""
    if not tiles.tiles:
        return AreaMap(title=tiles.title, alt=tiles.alt, unit=tiles.unit)
    known = _boundaries()
    ordered = sorted(tiles.tiles, key=lambda tile: (tile.mine, bool(tile.edge), tile.code in MARKS, tile.name))
    areas = tuple(Area(tile, known["areas"][tile.code], MARKS.get(tile.code)) for tile in ordered)
    return AreaMap(
        title=tiles.title,
        alt=tiles.alt,
        unit=tiles.unit,
        key=tiles.key,
        areas=areas,
        width=known["width"],
        height=known["height"],
        attribution=known["attribution"],
    )


@cache
def _boundaries() -> dict[str, Any]:
    """Rings by force code, the size of the grid, and the attribution that the publisher asks for."""
    held = json.loads(BOUNDARIES.read_text(encoding="utf-8"))
    areas: dict[str, tuple[Ring, ...]] = {
        code: tuple(tuple((x, y) for x, y in ring) for ring in rings) for code, rings in held["areas"].items()
    }
    south = max(y for rings in areas.values() for ring in rings for _, y in ring)
    return {"areas": areas, "width": held["width"], "height": south + FOOT, "attribution": held["attribution"]}
