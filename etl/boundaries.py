"""Boundaries of police force areas as the small file that maps are drawn from; neighbours keep the borders that they share.

    python -m etl.boundaries SOURCE

SOURCE is the publisher's file (Office for National Statistics, Police Force Areas, December 2023, BUC) as GeoJSON with a property
force_code. Borders are cut where three areas or an area and the sea meet, each piece is simplified once (Visvalingam and Whyatt
1993: the point whose triangle with its neighbours is smallest goes first) and every area that has the piece gets the same points.
"""

from __future__ import annotations

import argparse
import heapq
import json
import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from etl.paths import PROJECT

RESULT = PROJECT / "data" / "reference" / "force_areas.json"
ATTRIBUTION = (
    "Source: Office for National Statistics licensed under the Open Government Licence v.3.0. "
    "Contains OS data © Crown copyright and database right 2023."
)
WIDTH = 1000  # of the grid on which points lie, from the westernmost point to the easternmost
SMALLEST_TRIANGLE = 14.0  # a point whose triangle is smaller, in squares of the grid, is left out
SMALLEST_ISLAND = 60.0  # likewise an island, unless it is all that an area has
MIDDLE = math.radians(52.9)  # the parallel along which the map is true to scale

Point = tuple[float, float]
Ring = list[Point]


def small_areas(source: dict[str, Any], smallest: float = SMALLEST_TRIANGLE) -> dict[str, list[list[list[int]]]]:
    """Rings of whole-number points by force code, x from the west, y from the north.

    Args:
        source: a GeoJSON collection of polygons and multipolygons in degrees.
        smallest: the smallest triangle that is kept, in squares of the grid.
    """
    rings = _on_grid({one["properties"]["force_code"]: _rings(one["geometry"]) for one in source["features"]})
    around: dict[Point, set[Point]] = defaultdict(set)
    for ring in (ring for every in rings.values() for ring in every):
        for before, point in zip([ring[-1], *ring[:-1]], ring, strict=True):
            around[before].add(point)
            around[point].add(before)
    nodes = {point for point, others in around.items() if len(others) > 2}
    pieces: dict[tuple[Point, ...], Ring] = {}
    areas = {}
    for code, every in rings.items():
        largest = max(every, key=lambda ring: abs(_area(ring)))
        kept = [ring for ring in every if ring is largest or abs(_area(ring)) >= SMALLEST_ISLAND]
        made = [_whole(_simplified(ring, nodes, pieces, smallest)) for ring in kept]
        areas[code] = [ring for ring in made if len(ring) >= 3]
    return areas


def _rings(geometry: dict[str, Any]) -> list[Ring]:
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    return [[(point[0], point[1]) for point in ring[:-1]] for polygon in polygons for ring in polygon]


def _on_grid(rings: dict[str, list[Ring]]) -> dict[str, list[Ring]]:
    """Degrees as places on the grid: equal scale both ways in the middle of the map."""
    points = [point for every in rings.values() for ring in every for point in ring]
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    north = max(y for _, y in points)
    scale = WIDTH / (east - west)

    def place(point: Point) -> Point:
        return (point[0] - west) * scale, (north - point[1]) * scale / math.cos(MIDDLE)

    return {code: [[place(point) for point in ring] for ring in every] for code, every in rings.items()}


def _simplified(ring: Ring, nodes: set[Point], pieces: dict[tuple[Point, ...], Ring], smallest: float) -> Ring:
    """The ring piece by piece, from node to node; a piece that a neighbour has is the neighbour's."""
    starts = [index for index, point in enumerate(ring) if point in nodes]
    if not starts:
        turned = ring[ring.index(min(ring)) :] + ring[: ring.index(min(ring))]
        return _thinned([*turned, turned[0]], smallest)[:-1]
    out: Ring = []
    for start, end in zip(starts, [*starts[1:], starts[0] + len(ring)], strict=True):
        piece = [ring[index % len(ring)] for index in range(start, end + 1)]
        forward = piece <= piece[::-1]
        name = tuple(piece if forward else piece[::-1])
        if name not in pieces:
            pieces[name] = _thinned(list(name), smallest)
        out += (pieces[name] if forward else pieces[name][::-1])[:-1]
    return out


def _thinned(points: Ring, smallest: float) -> Ring:
    """The line without the points that matter least; its ends stay, and of a closed one two points more."""
    least = 4 if points[0] == points[-1] else 2
    before = list(range(-1, len(points) - 1))
    after = list(range(1, len(points) + 1))
    sizes = {index: abs(_area([points[index - 1], points[index], points[index + 1]])) for index in range(1, len(points) - 1)}
    waiting = [(size, index) for index, size in sizes.items()]
    heapq.heapify(waiting)
    count = len(points)
    while waiting and count > least:
        size, index = heapq.heappop(waiting)
        if sizes.get(index) != size:
            continue
        if size >= smallest:
            break
        del sizes[index]
        count -= 1
        after[before[index]], before[after[index]] = after[index], before[index]
        for near in (before[index], after[index]):
            if near in sizes:
                triangle = [points[before[near]], points[near], points[after[near]]]
                sizes[near] = max(abs(_area(triangle)), size)
                heapq.heappush(waiting, (sizes[near], near))
    return [point for index, point in enumerate(points) if index in sizes or index in (0, len(points) - 1)]


def _area(ring: Sequence[Point]) -> float:
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True)) / 2


def _whole(ring: Iterable[Point]) -> list[list[int]]:
    """Whole numbers, no point twice in a row."""
    rounded = [[round(x), round(y)] for x, y in ring]
    return [point for before, point in zip([rounded[-1], *rounded[:-1]], rounded, strict=True) if point != before]


def main() -> None:
    """Write the file."""
    parser = argparse.ArgumentParser(description="Boundaries of police force areas as the small file that maps are drawn from.")
    parser.add_argument("source", type=Path, help="GeoJSON of the Office for National Statistics, with force_code")
    areas = small_areas(json.loads(parser.parse_args().source.read_text(encoding="utf-8")))
    text = json.dumps({"attribution": ATTRIBUTION, "width": WIDTH, "areas": areas}, separators=(",", ":"), ensure_ascii=False)
    RESULT.write_text(text.replace('"E23', '\n"E23').replace('"W15', '\n"W15') + "\n", encoding="utf-8")
    print(f"{RESULT}: {len(areas)} areas, {sum(len(ring) for every in areas.values() for ring in every):,} points")


if __name__ == "__main__":
    main()
