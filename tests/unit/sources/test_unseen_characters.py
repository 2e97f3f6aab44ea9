"""Characters that cannot be seen are refused with row, column and name; every kind of space becomes a plain one."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P
from openpyxl import Workbook

from etl.characters import SPACES, unseen, with_plain_spaces
from etl.paths import PROJECT
from etl.problems import Refused
from etl.reference import Reference
from etl.sources import read_file
from etl.tidy import read_tidy
from tests.unit.sources.kinds import Refusal

CASE = PROJECT.parent / "shared" / "cases" / "13_control_character.csv"
HEADER = "inspection_id,number,force_code,due,theme"
UNSEEN = {
    "NUL": "\0",
    "U+0001": "\x01",
    "bell": "\x07",
    "vertical tab": "\x0b",
    "escape": "\x1b",
    "unit separator": "\x1f",
    "delete": "\x7f",
    "next line": "\x85",
    "soft hyphen": "\xad",
    "zero width space": "\u200b",
    "zero width joiner": "\u200d",
    "left-to-right mark": "\u200e",
    "line separator": "\u2028",
    "right-to-left override": "\u202e",
    "word joiner": "\u2060",
    "isolate": "\u2067",
    "byte order mark": "\ufeff",
    "braille blank": "\u2800",
    "hangul filler": "\u3164",
    "variation selector": "\ufe0f",
    "replacement character": "\ufffd",
    "private use": "\ue000",
    "tag": "\U000e0041",
}
SPACED = {"non-breaking": "\u00a0", "narrow": "\u202f", "thin": "\u2009", "figure": "\u2007", "tab": "\t", "break": "\n"}


def recommendations(path: Path, theme: str, due: str = "Immediately", header: str = HEADER) -> Path:
    row = f'made-up-2024,1,E99000001,"{due}","{theme}"'
    path.write_text(f"{header}\n{row}\n", encoding="utf-8", newline="")
    return path


@pytest.mark.parametrize("character", UNSEEN.values(), ids=UNSEEN)
@pytest.mark.parametrize("theme", ["Missing{} children", "{}Missing children", "Missing children{}"])
def test_a_character_that_cannot_be_seen_is_refused_with_row_column_and_name(
    character: str, theme: str, tmp_path: Path, refusal: Refusal
) -> None:
    said = refusal(recommendations(tmp_path / "mine.csv", theme.format(character)))
    assert "mine.csv, row 2, column theme" in said
    assert f"U+{ord(character):04X}" in said
    assert "Delete it or type the cell anew" in said
    assert said.isprintable(), "the message shows the character as its number and never sends it to the terminal"


def test_every_cell_at_fault_is_named(tmp_path: Path, refusal: Refusal) -> None:
    said = refusal(recommendations(tmp_path / "mine.csv", "Missing\u200b children", due="Imm\x01ediately")).splitlines()
    assert [line.split(", ")[2] for line in said] == ["column due", "column theme"]


@pytest.mark.parametrize("column", ["\ufeffinspection_id", "inspection\u200b_id", "inspection_id\u202e", "inspec\xadtion_id"])
def test_a_character_in_the_header_is_refused_there_and_not_as_a_missing_column(
    column: str, tmp_path: Path, refusal: Refusal
) -> None:
    header = HEADER.replace("inspection_id", column)
    # The first mark of a file is its own; only a second one stands in the cell.
    path = recommendations(tmp_path / "mine.csv", "Missing children", header=f"\ufeff{header}")
    said = refusal(path)
    assert "row 1, column inspection_id" in said
    assert "missing" not in said


@pytest.mark.parametrize("space", SPACED.values(), ids=SPACED)
def test_spaces_of_every_kind_tabs_and_line_breaks_become_plain_spaces(space: str, tmp_path: Path, reference: Reference) -> None:
    [reading] = read_file(recommendations(tmp_path / "mine.csv", f"{space}Missing{space}{space}children{space}"), reference)
    assert list(reading.frame["theme"]) == ["Missing children"]


def test_what_is_seen_is_kept_letter_for_letter(tmp_path: Path, reference: Reference) -> None:
    theme = "Plant y Cymoedd – ŵyr, “café” ½ £5 naïve"
    [reading] = read_file(recommendations(tmp_path / "mine.csv", theme), reference)
    assert list(reading.frame["theme"]) == [theme]


@pytest.mark.parametrize("ending", ["xlsx", "ods"])
def test_a_workbook_is_held_to_the_same_rule(ending: str, tmp_path: Path, refusal: Refusal) -> None:
    rows = [HEADER.split(","), ["made-up-2024", "1", "E99000001", "Immediately", "Missing children\u200b"]]
    path = tmp_path / f"mine.{ending}"
    if ending == "xlsx":
        book = Workbook()
        for row in rows:
            book.active.append(row)
        book.save(path)
    else:
        sheet = Table(name="Sheet1")
        for row in rows:
            line = TableRow()
            for text in row:
                cell = TableCell(valuetype="string")
                cell.addElement(P(text=text))
                line.addElement(cell)
            sheet.addElement(line)
        document = OpenDocumentSpreadsheet()
        document.spreadsheet.addElement(sheet)
        document.save(str(path))
    said = refusal(path)
    assert "row 2, column theme" in said
    assert "U+200B (zero width space)" in said


def test_a_number_with_a_character_that_cannot_be_seen_is_refused_for_it(
    table_a3: list[dict[str, str]], save: Callable[..., Path], refusal: Refusal
) -> None:
    table_a3[0]["2020_21"] = "987\u200b"
    assert "row 2, column 2020_21" in (said := refusal(save(table_a3)))
    assert "U+200B" in said


def test_a_release_of_our_own_layout_is_held_to_the_same_rule(tmp_path: Path, reference: Reference) -> None:
    path = recommendations(tmp_path / "own-1.csv", "Missing\u200b children")
    with pytest.raises(Refused, match=r"row 2, column theme.*U\+200B"):
        read_tidy(path, "recommendations", reference)


@pytest.mark.skipif(not CASE.exists(), reason="the shared cases are not beside this clone")
def test_the_known_case_is_refused(real_reference: Reference) -> None:
    with pytest.raises(Refused, match=r"row 2, column theme.*U\+0001"):
        read_file(CASE, real_reference)


def test_every_control_format_and_unassigned_character_is_unseen_and_every_space_a_space() -> None:
    for number in range(sys.maxunicode + 1):
        character = chr(number)
        kind = unicodedata.category(character)
        if kind == "Zs" or character in "\t\n\r":
            assert unseen(character) is None, hex(number)
            assert SPACES.fullmatch(character), hex(number)
            assert with_plain_spaces(f"a{character}b") == "a b"
        elif kind[0] == "C" or kind in ("Zl", "Zp"):
            assert unseen(character) is not None, hex(number)
        elif kind[0] in "LNPS":
            assert unseen(character) is None or character in "\u115f\u1160\u2800\u3164\uffa0\ufffd", hex(number)
