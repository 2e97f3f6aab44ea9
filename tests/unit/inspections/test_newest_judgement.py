"""The opening about child protection: the newest dated judgement leads, be it graded areas or audited case files."""

from __future__ import annotations

import pandas as pd

from etl.case_audits import case_audit_changes
from insight.inspections.case_audits import changes
from insight.inspections.newest_judgement import judgement_sentence
from vocabulary import InspectionKind

FILES = {"cases_audited": 40, "cases_good": 4, "cases_requires_improvement": 16, "cases_inadequate": 20}
ORDER = {"Good": 2, "Adequate": 3, "Requires improvement": 4, "Inadequate": 5}


def said(rows: list[dict], graded: dict[str, list[str]] | None = None) -> str:
    held = pd.DataFrame(rows)
    grades = [
        {"inspection_id": key, "area": f"area {place}", "grade": grade, "grade_order": ORDER[grade]}
        for key, given in (graded or {}).items()
        for place, grade in enumerate(given)
    ]
    grades_of = pd.DataFrame(grades, columns=["inspection_id", "area", "grade", "grade_order"])
    return judgement_sentence(held, grades_of, changes(held, case_audit_changes(held)), "Exampleshire Police")


def test_newer_grades_of_areas_lead_over_older_case_files(inspection) -> None:
    rows = [
        inspection("files", inspected_from="2018-01", **FILES),
        inspection("new", kind=InspectionKind.GRADED, published="2025-11"),
    ]
    assert said(rows, {"new": ["Good", "Requires improvement", "Requires improvement"]}) == (
        "HMICFRS graded Exampleshire Police “requires improvement” in 2 and “good” in 1 of the 3 areas whose grades we know "
        "(graded inspection, report of November 2025)."
    )
    assert "in both areas whose grades we know" in said(rows, {"new": ["Inadequate", "Inadequate"]})


def test_newer_case_files_lead_over_older_grades(inspection) -> None:
    rows = [
        inspection("files", inspected_from="2026-01", **FILES),
        inspection("old", kind=InspectionKind.GRADED, published="2025-11"),
    ]
    assert said(rows, {"old": ["Good"]}).startswith(
        "HMICFRS audited 40 case files of Exampleshire Police (inspection of January 2026)"
    )


def test_an_undated_result_never_leads_over_a_dated_one(inspection) -> None:
    rows = [inspection("dated", inspected_from="2016-05", **FILES), inspection("undated", follows="dated", **FILES)]
    assert "(inspection of May 2016)" in said(rows).split(". ")[0]
    assert "date not known" not in said(rows)


def test_of_a_dated_audit_without_results_the_next_with_results_is_told_too(inspection) -> None:
    rows = [inspection("dated", inspected_from="2016-05", cases_audited=374), inspection("undated", follows="dated", **FILES)]
    assert said(rows).startswith(
        "HMICFRS audited 374 case files of Exampleshire Police (inspection of May 2016); we have not found"
    )
    assert "(review, date not known) and graded 4 “good”" in said(rows)


def test_files_whose_grade_is_not_known_are_counted(inspection) -> None:
    assert said([inspection("part", inspected_from="2017-10", cases_audited=79, cases_inadequate=30)]) == (
        "HMICFRS audited 79 case files of Exampleshire Police (inspection of October 2017) and graded 30 “inadequate”; we have not "
        "found how it graded the other 49."
    )


def test_where_nothing_is_known_the_last_visit_is_named(inspection) -> None:
    assert said([inspection("bare", inspected_from="2016-11")]).endswith("The last that we know of: inspection of November 2016.")
