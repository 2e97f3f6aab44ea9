"""Our templates for what the inspectorate publishes on pages only."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import Workbook

from etl.paths import PROJECT
from etl.reference import Reference
from etl.sources import read_file, templates
from etl.tidy import COLUMNS, EVENTS, INSPECTION_KINDS, SOURCE_KINDS, read_tidy
from tests.unit.sources.kinds import Refusal

FOLDER = PROJECT / "data" / "templates"
ADDRESS = "https://example.org/report"
WELSH_ROW = "2024-03-31,force,W99000001,children_missing,10,reported"
ROWS: dict[str, list[str]] = {
    "peel_grades": ["E99000001,2021/22,area,Investigating crime,Good,graded,2022-04,{},hmicfrs"],
    "peel_grade_counts": ["E99000001,2021/22,9,0,1,2,5,1,,{},hmicfrs"],
    "child_protection_inspections": ["made-up-2024,E99000001,NCPI,2024-03,,2024,40,10,20,10,,,{},hmicfrs"],
    "child_protection_grades": ["made-up-2024,E99000001,Leadership,Inadequate,{}"],
    "child_protection_recommendations": ["made-up-2024,1,E99000001,Immediately,Missing children"],
    "monitoring_events": [
        "E99000001,Engage started,,2023-05,{},hmicfrs",
        "E99000001,Engage ended,,2024-05-17,{},hmicfrs",
    ],
    "looked_after_missing_wales": [WELSH_ROW],
}


def filled(tmp_path: Path, publication: str, rows: list[str] | None = None) -> Path:
    """A template with made-up rows."""
    path = tmp_path / "mine.csv"
    header = (FOLDER / f"{publication}.csv").read_text(encoding="utf-8")
    lines = [row.format(ADDRESS) for row in (rows or ROWS[publication])]
    path.write_text(header + "\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("publication", ROWS)
def test_a_filled_template_is_read(publication: str, tmp_path: Path, reference: Reference) -> None:
    [reading] = read_file(filled(tmp_path, publication), reference)
    grain = reference.publications[publication].grain
    assert reading.publication == publication
    assert list(reading.frame.columns[: len(COLUMNS[grain])]) == COLUMNS[grain]
    assert list(reading.frame["row"]) == list(range(2, 2 + len(ROWS[publication])))


@pytest.mark.parametrize("publication", [name for name, grain in templates.GRAINS.items() if grain != "figures"])
def test_a_reading_has_the_types_of_our_own_files(publication: str, tmp_path: Path, real_reference: Reference) -> None:
    grain = real_reference.publications[publication].grain
    [path] = (PROJECT / "data" / "published" / publication).glob("*.csv")
    [reading] = read_file(path, real_reference)
    ours = read_tidy(path, grain, real_reference)
    pd.testing.assert_frame_equal(reading.frame[ours.columns], ours)


def test_the_same_rows_in_another_order_are_the_same_release(tmp_path: Path, reference: Reference) -> None:
    [one] = read_file(filled(tmp_path, "monitoring_events"), reference)
    [other] = read_file(filled(tmp_path, "monitoring_events", ROWS["monitoring_events"][::-1]), reference)
    [less] = read_file(filled(tmp_path, "monitoring_events", ROWS["monitoring_events"][:1]), reference)
    assert one.release == other.release != less.release
    assert one.release.startswith("own-")
    assert len(one.release) == len("own-") + 8


@pytest.mark.parametrize("publication", ROWS)
def test_a_template_that_was_not_filled_in_is_refused(publication: str, refusal: Refusal) -> None:
    assert "row 1: The header has no rows under it." in refusal(FOLDER / f"{publication}.csv")


def test_a_column_too_many_or_too_few_is_refused_by_name(tmp_path: Path, refusal: Refusal) -> None:
    path = filled(tmp_path, "monitoring_events")
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("\n", ",extra\n"), encoding="utf-8")
    assert "column extra: This looks like our template monitoring_events.csv" in refusal(path)
    path.write_text("\n".join(",".join(line.split(",")[:-1]) for line in text.splitlines()), encoding="utf-8")
    assert "row 1, column source_kind: This looks like our template monitoring_events.csv" in refusal(path)


def test_every_faulty_cell_of_a_template_is_named(tmp_path: Path, refusal: Refusal) -> None:
    report = refusal(filled(tmp_path, "monitoring_events", ["E88000001,Engage startd,,May 2023,here,hmicfrs"]))
    assert "row 2, column force_code, value 'E88000001': This is not one of" in report
    assert "column event, value 'Engage startd': This is not a kind of event." in report
    assert "column date, value 'May 2023': This is not a date." in report
    assert "column source_url, value 'here': This is not a web address." in report


def test_a_day_that_no_calendar_has_is_refused(tmp_path: Path, refusal: Refusal) -> None:
    report = refusal(filled(tmp_path, "monitoring_events", ["E99000001,Engage started,,2023-02-30,{},hmicfrs"]))
    assert "row 2, column date, value '2023-02-30': There is no such day." in report


def test_a_row_that_stands_twice_is_refused(tmp_path: Path, refusal: Refusal) -> None:
    assert "row 3" in refusal(filled(tmp_path, "peel_grades", ROWS["peel_grades"] * 2))


def test_the_templates_are_headers_of_our_layout_and_nothing_else() -> None:
    assert {path.stem for path in FOLDER.glob("*.csv")} == set(templates.GRAINS)
    for publication, grain in templates.GRAINS.items():
        text = (FOLDER / f"{publication}.csv").read_text(encoding="utf-8")
        assert list(csv.reader(text.splitlines())) == [COLUMNS[grain]]


def test_the_description_of_the_templates_has_every_column_and_every_closed_list(real_reference: Reference) -> None:
    text = (FOLDER / "README.md").read_text(encoding="utf-8")
    sections = dict(zip(templates.GRAINS, text.split("\n## ")[1:], strict=False))
    for publication, section in sections.items():
        assert section.startswith(f"{publication}.csv")
        for column in COLUMNS[templates.GRAINS[publication]]:
            assert f"| `{column}` |" in section, (publication, column)
    grades = [grade.grade for grade in real_reference.grades]
    cycles = [cycle.cycle for cycle in real_reference.cycles]
    for word in (*SOURCE_KINDS, *INSPECTION_KINDS, *EVENTS, *grades, *cycles):
        assert word in text, word
    assert not {force.force_code for force in real_reference.forces} & set(text.replace("`", " ").split())


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2023-11-XX", "2023-11"),
        ("2023-XX-XX", "2023"),
        ("2023-XX", "2023"),
        ("2023-11", "2023-11"),
        ("2023-11-05", "2023-11-05"),
    ],
)
def test_a_date_is_read_as_precise_as_it_is_written(written: str, read: str, tmp_path: Path, reference: Reference) -> None:
    row = f"E99000001,Engage started,,{written},{{}},hmicfrs"
    [reading] = read_file(filled(tmp_path, "monitoring_events", [row]), reference)
    assert list(reading.frame["date"]) == [read]


@pytest.mark.parametrize(
    "written",
    ["Nov-23", "November 2023", "01/11/2023", "2023-11-05-XX", "2023-11-XX-XX", "2023-13-XX", "XXXX-11", "2023-11-01 00:00:00"],
)
def test_what_a_spreadsheet_made_of_a_month_is_refused_with_the_remedy(written: str, tmp_path: Path, refusal: Refusal) -> None:
    said = refusal(filled(tmp_path, "monitoring_events", [f"E99000001,Engage started,,{written},{{}},hmicfrs"]))
    assert "row 2, column date" in said
    assert "This is not a date. Write YYYY, YYYY-MM or YYYY-MM-DD" in said
    assert "the format Text" in said


def test_a_workbook_whose_month_became_a_day_is_refused_and_other_dates_are_read(
    tmp_path: Path, reference: Reference, refusal: Refusal
) -> None:
    """Excel keeps 2023-11 as the day 2023-11-01 with a format that shows the month alone."""

    def saved(when: object, shown: str) -> Path:
        book = Workbook()
        book.active.append(COLUMNS["monitoring_events"])
        book.active.append(["E99000001", "Engage started", "", when, ADDRESS, "hmicfrs"])
        book.active["D2"].number_format = shown
        book.save(tmp_path / "mine.xlsx")
        return tmp_path / "mine.xlsx"

    said = refusal(saved(date(2023, 11, 1), "mmm-yy"))
    assert "row 2, column date, value '2023-11-01'" in said
    assert "makes the first day of a month that is typed without one" in said
    assert "the format Text" in said
    for when, shown, read in [
        (date(2023, 11, 5), "yyyy-mm-dd", "2023-11-05"),
        ("2023-11", "@", "2023-11"),
        ("2023-11-01", "@", "2023-11-01"),
        (2023, "General", "2023"),
    ]:
        [reading] = read_file(saved(when, shown), reference)
        assert list(reading.frame["date"]) == [read]
