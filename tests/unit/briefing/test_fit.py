"""Text that is fitted: lines are counted as a reader's program breaks them, and columns are as wide as their words."""

from __future__ import annotations

from insight.briefing import text_fit
from insight.charts.render_office.common import number_format

ROWS = [["Measure", "Wiltshire"], ["Assessments that noted something with a long name", "12.7%"], ["Short", "at least 3.4%"]]


def test_a_longer_text_takes_more_lines_and_a_wider_box_fewer() -> None:
    text = "looked-after children went missing " * 10
    assert text_fit.lines(text, 12, 3) > text_fit.lines(text, 12, 6) > 1
    assert text_fit.lines("one", 12, 3) == 1


def test_the_largest_size_that_fits_is_taken() -> None:
    assert text_fit.fitting_size(["short"], 5, 1, (20, 12, 10), 0) == 20
    assert text_fit.fitting_size(["long words in a row " * 40], 5, 1.5, (20, 12, 10), 0) == 10


def test_paragraphs_that_do_not_fit_are_left_for_the_next_slide() -> None:
    texts = [f"Finding number {number} " + "with many words " * 20 for number in range(9)]
    count = text_fit.fitting(texts, 5, 2, 12, 6)
    assert 0 < count < 9
    assert text_fit.height(texts[:count], 12, 5, 6) <= 2 < text_fit.height(texts[: count + 1], 12, 5, 6)
    assert text_fit.fitting(texts[:1], 5, 0.1, 12, 6) == 1, "one paragraph is always written, or nothing would be"


def test_columns_fill_the_width_and_break_no_word() -> None:
    for width in (2.5, 4.0, 9.0):
        widths = text_fit.column_widths(ROWS, width, 12, 0.14)
        assert sum(widths) == width or abs(sum(widths) - width) < 1e-9
        for place, wide in enumerate(widths):
            words = [word for row in ROWS for word in row[place].split()]
            assert all(text_fit.text_width(word, 12) <= wide - 0.14 for word in words), width


def test_figures_stay_in_one_line_where_the_name_beside_them_is_wrapped() -> None:
    widths = text_fit.column_widths(ROWS, 4.0, 12, 0.14)
    assert text_fit.lines("at least 3.4%", 12, widths[1] - 0.14) == 1
    assert text_fit.lines(ROWS[1][0], 12, widths[0] - 0.14) == 2


def test_office_prints_figures_with_their_decimals_and_sign() -> None:
    assert number_format(1, "% of all") == '#,##0.0"%"'
    assert number_format(0, "incidents per 1,000") == "#,##0"
