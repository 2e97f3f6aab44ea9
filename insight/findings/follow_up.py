"""What is due after an inspection, and what is still open: the clock, enhanced monitoring, causes of concern."""

from __future__ import annotations

from typing import Any

import pandas as pd

from insight.findings.facts import Facts
from insight.findings.finding import Figure, Finding, Link, Severity
from insight.findings.judgments import CASES, kind
from insight.findings.phrases import upper_first
from insight.words import is_missing, partial_date, plural

MONITORING = "monitoring_events"
STARTED, ENDED = "Engage started", "Engage ended"
ISSUED, CLOSED = "Cause of concern issued", "Cause of concern closed"


def clock(facts: Facts) -> list[Finding]:
    """The newest inspection (not a review of one): what is due, what came, how late."""
    rows = facts.published(facts.inspections)
    if rows.empty:
        sentence = f"Our sources show no child protection inspection of {facts.organisation}."
        return [Finding("clock", sentence, Severity.LIMIT, (), Link("force"))]
    first = rows[rows["follows"].isna()]
    if first.empty:
        return []
    when = first["published"].fillna(first["inspected_from"]).fillna(first["inspected_to"]).fillna("")
    row = first.loc[when.sort_values(kind="stable").index[-1]].to_dict()
    reviews = rows[rows["follows"] == row["inspection_id"]]
    sentence, severity = _said(facts, row, reviews)
    period = "" if is_missing(row["published"]) else str(row["published"])
    figure = Figure(str(row["inspection_id"]), kind(row), period, None, _due(row), facts.source_named(CASES))
    return [Finding("clock", sentence, severity, (figure,), Link("force"))]


def _said(facts: Facts, row: dict[str, Any], reviews: pd.DataFrame) -> tuple[str, Severity]:
    opening = f"The newest {kind(row)} of {facts.organisation} that our sources show"
    if is_missing(row["published"]):
        held = row["inspected_from"] if not is_missing(row["inspected_from"]) else row["inspected_to"]
        held_text = "has no known date" if is_missing(held) else f"was held in {partial_date(str(held)[:7])}"
        return f"{opening} {held_text}; without its date of publication nothing due can be worked out.", Severity.LIMIT
    opening = f"{opening} was published {_on(row['published'])}"
    if not is_missing(row["revisited"]):
        return f"{opening}; {_late(row)}.", Severity.NOTABLE
    if not reviews.empty:
        return f"{opening}; a review followed, whose date is not known.", Severity.PLAIN
    if is_missing(row["revisit_due"]):
        return f"{opening}; the day is not known, so no due date is worked out, and our sources show no review.", Severity.LIMIT
    return f"{opening}. {_waiting(facts, row)}", Severity.ACTION


def _waiting(facts: Facts, row: dict[str, Any]) -> str:
    answer, revisit = pd.Timestamp(row["response_due"]), pd.Timestamp(row["revisit_due"])
    today = pd.Timestamp(facts.as_of)
    parts = []
    if answer >= today:
        parts.append(f"An answer is due by {partial_date(answer.date().isoformat())} (six weeks).")
    if revisit >= today:
        parts.append(f"A revisit is to be expected by {partial_date(revisit.date().isoformat())} (six months).")
    else:
        parts.append(
            f"A revisit was to be expected by {partial_date(revisit.date().isoformat())} (six months); our sources show none."
        )
    return " ".join(parts)


def _late(row: dict[str, Any]) -> str:
    came = f"the review came {_on(row['revisited'])}"
    least, most = row["days_late_least"], row["days_late_most"]
    if is_missing(least) or is_missing(most):
        return f"{came}; whether that was in time cannot be worked out"
    low, high = int(least), int(most)
    if high <= 0:
        return f"{came}, within six months"
    if low <= 0:
        return f"{came}, about six months after it"
    days = plural(low, "day") if low == high else f"{low:,} to {high:,} days"
    return f"{came}, {days} after the six months by which it was to be expected"


def _due(row: dict[str, Any]) -> str:
    if not is_missing(row["revisit_due"]):
        return f"revisit by {pd.Timestamp(row['revisit_due']):%Y-%m-%d}"
    return "no due date"


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
            f"{upper_first(facts.organisation)} entered enhanced monitoring (Engage) {_on(last['date'])}; our sources show no end "
            "of it."
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
    return Finding(rule, sentence, severity, figures, Link("force"))
