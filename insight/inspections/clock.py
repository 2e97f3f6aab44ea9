"""The follow-up clock: what was due after an inspection, what our sources show of it, and what that proves on a given day.

Three answers are kept apart. Done: a source shows it. Overdue on the evidence: it was due, and a source shows that it came only
later than the day asked about. Not known: all else, for a visit that our sources do not show may yet have been made.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any

import pandas as pd

from insight.inspections.partial_dates import UNKNOWN, Range, Span, days_between, span_of

RESPONSE_WEEKS = 6
REVISIT_MONTHS = 6
REVIEW_KIND = "NCPI post-inspection review"
SHORT_KINDS = {"NCPI": "inspection", REVIEW_KIND: "review", "Child protection inspection (graded)": "graded inspection"}
REINSPECTION = "re-inspection"
Row = dict[str, Any]


class State(StrEnum):
    """Where a duty stands on a day."""

    DONE = "Done"
    OVERDUE = "Overdue on the evidence"
    NOT_KNOWN = "Not known"
    NOT_DUE = "Not due yet"


MEANINGS = {
    State.DONE: "a source shows that inspectors came back, by the day asked about",
    State.OVERDUE: "the due date had passed, and a source shows that inspectors came back only after the day asked about",
    State.NOT_KNOWN: "our sources do not say; no lateness is claimed, for what we did not find may have happened",
    State.NOT_DUE: "the due date had not passed",
}


def follow_up(inspections: pd.DataFrame, as_of: date, known_on: date) -> pd.DataFrame:
    """What followed each inspection that had come out, or been made, by a day.

    Args:
        inspections: rows of ``insight.queries.inspections.inspections``, of whole forces: a review is matched by ``follows``.
        as_of: the day asked about.
        known_on: the day up to which our sources can have known anything (of the build).

    Returns:
        A row an inspection (reviews are what happened to one, not rows of their own), newest first, with the columns given and
        response_due_first, response_due_last, revisit_due_first, revisit_due_last (dates or None), response_state,
        revisit_state (``State``), reviews (how many), undated_reviews, visit and visit_from (its end and its
        beginning, as precise as known, or None), review_published,
        review_url, review_kind, visit_least, visit_most (days after the due date, to the visit or, while it is overdue, to
        ``as_of``), report_least, report_most (to the publication of the review).
    """
    rows = inspections.to_dict("records")
    reviews: dict[str, list[Row]] = {}
    for row in rows:
        if span_or_none(row["follows"]) is not None:
            reviews.setdefault(str(row["follows"]), []).append(row)
    kept = [row for row in rows if row["kind"] != REVIEW_KIND and _begun(row, as_of)]
    made = [{**row, **_clock(row, reviews.get(str(row["inspection_id"]), []), as_of, known_on)} for row in kept]
    made.sort(key=lambda row: row["_when"] or date.min, reverse=True)
    columns = [*inspections.columns, *_COLUMNS]
    frame = pd.DataFrame([{name: row[name] for name in columns} for row in made], columns=columns)
    return frame.astype({name: "Int64" for name in _COLUMNS if name.endswith(("_least", "_most"))})


_COLUMNS = (
    "response_due_first", "response_due_last", "revisit_due_first", "revisit_due_last", "response_state", "revisit_state",
    "reviews", "undated_reviews", "visit", "visit_from", "review_published", "review_url", "review_kind", "visit_least",
    "visit_most", "report_least", "report_most",
)  # fmt: skip


def known_so_far(inspections: pd.DataFrame) -> pd.DataFrame:
    """``follow_up`` of every inspection on the last of days: all that our sources show, whatever the day."""
    return follow_up(inspections, date.max, date.max)


def short_kind(row: Row) -> str:
    """'inspection', 'graded inspection', 'review', or 're-inspection' where a whole inspection returned to an earlier one."""
    if row["kind"] != REVIEW_KIND and span_or_none(row.get("follows")) is not None:
        return REINSPECTION
    return SHORT_KINDS.get(str(row["kind"]), str(row["kind"]).lower())


def counted(followed: pd.DataFrame) -> dict[State, int]:
    """How many revisits stand in each state, every state named."""
    held = followed["revisit_state"].tolist()
    return {state: held.count(state) for state in State}


def visit_of(row: Row) -> Any:
    """When inspectors were there: the end of the visit where it is known, else its start, else None."""
    return span_or_none(row["inspected_to"]) or span_or_none(row["inspected_from"])


def span_or_none(text: Any) -> str | None:
    """A text as it is, and None for every kind of nothing that a frame may hold."""
    return text if isinstance(text, str) and text else None


def _begun(row: Row, as_of: date) -> bool:
    """Whether the inspection can have been under way on the day; one without any date is never left out."""
    starts = [span.first for span in map(span_of, (row["inspected_from"], row["published"])) if span is not None]
    return not starts or min(starts) <= as_of


def _clock(row: Row, reviews: list[Row], as_of: date, known_on: date) -> Row:
    published = span_of(span_or_none(row["published"]))
    response_due = published.later(weeks=RESPONSE_WEEKS) if published else None
    revisit_due = published.later(months=REVISIT_MONTHS) if published else None
    undated = [review for review in reviews if _latest(review) is None]
    dated = sorted((review for review in reviews if _latest(review) is not None), key=lambda one: _latest(one) or date.max)
    first = dated[0] if dated else (undated[0] if undated else None)
    state = _revisit_state(revisit_due, dated, undated, as_of, known_on)
    visit = span_of(visit_of(first)) if first else None
    report = span_of(span_or_none(first["published"])) if first else None
    return {
        "response_due_first": response_due.first if response_due else None,
        "response_due_last": response_due.last if response_due else None,
        "revisit_due_first": revisit_due.first if revisit_due else None,
        "revisit_due_last": revisit_due.last if revisit_due else None,
        "response_state": _response_state(response_due, as_of),
        "revisit_state": state,
        "reviews": len(reviews),
        "undated_reviews": len(undated),
        "visit": visit_of(first) if first else None,
        "visit_from": span_or_none(first["inspected_from"]) if first else None,
        "review_published": span_or_none(first["published"]) if first else None,
        "review_url": span_or_none(first["source_url"]) if first else None,
        "review_kind": span_or_none(first["source_kind"]) if first else None,
        **_named("visit", _late(state, revisit_due, visit, report, bool(undated), as_of)),
        **_named("report", days_between(revisit_due, report) if state == State.DONE else UNKNOWN),
        "_when": _first_day(row),
    }


def _revisit_state(due: Span | None, dated: list[Row], undated: list[Row], as_of: date, known_on: date) -> State:
    latest = [_latest(review) for review in dated]
    if any(day is not None and day <= as_of for day in latest) or (undated and as_of >= known_on):
        return State.DONE
    if due is not None and as_of <= due.first:
        return State.NOT_DUE
    visits = [span_of(visit_of(review)) for review in dated]
    # A review whose publication alone is known may rest on a visit of long before.
    later = [visit is not None and visit.first > as_of for visit in visits]
    if due is not None and as_of > due.last and later and all(later) and not undated:
        return State.OVERDUE
    return State.NOT_KNOWN


def _response_state(due: Span | None, as_of: date) -> State:
    """Our sources hold no answers of forces, so that one that was due is never more than not known."""
    return State.NOT_DUE if due is not None and as_of <= due.first else State.NOT_KNOWN


def _late(state: State, due: Span | None, visit: Span | None, report: Span | None, undated: bool, as_of: date) -> Range:
    """Days from the due date to the visit; the report's date bounds a visit whose own is not known."""
    if due is None or state not in (State.DONE, State.OVERDUE):
        return UNKNOWN
    if state == State.OVERDUE:
        return days_between(due, Span(as_of, as_of))
    least, most = days_between(due, visit) if visit else (None, days_between(due, report)[1])
    return (None if undated else least), most  # a review without a date may have come before the dated one


def _latest(review: Row) -> date | None:
    """The day by which a review had certainly been made: the visit's last, or its report's."""
    spans = [span_of(visit_of(review)), span_of(span_or_none(review["published"]))]
    return min((span.last for span in spans if span is not None), default=None)


def _first_day(row: Row) -> date | None:
    spans = [span_of(span_or_none(row[name])) for name in ("published", "inspected_to", "inspected_from")]
    return next((span.first for span in spans if span is not None), None)


def _named(name: str, days: Range) -> Row:
    return {f"{name}_least": days[0], f"{name}_most": days[1]}
