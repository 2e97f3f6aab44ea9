"""Graded child protection inspections: the areas of each, every grade linked to the page it was read from."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import pandas as pd

from insight.format import Words, grade_name, listed, plural
from insight.inspections.clock import month_of
from insight.inspections.grade_tables import grade_cell
from insight.records import records
from insight.sources import OWN_SITE
from insight.tables.model import Column, Look, Table, table_from
from vocabulary import Status

FORCE_OR_PCC = (".police.uk", "pcc.gov.uk", "pcc.org.uk", "pcc.police.uk")
Row = dict[str, Any]


def teller_of(url: str) -> str:
    """Who told a grade, by the site of its page: a grade's row does not carry it, and a doubtful site counts as the press."""
    host = (urlsplit(url).hostname or "").lower()
    if host.endswith(OWN_SITE):
        return "hmicfrs"
    return "force_or_pcc" if host.endswith(FORCE_OR_PCC) else "press"


def graded_areas(grades: pd.DataFrame, my_force: str, words: Words, caption: str) -> Table:
    """A row an inspection, a column an area; an area without a grade in our sources is "not found".

    Args:
        grades: rows of ``insight.queries.inspections.inspection_grades``.
        my_force: its rows are marked.
        words: labels and symbols of the grade statuses.
        caption: what the table is, read out before it.
    """
    areas = sorted(grades["area"].unique())
    rows, mine = [], []
    for _, same in grades.groupby("inspection_id", sort=False):
        held = {row["area"]: row for row in records(same)}
        first = next(iter(held.values()))
        name = f"{first['force_name']}, {month_of(first)}"
        rows.append([name, *(grade_cell(_graded(held.get(area)), words, f"{area}, {name}") for area in areas)])
        mine.append(first["force_code"] == my_force)
    return table_from(caption, [Column("Force"), *map(Column, areas)], rows, mine, Look.MATRIX_WIDE)


def areas_sentence(grades: pd.DataFrame) -> str:
    """'In 7 graded child protection inspections, HMICFRS graded 6 areas “good” and 5 areas “inadequate”; 11 of …'

    Args:
        grades: rows of ``insight.queries.inspections.inspection_grades``.
    """
    if grades.empty:
        return ""
    counts = grades.sort_values("grade_order")["grade"].value_counts(sort=False)
    said = listed([f"{plural(count, 'area')} {grade_name(str(grade))}" for grade, count in counts.items()])
    inspections = grades["inspection_id"].nunique()
    asked = plural(inspections * grades["area"].nunique(), "grade")
    known = f"{len(grades)} of {asked} {'is' if len(grades) == 1 else 'are'} known"
    return f"In {plural(inspections, 'graded child protection inspection')}, HMICFRS graded {said}; {known}."


def _graded(row: Row | None) -> Row:
    if row is None:
        return {"grade": None, "status": Status.NOT_FOUND, "source_url": None}
    return {**row, "status": Status.GRADED, "source_kind": teller_of(str(row["source_url"]))}
