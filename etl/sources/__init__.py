"""Publishers' own files, recognised by their content and read into our layout; one module a kind of file.

Each of ``SOURCES`` has ``LAYOUTS`` (the headers it knows), ``recognises`` (whether a table under such a header is its own) and
``read``; the other modules are what they share.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Protocol

from etl.characters import only_seen
from etl.problems import Problem, Refused, refuse
from etl.reference import Reference
from etl.sources import (
    child_population,
    children_in_need,
    looked_after_missing,
    looked_after_missing_older,
    nca_tables,
    templates,
)
from etl.sources.files import open_original
from etl.sources.reading import Reading
from etl.sources.subjects import OtherSubject
from etl.sources.tables import Layout, NearMiss, Table, find_table

__all__ = ["SOURCES", "Reading", "read_file"]


class Source(Protocol):
    """What each of ``SOURCES`` has to have."""

    @property
    def LAYOUTS(self) -> tuple[Layout, ...]:  # noqa: N802 (a constant of the module)
        """The headers that the source knows."""

    def recognises(self, table: Table) -> bool:
        """Whether a table under one of the headers is this source's."""

    def read(self, table: Table, reference: Reference, year: int | None = None) -> Reading:
        """The table in our layout."""


SOURCES: tuple[Source, ...] = (
    looked_after_missing,
    looked_after_missing_older,
    children_in_need,
    child_population,
    nca_tables,
    templates,
)


def read_file(path: Path, reference: Reference, year: int | None = None, publication: str | None = None) -> list[Reading]:
    """Recognise a file by its content and read every table in it that is known.

    Args:
        path: a CSV, XLSX, XLS or ODS file, of any name.
        year: the year in which the figures end, for layouts that do not say it.
        publication: what the file is of, where nothing in it says so; only layouts of this publication are then tried.

    Returns:
        One reading a table, validated; several if a workbook has several sheets that are known.

    Raises:
        Refused: the file is not read at all, with every problem found.
    """
    layouts = _layouts(publication, Path(path))
    original = open_original(Path(path))
    readings: list[Reading] = []
    problems: list[Problem] = []
    others: list[Problem] = []
    misses: list[NearMiss] = []
    unread: list[str] = []
    for lines in original.tables:
        try:
            found = find_table(lines, layouts, original.sha256)
            source = _source_of(found) if isinstance(found, Table) else None
            if source is not None and isinstance(found, Table):
                readings.append(source.read(replace(found, stated=publication is not None), reference, year))
                continue
        except OtherSubject as other:
            others += other.problems
            found = None
        except Refused as refused:
            problems += refused.problems
            continue
        unread.append(only_seen(lines.sheet or ""))
        misses += [found] if isinstance(found, NearMiss) else []
    if not readings and not problems:
        problems = others or _unknown(original.file, misses, layouts)
    problems += _contradictions(readings, year)
    if problems:
        raise Refused(problems)
    if unread:
        readings[0].notes.append(f"Sheets that were not recognised and not read: {', '.join(unread)}.")
    return readings


def _layouts(publication: str | None, path: Path) -> list[Layout]:
    """The layouts of every publication, or of the one that a person named."""
    every = [layout for source in SOURCES for layout in source.LAYOUTS]
    chosen = [layout for layout in every if publication in (None, layout.publication)]
    if not chosen:
        names = ", ".join(sorted({layout.publication for layout in every}))
        raise refuse(path, f"There is no publication {publication!r} that can be read.", f"Name one of: {names}.")
    return chosen


def _source_of(table: Table) -> Source | None:
    return next((source for source in SOURCES if table.layout in source.LAYOUTS and source.recognises(table)), None)


def _unknown(file: str, misses: list[NearMiss], layouts: list[Layout]) -> list[Problem]:
    """Why no table of a file is known: a column too few or too many, or nothing like it."""
    recognised = "Recognised are: " + "; ".join(layout.title for layout in layouts) + "."
    problems = []
    meant = [near for near in misses if not near.other_topic]
    if misses and not meant:
        return [_other_topic(file, misses[0], recognised)]
    for near in meant:
        looks = f"This looks like {near.layout.title}, but"
        for column in near.layout.lacking(near.header):
            mend = f"Restore the column, or download the file again.{_names_taken(near, column)}"
            problems.append(Problem(file, f"{looks} this column is missing.", mend, near.row, column))
        for column in near.layout.surplus(near.header):
            mend = "Remove the column: the template allows no further one."
            problems.append(Problem(file, f"{looks} this column does not belong to it.", mend, near.row, column))
    return problems or refuse(file, "No table in this file has a layout that is known.", recognised).problems


def _other_topic(file: str, near: NearMiss, recognised: str) -> Problem:
    """What a file of the same publisher's making is not."""
    what = near.layout.beyond(near.header)
    columns = near.layout.unknown(near.header)
    have = f" It has the column{'s' if len(columns) > 1 else ''} {_first(columns)}." if columns else ""
    why = f"This is another publication{f', {what}' if what else ''}, not one that is read here.{have}"
    return Problem(file, why, recognised, near.row)


def _names_taken(near: NearMiss, column: str) -> str:
    """Under which names a column is taken, should the publisher have renamed it, and which of the file's are not known."""
    names, unknown = near.layout.taken(column), near.layout.unknown(near.header)
    if not names or near.layout.exact:
        return ""
    others = f"; not known in this file: {_first(unknown)}" if unknown else ""
    return f" If it was renamed, taken for it is the name {names}{others}."


def _first(columns: list[str], most: int = 6) -> str:
    """The first few columns, in the order of the file."""
    return ", ".join(columns[:most]) + (f" and {len(columns) - most} more" if len(columns) > most else "")


def _contradictions(readings: list[Reading], year: int | None) -> list[Problem]:
    """Two tables for one release, or a year that is not the file's own."""
    problems = []
    names = [(reading.publication, reading.release) for reading in readings]
    for publication, release in sorted({name for name in names if names.count(name) > 1}):
        why = f"Several tables of this file are release {release} of {publication}."
        problems.append(Problem(readings[0].file, why, "Keep the one that is meant."))
    for reading in readings:
        if year is not None and reading.release.isdigit() and int(reading.release) != year:
            why = f"The file says that it is of {reading.release}, not of {year}."
            problems.append(Problem(reading.file, why, "Leave the year away, or correct it."))
    return problems
