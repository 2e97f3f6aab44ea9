"""Funnel, caterpillar, distribution and rug."""

import pandas as pd
import pytest

from insight.charts import palette
from insight.charts.caterpillar import caterpillar
from insight.charts.chart import BARE_BOUND, Chart
from insight.charts.distribution import distribution
from insight.charts.funnel import funnel
from insight.charts.rug import rug
from insight.charts.spine import spine
from insight.charts.tile_map import tile_map
from tests.unit.charts.made_up import BOX, LIMITS, MEASURES, ranks, rug_frame

KEYS = {"title": "Who stands out?", "empty": "No data.", "my_force": "X0000002", "unit": "% of children", "decimals": 1}


def draw_funnel(forces, words, **more) -> Chart:
    flags = ["High (99.8%)", "Not significant", "Low (95%)", "Not significant"]
    frame = forces([13, 10.5, 8, 9.9], size=[200.0, 300.0, 400.0, 700.0], flag=flags)
    given = {"limits": LIMITS, "average": 10.0, "average_name": "Nowhereland", "size_title": "Children"}
    return funnel(frame, **({**KEYS, **given, "words": words} | more))


def test_limit_lines_pass_through_the_points_given(forces, words) -> None:
    lines = {trace.name: trace for trace in draw_funnel(forces, words).figure.data if "limit" in (trace.name or "")}
    assert len(lines) == 4
    upper = lines["99.8% limit, upper"]
    assert list(upper.x) == [100, 200, 400, 800]
    assert list(upper.y) == [13, 11.5, 10.75, 10.375]
    assert lines["95% limit, lower"].line.dash != lines["99.8% limit, lower"].line.dash


def test_outliers_take_shape_and_colour_from_their_flag(forces, words) -> None:
    chart = draw_funnel(forces, words)
    traces = {trace.name: trace for trace in chart.figure.data}
    high, low = traces["High (99.8%)"], traces["Low (95%)"]
    assert (high.marker.symbol, high.marker.color) == ("triangle-up", palette.VERDICTS["High (99.8%)"].fill)
    assert (low.marker.symbol, low.marker.color) == ("triangle-down", palette.VERDICTS["Low (95%)"].fill)
    assert list(traces["Not significant"].x) == [700]
    assert list(traces["Outliers"].text) == ["EXA", "MOC"]


def test_my_force_is_named_last_and_accent(forces, words) -> None:
    own = draw_funnel(forces, words).figure.data[-1]
    assert own.name == "My force"
    assert own.marker.line.color == palette.ACCENT
    assert list(own.text) == ["<b>Samplebury</b>"]


@pytest.mark.parametrize("code", ["X0000001", "X0000003"])
@pytest.mark.parametrize("role", ["my_force", "compared"])
def test_my_force_and_a_chosen_one_keep_shape_and_colour_of_their_flags(forces, words, code, role) -> None:
    shape, flag = {"X0000001": ("triangle-up", "High (99.8%)"), "X0000003": ("triangle-down", "Low (95%)")}[code]
    own = draw_funnel(forces, words, **{"my_force": None, role: code if role == "my_force" else [code]}).figure.data[-1]
    assert (own.marker.symbol, own.marker.color) == (shape, palette.VERDICTS[flag].fill)


def test_the_key_of_a_funnel_names_every_point_the_grey_ones_too(forces, words) -> None:
    chart = draw_funnel(forces, words)
    assert [(item.mark, item.label) for item in chart.key] == [
        ("triangle-up", "High (99.8%)"), ("circle", "Not significant"), ("triangle-down", "Low (95%)"),
    ]  # fmt: skip
    drawn = {trace.name: trace.marker.color for trace in chart.figure.data if trace.mode == "markers"}
    assert drawn == {item.label: item.colour for item in chart.key}


def test_average_and_limits_are_labelled_at_the_end(forces, words) -> None:
    texts = [note.text for note in draw_funnel(forces, words).figure.layout.annotations]
    assert "Nowhereland<br>10.0%" in texts
    assert texts.count("99.8% limit") == 2
    assert texts.count("95% limit") == 2


def test_a_lower_bound_is_no_point_of_a_funnel(forces, words) -> None:
    frame = forces([13, 10], hidden_parts=[2, 0], size=[200.0, 300.0], flag=[None, "Not significant"])
    chart = funnel(frame, limits=LIMITS, average=10, average_name="Nowhereland", size_title="Children", words=words, **KEYS)
    assert sum(len(trace.x) for trace in chart.figure.data if trace.mode.startswith("markers") and trace.hovertext) == 1
    assert "1 force has only a minimum" in chart.alt


def test_a_force_with_too_few_children_is_no_point_of_a_funnel_and_the_picture_says_so(forces, words) -> None:
    frame = forces([10, 11, 55], size=[200.0, 300.0, 12.0], flag=["Not significant", "Not significant", "Not compared"])
    chart = funnel(
        frame,
        limits=LIMITS,
        average=10,
        average_name="Nowhereland",
        size_title="Children",
        words=words,
        not_ranked=["X0000003"],
        **KEYS,
    )
    top = chart.figure.layout.yaxis.range[1]
    assert top < 55
    assert not any("MOC" in str(text) or "↑" in str(text) for trace in chart.figure.data for text in (trace.text or ()))
    assert sum(len(trace.x) for trace in chart.figure.data if trace.mode.startswith("markers") and trace.hovertext) == 2
    assert any(
        "too few children to compare: Mockford" in (note.text or "").replace("<br>", " ")
        for note in chart.figure.layout.annotations
    )
    assert "too few children to compare: Mockford" in chart.alt
    assert [item.label for item in chart.key] == ["Not significant"]


def test_the_funnel_alt_names_the_outliers(forces, words) -> None:
    assert draw_funnel(forces, words).alt == (
        "Samplebury 10.5%, not significant; Nowhereland 10.0%; High (99.8%) 1 force: Exampleshire; Low (95%) 1 force: Mockford."
    )


def test_an_unknown_limit_is_an_error(forces, words) -> None:
    with pytest.raises(ValueError, match="upper_99"):
        draw_funnel(forces, words, limits=LIMITS.assign(limit="upper_99"))


def test_ranks_run_from_first_to_last_with_their_intervals() -> None:
    chart = caterpillar(ranks(), title="Ranks?", empty="No data.", my_force="X0000002")
    labels = chart.figure.layout.yaxis.ticktext
    assert [next(name for name in ("Samplebury", "Mockford", "Exampleshire") if name in text) for text in labels] == [
        "Samplebury",
        "Mockford",
        "Exampleshire",
    ]
    spans = next(trace for trace in chart.figure.data if trace.name == "Other forces, intervals")
    assert list(spans.x) == [1, 3, None, 2, 3]
    assert list(spans.y) == [1, 1, None, 2, 2]
    assert chart.figure.data[-1].marker.color == palette.ACCENT


def test_an_unranked_force_is_named_not_drawn() -> None:
    chart = caterpillar(ranks(), title="Ranks?", empty="No data.", my_force="X0000002")
    assert len(chart.figure.layout.yaxis.ticktext) == 3
    assert chart.alt == (
        "Samplebury ranks 1st highest of 3, 95% interval 1 to 2; first Samplebury (95% interval 1 to 2); "
        "last Exampleshire (95% interval 2 to 3); 1 force not ranked: Testmouth."
    )


def test_the_box_stands_on_its_quantiles(forces, words) -> None:
    chart = distribution(forces([1, 5, 9]), box=BOX, words=words, **KEYS)
    rectangle = next(shape for shape in chart.figure.layout.shapes if shape.type == "rect")
    assert (rectangle.x0, rectangle.x1) == (3, 7)
    whiskers = chart.figure.data[0]
    assert list(whiskers.x) == [1.5, 3, None, 7, 8.5]
    own = chart.figure.data[-1]
    assert (own.name, list(own.x), own.marker.color) == ("My force", [5], palette.ACCENT)
    assert any("Samplebury 5.0%" in note.text for note in chart.figure.layout.annotations)
    assert chart.alt == (
        "Samplebury 5.0%; median 5.0%, the middle half from 3.0% to 7.0%; highest Mockford 9.0%, lowest Exampleshire 1.0%."
    )


def test_forces_out_of_ranks_are_out_of_the_box(forces, words) -> None:
    chart = distribution(forces([1, 5, 60]), box=BOX, words=words, not_ranked=["X0000003"], **KEYS)
    assert all(60 not in list(trace.x) for trace in chart.figure.data)
    doubtful = forces([1, 5, 60]).assign(doubtful=[None, None, "Recorded in another way."])
    chart = distribution(doubtful, box=BOX, words=words, **KEYS)
    assert all(60 not in list(trace.x) for trace in chart.figure.data)


def test_no_box_no_chart(forces, words) -> None:
    assert distribution(forces([1, 5]), box=None, words=words, **KEYS).alt == "No data."
    with pytest.raises(ValueError, match="p75"):
        distribution(forces([1, 5]), box={k: v for k, v in BOX.items() if k != "p75"}, words=words, **KEYS)


def cell_texts(chart: Chart) -> dict[tuple[float, float], str]:
    return {
        (x, base + height / 2): text
        for trace in chart.figure.data
        if trace.text is not None
        for x, base, height, text in zip(trace.x, trace.base, trace.y, trace.text, strict=True)
    }


def test_a_rug_cell_carries_mark_value_and_arrow(forces, words) -> None:
    chart = rug(rug_frame(forces), title="All?", empty="No data.", my_force="X0000002", measures=MEASURES, words=words)
    texts = {(x, round(y, 1)): text for (x, y), text in cell_texts(chart).items()}
    assert texts[(0, 0)] == "▲ 20.0 ↑"
    assert texts[(1, 0)] == "▾ 200 →"
    assert texts[(0, 1.4)] == "10.0 ↑"
    assert texts[(1, 1.4)] == "▾ 100 ↓"
    assert texts[(0, 2.4)] == "[c]"
    assert texts[(1, 2.4)] == "≥300"


def test_my_force_is_pinned_first_and_outlined(forces, words) -> None:
    chart = rug(rug_frame(forces), title="All?", empty="No data.", my_force="X0000002", measures=MEASURES, words=words)
    axis = chart.figure.layout.yaxis
    first = min(zip(axis.tickvals, axis.ticktext, strict=True))[1]
    assert "<b>Samplebury</b>" in first
    outlined = [trace for trace in chart.figure.data if trace.text is not None and trace.marker.line.width == 3]
    assert [len(trace.x) for trace in outlined] == [2]
    assert chart.alt == (
        "Samplebury: Unusually high (99.8%) in Alpha share; Below average in Beta rate; 2 measures beside 2 other forces."
    )


def test_a_rug_names_the_force_with_too_few_children_and_draws_no_arrow_there(forces, words) -> None:
    frame = rug_frame(forces)
    few = frame["area_code"] == "X0000001"
    frame.loc[few, ["verdict", "recent_trend"]] = "Too few children to compare"
    chart = rug(frame, title="All?", empty="No data.", my_force="X0000002", measures=MEASURES, words=words)
    texts = {(x, round(y, 1)): text for (x, y), text in cell_texts(chart).items()}
    assert [texts[(0, 1.4)], texts[(1, 1.4)]] == ["10.0", "100"]
    assert "Too few children to compare: Exampleshire" in [item.label for item in chart.key]
    told = next(told for trace in chart.figure.data for told in trace.hovertext or () if "Exampleshire" in told)
    assert told.count("Too few children to compare") == 1


@pytest.mark.parametrize(("value", "explained"), [(300.0, False), (0.01, True)])
def test_a_sign_of_a_bound_without_a_number_is_explained(forces, words, value, explained) -> None:
    frame = rug_frame(forces)
    frame.loc[frame["hidden_parts"] == 1, "value"] = value
    overview = rug(frame, title="All?", empty="No data.", my_force=None, measures=MEASURES, words=words)
    tiles = forces([value, 2, 3], hidden_parts=[1, 0, 0], shade=[1, 2, 3])
    on_map = tile_map(tiles, title="", empty="", my_force=None, colour_by="shade", words=words, unit="%")
    for chart in (overview, on_map):
        assert [item.label for item in chart.key if item.mark == "≥"] == [BARE_BOUND] * explained


def test_words_with_the_same_look_share_an_entry_of_the_key(forces, words) -> None:
    frame = rug_frame(forces)
    frame.loc[frame["measure_id"] == "a", "verdict"] = ["Within the usual range", "About average", "Not compared"]
    chart = rug(frame, title="All?", empty="No data.", my_force=None, measures=MEASURES, words=words)
    listed = [item.label for item in chart.key]
    assert "About average or within the usual range" in listed
    assert len([name for name in listed if "About average" in name]) == 1


def test_many_headings_of_a_rug_stand_on_end(forces, words) -> None:
    one = forces([10, 20], verdict="About average", recent_trend=None)
    for count, angle in ((6, 0), (7, -90)):
        ids = [f"m{index}" for index in range(count)]
        frame = pd.concat([one.assign(measure_id=name) for name in ids])
        measures = pd.DataFrame({"measure_id": ids, "short_title": "Some long title here", "unit": "x", "decimals": 0})
        chart = rug(frame, title="All?", empty="No data.", my_force=None, measures=measures, words=words)
        assert chart.figure.layout.xaxis.tickangle == angle


def test_a_rug_without_my_force_is_still_a_rug(forces, words) -> None:
    chart = rug(rug_frame(forces), title="All?", empty="No data.", my_force=None, measures=MEASURES, words=words)
    assert chart.alt == "2 measures, 3 forces."


CHOSEN = ["X0000003", "X0000001"]


def drawn_as(chart: Chart, name: str) -> tuple[str, str]:
    (trace,) = (trace for trace in chart.figure.data if trace.name == name and trace.mode != "lines")
    return trace.marker.color, trace.marker.symbol


def test_chosen_forces_have_one_hue_and_mark_in_every_comparison(forces, words) -> None:
    """Ranks and spread; in the funnel its outline, for there colour and shape are those of the verdict."""
    frame = forces([5, 6, 7], size=[100.0, 200.0, 300.0], flag="About average")
    common = {"title": "?", "empty": "", "my_force": "X0000002", "compared": CHOSEN}
    more = {"unit": "%", "decimals": 1, "words": words}
    ranked = caterpillar(ranks(), **common)
    spread = distribution(frame, box=BOX, **common, **more)
    funnelled = funnel(frame, limits=LIMITS, average=6.0, average_name="Average", size_title="Children", **common, **more)
    for name, hue in (("Mockford", palette.HUES[0]), ("Exampleshire", palette.HUES[1])):
        for chart in (ranked, spread):
            assert drawn_as(chart, name) == (hue.colour, hue.shape)
        (own,) = (trace for trace in funnelled.figure.data if trace.name == name)
        assert (own.marker.line.color, own.marker.symbol) == (hue.colour, hue.shape)
    assert [(item.mark, item.label) for item in spread.key] == [("square", "Mockford 7.0%"), ("diamond", "Exampleshire 5.0%")]


def test_chosen_forces_are_pinned_below_mine_in_the_rug(forces, words) -> None:
    more = {"my_force": "X0000002", "measures": MEASURES, "words": words, "compared": CHOSEN}
    chart = rug(rug_frame(forces), title="All?", empty="", **more)
    names = [text.split(">")[-3].split("<")[0] for text in chart.figure.layout.yaxis.ticktext]
    assert names == ["Samplebury", "■ Mockford", "◆ Exampleshire"]


def test_the_funnel_names_a_force_beyond_the_limits_and_not_one_that_is_only_off_the_average(forces, words) -> None:
    flags = ["Unusually high (95%)", "Above average", "About average"]
    chart = funnel(
        forces([9, 8, 6], size=[100.0, 200.0, 300.0], flag=flags),
        title="?", empty="", my_force=None, limits=LIMITS, average=6.0, average_name="Average", size_title="Children",
        unit="%", decimals=1, words=words,
    )  # fmt: skip
    assert [item.label for item in chart.key] == ["Unusually high (95%)", "Above average", "About average"]
    (labels,) = (trace for trace in chart.figure.data if trace.name == "Outliers")
    assert list(labels.text) == ["EXA"]


def test_the_spine_sets_chosen_forces_beside_mine(words) -> None:
    row = {
        "measure_id": "a", "short_title": "Alpha", "unit": "%", "decimals": 1, "period_end": pd.Timestamp("2024-03-31"), "value": 5.0,
        "status": "reported", "hidden_parts": 0, "lower_95": None, "upper_95": None, "verdict": "About average", "average": 5.0,
        "forces_compared": 9, "minimum": 1.0, "p25": 3.0, "p50": 5.0, "p75": 7.0, "maximum": 9.0,
    }  # fmt: skip
    figures = {"measure_id": "a", "status": "reported", "hidden_parts": 0, "verdict": "Above average"}
    doubtful = {"value": 124.5, "doubtful": "Recorded in another way.", "verdict": "Not compared"}
    others = pd.DataFrame(
        [
            {"area_code": "X0000003", "area_name": "Mockford", **figures, "value": 9.0},
            {"area_code": "X0000004", "area_name": "Farshire", **figures, **doubtful},
        ]
    )
    chosen = ["X0000003", "X0000004"]
    chart = spine(pd.DataFrame([row]), title="?", empty="", force_name="Samplebury", words=words, others=others, compared=chosen)
    (trace,) = (trace for trace in chart.figure.data if trace.name == "Mockford")
    assert (list(trace.x), trace.marker.color) == ([1.0], palette.HUES[0].colour)
    assert chart.key[-1].label == "Mockford"
    assert not [trace for trace in chart.figure.data if trace.name == "Farshire"]  # it is on no side of the average
    said = "Farshire 124.5†, not compared"
    assert said in chart.alt
    assert any(said in (note.text or "") for note in chart.figure.layout.annotations)


def test_the_arrow_of_a_figure_beyond_the_range_of_ranked_forces_has_a_key(words) -> None:
    row = {
        "measure_id": "a", "short_title": "Alpha", "unit": "%", "decimals": 1, "period_end": pd.Timestamp("2024-03-31"), "value": 0.0,
        "status": "reported", "hidden_parts": 0, "lower_95": None, "upper_95": None, "verdict": "Too few children to compare",
        "average": 5.0, "forces_compared": 9, "minimum": 4.0, "p25": 4.5, "p50": 5.0, "p75": 5.5, "maximum": 6.0,
    }  # fmt: skip
    low = spine(pd.DataFrame([row]), title="?", empty="", force_name="Mockford", words=words)
    assert [item.mark for item in low.key if item.mark in "◁▷"] == ["◁"]
    inside = spine(pd.DataFrame([{**row, "value": 5.0}]), title="?", empty="", force_name="Mockford", words=words)
    assert not [item.mark for item in inside.key if item.mark in "◁▷"]
