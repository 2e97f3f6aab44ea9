"""Workbooks that are none, are cut off, damaged or larger than they look: refused with words, or read."""

from __future__ import annotations

import re
import time
import zipfile
from contextlib import suppress
from pathlib import Path

import odf.opendocument
import odf.table
import odf.text
import openpyxl
import openpyxl.styles
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from etl.problems import Refused
from etl.reference import Reference
from etl.sources import read_file
from tests.unit.sources.kinds import Refusal


def test_an_archive_that_is_no_workbook(tmp_path: Path, refusal: Refusal) -> None:
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.writestr("data/figures.csv", "a,b")
    assert "This is a ZIP archive, not a workbook. Unpack it" in refusal(tmp_path / "all.zip")


def test_a_workbook_cut_off_in_the_middle(tmp_path: Path, refusal: Refusal) -> None:
    path = tmp_path / "book.xlsx"
    openpyxl.Workbook().save(path)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    report = refusal(path)
    assert "The workbook is damaged" in report
    assert "cut off" in report


def xlsx(path: Path, *cells: str, sheet: str = "sheet1") -> Path:
    """A workbook of one sheet with a word in each of some cells, in order of their rows."""
    main, package = "http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://schemas.openxmlformats.org/package/2006"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    rows = "".join(
        f'<row r="{re.sub("[A-Z]", "", cell)}"><c r="{cell}" t="inlineStr"><is><t>police_force</t></is></c></row>'
        for cell in cells
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="rels" ContentType="application/vnd.'
        f'openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" Type="{office}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets><sheet name="A3" sheetId="1" r:id="rId1"/>'
        "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" '
        f'Type="{office}/worksheet" Target="worksheets/{sheet}.xml"/></Relationships>',
        f"xl/worksheets/{sheet}.xml": f'<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>',
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, f'<?xml version="1.0"?>{text}')
    return path


@pytest.mark.parametrize(("corner", "column"), [("XFD1048576", "16,384"), ("CV1048576", "100")])
def test_a_sheet_with_a_cell_in_a_far_corner_is_refused_at_once(
    corner: str, column: str, tmp_path: Path, refusal: Refusal
) -> None:
    """Its reader makes a place for every cell between: the first asked for 512 GB, which ended the process."""
    path = xlsx(tmp_path / "corner.xlsx", "A1", corner)
    assert path.stat().st_size < 2_000
    started = time.perf_counter()
    report = refusal(path)
    assert f"Sheet sheet1 reaches to row 1,048,576 and column {column}; the limit is 2,000,000 cells in all sheets." in report
    assert time.perf_counter() - started < 1


def test_many_sheets_are_refused_where_they_pass_the_limit_together(tmp_path: Path, refusal: Refusal) -> None:
    path = tmp_path / "book.xlsx"
    book = openpyxl.Workbook()
    for sheet in (book.active, book.create_sheet("second")):
        sheet["A1"] = sheet["XFD110"] = 1
    book.save(path)
    assert "Sheet second reaches to row 110 and column 16,384; the limit is 2,000,000 cells in all sheets." in refusal(path)


def test_a_far_corner_that_the_look_into_the_archive_does_not_see_ends_the_reading_only(tmp_path: Path, refusal: Refusal) -> None:
    """The part has a name that no program gives a sheet."""
    path = xlsx(tmp_path / "corner.xlsx", "A1", "XFD1048576", sheet="table")
    assert "The workbook needs more memory or time to read than any published table." in refusal(path)


def test_a_cell_that_is_only_coloured_makes_no_sheet_large(tmp_path: Path, reference: Reference) -> None:
    path = tmp_path / "book.xlsx"
    book = openpyxl.Workbook()
    book.active.title = "A3"
    for line in (["Police force", "2020/21"], ["Exampleshire", 5], ["Sampleton", 6], ["Northmoor and Southmoor", 7]):
        book.active.append(line)
    book.active["XFD1048576"].font = openpyxl.styles.Font(bold=True)
    book.save(path)
    assert len(read_file(path, reference)[0].frame) == 4


@pytest.mark.parametrize("sheet", ["<c " + "r='A1' " * 30_000, ("<c " + "r='A1' " * 40) * 750, ("<c r='A1'>" + " " * 300) * 750])
def test_a_tag_that_never_ends_is_searched_once(sheet: str, tmp_path: Path, refusal: Refusal) -> None:
    """Searched again from each of its attributes, the first takes minutes: of our own process too, which has no limits."""
    path = tmp_path / "endless.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
    started = time.perf_counter()
    assert "The workbook is damaged" in refusal(path)
    assert time.perf_counter() - started < 5


def test_only_the_process_with_limits_looks_into_a_sheet(
    tmp_path: Path, refusal: Refusal, monkeypatch: pytest.MonkeyPatch
) -> None:
    def opened(*_: object) -> None:
        raise AssertionError("a part was unpacked in our own process")

    path = xlsx(tmp_path / "corner.xlsx", "A1", "XFD1048576")
    monkeypatch.setattr(zipfile.ZipFile, "open", opened)
    assert "reaches to row 1,048,576" in refusal(path)


@pytest.mark.slow
def test_an_ods_file_that_repeats_a_cell_over_and_over_is_refused(tmp_path: Path, refusal: Refusal) -> None:
    document = odf.opendocument.OpenDocumentSpreadsheet()
    sheet = odf.table.Table(name="A3")
    row = odf.table.TableRow(numberrowsrepeated=2_300)
    cell = odf.table.TableCell(valuetype="string", numbercolumnsrepeated=2_300)
    cell.addElement(odf.text.P(text="x"))
    row.addElement(cell)
    sheet.addElement(row)
    document.spreadsheet.addElement(sheet)
    document.save(tmp_path / "repeated.ods")
    assert "Sheet A3 reaches to row 2,300 and column 2,300; the limit is 2,000,000 cells in all sheets." in refusal(
        tmp_path / "repeated.ods"
    )


@settings(
    max_examples=60, deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(position=st.floats(0, 1), inserted=st.binary(min_size=1, max_size=6))
@example(position=0.9052066554953553, inserted=b"\x00\x00@")  # zipfile says "not implemented" to this header
@pytest.mark.slow
def test_a_damaged_workbook_is_read_or_refused_and_nothing_else(
    position: float, inserted: bytes, tmp_path: Path, reference: Reference
) -> None:
    path = tmp_path / "book.xlsx"
    book = openpyxl.Workbook()
    book.active.title = "A3"
    for line in (["Police force", "2020/21"], ["Exampleshire", 5], ["Sampleton", 6], ["Northmoor and Southmoor", 7]):
        book.active.append(line)
    book.save(path)
    content = path.read_bytes()
    at = int(position * len(content))
    path.write_bytes(content[:at] + inserted + content[at + len(inserted) :])
    with suppress(Refused):
        read_file(path, reference)
