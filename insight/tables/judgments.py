"""Inspections and monitoring as tables, each row with the page it was read from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from insight.format import is_missing, partial_date
from insight.inspections.clock import REINSPECTION, known_so_far, short_kind
from insight.inspections.clock_words import due_text, lateness, review_text, visit_text
from insight.sources import source_link

Row = Mapping[str, Any]
FOLLOWED = ("Answer due", "Revisit due", "Inspectors came back", "How late", "Review published")


def inspections_to_read(frame: pd.DataFrame) -> pd.DataFrame:
    """Child protection inspections with dates as precise as known, case files by result, and what followed each.

    Reviews are matched by ``follows``, so that ``frame`` must hold whole forces. When inspectors came back is the visit, as on
    every page, not the stored ``revisited``, which is when the review came out.
    """
    clock = {row["inspection_id"]: row for row in known_so_far(frame).to_dict("records")}
    rows = [
        {
            "Inspection": f"{row['kind']}, re-inspection" if short_kind(row) == REINSPECTION else row["kind"],
            "Inspected": visited_text(row["inspected_from"], row["inspected_to"]),
            "Published": partial_date(row["published"]),
            "Case files": _cases(row),
            "Recommendations": "not known" if is_missing(row["recommendations"]) else f"{int(row['recommendations'])}",
            **_followed(clock.get(row["inspection_id"])),
            "Source": source_link(row["source_url"], row["source_kind"], row["origin"]),
        }
        for row in frame.to_dict("records")
    ]
    return pd.DataFrame(rows)


def visited_text(first: Any, last: Any) -> str:
    """'8 to 19 October 2018', or as much as is known of a visit's days."""
    if is_missing(first) or is_missing(last) or first == last:
        return partial_date(last if is_missing(first) else first)
    begins, ends = partial_date(first), partial_date(last)
    day, *rest = begins.split(" ")
    same = ends.split(" ")
    return f"{day} to {ends}" if len(same) == 3 and rest == same[1:] else f"{begins} to {ends}"


def _followed(clock: dict[str, Any] | None) -> dict[str, str]:
    """What was due after an inspection and what came of it; a review has no clock of its own."""
    if clock is None:
        return dict.fromkeys(FOLLOWED, "does not apply")
    said = (due_text(clock, "response"), due_text(clock, "revisit"), visit_text(clock), lateness(clock), review_text(clock))
    return dict(zip(FOLLOWED, (part or "not known" for part in said), strict=True))


def events_to_read(frame: pd.DataFrame) -> pd.DataFrame:
    """Monitoring events in order of date."""
    rows = [
        {
            "Date": partial_date(row["date"]),
            "Event": row["event"],
            "About": row["topic"] or "the force as a whole",
            "Source": source_link(row["source_url"], row["source_kind"], row["origin"]),
        }
        for row in frame.sort_values("date").to_dict("records")
    ]
    return pd.DataFrame(rows)


def _cases(row: Row) -> str:
    if is_missing(row["cases_audited"]):
        return "not known"
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
