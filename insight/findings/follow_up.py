"""What is due after an inspection, and what is still open: the clock, enhanced monitoring, causes of concern."""

from __future__ import annotations

from typing import Any

import pandas as pd

from insight.findings.facts import Facts
from insight.findings.finding import Figure, Finding, Link, Severity
from insight.findings.judgments import CASES, kind
from insight.findings.phrases import upper_first
from insight.inspection_clock import State, follow_up
from insight.words import is_missing, partial_date, plural

LINK = Link("follow-up")
MONITORING = "monitoring_events"
STARTED, ENDED = "Engage started", "Engage ended"
ISSUED, CLOSED = "Cause of concern issued", "Cause of concern closed"


def clock(facts: Facts) -> list[Finding]:
    """The newest inspection: what is due after it, what came, and how long after."""
    followed = facts.published(follow_up(facts.inspections, facts.as_of, facts.known_on))
    if followed.empty:
        sentence = f"Our sources show no child protection inspection of {facts.organisation}."
        return [Finding("clock", sentence, Severity.LIMIT, (), LINK)]
    row = followed.iloc[0].to_dict()
    sentence, severity = _said(facts, row)
    period = str(next((row[name] for name in ("published", "inspected_from", "inspected_to") if not is_missing(row[name])), ""))
    figure = Figure(str(row["inspection_id"]), kind(row), period, None, str(row["revisit_state"]), facts.source_named(CASES))
    return [Finding("clock", sentence, severity, (figure,), LINK)]


def _said(facts: Facts, row: dict[str, Any]) -> tuple[str, Severity]:
    opening = f"The newest {kind(row)} of {facts.organisation} that our sources show"
    if is_missing(row["published"]):
        held = row["inspected_from"] if not is_missing(row["inspected_from"]) else row["inspected_to"]
        dated = "has no known date" if is_missing(held) else f"was held in {partial_date(str(held)[:7])}"
        return f"{opening} {dated}; without its date of publication nothing due can be worked out.", Severity.LIMIT
    opening = f"{opening} was published {_on(row['published'])}"
    state = row["revisit_state"]
    if state == State.DONE:
        return f"{opening}; {_came_back(row)}.", Severity.PLAIN
    due = _by(row["revisit_due_first"], row["revisit_due_last"])
    if state == State.NOT_DUE:
        return f"{opening}; a revisit is due {due}, six months after.", Severity.ACTION
    if state == State.OVERDUE:
        return f"{opening}; a revisit was due {due}, six months after, and came only later.", Severity.ACTION
    return (
        f"{opening}; a revisit was due {due}, six months after, and our sources do not show whether it was made.",
        Severity.ACTION,
    )


def _came_back(row: dict[str, Any]) -> str:
    if is_missing(row["visit"]) and is_missing(row["review_published"]):
        return "a review followed, whose date is not known"
    visited = not is_missing(row["visit"])
    came = f"inspectors came back {_on(row['visit'])}" if visited else f"its review was published {_on(row['review_published'])}"
    least, most = (row["visit_least"], row["visit_most"]) if visited else (row["report_least"], row["report_most"])
    if is_missing(least) or is_missing(most):
        return came
    low, high = int(least), int(most)
    if high <= 0:
        return f"{came}, within the six months of the clock"
    if low <= 0:
        return f"{came}, about when the six months of the clock ended"
    days = plural(low, "day") if low == high else f"{low:,} to {high:,} days"
    return f"{came}, {days} after the six months of the clock"


def _by(first: Any, last: Any) -> str:
    """'by 5 February 2023', or the month where the day of publication is not known."""
    return f"by {partial_date(last.isoformat() if first == last else last.isoformat()[:7])}"


def _on(text: Any) -> str:
    """'on 5 August 2022', 'in April 2023', 'in 2023'."""
    return f"{'on' if len(str(text)) > len('2023-04') else 'in'} {partial_date(text)}"


def monitoring(facts: Facts) -> list[Finding]:
    """Enhanced monitoring that goes on or has ended, and causes of concern without a closing in our sources."""
    events = facts.published(facts.events, "date")
    if events.empty:
        return []
    return _engage(facts, events) + _concerns(facts, events)


def _engage(facts: Facts, events: pd.DataFrame) -> list[Finding]:
    rows = events[events["event"].isin([STARTED, ENDED])].sort_values("date", kind="stable")
    if rows.empty:
        return []
    last = rows.iloc[-1].to_dict()
    if last["event"] == STARTED:
        sentence = (
            f"{upper_first(facts.organisation)} entered enhanced monitoring (Engage) {_on(last['date'])}; our sources show no "
            "end of it."
        )
        return [_event("enhanced monitoring", sentence, Severity.ACTION, facts, [last])]
    sentence = f"{upper_first(facts.organisation)} left enhanced monitoring (Engage) {_on(last['date'])}."
    return [_event("enhanced monitoring", sentence, Severity.PLAIN, facts, [last])]


def _concerns(facts: Facts, events: pd.DataFrame) -> list[Finding]:
    """Causes of concern: later than any end of monitoring they ask for action; before one they are probably met."""
    closed = events[events["event"] == CLOSED]
    issued = events[events["event"] == ISSUED].sort_values("date", kind="stable").to_dict("records")
    is_open = [row for row in issued if not ((closed["topic"] == row["topic"]) & (closed["date"] >= row["date"])).any()]
    if not is_open:
        return []
    ended = events.loc[events["event"] == ENDED, "date"].max()
    newest = max(str(row["date"]) for row in is_open)
    listed_topics = "; ".join(f"{row['topic'] or 'the force as a whole'} ({partial_date(row['date'])})" for row in is_open)
    sentence = (
        f"Our sources show no closing of {plural(len(is_open), 'cause of concern', 'causes of concern')} about "
        f"{facts.organisation}: {listed_topics}."
    )
    past = not is_missing(ended) and str(ended) >= newest
    if past:
        sentence += " Enhanced monitoring has ended since."
    return [_event("causes of concern", sentence, Severity.PLAIN if past else Severity.ACTION, facts, is_open)]


def _event(rule: str, sentence: str, severity: Severity, facts: Facts, rows: list[dict[str, Any]]) -> Finding:
    source = facts.source_named(MONITORING)
    figures = tuple(Figure(str(row["topic"] or rule), str(row["event"]), str(row["date"]), None, "", source) for row in rows)
    return Finding(rule, sentence, severity, figures, LINK)
