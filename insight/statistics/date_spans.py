"""Dates known to the year, the month or the day, as spans of days; what is reckoned from them is a span or a range again.

The warehouse and the pages take it from here, so that a month means the same days to both.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

Range = tuple[int | None, int | None]
"""Fewest and most days between two dates; None where there is no bound. Both None: not known."""

UNKNOWN: Range = (None, None)


@dataclass(frozen=True)
class Span:
    """The first and last day that a date can mean; the same day where it is known to the day."""

    first: date
    last: date

    @property
    def exact(self) -> bool:
        """Whether the day is known."""
        return self.first == self.last

    def later(self, *, weeks: int = 0, months: int = 0) -> Span:
        """The span so much later; of a month's last days, the last day that the later month has."""
        moved = (_add_months(day, months) + timedelta(weeks=weeks) for day in (self.first, self.last))
        return Span(*moved)


def span_of(text: Any) -> Span | None:
    """The span of a date written YYYY, YYYY-MM or YYYY-MM-DD; None where there is none.

    Raises:
        ValueError: it is written otherwise, or there is no such day.
    """
    if not isinstance(text, str) or not text:
        return None
    parts = [int(part) for part in text[:10].split("-")]
    if len(parts) == 1:
        return Span(date(parts[0], 1, 1), date(parts[0], 12, 31))
    if len(parts) == 2:
        return Span(date(parts[0], parts[1], 1), date(parts[0], parts[1], monthrange(parts[0], parts[1])[1]))
    day = date(parts[0], parts[1], parts[2])
    return Span(day, day)


def days_between(earlier: Span | None, later: Span | None) -> Range:
    """How many days lie from one date to another, as fewest and most; negative where the second comes first."""
    if earlier is None or later is None:
        return UNKNOWN
    return (later.first - earlier.last).days, (later.last - earlier.first).days


def _add_months(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
