"""Our own templates: for what the inspectorate publishes on pages only, and for the figures of Wales.

A template's columns are those of our own layout (``etl.layout.COLUMNS``); ``data/templates`` has one file each and says what
goes into them.
"""

from __future__ import annotations

import pandas as pd

from etl.layout import COLUMNS, DATES, OPTIONAL, UNKNOWN_PART
from etl.problems import Refused, by_row
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
    "looked_after_missing_wales": "figures",
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
        optional=frozenset(OPTIONAL.get(grain, ())),
    )


LAYOUTS = tuple(_layout(publication, grain) for publication, grain in GRAINS.items())


def recognises(table: Table) -> bool:
    """The header says it all."""
    return True


def read(table: Table, reference: Reference, year: int | None = None) -> Reading:
    """The rows of a filled-in template.

    The release of judgements is named after their content, so that the same rows are the same release; that of figures after
    their newest year, so that a later table replaces them.

    Raises:
        Refused: a cell does not hold what its column allows, a row stands twice, or a figure is not of the publication.
    """
    grain = GRAINS[table.layout.publication]
    dates = sorted(DATES & set(COLUMNS[grain]))
    _refuse_month_starts(table, dates)
    text = table.cells.mask(table.cells == "")
    text[dates] = text[dates].replace(UNKNOWN_PART, r"\1", regex=True)
    # A row holds judgements in many cells: only the line is given; a problem names the column by its own name.
    placed = text.reset_index(names="row").assign(column="status", raw=pd.NA)
    frame = valid_frame(typed(placed, grain, table.place), grain, reference, table.place)
    if grain == "figures":
        _refuse_others(table, frame, reference)
        return reading_of(table, str(frame["period_end"].max())[:4], frame)
    return reading_of(table, OWN_RELEASE + content_hash(frame, grain)[:HASH_DIGITS], frame)


def _refuse_month_starts(table: Table, dates: list[str]) -> None:
    """A date cell of a workbook on the first of a month: that day, or a month that the spreadsheet made a day of."""
    why = "The spreadsheet holds this cell as a day; it makes the first day of a month that is typed without one."
    mend = "Give the column the format Text, and write the date again: YYYY-MM for a month, YYYY-MM-DD for a day."
    problems = []
    for date in dates:
        problems += table.problems([row for row, column in sorted(table.month_starts) if column == date], date, why, mend)
    if problems:
        raise Refused(by_row(problems))


def _refuse_others(table: Table, frame: pd.DataFrame, reference: Reference) -> None:
    """Figures that the publication does not give: of other areas, or counts of something else."""
    publication = reference.publications[table.layout.publication]
    areas, figures = reference.areas_of({publication.country or ""}), reference.figures_of(publication.publication)
    elsewhere = frame.loc[~frame["area_code"].isin(list(areas)), "row"]
    mend = f"Give figures of {publication.country} and of its police forces only."
    problems = table.problems(elsewhere, "area_code", "This table is for other areas.", mend)
    others, why = frame.loc[~frame["figure_id"].isin(list(figures)), "row"], "This table does not hold such a figure."
    problems += table.problems(others, "figure_id", why, f"Use one of: {', '.join(figures)}.")
    not_march, why = frame.loc[~frame["period_end"].str.endswith("-03-31"), "row"], "This is not the end of a year to March."
    problems += table.problems(not_march, "period_end", why, "Write 31 March of the year, such as 2024-03-31.")
    if problems:
        raise Refused(by_row(problems))
