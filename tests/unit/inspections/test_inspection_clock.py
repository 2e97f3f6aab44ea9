"""Where a return stands is told apart on any day, from the stored dates."""

from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from insight.inspections.clock import REVIEW_KIND, State, by_visit, counted, follow_up, planned
from insight.inspections.partial_dates import Span
from tests.unit.inspections.stored import stored

KNOWN_ON = date(2026, 1, 1)
WHOLE = {"inspected_from": "2022-03", "published": "2022-08-05"}


def clock(rows: list[dict], as_of: str) -> dict:
    found = follow_up(stored(rows), date.fromisoformat(as_of), KNOWN_ON)
    return found[found["inspection_id"] == "first"].iloc[0].to_dict()


def state(rows: list[dict], as_of: str) -> State:
    return clock(rows, as_of)["revisit_state"]


def test_a_month_of_publication_gives_a_span_that_is_ahead_until_it_begins(inspection) -> None:
    row = clock([inspection("first", published="2025-01")], "2025-02-20")
    assert planned(row, "response") == Span(date(2025, 2, 12), date(2025, 3, 14))
    assert row["revisit_state"] == State.AHEAD


def test_after_a_graded_inspection_no_return_is_planned_and_one_that_came_is_shown(inspection) -> None:
    rows = [inspection("first", **WHOLE, kind="Child protection inspection (graded)")]
    assert planned(clock(rows, "2025-01-01"), "revisit") is None
    assert state(rows, "2025-01-01") == State.NO_PLAN
    rows.append(inspection("second", follows="first", inspected_from="2023-04"))
    assert state(rows, "2025-01-01") == State.RETURNED


def test_what_is_not_found_is_not_known_and_no_more(inspection) -> None:
    assert state([inspection("first", **WHOLE)], "2025-12-31") == State.NOT_KNOWN


def test_a_passed_date_is_said_only_between_the_plan_and_a_visit_that_a_source_shows(inspection) -> None:
    rows = [inspection("first", **WHOLE), inspection("second", follows="first", inspected_from="2023-04")]
    assert state(rows, "2023-02-05") == State.AHEAD
    assert state(rows, "2023-02-06") == State.PASSED
    assert state(rows, "2023-03-31") == State.PASSED
    assert state(rows, "2023-04-15") == State.NOT_KNOWN  # some day of April: it may have been yesterday
    assert state(rows, "2023-04-30") == State.RETURNED


def test_days_past_the_plan_run_to_the_day_asked_about_and_the_stored_ones_stay(inspection) -> None:
    rows = [inspection("first", **WHOLE), inspection("second", follows="first", inspected_from="2023-04")]
    row = clock(rows, "2023-03-01")
    assert (row["days_past_due_least"], row["days_past_due_most"]) == (24, 24)
    assert (row["days_after_due_visit_least"], row["days_after_due_visit_most"]) == (55, 84)
    assert pd.isna(clock(rows, "2024-01-01")["days_past_due_most"])


def test_a_visit_that_had_begun_is_not_said_to_be_outstanding(inspection) -> None:
    visit = {"inspected_from": "2023-02-20", "inspected_to": "2023-03-03"}
    rows = [inspection("first", **WHOLE), inspection("second", follows="first", **visit)]
    assert state(rows, "2023-02-19") == State.PASSED
    assert state(rows, "2023-02-20") == State.NOT_KNOWN
    assert state(rows, "2023-03-03") == State.RETURNED


def test_the_newest_visit_comes_first_one_without_a_date_goes_by_its_report(inspection) -> None:
    rows = [
        inspection("old", inspected_from="2022-03", published="2022-08-05"),
        inspection("review", follows="old", inspected_from="2023-04"),
        inspection("undated"),
        inspection("report", published="2022-12-01"),
    ]
    assert by_visit(stored(rows))["inspection_id"].tolist() == ["review", "report", "old", "undated"]


def test_before_a_report_without_a_visit_came_out_it_is_not_known(inspection) -> None:
    rows = [inspection("first", **WHOLE), inspection("second", follows="first", published="2023-06-06")]
    assert state(rows, "2023-05-01") == State.NOT_KNOWN
    assert state(rows, "2023-06-06") == State.RETURNED


def test_a_review_without_any_date_counts_once_sources_can_have_known_it(inspection) -> None:
    rows = [inspection("first", **WHOLE), inspection("second", follows="first")]
    assert state(rows, "2026-01-01") == State.RETURNED
    assert state(rows, "2025-12-31") == State.NOT_KNOWN


def test_an_undated_review_may_have_come_before_the_dated_one(inspection) -> None:
    rows = [
        inspection("first", **WHOLE),
        inspection("second", follows="first", inspected_from="2024-05-02"),
        inspection("third", follows="first"),
    ]
    assert state(rows, "2023-06-01") == State.NOT_KNOWN


def test_without_a_date_of_publication_nothing_is_planned(inspection) -> None:
    row = clock([inspection("first", inspected_from="2016-09")], "2020-01-01")
    assert planned(row, "revisit") is None
    assert row["revisit_state"] == State.NOT_KNOWN


def test_reviews_have_no_row_and_later_inspections_are_left_out(inspection) -> None:
    rows = [
        inspection("first", **WHOLE),
        inspection("second", follows="first", inspected_from="2023-04"),
        inspection("later", inspected_from="2024-09", published="2024-12-13"),
    ]
    assert follow_up(stored(rows), date(2024, 1, 1), KNOWN_ON)["inspection_id"].tolist() == ["first"]


def test_a_reinspection_is_both_what_followed_and_an_inspection_of_its_own(inspection) -> None:
    rows = [inspection("first", **WHOLE), inspection("again", follows="first", kind="NCPI", published="2023-09-01")]
    found = follow_up(stored(rows), date(2024, 1, 1), KNOWN_ON)
    assert dict(zip(found["inspection_id"], found["revisit_state"], strict=True)) == {
        "again": State.AHEAD,
        "first": State.RETURNED,
    }


def test_every_state_is_counted(inspection) -> None:
    found = follow_up(stored([inspection("first", **WHOLE)]), date(2025, 1, 1), KNOWN_ON)
    assert counted(found) == {State.RETURNED: 0, State.PASSED: 0, State.NOT_KNOWN: 1, State.AHEAD: 0, State.NO_PLAN: 0}


DAYS = st.dates(date(2015, 1, 1), date(2025, 12, 31))
PARTIAL = st.none() | DAYS.flatmap(lambda day: st.sampled_from([f"{day:%Y}", f"{day:%Y-%m}", f"{day:%Y-%m-%d}"]))


@given(PARTIAL, PARTIAL, PARTIAL, DAYS)
def test_a_passed_date_needs_a_plan_gone_by_and_a_source_for_a_later_visit(published, visit, report, as_of) -> None:
    shared = {
        "force_code": "X1", "force_name": "Exampleshire", "source_url": "https://example.org", "source_kind": "press",
        "origin": "publisher", "inspected_to": None,
    }  # fmt: skip
    rows = [
        {"inspection_id": "first", "kind": "NCPI", "inspected_from": None, "published": published, "follows": None, **shared},
        {"inspection_id": "second", "kind": REVIEW_KIND, "inspected_from": visit, "published": report, "follows": "first"}
        | shared,
    ]
    found = follow_up(stored(rows), as_of, KNOWN_ON)
    if found.empty:
        return
    row = found.iloc[0].to_dict()
    if row["revisit_state"] == State.PASSED:
        plan = planned(row, "revisit")
        assert plan is not None
        assert plan.last < as_of
        assert visit is not None
        assert f"{as_of:%Y-%m-%d}"[: len(visit)] < visit
    if row["revisit_state"] == State.RETURNED:
        assert visit is not None or report is not None or as_of >= KNOWN_ON


@pytest.mark.parametrize("as_of", ["2014-01-01", "2030-01-01"])
def test_no_inspections_is_an_empty_list(inspection, as_of) -> None:
    empty = stored([inspection("first")]).iloc[:0]
    assert follow_up(empty, date.fromisoformat(as_of), KNOWN_ON).empty
