"""Text that is fitted: lines are counted as a reader's program breaks them, and what is left out is said."""

from __future__ import annotations

from insight.briefing import text_fit
from insight.charts.render_office.common import number_format


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


def test_office_prints_figures_with_their_decimals_and_sign() -> None:
    assert number_format(1, "% of all") == '#,##0.0"%"'
    assert number_format(0, "incidents per 1,000") == "#,##0"
