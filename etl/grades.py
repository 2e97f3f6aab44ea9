"""Grades on a full grid: every force, every question of every cycle, each with a grade or the reason for none."""

from __future__ import annotations

import pandas as pd

from etl.reference import Reference
from vocabulary import Status

COLUMNS = [
    "force_code", "cycle", "level", "question", "grade", "grade_order", "status", "published", "source_url",
    "source_kind", "source_id",
]  # fmt: skip
KEY = ["force_code", "cycle", "question"]


def grades(rows: pd.DataFrame, counts: pd.DataFrame, reference: Reference) -> pd.DataFrame:
    """Rows of table ``grade``.

    Args:
        rows: the grades that sources show.
        counts: announced numbers of areas at each grade.

    Returns:
        One row for each force, cycle and question that the cycle asks. A question without a row is ``not_found``,
        unless the force's list is complete (as many grades as announced): then it is ``not_in_report``.
    """
    grid = pd.DataFrame(
        [
            (force.force_code, cycle, question.level, question.question)
            for force in reference.forces
            for question in reference.questions
            for cycle in question.cycles
        ],
        columns=["force_code", "cycle", "level", "question"],
    )
    known = rows.drop(columns="level")
    full = grid.merge(known, on=KEY, how="left")
    complete = complete_lists(rows, counts)
    listed = pd.MultiIndex.from_frame(full[["force_code", "cycle"]]).isin(complete)
    absent = full["status"].isna()
    full.loc[absent, "status"] = Status.NOT_FOUND
    full.loc[absent & listed, "status"] = Status.NOT_IN_REPORT
    order = {grade.grade: grade.order for grade in reference.grades}
    full["grade_order"] = full["grade"].map(order).astype("Int64")
    return full[COLUMNS]


def complete_lists(rows: pd.DataFrame, counts: pd.DataFrame) -> list[tuple[str, str]]:
    """(force, cycle) for which as many grades are known as were announced."""
    graded = rows[rows["status"] == Status.GRADED]
    known = graded.groupby(["force_code", "cycle"]).size()
    announced = counts.set_index(["force_code", "cycle"])["areas_graded"]
    both = pd.concat({"known": known, "announced": announced}, axis=1).dropna()
    return list(both.index[both["known"] == both["announced"]])
