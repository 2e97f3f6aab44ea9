"""The follow-up of one force in sentences: the newest inspection, enhanced monitoring, causes of concern, as of a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pandas as pd

from insight.format import is_missing, listed, on_date, partial_date, plural
from insight.inspections.clock import NATIONAL_KIND, State, planned, range_of, short_kind, visit_of
from insight.inspections.clock_words import returned
from insight.inspections.monitoring import Standing
from insight.inspections.partial_dates import Span, duration_text, span_of, span_text

Row = dict[str, Any]
_COUNTED = {
    State.RETURNED: "HMICFRS had returned after",
    State.PASSED: "the planned date had passed without a return after",
    State.NOT_KNOWN: "our sources do not say whether it had returned after",
    State.AHEAD: "the planned date was still ahead after",
    State.NO_PLAN: "no return is planned by a date after",
}
_NO_PLAN = "No date of return is reckoned after a graded inspection."
_BY_MONTH = " (the exact date of the report is not known)"


def opening(followed: pd.DataFrame, name: str, as_of: date) -> str:
    """What was planned after a force's newest inspection, and what our sources show of it.

    Args:
        followed: rows of ``insight.inspections.clock.follow_up`` of the force on that day, newest first.
        name: the force's name.
        as_of: the day asked about.
    """
    day = span_text(Span(as_of, as_of))
    if followed.empty:
        return f"{name}, as of {day}: our sources show no child protection inspection."
    row = followed.iloc[0].to_dict()
    when = visit_of(row)
    what = f"{name}, as of {day}: the {short_kind(row)}{f' of {partial_date(when)}' if when else ''}"
    published = span_of(row["published"])
    if published is None:
        lacking = "so the planned dates are not known" if row["kind"] == NATIONAL_KIND else "and no return is planned by a date"
        back = f" {returned(row)}." if row["revisit_state"] == State.RETURNED else ""
        return f"{what} has no date of publication in our sources, {lacking}.{back}"
    if published.first > as_of:
        return f"{what} was not yet published; it came out {on_date(row['published'])}{_recommendations(row)}."
    said = f"{what} was published {on_date(row['published'])}{_recommendations(row)}."
    return f"{said} {_plan(row, as_of)} {_return(row)}".strip()


def monitoring(engage: pd.DataFrame, concerns: pd.DataFrame, name: str, as_of: date) -> str:
    """Spells of enhanced monitoring and causes of concern of one force, as they stood on a day.

    Args:
        engage: rows of ``insight.inspections.monitoring.spells`` of the force on that day, of enhanced monitoring.
        concerns: likewise, causes of concern.
        name: the force's name.
        as_of: the day asked about.
    """
    spells = [_spell(row, as_of) for row in engage.to_dict("records")]
    said = f"{name} was in enhanced monitoring (Engage) {'; and '.join(spells)}." if spells else ""
    if concerns.empty:
        return said or f"Our sources show no enhanced monitoring and no cause of concern for {name} by this day."
    return " ".join(part for part in (said, _concerns(concerns, as_of)) if part)


def counts_sentence(counts: dict[State, int]) -> str:
    """How many inspections stand in each state."""
    said = [f"{_COUNTED[state]} {count}" for state, count in counts.items() if count]
    return f"Of {plural(sum(counts.values()), 'inspection')}: {'; '.join(said)}." if said else "No inspection by then."


def _plan(row: Row, as_of: date) -> str:
    """What HMICFRS had planned after an inspection; a day that is ahead is said to be."""
    expected, back = planned(row, "response"), planned(row, "revisit")
    if expected is None or back is None:
        return _NO_PLAN
    verb, plans = "is" if as_of <= expected.first else "was", "plans" if as_of <= back.first else "planned"
    why = "" if expected.exact else _BY_MONTH
    return f"An action plan {verb} expected {_by(expected)} and HMICFRS {plans} to return {_by(back)}{why}."


def _by(span: Span) -> str:
    return f"by {span_text(span)}" if span.exact else f"between {span_text(span, 'and')}"


def _return(row: Row) -> str:
    state = row["revisit_state"]
    if state == State.RETURNED:
        return f"{returned(row)}."
    if state == State.PASSED:
        past = duration_text(range_of(row, "days_past_due_least", "days_past_due_most"))
        return f"The planned date had passed by {past}; HMICFRS returned later, {on_date(row['revisit_visit'])}."
    if state == State.AHEAD:
        return "The planned date had not passed."
    unsure = "Whether HMICFRS had returned by then is not known"
    if not is_missing(row["revisit_visit"]):
        return f"{unsure}: our sources put the visit {on_date(row['revisit_visit'])}."
    if not is_missing(row["revisit_report"]):
        return f"{unsure}: it published its review {on_date(row['revisit_report'])}, and the visit has no date."
    if state == State.NO_PLAN and not row["revisits"]:
        return ""
    return "Our sources do not show whether HMICFRS has returned; that is no proof that it has not."


def _recommendations(row: Row) -> str:
    return "" if is_missing(row["recommendations"]) else f" with {plural(int(row['recommendations']), 'recommendation')}"


def _spell(row: Row, as_of: date) -> str:
    """One spell, by what it had come to on the day: an end of later is said to be later."""
    if is_missing(row["started"]):
        before = "" if row["standing"] == Standing.ENDED else ", before or after this day"
        return f"to {partial_date(row['ended'])}{before} (our sources show no beginning)"
    started, ended = span_of(row["started"]), span_of(row["ended"])
    unsure = ", before or after this day" if started is not None and started.last > as_of else ""
    began = f"from {partial_date(row['started'])}{unsure}"
    if ended is None:
        return f"{began} (our sources show no end)"
    if row["standing"] == Standing.ENDED:
        return f"{began} to {partial_date(row['ended'])} ({duration_text(range_of(row, 'least', 'most'))})"
    if row["standing"] == Standing.OPEN:
        return f"{began}, and still in on this day; it ended later, {on_date(row['ended'])}"
    when = "later" if ended.first > as_of else "before or after this day"
    return f"{began}; it ended {when}, {on_date(row['ended'])}"


def _concerns(concerns: pd.DataFrame, as_of: date) -> str:
    rows = concerns.to_dict("records")
    issued = [row for row in rows if not is_missing(row["started"])]
    stray = [row for row in rows if is_missing(row["started"])]
    by_day: dict[str, list[str]] = {}
    for row in issued:
        by_day.setdefault(str(row["started"]), []).append(str(row["topic"]))
    said = [f"{len(topics)} issued {partial_date(day)} ({listed(topics)})" for day, topics in sorted(by_day.items())]
    said += _closings(issued, as_of) if issued else []
    if stray:
        joint = "and " if issued else ""
        sure = "" if all(row["standing"] == Standing.ENDED for row in stray) else f" {_dates(stray)}, before or after this day,"
        said.append(f"{joint}{len(stray)} closed{sure} whose issue is not in our sources")
    return f"Causes of concern: {', '.join(said)}."


def _closings(issued: Sequence[Row], as_of: date) -> list[str]:
    """How many of those issued had been closed by the day, and which closings our sources put later."""
    closed = [row for row in issued if row["standing"] == Standing.ENDED]
    others = [row for row in issued if row["standing"] != Standing.ENDED and not is_missing(row["ended"])]
    rest = [row for row in others if row["at_latest"]]
    later = [row for row in others if not row["at_latest"] and _starts_after(row["ended"], as_of)]
    unsure = [row for row in others if not row["at_latest"] and not _starts_after(row["ended"], as_of)]
    said = [f"{len(closed)} of them closed in our sources{_last_closing(closed)}"] if closed else []
    if not closed and not rest:
        said = ["none of them closed by this day"] if others else ["no closing in our sources"]
    said += [f"{len(later)} closed later, {_dates(later)}"] if later else []
    said += [f"{len(unsure)} closed {_dates(unsure)}, before or after this day"] if unsure else []
    open_then = f"how many were still open on this day is not known (those that remained were closed {_dates(rest)})"
    return said + ([open_then] if rest else [])


def _last_closing(closed: Sequence[Row]) -> str:
    """The day on which all that were still open were closed, if any were closed so."""
    rest = [row for row in closed if row["at_latest"]]
    return f", those that remained {_dates(rest)}" if rest else ""


def _starts_after(text: Any, as_of: date) -> bool:
    span = span_of(text)
    return span is not None and span.first > as_of


def _dates(rows: Sequence[Row]) -> str:
    return listed([on_date(day) for day in sorted({str(row["ended"]) for row in rows})])
