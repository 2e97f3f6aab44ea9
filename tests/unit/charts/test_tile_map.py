"""The tile map."""

import pandas as pd

from insight.charts import palette
from insight.charts.chart import Chart
from insight.charts.tile_map import tile_map

KEYS = {"title": "Where?", "empty": "No data.", "my_force": "X0000002", "unit": "% of children"}


def tiles(chart: Chart) -> dict[str, tuple]:
    """Short code → (text, fill, pattern, trace)."""
    found = {}
    for trace in chart.figure.data:
        for index, text in enumerate(trace.text if trace.text is not None else []):
            fill = trace.marker.color if isinstance(trace.marker.color, str) else trace.marker.color[index]
            shape = trace.marker.pattern.shape
            found[text[3:6]] = (text, fill, shape[index] if shape else "", trace)
    return found


def legend(chart: Chart) -> list[str]:
    return [trace.name for trace in chart.figure.data if trace.showlegend]


def test_tiles_stand_on_the_grid_with_north_on_top(forces, words) -> None:
    chart = tile_map(forces([1, 2, 3, 4], shade=[1, 2, 3, 5]), colour_by="shade", words=words, **KEYS)
    low, high = chart.figure.layout.yaxis.range
    assert low > high
    last = tiles(chart)["TES"]
    at = list(last[3].text).index(last[0])
    assert (last[3].x[at], last[3].base[at] + last[3].y[at] / 2) == (0, 1)


def test_tiles_are_square(forces, words) -> None:
    axis = tile_map(forces([1], shade=[1]), colour_by="shade", words=words, **KEYS).figure.layout.yaxis
    assert axis.scaleanchor == "x"
    assert axis.scaleratio in (None, 1)


def test_a_tile_carries_code_value_and_shade(forces, words) -> None:
    chart = tile_map(forces([1, 20.44], shade=[1, 5]), colour_by="shade", words=words, shade_labels=list("abcde"), **KEYS)
    text, fill, _, _ = tiles(chart)["SAM"]
    assert text == "<b>SAM</b><br>20.4"
    assert fill == palette.SEQUENCE[4]
    assert legend(chart) == list("abcde")


def test_my_force_is_outlined_and_drawn_last(forces, words) -> None:
    chart = tile_map(forces([1, 2, 3], shade=[1, 2, 3]), colour_by="shade", words=words, **KEYS)
    drawn = [trace for trace in chart.figure.data if not trace.showlegend]
    assert [text[3:6] for text in drawn[-1].text] == ["SAM"]
    assert drawn[-1].marker.line.width == 3
    assert drawn[0].marker.line.width == 1


def test_hidden_and_partial_tiles_are_hatched_with_a_symbol(forces, words) -> None:
    frame = forces([1, None, 3], hidden_parts=[0, 0, 1], shade=[1, None, 5])
    chart = tile_map(frame, colour_by="shade", words=words, **KEYS)
    assert tiles(chart)["SAM"][0].endswith("[c]")
    assert tiles(chart)["SAM"][2] == palette.STATUSES["suppressed"].pattern
    assert tiles(chart)["MOC"][0].endswith("≥3.0")
    assert tiles(chart)["MOC"][1] == palette.WHITE
    assert "[c] Suppressed" in legend(chart)
    assert "≥ At least" in legend(chart)


def test_a_verdict_shows_as_a_mark_too(forces, words) -> None:
    frame = forces([1, 2, 3], verdict=["Unusually high (99.8%)", "About average", "Below average"])
    chart = tile_map(frame, colour_by="verdict", words=words, **KEYS)
    assert tiles(chart)["EXA"][0].startswith("<b>EXA▲</b>")
    assert tiles(chart)["MOC"][0].startswith("<b>MOC▾</b>")
    assert legend(chart) == ["▲ Unusually high (99.8%)", "About average", "▾ Below average"]
    assert chart.alt == (
        "Samplebury 2.0%, About average; Unusually high (99.8%) 1 force (Exampleshire); About average 1 force (Samplebury); "
        "Below average 1 force (Mockford)."
    )


def test_grades_show_their_letters_and_reasons(forces, words) -> None:
    frame = forces([1, 2, 3], grade=["Good", None, "Inadequate"], status=["graded", "not_found", "graded"])
    chart = tile_map(frame.drop(columns=["value", "hidden_parts"]), colour_by="grade", words=words, **KEYS)
    assert tiles(chart)["EXA"][0].endswith("<br>G")
    assert tiles(chart)["SAM"][0].endswith("<br>?")
    assert tiles(chart)["MOC"][1] == palette.GRADES["Inadequate"].fill
    assert "not found 1 force" in chart.alt


def test_hover_gives_name_value_and_status(forces, words) -> None:
    chart = tile_map(forces([1.26, None], shade=[1, None]), colour_by="shade", words=words, **KEYS)
    hovers = [text for trace in chart.figure.data if trace.hovertext is not None for text in trace.hovertext]
    assert "<b>Exampleshire</b><br>1.3%" in hovers
    assert "<b>Samplebury</b><br>Suppressed" in hovers


def test_missing_shades_are_outlined_not_an_error(forces, words) -> None:
    frame = forces([1, 2], shade=pd.array([1, None], dtype="Int64"))
    assert tiles(tile_map(frame, colour_by="shade", words=words, **KEYS))["SAM"][1] == palette.WHITE
