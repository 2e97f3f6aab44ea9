"""Lines over time: where they run, where they stop, and what stands at their ends."""

import itertools

import pandas as pd
import pytest

from insight.charts import palette
from insight.charts.chart import Chart
from insight.charts.multiples import small_multiples
from insight.charts.series import bounds, doubt, segments, series_of, year_ticks
from insight.charts.trends import trend_lines
from tests.unit.charts.made_up import BREAK

KEYS = {"title": "Is it rising?", "empty": "No data.", "my_force": "X0000001", "unit": "% of children", "decimals": 1}
DOUBTFUL = pd.DataFrame(
    [{"kind": "doubtful", "starts": "2016-03-31", "area_code": "X0000001", "reason": "It doubled for one year."}]
)


def draw(frame: pd.DataFrame, words: dict, **more) -> Chart:
    return trend_lines(frame, **({**KEYS, "words": words} | more))


def line(chart: Chart, name: str):
    return next(trace for trace in chart.figure.data if trace.name == name and trace.mode == "lines")


def runs(trace) -> list[list[str]]:
    """The years of each stretch of a trace that is drawn without a gap."""
    found: list[list[str]] = [[]]
    for x in trace.x:
        found.append([]) if x is None else found[-1].append(x[:4])
    return [run for run in found if run]


def test_a_line_runs_through_every_complete_year(series, words) -> None:
    assert runs(line(draw(series([[1, 2, 3]]), words), "Exampleshire")) == [["2015", "2016", "2017"]]


def test_a_line_stops_at_a_missing_year(series, words) -> None:
    chart = draw(series([[1, 2, "gap", 4, 5]]), words)
    assert runs(line(chart, "Exampleshire")) == [["2015", "2016"], ["2018", "2019"]]


def test_a_line_stops_at_a_hidden_figure(series, words) -> None:
    chart = draw(series([[1, 2, None, 4, 5]]), words)
    assert runs(line(chart, "Exampleshire")) == [["2015", "2016"], ["2018", "2019"]]


def test_a_line_stops_at_a_lower_bound(series, words) -> None:
    frame = series([[1, 2, 3, 4, 5]])
    frame["hidden_parts"] = [0, 0, 1, 0, 0]
    chart = draw(frame, words)
    assert runs(line(chart, "Exampleshire")) == [["2015", "2016"], ["2018", "2019"]]
    mark = next(trace for trace in chart.figure.data if trace.name.startswith("At least"))
    assert list(mark.x) == ["2017-03-31"]
    assert mark.marker.symbol == "triangle-up-open"
    assert "at least 3.0%" in mark.hovertext[0]


def test_a_line_stops_at_a_break_and_a_seam_stands_there(series, words) -> None:
    chart = draw(series([[1, 2, 3, 4]]), words, breaks=BREAK)
    assert runs(line(chart, "Exampleshire")) == [["2015", "2016"], ["2017", "2018"]]
    seam = next(shape for shape in chart.figure.layout.shapes if shape.line.dash == "dash")
    assert "2016-03-31" < str(seam.x0)[:10] < "2017-03-31"
    assert any(note.text == "series changes" for note in chart.figure.layout.annotations)
    assert any("Absent children" in text for trace in chart.figure.data for text in (trace.hovertext or ()) if text)
    assert "changes before 2017" in chart.alt


def test_the_grey_trace_of_the_others_is_one_and_stops_too(series, words) -> None:
    frame = series([[1, 2, 3, 4], [2, None, 4, 5], [3, 4, 5, 6]])
    others = line(draw(frame, words, breaks=BREAK), "Other forces")
    assert runs(others) == [["2017", "2018"], ["2015", "2016"], ["2017", "2018"]]


def test_a_break_of_one_area_leaves_the_others_alone(series, words) -> None:
    own = BREAK.assign(area_code="X0000001")
    frame = series([[1, 2, 3, 4], [2, 3, 4, 5]])
    chart = draw(frame, words, breaks=own)
    assert len(runs(line(chart, "Exampleshire"))) == 2
    assert len(runs(line(chart, "Other forces"))) == 1
    elsewhere = draw(frame, words, breaks=BREAK.assign(area_code="X0000002"))
    assert not [shape for shape in elsewhere.figure.layout.shapes if shape.line.dash == "dash"]


def test_a_doubtful_point_is_open_and_joined(series, words) -> None:
    chart = draw(series([[1, 9, 3]]), words, breaks=DOUBTFUL)
    assert runs(line(chart, "Exampleshire")) == [["2015", "2016", "2017"]]
    mark = next(trace for trace in chart.figure.data if trace.name.startswith("Doubtful"))
    assert list(mark.x) == ["2016-03-31"]
    assert mark.marker.symbol == "circle-open"
    assert "It doubled for one year." in mark.hovertext[0]
    sure = next(trace for trace in chart.figure.data if trace.mode == "markers" and trace.name == "Exampleshire")
    assert "2016-03-31" not in list(sure.x)


def test_my_hidden_years_show_their_symbol_on_the_base_line(series, words) -> None:
    chart = draw(series([[1, None, 3]]), words)
    marks = next(trace for trace in chart.figure.data if trace.mode == "text")
    assert (list(marks.text), list(marks.x)) == (["[c]"], ["2016-03-31"])
    assert marks.y[0] == chart.figure.layout.yaxis.range[0]
    assert "no figure for 2016" in chart.alt


def test_my_force_is_accent_and_drawn_over_all_lines(series, words) -> None:
    frame = series([[1, 2], [3, 4], [5, 6]])
    frame.loc[frame["area_code"] == "X0000002", "role"] = "nation"
    chart = draw(frame, words)
    lines = [trace for trace in chart.figure.data if trace.mode == "lines" and trace.fill is None]
    assert [trace.name for trace in lines] == ["Other forces", "Samplebury", "Exampleshire"]
    assert lines[-1].line.color == palette.ACCENT
    assert all(trace.line.color != palette.ACCENT for trace in lines[:-1])


def test_my_band_covers_each_run_and_lies_below_the_lines(series, words) -> None:
    chart = draw(series([[5, 6, None, 7, 8]]), words)
    names = [trace.name for trace in chart.figure.data]
    band = chart.figure.data[names.index("95% interval")]
    assert names.index("95% interval") < names.index("Exampleshire")
    assert runs(band) == [["2015", "2016", "2016", "2015", "2015"], ["2018", "2019", "2019", "2018", "2018"]]
    assert (max(y for y in band.y if y is not None), min(y for y in band.y if y is not None)) == (9, 4)


def test_no_band_without_intervals(series, words) -> None:
    frame = series([[5, 6]]).assign(lower_95=float("nan"), upper_95=float("nan"))
    assert "95% interval" not in [trace.name for trace in draw(frame, words).figure.data]


def test_lines_are_named_at_their_ends_not_in_the_legend(series, words) -> None:
    frame = series([[5, 6], [5.1, 6.05], [5.2, 6.1], [5, 6.2]])
    frame["role"] = frame["area_code"].map(
        dict(zip(frame["area_code"].unique(), ["mine", "compared", "region", "nation"], strict=True))
    )
    chart = draw(frame, words)
    ends = [note for note in chart.figure.layout.annotations if note.showarrow]
    assert {note.text.replace("<br>", " ") for note in ends} == {
        "<b>Exampleshire 6.0%</b>",
        "Samplebury 6.0%",
        "Mockford 6.1%",
        "Testmouth 6.2%",
    }
    high, low = chart.figure.layout.yaxis.range[1], chart.figure.layout.yaxis.range[0]
    centres = sorted((high - note.y) / (high - low) * 300 + note.ay for note in ends)
    assert all(after - before >= 15 for before, after in itertools.pairwise(centres))
    listed = {trace.name for trace in chart.figure.data if trace.showlegend}
    assert listed == {"95% interval"}


def test_a_series_that_ended_early_says_when(series, words) -> None:
    frame = series([[5, 6, None], [1, 2, 3]])
    frame.loc[frame["area_code"] == "X0000002", "role"] = "nation"
    ends = [note.text.replace("<br>", " ") for note in draw(frame, words).figure.layout.annotations if note.showarrow]
    assert "<b>Exampleshire 6.0% (2016)</b>" in ends


def test_the_range_of_the_axis_is_stated(series, words) -> None:
    chart = draw(series([[100, 104, 108]]).assign(lower_95=None, upper_95=None), words)
    low, high = chart.figure.layout.yaxis.range
    assert low > 0
    note = chart.figure.layout.annotations[0].text.replace("<br>", " ").replace("\u00a0", " ")
    assert f"axis from {low:.0f} to {high:.0f}" in note


def test_the_alt_gives_ends_and_extremes(series, words) -> None:
    assert draw(series([[5, 9, 2, 6]]), words).alt == (
        "Exampleshire 6.0% in the year ending March 2018, 5.0% in 2015, highest 9.0% in 2016, lowest 2.0% in 2017."
    )


def test_a_chart_starts_with_the_first_year_that_anyone_has(series, words) -> None:
    chart = draw(series([[None, None, 3, 4], [None, 2, None, 4]]), words)
    assert chart.figure.layout.xaxis.ticktext[0] == "2016"
    assert "no figure for 2016" in chart.alt
    assert "2015" not in chart.alt


def test_nothing_but_hidden_figures_is_an_empty_chart(series, words) -> None:
    assert draw(series([[None, None]]), words).alt == "No data."


@pytest.mark.parametrize(
    ("values", "low", "high"), [([3, 18], 0, 20), ([98, 104], 98, 104), ([0, 0], 0, 1), ([7, 7], 6, 8), ([0.02, 0.09], 0, 0.1)]
)
def test_axes_have_round_bounds_around_the_values(values, low, high) -> None:
    start, end, step = bounds(values)
    assert start <= min(values)
    assert end >= max(values)
    assert start <= low or low == pytest.approx(start)
    assert end >= high or high == pytest.approx(end)
    assert (end - start) / step <= 8


def test_year_ticks_are_few_and_end_with_the_newest() -> None:
    ticks = year_ticks([pd.Timestamp(f"{year}-03-31") for year in range(2009, 2025)])
    assert len(ticks["ticktext"]) <= 6
    assert ticks["ticktext"][-1] == "2024"


def test_segments_need_order_and_sort_it_themselves(series) -> None:
    frame = series([[1, 2, 3]]).iloc[::-1]
    areas = series_of(frame.to_dict("records"))
    assert [[point["day"][:4] for point in run] for run in segments(areas["X0000001"], [])] == [["2015", "2016", "2017"]]


def test_a_break_in_the_first_year_cuts_nothing(series) -> None:
    points = series_of(series([[1, 2, 3]]).to_dict("records"))["X0000001"]
    known = [{"kind": "break", "starts": pd.Timestamp("2015-03-31"), "area_code": None, "reason": ""}]
    assert len(segments(points, known)) == 1
    assert doubt(points[0], known) == ""


def test_small_multiples_share_one_scale_and_keep_gaps(series, words) -> None:
    frame = series([[1, 2, None, 4, 5], [10, 12, 14, 16, 18], [1, 1, 1, 1, 1]])
    chart = small_multiples(frame, columns=2, words=words, **KEYS)
    own = next(trace for trace in chart.figure.data if trace.name == "My force")
    others = next(trace for trace in chart.figure.data if trace.name == "Forces")
    assert [x is None for x in own.x] == [False, False, True, False, False]
    assert sum(x is None for x in others.x) == 1
    slope = abs(own.y[0] - own.y[1])
    assert abs(others.y[0] - others.y[1]) == pytest.approx(2 * slope)


def test_a_sparkline_that_rises_goes_up(series, words) -> None:
    chart = small_multiples(series([[1, 2]]), words=words, **KEYS)
    line = next(trace for trace in chart.figure.data if trace.name == "My force")
    low, high = chart.figure.layout.yaxis.range
    assert (line.y[1] - line.y[0]) * (high - low) > 0


def test_small_multiples_follow_the_order_row_by_row(series, words) -> None:
    frame = series([[1, 2], [2, 3], [3, 4]])
    order = ["X0000003", "X0000001", "X0000002"]
    chart = small_multiples(frame, order=order, columns=2, words=words, **KEYS)
    names = {}
    for trace in chart.figure.data:
        if trace.name.endswith("names"):
            for x, y, text in zip(trace.x, trace.y, trace.text, strict=True):
                names[text.split(">")[1].split("<")[0] or text.split("<b>")[1].split("<")[0]] = (int(x), int(y))
    assert names == {"Mockford": (0, 0), "Exampleshire": (1, 0), "Samplebury": (0, 1)}
    assert chart.figure.layout.xaxis.range == (0, 2)


def test_small_multiples_say_the_trend_and_frame_my_force(series, words) -> None:
    frame = series([[1, 2], [2, 3]])
    frame.loc[frame["area_code"] == "X0000002", "recent_trend"] = "Cannot be calculated"
    chart = small_multiples(frame, words=words, **KEYS)
    text = " ".join(text for trace in chart.figure.data if trace.name.endswith("names") for text in trace.text)
    assert "↑ Increasing" in text
    assert "Cannot be calculated" in text
    frames = [shape for shape in chart.figure.layout.shapes if shape.type == "rect"]
    assert [shape.line.color for shape in frames] == [palette.ACCENT]
    assert chart.alt == (
        "Exampleshire 2.0%, increasing; 2 forces side by side; increasing in 1 force; cannot be calculated in 1 force."
    )
