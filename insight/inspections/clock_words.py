"""What was planned after an inspection and what came of it, in words: the same on every output, in a table or a sentence.

The plan is the inspectorate's and not a deadline of the force, so nothing is ever said to be late.
"""

from __future__ import annotations

from typing import Any

from insight.format import is_missing, on_date, partial_date, plural
from insight.inspections.clock import NATIONAL_KIND, days_after_due, planned
from insight.inspections.partial_dates import after_plan_text, span_text

NOT_FOUND, NOT_KNOWN, DOES_NOT_APPLY = "not found", "not known", "does not apply"
UNDATED = "returned, date not known"
NO_ACTION_PLANS = "Whether a force sent its action plan is not known to us."
PLAN = (
    "After a national child protection inspection HMICFRS expects an action plan within six weeks of the report and usually "
    "returns about six months after it. That is HMICFRS's plan, not a deadline for the force. HMICFRS published no such dates "
    "for graded inspections or reviews."
)
RANGES = (
    "Where a date is known only to the month, the number of days is given as a range. Days are counted to the last day of the "
    "visit; where only the report of the review is dated, the number is the most that can have passed."
)
NO_PLAN = "HMICFRS published no date by which it would return."
PLANNED_RETURN = "the planned return date"
Row = dict[str, Any]


def due_text(row: Row, name: str) -> str:
    """When an action plan or a return (``name``: 'response' or 'revisit') was planned: a day, or the span that a month leaves."""
    span = planned(row, name)
    if span is None:
        return NOT_KNOWN if row["kind"] == NATIONAL_KIND else DOES_NOT_APPLY
    return span_text(span)


def visit_text(row: Row) -> str:
    """When inspectors returned: the visit, never the publication of what they found."""
    if not row["revisits"]:
        return NOT_FOUND
    # A return without a date is no unknown return: a bare "not known" would hide it, and a table drops a column of those.
    return UNDATED if is_missing(row["revisit_visit"]) else visited_text(row["revisit_visit_from"], row["revisit_visit"])


def review_text(row: Row) -> str:
    """When the report of the review came out."""
    return partial_date(row["revisit_report"]) if row["revisits"] else NOT_FOUND


def compared_text(row: Row) -> str:
    """The visit against the plan: '55 to 84 days after the planned return date'; nothing where it cannot be said."""
    days = days_after_due(row)
    return "" if days[1] is None else after_plan_text(days, PLANNED_RETURN)


def returned(row: Row) -> str:
    """That HMICFRS returned, when, and how that lies to its plan: a clause without its full stop.

    Where the visit has no date, the publication of the review is told, which the visit came before.
    """
    if is_missing(row["revisit_visit"]) and is_missing(row["revisit_report"]):
        return "HMICFRS returned, on a date that is not known to us"
    if is_missing(row["revisit_visit"]):
        said = f"HMICFRS published its review {on_date(row['revisit_report'])}"
        days = days_after_due(row)
        return said if days[1] is None else f"{said}, {after_plan_text(days, PLANNED_RETURN)}"
    compared = compared_text(row)
    when = visited_on(row["revisit_visit_from"], row["revisit_visit"])
    return f"HMICFRS returned {when}{f', {compared}' if compared else ''}{_others(row)}"


def visited_text(first: Any, last: Any) -> str:
    """'8 to 19 October 2018', '24 July to 4 August 2023', 'February to March 2023', or as much as is known of a visit's days."""
    if is_missing(first) or is_missing(last) or first == last:
        return partial_date(last if is_missing(first) else first)
    begins, ends = partial_date(first).split(" "), partial_date(last).split(" ")
    alike = len(begins) == len(ends)
    # What both ends share, the year or month and year, is said once; of dates known to different precision each is said whole.
    while len(begins) > 1 and alike and begins[-1] == ends[len(begins) - 1]:
        begins.pop()
    return f"{' '.join(begins)} to {' '.join(ends)}"


def visited_on(first: Any, last: Any) -> str:
    """'from 8 to 19 October 2018', 'from February to March 2023', or as much as is known of the last day: 'in March 2023'."""
    if is_missing(last):
        return on_date(first)
    both = not is_missing(first) and first != last and len(first) == len(last)
    return f"from {visited_text(first, last)}" if both else on_date(last)


def _others(row: Row) -> str:
    """Why there is no least number of days: a review without a date may have come before the dated one."""
    undated = int(row["revisits_undated"])
    return f" ({plural(undated, 'further review')} without a date may have come before)" if undated else ""
