"""Lines over time: where they run, where they stop, and what stands at their ends; in the model and on screen."""

import itertools
from datetime import date

import pandas as pd
import pytest

from insight.charts import palette
from insight.charts.chart import PARTLY_HIDDEN, Chart
from insight.charts.model.lines import Line, LineChart
from insight.charts.multiples import BROKEN, small_multiples
from insight.charts.render_plotly import render
from insight.charts.series import axis_of, bounds, named_years, segments, series_of
from insight.charts.trends import NOT_JOINED, trend_lines
from tests.unit.charts.made_up import BREAK
from vocabulary import Basis

KEYS = {"title": "Is it rising?", "empty": "No data.", "my_force": "X0000001", "unit": "% of children", "decimals": 1}
DOUBT = "It doubled for one year."


def model(frame: pd.DataFrame, words: dict, **more) -> LineChart:
    return trend_lines(frame, **({**KEYS, "words": words} | more))


def named(chart: LineChart, name: str = "Exampleshire") -> Line:
    return next(line for line in chart.lines if line.name == name)


def years(line: Line) -> list[list[int]]:
    """The years of each stretch that is joined."""
    return [[point.when.year for point in run] for run in line.runs]


def on_screen(chart: Chart, name: str) -> list[list[int]]:
    """The years of each stretch that a trace draws without a gap."""
    trace = next(trace for trace in chart.figure.data if trace.name == name and trace.mode == "lines")
    found: list[list[int]] = [[]]
    for x in trace.x:
        found.append([]) if x is None else found[-1].append(int(x[:4]))
    return [run for run in found if run]


def test_a_line_runs_through_every_complete_year(series, words) -> None:
    assert years(named(model(series([[1, 2, 3]]), words))) == [[2015, 2016, 2017]]


def test_a_line_stops_at_a_missing_year(series, words) -> None:
    assert years(named(model(series([[1, 2, "gap", 4, 5]]), words))) == [[2015, 2016], [2018, 2019]]


def test_a_line_stops_at_a_hidden_figure_and_says_why_it_is_not_there(series, words) -> None:
    chart = model(series([[1, 2, None, 4, 5]]), words)
    assert years(named(chart)) == [[2015, 2016], [2018, 2019]]
    assert [(gap.when.year, gap.symbol) for gap in named(chart).gaps] == [(2017, "[c]")]
    assert ("[c]", "Suppressed") in [(item.mark, item.label) for item in chart.key]
    assert "no figure for 2017" in chart.alt


def test_a_line_stops_at_a_lower_bound_which_stands_alone(series, words) -> None:
    frame = series([[1, 2, 3, 4, 5]])
    frame["hidden_parts"] = [0, 0, 1, 0, 0]
    line = named(model(frame, words))
    assert years(line) == [[2015, 2016], [2018, 2019]]
    assert [(point.when.year, point.mark, point.text) for point in line.bounds] == [(2017, "bound", "at least 3.0%")]


def test_a_bound_that_rounds_to_nothing_is_said_to_be_hidden_in_part(series, words) -> None:
    frame = series([[1, 2, 0.01]])
    frame["hidden_parts"] = [0, 0, 1]
    line = named(model(frame, words))
    assert line.end == ("Exampleshire", "hidden in part")


def test_a_line_stops_at_a_break_with_its_reason(series, words) -> None:
    chart = model(series([[1, 2, 3, 4]]), words, breaks=BREAK)
    assert years(named(chart)) == [[2015, 2016], [2017, 2018]]
    assert [(one.starts, one.label) for one in chart.breaks] == [(date(2017, 3, 31), "series changes")]
    assert date(2016, 3, 31) < chart.breaks[0].where < date(2017, 3, 31)
    assert "Absent children" in chart.breaks[0].reason
    assert "Absent children" in chart.note
    assert "changes before 2017" in chart.alt


def test_the_key_explains_a_break_and_points_that_no_line_joins(series, words) -> None:
    """Both were explained in the notes alone."""
    frame = series([[5, 6, 7, 8], [4, 5, 6, 7]])
    nation = frame["area_code"] == "X0000002"
    frame.loc[nation, "role"] = "nation"
    assert [item.mark for item in model(frame, words, breaks=BREAK).key if item.mark in ("dash", "point")] == ["dash"]
    pooled = frame.assign(basis=None)
    pooled.loc[nation, ["basis", "hidden_parts"]] = [Basis.POOLED, 1]
    lone = model(pooled.assign(status="reported"), words)
    assert [(item.mark, item.label) for item in lone.key if item.mark in ("dash", "point")] == [("point", NOT_JOINED)]
    assert [item.mark for item in model(frame, words).key] == ["band"]


def test_a_break_of_one_area_leaves_the_others_alone(series, words) -> None:
    frame = series([[1, 2, 3, 4], [2, 3, 4, 5]])
    chart = model(frame, words, breaks=BREAK.assign(area_code="X0000001"))
    assert (len(named(chart).runs), len(named(chart, "Samplebury").runs)) == (2, 1)
    elsewhere = model(frame, words, breaks=BREAK.assign(area_code="X0000002"))
    assert elsewhere.breaks == ()


def test_a_doubtful_point_is_open_marked_and_joined(series, words) -> None:
    chart = model(series([[1, 9, 3]]).assign(doubtful=[None, DOUBT, None]), words)
    line = named(chart)
    assert years(line) == [[2015, 2016, 2017]]
    assert [(point.mark, point.text) for point in line.runs[0]] == [("filled", "1.0%"), ("open", "9.0%†"), ("filled", "3.0%")]
    assert DOUBT in line.runs[0][1].said
    assert DOUBT in chart.note
    assert "highest 9.0%† in 2016" in chart.alt
    assert [item.mark for item in chart.key] == ["band", "open"]


def test_my_force_is_accent_and_drawn_over_all_lines(series, words) -> None:
    frame = series([[1, 2], [3, 4], [5, 6]])
    frame.loc[frame["area_code"] == "X0000002", "role"] = "nation"
    chart = model(frame, words)
    assert [line.name for line in chart.lines] == ["Mockford", "Samplebury", "Exampleshire"]
    assert [line.style.colour == palette.ACCENT for line in chart.lines] == [False, False, True]
    shown = [trace.name for trace in render(chart).figure.data if trace.mode == "lines" and trace.fill is None]
    assert shown == ["Other forces", "Samplebury", "Exampleshire"]


def test_no_band_without_every_interval_of_a_run(series, words) -> None:
    frame = series([[5, 6]]).assign(lower_95=float("nan"), upper_95=float("nan"))
    assert named(model(frame, words)).bands == ()
    frame = series([[5, 6, None, 7, 8]])
    frame.loc[0, "lower_95"] = float("nan")
    assert [[point.when.year for point in run] for run in named(model(frame, words)).bands] == [[2018, 2019]]


def test_lines_are_named_at_their_ends_and_only_marks_have_a_key(series, words) -> None:
    frame = series([[5, 6], [5.1, 6.05], [5.2, 6.1], [5, 6.2]])
    frame["role"] = frame["area_code"].map(
        dict(zip(frame["area_code"].unique(), ["mine", "compared", "region", "nation"], strict=True))
    )
    chart = model(frame, words)
    assert {line.end for line in chart.named} == {
        ("Exampleshire", "6.0%"), ("Samplebury", "6.0%"), ("Mockford", "6.1%"), ("Testmouth", "6.2%"),
    }  # fmt: skip
    assert [item.label for item in chart.key] == ["95% interval"]
    ends = [note for note in render(chart).figure.layout.annotations if note.showarrow]
    assert {note.text.replace("<br>", " ") for note in ends} >= {"<b>Exampleshire 6.0%</b>", "Testmouth 6.2%"}
    centres = sorted((chart.axis.high - note.y) / (chart.axis.high - chart.axis.low) * 300 + note.ay for note in ends)
    assert all(after - before >= 15 for before, after in itertools.pairwise(centres))


def test_a_series_that_ended_early_says_when(series, words) -> None:
    frame = series([[5, 6, None], [1, 2, 3]])
    frame.loc[frame["area_code"] == "X0000002", "role"] = "nation"
    assert named(model(frame, words)).end == ("Exampleshire", "6.0% (2016)")


def test_the_range_of_the_axis_is_stated(series, words) -> None:
    chart = model(series([[100, 104, 108]]).assign(lower_95=None, upper_95=None), words)
    assert chart.axis.low > 0
    assert chart.scale == f"axis from {chart.axis.low:.0f} to {chart.axis.high:.0f}"
    note = render(chart).figure.layout.annotations[0].text.replace("<br>", " ").replace("\u00a0", " ")
    assert chart.scale in note


def test_the_alt_gives_ends_and_extremes(series, words) -> None:
    assert model(series([[5, 9, 2, 6]]), words).alt == (
        "Exampleshire 6.0% in the year ending March 2018, 5.0% in 2015, highest 9.0% in 2016, lowest 2.0% in 2017."
    )


def test_a_chart_starts_with_the_first_year_that_anyone_has(series, words) -> None:
    chart = model(series([[None, None, 3, 4], [None, 2, None, 4]]), words)
    assert chart.ticks[0] == date(2016, 3, 31)
    assert "no figure for 2016" in chart.alt
    assert "2015" not in chart.alt


def test_nothing_but_hidden_figures_is_an_empty_chart(series, words) -> None:
    chart = model(series([[None, None]]), words)
    assert (chart.lines, chart.alt) == ((), "No data.")


def test_the_screen_draws_the_runs_of_the_model(series, words) -> None:
    chart = model(series([[1, 2, 3, 4], [2, None, 4, 5], [3, 4, 5, 6]]), words, breaks=BREAK)
    drawn = render(chart)
    assert on_screen(drawn, "Exampleshire") == years(named(chart)) == [[2015, 2016], [2017, 2018]]
    assert on_screen(drawn, "Other forces") == [[2017, 2018], [2015, 2016], [2017, 2018]]
    seam = next(shape for shape in drawn.figure.layout.shapes if shape.line.dash == "dash")
    assert "2016-03-31" < str(seam.x0)[:10] < "2017-03-31"
    assert any(note.text == "series changes" for note in drawn.figure.layout.annotations)
    assert any("Absent children" in text for trace in drawn.figure.data for text in (trace.hovertext or ()) if text)
    assert drawn.key == chart.key


def test_the_screen_draws_every_kind_of_point_by_its_mark(series, words) -> None:
    frame = series([[1, 9, 3, None]]).assign(doubtful=[None, DOUBT, None, None])
    frame["hidden_parts"] = [0, 0, 1, 0]
    figure = render(model(frame, words)).figure
    marks = {trace.marker.symbol: list(trace.x) for trace in figure.data if trace.mode == "markers"}
    assert marks == {"circle": ["2015-03-31"], "circle-open": ["2016-03-31"], "asterisk-open": ["2017-03-31"]}
    symbols = next(trace for trace in figure.data if trace.mode == "text")
    assert (list(symbols.text), list(symbols.x), symbols.y[0]) == (["[c]"], ["2018-03-31"], figure.layout.yaxis.range[0])


def test_the_band_on_screen_covers_each_run_below_the_lines(series, words) -> None:
    drawn = render(model(series([[5, 6, None, 7, 8]]), words))
    names = [trace.name for trace in drawn.figure.data]
    band = drawn.figure.data[names.index("95% interval")]
    assert names.index("95% interval") < names.index("Exampleshire")
    assert on_screen(drawn, "95% interval") == [[2015, 2016, 2016, 2015, 2015], [2018, 2019, 2019, 2018, 2018]]
    assert (max(y for y in band.y if y is not None), min(y for y in band.y if y is not None)) == (9, 4)


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


def test_named_years_are_few_and_end_with_the_newest() -> None:
    ticks = named_years([date(year, 3, 31) for year in range(2009, 2025)])
    assert len(ticks) <= 6
    assert ticks[-1].year == 2024


@pytest.mark.parametrize(("values", "ticks"), [([0, 9], ["0.0", "2.5", "5.0", "7.5", "10.0"]), ([0, 3800], ["0", "1,000"])])
def test_ticks_have_the_decimals_of_their_step(values, ticks) -> None:
    assert [text for _, text in axis_of(values).ticks][: len(ticks)] == ticks


def test_a_line_keeps_clear_of_symbols_on_the_axis() -> None:
    assert axis_of([10.1, 15.5]).low == 10
    assert axis_of([10.1, 15.5], symbols_below=True).low == 8
    assert axis_of([11.9, 15.5], symbols_below=True).low == axis_of([11.9, 15.5]).low, "there is room"


def test_segments_need_order_and_sort_it_themselves(series) -> None:
    frame = series([[1, 2, 3]]).iloc[::-1]
    areas = series_of(frame.to_dict("records"))
    assert [[str(point["period_end"])[:4] for point in run] for run in segments(areas["X0000001"], [])] == [
        ["2015", "2016", "2017"]
    ]


def test_a_break_in_the_first_year_cuts_nothing(series) -> None:
    points = series_of(series([[1, 2, 3]]).to_dict("records"))["X0000001"]
    known = [{"starts": pd.Timestamp("2015-03-31"), "area_code": None, "reason": ""}]
    assert len(segments(points, known)) == 1


def grid(frame: pd.DataFrame, words: dict, **more) -> Chart:
    return render(small_multiples(frame, words=words, **KEYS, **more))


def test_small_multiples_hold_the_runs_the_trend_and_the_newest_figure(series, words) -> None:
    frame = series([[1, 2, None, 4, 5], [10, 12, 14, 16, 18]])
    frame.loc[frame.index[-1], "hidden_parts"] = 1
    panels = small_multiples(frame, words=words, **KEYS).panels
    assert [years(panel.line) for panel in panels] == [[[2015, 2016], [2018, 2019]], [[2015, 2016, 2017, 2018]]]
    assert [(panel.trend, panel.figure) for panel in panels] == [("↑ Increasing", "5.0"), ("↑ Increasing", "≥18.0")]
    assert [panel.line.role for panel in panels] == ["mine", "other"]


def test_small_multiples_have_a_key_of_what_is_drawn_alone(series, words) -> None:
    assert small_multiples(series([[1, 2, 3], [2, 3, 4]]), words=words, **KEYS).key == ()
    frame = series([[1, 2, 3], [1, None, 3], [None, None, None]])
    frame.loc[2, "hidden_parts"] = 1
    chart = small_multiples(frame, words=words, **KEYS)
    assert [(item.mark, item.label) for item in chart.key] == [("bound", PARTLY_HIDDEN), ("— —", BROKEN), ("[c]", "Suppressed")]
    assert render(chart).key == chart.key


def test_a_panel_whose_newest_figure_is_older_says_its_year(series, words) -> None:
    frame = series([[1, 2, None], [10, 12, 14]])
    chart = small_multiples(frame, words=words, **KEYS)
    assert [panel.figure for panel in chart.panels] == ["2.0 (2016)", "14.0"]
    assert chart.alt.startswith("Exampleshire 2.0% (2016), increasing")
    assert "with its year where that is not 2017" in chart.scale
    drawn = [text for trace in render(chart).figure.data if trace.name.endswith("figures") for text in trace.text]
    assert drawn == ["14.0", "2.0<br>(2016)"]


def test_each_small_multiple_has_its_own_scale_and_keeps_gaps(series, words) -> None:
    frame = series([[1, 2, None, 4, 5], [10, 12, 14, 16, 18], [1, 1, 1, 1, 1]])
    chart = grid(frame, words, columns=2)
    own = next(trace for trace in chart.figure.data if trace.name == "My force")
    others = next(trace for trace in chart.figure.data if trace.name == "Forces")
    assert [x is None for x in own.x] == [False, False, True, False, False]
    assert sum(x is None for x in others.x) == 1
    heights = [others.y[:5], own.y[:2] + own.y[3:]]
    assert [round(max(ys) - min(ys), 3) for ys in heights] == [0.444, 0.5], "10 to 18 of at least 9, 1 to 5 of 4"
    flat = others.y[6:]
    assert max(flat) == min(flat), "a series that does not move is a straight line"


def test_a_sparkline_that_rises_goes_up(series, words) -> None:
    chart = grid(series([[1, 2]]), words)
    line = next(trace for trace in chart.figure.data if trace.name == "My force")
    low, high = chart.figure.layout.yaxis.range
    assert (line.y[1] - line.y[0]) * (high - low) > 0


def test_small_multiples_follow_the_order_row_by_row(series, words) -> None:
    frame = series([[1, 2], [2, 3], [3, 4]])
    order = ["X0000002", "X0000001", "X0000003"]
    chart = grid(frame, words, order=order, columns=2)
    names = {}
    for trace in chart.figure.data:
        if trace.name.endswith("names"):
            for x, y, text in zip(trace.x, trace.y, trace.text, strict=True):
                names[text.split(">")[1].split("<")[0] or text.split("<b>")[1].split("<")[0]] = (int(x), int(y))
    assert names == {"Exampleshire": (0, 0), "Samplebury": (1, 0), "Mockford": (0, 1)}, "my force is always the first"
    assert chart.figure.layout.xaxis.range == (0, 2)


def test_small_multiples_say_the_trend_and_frame_my_force(series, words) -> None:
    frame = series([[1, 2], [2, 3]])
    frame.loc[frame["area_code"] == "X0000002", "recent_trend"] = "Cannot be calculated"
    chart = grid(frame, words)
    text = " ".join(text for trace in chart.figure.data if trace.name.endswith("names") for text in trace.text)
    assert "↑ Increasing" in text
    assert "Cannot be calculated" in text
    frames = [shape for shape in chart.figure.layout.shapes if shape.type == "rect"]
    assert [shape.line.color for shape in frames] == [palette.ACCENT]
    assert chart.alt == (
        "Exampleshire 2.0%, increasing; 2 forces side by side; increasing in 1 force; cannot be calculated in 1 force."
    )
