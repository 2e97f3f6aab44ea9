"""Dates of known precision survive a spreadsheet: a month is never turned into a day. Tried in LibreOffice where it has Calc."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from datetime import date, datetime
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import load_workbook
from openpyxl.cell import Cell

from insight.downloads.files import ABOUT_DATES, csv_bytes, csv_package, without_unknown_day, xlsx_bytes
from insight.downloads.whole_set import whole_set
from insight.snapshot.differences import as_text
from insight.warehouse import Warehouse
from tests.needs import absent
from tests.office import CALC, PACKAGE, NoCalc, saved

DATES = ["2023", "2023-11", "2023-11-05", None]
FRAME = pd.DataFrame({"published": DATES, "cycle": ["2023-25", "2018/19", "2010-12", "2016"], "value": [1.5, 2.0, -3.0, None]})


def rows_of(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def opened(file: Path, kind: str, folder: Path) -> Path:
    """The file as LibreOffice opens it and saves it again."""
    [path] = saved([file], kind, folder)
    return path


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for LibreOffice, which may be there without its spreadsheet."""
    folder = tmp_path_factory.mktemp("office")
    plain = folder / "plain.csv"
    plain.write_text("a,b\n1,2\n")
    try:
        opened(plain, "xlsx", folder)
    except NoCalc:
        absent(CALC, PACKAGE)
    return folder


def cells_of(path: Path) -> list[list[Cell]]:
    return [list(row) for row in load_workbook(path).worksheets[0].iter_rows(min_row=2)]


def test_csv_writes_what_is_not_known_of_a_date_and_leaves_the_rest() -> None:
    _, *rows = rows_of(csv_bytes(FRAME))
    assert [row[0] for row in rows] == ["2023", "2023-11-XX", "2023-11-05", ""]
    assert [row[1] for row in rows] == ["2023-25", "2018/19", "2010-12", "2016"]


def test_a_date_of_a_csv_is_read_back_as_it_was() -> None:
    back = as_text(io.BytesIO(csv_bytes(FRAME).removeprefix(b"\xef\xbb\xbf")))
    assert list(back["published"]) == ["2023", "2023-11", "2023-11-05", ""]
    assert [without_unknown_day(cell) for cell in ("AB-XX", "2023-13-XX", None)] == ["AB-XX", "2023-13-XX", None]


def test_a_workbook_holds_dates_as_text_in_cells_of_that_format() -> None:
    book = load_workbook(io.BytesIO(xlsx_bytes(FRAME, "A title", "Source: Exampland.", "build-1", [])))
    cells = [row[0] for row in book["Figures"].iter_rows(min_row=2)]
    assert [cell.value for cell in cells] == DATES
    assert [(cell.data_type, cell.number_format) for cell in cells[:3]] == [("s", "@")] * 3
    stamps = pd.DataFrame({"period_end": [pd.Timestamp(2024, 3, 31)], "day": [date(2024, 3, 1)]})
    book = load_workbook(io.BytesIO(xlsx_bytes(stamps, "A title", "Source: Exampland.", "build-1", [])))
    assert [(cell.value, cell.number_format) for cell in book["Figures"][2]] == [("2024-03-31", "@"), ("2024-03-01", "@")]


def test_what_the_form_means_stands_beside_the_csv() -> None:
    with zipfile.ZipFile(io.BytesIO(csv_package(FRAME, "a", "t", "s", "b", []))) as archive:
        assert ABOUT_DATES in json.loads(archive.read("a.meta.json"))["notes"]


def test_the_whole_set_has_every_month_as_one_and_says_so(real: Warehouse) -> None:
    with zipfile.ZipFile(io.BytesIO(whole_set(real))) as archive:
        rows = list(csv.DictReader(io.StringIO(archive.read("csv/inspection.csv").decode("utf-8-sig"), newline="")))
        stored = pd.read_parquet(io.BytesIO(archive.read("parquet/inspection.parquet")))
        assert ABOUT_DATES in archive.read("README.txt").decode("utf-8")
    months = stored["inspected_from"].dropna()
    months = months[months.str.len() == len("2023-11")]
    written = [row["inspected_from"] for row in rows if row["inspected_from"]]
    assert len(months) > 0
    assert sorted(cell for cell in written if cell.endswith("-XX")) == sorted(months + "-XX")


@pytest.mark.slow
def test_libreoffice_keeps_the_precision_of_a_csv(office: Path) -> None:
    file = office / "figures.csv"
    file.write_bytes(csv_bytes(FRAME))
    year, month, day, none = (row[0] for row in cells_of(opened(file, "xlsx", office)))
    assert str(year.value) == "2023"
    assert (month.value, month.data_type) == ("2023-11-XX", "s")
    assert day.value in (datetime(2023, 11, 5), "2023-11-05")
    assert none.value is None


@pytest.mark.slow
def test_libreoffice_keeps_the_precision_of_a_workbook_however_it_is_saved(office: Path) -> None:
    file = office / "workbook.xlsx"
    file.write_bytes(xlsx_bytes(FRAME, "A title", "Source: Exampland.", "build-1", []))
    again = opened(opened(file, "ods", office), "xlsx", office)
    assert [row[0].value for row in cells_of(again)] == DATES
    rows = rows_of(opened(file, "csv", office).read_bytes())
    assert [row[0] for row in rows[1:]] == [one or "" for one in DATES]
