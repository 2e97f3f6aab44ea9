"""Tables A3 and B1 of the National Crime Agency, as CSV, XLSX and ODS."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

from etl.reference import Reference
from etl.sources import read_file
from tests.unit.sources.kinds import Refusal, Rows, Save

Cells = list[list[object]]
TITLE = "Table A3: Number of children reported missing, by police force"


def typed(rows: Rows, title: str | None = TITLE, below: Cells | None = None) -> Cells:
    """Rows as a spreadsheet has them: a title, header words, numbers as numbers, remarks under the table."""

    def number(cell: str) -> object:
        plain = cell.replace(",", "")
        return float(plain) if plain.lstrip("-").replace(".", "", 1).isdigit() else cell

    header = [name.replace("police_force", "Police force").replace("20_21", "20/21") for name in rows[0]]
    header = [name.replace("2019_20", "2019/20") if name == "2019_20" else name for name in header]
    above: Cells = [[title], []] if title else []
    return [*above, header, *([number(cell) for cell in row.values()] for row in rows), *(below or [])]


def save_xlsx(path: Path, **sheets: Cells) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, cells in sheets.items():
        sheet = book.create_sheet(name)
        for line in cells:
            sheet.append(line)
    book.save(path)
    return path


def save_ods(path: Path, **sheets: Cells) -> Path:
    book = OpenDocumentSpreadsheet()
    for name, cells in sheets.items():
        sheet = Table(name=name)
        for line in cells:
            row = TableRow()
            for value in line:
                if isinstance(value, float):
                    row.addElement(TableCell(valuetype="float", value=value))
                else:
                    cell = TableCell(valuetype="string")
                    cell.addElement(P(text=str(value)))
                    row.addElement(cell)
            sheet.addElement(row)
        book.spreadsheet.addElement(sheet)
    book.save(str(path))
    return path


def figures(frame: pd.DataFrame) -> dict[tuple[str, str], tuple[int | None, str]]:
    return {
        (row["area_code"], row["period_end"][:4]): (None if pd.isna(row["value"]) else row["value"], row["status"])
        for row in frame.to_dict("records")
    }


EXPECTED = {
    ("E99000001", "2020"): (1234, "reported"),
    ("E99000001", "2021"): (987, "reported"),
    ("E99000002", "2020"): (None, "not_available"),
    ("E99000002", "2021"): (45, "reported"),
    ("E99000003", "2020"): (None, "reported_jointly"),
    ("E99000004", "2020"): (None, "reported_jointly"),
    ("E99000003", "2021"): (None, "not_available"),
    ("E99000004", "2021"): (None, "not_available"),
}


def test_table_a3_as_csv(table_a3: Rows, save: Save, reference: Reference) -> None:
    [reading] = read_file(save(table_a3, "table_a3.csv"), reference)
    assert (reading.publication, reading.release) == ("police_missing_children", "2021")
    assert figures(reading.frame) == EXPECTED
    assert "Columns left out: diff_to_2019_20_number." in reading.notes
    assert any("given for two forces together" in note for note in reading.notes)


@pytest.mark.parametrize("write", [save_xlsx, save_ods])
def test_table_a3_as_a_spreadsheet_with_title_and_footnotes(
    table_a3: Rows, tmp_path: Path, reference: Reference, write: Callable[..., Path]
) -> None:
    below: Cells = [[], ["1", "Exampleshire changed its system."], ["Source: nobody."]]
    path = write(tmp_path / "book", Sheet1=typed(table_a3, below=below))
    [reading] = read_file(path, reference)
    assert reading.file == str(path)
    assert figures(reading.frame) == EXPECTED
    assert list(reading.frame["row"][:2]) == [4, 5]
    assert list(reading.frame["raw"][:1]) == ["1234"]
    assert "2 lines of remarks under the table left out." in reading.notes


def test_of_a_workbook_the_table_is_read_that_calls_itself_a3(
    table_a3: Rows, table_b1: Rows, tmp_path: Path, reference: Reference
) -> None:
    adults = typed(table_a3, title="Adults reported missing, by police force")
    calls = typed(table_b1, title="Table B1: Missing-related calls, 2020/21")
    path = save_xlsx(
        tmp_path / "book.xlsx", Contents=[["Contents"]], A2=typed(table_a3, None), Adults=adults, A3=typed(table_a3, None),
        Calls=calls, Empty=[],
    )  # fmt: skip
    readings = read_file(path, reference)
    assert [reading.publication for reading in readings] == ["police_missing_children", "missing_related_calls"]
    assert figures(readings[0].frame) == EXPECTED
    assert readings[1].release == "2021"
    assert "Sheets that were not recognised and not read: Contents, A2, Adults, Empty." in readings[0].notes


def test_two_sheets_that_could_both_be_table_a3_are_refused(table_a3: Rows, tmp_path: Path, refusal: Refusal) -> None:
    path = save_xlsx(tmp_path / "book.xlsx", One=typed(table_a3), Two=typed(table_a3))
    assert "Several tables of this file are release 2021 of police_missing_children." in refusal(path)


def test_a_fault_in_a_workbook_names_the_sheet(table_a3: Rows, tmp_path: Path, refusal: Refusal) -> None:
    table_a3[0]["2020_21"] = "-5"
    report = refusal(save_xlsx(tmp_path / "book.xlsx", A3=typed(table_a3)))
    assert "book.xlsx, sheet A3, row 4, column 2020/21, value '-5': A count cannot be negative." in report


def test_table_b1_is_told_its_year_unless_its_title_says_it(
    table_b1: Rows, save: Save, tmp_path: Path, reference: Reference, refusal: Refusal
) -> None:
    path = save(table_b1, "table_b1.csv")
    assert "does not say its year" in refusal(path)
    [told] = read_file(path, reference, 2021)
    assert (told.publication, told.release) == ("missing_related_calls", "2021")
    assert figures(told.frame) == {
        ("E99000001", "2021"): (1200, "reported"),
        ("E99000002", "2021"): (None, "not_available"),
        ("E99000003", "2021"): (7, "reported"),
        ("E99000004", "2021"): (0, "reported"),
    }
    titled = save_xlsx(tmp_path / "book.xlsx", B1=typed(table_b1, "Calls, 2019/20"))
    [reading] = read_file(titled, reference)
    assert reading.release == "2020"
    assert "The file says that it is of 2020, not of 2021." in refusal(titled, 2021)


@pytest.mark.parametrize("mark", ["1", " 1", "¹", " [2]", " (3)", " 1,2", "*"])
def test_footnote_marks_after_a_force_are_no_part_of_its_name(
    table_a3: Rows, save: Save, reference: Reference, mark: str
) -> None:
    table_a3[1]["police_force"] = "Sampleton" + mark
    [reading] = read_file(save(table_a3, "table_a3.csv"), reference)
    assert figures(reading.frame) == EXPECTED


def test_totals_and_forces_without_a_territory_are_left_out_and_said(table_a3: Rows, save: Save, reference: Reference) -> None:
    for name in ("England and Wales", "British Transport Police 2", "Total"):
        table_a3.append({**table_a3[0], "police_force": name})
    [reading] = read_file(save(table_a3, "table_a3.csv"), reference)
    assert figures(reading.frame) == EXPECTED
    assert reading.left_out == 3
    assert any("British Transport Police, England and Wales, Total" in note for note in reading.notes)


def test_an_unknown_force_is_refused(table_a3: Rows, save: Save, refusal: Refusal) -> None:
    table_a3.append({**table_a3[0], "police_force": "Neverland"})
    report = refusal(save(table_a3, "table_a3.csv"))
    assert "row 5, column police_force, value 'Neverland': This force is not known." in report


def test_a_force_of_england_that_has_no_row_is_named_and_one_of_wales_is_not_missed(
    table_a3: Rows, save: Save, refusal: Refusal
) -> None:
    assert "There is no row of Northmoor, Southmoor." in refusal(save(table_a3[:2], "table_a3.csv"))


def test_a_force_given_jointly_and_alone_is_refused(table_a3: Rows, save: Save, refusal: Refusal) -> None:
    table_a3.append({**table_a3[0], "police_force": "Northmoor"})
    assert "row 5" in refusal(save(table_a3, "table_a3.csv"))


def test_a_negative_count_of_two_forces_together_is_refused(table_a3: Rows, save: Save, refusal: Refusal) -> None:
    table_a3[2]["2020_21"] = "-3"
    assert "row 4, column 2020_21, value '-3': A count cannot be negative." in refusal(save(table_a3, "table_a3.csv"))


def test_a_gap_in_the_run_of_years_is_a_missing_column(table_a3: Rows, save: Save, refusal: Refusal) -> None:
    rows = [{**row, "2016_17": "5", "2017_18": "5"} for row in table_a3]
    assert "row 1, column 2018_19: The column of this year is missing." in refusal(save(rows, "table_a3.csv"))
    without = [{name: cell for name, cell in row.items() if name != "2020_21"} for row in table_a3]
    assert "row 1, column 2020_21: The column of this year is missing." in refusal(save(without, "table_a3.csv"))


def test_any_run_of_years_is_read(table_a3: Rows, save: Save, reference: Reference) -> None:
    rows = [{"Police Force": row["police_force"], "2023/24": "12", "2024/25": "13"} for row in table_a3]
    [reading] = read_file(save(rows, "table_a3.csv"), reference)
    assert reading.release == "2025"
    assert set(reading.frame["period_end"]) == {"2024-03-31", "2025-03-31"}


def test_a_year_out_of_range_is_refused_once_at_its_column(table_a3: Rows, save: Save, refusal: Refusal) -> None:
    rows = [{"police_force": row["police_force"], "2001_02": "5"} for row in table_a3]
    assert refusal(save(rows, "table_a3.csv")).count("row 1, column 2001_02, value '2001_02': This year is out of range.") == 1


def test_of_a_title_with_several_years_the_person_says_which(
    table_b1: Rows, tmp_path: Path, reference: Reference, refusal: Refusal
) -> None:
    path = save_xlsx(tmp_path / "book.xlsx", B1=typed(table_b1, "Calls, 2019/20, revised from 2018/19"))
    assert "does not say its year" in refusal(path)
    [reading] = read_file(path, reference, 2020)
    assert reading.release == "2020"
