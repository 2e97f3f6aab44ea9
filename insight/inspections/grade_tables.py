"""Grades as tables whose cells open the page each was read from: forces by question, and one force's questions by cycle."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pandas as pd

from insight.charts import palette
from insight.charts.palette import grade_cell_style
from insight.cycles import are_apart
from insight.format import Words, is_missing, partial_date
from insight.records import records
from insight.sources import REPORTERS, reported, source_name
from insight.tables.model import Column, Grade, Link, Look, Table, table_from
from vocabulary import LOW_GRADES, Origin, SourceKind, Status

MARKS: dict[str, str] = {SourceKind.PRESS: "p", SourceKind.FORCE_OR_PCC: "f"}
ADDED = "u"
MARKS_KEY = (
    f"Small letter: p = {reported(SourceKind.PRESS)}, f = by {REPORTERS[SourceKind.FORCE_OR_PCC]}, u = added by a user. "
    "No letter = HMICFRS."
)
SMALL_LETTERS = f"raised p from {REPORTERS[SourceKind.PRESS]}, f from {REPORTERS[SourceKind.FORCE_OR_PCC]}"
EMPTY_CELL = "An empty cell: not asked in this cycle."
SEAM = "Grades on either side of a double line cannot be compared."
Row = dict[str, Any]


def grade_cell(row: Row | None, words: Words, about: str) -> Grade:
    """A grade's letter on its colour, linked to its source; or the symbol of why there is none.

    Args:
        row: grade, status, source_url, source_kind, origin; None where the cycle does not ask the question.
        words: labels and symbols of the statuses.
        about: what is graded, for the pointer's label: 'Investigating crime, Wiltshire'.
    """
    status = Status.NOT_IN_CYCLE if row is None else str(row["status"] if is_missing(row["grade"]) else row["grade"])
    style = grade_cell_style(status, words)
    if row is None or is_missing(row["source_url"]):
        return Grade(status, "" if row is None else style.letter, style.name)
    told = source_name(row["source_kind"], row["origin"])
    mark = MARKS.get(str(row["source_kind"]), "") + (ADDED if row["origin"] != Origin.PUBLISHER else "")
    published = "" if is_missing(row["published"]) else f", published {partial_date(row['published'])}"
    title = f"{style.name}: {about}{published}. As reported by {told}. Opens the source."
    link = Link(str(row["source_url"]), style.letter, title, f"{style.name}, as reported by {told}", mark)
    return Grade(status, style.letter, style.name, link)


def grade_in_full(row: Row | None, words: Words, about: str) -> Grade:
    """The same cell with the grade's name in place of its letter."""
    cell = grade_cell(row, words, about)
    return replace(cell, letter=cell.text, link=cell.link and replace(cell.link, text=cell.text))


def cycle_columns(newest_first: Sequence[Row], cycles: pd.DataFrame) -> list[Column]:
    """The heads of cycles' columns, newest first, with a double line before one that the later cycle cannot be compared with."""
    names = [str(cycle["cycle"]) for cycle in newest_first]
    seams = [False, *(are_apart(cycles, one, later) for later, one in pairwise(names))]
    return [
        Column(name, title="Not comparable with the cycle to its left" if seam else "", seam=seam)
        for name, seam in zip(names, seams, strict=True)
    ]


def grade_matrix(
    grades: pd.DataFrame,
    questions: pd.DataFrame,
    order: list[str],
    my_force: str,
    words: Words,
    caption: str,
    sorted_by: str = "",
    first: str = "",
) -> Table:
    """A real table of forces and the questions that one cycle asked, with how many grades are known in each column's head.

    Args:
        grades: grades of one cycle, of all forces that the heads count.
        questions: every question; those that the cycle did not ask are left out.
        order: codes of the forces to show, in the order of the rows.
        my_force: its row is marked.
        words: labels and symbols of the statuses.
        caption: what the table is, read out before it.
        sorted_by: 'ascending' where the rows stand in order of the force's name.
        first: the question whose column comes first.
    """
    same = questions[questions["question"].isin(grades["question"])].sort_values("position")
    asked = sorted(records(same), key=lambda one: one["question"] != first)
    cells = {(row["force_code"], row["question"]): row for row in records(grades)}
    names = grades.drop_duplicates("force_code").set_index("force_code")["force_name"]
    rows = [
        [
            names[force],
            *(grade_cell(cells.get((force, one["question"])), words, f"{one['question']}, {names[force]}") for one in asked),
        ]
        for force in order
    ]
    counted = {one["question"]: counts_note(grades[grades["question"] == one["question"]]) for one in asked}
    heads = [Column(str(one["short_title"]), title=str(one["question"]), note=counted[one["question"]]) for one in asked]
    return table_from(
        caption, [Column("Force", order=sorted_by), *heads], rows, [force == my_force for force in order], Look.MATRIX
    )


def counts_note(grades: pd.DataFrame) -> str:
    """'34 of 43 known; R 18, I 1': how many grades of a question are known, and how many of them are below adequate."""
    counts = [(palette.grade_style(grade).mark, int((grades["grade"] == grade).sum())) for grade in LOW_GRADES]
    low = [f"{mark}\N{NO-BREAK SPACE}{count}" for mark, count in counts if count]
    known = f"{int(grades['grade'].notna().sum())} of {len(grades)} known"
    return f"{known}; {', '.join(low)}" if low else known


def force_grades(grades: pd.DataFrame, cycles: pd.DataFrame, questions: pd.DataFrame, words: Words, caption: str) -> Table:
    """One force's grades, one row per question and one column per cycle, newest first, a double line at every seam.

    Args:
        grades: all grades of one force.
        cycles: cycle, position, comparable_with_previous.
        questions: question, position, short_title.
    """
    ordered = records(cycles.sort_values("position", ascending=False))
    cells = {(row["question"], row["cycle"]): row for row in records(grades)}
    columns = [Column("Question"), *cycle_columns(ordered, cycles)]
    rows = [
        [
            str(one["question"]),
            *(
                grade_cell(cells.get((one["question"], row["cycle"])), words, f"{one['question']}, {row['cycle']}")
                for row in ordered
            ),
        ]
        for one in sorted(records(questions), key=lambda one: (ordered[0]["cycle"] not in one["cycles"], one["position"]))
    ]
    return table_from(caption, columns, rows, look=Look.MATRIX_CYCLES)
