"""What HMICFRS planned after an inspection and what came, and what is still open: enhanced monitoring, causes of concern."""

from __future__ import annotations

from typing import Any

import pandas as pd

from insight.findings.finding import Finding, Link, Severity
from insight.findings.judgments import CASES, kind
from insight.findings.phrases import upper_first
from insight.format import is_missing, listed, on_date, partial_date, plural
from insight.inspections.clock import State, follow_up, planned
from insight.inspections.clock_words import returned
from insight.inspections.monitoring import CONCERN, ENGAGE, Standing, spells
from insight.inspections.partial_dates import Span, span_of
from insight.profile.evidence import Evidence
from insight.profile.profile import Profile

LINK = Link("follow-up")
MONITORING = "monitoring_events"
TOPICS = 3  # of causes of concern in a headline
(STARTED, ENDED), (ISSUED, CLOSED) = ENGAGE, CONCERN
NO_PLAN = "No date of return is reckoned after it: the plan of six months is for national child protection inspections."


def clock(facts: Profile) -> list[Finding]:
    """The newest inspection: when HMICFRS planned to return, when it did, and how long after."""
    followed = facts.published(follow_up(facts.inspections, facts.as_of, facts.known_on))
    if followed.empty:
        sentence = f"Our sources show no child protection inspection of {facts.organisation}."
        return [Finding("clock", sentence, sentence, Severity.LIMIT, (), LINK)]
    row = followed.iloc[0].to_dict()
    headline, sentence, severity = _said(facts, row)
    period = str(next((row[name] for name in ("published", "inspected_from", "inspected_to") if not is_missing(row[name])), ""))
    figure = Evidence(str(row["inspection_id"]), kind(row), period, None, str(row["revisit_state"]), facts.source_named(CASES))
    return [Finding("clock", headline, sentence, severity, (figure,), LINK)]


def _said(facts: Profile, row: dict[str, Any]) -> tuple[str, str, Severity]:
    """Headline, sentence and severity of what followed the newest inspection."""
    subject = f"{kind(row)} of {facts.organisation}"
    state, plan = row["revisit_state"], planned(row, "revisit")
    if is_missing(row["published"]):
        held = row["inspected_from"] if not is_missing(row["inspected_from"]) else row["inspected_to"]
        dated = "has no known date" if is_missing(held) else f"was held in {partial_date(str(held)[:7])}"
    else:
        dated = f"was published {on_date(row['published'])}"
    opening = f"The newest {subject} that our sources show {dated}"
    if state == State.RETURNED:
        return f"{upper_first(subject)}: {returned(row)}.", f"{opening}; {returned(row)}.", Severity.PLAIN
    if state == State.NO_PLAN:
        return f"The newest {subject} {dated}.", f"{opening}. {NO_PLAN}", Severity.PLAIN
    if plan is None:
        headline = f"The newest {subject} {dated}; its date of publication is not known."
        return headline, f"{opening}; without its date of publication the planned return is not known.", Severity.LIMIT
    due, headline = _by(plan), f"HMICFRS planned to return to {facts.organisation} on child protection"
    sentence = f"{opening}; HMICFRS planned to return {due}, six months after"
    if state == State.AHEAD:
        return f"{headline} {due}.", f"{sentence}.", Severity.ACTION
    came = "and returned only later" if state == State.PASSED else "and our sources do not show whether it did"
    return f"{headline} {due}, {came}.", f"{sentence}, {came}.", Severity.ACTION


def _by(plan: Span) -> str:
    """'by 5 February 2023', or the month where the day of publication is not known."""
    return f"by {partial_date(plan.last.isoformat() if plan.exact else plan.last.isoformat()[:7])}"


def monitoring(facts: Profile) -> list[Finding]:
    """Enhanced monitoring that goes on or has ended, and causes of concern without a closing in our sources."""
    events = facts.published(facts.events, "date")
    if events.empty:
        return []
    return _engage(facts, events) + _concerns(facts, events)


def _engage(facts: Profile, events: pd.DataFrame) -> list[Finding]:
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


def _concerns(facts: Profile, events: pd.DataFrame) -> list[Finding]:
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


def _all_closed(facts: Profile, issued: pd.DataFrame) -> list[Finding]:
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


def _event(rule: str, headline: str, sentence: str, severity: Severity, facts: Profile, rows: list[dict[str, Any]]) -> Finding:
    source = facts.source_named(MONITORING)
    figures = tuple(Evidence(str(row["topic"] or rule), str(row["event"]), str(row["date"]), None, "", source) for row in rows)
    return Finding(rule, headline, sentence, severity, figures, LINK)
