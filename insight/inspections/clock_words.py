"""The dates of the follow-up clock in words: the same on every page, whether in a table or a sentence."""

from __future__ import annotations

from typing import Any

from insight.format import is_missing, on_date, partial_date
from insight.inspections.partial_dates import Range, Span, lateness_text, span_text

NOT_FOUND, NOT_KNOWN = "not found", "not known"
Row = dict[str, Any]


def due_text(row: Row, name: str) -> str:
    """When an answer or a revisit (``name``: 'response' or 'revisit') was due: a day, or the span that a month leaves."""
    first, last = row[f"{name}_due_first"], row[f"{name}_due_last"]
    return NOT_KNOWN if is_missing(first) else span_text(Span(first, last))


def visit_text(row: Row) -> str:
    """When inspectors came back: the visit, never the publication of what they found."""
    return partial_date(row["visit"]) if row["reviews"] else NOT_FOUND


def review_text(row: Row) -> str:
    """When the report of the review came out."""
    return partial_date(row["review_published"]) if row["reviews"] else NOT_FOUND


def came_back(row: Row) -> str:
    """That inspectors came back, when, and how late; a review whose report alone is dated bounds the visit."""
    late = lateness(row)
    if not is_missing(row["visit"]):
        return f"Inspectors came back {on_date(row['visit'])}{f': {late}' if late else ''}."
    if is_missing(row["review_published"]):
        return "Inspectors came back; our sources do not say when."
    bound = f", so that they were {late}" if late else ""
    return f"Inspectors came back; the review came out {on_date(row['review_published'])}{bound}."


def lateness(row: Row) -> str:
    """How late the visit was, or nothing where that cannot be said."""
    days = range_of(row, "visit_least", "visit_most")
    return "" if days == (None, None) else lateness_text(days)


def range_of(row: Row, least: str, most: str) -> Range:
    """Two columns of a row as fewest and most days."""
    values = (None if is_missing(row[name]) else int(row[name]) for name in (least, most))
    return next(values), next(values)
