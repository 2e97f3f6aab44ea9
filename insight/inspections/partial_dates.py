"""Dates as precise as they were published, and numbers of days between them, in words."""

from __future__ import annotations

from insight.format import long_day, plural
from insight.statistics.date_spans import UNKNOWN, Range, Span, days_between, span_of

__all__ = ["UNKNOWN", "Range", "Span", "after_plan_text", "days_between", "duration_text", "span_of", "span_text"]


def span_text(span: Span | None, joint: str = "to") -> str:
    """'5 August 2022', '1 to 31 January 2021', or 'not known'; ``joint`` joins the two days."""
    if span is None:
        return "not known"
    if span.exact:
        return long_day(span.first)
    if (span.first.year, span.first.month) == (span.last.year, span.last.month):
        return f"{span.first.day} {joint} {long_day(span.last)}"
    start = f"{span.first.day} {span.first:%B}" if span.first.year == span.last.year else long_day(span.first)
    return f"{start} {joint} {long_day(span.last)}"


def duration_text(days: Range) -> str:
    """'697 days', '1,339 to 1,734 days', 'at most 60 days', 'at least 3 days' or 'not known'."""
    least, most = days
    if least is None and most is None:
        return "not known"
    if least is None or most is None:
        return f"at most {plural(int(most), 'day')}" if most is not None else f"at least {plural(int(least or 0), 'day')}"
    return plural(least, "day") if least == most else f"{least:,} to {plural(most, 'day')}"


def after_plan_text(days: Range, plan: str) -> str:
    """Days after a planned date in words; ``plan`` names it ('the planned return date').

    '55 to 84 days after …', 'at most 60 days after …', '3 days before …', 'on …', 'by …', 'between 3 days before and 5 days
    after …', 'not known'.
    """
    least, most = days
    if most is None:
        return "not known"
    if least is None:
        return f"by {plan}" if most <= 0 else f"at most {plural(most, 'day')} after {plan}"
    if least == most:
        return f"on {plan}" if most == 0 else f"{plural(abs(most), 'day')} {'after' if most > 0 else 'before'} {plan}"
    if least >= 0:
        return f"{least:,} to {plural(most, 'day')} after {plan}"
    if most <= 0:
        return f"{-most:,} to {plural(-least, 'day')} before {plan}"
    return f"between {plural(-least, 'day')} before and {plural(most, 'day')} after {plan}"
