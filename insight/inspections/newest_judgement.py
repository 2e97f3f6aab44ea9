"""What inspectors judged last of a force's child protection, in words: areas that they graded, or case files they audited."""

from __future__ import annotations

from typing import Any

import pandas as pd

from insight.format import grade_name, is_missing, listed, plural
from insight.inspections.case_audits import GRADES, change_sentence
from insight.inspections.clock import day_of, month_of, newest_first, short_kind, visit_of
from insight.inspections.standing import last_visit
from insight.records import records

Row = dict[str, Any]


def judgement_sentence(inspections: pd.DataFrame, grades: pd.DataFrame, changed: pd.DataFrame, name: str) -> str:
    """What the newest dated inspection or review found, and whether that is a change; one without a date is told after it.

    Args:
        inspections: rows of ``insight.queries.inspections.inspections``, of one force.
        grades: rows of ``insight.queries.inspections.inspection_grades``, of that force.
        changed: rows of ``insight.inspections.case_audits.changes``, of that force.
        name: its organisation's name.
    """
    graded = set(grades["inspection_id"])
    held = [row for row in newest_first(records(inspections)) if _judged(row, graded)]
    held.sort(key=lambda row: not day_of(row))  # stable: the dated ones first, each part in its order
    if not held:
        return _nothing(inspections, name)
    first = held[0]
    areas = grades[grades["inspection_id"] == first["inspection_id"]]
    if len(areas):
        return _graded(first, areas, name)
    # Of an audit only the size may be known: the next one with results is told too.
    further = [] if _files(first) else [row for row in held[1:] if _files(row)][:1]
    told = [_audited(row, name) for row in (first, *further)]
    told.append(change_sentence(_of(changed, (first, *further)[-1])))
    return " ".join(part for part in told if part)


def _judged(row: Row, graded: set[Any]) -> bool:
    return row["inspection_id"] in graded or not is_missing(row["cases_audited"])


def _of(changed: pd.DataFrame, row: Row) -> pd.DataFrame:
    """The tests in which an inspection or review is one of the two sides."""
    return changed[(changed["review_id"] == row["inspection_id"]) | (changed["inspection_id"] == row["inspection_id"])]


def _visit(row: Row) -> str:
    """'review of April 2023', or that it has no known date."""
    if not day_of(row):
        return f"{short_kind(row)}, date not known"
    return f"{short_kind(row)} of {month_of(row)}" if visit_of(row) else f"{short_kind(row)}, {month_of(row)}"


def _graded(row: Row, areas: pd.DataFrame, name: str) -> str:
    """The grades of the areas, lowest first, with how many areas had each."""
    lowest_first = areas.sort_values("grade_order", ascending=False)
    counts = [(grade_name(str(grade)), len(same)) for grade, same in lowest_first.groupby("grade", sort=False)]
    if len(areas) == 1:
        return f"HMICFRS graded {name} {counts[0][0]} in the only area whose grade we know ({_visit(row)})."
    if len(counts) == 1:
        every = "both" if len(areas) == 2 else f"all {len(areas)}"
        return f"HMICFRS graded {name} {counts[0][0]} in {every} areas whose grades we know ({_visit(row)})."
    parts = [f"{grade} in {count}" for grade, count in counts]
    return f"HMICFRS graded {name} {listed(parts)} of the {len(areas)} areas whose grades we know ({_visit(row)})."


def _files(row: Row) -> list[str]:
    """How many case files had which grade, as far as published."""
    found = [(grade, row[f"cases_{grade}"]) for grade in GRADES]
    return [f"{int(count)} {grade_name(grade.replace('_', ' '))}" for grade, count in found if not is_missing(count)]


def _audited(row: Row, name: str) -> str:
    said = f"HMICFRS audited {plural(int(row['cases_audited']), 'case file')} of {name} ({_visit(row)})"
    files = _files(row)
    if not files:
        return f"{said}; we have not found how it graded them."
    counts = [row[f"cases_{grade}"] for grade in GRADES]
    rest = int(row["cases_audited"]) - sum(int(count) for count in counts if not is_missing(count))
    return f"{said} and graded {listed(files)}{f'; we have not found how it graded the other {rest}' if rest > 0 else ''}."


def _nothing(inspections: pd.DataFrame, name: str) -> str:
    said = f"We have found no grades and no audited case files of child protection inspections of {name}."
    last = last_visit(inspections)
    return said if last is None else f"{said} The last that we know of: {_visit(last)}."
