"""Figures as files that say what they are: CSV with its description, XLSX with notes, the whole set as one package.

No cell can become a formula in a spreadsheet: a text that begins like one is preceded by an apostrophe in CSV, and written as
text in XLSX.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import is_dataclass
from typing import Any

import pandas as pd
import xlsxwriter

from insight.downloads.column_notes import described
from insight.format import is_missing, slug
from insight.records import plain_rows

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
XLSX_MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDEST = 60
PLAIN = re.compile(r"[\w.-]+")  # a part that needs no more than its underscores changed
# A month without a day is turned into its first day by Excel, as words too. What is not known is therefore written XX in CSV
# (ISO 8601-2), which every spreadsheet leaves as it is; in XLSX the cell is text and has the format of text.
MONTH = re.compile(r"(?:19|20)\d{2}-(?:0[1-9]|1[0-2])", re.ASCII)
UNKNOWN_DAY = "-XX"
ABOUT_DATES = "In CSV a date that is known to the month only is written 2023-11-XX, so that no spreadsheet makes a day of it."
LIKE_A_DATE = re.compile(r"\d{4}([-/]\d{2}){0,2}", re.ASCII)
NOT_DATES = {"cycle"}  # names of cycles are of the same form
NUMBERS = "biuf"  # kinds of columns of which no cell is a text: most of the cells of the whole set
STAMP = (1980, 1, 1, 0, 0, 0)  # a zip without the hour of its making: the same build gives the same bytes


def csv_bytes(frame: pd.DataFrame) -> bytes:
    """The frame as UTF-8 CSV with one header row and a byte order mark, which makes Excel read it as UTF-8.

    Dates known to the month are written 2023-11-XX.

    Raises:
        TypeError: for a cell of a table to read, such as a link.
    """
    safe = frame.copy()
    for place, (name, kind) in enumerate(frame.dtypes.items()):
        if kind.kind in NUMBERS:
            continue
        cells = frame.iloc[:, place]
        if str(name).lower() not in NOT_DATES:
            cells = cells.map(_with_unknown_day)
        safe.isetitem(place, cells.map(_harmless))
    safe = safe.rename(columns=_harmless)
    return safe.to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")


def _harmless(cell: Any) -> Any:
    if is_dataclass(cell):
        raise TypeError(f"a download holds plain values only, not {cell!r}: give it Table.plain()")
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_STARTS) else cell


def _with_unknown_day(cell: Any) -> Any:
    return cell + UNKNOWN_DAY if isinstance(cell, str) and MONTH.fullmatch(cell) else cell


def without_unknown_day(cell: Any) -> Any:
    """A cell of such a CSV as the figures have it: 2023-11 for 2023-11-XX."""
    known = cell.removesuffix(UNKNOWN_DAY) if isinstance(cell, str) else cell
    return known if known != cell and MONTH.fullmatch(known) else cell


def with_source(frame: pd.DataFrame, source: str, build: str) -> pd.DataFrame:
    """The frame with where it comes from in every row.

    A column that it has already, such as the source of each grade, stays: the file's own stands beside it under another name.
    """
    taken = {str(name).lower() for name in frame.columns}
    said = {"source": source, "build": build}
    return frame.assign(**{(f"file_{name}" if name in taken else name): text for name, text in said.items()})


def meta_bytes(frame: pd.DataFrame, title: str, source: str, build: str, notes: list[str]) -> bytes:
    """The description that lies beside a CSV: title, source, licence, build, notes, and what each column holds."""
    content = {
        "title": title,
        "source": source,
        "build": build,
        "rows": len(frame),
        "encoding": "utf-8",
        "notes": [note for note in (*notes, ABOUT_DATES) if note],
        "columns": described(frame),
    }
    return json.dumps(content, ensure_ascii=False, indent=2).encode("utf-8")


def csv_package(frame: pd.DataFrame, name: str, title: str, source: str, build: str, notes: list[str]) -> bytes:
    """CSV and its ``.meta.json`` side by side in one zip.

    Args:
        name: file name without ending.
        title: what the figures are.
    """
    stamped = with_source(frame, source, build)
    files = {f"{name}.csv": csv_bytes(stamped), f"{name}.meta.json": meta_bytes(stamped, title, source, build, notes)}
    return zipped(files)


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Files in one archive, the same bytes for the same files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in files.items():
            entry = zipfile.ZipInfo(path, STAMP)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return out.getvalue()


def xlsx_bytes(frame: pd.DataFrame, title: str, source: str, build: str, notes: list[str]) -> bytes:
    """A workbook with the figures on one sheet, and title, source, notes and columns on another."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"title": title, "comments": f"Build {build}"})
        head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        bold = book.add_format({"bold": True, "font_size": 14})
        _write_figures(book.add_worksheet("Figures"), frame, head, book.add_format({"num_format": "@"}))
        _write_notes(book.add_worksheet("Notes"), frame, [title, source, f"Build {build}.", *notes], bold, head, wrapped)
    return out.getvalue()


def _write_figures(sheet: Any, frame: pd.DataFrame, head: Any, text: Any) -> None:
    for column, name in enumerate(frame.columns):
        sheet.write_string(0, column, str(name), head)
        longest = max([len(str(name)), *(len(str(cell)) for cell in frame[name].head(200))])
        sheet.set_column(column, column, min(longest + 2, WIDEST))
    for line, row in enumerate(plain_rows(frame), start=1):
        for column, cell in enumerate(row):
            _write_cell(sheet, line, column, cell, text)
    sheet.freeze_panes(1, 0)
    if len(frame):
        sheet.autofilter(0, 0, len(frame), max(len(frame.columns) - 1, 0))


def _write_cell(sheet: Any, line: int, column: int, cell: Any, text: Any) -> None:
    """A date, or what looks like one, is text in a cell of that format, so that no edit makes a day of a month."""
    if is_missing(cell):
        return
    if isinstance(cell, bool):
        sheet.write_boolean(line, column, cell)
    elif isinstance(cell, str):
        sheet.write_string(line, column, cell, text if LIKE_A_DATE.fullmatch(cell) else None)
    elif hasattr(cell, "isoformat"):
        sheet.write_string(line, column, cell.isoformat()[:10], text)
    else:
        sheet.write_number(line, column, float(cell))


def _write_notes(sheet: Any, frame: pd.DataFrame, lines: list[str], bold: Any, head: Any, wrapped: Any) -> None:
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, 100)
    place = 0
    for text in lines:
        if text:
            sheet.merge_range(place, 0, place, 1, "", bold if place == 0 else wrapped)
            sheet.write_string(place, 0, text, bold if place == 0 else wrapped)
            sheet.set_row(place, 15 * (1 + len(text) // 115) + (6 if place == 0 else 0))
            place += 1
    place += 1
    sheet.write_string(place, 0, "Column", head)
    sheet.write_string(place, 1, "What it holds", head)
    for entry in described(frame):
        place += 1
        sheet.write_string(place, 0, entry["name"], wrapped)
        sheet.write_string(place, 1, entry["description"], wrapped)


def stem(*parts: str) -> str:
    """A file name without ending that says what is in it: ``wiltshire_children-missing-percent_2024_build``.

    Parts are written as addresses write them, so a measure has the name that its page has.
    """
    return "_".join(part.replace("_", "-") if PLAIN.fullmatch(part) else slug(part) for part in parts if part)


def period(dates: Iterable[Any]) -> str:
    """The years of dates for a file's name: '2014-2024', '2024', empty where none is known."""
    years = sorted({str(one)[:4] for one in dates if not is_missing(one) and str(one)})
    return "-".join(dict.fromkeys((years[0], years[-1]))) if years else ""


def file_name(*parts: str, ending: str = "csv") -> str:
    """A file name: ``wiltshire_children-missing-percent_2024_build.csv``."""
    return f"{stem(*parts)}.{ending}"
