"""The follow-up of one force in sentences: the newest inspection, enhanced monitoring, causes of concern, as of a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pandas as pd

from insight.format import grade_name, is_missing, listed, on_date, partial_date, plural, spelt, spelt_plural, upper_first
from insight.inspections.clock import NATIONAL_KIND, State, planned, range_of, visit_of
from insight.inspections.clock_words import NO_PLAN, returned, visited_on
from insight.inspections.monitoring import Standing
from insight.inspections.partial_dates import Span, duration_text, span_of, span_text
from insight.records import records

Row = dict[str, Any]
_COUNTED = {
    State.RETURNED: "HMICFRS had returned after {}",
    State.PASSED: "the planned date had passed without a return after {}",
    State.NOT_KNOWN: "we do not know about {}",
    State.AHEAD: "the planned date was still ahead after {}",
    State.NO_PLAN: "no date was planned after {} graded inspections",
}
_ENGAGE = "enhanced monitoring (Engage)"
_BY_MONTH = " (the report's exact date is not known)"


def opening(followed: pd.DataFrame, graded: pd.DataFrame, name: str, as_of: date) -> str:
    """HMICFRS's newest inspection of a force's child protection, what it planned after it, and what our sources show of that.

    Args:
        followed: rows of ``insight.inspections.clock.follow_up`` of the force on that day, newest first.
        graded: the force's rows of ``insight.queries.inspections.inspection_grades``.
        name: the name of the force's organisation.
        as_of: the day asked about.
    """
    if followed.empty:
        return f"We have found no inspection of child protection at {name} by {span_text(Span(as_of, as_of))}."
    row = followed.iloc[0].to_dict()
    when, what = visit_of(row), f"child protection at {name}"
    during = f" {visited_on(row['inspected_from'], row['inspected_to'])}" if when else ""
    visited = f"HMICFRS inspected {what}{during}"
    grades = _grades(graded[graded["inspection_id"] == row["inspection_id"]])
    published = span_of(row["published"])
    if published is None:
        if row["kind"] != NATIONAL_KIND:
            undated = "" if when else " on a date that is not known to us"
            return " ".join(part for part in (f"{visited}{undated}{grades}.", NO_PLAN) if part)
        back = f" {returned(row)}." if row["revisit_state"] == State.RETURNED else ""
        return f"{visited}. The date of its report is not known to us, so neither are the planned dates.{back}"
    if published.first > as_of:
        return f"{visited}; its report came out later, {on_date(row['published'])}{_recommendations(row)}."
    report = f"and published its report {on_date(row['published'])}{_recommendations(row)}"
    return f"{visited} {report}{grades}. {_plan(row, as_of)} {_return(row)}".strip()


def _grades(graded: pd.DataFrame) -> str:
    """', grading it “good” in the only area whose grade we know'."""
    if graded.empty:
        return ""
    counts = graded.sort_values("grade_order")["grade"].value_counts(sort=False)
    if len(graded) == 1:
        return f", grading it {grade_name(counts.index[0])} in the only area whose grade we know"
    said = listed([f"{grade_name(str(grade))} in {count}" for grade, count in counts.items()])
    return f", grading it {said} of {len(graded)} areas"


def monitoring(engage: pd.DataFrame, concerns: pd.DataFrame, name: str, as_of: date) -> str:
    """Spells of enhanced monitoring and causes of concern of one force, as they stood on a day.

    Args:
        engage: rows of ``insight.inspections.monitoring.spells`` of the force on that day, of enhanced monitoring.
        concerns: likewise, causes of concern.
        name: the force's name.
        as_of: the day asked about.
    """
    spells = [_spell(row, as_of) for row in records(engage)]
    said = f"{upper_first(name)} {'; and '.join(spells)}." if spells else ""
    if concerns.empty:
        return said or f"We have found no record of enhanced monitoring or of a cause of concern for {name}."
    return " ".join(part for part in (said, _concerns(concerns, as_of)) if part)


def counts_sentence(counts: dict[State, int]) -> str:
    """How many inspections stand in each state."""
    said = [_COUNTED[state].format(count) for state, count in counts.items() if count]
    return f"Of {plural(sum(counts.values()), 'inspection')}, {listed(said)}." if said else "No inspection by then."


def _plan(row: Row, as_of: date) -> str:
    """What HMICFRS had planned after an inspection; a day that is ahead is said to be."""
    expected, back = planned(row, "response"), planned(row, "revisit")
    if expected is None or back is None:
        return NO_PLAN
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
        return f"{unsure} – we have found the visit {on_date(row['revisit_visit'])}."
    if not is_missing(row["revisit_report"]):
        return f"{unsure}: it published its review {on_date(row['revisit_report'])}, and the visit has no date."
    if state == State.NO_PLAN and not row["revisits"]:
        return ""
    return "We have not found whether HMICFRS has returned."


def _recommendations(row: Row) -> str:
    return "" if is_missing(row["recommendations"]) else f" with {plural(int(row['recommendations']), 'recommendation')}"


def _spell(row: Row, as_of: date) -> str:
    """One period, by what it had come to on the day: an end of later is said to be later."""
    if is_missing(row["started"]):
        before = "" if row["standing"] == Standing.ENDED else ", before or after this day"
        return f"left {_ENGAGE} {on_date(row['ended'])}{before}; we have found no record of its beginning"
    started, ended = span_of(row["started"]), span_of(row["ended"])
    unsure = ", before or after this day" if started is not None and started.last > as_of else ""
    if ended is None:
        return f"entered {_ENGAGE} {on_date(row['started'])}{unsure}; we have found no record of it ending"
    began = f"was in {_ENGAGE} from {partial_date(row['started'])}{unsure}"
    if row["standing"] == Standing.ENDED:
        return f"{began} to {partial_date(row['ended'])} ({duration_text(range_of(row, 'least', 'most'))})"
    if row["standing"] == Standing.OPEN:
        return f"{began}, and was still in it on this day; it ended later, {on_date(row['ended'])}"
    when = "later" if ended.first > as_of else "before or after this day"
    return f"{began}; it ended {when}, {on_date(row['ended'])}"


def _concerns(concerns: pd.DataFrame, as_of: date) -> str:
    rows = records(concerns)
    issued = [row for row in rows if not is_missing(row["started"])]
    stray = [row for row in rows if is_missing(row["started"])]
    by_day: dict[str, list[str]] = {}
    for row in issued:
        by_day.setdefault(str(row["started"]), []).append(str(row["topic"]))
    said = [
        f"{spelt_plural(len(topics), 'cause')} of concern {_were(len(topics))} issued {on_date(day)} ({listed(topics)})"
        for day, topics in sorted(by_day.items())
    ]
    said = [f"{'; '.join(said)}; {', '.join(_closings(issued, as_of))}"] if issued else []
    if stray:
        sure = "" if all(row["standing"] == Standing.ENDED for row in stray) else f" {_dates(stray)}, before or after this day,"
        joint = "and " if issued else ""
        many = f"{spelt_plural(len(stray), 'cause')} of concern {_were(len(stray))}"
        said.append(f"{joint}{many} closed{sure} of which we have found no issue")
    return upper_first(f"{', '.join(said)}.")


def _were(count: int) -> str:
    return "was" if count == 1 else "were"


def _closings(issued: Sequence[Row], as_of: date) -> list[str]:
    """How many of those issued had been closed by the day, and which closings our sources put later."""
    closed = [row for row in issued if row["standing"] == Standing.ENDED]
    others = [row for row in issued if row["standing"] != Standing.ENDED and not is_missing(row["ended"])]
    rest = [row for row in others if row["at_latest"]]
    later = [row for row in others if not row["at_latest"] and _starts_after(row["ended"], as_of)]
    unsure = [row for row in others if not row["at_latest"] and not _starts_after(row["ended"], as_of)]
    said = [f"{_of_them(len(closed), len(issued))} since been closed{_last_closing(closed)}"] if closed else []
    if not closed and not rest:
        whose = "its" if len(issued) == 1 else "their"
        said = ["none of them had been closed by this day"] if others else [f"we have found no record of {whose} closure"]
    said += [f"{len(later)} closed later, {_dates(later)}"] if later else []
    said += [f"{len(unsure)} closed {_dates(unsure)}, before or after this day"] if unsure else []
    open_then = f"how many were still open on this day is not known (those that remained were closed {_dates(rest)})"
    return said + ([open_then] if rest else [])


def _of_them(closed: int, issued: int) -> str:
    """'it has', 'all have', 'two of them have'."""
    if closed == issued:
        return "it has" if issued == 1 else "all have"
    return f"{spelt(closed)} of them {'has' if closed == 1 else 'have'}"


def _last_closing(closed: Sequence[Row]) -> str:
    """The day on which all that were still open were closed, if any were closed so."""
    rest = [row for row in closed if row["at_latest"]]
    if not rest:
        return ""
    return f", {_dates(rest)} at the latest" if len(closed) == 1 else f", the last of them {_dates(rest)}"


def _starts_after(text: Any, as_of: date) -> bool:
    span = span_of(text)
    return span is not None and span.first > as_of


def _dates(rows: Sequence[Row]) -> str:
    return listed([on_date(day) for day in sorted({str(row["ended"]) for row in rows})])
