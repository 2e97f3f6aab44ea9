"""Maps as inline SVG, tiles or boundaries: every force is a link to its page and tells its figure; no style attributes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from hashlib import sha256
from itertools import pairwise

from markupsafe import Markup

from insight.charts import hatches, palette
from insight.charts.model.areas import Area, AreaMap, Ring
from insight.charts.model.tiles import Tile, TileMap

TILE, GAP, EDGE = 100, 5, 4  # of a tile map's grid: a tile, the space between two, the room for an outline at the edge
RADIUS = 34  # of the circle of an area too small to be seen: 24 pixels across on a wide screen, and more room around it
_SVG = Markup('<svg class="map {}" viewBox="0 0 {} {}" aria-label="{}">{}{}</svg>')
_LINK = Markup('<a href="{}" aria-label="{}"{}>{}<title>{}</title></a>')
_PATH = Markup('<path d="{}" fill="{}" stroke="{}" stroke-width="{}" stroke-linejoin="round"/>')
_RECT = Markup('<rect x="{}" y="{}" width="{}" height="{}" fill="{}" stroke="{}" stroke-width="{}"/>')
_TEXT = Markup('<text x="{}" y="{}" font-size="{}" text-anchor="middle" fill="{}"{}>{}</text>')
HATCH = 14  # units of a map that a hatch takes before it repeats


def draw(chart: AreaMap | TileMap, address: Callable[[str], str], in_place: bool = False) -> Markup:
    """The map; nothing where it has no forces.

    Args:
        chart: tiles or boundaries.
        address: the address of a force's page by the force's name.
        in_place: whether links replace the page they stand on (the dashboard's would open a new tab without it).
    """
    target = Markup(' target="_self"') if in_place else Markup()
    if isinstance(chart, TileMap):
        return _tiles(chart, address, target) if chart.tiles else Markup()
    return _areas(chart, address, target) if chart.areas else Markup()


def _areas(chart: AreaMap, address: Callable[[str], str], target: Markup) -> Markup:
    hatch = _hatch_id(chart.title)
    drawn = [_link(one.tile, _area(one, hatch), address, target) for one in chart.areas]
    return _SVG.format(
        "areas", chart.width, chart.height, chart.alt, _hatch([one.tile for one in chart.areas], hatch), Markup().join(drawn)
    )


def _area(one: Area, hatch: str) -> Markup:
    stroke, width = (one.tile.edge, 7) if one.tile.edge else (palette.RULE, 2)
    path = _PATH.format(_path(one.rings), _fill(one.tile, hatch), stroke, width)
    sign = _TEXT.format(one.middle[0], one.middle[1] + 11, 32, one.tile.style.text, "", one.tile.sign) if one.tile.sign else ""
    if one.mark is None:
        return path + sign
    (x, y), (to_x, to_y) = one.mark, one.rings[0][0]
    circle = f"M{x - RADIUS} {y}a{RADIUS} {RADIUS} 0 1 0 {2 * RADIUS} 0a{RADIUS} {RADIUS} 0 1 0 -{2 * RADIUS} 0Z"
    line = _PATH.format(f"M{x} {y - RADIUS}L{to_x} {to_y}", "none", palette.INK, 2)
    name = _TEXT.format(x, y + RADIUS + 34, 30, palette.INK, "", one.tile.name)
    return path + line + _PATH.format(circle, _fill(one.tile, hatch), stroke, width) + sign + name


def _path(rings: Sequence[Ring]) -> str:
    """Each ring from its first point by steps, which are shorter than places."""
    out = []
    for ring in rings:
        steps = [f"{x - x0} {y - y0}" for (x0, y0), (x, y) in pairwise(ring)]
        out.append(f"M{ring[0][0]} {ring[0][1]}l{' '.join(steps)}Z".replace(" -", "-"))
    return "".join(out)


def _tiles(chart: TileMap, address: Callable[[str], str], target: Markup) -> Markup:
    hatch = _hatch_id(chart.title)
    left, top = min(tile.column for tile in chart.tiles), min(tile.row for tile in chart.tiles)
    width = (max(tile.column for tile in chart.tiles) - left + 1) * TILE + 2 * EDGE
    height = (max(tile.row for tile in chart.tiles) - top + 1) * TILE + 2 * EDGE
    ordered = sorted(chart.tiles, key=lambda tile: (tile.mine, bool(tile.edge), tile.name))
    drawn = [
        _link(tile, _tile(tile, EDGE + (tile.column - left) * TILE, EDGE + (tile.row - top) * TILE, hatch), address, target)
        for tile in ordered
    ]
    return _SVG.format("tiled", width, height, chart.alt, _hatch(chart.tiles, hatch), Markup().join(drawn))


def _tile(tile: Tile, x: int, y: int, hatch: str) -> Markup:
    stroke, line = (tile.edge, 7) if tile.edge else (tile.style.outline, 6 if tile.style.hollow else 1.5)
    side = TILE - GAP
    box = _RECT.format(x, y, side, side, _fill(tile, hatch), stroke, line)
    bold = Markup(' font-weight="bold"')
    ink = palette.INK if tile.style.pattern else tile.style.text
    return (
        box
        + _TEXT.format(x + side / 2, y + 42, 28, ink, bold, f"{tile.short_code}{tile.sign}")
        + _TEXT.format(x + side / 2, y + 79, 31, ink, "", tile.text)
    )


def _link(tile: Tile, inside: Markup, address: Callable[[str], str], target: Markup) -> Markup:
    said = f"{tile.name}: {', '.join(tile.said)}"
    return _LINK.format(address(tile.name), said, target, inside, said)


def _fill(tile: Tile, hatch: str) -> str:
    return f"url(#{hatch}-{hatches.mark_of(tile.style.pattern)})" if tile.style.pattern else tile.style.fill


def _hatch_id(title: str) -> str:
    """One that no other map of a page has."""
    return f"h{sha256(title.encode()).hexdigest()[:6]}"


def _hatch(tiles: Sequence[Tile], name: str) -> Markup:
    """The patterns that are used; pale, for texts are read on top of them."""
    used = [hatches.mark_of(tile.style.pattern) for tile in tiles if tile.style.pattern]
    return Markup(f"<defs>{hatches.patterns(used, name, palette.HATCH, HATCH)}</defs>") if used else Markup()
