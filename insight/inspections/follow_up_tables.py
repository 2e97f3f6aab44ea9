"""What followed inspections as tables: returns, causes of concern and spells of monitoring, each with its sources."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd

from insight.format import is_missing, partial_date, upper_first
from insight.inspections.clock import State, range_of, short_kind, visit_of
from insight.inspections.clock_words import compared_text, due_text, review_text, visit_text
from insight.inspections.monitoring import Standing
from insight.inspections.partial_dates import duration_text
from insight.records import records
from insight.tables.model import Column, Look, PartialDate, Table, link_to, table_from, table_of

SYMBOLS = {State.RETURNED: "✓", State.PASSED: "!", State.NOT_KNOWN: "?", State.AHEAD: "–", State.NO_PLAN: "·"}
STANDINGS = {Standing.ENDED: "✓", Standing.OPEN: "!", Standing.NOT_KNOWN: "?"}
ORDERS = {
    "newest": "Inspection, newest first",
    "force": "Force",
    "state": "Return, planned date passed first",
    "days": "Days after the planned date, most first",
    "due": "Planned return, earliest first",
}
_STATE_ORDER = (State.PASSED, State.NOT_KNOWN, State.AHEAD, State.NO_PLAN, State.RETURNED)
_SORTED_COLUMN = {
    "newest": ("Inspection", "descending"),
    "force": ("Force", "ascending"),
    "state": ("Return", "other"),
    "days": ("Visit", "descending"),
    "due": ("Planned return", "ascending"),
}
Row = dict[str, Any]


def ordered(followed: pd.DataFrame, by: str) -> pd.DataFrame:
    """Rows of ``follow_up`` in the reader's order (a key of ``ORDERS``); what has no value for it comes last."""
    if by == "newest":
        return followed
    if by == "state":
        return followed.assign(_key=followed["revisit_state"].map(_STATE_ORDER.index)).sort_values("_key", kind="stable")
    columns, ascending = {
        "force": (["force_name"], True),
        # What is known as an upper bound only may have come before the planned date.
        "days": (["days_after_due_visit_least", "days_after_due_visit_most"], False),
        "due": (["revisit_due_last"], True),
    }[by]
    return followed.sort_values(columns, ascending=ascending, kind="stable", na_position="last")


def follow_up_list(followed: pd.DataFrame, my_force: str, by: str, caption: str) -> Table:
    """One row per inspection, every date as precise as known, links to inspection and review."""
    column, direction = _SORTED_COLUMN[by]
    texts = (
        "Force", "Return", "Inspection", "Report published", "Action plan expected", "Planned return", "Visit",
        "Report of the review",
    )  # fmt: skip
    columns = [Column(text, order=direction if text == column else "") for text in texts]
    rows = records(followed)
    mine = [row["force_code"] == my_force for row in rows]
    return table_from(caption, columns, [_list_row(row) for row in rows], mine, Look.LISTING)


def spells_list(spells: pd.DataFrame, my_force: str, caption: str, began: str, ended: str, topic: bool) -> Table:
    """Periods of monitoring or causes of concern: what began and ended when, how it stands and how long it lasted."""
    texts = ("Force", *(("About",) if topic else ()), began, ended, "Status", "Length")
    rows = records(spells)
    cells = [
        [
            str(row["force_name"]),
            *([row["topic"]] if topic else []),
            _side(row, "started", began),
            _side(row, "ended", ended),
            # A cause of concern is closed, monitoring ends: the status has the word of its column.
            f"{STANDINGS[row['standing']]} {ended if row['standing'] == Standing.ENDED else row['standing']}",
            duration_text(range_of(row, "least", "most")),
        ]
        for row in rows
    ]
    mine = [row["force_code"] == my_force for row in rows]
    return table_from(caption, [Column(text) for text in texts], cells, mine, Look.LISTING)


def spells_to_read(spells: pd.DataFrame) -> Table:
    """Periods as a table in words."""
    return table_of(
        [
            {
                "Force": row["force_name"],
                "Began": "not found" if is_missing(row["started"]) else PartialDate(row["started"]),
                "Ended": "not found" if is_missing(row["ended"]) else PartialDate(row["ended"]),
                "Lasted": duration_text(range_of(row, "least", "most")),
            }
            for row in records(spells)
        ]
    )


def list_to_take_away(followed: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """The list as figures: dates sortable and as precise as known, ranges in two columns, the day asked about in each row."""
    columns = [
        "inspection_id", "force_code", "force_name", "kind", "inspected_from", "inspected_to", "published",
        "response_due_first", "response_due_last", "revisit_due_first", "revisit_due_last", "revisit_state", "revisits",
        "revisits_undated", "revisit_id", "revisit_visit_from", "revisit_visit", "revisit_report", "days_after_due_visit_least",
        "days_after_due_visit_most", "days_after_due_report_least", "days_after_due_report_most", "days_past_due_least",
        "days_past_due_most", "source_url", "source_kind", "origin", "revisit_url", "revisit_kind", "revisit_origin",
    ]  # fmt: skip
    return followed[columns].assign(as_of=as_of.isoformat())


def _list_row(row: Row) -> list[Any]:
    when = visit_of(row)
    name = f"{short_kind(row)}, {partial_date(when)}" if when else short_kind(row)
    about = f"{row['force_name']}, {name}"
    past = duration_text(range_of(row, "days_past_due_least", "days_past_due_most"))
    state = f"{past} past it" if row["revisit_state"] == State.PASSED else ""
    review = link_to(row["revisit_url"], row["revisit_kind"], row["revisit_origin"], about=f"review of {about}")
    return [
        str(row["force_name"]),
        (f"{SYMBOLS[row['revisit_state']]} {row['revisit_state']}", state, _undated(row)),
        (upper_first(name), link_to(row["source_url"], row["source_kind"], row["origin"], about=about)),
        PartialDate(row["published"]),
        due_text(row, "response"),
        due_text(row, "revisit"),
        (visit_text(row), compared_text(row)),
        (review_text(row), review),
    ]


def _undated(row: Row) -> str:
    if not row["revisits_undated"]:
        return ""
    dated = row["revisits"] - row["revisits_undated"]
    return f"{row['revisits_undated']} more without a date" if dated else "a review without a date"


def _side(row: Row, name: str, word: str) -> Any:
    """``word``: what the date is, for the name of the link: 'began', 'closed'."""
    if is_missing(row[name]):
        return "not found"
    about = ", ".join(part for part in (str(row["force_name"]), str(row["topic"] or ""), word.lower()) if part)
    when = f"{'by ' if name == 'ended' and row['at_latest'] else ''}{partial_date(row[name])}"
    return when, link_to(row[f"{name}_url"], row[f"{name}_kind"], row[f"{name}_origin"], about=about)
