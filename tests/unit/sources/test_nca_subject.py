"""A table of forces by year is read only if something says what it counts, and refused if its words say another thing."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from etl.paths import PROJECT
from etl.problems import Refused
from etl.reference import Reference
from etl.sources import read_file
from tests.unit.sources.kinds import Refusal, Rows, Save

OPTION = "--publication police_missing_children"
CASES = PROJECT.parent / "shared" / "cases"


def workbook(path: Path, rows: Rows, *above: str, sheet: str = "Sheet1") -> Path:
    book = openpyxl.Workbook()
    book.active.title = sheet
    for line in [*([text] for text in above), list(rows[0]), *(list(row.values()) for row in rows)]:
        book.active.append(line)
    book.save(path)
    return path


@pytest.fixture
def forces_by_year() -> Rows:
    """What any publisher may give: officers, adults, incidents."""
    rows = [("Exampleshire", "1500", "1600"), ("Sampleton", "1501", "1601"), ("Northmoor", "1502", "1602")]
    return [{"Force": name, "2021/22": one, "2022/23": two} for name, one, two in [*rows, ("Southmoor", "1503", "1603")]]


@pytest.mark.parametrize(
    "name",
    ["download.csv", "officers_taken_for_missing_children.csv", "adults a3.csv", "table a2.csv", "missing_children_deaths.csv"],
)
def test_a_bare_table_of_forces_by_year_is_refused_and_the_option_named(
    name: str, forces_by_year: Rows, save: Save, refusal: Refusal
) -> None:
    report = refusal(save(forces_by_year, name))
    assert "nothing says that it counts children reported missing" in report
    assert OPTION in report


@pytest.mark.parametrize("name", ["nca_missing_table_a3_2023.csv", "03_a3.csv", "children-reported-missing.csv"])
def test_a_bare_table_is_read_by_the_name_of_its_file_and_that_is_said(
    name: str, forces_by_year: Rows, save: Save, reference: Reference
) -> None:
    [reading] = read_file(save(forces_by_year, name), reference)
    assert reading.publication == "police_missing_children"
    assert "That these are children reported missing is said by the file's name only." in reading.notes


def test_a_person_can_say_what_a_bare_table_counts(
    forces_by_year: Rows, save: Save, reference: Reference, refusal: Refusal
) -> None:
    path = save(forces_by_year)
    [reading] = read_file(path, reference, publication="police_missing_children")
    assert (reading.publication, reading.release) == ("police_missing_children", "2023")
    assert "There is no publication 'nonsense' that can be read." in refusal(path, publication="nonsense")
    assert "No table in this file has a layout that is known." in refusal(path, publication="missing_related_calls")


TITLES = [
    "Table A3: Children reported missing, by police force",
    "Number of missing children (aged under 18), 2021/22 to 2022/23",
    "Table A5. Missing individuals aged 0-17 by police force, England and Wales",
    "Children and young people reported missing",
]


@pytest.mark.parametrize("title", TITLES)
def test_a_title_that_says_the_subject_is_enough_whatever_the_number(
    title: str, forces_by_year: Rows, tmp_path: Path, reference: Reference
) -> None:
    [reading] = read_file(workbook(tmp_path / "book.xlsx", forces_by_year, title), reference)
    assert reading.publication == "police_missing_children"


@pytest.mark.parametrize("above", [(), ("Missing Persons Data Report 2022/23",), ("Table A3, by police force",)])
def test_the_number_of_the_table_is_enough_where_no_word_says_another_subject(
    above: tuple[str, ...], forces_by_year: Rows, tmp_path: Path, reference: Reference
) -> None:
    [reading] = read_file(workbook(tmp_path / "book.xlsx", forces_by_year, *above, sheet="A3"), reference)
    assert reading.publication == "police_missing_children"


OTHERS = [
    "Table A3: Adults reported missing, by police force",
    "Table A3: All individuals reported missing",
    "Table A3: Missing incidents, children",
    "Table A3: Calls about missing children",
    "Table A3: Officers in post",
    "Table A3: Missing people",
    "Table A3: Children and adults reported missing",
    "Table A3: Children in care reported missing",
    "Table A3: Children reported missing, rate per 1,000",
    "Table A3: Girls reported missing (children)",
    "Table A3: Children aged 12 to 17 reported missing",
    "Children missing from education by police force area",
    "Missing children not located: fatal outcomes by force",
    "Missing children episodes (absent) by police force",
    "Number of children with missing episodes found safe, by police force",
    "Missing children aged under 18 who were not missing (no apparent risk), by force",
    "Table A3: Children reported missing, rounded to thousands",
]


@pytest.mark.parametrize("title", OTHERS)
def test_a_title_that_says_another_subject_refuses_the_table_whatever_its_number(
    title: str, forces_by_year: Rows, tmp_path: Path, refusal: Refusal
) -> None:
    path = workbook(tmp_path / "a3.xlsx", forces_by_year, title, sheet="A3")
    assert "do not say that it counts children reported missing" in refusal(path)


def test_the_option_does_not_outweigh_words_of_another_subject(
    forces_by_year: Rows, tmp_path: Path, reference: Reference, refusal: Refusal
) -> None:
    adults = workbook(tmp_path / "a.xlsx", forces_by_year, OTHERS[0], sheet="A3")
    assert "'adults'" in refusal(adults, publication="police_missing_children")
    vague = workbook(tmp_path / "b.xlsx", forces_by_year, "Missing people", sheet="A3")
    [reading] = read_file(vague, reference, publication="police_missing_children")
    assert len(reading.frame) == 8


def test_calls_about_anything_are_not_taken_for_calls_about_missing_people(
    table_b1: Rows, save: Save, tmp_path: Path, reference: Reference, refusal: Refusal
) -> None:
    assert "nothing says that it counts calls about missing people" in refusal(save(table_b1), 2022)
    emergency = workbook(tmp_path / "a.xlsx", table_b1, "Table B1: Emergency calls, 2021/22")
    assert "do not say that it counts calls about missing people" in refusal(emergency)
    named = [{name.replace("calls_recorded", "Missing related calls"): cell for name, cell in row.items()} for row in table_b1]
    assert read_file(save(named), reference, 2022)[0].release == "2022"


def test_a_year_with_a_mark_is_read_and_each_figure_keeps_it(save: Save, forces_by_year: Rows, reference: Reference) -> None:
    rows = [{**row, "2023/24 [p]": "1700"} for row in forces_by_year]
    rows = [{name.replace("2022/23", "2022/23 (r)"): cell for name, cell in row.items()} for row in rows]
    [reading] = read_file(save(rows, "a3.csv"), reference)
    assert reading.release == "2024"
    marks = reading.frame.groupby("period_end")["revision"].unique().map(list).to_dict()
    assert {year[:4]: mark[0] for year, mark in marks.items() if isinstance(mark[0], str)} == {
        "2023": "revised", "2024": "provisional",
    }  # fmt: skip
    assert "2023/24 [p] is marked as provisional." in reading.notes


def test_a_title_marks_the_year_of_a_table_of_calls(table_b1: Rows, tmp_path: Path, reference: Reference) -> None:
    path = workbook(tmp_path / "book.xlsx", table_b1, "Table B1: Missing-related calls, April 2021 to March 2022 [p]")
    [reading] = read_file(path, reference)
    assert reading.release == "2022"
    assert set(reading.frame["revision"]) == {"provisional"}


def test_a_newest_year_that_is_not_understood_is_refused_at_its_column(
    save: Save, forces_by_year: Rows, refusal: Refusal
) -> None:
    report = refusal(save([{**row, "2023/24 estimate": "1"} for row in forces_by_year], "a3.csv"))
    assert "row 1, column 2023/24 estimate: This column names a year in a way that is not understood." in report


def test_two_columns_of_one_year_are_refused(save: Save, forces_by_year: Rows, refusal: Refusal) -> None:
    report = refusal(save([{**row, "2022/23 [r]": "1"} for row in forces_by_year], "a3.csv"))
    assert "column 2022/23 [r]: Several columns are of the year ending in 2023." in report


def test_a_share_beside_the_number_of_a_year_is_left_out(save: Save, forces_by_year: Rows, reference: Reference) -> None:
    rows = [{**row, "2023/24 (number)": "7", "2023/24 (%)": "1.5"} for row in forces_by_year]
    [reading] = read_file(save(rows, "a3.csv"), reference)
    newest = reading.frame[reading.frame["period_end"] == "2024-03-31"]
    assert set(newest["value"]) == {7}
    assert "Columns left out: 2023/24 (%)." in reading.notes


def test_welsh_forces_are_read_all_or_none(save: Save, forces_by_year: Rows, reference: Reference) -> None:
    welsh = {"Force": "Cwm Enghraifft", "2021/22": "9", "2022/23": "8"}
    [reading] = read_file(save([*forces_by_year, welsh], "a3.csv"), reference)
    of_wales = reading.frame[reading.frame["area_code"] == "W99000001"]
    assert list(of_wales["value"]) == [9, 8]


@pytest.mark.skipif(not CASES.is_dir(), reason="the cases are not at hand")
@pytest.mark.parametrize(
    ("name", "year", "release", "rows"),
    [
        ("03_a3_with_welsh_forces.csv", None, "2022", 86),
        ("03b_b1_with_welsh_forces.csv", 2022, "2022", 43),
        ("05_a3_newest_year_marked_provisional.csv", None, "2024", 117),
    ],
)
def test_cases_of_real_names_are_read(name: str, year: int | None, release: str, rows: int, real_reference: Reference) -> None:
    [reading] = read_file(CASES / name, real_reference, year)
    assert (reading.release, len(reading.frame)) == (release, rows)


A3_TITLE = "Table A3: children reported missing"


@pytest.mark.parametrize("title", ["2020/21 to 2021/22", "2021/22 to 2023/24", "year ending March 2022", "2016/17 to 2022/23"])
def test_a_title_of_other_years_than_the_columns_is_refused(
    title: str, tmp_path: Path, forces_by_year: Rows, refusal: Refusal
) -> None:
    report = refusal(workbook(tmp_path / "a3.xlsx", forces_by_year, f"{A3_TITLE}, {title}"))
    assert "the columns are of 2022, 2023. One of them is wrong." in report
    assert "row 1, column title" in report
    assert "correct it in a copy" in report


@pytest.mark.parametrize("title", ["2021/22 to 2022/23", "2022/23", "years ending March 2023", ""])
def test_a_title_of_the_years_of_the_columns_is_read(
    title: str, tmp_path: Path, forces_by_year: Rows, reference: Reference
) -> None:
    [reading] = read_file(workbook(tmp_path / "a3.xlsx", forces_by_year, f"{A3_TITLE}, {title}"), reference)
    assert reading.release == "2023"


@pytest.mark.parametrize(
    "heading", ["Latest year", "Current year", "Latest", "This financial year", "Year to date", "Last 12 months"]
)
def test_a_column_that_points_at_a_year_is_refused_beside_real_years(
    heading: str, forces_by_year: Rows, save: Save, refusal: Refusal
) -> None:
    report = refusal(save([{**row, heading: "1700"} for row in forces_by_year], "a3.csv"))
    assert f"column {heading}: This column points at a year without naming it." in report
    assert "Write it as 2020/21" in report


def test_a_column_of_the_change_from_last_year_is_left_out_and_told(
    forces_by_year: Rows, save: Save, reference: Reference
) -> None:
    [reading] = read_file(save([{**row, "Change from last year": "100"} for row in forces_by_year], "a3.csv"), reference)
    assert "Columns left out: Change from last year." in reading.notes


@pytest.mark.parametrize("years", [("2021/22", "2022/23"), ("2022/23",)])
def test_a_year_in_which_every_force_has_zero_is_refused(
    years: tuple[str, ...], forces_by_year: Rows, save: Save, refusal: Refusal
) -> None:
    report = refusal(save([{**row, **dict.fromkeys(years, "0")} for row in forces_by_year], "a3.csv"))
    for year in years:
        assert f"row 2, column {year}, value '0': Every figure of this column is 0." in report
    assert "check that its formulas hold values" in report


@pytest.mark.parametrize(
    "title",
    ["October to December 2022", "Q3 2022/23", "quarter ending December 2022", "2022/23, half-year", "Apr 2022 - Sep 2022"],
)
def test_calls_of_a_part_of_a_year_are_refused_though_a_person_names_the_year(
    title: str, tmp_path: Path, forces_by_year: Rows, reference: Reference
) -> None:
    rows = [
        {"Police force": r["Force"], "Population": "1000", "Calls recorded": "9", "Rate per 1,000": "9.0"} for r in forces_by_year
    ]
    path = workbook(tmp_path / "b1.xlsx", rows, f"Table B1: missing related calls, {title}")
    with pytest.raises(Refused) as refused:
        read_file(path, reference, year=2023, publication="missing_related_calls")
    [problem] = refused.value.problems
    assert "speak of a part of a year" in problem.why
    assert title in str(problem.value)
    assert "whole year, April to March" in problem.mend


def test_calls_from_april_to_march_are_of_a_year(tmp_path: Path, forces_by_year: Rows, reference: Reference) -> None:
    rows = [
        {"Police force": r["Force"], "Population": "1000", "Calls recorded": "9", "Rate per 1,000": "9.0"} for r in forces_by_year
    ]
    title = "Table B1: missing related calls, 1 April 2022 to 31 March 2023"
    [reading] = read_file(workbook(tmp_path / "b1.xlsx", rows, title), reference)
    assert reading.release == "2023"


@pytest.mark.parametrize("unseen", ["\u202e", "\u2066", "\u200b"])
def test_a_title_or_sheet_with_a_character_that_cannot_be_seen_is_refused(
    unseen: str, tmp_path: Path, forces_by_year: Rows, refusal: Refusal
) -> None:
    report = refusal(workbook(tmp_path / "a3.xlsx", forces_by_year, f"{A3_TITLE}{unseen}"))
    assert f"U+{ord(unseen):04X}" in report
    assert "row 1, column 1" in report
    report = refusal(workbook(tmp_path / "a3.xlsx", forces_by_year, A3_TITLE, sheet=f"A3{unseen}"))
    assert f"U+{ord(unseen):04X}" in report
