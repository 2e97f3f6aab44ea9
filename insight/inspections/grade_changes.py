"""Changes of grade from one cycle to the next, only where the inspectorate allows the two to be compared."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pandas as pd

from insight.cycles import may_be_compared
from insight.format import grade_name, is_missing, listed, plural
from insight.records import records
from insight.tables.model import Table, table_of

HIGHER, SAME, LOWER, NOT_KNOWN = "Higher grade", "Same grade", "Lower grade", "Not known"
Row = dict[str, Any]


def comparable_pairs(cycles: pd.DataFrame) -> list[tuple[str, str]]:
    """Cycles next to each other of which the later one may be compared with the earlier."""
    ordered = records(cycles.sort_values("position"))
    return [(str(before["cycle"]), str(after["cycle"])) for before, after in pairwise(ordered) if may_be_compared(after)]


def changes(grades: pd.DataFrame, cycles: pd.DataFrame) -> pd.DataFrame:
    """A row a force, question and pair of comparable cycles that both ask it; never one across a seam.

    Args:
        grades: rows of ``insight.queries.inspections.grades``.
        cycles: cycle, position, comparable_with_previous.

    Returns:
        force_code, force_name, question, question_position, from_cycle, to_cycle, from_grade, to_grade (missing where not known)
        and change: a place on the scale compared, nothing subtracted; "Not known" where one of the grades is.
    """
    held = {(row["force_code"], row["question"], row["cycle"]): row for row in records(grades)}
    rows = []
    for before, after in comparable_pairs(cycles):
        for (force, question, cycle), row in held.items():
            earlier = held.get((force, question, before))
            if cycle == after and earlier is not None:
                rows.append(_change(earlier, row))
    return pd.DataFrame(rows, columns=list(_COLUMNS))


_COLUMNS = (
    "force_code", "force_name", "question", "question_position", "from_cycle", "to_cycle", "from_grade", "to_grade", "change",
)  # fmt: skip


def moves(changed: pd.DataFrame) -> Table:
    """How many forces moved which way: a row a question and pair of cycles, a column a kind of change."""
    rows = []
    for (question, _, before, after), group in changed.groupby(
        ["question", "question_position", "from_cycle", "to_cycle"], sort=False
    ):
        counts = {word: int((group["change"] == word).sum()) for word in (HIGHER, SAME, LOWER, NOT_KNOWN)}
        rows.append({"Question": question, "From": before, "To": after, **counts})
    return table_of(rows)


def changes_sentence(changed: pd.DataFrame) -> str:
    """A force's changes in words: each change with its cycles, and how many grades stayed."""
    moved = changed[changed["change"].isin([HIGHER, LOWER])]
    known = changed[changed["change"] != NOT_KNOWN]
    if known.empty:
        return "We do not know grades of two cycles that can be compared."
    same = _times(int((known["change"] == SAME).sum()))
    if moved.empty:
        return f"In cycles that can be compared, no grade changed from one to the next ({same} the same)."
    said = [
        f"{row['question']} from {grade_name(row['from_grade'])} ({row['from_cycle']}) to {grade_name(row['to_grade'])} "
        f"({row['to_cycle']})"
        for row in records(moved)
    ]
    times = _times(len(moved))
    return f"In cycles that can be compared, grades changed {times} and stayed the same {same}. Changed: {listed(said)}."


def _times(count: int) -> str:
    return "once" if count == 1 else plural(count, "time")


def _change(before: Row, after: Row) -> Row:
    return {
        **{name: after[name] for name in ("force_code", "force_name", "question", "question_position")},
        "from_cycle": before["cycle"],
        "to_cycle": after["cycle"],
        "from_grade": before["grade"],
        "to_grade": after["grade"],
        "change": _direction(before["grade_order"], after["grade_order"]),
    }


def _direction(before: Any, after: Any) -> str:
    """Grades are ordered best first, so that a smaller place is a higher grade."""
    if is_missing(before) or is_missing(after):
        return NOT_KNOWN
    if before == after:
        return SAME
    return HIGHER if after < before else LOWER
