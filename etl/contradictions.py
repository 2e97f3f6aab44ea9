"""Judgements that cannot both be right: they refer to an inspection that nobody holds, or that is of another force."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from etl.problems import Problem, Refused
from etl.releases import Release, rows_of

OF_AN_INSPECTION = ("inspection_grades", "recommendations")
ADD_FIRST = "Correct the key, or add that inspection too; several files can be given in one call."


def refuse_contradictions(releases: list[Release]) -> None:
    """Hold judgements of all releases against each other; of those with one key the one that stands counts.

    Raises:
        Refused: naming each row at fault by file, row, column and value.
    """
    inspections, _ = rows_of(releases, "inspections")
    force_of = dict(zip(inspections["inspection_id"], inspections["force_code"], strict=True))
    problems = list(_references(inspections[inspections["follows"].notna()], "follows", force_of))
    for grain in OF_AN_INSPECTION:
        rows, _ = rows_of(releases, grain)
        problems += _references(rows, "inspection_id", force_of)
    if problems:
        raise Refused(problems)


def _references(rows: pd.DataFrame, column: str, force_of: dict[str, str]) -> Iterator[Problem]:
    """Rows whose inspection is not known, is the row itself, or is of another force."""
    for row in rows.to_dict("records"):
        named, force = str(row[column]), str(row["force_code"])
        place = (str(row["file"]), int(row["row_number"]))
        if named not in force_of:
            yield Problem(place[0], "There is no inspection with this key.", ADD_FIRST, place[1], column, named)
        elif column == "follows" and named == row["inspection_id"]:
            mend = "Name the inspection that the review returns to."
            yield Problem(place[0], "A review cannot follow itself.", mend, place[1], column, named)
        elif force_of[named] != force:
            why = f"The inspection {named} is of another force ({force_of[named]})."
            yield Problem(place[0], why, "Correct the force or the inspection.", place[1], "force_code", force)
