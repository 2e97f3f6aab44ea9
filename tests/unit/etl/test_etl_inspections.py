"""What the build reckons after an inspection: exact where dates are exact, a range where they are not, never a day nobody gave."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.inspections import COUNT_COLUMNS, DAY_COLUMNS, REVIEW_KIND, TEXT_COLUMNS, with_clock
from etl.layout import INSPECTION_KINDS

COLUMNS = ["inspection_id", "kind", "inspected_from", "inspected_to", "published", "follows"]
REPORT = "2021-07-20"
DAYS = st.dates(date(2010, 1, 1), date(2040, 12, 31))
PRECISION = st.sampled_from([4, 7, 10])


def clock(*inspections: tuple[Any, ...], kind: str = "NCPI") -> dict[str, dict[str, Any]]:
    """The clock of each inspection, given as (id, from, to, published, follows); what follows one is a review."""
    rows = [
        (key, REVIEW_KIND if follows else kind, begun, ended, out, follows) for key, begun, ended, out, follows in inspections
    ]
    frame = with_clock(pd.DataFrame(rows, columns=COLUMNS))
    return {row["inspection_id"]: row for row in frame.to_dict("records")}


def days(row: dict[str, Any], name: str) -> tuple[int | None, ...]:
    """Fewest and most days from the planned return to the visit or to the report."""
    return tuple(None if pd.isna(row[f"days_after_due_{name}_{end}"]) else row[f"days_after_due_{name}_{end}"] for end in ENDS)


ENDS = ("least", "most")


def test_the_plan_follows_from_the_day_of_the_report() -> None:
    found = clock(("a", None, None, REPORT, None))["a"]
    assert found["response_due_first"] == found["response_due_last"] == date(2021, 7, 20) + timedelta(weeks=6)
    assert found["revisit_due_first"] == found["revisit_due_last"] == date(2022, 1, 20)


def test_a_report_of_a_month_plans_a_span() -> None:
    found = clock(("a", None, None, "2021-08", None))["a"]
    assert (found["response_due_first"], found["response_due_last"]) == (date(2021, 9, 12), date(2021, 10, 12))
    assert (found["revisit_due_first"], found["revisit_due_last"]) == (date(2022, 2, 1), date(2022, 2, 28))


@pytest.mark.parametrize("kind", [kind for kind in INSPECTION_KINDS if kind != "NCPI"])
def test_nothing_is_planned_after_another_kind_of_inspection(kind: str) -> None:
    found = clock(("a", None, None, REPORT, None), ("b", None, None, "2022-02-01", "a"), kind=kind)["a"]
    assert all(pd.isna(found[name]) for name in (*DAY_COLUMNS, "days_after_due_visit_most", "days_after_due_report_most"))


def test_a_return_to_a_graded_inspection_is_known_without_a_plan() -> None:
    found = clock(("a", None, None, REPORT, None), ("b", "2022-01", None, None, "a"), kind=INSPECTION_KINDS[2])["a"]
    assert (found["revisits"], found["revisit_id"], found["revisit_visit"]) == (1, "b", "2022-01")


def test_all_that_is_reckoned_of_a_review_is_empty() -> None:
    review = clock(("a", None, None, REPORT, None), ("b", None, None, "2022-02-01", "a"), ("c", "2023", None, None, "b"))["b"]
    assert all(pd.isna(review[name]) for name in (*DAY_COLUMNS, *TEXT_COLUMNS, *COUNT_COLUMNS))


def test_visit_and_report_are_kept_apart() -> None:
    """The visit was before the planned date, its report came out after it."""
    found = clock(("a", None, None, REPORT, None), ("b", "2021-12-06", "2021-12-10", "2022-03-01", "a"))["a"]
    assert (found["revisit_visit_from"], found["revisit_visit"], found["revisit_report"]) == (
        "2021-12-06",
        "2021-12-10",
        "2022-03-01",
    )
    assert days(found, "visit") == (-41, -41)
    assert days(found, "report") == (40, 40)


def test_months_make_a_range_of_days() -> None:
    found = clock(("a", None, None, "2021-07", None), ("b", "2022-03", None, None, "a"))["a"]
    assert days(found, "visit") == ((date(2022, 3, 1) - date(2022, 1, 31)).days, (date(2022, 3, 31) - date(2022, 1, 1)).days)
    assert days(found, "report") == (None, None)


def test_a_report_gives_the_most_days_of_a_visit_without_a_date() -> None:
    found = clock(("a", None, None, REPORT, None), ("b", None, None, "2022-02-01", "a"))["a"]
    assert days(found, "visit") == (None, 12)
    assert days(found, "report") == (12, 12)


def test_the_first_of_several_returns_counts() -> None:
    found = clock(("a", None, None, REPORT, None), ("c", "2023-05-01", None, None, "a"), ("b", "2022-02-01", None, None, "a"))[
        "a"
    ]
    assert (found["revisits"], found["revisit_id"]) == (2, "b")
    assert days(found, "visit") == (12, 12)


@pytest.mark.parametrize(("report", "undated"), [(None, 1), ("2024-01-01", 0)])
def test_a_return_that_may_have_come_first_leaves_no_least(report: str | None, undated: int) -> None:
    found = clock(("a", None, None, REPORT, None), ("b", "2022-02-01", None, None, "a"), ("c", None, None, report, "a"))["a"]
    assert (found["revisit_id"], found["revisits_undated"]) == ("b", undated)
    assert days(found, "visit") == (None, 12)


def test_a_return_without_any_date_is_counted_and_says_nothing_more() -> None:
    found = clock(("a", None, None, REPORT, None), ("b", None, None, None, "a"))["a"]
    assert (found["revisits"], found["revisits_undated"], found["revisit_id"]) == (1, 1, "b")
    assert days(found, "visit") == days(found, "report") == (None, None)


def test_without_a_date_of_publication_nothing_is_planned_and_the_return_is_known() -> None:
    found = clock(("a", "2021-03", None, None, None), ("b", None, None, "2022-02-01", "a"))["a"]
    assert all(pd.isna(found[name]) for name in DAY_COLUMNS)
    assert found["revisit_report"] == "2022-02-01"
    assert days(found, "visit") == (None, None)


def test_without_a_return_the_number_of_returns_is_none() -> None:
    found = clock(("a", None, None, REPORT, None))["a"]
    assert (found["revisits"], found["revisit_id"]) == (0, None)


@given(published=DAYS, visit=DAYS, precision=PRECISION, of_visit=PRECISION)
def test_the_range_of_days_holds_what_exact_dates_would_give(published: date, visit: date, precision: int, of_visit: int) -> None:
    def reckoned(report: int, seen: int) -> tuple[int | None, ...]:
        inspection = ("a", None, None, published.isoformat()[:report], None)
        return days(clock(inspection, ("b", visit.isoformat()[:seen], None, None, "a"))["a"], "visit")

    (exact, same), (least, most) = reckoned(10, 10), reckoned(precision, of_visit)
    assert exact == same
    assert least <= exact <= most
