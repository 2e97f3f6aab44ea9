"""Our own templates for what the inspectorate publishes on pages only: grades, inspections, recommendations, monitoring.

A template's columns are those of our own layout (``etl.layout.COLUMNS``); ``data/templates`` has one file each and says what
goes into them.
"""

from __future__ import annotations

import pandas as pd

from etl.layout import COLUMNS, DATES, UNKNOWN_PART
from etl.problems import Refused
from etl.reference import Reference
from etl.sources.reading import Reading, reading_of, valid_frame
from etl.sources.tables import Layout, Table
from etl.tidy import content_hash, typed

GRAINS = {
    "peel_grades": "grades",
    "peel_grade_counts": "grade_counts",
    "child_protection_inspections": "inspections",
    "child_protection_grades": "inspection_grades",
    "child_protection_recommendations": "recommendations",
    "monitoring_events": "monitoring_events",
}
OWN_RELEASE = "own-"
HASH_DIGITS = 8


def _layout(publication: str, grain: str) -> Layout:
    others = {column for other in GRAINS.values() if other != grain for column in COLUMNS[other]}
    return Layout(
        publication=publication,
        title=f"our template {publication}.csv",
        columns={column: (column,) for column in COLUMNS[grain]},
        own=frozenset(COLUMNS[grain]) - others,
        exact=True,
    )


LAYOUTS = tuple(_layout(publication, grain) for publication, grain in GRAINS.items())


def recognises(table: Table) -> bool:
    """The header says it all."""
    return True


def read(table: Table, reference: Reference, year: int | None = None) -> Reading:
    """The rows of a filled-in template; its release is named after its content, so that the same rows are the same release.

    Raises:
        Refused: a cell does not hold what its column allows, or a row stands twice.
    """
    grain = GRAINS[table.layout.publication]
    dates = sorted(DATES & set(COLUMNS[grain]))
    _refuse_month_starts(table, dates)
    text = table.cells.mask(table.cells == "")
    text[dates] = text[dates].replace(UNKNOWN_PART, r"\1", regex=True)
    # A row holds judgments in many cells: only the line is given; a problem names the column by its own name.
    placed = text.reset_index(names="row").assign(column="status", raw=pd.NA)
    frame = valid_frame(typed(placed, grain, table.place), grain, reference, table.place)
    return reading_of(table, OWN_RELEASE + content_hash(frame, grain)[:HASH_DIGITS], frame)


def _refuse_month_starts(table: Table, dates: list[str]) -> None:
    """A date cell of a workbook on the first of a month: that day, or a month that the spreadsheet made a day of."""
    why = "The spreadsheet holds this cell as a day; it makes the first day of a month that is typed without one."
    mend = "Give the column the format Text, and write the date again: YYYY-MM for a month, YYYY-MM-DD for a day."
    problems = [table.problem(row, column, why, mend) for row, column in sorted(table.month_starts) if column in dates]
    if problems:
        raise Refused(problems)
