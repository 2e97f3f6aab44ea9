"""Text that is fitted: lines are counted as a reader's program breaks them, and what is left out is said."""

from __future__ import annotations

from insight.briefing import fit
from insight.briefing.content import lead
from insight.briefing.model import BarChart, Line, LineChart
from insight.briefing.slide_charts import number_format
from insight.briefing.svg import drawn

LINES = LineChart("A share", ("2023", "2024", "2025"), (Line("Here", (1.0, None, 3.0), "mine"),), "% of all", 1, "alt")


def test_a_longer_text_takes_more_lines_and_a_wider_box_fewer() -> None:
    text = "looked-after children went missing " * 10
    assert fit.lines(text, 12, 3) > fit.lines(text, 12, 6) > 1
    assert fit.lines("one", 12, 3) == 1


def test_the_largest_size_that_fits_is_taken() -> None:
    assert fit.fitting_size(["short"], 5, 1, (20, 12, 10), 0) == 20
    assert fit.fitting_size(["long words in a row " * 40], 5, 1.5, (20, 12, 10), 0) == 10


def test_what_does_not_fit_is_counted() -> None:
    texts = [f"Finding number {number} " + "with many words " * 20 for number in range(9)]
    shown = fit.kept(texts, 5, 2, 12, 6, "And {count} more.")
    assert len(shown) < 9
    assert shown[-1] == f"And {9 - (len(shown) - 1)} more."


def test_the_opening_clause_of_a_finding_is_a_title() -> None:
    assert lead("In PEEL 2023-25 it graded X Police as inadequate in 2 areas: A; B.") == (
        "In PEEL 2023-25 it graded X Police as inadequate in 2 areas"
    )
    assert lead("In X, 12.7% went missing in 2024 (1 of 2), which is similar.") == "In X, 12.7% went missing in 2024"


def test_no_line_crosses_a_gap() -> None:
    assert "<polyline" not in drawn(LINES)
    assert drawn(LINES).count("<circle") == 2


def test_figures_are_printed_with_their_decimals_and_sign() -> None:
    bars = BarChart("Incidents", ("Here", "There"), (1234.0, 2.0), 0, "incidents per 1,000", 0, "alt")
    assert "1,234" in drawn(bars)
    assert number_format(LINES) == '#,##0.0"%"'
    assert number_format(bars) == "#,##0"
