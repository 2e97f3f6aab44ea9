"""The tile map: what the model says, and what the screen makes of it."""

import pandas as pd

from insight.charts import palette
from insight.charts.model.tiles import Tile, TileMap
from insight.charts.render_plotly import render
from insight.charts.tile_map import tile_map

KEYS = {"title": "Where?", "empty": "No data.", "my_force": "X0000002", "unit": "% of children"}


def tiles(chart: TileMap) -> dict[str, Tile]:
    return {tile.short_code: tile for tile in chart.tiles}


def labels(chart: TileMap) -> list[str]:
    """Of the colours and signs; not of the outlines."""
    return [item.label for item in chart.key if item.mark != "hollow"]


def test_tiles_stand_on_the_grid_with_north_on_top(forces, words) -> None:
    chart = tile_map(forces([1, 2, 3, 4], shade=[1, 2, 3, 5]), colour_by="shade", words=words, **KEYS)
    assert (tiles(chart)["TES"].column, tiles(chart)["TES"].row) == (0, 1)
    figure = render(chart).figure
    low, high = figure.layout.yaxis.range
    assert low > high
    at = {text[3:6]: (x, base + y / 2) for t in figure.data for text, x, y, base in zip(t.text, t.x, t.y, t.base, strict=True)}
    assert at["TES"] == (0, 1)


def test_tiles_are_square(forces, words) -> None:
    axis = render(tile_map(forces([1], shade=[1]), colour_by="shade", words=words, **KEYS)).figure.layout.yaxis
    assert axis.scaleanchor == "x"
    assert axis.scaleratio in (None, 1)


def test_a_tile_carries_code_value_and_shade(forces, words) -> None:
    chart = tile_map(forces([1, 20.44], shade=[1, 5]), colour_by="shade", words=words, shade_labels=list("abcde"), **KEYS)
    tile = tiles(chart)["SAM"]
    assert (tile.text, tile.kind, tile.style.fill) == ("20.4", "shade 5", palette.SEQUENCE[4])
    assert labels(chart) == list("abcde")
    assert [text for trace in render(chart).figure.data for text in trace.text] == ["<b>EXA</b><br>1.0", "<b>SAM</b><br>20.4"]


def test_my_force_is_outlined_and_drawn_last(forces, words) -> None:
    chart = tile_map(forces([1, 2, 3], shade=[1, 2, 3]), colour_by="shade", words=words, **KEYS)
    drawn = render(chart).figure.data
    assert [text[3:6] for text in drawn[-1].text] == ["SAM"]
    assert drawn[-1].marker.line.width == 3
    assert drawn[0].marker.line.width == (1, 1)


def test_chosen_forces_are_outlined_in_their_hues_and_the_key_says_whose_outlines_are_there(forces, words) -> None:
    frame = forces([1, 2, 3, 4], shade=[1, 2, 3, 4])
    chosen = ["X0000004", "X0000001"]
    chart = tile_map(frame, colour_by="shade", words=words, compared=chosen, **KEYS)
    hues = palette.hues(chosen)
    edges = {tile.code: tile.edge for tile in chart.tiles}
    assert edges == {
        "X0000001": hues["X0000001"].colour,
        "X0000002": palette.INK,
        "X0000003": "",
        "X0000004": hues["X0000004"].colour,
    }
    names = {tile.code: tile.name for tile in chart.tiles}
    outlines = [(item.label, item.colour) for item in chart.key if item.mark == "hollow"]
    assert outlines == [(names[code], edges[code]) for code in ("X0000002", "X0000004", "X0000001")]
    drawn = [
        (text[3:6], line)
        for trace in render(chart).figure.data
        for text, line in zip(trace.text, trace.marker.line.color, strict=True)
    ]
    assert {line for _, line in drawn} >= {palette.INK, *(hue.colour for hue in hues.values())}


def test_hidden_and_partial_tiles_are_hatched_with_a_symbol(forces, words) -> None:
    frame = forces([1, None, 3], hidden_parts=[0, 0, 1], shade=[1, None, 5])
    chart = tile_map(frame, colour_by="shade", words=words, **KEYS)
    hidden, partial = tiles(chart)["SAM"], tiles(chart)["MOC"]
    assert (hidden.text, hidden.kind, hidden.style.pattern) == ("[c]", "suppressed", palette.STATUSES["suppressed"].pattern)
    assert (partial.text, partial.kind, partial.style) == ("≥3.0", "at least", palette.lower_bound_style())
    assert labels(chart) == ["≥ At least: a part is suppressed or missing", "[c] Suppressed"]


def test_a_lower_bound_that_rounds_to_zero_is_hidden_in_part(forces, words) -> None:
    chart = tile_map(forces([0.01, 2], hidden_parts=[1, 0], shade=[None, 1]), colour_by="shade", words=words, **KEYS)
    assert (tiles(chart)["EXA"].text, tiles(chart)["EXA"].said) == ("≥", ("Hidden in part",))


def test_a_doubtful_figure_has_its_mark(forces, words) -> None:
    frame = forces([124.5, 2], doubtful=["Twice the year before.", None], shade=[5, 1])
    tile = tiles(tile_map(frame, colour_by="shade", words=words, **KEYS))["EXA"]
    assert (tile.text, tile.said) == ("124.5†", ("124.5%†",))


def test_a_verdict_shows_as_a_mark_too(forces, words) -> None:
    frame = forces([1, 2, 3], verdict=["Unusually high (99.8%)", "About average", "Below average"])
    chart = tile_map(frame, colour_by="verdict", words=words, **KEYS)
    assert [(tile.sign, tile.kind) for tile in chart.tiles] == [
        ("▲", "Unusually high (99.8%)"), ("", "About average"), ("▾", "Below average"),
    ]  # fmt: skip
    assert labels(chart) == ["▲ Unusually high (99.8%)", "About average", "▾ Below average"]
    assert chart.alt == (
        "Samplebury 2.0%, About average; Unusually high (99.8%) 1 force (Exampleshire); About average 1 force (Samplebury); "
        "Below average 1 force (Mockford)."
    )
    assert render(chart).figure.data[0].text[0].startswith("<b>EXA▲</b>")


def test_grades_show_their_letters_and_reasons(forces, words) -> None:
    frame = forces([1, 2, 3], grade=["Good", None, "Inadequate"], status=["graded", "not_found", "graded"])
    chart = tile_map(frame.drop(columns=["value", "hidden_parts"]), colour_by="grade", words=words, **KEYS)
    assert [tile.text for tile in chart.tiles] == ["G", "?", "I"]
    assert tiles(chart)["MOC"].style.fill == palette.GRADES["Inadequate"].fill
    assert labels(chart) == ["G Good", "I Inadequate", "? Not found"]
    assert "not found 1 force" in chart.alt


def test_hover_gives_name_value_and_status(forces, words) -> None:
    chart = tile_map(forces([1.26, None], shade=[1, None]), colour_by="shade", words=words, **KEYS)
    hovers = [text for trace in render(chart).figure.data for text in trace.hovertext]
    assert hovers == ["<b>Exampleshire</b><br>1.3%", "<b>Samplebury</b><br>Suppressed"]


def test_a_force_without_a_class_is_outlined_and_said_to_be_not_ranked(forces, words) -> None:
    frame = forces([1, 2], shade=pd.array([1, None], dtype="Int64"))
    chart = tile_map(frame, colour_by="shade", words=words, **KEYS)
    assert (tiles(chart)["SAM"].kind, tiles(chart)["SAM"].style.fill) == ("not ranked", palette.WHITE)
    assert labels(chart) == ["Not ranked"]


def test_a_grade_read_in_the_press_is_a_hollow_tile_with_an_entry_in_the_key(forces, words) -> None:
    frame = forces([1, 2]).assign(grade="Good", status="graded", source_kind=["press", "hmicfrs"])
    keys = {name: value for name, value in KEYS.items() if name not in ("unit", "decimals")}
    chart = tile_map(frame, colour_by="grade", words=words, **keys)
    press, own = (tile.style for tile in chart.tiles)
    assert (press.fill, press.outline) == (palette.WHITE, palette.GRADES["Good"].fill)
    assert own == palette.GRADES["Good"]
    assert [item.label for item in chart.key] == ["G Good", palette.PRESS, "Samplebury"]
