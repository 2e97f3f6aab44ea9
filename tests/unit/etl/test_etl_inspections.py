"""The follow-up clock: exact where dates are exact, a range where they are not, never a day that nobody published."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.inspections import REVIEW_KIND, add_months, span, with_clock

COLUMNS = ["inspection_id", "force_code", "kind", "inspected_from", "inspected_to", "published", "follows"]
DAYS = st.dates(date(2010, 1, 1), date(2040, 12, 31))


def clock(*inspections: tuple[Any, ...]) -> dict[str, dict[str, Any]]:
    """The clock of each inspection, given as (id, from, to, published, follows)."""
    rows = [(key, "E99000001", "NCPI", begun, ended, published, follows) for key, begun, ended, published, follows in inspections]
    frame = with_clock(pd.DataFrame(rows, columns=COLUMNS))
    return {row["inspection_id"]: row for row in frame.to_dict("records")}


def late(row: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(None if pd.isna(row[name]) else row[name] for name in ("days_late", "days_late_least", "days_late_most"))


@pytest.mark.parametrize(
    ("partial", "first", "last"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023-02", date(2023, 2, 1), date(2023, 2, 28)),
        ("2024-12", date(2024, 12, 1), date(2024, 12, 31)),
        ("2024-05-17", date(2024, 5, 17), date(2024, 5, 17)),
    ],
)
def test_a_date_spans_all_days_that_it_can_mean(partial: str, first: date, last: date) -> None:
    assert span(partial) == (first, last)


@given(day=DAYS, length=st.sampled_from([4, 7, 10]))
def test_a_span_holds_its_day_and_a_less_precise_one_holds_the_more_precise(day: date, length: int) -> None:
    first, last = span(day.isoformat()[:length])
    assert first <= day <= last
    wider_first, wider_last = span(day.isoformat()[: max(4, length - 3)])
    assert wider_first <= first <= last <= wider_last


@given(one=DAYS, other=DAYS, length=st.sampled_from([4, 7, 10]))
def test_spans_of_one_precision_are_ordered_as_their_days(one: date, other: date, length: int) -> None:
    earlier, later = sorted([one, other])
    assert span(earlier.isoformat()[:length]) <= span(later.isoformat()[:length])


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2024, 1, 15), 6, date(2024, 7, 15)),
        (date(2023, 8, 31), 6, date(2024, 2, 29)),
        (date(2022, 8, 31), 6, date(2023, 2, 28)),
        (date(2023, 7, 1), 6, date(2024, 1, 1)),
        (date(2023, 12, 31), 12, date(2024, 12, 31)),
    ],
)
def test_months_later_is_the_same_day_or_the_months_last(day: date, months: int, expected: date) -> None:
    assert add_months(day, months) == expected


@given(one=DAYS, other=DAYS, months=st.integers(0, 36))
def test_adding_months_keeps_the_order_of_days(one: date, other: date, months: int) -> None:
    earlier, later = sorted([one, other])
    assert add_months(earlier, months) <= add_months(later, months)


def test_with_exact_dates_the_clock_is_exact() -> None:
    found = clock(("a", None, None, "2021-07-20", None), ("b", None, None, "2022-02-01", "a"))["a"]
    assert found["response_due"] == date(2021, 7, 20) + timedelta(weeks=6)
    assert found["revisit_due"] == date(2022, 1, 20)
    assert found["revisited"] == "2022-02-01"
    assert late(found) == (12, 12, 12)


def test_a_revisit_before_it_was_due_is_early_by_negative_days() -> None:
    assert late(clock(("a", None, None, "2021-07-20", None), ("b", None, None, "2022-01-10", "a"))["a"]) == (-10, -10, -10)


def test_a_month_makes_a_range_and_no_day() -> None:
    found = clock(("a", None, None, "2021-07", None), ("b", None, None, "2022-03", "a"))["a"]
    assert (found["response_due"], found["revisit_due"]) == (None, None)
    assert late(found) == (None, (date(2022, 3, 1) - date(2022, 1, 31)).days, (date(2022, 3, 31) - date(2022, 1, 1)).days)


def test_an_exact_report_and_a_review_known_by_month_make_a_range() -> None:
    """As where a force's report has its day, but of the review only the month of the inspection is known."""
    found = clock(
        ("exampleshire-2019", "2019-03", None, "2019-08-15", None), ("review", "2020-03", None, None, "exampleshire-2019")
    )
    first = found["exampleshire-2019"]
    assert first["revisit_due"] == date(2020, 2, 15)
    assert first["revisited"] == "2020-03"
    assert late(first) == (None, 15, 45)


def test_the_publication_of_a_review_counts_before_its_inspection() -> None:
    found = clock(("a", None, None, "2021-07-20", None), ("b", "2021-12", "2022-01-05", "2022-02-01", "a"))["a"]
    assert found["revisited"] == "2022-02-01"


def test_of_an_unpublished_review_its_last_day_counts() -> None:
    assert (
        clock(("a", None, None, "2021-07-20", None), ("b", "2021-12", "2022-01-05", None, "a"))["a"]["revisited"] == "2022-01-05"
    )


def test_the_first_of_several_reviews_counts() -> None:
    found = clock(
        ("a", None, None, "2021-07-20", None),
        ("c", None, None, "2023-05-01", "a"),
        ("b", None, None, "2022-02-01", "a"),
    )["a"]
    assert found["revisited"] == "2022-02-01"


def test_a_review_without_any_date_says_nothing() -> None:
    found = clock(("a", None, None, "2021-07-20", None), ("b", None, None, None, "a"))["a"]
    assert found["revisited"] is None
    assert late(found) == (None, None, None)


def test_without_a_publication_date_nothing_is_due() -> None:
    found = clock(("a", "2021-03", None, None, None), ("b", None, None, "2022-02-01", "a"))["a"]
    assert (found["response_due"], found["revisit_due"], found["revisited"]) == (None, None, "2022-02-01")
    assert late(found) == (None, None, None)


def test_nothing_is_due_after_a_review() -> None:
    rows = [("a", "E99000001", "NCPI", None, None, "2021-07-20", None)]
    rows += [("b", "E99000001", REVIEW_KIND, None, None, "2022-02-01", "a")]
    review = with_clock(pd.DataFrame(rows, columns=COLUMNS)).iloc[1]
    assert pd.isna(review[["response_due", "revisit_due", "revisited", "days_late"]]).all()


@given(published=DAYS, revisited=DAYS, precision=st.sampled_from([4, 7, 10]), of_review=st.sampled_from([4, 7, 10]))
def test_the_range_of_days_late_holds_what_exact_dates_would_give(
    published: date, revisited: date, precision: int, of_review: int
) -> None:
    exact = clock(("a", None, None, published.isoformat(), None), ("b", None, None, revisited.isoformat(), "a"))["a"]
    rough = clock(
        ("a", None, None, published.isoformat()[:precision], None),
        ("b", None, None, revisited.isoformat()[:of_review], "a"),
    )["a"]
    assert rough["days_late_least"] <= exact["days_late"] <= rough["days_late_most"]
