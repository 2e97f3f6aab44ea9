"""Protecting vulnerable people: each force's grade on it, its child protection inspections and a measure, side by side."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from insight.format import Words, is_missing, partial_date
from insight.inspections.case_audits import name_of
from insight.inspections.clock import short_kind, span_or_none, visit_of
from insight.inspections.grade_tables import cycle_columns, grade_cell
from insight.inspections.partial_dates import span_of
from insight.tables.figures import verdict_heading, verdict_word
from insight.tables.model import Column, Link, Look, Table, figure, link_to, table_from
from vocabulary import PROTECTING

QUESTION = PROTECTING
ORDERS = {
    "name": "Name",
    "region": "Region",
    "worst": "Worst grade first",
    "best": "Best grade first",
    "inspected": "Last visit, longest ago first",
    "value": "Highest figure first",
}
Row = dict[str, Any]


def side_by_side(grades: pd.DataFrame, inspections: pd.DataFrame, measured: pd.DataFrame, newest: str) -> pd.DataFrame:
    """A row a force: region, its newest inspection or review with a date, its newest audit, its figure, its newest grade's place.

    Args:
        grades: grades of the question, every cycle.
        inspections: all inspections and reviews.
        measured: rows of ``insight.queries.figures.forces_in_year``.
        newest: the cycle that the orders by grade go by.

    Returns:
        The columns of ``measured`` with grade_order, visit_first (first day of the newest visit, None where its report alone is
        dated), last (the row of the newest visit), audit (the row of the newest audit with a result); the last two are
        dictionaries or None.
    """
    place = grades[grades["cycle"] == newest].set_index("force_code")["grade_order"].to_dict()
    by_force: dict[str, list[Row]] = {}
    for row in inspections.to_dict("records"):
        by_force.setdefault(str(row["force_code"]), []).append(row)
    rows = []
    for row in measured.to_dict("records"):
        held = sorted(by_force.get(row["area_code"], []), key=_day)
        dated = [one for one in held if _day(one)]
        audited = [one for one in held if not is_missing(one["cases_audited"]) and not is_missing(one["cases_good"])]
        last = dated[-1] if dated else None
        rows.append(
            {
                **row,
                "grade_order": place.get(row["area_code"]),
                "visit_first": _day(last) if last and visit_of(last) else None,
                "last": last,
                "audit": audited[-1] if audited else None,
            }
        )
    return pd.DataFrame(rows)


def ordered(frame: pd.DataFrame, by: str) -> pd.DataFrame:
    """Rows in the reader's order (a key of ``ORDERS``); those without a value for it come last."""
    column, ascending = {
        "name": ("area_name", True),
        "region": ("region", True),
        "worst": ("grade_order", False),
        "best": ("grade_order", True),
        "inspected": ("visit_first", True),
        "value": ("value", False),
    }[by]
    return frame.sort_values("area_name").sort_values(column, ascending=ascending, kind="stable", na_position="last")


def protecting_table(
    frame: pd.DataFrame,
    grades: pd.DataFrame,
    cycles: pd.DataFrame,
    my_force: str,
    measure: Row,
    words: tuple[Words, Mapping[str, str]],
    caption: str,
) -> Table:
    """The table: grades of the question by cycle with the seam, then inspection, case files and figure.

    Args:
        frame: rows of ``side_by_side`` in order.
        grades: grades of the question, every cycle.
        cycles: cycle, position, comparable_with_previous.
        my_force: its row is marked.
        measure: short_title, unit, decimals, kind, independent.
        words: of grade statuses for the cells, of figure statuses for the figure.
        caption: what the table is, read out before it.
    """
    asked = set(grades["cycle"])
    columns = [row for row in cycles.sort_values("position", ascending=False).to_dict("records") if row["cycle"] in asked]
    cells = {(row["force_code"], row["cycle"]): row for row in grades.to_dict("records")}
    after = ("Last inspected", "Case files, newest audit", str(measure["short_title"]), verdict_heading())
    headings = [Column("Force"), *cycle_columns(columns), *map(Column, after)]
    rows, mine = [], []
    for row in frame.to_dict("records"):
        held = [(cells.get((row["area_code"], one["cycle"])), str(one["cycle"])) for one in columns]
        rows.append(
            [
                str(row["area_name"]),
                *(grade_cell(grade, words[0], f"{QUESTION}, {row['area_name']}, {cycle}") for grade, cycle in held),
                _visit(row["last"]),
                _audit(row["audit"]),
                figure(row, int(measure["decimals"]), str(measure["unit"]), words[1]),
                verdict_word(row, measure),
            ]
        )
        mine.append(row["area_code"] == my_force)
    return table_from(caption, headings, rows, mine, Look.LISTING)


def protecting_sentence(grades: pd.DataFrame, name: str, labels: Mapping[str, str]) -> str:
    """A force's grade on the question, cycle by cycle, with the seam said.

    Args:
        grades: the force's grades of the question.
        name: its name.
        labels: words of the grade statuses.
    """
    ordered_rows = grades.sort_values("cycle_position").to_dict("records")
    parts = [
        f"{row['cycle']} {str(row['grade']).lower() if not is_missing(row['grade']) else labels[row['status']].lower()}"
        for row in ordered_rows
    ]
    seam = " The inspectorate says that these cycles cannot be compared." if len(parts) > 1 else ""
    return f"{name}, protecting vulnerable people: {'; '.join(parts)}.{seam}"


def _visit(row: Row | None) -> tuple[str | Link, ...]:
    if row is None:
        return ("not found",)
    visit = visit_of(row)
    when = partial_date(visit) if visit else f"report of {partial_date(row['published'])}"
    return f"{when}, {short_kind(row)}", _link(row)


def _audit(row: Row | None) -> tuple[str | Link, ...]:
    if row is None:
        return ("not found",)
    parts = [
        f"{int(row[f'cases_{grade}'])} {word}"
        for grade, word in (("good", "good"), ("requires_improvement", "requiring improvement"), ("inadequate", "inadequate"))
        if not is_missing(row[f"cases_{grade}"])
    ]
    return f"{', '.join(parts)} of {int(row['cases_audited'])}", _link(row)


def _link(row: Row) -> Link | str:
    return link_to(row["source_url"], row["source_kind"], row["origin"], about=name_of(row))


def _day(row: Row | None) -> str:
    span = span_of(visit_of(row) or span_or_none(row["published"])) if row else None
    return span.first.isoformat() if span else ""
