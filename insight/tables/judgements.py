"""Inspections and monitoring as tables, each row with the page it was read from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from insight.format import is_missing
from insight.inspections.clock import REVIEW_KIND, kind_in_full
from insight.inspections.clock_words import (
    DOES_NOT_APPLY,
    NOT_KNOWN,
    compared_text,
    due_text,
    review_text,
    visit_text,
    visited_text,
)
from insight.records import records
from insight.tables.model import Link, Number, PartialDate, Table, source_of, table_of, text_of

Row = Mapping[str, Any]
AT_REVIEW = "Case files at the review"
FOLLOWED = ("Action plan expected", "Planned return", "HMICFRS returned", "Against its plan", "Review published")


def inspections_to_read(frame: pd.DataFrame, with_force: bool = False) -> Table:
    """Child protection inspections with dates as precise as known, case files by result, and what followed each.

    The first review after an inspection stands in the row of that inspection; any further one has a row of its own. A column
    in which nothing is known or applies is left out.

    Args:
        frame: rows of ``insight.queries.inspections.inspections``.
        with_force: whether the force heads each row, for a table of several.
    """
    reviews = {row["inspection_id"]: row for row in records(frame) if row["kind"] == REVIEW_KIND}
    rows = [
        {
            **({"Force": row["force_name"]} if with_force else {}),
            "Inspection": kind_in_full(row),
            "Inspected": visited_text(row["inspected_from"], row["inspected_to"]),
            "Published": PartialDate(row["published"]),
            "Case files": _cases(row),
            "Recommendations": Number(NOT_KNOWN if is_missing(row["recommendations"]) else f"{int(row['recommendations'])}"),
            **_followed(row),
            AT_REVIEW: _review(reviews.get(row["revisit_id"])),
            "Source": source_of(row),
        }
        for row in records(own_rows(frame))
    ]
    return _less_silent_columns(table_of(rows))


def _less_silent_columns(table: Table) -> Table:
    """The table without its columns in which every cell says that nothing is known or applies."""
    silent = [
        heading
        for place, heading in enumerate(table.headings)
        if table.rows and all(text_of(row[place]) in (NOT_KNOWN, DOES_NOT_APPLY) for row in table.rows)
    ]
    return table.without(*silent)


def own_rows(frame: pd.DataFrame) -> pd.DataFrame:
    """The inspections and reviews less each review that stands in the row of its inspection."""
    joined = set(frame.loc[frame["kind"] != REVIEW_KIND, "revisit_id"].dropna())
    return frame[~((frame["kind"] == REVIEW_KIND) & frame["inspection_id"].isin(joined))]


def _review(review: dict[str, Any] | None) -> tuple[str | Link, ...]:
    return (DOES_NOT_APPLY,) if review is None else (_cases(review), source_of(review))


def _followed(row: dict[str, Any]) -> dict[str, str]:
    """What was planned after an inspection and what came of it; nothing is planned after a review."""
    if row["kind"] == REVIEW_KIND:
        return dict.fromkeys(FOLLOWED, DOES_NOT_APPLY)
    plan, back = due_text(row, "response"), due_text(row, "revisit")
    compared = compared_text(row) or (DOES_NOT_APPLY if back == DOES_NOT_APPLY else NOT_KNOWN)
    return dict(zip(FOLLOWED, (plan, back, visit_text(row), compared, review_text(row)), strict=True))


def events_to_read(frame: pd.DataFrame) -> Table:
    """Monitoring events, newest first."""
    rows = [
        {
            "Date": PartialDate(row["date"]),
            "Event": row["event"],
            "About": row["topic"] or "the force as a whole",
            "Source": source_of(row),
        }
        for row in records(frame.sort_values("date", ascending=False, kind="stable"))
    ]
    return table_of(rows)


def _cases(row: Row) -> str:
    if is_missing(row["cases_audited"]):
        return NOT_KNOWN
    parts = [
        f"{int(row[column])} {word}"
        for column, word in (
            ("cases_good", "good"),
            ("cases_requires_improvement", "requires improvement"),
            ("cases_inadequate", "inadequate"),
        )
        if not is_missing(row[column])
    ]
    total = f"{int(row['cases_audited'])} audited"
    return f"{total}: {', '.join(parts)}" if parts else total
