"""Where a planned return of the inspectorate stands on a day, from the dates that the warehouse stores.

Returned: a source shows it. Planned date passed: a source shows that inspectors returned only later than the day asked about.
Not known: all else, for a visit that our sources do not show may yet have been made. What is planned for which inspection, and
how many days lie between plan, visit and report, is reckoned at load (``etl.inspections``) and only read here.
"""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from typing import Any

import pandas as pd

from insight.format import is_missing, partial_date
from insight.inspections.partial_dates import UNKNOWN, Range, Span, days_between, span_of
from insight.records import records
from vocabulary import InspectionKind

NATIONAL_KIND = InspectionKind.NATIONAL
REVIEW_KIND = InspectionKind.REVIEW
SHORT_KINDS: dict[str, str] = {
    NATIONAL_KIND: "inspection",
    REVIEW_KIND: "review",
    InspectionKind.GRADED: "graded inspection",
}
KINDS_IN_FULL: dict[str, str] = {
    NATIONAL_KIND: "National child protection inspection",
    REVIEW_KIND: "Post-inspection review",
    InspectionKind.GRADED: "Graded child protection inspection",
}
REINSPECTION = "re-inspection"
Row = dict[str, Any]


class State(StrEnum):
    """Where a return stands on a day."""

    RETURNED = "Returned"
    PASSED = "Planned date passed"
    NOT_KNOWN = "Not known"
    AHEAD = "Planned date ahead"
    NO_PLAN = "No planned date"


MEANINGS = {
    State.RETURNED: "a source shows that HMICFRS had returned by the date shown",
    State.PASSED: "the planned date had passed, and a source shows that HMICFRS returned only after the date shown",
    State.NOT_KNOWN: "not known to us; HMICFRS may have returned without our having found it",
    State.AHEAD: "the planned date had not passed",
    State.NO_PLAN: "a graded inspection, after which no date of return is set",
}


def follow_up(inspections: pd.DataFrame, as_of: date, known_on: date) -> pd.DataFrame:
    """What followed each inspection that had come out, or been made, by a day.

    Args:
        inspections: rows of ``insight.queries.inspections.inspections``.
        as_of: the day asked about. It decides the state and which inspections had begun; the stored dates stay as they are.
        known_on: the day up to which our sources can have known anything (of the build).

    Returns:
        One row per inspection (reviews are what happened to one, not rows of their own), in the order of ``by_visit``, with the
        columns given and revisit_state (``State``), days_past_due_least, days_past_due_most (days from the planned date to
        ``as_of``; only while the state is ``State.PASSED``).
    """
    rows = [row for row in records(inspections) if row["kind"] != REVIEW_KIND and _begun(row, as_of)]
    rows = newest_first(rows)
    states = [state_on(row, as_of, known_on) for row in rows]
    past = [
        days_between(planned(row, "revisit"), Span(as_of, as_of)) if state == State.PASSED else UNKNOWN
        for row, state in zip(rows, states, strict=True)
    ]
    frame = pd.DataFrame(rows, columns=inspections.columns).assign(
        revisit_state=states, days_past_due_least=[days[0] for days in past], days_past_due_most=[days[1] for days in past]
    )
    return frame.astype({name: "Int64" for name in frame.columns if name.startswith("days_")})


def state_on(row: Row, as_of: date, known_on: date) -> State:
    """Where the return to an inspection stands on a day."""
    latest = _latest_return(row)
    if (latest is not None and latest <= as_of) or (row["revisits_undated"] and as_of >= known_on):
        return State.RETURNED
    plan = planned(row, "revisit")
    if plan is None:
        return State.NOT_KNOWN if row["kind"] == NATIONAL_KIND else State.NO_PLAN
    if as_of <= plan.first:
        return State.AHEAD
    earliest = _earliest_return(row, plan)
    return State.PASSED if as_of > plan.last and earliest is not None and as_of < earliest else State.NOT_KNOWN


def planned(row: Row, name: str) -> Span | None:
    """The stored date of the action plan or the return (``name``: 'response' or 'revisit'); None where none is reckoned."""
    first, last = row[f"{name}_due_first"], row[f"{name}_due_last"]
    return None if is_missing(first) else Span(pd.Timestamp(first).date(), pd.Timestamp(last).date())


def days_after_due(row: Row) -> Range:
    """The stored days from the planned return to the visit, fewest and most: what outputs say of the clock."""
    return range_of(row, "days_after_due_visit_least", "days_after_due_visit_most")


def range_of(row: Row, least: str, most: str) -> Range:
    """Two columns of a row as fewest and most days."""
    values = (None if is_missing(row[name]) else int(row[name]) for name in (least, most))
    return next(values), next(values)


def by_visit(inspections: pd.DataFrame) -> pd.DataFrame:
    """Inspections and reviews, the newest visit first; one whose visit has no date by its report, an undated one last.

    An undated graded inspection comes with the first graded ones: these followed all that the national programme inspected.
    """
    places = newest_first([{**row, "_place": place} for place, row in enumerate(records(inspections))])
    return inspections.iloc[[row["_place"] for row in places]]


def newest_first(rows: list[Row]) -> list[Row]:
    """The rows in the order of ``by_visit``."""
    days = [_first_day(row, "inspected_to", "inspected_from", "published") for row in rows]
    graded = [day for row, day in zip(rows, days, strict=True) if day is not None and row["kind"] == InspectionKind.GRADED]
    undated = {InspectionKind.GRADED: min(graded, default=date.max)}
    keys = [day or undated.get(row["kind"], date.min) for row, day in zip(rows, days, strict=True)]
    return [rows[place] for place in sorted(range(len(rows)), key=lambda place: keys[place], reverse=True)]


def short_kind(row: Row) -> str:
    """'inspection', 'graded inspection', 'review', or 're-inspection' where a whole inspection returned to an earlier one."""
    if row["kind"] != REVIEW_KIND and span_or_none(row.get("follows")) is not None:
        return REINSPECTION
    return SHORT_KINDS.get(str(row["kind"]), str(row["kind"]).lower())


def kind_in_full(row: Row) -> str:
    """'National child protection inspection', with ', re-inspection' where it returned to an earlier one."""
    kind = KINDS_IN_FULL.get(str(row["kind"]), str(row["kind"]))
    return f"{kind}, {REINSPECTION}" if short_kind(row) == REINSPECTION else kind


def counted(followed: pd.DataFrame) -> dict[State, int]:
    """How many returns stand in each state, every state named."""
    held = followed["revisit_state"].tolist()
    return {state: held.count(state) for state in State}


def visit_of(row: Row) -> Any:
    """When inspectors were there: the end of the visit where it is known, else its start, else None."""
    return span_or_none(row["inspected_to"]) or span_or_none(row["inspected_from"])


def day_of(row: Row) -> str:
    """The first day, as ISO has it, that the visit can mean, else the report; empty where neither is dated."""
    span = span_of(visit_of(row) or span_or_none(row["published"]))
    return span.first.isoformat() if span else ""


def month_of(row: Row) -> str:
    """'April 2023' by the visit, 'report of April 2023' where that alone is dated, else 'date not known'."""
    visit, published = visit_of(row), span_or_none(row["published"])
    if visit:
        return partial_date(visit[:7])
    return f"report of {partial_date(published[:7])}" if published else "date not known"


def span_or_none(text: Any) -> str | None:
    """A text as it is, and None for every kind of nothing that a frame may hold."""
    return text if isinstance(text, str) and text else None


def _begun(row: Row, as_of: date) -> bool:
    """Whether the inspection can have been under way on the day; one without any date is never left out."""
    starts = [span.first for span in map(span_of, (row["inspected_from"], row["published"])) if span is not None]
    return not starts or min(starts) <= as_of


def _latest_return(row: Row) -> date | None:
    """The day by which inspectors had certainly returned: the visit's last, or its report's."""
    spans = [span_of(row["revisit_visit"]), span_of(row["revisit_report"])]
    return min((span.last for span in spans if span is not None), default=None)


def _earliest_return(row: Row, plan: Span) -> date | None:
    """The first day on which they can have been there; None where a return has no date or only that of its report."""
    least = days_after_due(row)[0]
    if least is None:
        return None
    begun = span_of(row["revisit_visit_from"])
    ended = plan.last + timedelta(days=least)
    return ended if begun is None else min(begun.first, ended)


def _first_day(row: Row, *names: str) -> date | None:
    spans = (span_of(row[name]) for name in names)
    return next((span.first for span in spans if span is not None), None)
