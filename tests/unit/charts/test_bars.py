"""Ranked bars: what the model says, and what the screen makes of it."""

import re

import pandas as pd
import pytest

from insight.charts import palette
from insight.charts.bars import ranked_bars
from insight.charts.chart import Chart
from insight.charts.model.bars import Bar, BarChart
from insight.charts.render_plotly import render
from insight.charts.shares import shares

KEYS = {"title": "Where is it highest?", "empty": "No data.", "unit": "% of children", "decimals": 1}
SUPPRESSED = "Suppressed"


def model(frame: pd.DataFrame, words: dict, **more) -> BarChart:
    return ranked_bars(frame, **({**KEYS, "my_force": "X0000002", "words": words} | more))


def draw(frame: pd.DataFrame, words: dict, **more) -> Chart:
    return render(model(frame, words, **more))


def named(chart: BarChart) -> dict[str, Bar]:
    return {bar.name: bar for bar in chart.bars}


def names(chart: Chart) -> list[str]:
    """The tick labels from top to bottom, without markup and figures."""
    axis = chart.figure.layout.yaxis
    labels = [text for _, text in sorted(zip(axis.tickvals, axis.ticktext, strict=True))]
    plain = [text.split(">", 1)[1].rsplit("</span>", 1)[0] for text in labels]
    return [text.replace("<b>", "").replace("</b>", "").replace("<i>", "").replace("</i>", "") for text in plain]


def test_forces_are_sorted_by_value(forces, words) -> None:
    assert list(named(model(forces([3, 9, 6]), words))) == ["Samplebury", "Mockford", "Exampleshire"]


def test_the_first_bar_stands_on_top_of_the_screen(forces, words) -> None:
    chart = draw(forces([3, 9, 6]), words)
    assert [name.split("  ")[0] for name in names(chart)] == ["Samplebury", "Mockford", "Exampleshire"]
    axis = chart.figure.layout.yaxis
    assert axis.range[0] > axis.range[1]


def test_values_stand_beside_names_and_line_up(forces, words) -> None:
    figures = [name.split("  ")[1] for name in names(draw(forces([3, 19, 6]), words))]
    assert [figure.strip(chr(0x2007)) for figure in figures] == ["19.0%", "6.0%", "3.0%"]
    assert len({len(figure) for figure in figures}) == 1


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("lowest", ["Exampleshire", "Mockford", "Samplebury"]),
        ("name", ["Exampleshire", "Mockford", "Samplebury"]),
        (["X0000003", "X0000001", "X0000002"], ["Mockford", "Exampleshire", "Samplebury"]),
    ],
)
def test_the_reader_may_sort(forces, words, order, expected) -> None:
    assert list(named(model(forces([3, 9, 6]), words, order=order))) == expected


def test_bars_start_at_zero(forces, words) -> None:
    chart = draw(forces([300, 301, 302]), words)
    assert chart.figure.layout.xaxis.range[0] == 0
    assert all(trace.base is None for trace in chart.figure.data)


def test_ticks_stay_within_the_axis_and_have_their_texts(forces, words) -> None:
    chart = model(forces([3, 9, 6]), words)
    assert chart.ticks[0] == (0.0, "0.0")
    assert max(value for value, _ in chart.ticks) <= chart.reach


def test_my_force_is_accent_bold_and_drawn_last(forces, words) -> None:
    chart = draw(forces([3, 9, 6]), words)
    last = chart.figure.data[-1]
    assert list(last.y) == [0]
    assert last.marker.color == palette.ACCENT
    assert all(trace.marker.color != palette.ACCENT for trace in chart.figure.data[:-1])
    bold = [text for text in chart.figure.layout.yaxis.ticktext if "<b>" in text]
    assert len(bold) == 1
    assert "Samplebury" in bold[0]


def test_chosen_forces_wear_their_hue_and_its_sign_in_the_order_of_choice(forces, words) -> None:
    chart = model(forces([3, 9, 6]), words, compared=["X0000003", "X0000001"])
    first, second = named(chart)["Mockford"], named(chart)["Exampleshire"]
    assert (first.style.fill, first.written_name) == (palette.HUES[0].colour, "■ Mockford")
    assert (second.style.fill, second.written_name) == (palette.HUES[1].colour, "◆ Exampleshire")
    assert named(chart)["Samplebury"].written_name == "Samplebury"


def test_a_lower_bound_is_hatched_below_the_ranks_and_says_at_least(forces, words) -> None:
    chart = model(forces([3, 9, 60], hidden_parts=[0, 0, 2]), words)
    bar = chart.bars[-1]
    assert (bar.name, bar.text, bar.bound, bar.ranked) == ("Mockford", "at least 60.0%", True, False)
    assert [(item.mark, item.label) for item in chart.key] == [("hatch", "At least: a part is suppressed or missing")]
    assert "highest Samplebury 9.0%" in chart.alt
    assert "1 force has only a minimum" in chart.alt


def test_a_lower_bound_stands_below_a_heading_with_its_words_beside_its_bar(forces, words) -> None:
    chart = draw(forces([3, 9, 60], hidden_parts=[0, 0, 2]), words)
    assert "Not ranked" in names(chart)[-2]
    hatched = {y: trace.marker.pattern.shape for trace in chart.figure.data for y in trace.y}
    assert hatched == {0: "", 1: "", 3: "/"}
    assert [note.text for note in chart.figure.layout.annotations if "at least" in note.text] == ["at least 60.0%"]


def test_a_lower_bound_that_rounds_to_zero_is_hidden_in_part(forces, words) -> None:
    chart = model(forces([3, 9, 0.01], hidden_parts=[0, 0, 1]), words)
    assert chart.bars[-1].text == "hidden in part"
    assert not [text for text in (chart.alt, *chart.bars[-1].said) if "0.0" in text]


def test_my_force_is_still_mine_when_hatched(forces, words) -> None:
    bar = named(model(forces([3, 9, 6], hidden_parts=[0, 1, 0]), words))["Samplebury"]
    assert (bar.role, bar.bound, bar.style.outline) == ("mine", True, palette.ACCENT)


def test_a_force_without_a_figure_has_a_word_and_no_bar(forces, words) -> None:
    chart = model(forces([3, None, 6]), words)
    assert (chart.bars[-1].value, chart.bars[-1].text) == (None, SUPPRESSED)
    assert chart.alt.startswith("Samplebury Suppressed")
    assert "1 force without a figure (suppressed 1)" in chart.alt
    drawn = render(chart)
    assert sum(len(trace.x) for trace in drawn.figure.data) == 2
    assert {note.y: note.text for note in drawn.figure.layout.annotations}[3] == SUPPRESSED


def test_zero_is_data(forces, words) -> None:
    chart = model(forces([0, 9, 6]), words)
    assert chart.bars[-1].value == 0
    assert "lowest Exampleshire 0.0%" in chart.alt


def test_a_force_kept_out_of_ranks_is_shown_apart(forces, words) -> None:
    chart = model(forces([3, 9, 60]), words, not_ranked=["X0000003"])
    assert (chart.bars[-1].name, chart.bars[-1].ranked) == ("Mockford", False)
    assert "1st highest of 2" in chart.alt
    assert "Mockford 60.0% shown, not ranked" in chart.alt


def test_lines_of_nation_and_region_are_labelled(forces, words) -> None:
    lines = pd.DataFrame(
        {"area_name": ["Nowhereland", "North Region"], "area_level": ["country", "region"], "value": [7.25, 5.0]}
    )
    chart = model(forces([3, 9, 6]), words, lines=lines)
    assert [(one.name, one.text) for one in chart.references] == [("North Region", "5.0%"), ("Nowhereland", "7.2%")]
    assert "Nowhereland 7.2%; North Region 5.0%" in chart.alt
    layout = render(chart).figure.layout
    assert [(shape.x0, shape.line.dash) for shape in layout.shapes] == [(5.0, "dot"), (7.25, "solid")]
    labels = {note.text: note.bgcolor for note in layout.annotations}
    assert [labels["Nowhereland 7.2%"], labels["North Region 5.0%"]] == [palette.WHITE] * 2, "no line runs through a label"


def test_a_line_without_a_value_is_left_out(forces, words) -> None:
    lines = pd.DataFrame({"area_name": ["North Region"], "area_level": ["region"], "value": [float("nan")]})
    assert not model(forces([3, 9, 6]), words, lines=lines).references


def test_whiskers_only_where_there_are_intervals(forces, words) -> None:
    nan = float("nan")
    frame = forces([3, 9, 6], lower_95=[2.0, 8.0, nan], upper_95=[5.0, 11.0, nan])
    chart = model(frame, words)
    assert {bar.name: (bar.lower, bar.upper) for bar in chart.bars} == {
        "Samplebury": (8, 11), "Mockford": (None, None), "Exampleshire": (2, 5),
    }  # fmt: skip
    assert chart.reach > 11
    without, other, mine = sorted(
        render(chart).figure.data, key=lambda trace: (trace.error_x.array is not None, trace.name == "My force")
    )
    assert (list(without.x), without.error_x.array) == ([6], None), "of a missing interval a tick would be drawn"
    assert (list(mine.error_x.arrayminus), list(mine.error_x.array)) == ([1], [2])
    assert list(zip(other.x, other.error_x.arrayminus, other.error_x.array, strict=True)) == [(3, 1, 2)]
    assert all(trace.error_x.array is None for trace in draw(forces([3, 9, 6]), words).figure.data)


def test_a_verdict_colours_a_bar_and_gives_its_sign(forces, words) -> None:
    frame = forces([3, 9, 6], verdict=["About average", "Unusually high (99.8%)", "Not compared"], hidden_parts=[0, 0, 1])
    chart = model(frame, words, my_force=None, verdicts="verdict")
    style, high = named(chart)["Samplebury"].style, palette.VERDICTS["Unusually high (99.8%)"]
    assert (style.fill, style.mark) == (high.fill, high.mark)
    assert named(chart)["Mockford"].bound, "a lower bound is never coloured by a verdict"
    assert [item.label for item in chart.key] == [
        "▲ Unusually high (99.8%)",
        "About average",
        "At least: a part is suppressed or missing",
    ]


def test_a_verdict_leaves_own_chosen_doubtful_and_unranked_forces_their_marks(forces, words) -> None:
    frame = forces(
        [3, 9, 6], verdict=["About average", "Above average", "Too few children to compare"], doubtful=["It doubled.", None, None]
    )
    chart = model(frame, words, compared=["X0000001"], not_ranked=["X0000003"], verdicts="verdict")
    own, doubted, few = (named(chart)[name] for name in ("Samplebury", "Exampleshire", "Mockford"))
    assert (own.style.outline, own.role, own.verdict) == (palette.ACCENT, "mine", "Above average")
    assert (doubted.style.outline, doubted.written_name) == (palette.HUES[0].colour, "■ Exampleshire")
    assert (doubted.text, doubted.ranked) == ("3.0%†", False)
    assert (few.ranked, few.style.fill) == (False, palette.WHITE)
    labels = ["▴ Above average", "About average", "Too few children to compare", "Doubtful figure, as published"]
    assert [item.label for item in chart.key] == labels
    assert chart.key[-1].mark == "†"
    assert chart.alt.startswith("Samplebury 9.0%, 1st highest of 1, above average; Above average 1 force (Samplebury)")


def test_without_verdicts_bars_are_filled_by_whose_they_are(forces, words) -> None:
    chart = model(forces([3, 9, 6]), words)
    assert {bar.style.fill for bar in chart.bars} == {palette.ACCENT, palette.OTHER}
    assert chart.key == ()


def test_the_alt_ranks_my_force(forces, words) -> None:
    assert model(forces([3, 9, 6]), words).alt == (
        "Samplebury 9.0%, 1st highest of 3; highest Samplebury 9.0%, lowest Exampleshire 3.0%."
    )


@pytest.mark.parametrize("values", [[None, None], [5], [0, 0]])
def test_odd_frames_draw(forces, words, values) -> None:
    assert draw(forces(values), words).alt


def test_nullable_columns_of_the_warehouse_draw(forces, words) -> None:
    frame = forces([3, None, 6]).astype({"value": "Float64", "hidden_parts": "Int64"})
    assert "highest Mockford 6.0%" in draw(frame, words).alt


def test_a_long_name_takes_lines_and_rows_as_high_as_the_bars_are_thick_before(words) -> None:
    """On a phone one line of it would leave no room for bars, or be cut off."""
    parts = pd.DataFrame(
        {"category": ["Foster placements", "Independent and semi-independent living arrangements/supported accommodation"]}
    ).assign(amount=[30.0, 70.0], total=100.0, share=[30.0, 70.0], status="reported")
    taken = {"title": "Where from?", "empty": "", "unit": "% of incidents", "counted": "incidents", "words": words}
    long, short = (render(shares(frame, **taken)).figure for frame in (parts, parts.head(1)))
    names = long.layout.yaxis.ticktext
    assert max(len(line) for name in names for line in re.sub("<(?!br)[^>]*>", "", name).split("<br>")) <= 32 + len("  70.0%")
    assert names[1].count("<br>") == 2
    thick = [figure.data[0].width * (figure.layout.height - 64) / rows for figure, rows in ((long, 2), (short, 1))]
    assert thick[0] == pytest.approx(thick[1], abs=1)
