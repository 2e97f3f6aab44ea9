"""What was planned after an inspection and what came of it, reckoned once: every output shows these columns.

The inspectorate plans for its national child protection inspections only: an action plan of the force within six weeks of the
report, and a return of its own about six months after it ("usually", says its method). Graded inspections and reviews have no
such dates. A visit and the report of it are kept apart. Dates are as precise as published; what follows from a month is a
range, never a day.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pandas as pd

from insight.statistics.date_spans import UNKNOWN, Range, Span, days_between, span_of
from vocabulary import InspectionKind

ACTION_PLAN_WEEKS = 6
RETURN_MONTHS = 6
NATIONAL_KIND = InspectionKind.NATIONAL
REVIEW_KIND = InspectionKind.REVIEW
DAY_COLUMNS = ("response_due_first", "response_due_last", "revisit_due_first", "revisit_due_last")
COUNT_COLUMNS = (
    "revisits", "revisits_undated", "days_after_due_visit_least", "days_after_due_visit_most", "days_after_due_report_least",
    "days_after_due_report_most",
)  # fmt: skip
TEXT_COLUMNS = ("revisit_id", "revisit_visit_from", "revisit_visit", "revisit_report")
Row = dict[str, Any]


def with_clock(inspections: pd.DataFrame) -> pd.DataFrame:
    """Inspections with what was planned after each and what came of it.

    Args:
        inspections: rows as published: inspection_id, kind, inspected_from, inspected_to, published, follows, and others.

    Returns:
        The same rows with
        response_due_first, response_due_last, revisit_due_first, revisit_due_last: first and last day that the planned dates of
        the action plan and of the return can mean; of national inspections with a publication date only;
        revisits, revisits_undated: how many reviews and re-inspections returned to the inspection, and how many without any date;
        revisit_id: the first of them; revisit_visit_from, revisit_visit: beginning and end of its visit; revisit_report: its
        publication (each as precise as published);
        days_after_due_visit_least, days_after_due_visit_most: days from the planned return to the visit, negative before it; a
        visit without a date is bounded by its report, so that there is a most and no least;
        days_after_due_report_least, days_after_due_report_most: likewise to the publication of the first one's report.
        All of them are empty for a review: it is what followed an inspection.
    """
    returns: dict[str, list[Row]] = {}
    for row in inspections[inspections["follows"].notna()].to_dict("records"):
        returns.setdefault(str(row["follows"]), []).append(row)
    clocks = [
        {} if row["kind"] == REVIEW_KIND else _clock(row, returns.get(str(row["inspection_id"]), []))
        for row in inspections.to_dict("records")
    ]
    found = pd.DataFrame(clocks, columns=[*DAY_COLUMNS, *TEXT_COLUMNS, *COUNT_COLUMNS], index=inspections.index, dtype="object")
    found = found.where(found.notna(), None).astype(dict.fromkeys(COUNT_COLUMNS, "Int64"))
    return pd.concat([inspections, found], axis=1)


def _clock(row: Row, returns: Sequence[Row]) -> Row:
    published = span_of(row["published"]) if row["kind"] == NATIONAL_KIND else None
    plan = published.later(weeks=ACTION_PLAN_WEEKS) if published else None
    due = published.later(months=RETURN_MONTHS) if published else None
    dated = sorted((one for one in returns if _latest(one)), key=lambda one: _latest(one) or date.max)
    first = dated[0] if dated else (returns[0] if returns else {})
    return {
        **_planned("response_due", plan),
        **_planned("revisit_due", due),
        "revisits": len(returns),
        "revisits_undated": len(returns) - len(dated),
        "revisit_id": first.get("inspection_id"),
        "revisit_visit_from": first.get("inspected_from"),
        "revisit_visit": _visit(first),
        "revisit_report": first.get("published"),
        **_days("visit", _to_visit(due, dated, undated=len(dated) < len(returns))),
        **_days("report", days_between(due, span_of(first.get("published")))),
    }


def _visit(row: Row) -> str | None:
    """The end of a visit where it is known, else its beginning."""
    return next((day for day in (row.get("inspected_to"), row.get("inspected_from")) if isinstance(day, str) and day), None)


def _latest(row: Row) -> date | None:
    """The day by which inspectors had certainly returned: the visit's last, or its report's."""
    spans = [span_of(_visit(row)), span_of(row["published"])]
    return min((span.last for span in spans if span is not None), default=None)


def _to_visit(due: Span | None, dated: Sequence[Row], *, undated: bool) -> Range:
    """Days to the first return. One whose visit has no date may have been made at any time before its report."""
    if due is None or not dated:
        return UNKNOWN
    begun = [visit.first for visit in (span_of(_visit(one)) for one in dated) if visit is not None]
    least = None if undated or len(begun) < len(dated) else (min(begun) - due.last).days
    latest = _latest(dated[0])
    return least, (latest - due.first).days if latest else None


def _planned(name: str, span: Span | None) -> Row:
    return {f"{name}_first": span.first if span else None, f"{name}_last": span.last if span else None}


def _days(name: str, days: Range) -> Row:
    return {f"days_after_due_{name}_least": days[0], f"days_after_due_{name}_most": days[1]}
