"""Enhanced monitoring (Engage) and causes of concern: what began, what ended, and what that proves on a given day."""

from __future__ import annotations

from collections import Counter
from datetime import date
from enum import StrEnum
from typing import Any

import pandas as pd

from insight.inspections.partial_dates import Span, days_between, span_of
from insight.records import records
from vocabulary import MonitoringEvent

ENGAGE = (MonitoringEvent.ENGAGE_STARTED, MonitoringEvent.ENGAGE_ENDED)
CONCERN = (MonitoringEvent.CONCERN_ISSUED, MonitoringEvent.CONCERN_CLOSED)
# Closes, without naming them, all causes of concern of a force that are open.
REMAINING = MonitoringEvent.REMAINING_CLOSED
REVISITED = MonitoringEvent.CONCERNS_REVISITED
Row = dict[str, Any]


class Standing(StrEnum):
    """Whether something that began still stood on a day."""

    ENDED = "Ended"
    OPEN = "Still open"
    NOT_KNOWN = "Not known"


MEANINGS = {
    Standing.ENDED: "it had ended by the date shown",
    Standing.OPEN: "it had begun, and ended after the date shown",
    Standing.NOT_KNOWN: "we have found no record of it ending, or only of it having ended by a later date, or the dates are not "
    "precise enough",
}


def spells(events: pd.DataFrame, kinds: tuple[str, str], as_of: date) -> pd.DataFrame:
    """Beginnings and ends matched: a row a spell that can have begun by the day, in order of force and beginning.

    Args:
        events: rows of ``insight.queries.inspections.events``.
        kinds: the events that begin and end a spell: ``ENGAGE`` or ``CONCERN``.
        as_of: the day asked about.

    Returns:
        force_code, force_name, short_code, topic, started, ended (as precise as known, or None), started_url, started_kind,
        started_origin, ended_url, ended_kind, ended_origin, at_latest (it ended with all that were still open, so that day or
        before), standing (``Standing``), least and most (days that it lasted, missing unless both ends are known; no least if
        it ended at the latest then).
    """
    rows = [row for row in records(events) if row["event"] in kinds]
    if kinds == CONCERN:
        rows += _closings_of_all(rows, [row for row in records(events) if row["event"] == REMAINING])
    matched = []
    groups = dict.fromkeys((row["force_code"], row["topic"]) for row in rows)
    for force, topic in groups:
        same = [row for row in rows if (row["force_code"], row["topic"]) == (force, topic)]
        matched += _matched(same, kinds)
    kept = [_spell(began, ended, as_of) for began, ended in matched if _can_have_begun(began, ended, as_of)]
    kept.sort(key=lambda row: (row["force_name"], row["_first"], row["topic"]))
    return pd.DataFrame([{name: row[name] for name in _COLUMNS} for row in kept], columns=list(_COLUMNS)).astype(
        {"least": "Int64", "most": "Int64"}
    )


def not_closed(found: pd.DataFrame) -> pd.DataFrame:
    """Spells that are not recorded as ended; one without a beginning is a closing alone."""
    return found[found["started"].notna() & (found["standing"] != Standing.ENDED)]


_COLUMNS = (
    "force_code", "force_name", "short_code", "topic", "started", "ended", "started_url", "started_kind", "started_origin",
    "ended_url", "ended_kind", "ended_origin", "at_latest", "standing", "least", "most",
)  # fmt: skip


def _closings_of_all(rows: list[Row], at_once: list[Row]) -> list[Row]:
    """A closing for each cause of concern that was open when all were closed; one without a topic if we know of none.

    What closes the rest names none of them: each may have been closed before, without our sources showing it.
    """
    closings: list[Row] = []
    for event in sorted(at_once, key=lambda row: _span(row).last):
        of_force = [row for row in (*rows, *closings) if row["force_code"] == event["force_code"]]
        before = [row for row in of_force if _span(row).last <= _span(event).last]
        known = Counter(row["topic"] for row in before if row["event"] == CONCERN[0])
        known.subtract(row["topic"] for row in before if row["event"] == CONCERN[1])
        topics = list(known.elements()) or [""]
        closings += [{**event, "event": CONCERN[1], "topic": topic, "at_latest": True} for topic in topics]
    return closings


def _matched(rows: list[Row], kinds: tuple[str, str]) -> list[tuple[Row | None, Row | None]]:
    """Each end goes to the last beginning before it that has none yet; what finds no partner stands alone."""
    ordered = sorted(rows, key=lambda row: (_span(row).last, row["event"] != kinds[0]))
    pairs: list[tuple[Row | None, Row | None]] = []
    for row in ordered:
        if row["event"] == kinds[0]:
            pairs.append((row, None))
            continue
        waiting = [index for index, (began, ended) in enumerate(pairs) if began is not None and ended is None]
        if waiting:
            pairs[waiting[-1]] = (pairs[waiting[-1]][0], row)
        else:
            pairs.append((None, row))
    return pairs


def _can_have_begun(began: Row | None, ended: Row | None, as_of: date) -> bool:
    """Without a beginning, nothing is known of the days before its end."""
    known = began or ended
    return known is not None and _span(known).first <= as_of


def _spell(began: Row | None, ended: Row | None, as_of: date) -> Row:
    start = _span(began) if began else None
    end = _span(ended) if ended else None
    known = began or ended or {}
    days = days_between(start, end)
    at_latest = bool(ended and ended.get("at_latest"))
    return {
        **{name: known[name] for name in ("force_code", "force_name", "short_code", "topic")},
        **_side("started", began),
        **_side("ended", ended),
        "at_latest": at_latest,
        "standing": _standing(start, end, as_of, at_latest=at_latest),
        "least": None if days[0] is None or at_latest else max(days[0], 0),
        "most": days[1],
        "_first": (start or end or Span(date.max, date.max)).first,
    }


def _standing(start: Span | None, end: Span | None, as_of: date, *, at_latest: bool) -> Standing:
    if end is not None and end.last <= as_of:
        return Standing.ENDED
    if start is not None and start.last <= as_of and end is not None and end.first > as_of and not at_latest:
        return Standing.OPEN
    return Standing.NOT_KNOWN


def _side(name: str, event: Row | None) -> Row:
    return {
        name: event["date"] if event else None,
        f"{name}_url": event["source_url"] if event else None,
        f"{name}_kind": event["source_kind"] if event else None,
        f"{name}_origin": event["origin"] if event else None,
    }


def _span(row: Row) -> Span:
    span = span_of(row["date"])
    if span is None:
        raise ValueError(f"a monitoring event without a date: {row['event']}, {row['force_code']}")
    return span
