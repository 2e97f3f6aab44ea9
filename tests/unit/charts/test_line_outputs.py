"""The same lines on the public site, in print and on slides: no output joins what the model does not join."""

from __future__ import annotations

import re
from itertools import pairwise

import pandas as pd
import pytest
from pptx import Presentation
from pptx.enum.chart import XL_LABEL_POSITION, XL_MARKER_STYLE
from pptx.oxml.ns import qn

from insight.briefing.model import Briefing, Page
from insight.briefing.pdf import page_html
from insight.briefing.slides import _chart as add_to_slide
from insight.charts import palette
from insight.charts.key import key_html, key_text
from insight.charts.model.common import KeyItem
from insight.charts.model.lines import LineChart
from insight.charts.render_office.lines import series_of
from insight.charts.render_svg.lines import BOUND, Size, spec
from insight.charts.render_svg.vega import standing_alone
from insight.charts.trends import trend_lines
from tests.unit.charts.made_up import BREAK

DOUBT = "It doubled for one year."


@pytest.fixture
def chart(series, words) -> LineChart:
    """My force: two years, a break, two years (the second doubtful), a lower bound, a suppressed year, one year; and a nation."""
    frame = series([[1, 2, 3, 9, 4, None, 5], [2, 3, 4, 5, 6, 7, 8]])
    frame.loc[frame["area_code"] == "X0000002", "role"] = "nation"
    frame.loc[(frame["area_code"] == "X0000001") & (frame["period_end"] == "2019-03-31"), "hidden_parts"] = 1
    frame.loc[(frame["area_code"] == "X0000001") & (frame["period_end"] == "2018-03-31"), "doubtful"] = DOUBT
    return trend_lines(
        frame, title="Is it rising?", empty="No data.", my_force="X0000001", unit="% of children", decimals=1, words=words,
        breaks=BREAK,
    )  # fmt: skip


def slide_of(chart: LineChart):
    slide = Presentation().slides.add_slide(Presentation().slide_layouts[5])
    add_to_slide(slide, chart, (1, 1, 6, 5))
    return slide


def svg_of(chart: LineChart) -> str:
    return standing_alone(spec(chart, Size()))


def joined_years(chart: LineChart, colour: str) -> list[list[int]]:
    """The years of each line of a colour in the specification."""
    layers = [one for one in spec(chart, Size())["layer"] if one["mark"]["type"] == "line" and one["mark"]["color"] == colour]
    return [[value["year"] for value in layer["data"]["values"]] for layer in layers]


def test_svg_joins_no_more_than_the_model(chart: LineChart) -> None:
    assert joined_years(chart, palette.ACCENT) == [[2015, 2016], [2017, 2018]]
    assert joined_years(chart, palette.INK) == [[2015, 2016], [2017, 2018, 2019, 2020, 2021]]
    drawn = re.findall(
        rf'<path[^>]*d="(M[^"]*L[^"]*)"[^>]*stroke="{palette.ACCENT}"|stroke="{palette.ACCENT}"[^>]*d="(M[^"]*L[^"]*)"',
        svg_of(chart),
    )
    lines = [one for pair in drawn for one in pair if one and one.count("M") == 1]  # an asterisk has three strokes
    assert len(lines) == 2, "two runs of my force, its lone year is a point"


def test_svg_shows_breaks_marks_and_symbols(chart: LineChart) -> None:
    text = svg_of(chart)
    assert ">series changes<" in text
    assert ">[c]<" in text
    kinds = [layer["mark"]["shape"] for layer in spec(chart, Size())["layer"] if layer["mark"].get("fill") == palette.WHITE]
    assert kinds == ["circle", BOUND], "open: the doubtful year, then the lower bound"


def test_svg_writes_the_figure_of_a_line_as_the_model_does(series, words) -> None:
    frame = series([[1, 2, 3, 9]]).assign(doubtful=[None, None, None, DOUBT])
    drawn = trend_lines(frame, title="", empty="", my_force="X0000001", unit="% of children", decimals=1, words=words)
    assert ">9.0%†<" in svg_of(drawn)
    frame.loc[frame.index[-1], ["value", "hidden_parts"]] = [0.01, 1]
    bound = trend_lines(frame, title="", empty="", my_force=None, unit="%", decimals=1, words=words)
    assert ">hidden in part<" in svg_of(bound)


def test_a_band_covers_no_line(series, words) -> None:
    frame = series([[5, 6, 7], [5, 6, 7]])
    frame.loc[frame["area_code"] == "X0000002", "role"] = "region"
    drawn = trend_lines(frame, title="", empty="", my_force=None, unit="%", decimals=1, words=words)
    kinds = [layer["mark"]["type"] for layer in spec(drawn, Size())["layer"]]
    assert kinds.index("area") < kinds.index("line")


def test_a_slide_parts_runs_by_blank_cells_and_keeps_every_value(chart: LineChart) -> None:
    mine = next(line for line in chart.lines if line.role == "mine")
    runs = {point.when.year: place for place, run in enumerate(mine.runs) for point in run}
    for one in series_of(mine, chart):
        years = sorted(chart.periods[at].year for at in one.points)
        assert not [(a, b) for a, b in pairwise(years) if b == a + 1 and one.joined and runs[a] != runs[b]], one.name
    held = {series.name: list(series.values) for series in native(chart).plots[0].series}
    assert held == {
        "Exampleshire": [1, 2, None, None, None, None, 5],
        "Exampleshire (not joined)": [None, None, 3, 9, None, None, None],
        "Exampleshire (at least: a part is suppressed or missing)": [None, None, None, None, 4, None, None],
        "Samplebury": [None, None, 4, 5, 6, 7, 8],
        "Samplebury (not joined)": [2, 3, None, None, None, None, None],
    }


def native(chart: LineChart):
    return next(shape.chart for shape in slide_of(chart).shapes if shape.has_chart)


def test_the_legend_of_a_slide_names_each_area_once(chart: LineChart) -> None:
    drawn = native(chart)
    gone = {int(entry.find(qn("c:idx")).get("val")) for entry in drawn.legend._element.findall(qn("c:legendEntry"))}
    listed = [series.name for place, series in enumerate(drawn.plots[0].series) if place not in gone]
    assert listed == ["Exampleshire", "Exampleshire (at least: a part is suppressed or missing)", "Samplebury"]


def test_a_slide_marks_doubtful_years_and_lower_bounds_and_labels_the_newest(chart: LineChart) -> None:
    newest, other, bounds, *_ = native(chart).plots[0].series
    assert newest.points[6].data_label.text_frame.text == "5.0%"
    assert bounds.marker.style == XL_MARKER_STYLE.STAR, "an asterisk in Office"
    assert str(other.points[3].marker.format.fill.fore_color.rgb) == palette.ACCENT_PALE[1:].upper(), "open: doubtful"


@pytest.mark.parametrize(
    ("mine", "nation", "side"), [(5, 9, "BELOW"), (5, 1, "ABOVE"), (5, 5.2, "BELOW"), (0.1, 0.3, "RIGHT")], ids=str
)
def test_the_newest_figure_on_a_slide_stands_where_no_line_is_near(series, words, mine, nation, side) -> None:
    frame = series([[0, mine], [20, nation]]).assign(lower_95=None, upper_95=None)
    frame.loc[frame["area_code"] == "X0000002", "role"] = "nation"
    drawn = trend_lines(frame, title="", empty="", my_force=None, unit="%", decimals=1, words=words)
    assert native(drawn).plots[0].series[0].points[1].data_label.position == XL_LABEL_POSITION[side]


def test_slide_and_print_say_why_a_line_stops_and_why_a_figure_is_doubtful(chart: LineChart) -> None:
    on_slide = " ".join(shape.text_frame.text for shape in slide_of(chart).shapes if shape.has_text_frame)
    page = Page("Title", ("One.",), chart=chart)
    day = pd.Timestamp("2026-01-31").date()
    in_print = page_html(Briefing("Exampleshire", "Exampleshire Police", "b", "r", day, "", (page,)))
    for text in (on_slide, in_print):
        assert "Absent children" in text
        assert re.search(r"† Doubtful figure, as published \(\d{4}\)\. It doubled for one year\.", text)
        assert "axis from 0" in text


def test_a_key_draws_every_mark_without_styles_and_writes_signs_as_they_are() -> None:
    items = (KeyItem("open", "Doubtful", "#1f5ba8"), KeyItem("[c]", "Hidden <here>", "#1f5ba8"))
    html = key_html(items)
    assert "style=" not in html
    assert html.count("<li>") == 2
    assert "<circle" in html
    assert "<b>[c]</b> Hidden &lt;here&gt;" in html
    assert "<svg" not in key_html(items, as_images=True)
    assert key_html(()) == ""
    assert "○</span> Doubtful" in key_text(items)


def test_the_room_beside_the_plot_holds_the_longest_name_and_figure(series, words) -> None:
    """ "Northamptonshire" in bold letters was cut on its own page, and "100,000" at the other edge."""
    frame = series([[20000, 100000], [30000, 40000]]).assign(area_name="Northamptonshire")
    told = {"title": "Is it rising?", "empty": "No data.", "my_force": "X0000001", "unit": "incidents", "decimals": 0}
    made = spec(trend_lines(frame, words=words, **told), Size())
    at_end = [layer["mark"] for layer in made["layer"] if layer["mark"].get("text") == "Northamptonshire"]
    assert made["padding"]["right"] + made["width"] - at_end[0]["x"] >= 124, "as broad as DejaVu Sans writes it"
    assert made["padding"]["left"] >= 50 + 6
    assert made["width"] + made["padding"]["left"] + made["padding"]["right"] == Size().width
