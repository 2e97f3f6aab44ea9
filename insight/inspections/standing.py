"""Where inspections of a force stand, in the few words of a block or a cell: last visit, monitoring, causes of concern."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd

from insight.format import is_missing, partial_date, plural, spelt_plural
from insight.inspections.clock import by_visit, visit_of
from insight.inspections.clock_words import visited_text
from insight.inspections.monitoring import CONCERN, ENGAGE, not_closed, spells
from insight.records import records

NONE_FOUND, SINCE = "none found", "since"
DATES = ("inspected_from", "inspected_to", "published")
Row = dict[str, Any]


def engaged(events: pd.DataFrame) -> str:
    """'since 6 December 2024', 'ended 21 May 2024' or 'none found': enhanced monitoring of one force."""
    rows = events[events["event"].isin(ENGAGE)].sort_values("date", kind="stable")
    if rows.empty:
        return NONE_FOUND
    last = rows.iloc[-1]
    return f"{SINCE if last['event'] == ENGAGE[0] else 'ended'} {partial_date(last['date'])}"


def concerns(events: pd.DataFrame, as_of: date) -> str:
    """'2 with no closing found', 'all closed' or 'none found': causes of concern of one force."""
    found = spells(events, CONCERN, as_of)
    if found.empty:
        return NONE_FOUND
    waiting = len(not_closed(found))
    return f"{waiting} with no closing found" if waiting else "all closed"


def last_visit(inspections: pd.DataFrame) -> Row | None:
    """The newest inspection or review by its visit, or by its report where that alone is dated; None where there is none.

    One without any date is taken only where no other is known: whether it is the newest cannot be said.
    """
    held = records(by_visit(inspections))
    return next((row for row in held if not all(is_missing(row[name]) for name in DATES)), held[0] if held else None)


def when_visited(row: Row) -> str:
    """'April 2023', or 'report of 21 November 2025' where the visit has no date, or 'date not known'."""
    if visit_of(row):
        return visited_text(row["inspected_from"], row["inspected_to"])
    return "date not known" if is_missing(row["published"]) else f"report of {partial_date(row['published'])}"


def undated(inspections: pd.DataFrame) -> int:
    """How many inspections and reviews have no date at all."""
    return int(inspections[list(DATES)].isna().all(axis="columns").sum())


def others_undated(row: Row, inspections: pd.DataFrame) -> str:
    """'one other has no known date': beside the last dated visit (``row``), which an undated one may be newer than."""
    count = undated(inspections)
    return f"{spelt_plural(count, 'other has', 'others have')} no known date" if count and visit_of(row) else ""


def case_files(row: Row) -> str:
    """'14 of 30 case files inadequate', '48 case files audited', or nothing where none are known."""
    if is_missing(row["cases_audited"]):
        return ""
    files = plural(int(row["cases_audited"]), "case file")
    return f"{files} audited" if is_missing(row["cases_inadequate"]) else f"{int(row['cases_inadequate'])} of {files} inadequate"
