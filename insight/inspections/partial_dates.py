"""Dates as precise as they were published: a year, a month or a day. Each is a span of days, and so is what follows from it."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from insight.format import is_missing, plural

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
    if is_missing(text) or not str(text):
        return None
    parts = [int(part) for part in str(text)[:10].split("-")]
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


def span_text(span: Span | None) -> str:
    """'5 August 2022', '1 to 31 January 2021', or 'not known'."""
    if span is None:
        return "not known"
    if span.exact:
        return _day(span.first)
    if (span.first.year, span.first.month) == (span.last.year, span.last.month):
        return f"{span.first.day} to {_day(span.last)}"
    start = f"{span.first.day} {span.first:%B}" if span.first.year == span.last.year else _day(span.first)
    return f"{start} to {_day(span.last)}"


def duration_text(days: Range) -> str:
    """'697 days', '1,339 to 1,734 days', 'at most 60 days', 'at least 3 days' or 'not known'."""
    least, most = days
    if least is None and most is None:
        return "not known"
    if least is None or most is None:
        return f"at most {plural(int(most), 'day')}" if most is not None else f"at least {plural(int(least or 0), 'day')}"
    return plural(least, "day") if least == most else f"{least:,} to {plural(most, 'day')}"


def lateness_text(days: Range) -> str:
    """Days after a due date in words: '55 to 84 days late', 'at most 60 days late', '3 days early', 'not known'."""
    least, most = days
    if most is None:
        return "not known"
    if least is None:
        return "in time" if most <= 0 else f"at most {plural(most, 'day')} late"
    if least == most:
        return "on the day" if most == 0 else f"{plural(abs(most), 'day')} {'late' if most > 0 else 'early'}"
    if least > 0:
        return f"{least:,} to {plural(most, 'day')} late"
    if most < 0:
        return f"{-most:,} to {plural(-least, 'day')} early"
    early = f"{plural(-least, 'day')} early" if least else "on the day"
    late = f"{plural(most, 'day')} late" if most else "on the day"
    return f"between {early} and {late}"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _add_months(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
