"""What a reader hands over, and what readers share: counts and symbols, and the year of a file that does not say it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from etl.layout import COLUMNS, FIRST_YEAR, OPTIONAL, PLACE
from etl.problems import Problem, Refused, by_row, problems_of_rows, refuse
from etl.reference import Reference
from etl.sources.symbols import bare
from etl.sources.tables import Table
from etl.sources.years import years_in
from etl.tidy import validate
from vocabulary import Status

# Digits, with thousands separators or without. Up to twelve: no count of people in England and Wales is longer.
COUNT = r"-?(?:[0-9]{1,12}|[0-9]{1,3}(?:[, \u00a0\u2009\u202f][0-9]{3}){1,3})(?:\.0+)?"
NEW_AUTHORITY = "Check the code; a new authority is first added with its force to data/reference/local_authorities.csv."
DECIMALS = r"-?[0-9, ]*\.[0-9]+"


@dataclass(frozen=True)
class Reading:
    """The figures or judgements of one table, in our layout and validated.

    Attributes:
        file: as the person named it.
        publication: key of ``reference.publications``.
        release: the name that the release is kept under.
        frame: the columns of the publication's grain, then ``row`` (line of the original), ``column`` and ``raw`` (the cell).
        left_out: how many rows of the original were not carried over, on purpose.
        notes: what was left out or decided, in words.
        original_sha256: of the file.
    """

    file: str
    publication: str
    release: str
    frame: pd.DataFrame
    left_out: int
    notes: list[str]
    original_sha256: str


def reading_of(table: Table, release: str, frame: pd.DataFrame, left_out: int = 0, *notes: str) -> Reading:
    """A reading of a table; notes that are empty are dropped."""
    said = [note for note in notes if note]
    if table.footnotes:
        said.append(f"{table.footnotes} lines of remarks under the table left out.")
    return Reading(table.file, table.layout.publication, release, frame, left_out, said, table.sha256)


def valid_frame(frame: pd.DataFrame, grain: str, reference: Reference, file: str) -> pd.DataFrame:
    """The frame with our columns only, held to the rules of its grain."""
    optional = [column for column in OPTIONAL.get(grain, []) if column in frame]
    ours = frame[[*COLUMNS[grain], *optional, *PLACE]].reset_index(drop=True)
    validate(ours, grain, reference, file)
    return ours


def with_counts(cells: pd.DataFrame, symbols: Mapping[str, str], file: str) -> pd.DataFrame:
    """Turn the text ``raw`` of each row into ``value`` and ``status``.

    Args:
        cells: ``row``, ``column``, ``raw`` and whatever else; one row a cell of the original.
        symbols: the publisher's symbols, in small letters, with the status that each stands for.
        file: how a problem names the place.

    Returns:
        ``cells`` with ``value`` (Int64) and ``status`` (text).

    Raises:
        Refused: naming every cell that is neither a count nor a known symbol.
    """
    text = cells["raw"].str.strip().str.casefold()
    symbol = bare(text)
    is_count = text.str.fullmatch(COUNT)
    faulty = ~is_count & ~symbol.isin(list(symbols))
    if faulty.any():
        raise Refused(_not_counts(cells[faulty], symbols, file))
    digits = text.where(is_count).str.replace(r"[, \u00a0\u2009\u202f]", "", regex=True)
    status = symbol.map(dict(symbols)).where(~is_count, Status.REPORTED).astype("str")
    return cells.assign(value=pd.to_numeric(digits).astype("Int64"), status=status)


def _not_counts(cells: pd.DataFrame, symbols: Mapping[str, str], file: str) -> list[Problem]:
    """What is wrong with cells that are neither a count nor a symbol."""
    known = ", ".join(f"{symbol} ({status.replace('_', ' ')})" for symbol, status in symbols.items())
    raw = cells["raw"].str.strip()
    empty, decimals = raw == "", raw.str.fullmatch(DECIMALS)
    faults = (
        (empty, "The cell is empty.", f"Give the count, or one of the publisher's symbols: {known}."),
        (decimals, "A count cannot have decimals.", "Check that this is the publisher's file and not a calculation on it."),
        (~empty & ~decimals, "This is neither a count nor a known symbol.", f"The symbols of this file are: {known}."),
    )
    problems: list[Problem] = []
    for which, why, mend in faults:
        places = cells.loc[which, ["row", "column", "raw"]].itertuples(index=False)
        problems += problems_of_rows(file, mend, ((int(row), str(column), str(text), why) for row, column, text in places))
    return by_row(problems)


def year_of(table: Table, reference: Reference, year: int | None) -> int:
    """The year in which the period of a file ends whose columns do not say it.

    It is known of the publishers' originals that the project's own releases were made from (by their hash); else the title
    above the table may say it; else the person has to.

    Raises:
        Refused: nobody says it, or it is out of range.
    """
    said = {int(name) for name in known_releases(table, reference)} or years_in(table.title)
    if len(said) != 1 and year is not None:
        said = {year}
    if len(said) != 1:
        why = f"The layout of this file ({table.layout.title}) does not say its year."
        raise refuse(table.place, why, "Name the year in which the figures end, for example --year 2016.")
    found = said.pop()
    if not in_range(found):
        raise Refused(Problem(table.place, *out_of_range(), value=str(found)))
    return found


def known_releases(table: Table, reference: Reference) -> list[str]:
    """Releases of the project that were made from this very file, by its hash."""
    releases = reference.publications[table.layout.publication].releases
    return [name for name, release in releases.items() if release.is_original(table.sha256)]


def in_range(year: int) -> bool:
    """Whether figures of a year can be."""
    return FIRST_YEAR <= year <= date.today().year


def out_of_range() -> tuple[str, str]:
    """Why and mend for a year of which no figures can be."""
    return "This year is out of range.", f"Figures are of {FIRST_YEAR} to this year; correct the year."


def listed(names: Iterable[str], most: int = 6) -> str:
    """Names as words, the first few of many."""
    every = sorted(names)
    return ", ".join(every[:most]) + (f" and {len(every) - most} more" if len(every) > most else "")
