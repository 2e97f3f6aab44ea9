"""One force's grades for protecting vulnerable people, inspections, monitoring and causes of concern as rows of one timeline."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from insight.format import is_missing, listed
from insight.inspections.partial_dates import Span, span_of
from insight.inspections.rows import CONCERNS, ENGAGE, VISITS, strip
from insight.records import named_rows, records
from insight.sources import reported
from vocabulary import PROTECTING

LANES = {VISITS: "Child protection inspections", ENGAGE: "Enhanced monitoring (Engage)", CONCERNS: "Causes of concern"}
NOT_DATED = "day not known to us; the cycle's reports were published within these dates"
Row = dict[str, Any]


def story_rows(
    grades: pd.DataFrame,
    cycles: pd.DataFrame,
    inspections: pd.DataFrame,
    engage: pd.DataFrame,
    concerns: pd.DataFrame,
    events: pd.DataFrame,
) -> pd.DataFrame:
    """Rows of ``insight.charts.inspections.inspection_timeline``: the grades of every cycle first, then what ``strip`` has.

    Args:
        grades: all grades of the force (``insight.queries.inspections.grades``).
        cycles: cycle, first_published, last_published.
        inspections: its inspections and reviews.
        engage: its periods of enhanced monitoring (``insight.inspections.monitoring.spells``).
        concerns: its causes of concern, likewise.
        events: what both were made from.
    """
    windows = {str(row["cycle"]): _window(row) for row in records(cycles)}
    held = grades[(grades["question"] == PROTECTING) & grades["grade"].notna()].sort_values("cycle_position")
    graded = [row for one in records(held) for row in _grade(one, windows)]
    nothing = pd.DataFrame(columns=inspections.columns)
    rest = strip(nothing, inspections, grades.head(0), pd.DataFrame(columns=["cycle", "published"]), engage, concerns, events)
    rest = rest.assign(row=rest["row"].map(LANES))
    return pd.concat([frame for frame in (pd.DataFrame(graded), rest) if not frame.empty] or [rest], ignore_index=True)


def _grade(row: Row, windows: Mapping[str, Span | None]) -> list[Row]:
    """A grade on its day, or within the days on which the cycle's reports came out; none where neither is known."""
    known = None if is_missing(row["published"]) else span_of(str(row["published"]))
    span = known or windows.get(str(row["cycle"]))
    if span is None:
        return []
    told = [f"PEEL {row['cycle']}", reported(row["source_kind"]) or "as published by HMICFRS", "" if known else NOT_DATED]
    return [
        {
            "row": PROTECTING,
            "kind": str(row["grade"]),
            "start": span.first,
            "end": span.last,
            "shape": "grade",
            "detail": ", ".join(part for part in told if part),
            "told_by": str(row["source_kind"]),
        }
    ]


def _window(row: Row) -> Span | None:
    """The days on which a cycle's reports came out; None where its first or last is not known."""
    if is_missing(row["first_published"]) or is_missing(row["last_published"]):
        return None
    first, last = span_of(str(row["first_published"])), span_of(str(row["last_published"]))
    return None if first is None or last is None else Span(first.first, last.last)


def grades_sentence(grades: pd.DataFrame) -> str:
    """'Protecting vulnerable people: requires improvement (2023-25), inadequate (2021/22).', newest first; nothing for none."""
    held = grades[(grades["question"] == PROTECTING) & grades["grade"].notna()].sort_values("cycle_position", ascending=False)
    told = [f"{str(row.grade).lower()} ({row.cycle})" for row in named_rows(held)]
    return f"{PROTECTING}: {listed(told)}." if told else ""
