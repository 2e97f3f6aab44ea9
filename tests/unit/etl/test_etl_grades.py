"""Every force has a place for every question of every cycle, with a grade or the reason for none."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from etl.grades import complete_lists, grades
from etl.reference import Reference
from etl.tidy import COLUMNS

FIRST, SECOND, WELSH = "E99000001", "E99000002", "W99000001"
CYCLE, OTHER = "2021/22", "2017"
PAGE = "https://example.org/report"


def graded(force: str, question: str, grade: str | None, cycle: str = CYCLE, status: str | None = None) -> tuple[Any, ...]:
    level = "area" if cycle == CYCLE else "pillar"
    return force, cycle, level, question, grade, status or ("graded" if grade else "not_graded"), None, PAGE, "hmicfrs"


def table(*rows: tuple[Any, ...]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=COLUMNS["grades"]).assign(source_id="made-up")


def announced(*rows: tuple[str, str, int]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=["force_code", "cycle", "areas_graded"])


def status_of(full: pd.DataFrame, force: str, question: str, cycle: str = CYCLE) -> str:
    [status] = full[(full["force_code"] == force) & (full["cycle"] == cycle) & (full["question"] == question)]["status"]
    return str(status)


def test_every_force_has_a_row_for_every_question_that_a_cycle_asks(reference: Reference) -> None:
    full = grades(table(graded(FIRST, "Investigating crime", "Good")), announced(), reference)
    asked = sum(len(question.cycles) for question in reference.questions)
    assert len(full) == 43 * asked
    assert not full.duplicated(["force_code", "cycle", "question"]).any()
    assert status_of(full, WELSH, "Legitimacy", OTHER) == "not_found"


def test_a_grade_keeps_its_place_on_the_scale_and_its_source(reference: Reference) -> None:
    full = grades(table(graded(FIRST, "Investigating crime", "Inadequate")), announced(), reference)
    [row] = full[full["status"] == "graded"].to_dict("records")
    assert (row["force_code"], row["question"], row["grade"], row["grade_order"]) == (
        FIRST,
        "Investigating crime",
        "Inadequate",
        5,
    )
    assert (row["source_url"], row["source_id"]) == (PAGE, "made-up")


def test_an_absent_grade_is_not_found_where_the_list_is_not_known_to_be_complete(reference: Reference) -> None:
    known = table(graded(FIRST, "Investigating crime", "Good"), graded(SECOND, "Investigating crime", "Good"))
    full = grades(known, announced((SECOND, CYCLE, 9)), reference)
    assert status_of(full, FIRST, "Preventing crime") == "not_found"
    assert status_of(full, SECOND, "Preventing crime") == "not_found"


def test_an_absent_grade_of_a_complete_list_is_not_in_the_report(reference: Reference) -> None:
    known = table(graded(FIRST, "Investigating crime", "Good"), graded(FIRST, "Managing offenders", "Adequate"))
    full = grades(known, announced((FIRST, CYCLE, 2)), reference)
    assert status_of(full, FIRST, "Preventing crime") == "not_in_report"
    assert status_of(full, FIRST, "Legitimacy", OTHER) == "not_found"
    assert status_of(full, SECOND, "Preventing crime") == "not_found"


def test_what_the_inspectorate_says_it_did_not_grade_is_not_graded(reference: Reference) -> None:
    full = grades(table(graded(FIRST, "Legitimacy", None, OTHER)), announced(), reference)
    assert status_of(full, FIRST, "Legitimacy", OTHER) == "not_graded"
    [row] = full[full["status"] == "not_graded"].to_dict("records")
    assert pd.isna(row["grade"])
    assert pd.isna(row["grade_order"])
    assert row["source_url"] == PAGE


def test_a_question_that_was_not_graded_does_not_complete_a_list() -> None:
    known = table(graded(FIRST, "Investigating crime", "Good"), graded(FIRST, "Managing offenders", None))
    assert complete_lists(known, announced((FIRST, CYCLE, 2))) == []
    assert complete_lists(known, announced((FIRST, CYCLE, 1))) == [(FIRST, CYCLE)]


@pytest.mark.parametrize("counts", [1, 3])
def test_a_list_is_complete_only_with_just_as_many_grades_as_announced(counts: int) -> None:
    known = table(graded(FIRST, "Investigating crime", "Good"), graded(FIRST, "Managing offenders", "Adequate"))
    assert complete_lists(known, announced((FIRST, CYCLE, counts))) == []


def test_without_any_grade_or_count_every_place_is_not_found(reference: Reference) -> None:
    full = grades(table(), announced(), reference)
    assert set(full["status"]) == {"not_found"}
