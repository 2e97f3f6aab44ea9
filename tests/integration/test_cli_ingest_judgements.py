"""ingest of a user's own judgements from the templates: marked as such, and held against the others."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from etl.paths import DataFolder
from tests.integration.ingesting import Etl, rows_in_use

FORCE = "E99000001"
CORRECTED = ("Good", "Outstanding")


def own_grades(path: Path, **grades: str) -> Path:
    """A filled-in template: grades of the first force, by a word of their question."""
    questions = {"investigating": "Investigating crime", "offenders": "Managing offenders"}
    header = "force_code,cycle,level,question,grade,status,published,source_url,source_kind"
    rows = [
        f"{FORCE},2021/22,area,{questions[question]},{grade},graded,2022-04-05,https://example.org/own,force_or_pcc"
        for question, grade in grades.items()
    ]
    path.write_text("\n".join([header, *rows, ""]), encoding="utf-8")
    return path


def grades_in_use(data: DataFolder) -> dict[str, tuple[str, str]]:
    """Grade and origin of each graded question of the first force."""
    query = """
        SELECT question, grade, origin FROM grade JOIN source USING (source_id)
        WHERE force_code = 'E99000001' AND cycle = '2021/22' AND status = 'graded'
    """
    return {question: (grade, origin) for question, grade, origin in rows_in_use(data, query)}


def test_grades_of_a_user_are_marked_as_such_and_stand_in_the_place_of_others_only_with_replace(
    etl: Etl, tmp_path: Path, made_up_data: DataFolder, untouched: Callable[[], Any]
) -> None:
    file = own_grades(tmp_path / "mine.csv", investigating="Good", offenders="Adequate")
    before = untouched()
    refused = etl("ingest", file)
    assert refused.code == 2
    place = f"mine.csv, row 2, column force_code, cycle, question, value '{FORCE}, 2021/22, Investigating crime'"
    assert f"{place}: This is already held. Check it; --replace" in refused.err
    assert "Managing offenders" not in refused.err
    assert untouched() == before
    answer = etl("ingest", file, "--replace")
    assert answer.code == 0
    assert re.search(r"peel_grades, release own-[0-9a-f]{8}, 2 rows: replaced", answer.out)
    assert etl("build").code == 0
    assert grades_in_use(made_up_data) == {
        "Investigating crime": ("Good", "added by a user"),
        "Managing offenders": ("Adequate", "added by a user"),
        "Preventing crime": ("Good", "publisher"),
    }
    [reject] = rows_in_use(made_up_data, 'SELECT file, "column", value, reason FROM reject')
    assert reject[:3] == ("peel_grades/2025.csv", "question", f"{FORCE}, 2021/22, Investigating crime")
    assert "A row that a user added has the same key" in reject[3]


def test_a_users_correction_of_a_grade_stands(etl: Etl, tmp_path: Path, made_up_data: DataFolder) -> None:
    """Releases of a user are named by hashes: the first of these two would come last by name."""
    for number, grade in enumerate(CORRECTED):
        answer = etl("ingest", own_grades(tmp_path / f"{number}.csv", offenders=grade), "--replace")
        assert answer.code == 0
    names = sorted((path.stem for path in (made_up_data.incoming / "peel_grades").glob("*.csv")), reverse=True)
    assert CORRECTED[0] in (made_up_data.incoming / "peel_grades" / f"{names[0]}.csv").read_text(encoding="utf-8")
    assert etl("build").code == 0
    assert grades_in_use(made_up_data)["Managing offenders"] == (CORRECTED[1], "added by a user")


def test_the_same_grade_again_is_already_there(etl: Etl, tmp_path: Path, untouched: Callable[[], Any]) -> None:
    answer = etl("ingest", own_grades(tmp_path / "mine.csv", offenders="Adequate"))
    assert answer.code == 0
    assert re.search(r"peel_grades, release own-[0-9a-f]{8}, 1 rows: added", answer.out)
    before = untouched()
    answer = etl("ingest", own_grades(tmp_path / "again.csv", offenders="Adequate"))
    assert answer.code == 0
    assert "already there" in answer.out
    assert untouched() == before


INSPECTION = (
    "inspection_id,force_code,kind,inspected_from,inspected_to,published,cases_audited,cases_good,cases_requires_improvement,"
    "cases_inadequate,recommendations,follows,source_url,source_kind"
)
AREA_GRADE, RECOMMENDATION = "inspection_id,force_code,area,grade,source_url", "inspection_id,number,force_code,due,theme"
PAGE = "https://example.org/own"


@pytest.mark.parametrize(
    ("header", "rows", "said"),
    [
        (
            RECOMMENDATION, ["nowhere-2024,1,E99000001,,Missing children"],
            "row 2, column inspection_id, value 'nowhere-2024': There is no inspection with this key.",
        ),
        (
            AREA_GRADE, [f"first-2021,{FORCE},Zeal,Good,{PAGE}", f"nowhere-1,{FORCE},Area,Good,{PAGE}"],
            "row 3, column inspection_id, value 'nowhere-1': There is no inspection with this key.",
        ),
        (
            AREA_GRADE, [f"first-2021,E99000002,Area,Good,{PAGE}"],
            "row 2, column force_code, value 'E99000002': The inspection first-2021 is of another force (E99000001).",
        ),
        (
            INSPECTION, [f"x-2,{FORCE},NCPI post-inspection review,2023-07,,,,,,,,nowhere-ncpi,{PAGE},press"],
            "row 2, column follows, value 'nowhere-ncpi': There is no inspection with this key.",
        ),
        (
            INSPECTION, [f"x-2,{FORCE},NCPI post-inspection review,2023-07,,,,,,,,x-2,{PAGE},press"],
            "row 2, column follows, value 'x-2': A review cannot follow itself.",
        ),
        (
            INSPECTION, [f"x-2,E99000002,NCPI post-inspection review,2023-07,,,,,,,,first-2021,{PAGE},press"],
            "row 2, column force_code, value 'E99000002': The inspection first-2021 is of another force (E99000001).",
        ),
        (
            INSPECTION, [f"x-2,{FORCE},NCPI,2023-08-24,2023-09-04,2023-11-24,10,18,30,22,,,{PAGE},press"],
            "row 2, column cases_audited, value '10': The case files at each grade add up to 70, more than were audited.",
        ),
    ],
)  # fmt: skip
def test_a_judgement_that_cannot_stand_beside_the_others_is_refused_at_its_row(
    header: str, rows: list[str], said: str, etl: Etl, tmp_path: Path, untouched: Callable[[], Any]
) -> None:
    file = tmp_path / "mine.csv"
    file.write_text("\n".join([header, *rows, ""]), encoding="utf-8")
    before = untouched()
    answer = etl("ingest", file)
    assert answer.code == 2
    assert f"{file}, {said}" in answer.err
    assert untouched() == before


def test_an_inspection_and_its_grades_are_taken_in_one_call(etl: Etl, tmp_path: Path) -> None:
    inspection, grades = tmp_path / "inspection.csv", tmp_path / "grades.csv"
    inspection.write_text(f"{INSPECTION}\nx-2,{FORCE},NCPI,2023-07,,,,,,,,,{PAGE},press\n", encoding="utf-8")
    grades.write_text(f"{AREA_GRADE}\nx-2,{FORCE},Area,Good,{PAGE}\n", encoding="utf-8")
    assert etl("ingest", grades, inspection).code == 0
