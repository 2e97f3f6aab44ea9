"""The table of a force's inspections: one rule for when HMICFRS returned, words where nothing is known."""

from typing import Any

from insight.tables.judgements import AT_REVIEW, FOLLOWED, inspections_to_read
from tests.unit.inspections.stored import stored


def read(*rows: dict[str, Any]) -> list[dict[str, str]]:
    return inspections_to_read(stored(list(rows))).records()


def test_hmicfrs_returned_when_it_visited_not_when_its_review_came_out(inspection) -> None:
    (first,) = read(
        inspection("a", published="2021-01-26"), inspection("b", follows="a", inspected_from="2021-06", published="2021-09-21")
    )
    assert first["HMICFRS returned"] == "June 2021"
    assert first["Review published"] == "21 September 2021"
    assert first["Against its plan"] == "26 to 55 days before the planned return date"


def test_a_return_without_a_date_is_said_and_keeps_its_column(inspection) -> None:
    (row,) = read(inspection("a", published="2021-01-26"), inspection("b", follows="a"))
    assert row["HMICFRS returned"] == "returned, date not known"


def test_a_month_of_publication_leaves_spans(inspection) -> None:
    (row,) = read(inspection("a", published="2021-07"))
    assert (row["Action plan expected"], row["Planned return"]) == ("12 August to 11 September 2021", "1 to 31 January 2022")
    assert row["HMICFRS returned"] == "not found"


def test_a_review_stands_in_the_row_of_its_inspection_and_a_further_one_in_its_own(inspection) -> None:
    again = inspection("c", follows="a", published="2022-09-21")
    audited = {"published": "2021-09-21", "cases_audited": 30, "cases_good": 12}
    first, further = read(inspection("a", published="2021-01-26"), inspection("b", follows="a", **audited), again)
    assert first["Review published"] == "21 September 2021"
    assert first[AT_REVIEW] == "30 audited: 12 good; HMICFRS"
    assert {further[name] for name in FOLLOWED if name in further} == {"does not apply"}


def test_nothing_is_planned_after_a_graded_inspection(inspection) -> None:
    (row,) = read(inspection("a", kind="Child protection inspection (graded)", published="2025-01-26"))
    assert not {"Action plan expected", "Planned return", "Against its plan"} & set(row), "columns of which nothing can be said"
    assert row["HMICFRS returned"] == "not found"


def test_a_whole_inspection_that_returns_is_a_re_inspection_with_a_plan(inspection) -> None:
    _, again = read(inspection("a", published="2021-01-26"), inspection("b", follows="a", kind="NCPI", published="2022-09-21"))
    assert again["Inspection"] == "National child protection inspection, re-inspection"
    assert again["Planned return"] == "21 March 2023"


def test_no_cell_is_left_blank(inspection) -> None:
    rows = read(inspection("a"), inspection("b", follows="a"), inspection("c", inspected_to="2024-12"))
    assert not [name for row in rows for name, said in row.items() if not said]
    assert rows[1]["Inspected"] == "December 2024"
