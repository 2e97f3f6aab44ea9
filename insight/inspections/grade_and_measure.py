"""A grade beside a measure of the same forces: who is in, how far the two go together, and what that does not say."""

from __future__ import annotations

import math
from collections.abc import Collection
from typing import Any

import pandas as pd

from insight.format import DOUBT_MARK, Words, is_lower_bound, is_missing, label_of, listed, number, plural, reason_to_doubt
from insight.records import records
from insight.statistics import VerdictBasis
from insight.statistics.rank_correlation import FEWEST, RankCorrelation
from insight.tables.model import Table, figure, source_of, table_of

Row = dict[str, Any]
METHOD = "How the link is measured: see Methods, “Grade and measure”."
CAUTION = (
    "A grade sums up many things in one word, and was given at another time than the year counted; forces differ in size and in "
    "how they record. A link, or none, says nothing about cause, and nothing about any one force."
)


def beside(grades: pd.DataFrame, measured: pd.DataFrame) -> pd.DataFrame:
    """Forces with their grade of one question and cycle, and their figure.

    Args:
        grades: rows of ``insight.queries.inspections.grades`` of one question and cycle.
        measured: rows of ``insight.queries.figures.forces_in_year``.

    Returns:
        A row a force: area_code, area_name, short_code, grade (missing where not known), grade_order, grade_status, published,
        source_url, source_kind, origin; value, status, hidden_parts and limits of the measure; ``used``: whether it counts in the
        correlation, which takes complete figures, none doubtful, of ranked forces with a grade.
    """
    told = grades[["force_code", "grade", "grade_order", "status", "published", "source_url", "source_kind", "origin"]]
    told = told.rename(columns={"force_code": "area_code", "status": "grade_status"})
    both = measured.merge(told, on="area_code", how="left")
    used = [
        not is_missing(row["grade"])
        and not is_missing(row["value"])
        and not is_lower_bound(row)
        and is_missing(row["unranked_because"])
        and row["verdict_basis"] != VerdictBasis.DOUBTFUL_FIGURE
        for row in records(both)
    ]
    return both.assign(used=used)


def association(stored: pd.DataFrame) -> RankCorrelation:
    """The stored tau-b of the forces that are ``used`` in ``beside``.

    Args:
        stored: the row of ``insight.queries.inspections.grade_association``; without one, nothing is known.
    """
    if stored.empty:
        return RankCorrelation(math.nan, math.nan, math.nan, 0)
    row = stored.iloc[0]
    return RankCorrelation(float(row["tau_b"]), float(row["lower_95"]), float(row["upper_95"]), int(row["forces"]))


def association_sentence(found: RankCorrelation) -> str:
    """What the correlation comes to, in one plain sentence."""
    if not found.known:
        if found.pairs < FEWEST:
            return f"We cannot say whether there is a link: {plural(found.pairs, 'force')} have a grade and a complete figure."
        return "We cannot say whether there is a link: nearly all these forces have the same grade or figure."
    if not found.leaves_out_zero:
        return f"There is no clear link between grade and figure among {found.pairs} forces."
    word = "higher" if found.value > 0 else "lower"
    return f"Of {found.pairs} forces, those with lower grades tend to have {word} figures. That is an association, not a cause."


def association_note(found: RankCorrelation) -> str:
    """The correlation in numbers, for who wants to check the sentence; where it is not known, only where to read of it."""
    if not found.known:
        return METHOD
    limits = f"{_signed(found.lower)} to {_signed(found.upper)}"
    zero = "" if found.leaves_out_zero else ", which includes zero"
    return f"The link is {_signed(found.value)}, on a scale from −1 to 1 (95% interval {limits}{zero}); 0 is none. {METHOD}"


def left_out_sentence(both: pd.DataFrame) -> str:
    """How many forces are not in the correlation, and why."""
    rows = records(both[~both["used"]])
    reasons: dict[str, int] = {}
    for row in rows:
        reasons[_reason(row)] = reasons.get(_reason(row), 0) + 1
    if not rows:
        return "Every force is counted."
    parts = ", ".join(f"{count} {why}" for why, count in reasons.items())
    return f"Not counted: {plural(len(rows), 'force')} ({parts})."


def drawn_apart_sentence(both: pd.DataFrame) -> str:
    """Which forces the picture shows that the correlation does not count, and why; nothing where there are none."""
    shown = both[~both["used"] & _drawn(both)]
    return f"The picture also shows {plural(len(shown), 'force')} not counted: {_by_reason(shown)}." if len(shown) else ""


def not_drawn_sentence(both: pd.DataFrame, wanted: Collection[str]) -> str:
    """Which of the reader's forces (``wanted``: their codes) the picture cannot show, and why; else nothing."""
    missing = both[~_drawn(both) & both["area_code"].isin(wanted)]
    return f"Not drawn: {_by_reason(missing)}." if len(missing) else ""


def _drawn(both: pd.DataFrame) -> pd.Series:
    return both["grade"].notna() & both["value"].notna()


def _by_reason(rows: pd.DataFrame) -> str:
    named: dict[str, list[str]] = {}
    for row in records(rows):
        named.setdefault(_reason(row), []).append(str(row["area_name"]))
    return "; ".join(f"{listed(names)}, {why}" for why, names in named.items())


def beside_to_read(both: pd.DataFrame, measure: Row, words: Words, grade_words: Words) -> Table:
    """Forces with grade and figure in words, and whether the correlation counts them.

    Args:
        both: rows of ``beside``.
        measure: short_title, unit, decimals.
        words: of figure statuses.
        grade_words: of grade statuses.
    """
    return table_of(
        [
            {
                "Force": row["area_name"],
                "Grade": _grade(row, grade_words),
                str(measure["short_title"]): figure(row, measure, words),
                "Counted": "yes" if row["used"] else "no",
                "Source of the grade": source_of(row),
            }
            for row in records(both)
        ]
    )


def _grade(row: Row, words: Words) -> str:
    if not is_missing(row["grade"]):
        return str(row["grade"])
    return "Not graded on this" if is_missing(row["grade_status"]) else label_of(str(row["grade_status"]), words)


def _reason(row: Row) -> str:
    if is_missing(row["grade"]):
        return "whose grade we have not found"
    if is_missing(row["value"]):
        return "without a figure"
    if is_lower_bound(row):
        return "whose figure is a minimum"
    return f"whose figure is doubtful ({DOUBT_MARK})" if reason_to_doubt(row) else "shown but never ranked"


def _signed(value: float) -> str:
    return f"−{number(-value, 2)}" if round(value, 2) < 0 else number(abs(value), 2)
