"""Audited case files of each review beside the inspection it follows: how far each share differs, and whether by chance."""

from __future__ import annotations

from typing import Any

import pandas as pd

from insight.statistics import Polarity
from insight.statistics.two_proportions import difference, share_change

# The grades whose share of files is tested, and which way is better for each.
TESTED = {"good": Polarity.HIGHER_IS_BETTER, "inadequate": Polarity.LOWER_IS_BETTER}
COLUMNS = [
    "review_id", "grade", "inspection_id", "force_code", "files_before", "audited_before", "files_after", "audited_after",
    "difference", "lower_95", "upper_95", "p_value", "verdict",
]  # fmt: skip
COUNTS = ["files_before", "audited_before", "files_after", "audited_after"]
Row = dict[str, Any]


def case_audit_changes(inspections: pd.DataFrame) -> pd.DataFrame:
    """Rows of table ``case_audit_change``: one per review and tested grade, where either side published audited files.

    Args:
        inspections: rows of ``inspection``.

    Returns:
        ``COLUMNS``; the difference and its limits in percentage points, missing where a count was not published.
    """
    rows = inspections.to_dict("records")
    by_id = {row["inspection_id"]: row for row in rows}
    pairs = [(by_id[row["follows"]], row) for row in rows if row["follows"] in by_id]
    made = [
        _change(before, after, grade) for before, after in pairs if _published(before) or _published(after) for grade in TESTED
    ]
    return pd.DataFrame(made, columns=COLUMNS).astype(dict.fromkeys(COUNTS, "Int64"))


def _change(before: Row, after: Row, grade: str) -> Row:
    names = (f"cases_{grade}", "cases_audited")
    (x, n), (y, m) = ([_count(row[name]) for name in names] for row in (before, after))
    found = difference(x, n, y, m)
    return {
        "review_id": after["inspection_id"],
        "grade": grade,
        "inspection_id": before["inspection_id"],
        "force_code": after["force_code"],
        **dict(zip(COUNTS, (x, n, y, m), strict=True)),
        "difference": found.value * 100,
        "lower_95": found.lower * 100,
        "upper_95": found.upper * 100,
        "p_value": found.p_value,
        "verdict": str(share_change(found, TESTED[grade])),
    }


def _published(row: Row) -> bool:
    """Whether an audit published how many files it took, and how many at one grade at least."""
    grades = ("cases_good", "cases_requires_improvement", "cases_inadequate")
    return _count(row["cases_audited"]) is not None and any(_count(row[name]) is not None for name in grades)


def _count(value: Any) -> float | None:
    return None if pd.isna(value) else float(value)
