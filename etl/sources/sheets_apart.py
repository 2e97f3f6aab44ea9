"""Read a workbook in a process of its own: ``python sheets_apart.py < book.xlsx``, JSON out.

The reader gives a sheet a cell for every place up to the last one that is filled, so that a file of a few bytes can ask for more
memory than there is, which ends the process. This one may be ended: it is held to limits of memory and time, and imports
nothing of the project, so that it starts quickly.
"""

from __future__ import annotations

import io
import json
import re
import resource
import sys
import zipfile
import zlib
from datetime import date, datetime
from pathlib import PurePath
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

# A published table has some thousand rows of some dozen columns.
MOST_CELLS = 2_000_000  # of a file: of a CSV, or of all sheets of a workbook
MOST_TEXT = 100 * 1024**2
MOST_MEMORY = 1024**3
MOST_SECONDS = 30
# Only these are taken off a cell's ends: another character that is not seen is for the project to refuse.
SPACES = " \t\r\n\u00a0"
ZIP = b"PK\x03\x04"
CHUNK = 1024**2
# A cell of XLSX with a value, a formula or a text: one that is only coloured is no cell to the reader. Nothing is gone back into
# (the atomic group, the possessive quantifiers): a tag that never ends would be searched again from each of its attributes.
FILLED_CELL = re.compile(
    rb"<(?:\w++:)?c\s(?>[^<>]*?\br=[\"']([A-Z]{1,3})([0-9]{1,7})[\"'])[^<>]*+(?<!/)>"
    rb"(?=\s*+<(?:\w++:)?(?:v(?:\s[^<>]*+)?>[^<]|f[\s>/]|is[\s>]))"
)
# The end of a chunk that is looked at again with the next; a longer cell between two is left to the limits of this process.
LONGEST_CELL = 1_000


def main() -> None:
    """Sheets of the workbook on standard input, or what is wrong with it, as JSON on standard output."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    json.dump(_read(sys.stdin.buffer.read()), sys.stdout)


def _read(content: bytes) -> dict[str, Any]:
    try:
        if content.startswith(ZIP) and (large := _too_large(content)):
            return large
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets, text, places = [], 0, 0
        for name in workbook.sheet_names:
            sheet = workbook.get_sheet_by_name(name)
            rows, columns = sheet.end or (0, 0)
            places += (rows + 1) * (columns + 1)
            if places > MOST_CELLS:
                return {"large": name, "rows": rows + 1, "columns": columns + 1}
            cells = sheet.to_python(skip_empty_area=False)
            lines = _lines(cells)
            text += sum(len(cell) for _, cells in lines for cell in cells)
            if text > MOST_TEXT:
                raise MemoryError
            sheets.append([name, lines, _month_starts(cells)])
    except PasswordError:
        return {"protected": True}
    except (CalamineError, zipfile.BadZipFile, zlib.error, ValueError, EOFError, OSError, RuntimeError) as error:
        return {"damaged": str(error)}
    return {"sheets": sheets}


def _too_large(content: bytes) -> dict[str, Any] | None:
    """The first sheet of XLSX whose filled cells span more than ``MOST_CELLS`` places; nothing is read beyond that cell."""
    archive = zipfile.ZipFile(io.BytesIO(content))
    for entry in archive.infolist():
        if not re.fullmatch(r"xl/.*sheet[^/]*\.xml", entry.filename):
            continue
        rows = columns = 0
        rest = b""
        with archive.open(entry) as stream:
            while chunk := stream.read(CHUNK):
                text = rest + chunk
                for cell in FILLED_CELL.finditer(text):
                    rows, columns = max(rows, int(cell[2])), max(columns, _column(cell[1]))
                    if rows * columns > MOST_CELLS:
                        return {"large": PurePath(entry.filename).stem, "rows": rows, "columns": columns}
                rest = text[-LONGEST_CELL:]
    return None


def _column(letters: bytes) -> int:
    """A is 1, XFD is 16,384."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def _lines(rows: list[list[Any]]) -> list[tuple[int, list[str]]]:
    lines = ((number, [_text(cell) for cell in row]) for number, row in enumerate(rows, start=1))
    return [(number, cells) for number, cells in lines if any(cells)]


def _month_starts(rows: list[list[Any]]) -> list[tuple[int, int]]:
    """Line, and column from 0, of dates that are the first day of a month, which is what a spreadsheet makes of a month."""
    return [
        (number, column)
        for number, row in enumerate(rows, start=1)
        for column, cell in enumerate(row)
        if isinstance(cell, date) and cell.day == 1
    ]


def _text(cell: object) -> str:
    """A spreadsheet's cell as a person would type it: 2157.0 is 2157, a date is ISO."""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else str(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == datetime.min.time() else cell.isoformat(" ")
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell).strip(SPACES)


if __name__ == "__main__":
    main()
