"""The same bars, tiles and stacks on the public site, in print and on slides: every figure is written as the model writes it."""

from __future__ import annotations

import json
import re

import pandas as pd
import pytest
from pptx import Presentation

from insight.briefing.model import Briefing, Page
from insight.briefing.pdf import page_html
from insight.briefing.slides import _chart as add_to_slide
from insight.charts import hatches, palette
from insight.charts.bars import ranked_bars
from insight.charts.case_audits import case_audits
from insight.charts.grade_counts import grade_distribution
from insight.charts.key import key_html, key_text
from insight.charts.labels import text_width
from insight.charts.model.bars import BarChart
from insight.charts.model.common import KeyItem
from insight.charts.render_plotly import render
from insight.charts.render_svg import bars, stacks
from insight.charts.render_svg.drawing import markup_of
from insight.charts.render_svg.vega import standing_alone
from insight.charts.shares import shares
from insight.charts.tile_map import tile_map
from insight.templates import class_of
from insight.views.render_html import style_rules
from tests.unit.charts.made_up import AUDITS, COUNTS

FIGURES = ["9.0%", "124.5%†", "at least 4.0%", "hidden in part", "Suppressed"]


@pytest.fixture
def frame(forces) -> pd.DataFrame:
    """A doubtful figure, a plain one, a lower bound, a bound that rounds to zero, a suppressed one."""
    return forces(
        [124.5, 9.0, 4.0, 0.01, None], hidden_parts=[0, 0, 1, 1, 0], doubtful=["It doubled for one year.", None, None, None, None],
        lower_95=[120.0, 8.0, None, None, None], upper_95=[130.0, 10.0, None, None, None], shade=[5, 1, None, None, None],
        verdict=["Unusually high (99.8%)", "About average", "Not compared", "Not compared", "Not compared"],
    )  # fmt: skip


@pytest.fixture
def chart(frame, words) -> BarChart:
    lines = pd.DataFrame([("Average", "average", 7.25)], columns=["area_name", "area_level", "value"])
    return ranked_bars(
        frame, title="Where?", empty="", my_force="X0000003", unit="% of children", decimals=1, words=words, lines=lines
    )


def written(spec: dict) -> str:
    return " ".join(re.findall(r">([^<]+)<", standing_alone(spec)))


def native(chart: BarChart):
    slide = Presentation().slides.add_slide(Presentation().slide_layouts[5])
    add_to_slide(slide, chart, (1, 1, 6, 5))
    return next(shape.chart for shape in slide.shapes if shape.has_chart)


def test_bars_write_every_figure_as_the_model_does_in_svg(chart: BarChart) -> None:
    assert [bar.text for bar in chart.bars] == FIGURES
    text = written(bars.spec(chart, bars.Size()))
    assert [figure for figure in FIGURES if figure not in text] == []
    assert "0.0" not in text
    assert "Average 7.2%" in text
    assert "Not ranked" in text


def test_bars_in_svg_hatch_lower_bounds_and_bear_the_signs_of_verdicts(frame, words) -> None:
    chart = ranked_bars(
        frame, title="", empty="", my_force=None, unit="%", decimals=1, words=words, verdicts="verdict"
    )  # fmt: skip
    layer = bars.spec(chart, bars.Size())["layer"][0]
    assert [value["fill"] for value in layer["data"]["values"]] == [
        palette.VERDICTS["About average"].fill, palette.VERDICTS["Unusually high (99.8%)"].fill, "url(#hatch)", "url(#hatch)",
    ]  # fmt: skip
    assert "124.5%† ▲" in written(bars.spec(chart, bars.Size()))


def test_screen_public_site_and_slide_fill_a_bar_by_the_same_verdict(frame, words) -> None:
    """They had none: the same force was dark on the map and grey among the bars."""
    chart = ranked_bars(
        frame, title="", empty="", my_force="X0000002", unit="%", decimals=1, words=words, verdicts="verdict"
    )  # fmt: skip
    whole = [bar for bar in chart.bars if bar.value is not None and not bar.bound]
    wanted = [(palette.VERDICTS[bar.verdict].fill, palette.VERDICTS[bar.verdict].mark) for bar in whole]
    assert wanted == [(bar.style.fill, bar.style.mark) for bar in whole]
    fills = [fill for fill, _ in wanted]
    screen = render(chart).figure
    by_row = {row: trace.marker.color for trace in screen.data for row in trace.y}
    assert [by_row[row] for row in (0, 2)] == fills, "the heading of those that are not ranked lies between them"
    values = bars.spec(chart, bars.Size())["layer"][0]["data"]["values"]
    assert [value["fill"] for value in values[:2]] == fills
    points = native(chart).plots[0].series[0].points
    assert [f"#{points[at].format.fill.fore_color.rgb}".lower() for at in (0, 1)] == fills
    texts = (
        " ".join(screen.layout.yaxis.ticktext), written(bars.spec(chart, bars.Size())),
        points[1].data_label.text_frame.text,
    )  # fmt: skip
    assert [text.count("▲") for text in texts] == [1, 1, 1]


def test_a_slide_explains_the_signs_and_the_hatch_of_its_bars(frame, words) -> None:
    chart = ranked_bars(
        frame, title="", empty="", my_force=None, unit="%", decimals=1, words=words, verdicts="verdict"
    )  # fmt: skip
    slide = Presentation().slides.add_slide(Presentation().slide_layouts[5])
    add_to_slide(slide, chart, (1, 1, 6, 5))
    said = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame and shape.text_frame.text]
    assert said == [
        "▲ Unusually high (99.8%) · no sign: about average · hatched: at least: a part is suppressed or missing"
    ]  # fmt: skip


def test_an_interval_that_runs_off_the_scale_ends_at_its_edge(forces, words) -> None:
    wide = forces([3, 9], lower_95=[0.0, 8.0], upper_95=[90.0, 10.0])
    chart = ranked_bars(
        wide, title="", empty="", my_force=None, unit="%", decimals=1, words=words, not_ranked=["X0000001"]
    )  # fmt: skip
    whiskers = next(one for one in bars.spec(chart, bars.Size())["layer"] if "x2" in one["encoding"])
    assert max(value["upper"] for value in whiskers["data"]["values"]) <= chart.reach


def test_no_line_runs_through_a_label_on_the_public_site(frame, words) -> None:
    """The lines of England and of the average ran through the region's name."""
    lines = pd.DataFrame(
        [("South West", "region", 7.0), ("Average", "average", 7.5), ("England", "country", 8.0)],
        columns=["area_name", "area_level", "value"],
    )
    made = ranked_bars(frame, title="", empty="", my_force=None, unit="%", decimals=1, words=words, lines=lines)
    marks = [layer["mark"] for layer in bars.spec(made, bars.Size())["layer"]]
    last = max(at for at, mark in enumerate(marks) if mark["type"] == "rule" and "y2" in mark)
    labels = [
        (at, mark) for at, mark in enumerate(marks) if str(mark.get("text", "")).startswith(("South", "Average", "England"))
    ]
    assert [mark.get("strokeWidth", 0) for _, mark in labels] == [5, 0, 5, 0, 5, 0], "white under each"
    assert min(at for at, _ in labels) > last


def test_a_slide_labels_every_bar_with_the_text_of_its_figure(chart: BarChart) -> None:
    series = native(chart).plots[0].series[0]
    assert [series.points[index].data_label.text_frame.text for index in range(len(chart.bars))] == FIGURES
    assert list(series.values) == [9.0, 124.5, 4.0, 0.01, None]


def test_a_slide_hatches_a_lower_bound_in_its_own_colour(chart: BarChart) -> None:
    fill = native(chart).plots[0].series[0].points[2].format.fill
    assert str(fill.fore_color.rgb) == palette.ACCENT[1:].upper()
    assert str(fill.back_color.rgb) == palette.WHITE[1:].upper()


def test_print_shows_unit_and_key_beside_the_bars(chart: BarChart) -> None:
    page = Page("Title", ("One.",), chart=chart)
    html = page_html(Briefing("Exampleshire", "Exampleshire Police", "b", "r", pd.Timestamp("2026-01-31").date(), "", (page,)))
    assert "% of children" in html
    assert "At least: a part is suppressed or missing" in html


@pytest.mark.parametrize("colour_by", ["shade", "verdict"])
def test_public_tiles_are_those_of_the_screen(frame, words, colour_by) -> None:
    chart = tile_map(
        frame, title="Map", empty="", my_force=None, colour_by=colour_by, words=words, unit="% of children", decimals=1
    )
    svg = markup_of(chart, lambda name: f"forces/{name}.html")
    for tile, text, told in zip(
        chart.tiles,
        ["124.5†", "9.0", "≥4.0", "≥", "[c]"],
        ["124.5%†", "9.0%", "At least 4.0%", "Hidden in part", "Suppressed"],
        strict=True,
    ):
        assert (tile.text, tile.said[0]) == (text, told)
        assert f">{tile.short_code}{tile.sign}</text>" in svg
        assert f">{text}</text>" in svg
    assert "Exampleshire: 124.5%†" in svg
    assert "0.0" not in svg


def test_every_look_of_a_tile_has_a_class_of_its_own(frame, words) -> None:
    sheet = style_rules()
    for colour_by in ("shade", "verdict"):
        chart = tile_map(
            frame, title="", empty="", my_force=None, colour_by=colour_by, words=words, unit="%", decimals=1
        )  # fmt: skip
        for tile in chart.tiles:
            rule = next(line for line in sheet.splitlines() if line.startswith(f".{class_of(tile.kind)}{{"))
            assert f"background-color:{tile.style.fill};" in rule, tile.kind
            assert ("background-image" in rule) == bool(tile.style.pattern), tile.kind


def test_stacks_in_svg_have_names_numbers_and_hatches(words) -> None:
    chart = grade_distribution(COUNTS, title="?", empty="", group="question", words=words, narrow=True)
    text = written(stacks.spec(chart))
    assert [said for said in ("Care", "Effect", "G 5", "G 10", "I 2", "? 3") if said not in text] == []
    fills = [value["fill"] for value in stacks.spec(chart)["layer"][0]["data"]["values"]]
    assert fills.count("url(#hatch)") == 1, "the grade that was not found"


def test_every_hatch_has_a_swatch_of_its_own_and_is_drawn_so_on_the_public_site(words) -> None:
    """Six meanings shared one swatch in keys, and one hatch in stacks and maps of the public site."""
    patterns = {style.pattern: palette.key_item("", style).mark for style in palette.STATUSES.values() if style.pattern}
    assert set(patterns) | {"/"} == set(hatches.MARKS)
    drawn = {mark: key_html([KeyItem(mark, "", palette.RULE)]) for mark in hatches.SIGNS}
    assert len(set(drawn.values())) == len(hatches.MARKS)
    assert len({key_text([KeyItem(mark, "", palette.RULE)]) for mark in hatches.SIGNS}) == len(hatches.MARKS)
    counts = pd.DataFrame({"question": "Care", "grade": None, "status": ["not_found", "not_in_report"], "forces": [3, 2]})
    chart = grade_distribution(counts, title="?", empty="", group="question", words=words)
    assert [item.mark for item in chart.key] == ["hatch", "hatch-level"]
    svg = standing_alone(stacks.spec(chart))
    for mark in ("hatch", "hatch-level"):
        assert svg.count(f'<pattern id="alone-{mark}"') == 1
        assert f'fill="url(#alone-{mark})"' in svg


def test_tiles_of_the_public_site_are_hatched_as_their_key_says(forces, words) -> None:
    gone = forces([None, None, 4.0], status=["suppressed", "not_available", "reported"], hidden_parts=[0, 0, 1], shade=None)
    chart = tile_map(gone, title="Map", empty="", my_force=None, colour_by="shade", words=words, unit="%")
    svg, used = str(markup_of(chart, str)), [item.mark for item in chart.key]
    assert sorted(used) == ["hatch", "hatch-crossed", "hatch-falling"]
    assert all(f'-{mark}"' in svg and f'-{mark})"' in svg for mark in used)


def test_case_files_in_svg_show_what_is_not_published_and_their_intervals() -> None:
    spec = stacks.spec(case_audits(AUDITS, title="", empty="", my_force=None))
    assert [one["mark"]["type"] for one in spec["layer"]].count("rule") == 2
    ends = [
        (one["encoding"]["x"]["datum"], one["encoding"]["x2"]["datum"]) for one in spec["layer"] if one["mark"]["type"] == "rule"
    ]
    assert ends == [(14, 40), (34, 64)]
    assert "url(#hatch)" in json.dumps(spec)


def test_a_name_that_is_too_long_for_its_room_takes_lines_and_is_never_cut_off(words) -> None:
    """It was: “de council boundary” could be inside or outside."""
    long = "Independent and semi-independent living arrangements/supported accommodation"
    parts = pd.DataFrame({"category": ["Outside council boundary", long]}).assign(
        amount=[30.0, 70.0], total=100.0, share=[30.0, 70.0], status="reported"
    )
    made = shares(parts, title="Where from?", empty="", unit="% of incidents", counted="incidents", words=words)
    spec = bars.spec(made, bars.Size())
    texts = [layer for layer in spec["layer"] if layer["mark"]["type"] == "text" and layer["mark"]["align"] == "right"]
    lines = [(layer["mark"].get("dy", 0), value["row"], value["text"]) for layer in texts for value in layer["data"]["values"]]
    assert max(text_width(text) for _, _, text in lines) + bars.GAP <= spec["padding"]["left"]
    for row, name in enumerate(parts["category"]):
        said = "".join(text if text.endswith("-") else f"{text} " for _, at, text in sorted(lines) if at == row)
        assert said.strip() == name
    assert spec["height"] >= 2 * bars.LINE * sum(1 for _, row, _ in lines if row == 1)


def test_names_that_have_room_stand_on_one_line(chart) -> None:
    spec = bars.spec(chart, bars.Size())
    assert spec["padding"]["left"] == bars.Size().names
    assert spec["height"] == bars.Size().row * (len(chart.bars) + 1)
