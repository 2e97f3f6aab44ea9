"""Protecting vulnerable people: each force's grade on it, its child protection inspections and a measure, side by side."""

from __future__ import annotations

from typing import Any

import pandas as pd

from insight.cycles import advice
from insight.format import Words, grade_name, is_missing, listed, partial_date
from insight.inspections.case_audits import name_of
from insight.inspections.clock import day_of, short_kind, visit_of
from insight.inspections.grade_tables import cycle_columns, grade_cell
from insight.records import records
from insight.tables.figures import verdict_heading, verdict_word
from insight.tables.model import Column, Link, Look, Table, figure, link_to, table_from
from vocabulary import PROTECTING

ORDERS = {
    "name": "Name",
    "region": "Region",
    "worst": "Lowest grade first",
    "best": "Highest grade first",
    "inspected": "Last visit, longest ago first",
    "value": "Highest figure first",
}
Row = dict[str, Any]


def side_by_side(grades: pd.DataFrame, inspections: pd.DataFrame, measured: pd.DataFrame, cycle: str) -> pd.DataFrame:
    """One row per force: its newest dated inspection or review, newest audit, figure, and the place of its grade in a cycle.

    Args:
        grades: grades of the question, every cycle.
        inspections: all inspections and reviews.
        measured: rows of ``insight.queries.figures.forces_in_year``.
        cycle: the cycle that the orders by grade go by.

    Returns:
        The columns of ``measured`` with grade_order, visit_first (first day of the newest visit, None where its report alone is
        dated), last (the row of the newest visit), audit (the row of the newest audit with a result); the last two are
        dictionaries or None.
    """
    place = grades[grades["cycle"] == cycle].set_index("force_code")["grade_order"].to_dict()
    by_force: dict[str, list[Row]] = {}
    for row in records(inspections):
        by_force.setdefault(str(row["force_code"]), []).append(row)
    rows = []
    for row in records(measured):
        held = sorted(by_force.get(row["area_code"], []), key=day_of)
        dated = [one for one in held if day_of(one)]
        audited = [one for one in held if not is_missing(one["cases_audited"]) and not is_missing(one["cases_good"])]
        last = dated[-1] if dated else None
        rows.append(
            {
                **row,
                "grade_order": place.get(row["area_code"]),
                "visit_first": day_of(last) if last and visit_of(last) else None,
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
    words: tuple[Words, Words],
    caption: str,
) -> Table:
    """The table, my force marked: grades of the question by cycle with the seam, then inspection, case files and figure.

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
    columns = [row for row in records(cycles.sort_values("position", ascending=False)) if row["cycle"] in asked]
    cells = {(row["force_code"], row["cycle"]): row for row in records(grades)}
    after = ("Last inspected", "Case files, newest audit", str(measure["short_title"]), verdict_heading())
    headings = [Column("Force"), *cycle_columns(columns, cycles), *map(Column, after)]
    rows, mine = [], []
    for row in records(frame):
        held = [(cells.get((row["area_code"], one["cycle"])), str(one["cycle"])) for one in columns]
        rows.append(
            [
                str(row["area_name"]),
                *(grade_cell(grade, words[0], f"{PROTECTING}, {row['area_name']}, {cycle}") for grade, cycle in held),
                _visit(row["last"]),
                _audit(row["audit"]),
                figure(row, measure, words[1]),
                verdict_word(row, measure),
            ]
        )
        mine.append(row["area_code"] == my_force)
    return table_from(caption, headings, rows, mine, Look.LISTING)


def protecting_sentence(grades: pd.DataFrame, cycles: pd.DataFrame, name: str, first: str = "") -> str:
    """A force's grade on the question in every cycle, and which cycles cannot be compared.

    Args:
        grades: the force's grades of the question.
        cycles: all cycles.
        name: its organisation's name.
        first: the cycle that is told first; the newest if left out.
    """
    rows = records(grades.sort_values("cycle_position", ascending=False))
    rows.sort(key=lambda row: row["cycle"] != first)
    known = [f"{grade_name(row['grade'])} in {row['cycle']}" for row in rows if not is_missing(row["grade"])]
    lacking = [str(row["cycle"]) for row in rows if is_missing(row["grade"])]
    about = "for protecting vulnerable people"
    if not known:
        return f"We have not found a grade of {name} {about}."
    apart = advice(cycles, set(grades.loc[grades["grade"].notna(), "cycle"]))
    unknown = f" We have not found its grade of {listed(lacking)}." if lacking else ""
    return f"HMICFRS graded {name} {listed(known)} {about}.{f' {apart}' if apart else ''}{unknown}"


def _visit(row: Row | None) -> Link | str:
    if row is None:
        return "not found"
    visit = visit_of(row)
    when = partial_date(visit) if visit else f"report of {partial_date(row['published'])}"
    return _link(row, f"{when}, {short_kind(row)}")


def _audit(row: Row | None) -> Link | str:
    if row is None:
        return "not found"
    parts = [
        f"{letter} {int(row[f'cases_{grade}'])}"
        for grade, letter in (("good", "G"), ("requires_improvement", "R"), ("inadequate", "I"))
        if not is_missing(row[f"cases_{grade}"])
    ]
    return _link(row, f"{', '.join(parts)} of {int(row['cases_audited'])} ({day_of(row)[:4] or 'date not known'})")


def _link(row: Row, text: str) -> Link | str:
    return link_to(row["source_url"], row["source_kind"], row["origin"], text, about=name_of(row))
