"""Ranked bars."""

import pandas as pd
import pytest

from insight.charts import palette
from insight.charts.bars import ranked_bars
from insight.charts.chart import Chart

KEYS = {"title": "Where is it highest?", "empty": "No data.", "unit": "% of children", "decimals": 1}


def draw(frame: pd.DataFrame, words: dict, **more) -> Chart:
    return ranked_bars(frame, **({**KEYS, "my_force": "X0000002", "words": words} | more))


def names(chart: Chart) -> list[str]:
    """The tick labels from top to bottom, without markup and figures."""
    axis = chart.figure.layout.yaxis
    labels = [text for _, text in sorted(zip(axis.tickvals, axis.ticktext, strict=True))]
    plain = [text.split(">", 1)[1].rsplit("</span>", 1)[0] for text in labels]
    return [text.replace("<b>", "").replace("</b>", "").replace("<i>", "").replace("</i>", "") for text in plain]


def bars(chart: Chart) -> dict[float, object]:
    return {y: trace for trace in chart.figure.data for y in trace.y}


def test_forces_are_sorted_by_value(forces, words) -> None:
    chart = draw(forces([3, 9, 6]), words)
    assert [name.split("  ")[0] for name in names(chart)] == ["Samplebury", "Mockford", "Exampleshire"]
    axis = chart.figure.layout.yaxis
    assert axis.range[0] > axis.range[1], "the first row stands on top"


def test_values_stand_beside_names_and_line_up(forces, words) -> None:
    figures = [name.split("  ")[1] for name in names(draw(forces([3, 19, 6]), words))]
    assert [figure.strip(chr(0x2007)) for figure in figures] == ["19.0%", "6.0%", "3.0%"]
    assert len({len(figure) for figure in figures}) == 1


def test_the_reader_may_sort(forces, words) -> None:
    frame = forces([3, 9, 6])
    assert names(draw(frame, words, order="lowest"))[0].startswith("Exampleshire")
    assert names(draw(frame, words, order="name"))[1].startswith("Mockford")
    assert names(draw(frame, words, order=["X0000003", "X0000001", "X0000002"]))[0].startswith("Mockford")


def test_bars_start_at_zero(forces, words) -> None:
    chart = draw(forces([300, 301, 302]), words)
    assert chart.figure.layout.xaxis.range[0] == 0
    assert all(trace.base is None for trace in chart.figure.data)


def test_my_force_is_accent_bold_and_drawn_last(forces, words) -> None:
    chart = draw(forces([3, 9, 6]), words)
    last = chart.figure.data[-1]
    assert list(last.y) == [0]
    assert last.marker.color == palette.ACCENT
    assert all(trace.marker.color != palette.ACCENT for trace in chart.figure.data[:-1])
    bold = [text for text in chart.figure.layout.yaxis.ticktext if "<b>" in text]
    assert len(bold) == 1
    assert "Samplebury" in bold[0]


def test_compared_forces_are_darker_and_in_the_legend(forces, words) -> None:
    chart = draw(forces([3, 9, 6]), words, compared=["X0000003"])
    compared = bars(chart)[1]
    assert compared.marker.color == palette.COMPARED
    assert compared.showlegend


def test_a_lower_bound_is_hatched_below_the_ranks_and_says_at_least(forces, words) -> None:
    chart = draw(forces([3, 9, 60], hidden_parts=[0, 0, 2]), words)
    assert names(chart)[-1].startswith("Mockford")
    assert "Not ranked" in names(chart)[-2]
    trace = bars(chart)[3]
    assert trace.marker.pattern.shape == "/"
    assert [note.text for note in chart.figure.layout.annotations if "at least" in note.text] == ["at least 60.0%"]
    assert "highest Samplebury 9.0%" in chart.alt
    assert "1 force has hidden parts" in chart.alt


def test_my_force_is_still_mine_when_hatched(forces, words) -> None:
    chart = draw(forces([3, 9, 6], hidden_parts=[0, 1, 0]), words)
    mine = chart.figure.data[-1]
    assert mine.marker.pattern.shape == "/"
    assert mine.marker.line.color == palette.ACCENT


def test_a_force_without_a_figure_has_a_word_and_no_bar(forces, words) -> None:
    chart = draw(forces([3, None, 6]), words)
    assert sum(len(trace.x) for trace in chart.figure.data) == 2
    notes = {note.y: note.text for note in chart.figure.layout.annotations}
    assert notes[3] == "Suppressed"
    assert chart.alt.startswith("Samplebury Suppressed")
    assert "1 force without a figure (suppressed 1)" in chart.alt


def test_zero_is_data(forces, words) -> None:
    chart = draw(forces([0, 9, 6]), words)
    assert sum(len(trace.x) for trace in chart.figure.data) == 3
    assert "lowest Exampleshire 0.0%" in chart.alt


def test_a_force_kept_out_of_ranks_is_shown_apart(forces, words) -> None:
    chart = draw(forces([3, 9, 60]), words, not_ranked=["X0000003"])
    assert names(chart)[-1].startswith("Mockford")
    assert "1st highest of 2" in chart.alt
    assert "Mockford shown, not ranked" in chart.alt


def test_lines_of_nation_and_region_are_labelled(forces, words) -> None:
    lines = pd.DataFrame(
        {"area_name": ["Nowhereland", "North Region"], "area_level": ["country", "region"], "value": [7.25, 5.0]}
    )
    chart = draw(forces([3, 9, 6]), words, lines=lines)
    assert sorted(shape.x0 for shape in chart.figure.layout.shapes) == [5.0, 7.25]
    texts = [note.text for note in chart.figure.layout.annotations]
    assert "Nowhereland 7.2%" in texts
    assert "North Region 5.0%" in texts
    assert "Nowhereland 7.2%; North Region 5.0%" in chart.alt
    assert {shape.line.dash for shape in chart.figure.layout.shapes} == {"solid", "dot"}


def test_a_line_without_a_value_is_left_out(forces, words) -> None:
    lines = pd.DataFrame({"area_name": ["North Region"], "area_level": ["region"], "value": [float("nan")]})
    assert not draw(forces([3, 9, 6]), words, lines=lines).figure.layout.shapes


def test_whiskers_only_where_there_are_intervals(forces, words) -> None:
    nan = float("nan")
    frame = forces([3, 9, 6], lower_95=[2.0, 8.0, nan], upper_95=[5.0, 11.0, nan])
    chart = draw(frame, words)
    other, mine = chart.figure.data
    assert list(mine.error_x.array) == [2]
    assert list(mine.error_x.arrayminus) == [1]
    reach = dict(zip(other.x, zip(other.error_x.arrayminus, other.error_x.array, strict=True), strict=True))
    assert reach[3] == (1, 2)
    assert all(end is None or end != end for end in reach[6])
    assert chart.figure.layout.xaxis.range[1] > 11
    assert all(trace.error_x.array is None for trace in draw(forces([3, 9, 6]), words).figure.data)


def test_the_alt_ranks_my_force(forces, words) -> None:
    assert draw(forces([3, 9, 6]), words).alt == (
        "Samplebury 9.0%, 1st highest of 3; highest Samplebury 9.0%, lowest Exampleshire 3.0%."
    )


@pytest.mark.parametrize("values", [[None, None], [5], [0, 0]])
def test_odd_frames_draw(forces, words, values) -> None:
    assert draw(forces(values), words).alt


def test_nullable_columns_of_the_warehouse_draw(forces, words) -> None:
    frame = forces([3, None, 6]).astype({"value": "Float64", "hidden_parts": "Int64"})
    assert "highest Mockford 6.0%" in draw(frame, words).alt
