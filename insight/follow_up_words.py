"""The follow-up of one force in sentences: the newest inspection, enhanced monitoring, causes of concern."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd

from insight.case_audits import SHORT_KINDS
from insight.follow_up_tables import range_of
from insight.inspection_clock import State, visit_of
from insight.partial_dates import Span, duration_text, lateness_text, span_text
from insight.words import is_missing, listed, partial_date, plural

Row = dict[str, Any]


def opening(followed: pd.DataFrame, name: str, as_of: date) -> str:
    """What was due after a force's newest inspection, and what our sources show of it.

    Args:
        followed: rows of ``insight.inspection_clock.follow_up`` of the force, newest first.
        name: the force's name.
        as_of: the day asked about.
    """
    day = span_text(Span(as_of, as_of))
    if followed.empty:
        return f"{name}, as of {day}: our sources show no child protection inspection."
    row = followed.iloc[0].to_dict()
    when = visit_of(row)
    what = f"the {SHORT_KINDS.get(str(row['kind']), 'inspection')}{f' of {partial_date(when)}' if when else ''}"
    if is_missing(row["published"]):
        return f"{name}, as of {day}: {what} has no date of publication in our sources, so what was due when cannot be said."
    due = (
        f"published {partial_date(row['published'])}{_recommendations(row)}: an answer was due by {_due(row, 'response')}, "
        f"a revisit by {_due(row, 'revisit')}"
    )
    return f"{name}, as of {day}: {what}, {due}. {_revisit(row)}"


def monitoring(engage: pd.DataFrame, concerns: pd.DataFrame, name: str) -> str:
    """Spells of enhanced monitoring and causes of concern of one force."""
    parts = [_spell(row) for row in engage.to_dict("records")]
    said = f"{name} was in enhanced monitoring (Engage) {listed(parts)}." if parts else ""
    if concerns.empty:
        return said or f"Our sources show no enhanced monitoring and no cause of concern for {name}."
    return " ".join(part for part in (said, _concerns(concerns)) if part)


def counts_sentence(counts: dict[State, int]) -> str:
    """How many inspections stand in each state."""
    said = [f"{count} {state.lower()}" for state, count in counts.items() if count]
    return f"Revisits of {plural(sum(counts.values()), 'inspection')}: {listed(said)}." if said else "No inspection by then."


def _revisit(row: Row) -> str:
    state, late = row["revisit_state"], range_of(row, "visit_least", "visit_most")
    if state == State.DONE:
        if is_missing(row["visit"]) and is_missing(row["review_published"]):
            return "Inspectors came back; our sources do not say when."
        if is_missing(row["visit"]):
            return (
                f"Inspectors came back; the review came out in {partial_date(row['review_published'])}, so that they were "
                f"{lateness_text(late)}."
            )
        return f"Inspectors came back in {partial_date(row['visit'])}: {lateness_text(late)}."
    if state == State.OVERDUE:
        return f"The revisit was {duration_text(late)} overdue; it came later, in {partial_date(row['visit'])}."
    if state == State.NOT_DUE:
        return "The revisit was not due yet."
    return "Our sources do not show whether inspectors have come back; that is no proof that they have not."


def _recommendations(row: Row) -> str:
    return "" if is_missing(row["recommendations"]) else f" with {plural(int(row['recommendations']), 'recommendation')}"


def _due(row: Row, name: str) -> str:
    return span_text(Span(row[f"{name}_due_first"], row[f"{name}_due_last"]))


def _spell(row: Row) -> str:
    if is_missing(row["ended"]):
        return f"from {partial_date(row['started'])} (our sources show no end)"
    if is_missing(row["started"]):
        return f"to {partial_date(row['ended'])} (our sources show no beginning)"
    lasted = duration_text(range_of(row, "least", "most"))
    return f"from {partial_date(row['started'])} to {partial_date(row['ended'])} ({lasted})"


def _concerns(concerns: pd.DataFrame) -> str:
    by_day: dict[str, list[str]] = {}
    for row in concerns.to_dict("records"):
        if not is_missing(row["started"]):
            by_day.setdefault(str(row["started"]), []).append(str(row["topic"]))
    issued = [f"{len(topics)} issued {partial_date(day)} ({listed(topics)})" for day, topics in sorted(by_day.items())]
    ended = int(concerns["ended"].notna().sum())
    closing = f"{ended} of them closed in our sources" if ended else "no closing in our sources"
    return f"Causes of concern: {', '.join([*issued, closing])}."
