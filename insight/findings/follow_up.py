"""What is due after an inspection, and what is still open: the clock, enhanced monitoring, causes of concern."""

from __future__ import annotations

from typing import Any

import pandas as pd

from insight.findings.finding import Figure, Finding, Link, Severity
from insight.findings.judgments import CASES, kind
from insight.findings.phrases import upper_first
from insight.format import is_missing, listed, on_date, partial_date, plural
from insight.inspections.clock import State, follow_up
from insight.inspections.monitoring import CONCERN, ENGAGE, Standing, spells
from insight.inspections.partial_dates import Span, span_of
from insight.profile.profile import Facts
from insight.tables.judgments import visited_text

LINK = Link("follow-up")
MONITORING = "monitoring_events"
TOPICS = 3  # of causes of concern in a headline
(STARTED, ENDED), (ISSUED, CLOSED) = ENGAGE, CONCERN


def clock(facts: Facts) -> list[Finding]:
    """The newest inspection: what is due after it, what came, and how long after."""
    followed = facts.published(follow_up(facts.inspections, facts.as_of, facts.known_on))
    if followed.empty:
        sentence = f"Our sources show no child protection inspection of {facts.organisation}."
        return [Finding("clock", sentence, sentence, Severity.LIMIT, (), LINK)]
    row = followed.iloc[0].to_dict()
    headline, sentence, severity = _said(facts, row)
    period = str(next((row[name] for name in ("published", "inspected_from", "inspected_to") if not is_missing(row[name])), ""))
    figure = Figure(str(row["inspection_id"]), kind(row), period, None, str(row["revisit_state"]), facts.source_named(CASES))
    return [Finding("clock", headline, sentence, severity, (figure,), LINK)]


def _said(facts: Facts, row: dict[str, Any]) -> tuple[str, str, Severity]:
    """Headline, sentence and severity of the newest inspection's clock."""
    opening = f"The newest {kind(row)} of {facts.organisation} that our sources show"
    if is_missing(row["published"]):
        held = row["inspected_from"] if not is_missing(row["inspected_from"]) else row["inspected_to"]
        dated = "has no known date" if is_missing(held) else f"was held in {partial_date(str(held)[:7])}"
        headline = f"The newest {kind(row)} of {facts.organisation} {dated}; its date of publication is not known."
        return headline, f"{opening} {dated}; without its date of publication nothing due can be worked out.", Severity.LIMIT
    opening = f"{opening} was published {on_date(row['published'])}"
    state = row["revisit_state"]
    subject = f"child protection revisit of {facts.organisation}"
    if state == State.DONE:
        headline = f"{upper_first(kind(row))} of {facts.organisation}: {_came_back(row)}."
        return headline, f"{opening}; {_came_back(row)}.{_unknown_reviews(row)}", Severity.PLAIN
    due = _by(row["revisit_due_first"], row["revisit_due_last"])
    if state == State.NOT_DUE:
        headline = f"A {subject} is due {due}."
        return headline, f"{opening}; a revisit is due {due}, six months after.", Severity.ACTION
    if state == State.OVERDUE:
        headline = f"A {subject} was due {due} and came only later."
        return headline, f"{opening}; a revisit was due {due}, six months after, and came only later.", Severity.ACTION
    headline = f"A {subject} was due {due}; our sources do not show whether it was made."
    sentence = f"{opening}; a revisit was due {due}, six months after, and our sources do not show whether it was made."
    return headline, sentence, Severity.ACTION


def _unknown_reviews(row: dict[str, Any]) -> str:
    """Why no number of days is given: a review without a date may have come before the dated one."""
    undated, dated = int(row["undated_reviews"]), int(row["reviews"]) - int(row["undated_reviews"])
    if not undated or not dated:
        return ""
    which = "A further review has" if undated == 1 else f"{undated} further reviews have"
    return f" {which} no known date and may have come before, so how long after the six months cannot be said."


def _came_back(row: dict[str, Any]) -> str:
    if is_missing(row["visit"]) and is_missing(row["review_published"]):
        return "a review followed, whose date is not known"
    visited = not is_missing(row["visit"])
    came = f"inspectors came back {_during(row)}" if visited else f"its review was published {on_date(row['review_published'])}"
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


def _during(row: dict[str, Any]) -> str:
    """'from 8 to 19 October 2018' where both days of the visit are known, else as much as is."""
    if any(is_missing(row[name]) or len(str(row[name])) < len("2018-10-08") for name in ("visit_from", "visit")):
        return on_date(row["visit"])
    span = visited_text(row["visit_from"], row["visit"])
    return f"from {span}" if row["visit_from"] != row["visit"] else on_date(row["visit"])


def _by(first: Any, last: Any) -> str:
    """'by 5 February 2023', or the month where the day of publication is not known."""
    return f"by {partial_date(last.isoformat() if first == last else last.isoformat()[:7])}"


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
            f"{upper_first(facts.organisation)} entered enhanced monitoring (Engage) {on_date(last['date'])}; our sources show "
            "no end of it."
        )
        return [_event("enhanced monitoring", sentence, sentence, Severity.ACTION, facts, [last])]
    sentence = f"{upper_first(facts.organisation)} left enhanced monitoring (Engage) {on_date(last['date'])}."
    return [_event("enhanced monitoring", sentence, sentence, Severity.PLAIN, facts, [last])]


def _concerns(facts: Facts, events: pd.DataFrame) -> list[Finding]:
    """Causes of concern: later than any end of monitoring they ask for action; before one they are probably met.

    If none waits for its closing, that all were closed is told.
    """
    found = spells(events, CONCERN, facts.as_of)
    issued_here = found[found["started"].notna()]
    waiting = issued_here[issued_here["standing"] != Standing.ENDED]
    is_open = waiting.assign(event=ISSUED, date=waiting["started"]).to_dict("records")
    if not is_open:
        return _all_closed(facts, issued_here)
    listed_topics = "; ".join(f"{_topic(row)} ({partial_date(row['date'])})" for row in is_open)
    concerns = plural(len(is_open), "cause of concern", "causes of concern")
    sentence = f"Our sources show no closing of {concerns} about {facts.organisation}: {listed_topics}."
    headline = f"{concerns} about {facts.organisation}, with no closing in our sources: {_topics(is_open)}."
    issued, ended = _spans(waiting["started"]), _spans(events.loc[events["event"] == ENDED, "date"])
    past = any(end.first > max(span.last for span in issued) for end in ended)
    if past:
        sentence += " Enhanced monitoring has ended since."
    return [_event("causes of concern", headline, sentence, Severity.PLAIN if past else Severity.ACTION, facts, is_open)]


def _all_closed(facts: Facts, issued: pd.DataFrame) -> list[Finding]:
    """Causes of concern that were all closed, each with when; none if our sources show none that was issued."""
    if issued.empty:
        return []
    rows = issued.assign(event=CLOSED, date=issued["ended"]).to_dict("records")
    concerns = plural(len(rows), "cause of concern", "causes of concern")
    told = "; ".join(f"{_topic(row)} (issued {partial_date(row['started'])}{_closing(row)})" for row in rows)
    last = [row for row in rows if row["at_latest"]]
    ending = f"; those that were still open were closed {listed(_days(last))}" if last else ""
    sentence = f"Our sources show {concerns} about {facts.organisation}, all closed: {told}{ending}."
    headline = f"{concerns} about {facts.organisation}, all closed, the last {_days(rows)[-1]}."
    return [_event("causes of concern", headline, sentence, Severity.PLAIN, facts, rows)]


def _closing(row: dict[str, Any]) -> str:
    return "" if row["at_latest"] else f", closed {partial_date(row['ended'])}"


def _days(rows: list[dict[str, Any]]) -> list[str]:
    return [on_date(day) for day in sorted({str(row["ended"]) for row in rows})]


def _topic(row: dict[str, Any]) -> str:
    return str(row["topic"] or "the force as a whole")


def _spans(dates: pd.Series) -> list[Span]:
    return [span for span in map(span_of, dates) if span is not None]


def _topics(rows: list[dict[str, Any]]) -> str:
    """The topics once each, as many as a headline holds."""
    named = list(dict.fromkeys(_topic(row) for row in rows))
    rest = len(named) - TOPICS
    return "; ".join([*named[:TOPICS], f"{rest} more"] if rest > 0 else named)


def _event(rule: str, headline: str, sentence: str, severity: Severity, facts: Facts, rows: list[dict[str, Any]]) -> Finding:
    source = facts.source_named(MONITORING)
    figures = tuple(Figure(str(row["topic"] or rule), str(row["event"]), str(row["date"]), None, "", source) for row in rows)
    return Finding(rule, headline, sentence, severity, figures, LINK)
