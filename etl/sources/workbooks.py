"""The sheets of an XLSX, XLS or ODS file as lines of text, whatever the file claims of its size."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

from etl.problems import Refused, refuse
from etl.sources.sheets_apart import MOST_CELLS, ZIP

OLE = bytes.fromhex("d0cf11e0a1b11ae1")
MOST_UNPACKED = 500 * 1024**2
APART = Path(__file__).with_name("sheets_apart.py")
MOST_SECONDS = 30  # as long as it is there; sheets_apart holds itself to as many of the processor
SAVE_SHEET = "Save the one sheet that is needed as CSV."
SAVE_ANEW = "Download it again, or open it in a spreadsheet and save it anew."

SheetLines = list[tuple[int, list[str]]]
MonthStarts = frozenset[tuple[int, int]]


def read_sheets(content: bytes, file: str, cut_off: str) -> list[tuple[str, SheetLines, MonthStarts]]:
    """Name, lines and month starts (``files.Lines``) of each sheet, empty ones included; blank lines are passed over.

    Args:
        content: of a file that begins with ``ZIP`` or ``OLE``.
        file: how a problem names it.
        cut_off: what to do about an archive without an end.

    Raises:
        Refused: it is no workbook, is damaged, protected, or larger than any published table.
    """
    if content.startswith(ZIP):
        _look_into_archive(content, file, cut_off)
    found = _read_apart(content, file)
    if "large" in found:
        raise _too_large(file, str(found["large"]), int(found["rows"]), int(found["columns"]))
    if "protected" in found:
        raise refuse(file, "The workbook is protected by a password.", "Save it without one.")
    if "damaged" in found:
        raise refuse(file, f"The workbook is damaged ({found['damaged']}).", SAVE_ANEW)
    return [
        (name, [(number, cells) for number, cells in lines], frozenset((row, column) for row, column in starts))
        for name, lines, starts in found["sheets"]
    ]


def _look_into_archive(content: bytes, file: str, cut_off: str) -> None:
    """Refuse an archive that is cut off, is no workbook, or would unpack to more than is reasonable."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise refuse(file, f"The workbook is damaged ({error}).", cut_off) from error
    if not {"xl/workbook.xml", "xl/workbook.bin", "content.xml"} & {entry.filename for entry in entries}:
        raise refuse(file, "This is a ZIP archive, not a workbook.", "Unpack it and name the data file in it.")
    if sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise refuse(file, f"The workbook unpacks to more than {MOST_UNPACKED // 1024**2} MB.", SAVE_SHEET)


def _too_large(file: str, sheet: str, rows: int, columns: int) -> Refused:
    why = f"Sheet {sheet} reaches to row {rows:,} and column {columns:,}; the limit is {MOST_CELLS:,} cells in all sheets."
    return refuse(file, why, "Delete the stray cells far from the table, or save the table alone as CSV.")


def _read_apart(content: bytes, file: str) -> dict[str, Any]:
    """What the process of ``sheets_apart`` says; its death is a refusal."""
    try:
        done = subprocess.run([sys.executable, "-I", str(APART)], input=content, capture_output=True, timeout=MOST_SECONDS)
    except subprocess.TimeoutExpired as error:
        raise refuse(file, f"The workbook could not be read within {MOST_SECONDS} seconds.", SAVE_SHEET) from error
    if done.returncode == 0:
        return dict(json.loads(done.stdout))
    if b"panic" in done.stderr.lower() and b"memory" not in done.stderr.lower():
        raise refuse(file, "The workbook is damaged (its reader gave up).", SAVE_ANEW)
    raise refuse(file, "The workbook needs more memory or time to read than any published table.", SAVE_SHEET)
