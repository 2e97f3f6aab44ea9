"""Text that is fitted: lines are counted as a reader's program breaks them, and what is left out is said."""

from __future__ import annotations

import re
from dataclasses import replace

from insight.briefing import text_fit
from insight.briefing.model import BarChart, Line, LineChart
from insight.briefing.slide_charts import number_format
from insight.briefing.svg import drawn

LINES = LineChart("A share", ("2023", "2024", "2025"), (Line("Here", (1.0, None, 3.0), "mine"),), "% of all", 1, "alt")


def test_a_longer_text_takes_more_lines_and_a_wider_box_fewer() -> None:
    text = "looked-after children went missing " * 10
    assert text_fit.lines(text, 12, 3) > text_fit.lines(text, 12, 6) > 1
    assert text_fit.lines("one", 12, 3) == 1


def test_the_largest_size_that_fits_is_taken() -> None:
    assert text_fit.fitting_size(["short"], 5, 1, (20, 12, 10), 0) == 20
    assert text_fit.fitting_size(["long words in a row " * 40], 5, 1.5, (20, 12, 10), 0) == 10


def test_what_does_not_fit_is_counted() -> None:
    texts = [f"Finding number {number} " + "with many words " * 20 for number in range(9)]
    shown = text_fit.kept(texts, 5, 2, 12, 6, "And {count} more.")
    assert len(shown) < 9
    assert shown[-1] == f"And {9 - (len(shown) - 1)} more."


def test_no_line_crosses_a_gap() -> None:
    assert "<polyline" not in drawn(LINES)
    assert drawn(LINES).count("<circle") == 2


def test_figures_are_printed_with_their_decimals_and_sign() -> None:
    bars = BarChart("Incidents", ("Here", "There"), (1234.0, 2.0), ("1,234", "2"), 0, False, "incidents per 1,000", 0, "alt")
    assert "1,234" in drawn(bars)
    assert number_format(LINES) == '#,##0.0"%"'
    assert number_format(bars) == "#,##0"


def test_a_lower_bound_is_hatched_and_says_at_least() -> None:
    bars = BarChart("A share", ("There", "Here"), (9.0, 4.0), ("9.0%", "at least 4.0%"), 1, True, "% of all", 1, "alt")
    assert 'fill="url(#hatch)"' in drawn(bars)
    assert "at least 4.0%" in drawn(bars)
    assert "hatch" not in drawn(replace(bars, bound=False))


def test_a_figure_of_an_earlier_year_stands_at_its_point_with_its_year() -> None:
    """Leicestershire's 58.1% of 2016 stood at the right end of its chart, beside 2024."""
    old = LineChart("A share", ("2016", "2023", "2024"), (Line("Here", (58.1, None, None), "mine"),), "% of all", 1, "alt")
    label = re.search(r'<text x="([\d.]+)"[^>]*>Here 58.1% \(2016\)<', drawn(old))
    assert label
    assert float(label[1]) < 100
    assert "(2025)" not in drawn(LINES)


def test_a_doubtful_figure_carries_its_mark_on_a_line() -> None:
    assert "Here 3.0%†<" in drawn(replace(LINES, doubtful=("2025",)))
