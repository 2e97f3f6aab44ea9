"""Blocks: what a reader sees first, as HTML without style attributes, with links that each output makes its own."""

import re
from dataclasses import replace
from datetime import date

from insight.charts import marks
from insight.charts.model.lines import Gap, Line, LineChart, LineStyle, Point
from insight.charts.render_svg.sparkline import sparkline
from insight.findings.finding import Link
from insight.views.block import Block, Chip
from insight.views.render_html import render_blocks

STYLE = LineStyle("#1d4f91", "#1d4f91", 2)
EARLY, LATE = Point(date(2020, 3, 31), 10.0, "10", ()), Point(date(2021, 3, 31), 12.0, "12", ())


def _chart(*runs: tuple[Point, ...], bounds: tuple[Point, ...] = ()) -> LineChart:
    line = Line("X1", "Made-up", "mine", STYLE, runs, bounds)
    return LineChart(title="t", alt="From 10 to <12>.", unit="%", lines=(line,), periods=(EARLY.when, LATE.when))


def test_a_sparkline_joins_only_what_a_run_joins() -> None:
    assert "polyline" in sparkline(_chart((EARLY, LATE)))
    assert str(sparkline(_chart((EARLY,), (LATE,)))).count("<circle") == 2
    assert 'points="5.0,35.0 255.0,5.0"' in sparkline(_chart((EARLY, LATE)))


def test_a_lower_bound_is_an_asterisk_that_no_line_joins() -> None:
    drawn = str(sparkline(_chart((EARLY,), bounds=(LATE,))))
    assert marks.PATHS[marks.BOUND] in drawn
    assert "✱ at least" in drawn
    assert "✱" not in sparkline(_chart((EARLY, LATE)))


def test_a_sparkline_says_years_and_figures_of_its_ends_and_what_a_gap_is() -> None:
    line = Line("X1", "Made-up", "mine", STYLE, ((EARLY,), (LATE,)), gaps=(Gap(date(2020, 9, 30), "suppressed", "[c]", ()),))
    drawn = str(sparkline(replace(_chart(), lines=(line,))))
    assert re.findall(r">([^<]+)</text>", drawn) == ["2020: 10", "2021: 12", "gap: no figure"]
    assert re.findall(r">([^<]+)</text>", str(sparkline(_chart((EARLY, LATE))))) == ["2020: 10", "2021: 12"]


def test_texts_are_escaped_and_links_are_those_of_the_output() -> None:
    block = Block("a", "Judged <b>", "11.2%", chips=(Chip("2023-25", "Good", "Good"),), picture=_chart((EARLY, LATE)),
                  link=Link("grades"), link_text="All grades")  # fmt: skip
    made = str(render_blocks([block], lambda link: f"../{link.page}.html", lambda name: name))
    assert "Judged &lt;b&gt;" in made
    assert "From 10 to &lt;12&gt;." in made
    assert 'href="../grades.html"' in made
    assert 'class="chip k-good"' in made
    assert "style=" not in made
