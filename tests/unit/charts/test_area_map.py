"""The map of boundaries: shapes that fit, texts of the tiles, links, and what a reader without colour or mouse gets."""

import json
from collections import Counter
from itertools import pairwise
from xml.etree import ElementTree

import pandas as pd
import pytest

from etl.boundaries import ATTRIBUTION, small_areas
from insight.charts.areas import BOUNDARIES, MARKS, area_map
from insight.charts.model.areas import AreaMap
from insight.charts.model.tiles import TileMap
from insight.charts.render_plotly import render
from insight.charts.render_svg.maps import draw
from insight.charts.tile_map import tile_map

KEYS = {"title": "Where?", "empty": "No data.", "my_force": "E23000001", "unit": "% of x", "decimals": 1}
VERDICTS = ["Unusually high (95%)", "About average", "Not compared"]


@pytest.fixture
def tiles(forces, words) -> TileMap:
    frame = forces([3, 2, None], verdict=VERDICTS).assign(area_code=["E23000001", "E23000002", "E23000034"])
    return tile_map(frame, colour_by="verdict", words=words, **KEYS)


def links(svg: str) -> list[ElementTree.Element]:
    return list(ElementTree.fromstring(svg).iter("a"))


def test_the_file_has_every_force_stays_small_and_names_its_source() -> None:
    held = json.loads(BOUNDARIES.read_text(encoding="utf-8"))
    assert len(held["areas"]) == 43
    assert all(held["areas"].values())
    assert BOUNDARIES.stat().st_size < 60_000
    assert held["attribution"] == ATTRIBUTION


def test_neighbours_share_their_borders() -> None:
    """Every border inland belongs to two areas; an edge of one alone is the coast, or what rounding in the source left."""
    areas = json.loads(BOUNDARIES.read_text(encoding="utf-8"))["areas"]
    edges: Counter[frozenset[tuple[int, int]]] = Counter()
    for rings in areas.values():
        for ring in rings:
            edges.update(frozenset(map(tuple, pair)) for pair in pairwise([*ring, ring[0]]))
    assert sum(count == 2 for count in edges.values()) > 0.4 * len(edges)


def test_two_squares_keep_one_border_when_they_are_simplified() -> None:
    """A border with a small wiggle: both neighbours lose the same points."""
    border = [[1, 0], [1.01, 0.25], [1, 0.5], [1.01, 0.75], [1, 1]]
    shapes = {"E1": [[0, 0], *border, [0, 1], [0, 0]], "E2": [*border, [2, 1], [2, 0], [1, 0]]}
    source = {
        "features": [
            {"properties": {"force_code": code}, "geometry": {"type": "Polygon", "coordinates": [ring]}}
            for code, ring in shapes.items()
        ]
    }
    kept = {code: {tuple(point) for point in rings[0]} for code, rings in small_areas(source, smallest=5000).items()}
    whole = {code: {tuple(point) for point in rings[0]} for code, rings in small_areas(source, smallest=0).items()}
    assert len(kept["E1"] & kept["E2"]) == 2 < len(whole["E1"] & whole["E2"]) == 5


def test_every_area_is_a_link_that_says_its_figure(tiles) -> None:
    for chart in (area_map(tiles), tiles):
        found = links(str(draw(chart, lambda name: f"force?{name}", in_place=True)))
        said = {one.attrib["href"]: one.attrib["aria-label"] for one in found}
        assert said["force?Exampleshire"] == "Exampleshire: 3.0%, Unusually high (95%)"
        assert said["force?Mockford"] == "Mockford: Suppressed"
        assert all(one.attrib["target"] == "_self" for one in found)
        assert [one.find("title").text for one in found] == [one.attrib["aria-label"] for one in found]


def test_the_map_has_no_style_attribute_and_its_text_alternative(tiles) -> None:
    for chart in (area_map(tiles), tiles):
        svg = str(draw(chart, str))
        assert "style=" not in svg
        assert ElementTree.fromstring(svg).attrib["aria-label"] == tiles.alt == chart.alt
        assert "target" not in svg


def test_my_force_is_drawn_last_and_a_verdict_has_its_mark(tiles) -> None:
    last = links(str(draw(area_map(tiles), str)))[-1]
    assert last.attrib["href"] == "Exampleshire"
    assert last.find("path").attrib["stroke-width"] == "7"
    assert [text.text for text in last.iter("text")] == ["△"]


def test_city_of_london_has_a_circle_that_a_finger_can_hit(tiles) -> None:
    """600 pixels at most for a grid of 1000: a circle of 68 is 24 pixels wide where the map has 350."""
    chart = area_map(tiles)
    city = next(area for area in chart.areas if area.tile.code == "E23000034")
    assert city.mark == MARKS["E23000034"] == city.middle
    (found,) = (one for one in links(str(draw(chart, str))) if one.attrib["href"] == "Mockford")
    assert len(list(found.iter("path"))) == 3
    assert [text.text for text in found.iter("text")] == ["Mockford"]


def test_hidden_areas_are_hatched_by_a_pattern_that_is_there(tiles) -> None:
    svg = str(draw(area_map(tiles), str))
    (pattern,) = ElementTree.fromstring(svg).iter("pattern")
    assert f"url(#{pattern.attrib['id']})" in svg


def test_the_image_of_the_map_carries_the_attribution(tiles) -> None:
    chart = render(area_map(tiles))
    assert any(note.text.replace("<br>", " ") == ATTRIBUTION for note in chart.figure.layout.annotations)
    assert len(chart.figure.data) == 4
    assert chart.key == tiles.key


def test_no_forces_no_map(forces, words) -> None:
    empty = area_map(tile_map(forces([], verdict=[]), colour_by="verdict", words=words, **KEYS))
    assert isinstance(empty, AreaMap)
    assert (empty.areas, empty.alt, str(draw(empty, str))) == ((), "No data.", "")
    assert render(empty).alt == "No data."


def test_a_force_without_boundaries_is_an_error(forces, words) -> None:
    frame: pd.DataFrame = forces([3], verdict=VERDICTS[:1])
    with pytest.raises(KeyError, match="X0000001"):
        area_map(tile_map(frame, colour_by="verdict", words=words, **KEYS))
