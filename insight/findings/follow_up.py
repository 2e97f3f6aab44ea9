"""What HMICFRS planned after an inspection and what came, and what is still open: enhanced monitoring, causes of concern."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import Any

import pandas as pd

from insight.findings.finding import Finding, Link, Severity
from insight.findings.judgements import CASES, kind
from insight.format import is_missing, listed, on_date, partial_date, spelt_plural, upper_first
from insight.inspections.clock import State, follow_up, planned
from insight.inspections.clock_words import NO_PLAN, returned
from insight.inspections.monitoring import CONCERN, ENGAGE, not_closed, spells
from insight.inspections.partial_dates import Span
from insight.profile.profile import Evidence, Profile
from insight.records import records
from insight.sources import reported_in_brackets

LINK = Link("follow-up")
MONITORING = "monitoring_events"
TOPICS = 3  # of causes of concern in a headline
RECENT = 3  # years after a planned return within which not knowing of it asks for attention
(STARTED, ENDED), (ISSUED, CLOSED) = ENGAGE, CONCERN


def clock(facts: Profile) -> list[Finding]:
    """The newest inspection: when HMICFRS planned to return, when it did, and how long after."""
    followed = facts.published(follow_up(facts.inspections, facts.as_of, facts.known_on))
    if followed.empty:
        sentence = f"We have found no child protection inspection of {facts.organisation}."
        return [Finding("clock", sentence, sentence, Severity.LIMIT, (), LINK)]
    row = followed.iloc[0].to_dict()
    headline, sentence, severity = _said(facts, row)
    period = str(next((row[name] for name in ("published", "inspected_from", "inspected_to") if not is_missing(row[name])), ""))
    figure = Evidence(str(row["inspection_id"]), kind(row), period, None, str(row["revisit_state"]), facts.source_named(CASES))
    return [Finding("clock", headline, sentence, severity, (figure,), LINK)]


def _said(facts: Profile, row: dict[str, Any]) -> tuple[str, str, Severity]:
    """Headline, sentence and severity of what followed the newest inspection."""
    what, who = kind(row), facts.organisation
    state, plan = row["revisit_state"], planned(row, "revisit")
    if not is_missing(row["published"]):
        opening = f"The latest {what} of {who} was published {on_date(row['published'])}"
    else:
        held = row["inspected_from"] if not is_missing(row["inspected_from"]) else row["inspected_to"]
        dated = "has no date known to us" if is_missing(held) else f"was in {partial_date(str(held)[:7])}"
        opening = f"The latest {what} of {who} {dated}"
    if state == State.RETURNED:
        since = "" if is_missing(row["published"]) else f" published {on_date(row['published'])}"
        return f"After the {what} of {who}{since}, {returned(row)}.", f"{opening}. {upper_first(returned(row))}.", Severity.PLAIN
    if state == State.NO_PLAN:
        return f"{opening}.", f"{opening}. {NO_PLAN}", Severity.PLAIN
    if plan is None:
        missing = "the report's date is not known, so neither is the date of the planned return"
        return f"{opening}.", f"{opening}; {missing}.", Severity.LIMIT
    headline = f"HMICFRS planned to return to {who} on child protection {_by(plan)}"
    sentence = f"{opening}. HMICFRS planned to return {_by(plan)}, six months later"
    if state == State.AHEAD:
        return f"{headline}.", f"{sentence}.", Severity.ACTION
    came = "and returned only later" if state == State.PASSED else "and we have found no record that it did"
    asks = Severity.ACTION if plan.last.year + RECENT >= facts.as_of.year else Severity.PLAIN
    return f"{headline}, {came}.", f"{sentence}, {came}.", asks


def _by(plan: Span) -> str:
    """'by 5 February 2023', or the month where the day of publication is not known."""
    return f"by {partial_date(plan.last.isoformat() if plan.exact else plan.last.isoformat()[:7])}"


def monitoring(facts: Profile) -> list[Finding]:
    """Enhanced monitoring that goes on or has ended, and causes of concern, with those that we have no record of being closed."""
    events = facts.published(facts.events, "date")
    if events.empty:
        return []
    return _engage(facts, events) + _concerns(facts, events)


def monitoring_status(facts: Profile) -> str:
    """What HMICFRS is following up, for the opening paragraph: monitoring, else causes of concern; nothing for neither."""
    events = facts.published(facts.events, "date")
    if events.empty:
        return ""
    last = _last_of_monitoring(events)
    waiting = _waiting(facts, events)
    if last is not None and last["event"] == STARTED:
        return f"It entered enhanced monitoring {_in_month(last)}{_told_by(last)}, and we have found no record of it ending."
    left = "" if last is None else f"It left enhanced monitoring {_in_month(last)}{_told_by(last)}"
    still = _not_closed(waiting) if waiting else ""
    told = "; ".join(part for part in (left, still) if part)
    return f"{upper_first(told)}." if told else ""


def _told_by(event: dict[str, Any]) -> str:
    return reported_in_brackets(event["source_kind"])


def _in_month(event: dict[str, Any]) -> str:
    return on_date(str(event["date"])[:7])


def _last_of_monitoring(events: pd.DataFrame) -> dict[str, Any] | None:
    """The last beginning or end of enhanced monitoring, or None."""
    rows = events[events["event"].isin([STARTED, ENDED])].sort_values("date", kind="stable")
    return None if rows.empty else {str(name): value for name, value in rows.iloc[-1].to_dict().items()}


def _engage(facts: Profile, events: pd.DataFrame) -> list[Finding]:
    last = _last_of_monitoring(events)
    if last is None:
        return []
    who = upper_first(facts.organisation)
    if last["event"] == STARTED:
        sentence = f"{who} entered enhanced monitoring (Engage) {on_date(last['date'])}; we have found no record of it ending."
        return [_event("enhanced monitoring", sentence, sentence, Severity.ACTION, facts, [last])]
    sentence = f"{who} left enhanced monitoring (Engage) {on_date(last['date'])}."
    return [_event("enhanced monitoring", sentence, sentence, Severity.PLAIN, facts, [last])]


def _waiting(facts: Profile, events: pd.DataFrame) -> list[dict[str, Any]]:
    """Causes of concern that are not recorded as closed."""
    rows = not_closed(spells(events, CONCERN, facts.as_of))
    return records(rows.assign(event=ISSUED, date=rows["started"]))


def _concerns(facts: Profile, events: pd.DataFrame) -> list[Finding]:
    """Causes of concern that are not recorded as closed ask for action, monitored or not; else that all were closed."""
    is_open = _waiting(facts, events)
    if not is_open:
        found = spells(events, CONCERN, facts.as_of)
        return _all_closed(facts, found[found["started"].notna()])
    topics = _by_what_is_said([(_topic(row), f"issued {partial_date(row['date'])}") for row in is_open])
    about = f" about {facts.organisation}"
    been = "it has" if len(is_open) == 1 else "they have"
    sentence = f"HMICFRS issued {_many(is_open)}{about} ({topics}); we have found no record that {been} been closed."
    headline = f"{upper_first(_not_closed(is_open, f'{about} ({_topics(is_open)})'))}."
    last = _last_of_monitoring(events)
    if last is not None and last["event"] == ENDED:
        sentence += f" Enhanced monitoring ended {_in_month(last)}."
    return [_event("causes of concern", headline, sentence, Severity.ACTION, facts, is_open)]


def _many(rows: list[dict[str, Any]]) -> str:
    return spelt_plural(len(rows), "cause of concern", "causes of concern")


def _not_closed(rows: list[dict[str, Any]], about: str = "") -> str:
    """'two causes of concern about Wiltshire Police are not recorded as closed'."""
    return f"{_many(rows)}{about} {'is' if len(rows) == 1 else 'are'} not recorded as closed"


def _all_closed(facts: Profile, issued: pd.DataFrame) -> list[Finding]:
    """Causes of concern that were all closed, each with when; none if none was issued."""
    if issued.empty:
        return []
    rows = records(issued.assign(event=CLOSED, date=issued["ended"]))
    concerns = _many(rows)
    topics = _by_what_is_said([(_topic(row), f"issued {partial_date(row['started'])}{_closing(row)}") for row in rows])
    last = [row for row in rows if row["at_latest"]]
    ending = f" Those that were still open were closed {listed(_days(last))}." if last else ""
    sentence = f"HMICFRS issued {concerns} about {facts.organisation} and has closed {_them(rows)} ({topics}).{ending}"
    headline = f"HMICFRS has closed {'the' if len(rows) == 1 else 'all'} {concerns} about {facts.organisation}"
    headline += f", the last {_days(rows)[-1]}." if len(rows) > 1 else f" {_days(rows)[-1]}."
    return [_event("causes of concern", headline, sentence, Severity.PLAIN, facts, rows)]


def _them(rows: list[dict[str, Any]]) -> str:
    return "it" if len(rows) == 1 else "all of them"


def _closing(row: dict[str, Any]) -> str:
    return "" if row["at_latest"] else f", closed {partial_date(row['ended'])}"


def _days(rows: list[dict[str, Any]]) -> list[str]:
    return [on_date(day) for day in sorted({str(row["ended"]) for row in rows})]


def _topic(row: dict[str, Any]) -> str:
    return str(row["topic"] or "the force as a whole")


def _by_what_is_said(told: list[tuple[str, str]]) -> str:
    """'vulnerable people; planning, both issued 7 July 2022; call handling, issued 1 May 2023': a date is said once."""
    parts = []
    for said, rows in groupby(told, itemgetter(1)):
        named = [topic for topic, _ in rows]
        of = {1: "", 2: "both "}.get(len(named), "all ")
        parts.append(f"{'; '.join(named)}, {of}{said}")
    return "; ".join(parts)


def _topics(rows: list[dict[str, Any]]) -> str:
    """The topics once each, as many as a headline holds."""
    named = list(dict.fromkeys(_topic(row) for row in rows))
    rest = len(named) - TOPICS
    return "; ".join([*named[:TOPICS], f"{rest} more"] if rest > 0 else named)


def _event(rule: str, headline: str, sentence: str, severity: Severity, facts: Profile, rows: list[dict[str, Any]]) -> Finding:
    source = facts.source_named(MONITORING)
    figures = tuple(Evidence(str(row["topic"] or rule), str(row["event"]), str(row["date"]), None, "", source) for row in rows)
    return Finding(rule, headline, sentence, severity, figures, LINK)
