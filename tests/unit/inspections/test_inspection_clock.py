"""The three answers of the follow-up clock are kept apart, on any day."""

from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from insight.inspections.clock import REVIEW_KIND, State, counted, follow_up

KNOWN_ON = date(2026, 1, 1)
WHOLE = {"inspected_from": "2022-03", "published": "2022-08-05"}


def clock(rows: list[dict], as_of: str) -> dict:
    found = follow_up(pd.DataFrame(rows), date.fromisoformat(as_of), KNOWN_ON)
    return found[found["inspection_id"] == "first"].iloc[0].to_dict()


def state(rows: list[dict], as_of: str) -> State:
    return clock(rows, as_of)["revisit_state"]


def test_due_dates_follow_from_the_publication(inspection) -> None:
    row = clock([inspection("first", **WHOLE)], "2023-01-01")
    assert (row["response_due_first"], row["response_due_last"]) == (date(2022, 9, 16), date(2022, 9, 16))
    assert (row["revisit_due_first"], row["revisit_due_last"]) == (date(2023, 2, 5), date(2023, 2, 5))


def test_a_month_of_publication_gives_spans(inspection) -> None:
    row = clock([inspection("first", published="2025-01")], "2025-02-20")
    assert (row["response_due_first"], row["response_due_last"]) == (date(2025, 2, 12), date(2025, 3, 14))
    assert row["response_state"] == State.NOT_KNOWN
    assert row["revisit_state"] == State.NOT_DUE


def test_what_is_not_found_is_never_overdue(inspection) -> None:
    assert state([inspection("first", **WHOLE)], "2025-12-31") == State.NOT_KNOWN


def test_overdue_is_said_only_between_the_due_date_and_a_visit_that_a_source_shows(inspection) -> None:
    rows = [inspection("first", **WHOLE), inspection("second", follows="first", inspected_from="2023-04")]
    assert state(rows, "2023-02-05") == State.NOT_DUE
    assert state(rows, "2023-02-06") == State.OVERDUE
    assert state(rows, "2023-03-31") == State.OVERDUE
    assert state(rows, "2023-04-15") == State.NOT_KNOWN  # some day of April: it may have been yesterday
    assert state(rows, "2023-04-30") == State.DONE


def test_days_overdue_run_to_the_day_asked_about(inspection) -> None:
    rows = [inspection("first", **WHOLE), inspection("second", follows="first", inspected_from="2023-04")]
    row = clock(rows, "2023-03-01")
    assert (row["visit_least"], row["visit_most"]) == (24, 24)


def test_lateness_of_a_visit_known_to_the_month_is_a_range(inspection) -> None:
    rows = [inspection("first", **WHOLE), inspection("second", follows="first", inspected_from="2023-04")]
    row = clock(rows, "2024-01-01")
    assert (row["visit_least"], row["visit_most"]) == (55, 84)
    assert pd.isna(row["report_least"])


def test_a_report_bounds_a_visit_whose_date_is_not_known(inspection) -> None:
    rows = [inspection("first", **WHOLE), inspection("second", follows="first", published="2023-06-06")]
    row = clock(rows, "2024-01-01")
    assert pd.isna(row["visit_least"])
    assert row["visit_most"] == row["report_most"] == 121
    # Before the report came out the visit may have been made.
    assert state(rows, "2023-05-01") == State.NOT_KNOWN


def test_a_review_without_any_date_is_done_once_sources_can_have_known_it(inspection) -> None:
    rows = [inspection("first", **WHOLE), inspection("second", follows="first")]
    assert state(rows, "2026-01-01") == State.DONE
    assert state(rows, "2025-12-31") == State.NOT_KNOWN
    assert pd.isna(clock(rows, "2026-01-01")["visit_most"])


def test_an_undated_review_may_have_come_before_the_dated_one(inspection) -> None:
    rows = [
        inspection("first", **WHOLE),
        inspection("second", follows="first", inspected_from="2024-05-02"),
        inspection("third", follows="first"),
    ]
    row = clock(rows, "2026-01-01")
    assert pd.isna(row["visit_least"])
    assert row["visit_most"] == 452
    assert state(rows, "2023-06-01") == State.NOT_KNOWN


def test_the_first_of_several_reviews_counts(inspection) -> None:
    rows = [
        inspection("first", **WHOLE),
        inspection("late", follows="first", inspected_from="2024-05-02"),
        inspection("early", follows="first", inspected_from="2023-01-10"),
    ]
    row = clock(rows, "2026-01-01")
    assert row["visit"] == "2023-01-10"
    assert (row["visit_least"], row["visit_most"]) == (-26, -26)


def test_without_a_date_of_publication_nothing_is_due(inspection) -> None:
    row = clock([inspection("first", inspected_from="2016-09")], "2020-01-01")
    assert row["revisit_due_first"] is None
    assert row["revisit_state"] == State.NOT_KNOWN


def test_reviews_have_no_row_and_later_inspections_are_left_out(inspection) -> None:
    rows = [
        inspection("first", **WHOLE),
        inspection("second", follows="first", inspected_from="2023-04"),
        inspection("later", inspected_from="2024-09", published="2024-12-13"),
    ]
    assert follow_up(pd.DataFrame(rows), date(2024, 1, 1), KNOWN_ON)["inspection_id"].tolist() == ["first"]


def test_a_reinspection_is_both_what_followed_and_an_inspection_of_its_own(inspection) -> None:
    rows = [inspection("first", **WHOLE), inspection("again", follows="first", kind="NCPI", published="2023-09-01")]
    found = follow_up(pd.DataFrame(rows), date(2024, 1, 1), KNOWN_ON)
    assert dict(zip(found["inspection_id"], found["revisit_state"], strict=True)) == {
        "again": State.NOT_DUE,
        "first": State.DONE,
    }


def test_every_state_is_counted(inspection) -> None:
    found = follow_up(pd.DataFrame([inspection("first", **WHOLE)]), date(2025, 1, 1), KNOWN_ON)
    assert counted(found) == {State.DONE: 0, State.OVERDUE: 0, State.NOT_KNOWN: 1, State.NOT_DUE: 0}


DAYS = st.dates(date(2015, 1, 1), date(2025, 12, 31))
PARTIAL = st.none() | DAYS.flatmap(lambda day: st.sampled_from([f"{day:%Y}", f"{day:%Y-%m}", f"{day:%Y-%m-%d}"]))


@given(PARTIAL, PARTIAL, PARTIAL, DAYS)
def test_overdue_needs_a_due_date_gone_by_and_a_source_for_a_later_visit(published, visit, report, as_of) -> None:
    shared = {
        "force_code": "X1", "force_name": "Exampleshire", "source_url": "https://example.org", "source_kind": "press",
        "origin": "publisher", "inspected_to": None,
    }  # fmt: skip
    rows = [
        {"inspection_id": "first", "kind": "NCPI", "inspected_from": None, "published": published, "follows": None, **shared},
        {"inspection_id": "second", "kind": REVIEW_KIND, "inspected_from": visit, "published": report, "follows": "first"}
        | shared,
    ]
    found = follow_up(pd.DataFrame(rows, dtype="object"), as_of, KNOWN_ON)
    if found.empty:
        return
    row = found.iloc[0]
    if row["revisit_state"] == State.OVERDUE:
        assert row["revisit_due_last"] < as_of
        assert visit is not None
        assert f"{as_of:%Y-%m-%d}"[: len(visit)] < visit
    if row["revisit_state"] == State.DONE:
        assert visit is not None or report is not None or as_of >= KNOWN_ON


@pytest.mark.parametrize("as_of", ["2014-01-01", "2030-01-01"])
def test_no_inspections_is_an_empty_list(inspection, as_of) -> None:
    empty = pd.DataFrame([inspection("first")]).iloc[:0]
    assert follow_up(empty, date.fromisoformat(as_of), KNOWN_ON).empty
