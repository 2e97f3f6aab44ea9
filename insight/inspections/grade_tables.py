"""Grades as tables whose cells open the page each was read from: forces by question, and one force's questions by cycle."""

from __future__ import annotations

from typing import Any

import pandas as pd

from insight.charts.palette import grade_cell_style
from insight.format import Words, is_missing, partial_date
from insight.sources import source_name
from insight.tables.model import Column, Grade, Link, Look, Table, table_from

NOT_IN_CYCLE = "not_in_cycle"
MARKS = {"press": "p", "force_or_pcc": "f"}
ADDED = "u"
MARKS_KEY = (
    "Small letters: p told by the press, f told by the force or its commissioner, u added by a user; none: the inspectorate."
)
GRID_KEY = "× not asked in this cycle, ? our sources do not show it, · not in this report, – not graded."
SEAM = "Grades on either side of a double line cannot be compared: the inspectorate says so."
Row = dict[str, Any]


def grade_cell(row: Row | None, words: Words, about: str) -> Grade:
    """A grade's letter on its colour, linked to its source; or the symbol of why there is none.

    Args:
        row: grade, status, source_url, source_kind, origin; None where the cycle does not ask the question.
        words: labels and symbols of the statuses.
        about: what is graded, for the pointer's label: 'Investigating crime, Wiltshire'.
    """
    status = NOT_IN_CYCLE if row is None else str(row["status"] if is_missing(row["grade"]) else row["grade"])
    style = grade_cell_style(status, words)
    if row is None or is_missing(row["source_url"]):
        return Grade(status, style.letter, style.name)
    told = source_name(row["source_kind"], row["origin"])
    mark = MARKS.get(str(row["source_kind"]), "") + (ADDED if row["origin"] != "publisher" else "")
    published = "" if is_missing(row["published"]) else f", published {partial_date(row['published'])}"
    title = f"{style.name}: {about}{published}. Told by {told}. Opens the source."
    link = Link(str(row["source_url"]), style.letter, title, f"{style.name}, told by {told}", mark)
    return Grade(status, style.letter, style.name, link)


def cycle_column(cycle: Row) -> Column:
    """The head of a cycle's column, with a double line before it where it cannot be compared with the cycle before."""
    seam = not is_missing(cycle["comparable_with_previous"]) and not bool(cycle["comparable_with_previous"])
    return Column(str(cycle["cycle"]), title="Not comparable with the cycle before" if seam else "", seam=seam)


def grade_matrix(
    grades: pd.DataFrame,
    questions: pd.DataFrame,
    order: list[str],
    my_force: str,
    words: Words,
    caption: str,
    sorted_by: str = "",
) -> Table:
    """A real table of forces and questions of one cycle.

    Args:
        grades: grades of one cycle, of the forces in ``order``.
        questions: every question of the cycle's level; those that the cycle does not ask come last and say so in their cells.
        order: force codes in the order of the rows.
        my_force: its row is marked.
        words: labels and symbols of the statuses.
        caption: what the table is, read out before it.
        sorted_by: 'ascending' where the rows stand in order of the force's name.
    """
    same = questions[questions["level"] == grades["level"].iloc[0]].sort_values("position")
    here = same["question"].isin(grades["question"])
    asked = [*same[here].to_dict("records"), *same[~here].to_dict("records")]
    cells = {(row["force_code"], row["question"]): row for row in grades.to_dict("records")}
    names = grades.drop_duplicates("force_code").set_index("force_code")["force_name"]
    rows = [
        [
            names[force],
            *(grade_cell(cells.get((force, one["question"])), words, f"{one['question']}, {names[force]}") for one in asked),
        ]
        for force in order
    ]
    columns = [Column("Force", order=sorted_by), *(Column(str(one["short_title"]), title=str(one["question"])) for one in asked)]
    return table_from(caption, columns, rows, [force == my_force for force in order], Look.MATRIX)


def force_grades(grades: pd.DataFrame, cycles: pd.DataFrame, questions: pd.DataFrame, words: Words, caption: str) -> Table:
    """One force's grades, a row a question and a column a cycle, with a double line at every seam.

    Args:
        grades: all grades of one force.
        cycles: cycle, position, comparable_with_previous.
        questions: question, position, short_title.
    """
    ordered = cycles.sort_values("position").to_dict("records")
    cells = {(row["question"], row["cycle"]): row for row in grades.to_dict("records")}
    columns = [Column("Question"), *map(cycle_column, ordered)]
    rows = [
        [
            str(one["question"]),
            *(
                grade_cell(cells.get((one["question"], row["cycle"])), words, f"{one['question']}, {row['cycle']}")
                for row in ordered
            ),
        ]
        for one in questions.sort_values("position").to_dict("records")
    ]
    return table_from(caption, columns, rows, look=Look.MATRIX_CYCLES)
