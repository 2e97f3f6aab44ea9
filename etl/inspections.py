"""The follow-up clock: when an answer and a revisit were due, and when the revisit came.

Dates are as precise as published. What follows from a month is a range, never a day.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

import pandas as pd

RESPONSE_WEEKS = 6
REVISIT_MONTHS = 6
REVIEW_KIND = "NCPI post-inspection review"


def with_clock(inspections: pd.DataFrame) -> pd.DataFrame:
    """Inspections with response_due, revisit_due, revisited, days_late, days_late_least and days_late_most.

    ``revisited`` is the publication date of the first review that follows, else the time of that review. Due dates
    need an exact publication date; ``days_late`` needs both dates exact, the range does not. Negative days are early.
    A review is what followed an inspection: nothing is due after it, and its own clock is empty.
    """
    reviews = _first_reviews(inspections)
    rows = []
    for inspection in inspections.to_dict("records"):
        is_review = inspection["kind"] == REVIEW_KIND
        published = None if is_review else _text(inspection["published"])
        revisited = None if is_review else reviews.get(str(inspection["inspection_id"]))
        rows.append({**inspection, **_clock(published, revisited)})
    frame = pd.DataFrame(rows)
    for column in ("days_late", "days_late_least", "days_late_most"):
        frame[column] = frame[column].astype("Int64")
    return frame


def _first_reviews(inspections: pd.DataFrame) -> dict[str, str]:
    """Inspection to the date of the earliest review that returned to it."""
    found: dict[str, str] = {}
    for review in inspections[inspections["follows"].notna()].to_dict("records"):
        when = _text(review["published"]) or _text(review["inspected_to"]) or _text(review["inspected_from"])
        key = str(review["follows"])
        if when is not None and (key not in found or span(when) < span(found[key])):
            found[key] = when
    return found


def _clock(published: str | None, revisited: str | None) -> dict[str, object]:
    exact = date.fromisoformat(published) if published and len(published) == 10 else None
    due_span = tuple(add_months(day, REVISIT_MONTHS) for day in span(published)) if published else None
    least = most = None
    if due_span and revisited:
        first, last = span(revisited)
        least, most = (first - due_span[1]).days, (last - due_span[0]).days
    late = least if least is not None and least == most else None
    return {
        "response_due": exact + timedelta(weeks=RESPONSE_WEEKS) if exact else None,
        "revisit_due": add_months(exact, REVISIT_MONTHS) if exact else None,
        "revisited": revisited,
        "days_late": late,
        "days_late_least": least,
        "days_late_most": most,
    }


def span(partial: str) -> tuple[date, date]:
    """First and last day that a date of the form YYYY, YYYY-MM or YYYY-MM-DD can mean."""
    parts = [int(part) for part in partial.split("-")]
    if len(parts) == 3:
        day = date(parts[0], parts[1], parts[2])
        return day, day
    if len(parts) == 2:
        return date(parts[0], parts[1], 1), date(parts[0], parts[1], monthrange(parts[0], parts[1])[1])
    return date(parts[0], 1, 1), date(parts[0], 12, 31)


def add_months(day: date, months: int) -> date:
    """The same day of a later month, or that month's last day."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
