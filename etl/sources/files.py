"""From a path to lines of text cells, each with its line number: CSV, XLSX, XLS and ODS.

Nothing is interpreted here. What cannot be read is refused before it is read where that is possible (size, kind), and with
the row, and the byte, where it is not.
"""

from __future__ import annotations

import csv
import errno
import hashlib
import io
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from etl.problems import Problem, Refused, refuse
from etl.sources.sheets_apart import MOST_CELLS, ZIP
from etl.sources.workbooks import OLE, read_sheets
from faults import readable

MOST_BYTES = 100 * 1024**2
# Shorter than the longest cell that the csv module takes, so that only an open quotation mark can exceed that.
LONGEST_LINE = 100_000
# One NUL in so many bytes is no table; a stray one is a character that cannot be seen, refused with its cell.
BINARY = 100
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
OTHER_KINDS = {
    b"%PDF": "a PDF",
    b"\x1f\x8b": "a gzip archive",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"\x7fELF": "a program",
    b"PAR1": "a Parquet file",
}
WEB_PAGE = (b"<!doctype html", b"<html")
DOWNLOAD_AGAIN = "The file seems cut off: download or save it again, whole."
SAVE_AS = "Open it in a spreadsheet and save it as 'CSV UTF-8 (comma delimited)'."
GIVE_TABLE = "Give the CSV, XLSX, XLS or ODS file that the publisher offers."

Line = tuple[int, list[str]]


@dataclass(frozen=True)
class Lines:
    """The lines of one CSV file or one sheet, the first being line 1.

    Attributes:
        file: as the person named it.
        sheet: name of the sheet; None for CSV.
        lines: line number and cells. Of a CSV file they are read while they are taken, so that a large file of an unknown
            layout costs nothing; taking them may raise ``Refused``.
        month_starts: line, and column from 0, of cells that a spreadsheet holds as the first day of a month.
    """

    file: str
    sheet: str | None
    lines: Iterator[Line]
    month_starts: frozenset[tuple[int, int]] = frozenset()

    @property
    def place(self) -> str:
        """How a problem names it: the file, and the sheet if it is one of a workbook."""
        return self.file if self.sheet is None else f"{self.file}, sheet {self.sheet}"


@dataclass(frozen=True)
class Original:
    """A file as it was given: its bytes' hash and its tables."""

    file: str
    sha256: str
    tables: list[Lines]


def open_original(path: Path) -> Original:
    """Read a file into lines of text.

    Raises:
        Refused: it is absent, no ordinary file, too large, empty, no table, or not in UTF-8.
    """
    content = _content(path)
    file = readable(path)
    if content.startswith((ZIP, OLE)):
        sheets = read_sheets(content, file, DOWNLOAD_AGAIN)
        tables = [Lines(file, name, iter(lines), starts) for name, lines, starts in sheets]
    else:
        tables = [Lines(file, None, _csv_lines(_text(content, file), file))]
    return Original(file, hashlib.sha256(content).hexdigest(), tables)


def _content(path: Path) -> bytes:
    """The bytes of an ordinary file of acceptable size."""
    try:
        state = path.stat()
        if stat.S_ISDIR(state.st_mode):
            raise refuse(path, "This is a folder, not a file.", "Name the file in it that is to be read.")
        if not stat.S_ISREG(state.st_mode):
            raise refuse(path, "This is a device or a pipe, not a file.", "Save the figures to a file and name that.")
        if state.st_size > MOST_BYTES:
            why = f"The file has {state.st_size / 1024**2:,.0f} MB; the limit is {MOST_BYTES // 1024**2} MB."
            raise refuse(path, why, "Published tables have a few MB at most: check that this is the right file.")
        with path.open("rb") as stream:
            content = stream.read(MOST_BYTES)
    except FileNotFoundError:
        raise refuse(path, "There is no such file.", "Check the spelling and the folder.") from None
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise refuse(path, "This link leads back to itself.", "Name the file that it was meant to lead to.") from error
        raise refuse(path, f"The file cannot be opened ({error.strerror}).", "Check its permissions.") from error
    if not content.removeprefix(b"\xef\xbb\xbf").strip():
        raise refuse(path, "The file is empty.", "Download or save it again.")
    return content


def _text(content: bytes, file: str) -> str:
    """The content as text, or a refusal that says what it is instead."""
    for start, kind in OTHER_KINDS.items():
        if content.startswith(start):
            raise refuse(file, f"This is {kind}, not a table.", GIVE_TABLE)
    if content.lstrip()[:20].lower().startswith(WEB_PAGE):
        raise refuse(file, "This is a web page, not a table.", "Follow the page's link to the data and save that.")
    if content.startswith(UTF_16):
        raise refuse(file, "The text is in UTF-16, not in UTF-8.", SAVE_AS)
    if content.count(b"\0") * BINARY > len(content):
        raise _binary(content, file)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if b"\0" in content:
            raise _binary(content, file) from error
        row = content.count(b"\n", 0, error.start) + 1
        if error.end == len(content) and "unexpected end" in error.reason:
            raise Refused(Problem(file, "The file ends inside a character.", DOWNLOAD_AGAIN, row)) from error
        byte = f"byte 0x{content[error.start]:02X} at position {error.start:,}"
        why = f"The text is not in UTF-8 ({byte}); it may be in Windows-1252."
        line_start = content.rfind(b"\n", 0, error.start) + 1
        value = content[max(line_start, error.start - 20) : error.start + 20].decode("cp1252", errors="replace")
        raise Refused(Problem(file, why, SAVE_AS, row, value=value.strip())) from error


def _binary(content: bytes, file: str) -> Refused:
    row = content.count(b"\n", 0, content.index(b"\0")) + 1
    return Refused(Problem(file, "This is a binary file, not a table: it holds NUL bytes.", GIVE_TABLE, row))


def _csv_lines(text: str, file: str) -> Iterator[Line]:
    """Lines with their cells; blank lines are passed over. A line's number is that of its first physical line."""
    reader = csv.reader(_reasonable_lines(text, file), strict=True)
    number, taken = 1, 0
    try:
        for cells in reader:
            taken += len(cells)
            if taken > MOST_CELLS:
                why = f"Up to this row there are more than {MOST_CELLS:,} cells, which is the limit of a file."
                raise Refused(Problem(file, why, "Check that this is the right file; cut it up by year if it is.", number))
            if any(cells):
                yield number, cells
            number = reader.line_num + 1
    except csv.Error as error:
        if "unexpected end" in str(error) or "field larger" in str(error):
            why, mend = "A quotation mark opened in this row is never closed.", DOWNLOAD_AGAIN
        else:
            why = f"The quotation marks of this row are wrong ({error})."
            mend = "Write a quotation mark inside a quoted cell twice, or save the file as CSV again."
        raise Refused(Problem(file, why, mend, number)) from error


def _reasonable_lines(text: str, file: str) -> Iterator[str]:
    for number, line in enumerate(io.StringIO(text, newline=""), start=1):
        if len(line) > LONGEST_LINE:
            why = f"This line has {len(line):,} characters: it is no row of a table."
            raise Refused(Problem(file, why, GIVE_TABLE, number))
        yield line
