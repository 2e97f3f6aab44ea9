"""Reads, validates and writes releases in our own layout (``etl.layout``).

A frame of a publication's *grain* has the columns of ``COLUMNS[grain]``. Readers of publishers' files add ``PLACE``
columns, so that a fault is reported at the row, column and value of the original. Pandera holds the rules of single
columns; those that take more than one cell are in ``etl.row_rules``.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Collection, Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaErrors

from etl.characters import REMEDY, unseen
from etl.dates import in_range
from etl.layout import (
    ADDRESS,
    AMOUNT,
    COLUMNS,
    DATE_REMEDY,
    EVENTS,
    FIRST_YEAR,
    INSPECTION_KINDS,
    KEYS,
    KINDS,
    LEVELS,
    OPTIONAL,
    PARTIAL_DATE,
    REVISIONS,
    SOURCE_KINDS,
    TOPICS,
    WHOLE_NUMBER,
    WHOLE_NUMBERS,
)  # fmt: skip
from etl.problems import Problem, Refused, by_row, problems_of_rows
from etl.reference import Reference
from etl.row_rules import FIRST_LINE, VALUED, between_rows, problems_at
from vocabulary import Status

GRADED = ("grades", "grade_counts", "inspection_grades")


def read_tidy(path: Path, grain: str, reference: Reference) -> pd.DataFrame:
    """A file of ours, validated.

    Returns:
        Columns of ``COLUMNS[grain]``; whole numbers as nullable ``Int64``, everything else as text with missing as NA.

    Raises:
        Refused: naming every row at fault.
    """
    text = read_csv_text(path)
    refuse_unseen(text, str(path))
    absent = [column for column in COLUMNS[grain] if column not in text.columns]
    if absent:
        why = f"The column {', '.join(absent)} is missing."
        raise Refused(Problem(str(path), why, f"Restore the column; it has {', '.join(COLUMNS[grain])}.", row=1))
    optional = [column for column in OPTIONAL.get(grain, []) if column in text.columns]
    frame = typed(text[[*COLUMNS[grain], *optional]], grain, str(path))
    validate(frame, grain, reference, str(path))
    return frame


def read_csv_text(path: Path) -> pd.DataFrame:
    """A CSV file of ours as text; an empty cell is NA."""
    try:
        return pd.read_csv(path, dtype="str", keep_default_na=False, na_values=[""], encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError, ValueError) as error:
        raise Refused(Problem(str(path), f"This file cannot be read: {error}.", "Restore it.")) from error


def refuse_unseen(text: pd.DataFrame, file: str) -> None:
    """Refuse cells with characters that cannot be seen, each at its row and column."""
    faults = (
        (row, str(column), cell, why)
        for column in text.columns
        if any(isinstance(cell, str) and unseen(cell) for cell in text[column].unique())
        for row, cell in enumerate(text[column].fillna(""), start=FIRST_LINE)
        if (why := unseen(cell))
    )
    if problems := problems_of_rows(file, REMEDY, faults):
        raise Refused(problems)


def typed(frame: pd.DataFrame, grain: str, file: str) -> pd.DataFrame:
    """The frame with whole numbers as ``Int64``; a cell that is not one is a problem of its row."""
    frame = frame.reset_index(drop=True)
    problems: list[Problem] = []
    for column in WHOLE_NUMBERS & set(COLUMNS[grain]):
        texts = frame[column].astype("str")
        odd = texts.notna() & ~texts.str.fullmatch(WHOLE_NUMBER).astype(bool)
        mend = "Write digits only, without separators or decimals."
        problems += problems_at(frame, frame.index[odd], file, "This is not a whole number.", mend, column)
        frame[column] = texts.where(~odd).astype("Int64")
    if problems:
        raise Refused(problems)
    return frame


def validate(frame: pd.DataFrame, grain: str, reference: Reference, file: str) -> None:
    """Hold a frame to the rules of its grain.

    Raises:
        Refused: every problem, at its row, column and value (of the original where ``PLACE`` columns are present).
    """
    problems: list[Problem] = []
    try:
        _schema(grain, reference).validate(frame, lazy=True)
    except SchemaErrors as error:
        for (column, check), cases in error.failure_cases.groupby(["column", "check"], sort=False, dropna=False):
            why, mend = _said(str(check))
            values = [None if pd.isna(value) else str(value) for value in cases["failure_case"].tolist()]
            if cases["index"].isin(frame.index).all():
                index = pd.Index(cases["index"].astype("int64"))
                problems += problems_at(frame, index, file, why, mend, str(column), values)
            else:  # of the frame as a whole
                problems += [Problem(file, why, mend, column=str(column), value=value) for value in values[:1]]
    if not problems:
        problems = list(between_rows(frame, grain, reference, file))
    if problems:
        raise Refused(by_row(problems))


def write_tidy(frame: pd.DataFrame, path: Path, grain: str) -> None:
    """Write a frame canonically as UTF-8 CSV."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(tidy_text(frame, grain), encoding="utf-8", newline="\n")


def tidy_text(frame: pd.DataFrame, grain: str) -> str:
    """The canonical CSV text: fixed columns, sorted by key, so that the same figures give the same bytes.

    An optional column is written only where a row says something in it.
    """
    said = [column for column in OPTIONAL.get(grain, []) if column in frame and frame[column].notna().any()]
    return str(in_order(frame, grain)[[*COLUMNS[grain], *said]].to_csv(index=False, lineterminator="\n"))


def content_hash(frame: pd.DataFrame, grain: str) -> str:
    """SHA-256 of the canonical text: the same figures have the same, whatever file they came in."""
    return hashlib.sha256(tidy_text(frame, grain).encode("utf-8")).hexdigest()


def in_order(frame: pd.DataFrame, grain: str) -> pd.DataFrame:
    """The rows in the order in which they are written."""
    if grain != "figures":
        return frame.sort_values(KEYS[grain], na_position="first")
    levels = pd.Categorical(frame["area_level"], LEVELS, ordered=True)
    order = frame.assign(area_level=levels).sort_values(["period_end", "area_level", "area_code", "figure_id"]).index
    return frame.loc[order]


def _said(check: str) -> tuple[str, str]:
    """Why and mend of a failed rule; pandera's own rule for empty cells has a name only."""
    if check == "not_nullable":
        return "This cell is empty.", "Fill it in."
    why, _, mend = check.partition("|")
    return why, mend or "Correct it."


def _each(holds: Callable[[Any], object], why: str, mend: str) -> pa.Check:
    """A rule of texts, asked of the distinct ones: a column has a few of them over and over."""

    def held(cells: pd.Series) -> pd.Series | bool:
        wrong = [text for text in cells.unique() if not holds(text)]
        return ~cells.isin(wrong) if wrong else True

    return pa.Check(held, error=f"{why}|{mend}")


def _isin(allowed: Iterable[str], why: str, mend: str) -> pa.Check:
    return _each(frozenset(allowed).__contains__, why, mend)


def _matches(pattern: str, why: str, mend: str) -> pa.Check:
    matches = re.compile(pattern).match
    return _each(lambda text: isinstance(text, str) and matches(text), why, mend)


def _at_least(least: int, why: str = "A count cannot be negative.") -> pa.Check:
    return pa.Check.ge(least, error=f"{why}|Correct the number at its source.")


def _area(reference: Reference) -> pa.Check:
    mend = "If it is a new authority, add it with its force to data/reference/local_authorities.csv."
    return _isin(area_codes(reference), "This area is not known.", mend)


def _status(reference: Reference) -> pa.Check:
    known = [status.status for status in reference.figure_statuses]
    return _isin(known, "This is not a status.", "See data/reference/statuses.yaml.")


def _up_to_100() -> pa.Check:
    def possible(cells: pd.Series) -> pd.Series:
        return ~(pd.to_numeric(cells, errors="coerce") > 100)

    return pa.Check(possible, error="This is above 100%.|Correct the number at its source.")


class _Known:
    """Columns that several grains have, with what may stand in them."""

    def __init__(self, reference: Reference) -> None:
        forces = [force.force_code for force in reference.forces]
        today = f"Figures and judgements are of {FIRST_YEAR} to today; correct the year."
        sensible = _each(lambda day: in_range(str(day)), "This year is out of range.", today)
        self.reference = reference
        self.force = _text(_isin(forces, "This is not one of the 43 force codes.", "Use a code of data/reference/forces.csv."))
        self.period_end = _text(_matches(r"^\d{4}-\d{2}-\d{2}$", "This is not a date.", "Write YYYY-MM-DD."), sensible)
        self.area = _text(_area(reference))
        self.status = _text(_status(reference))
        self.day = [_matches(PARTIAL_DATE, "This is not a date.", DATE_REMEDY), sensible]
        self.graded = _one_of([grade.grade for grade in reference.grades], "a grade")
        self.cycle = _text(_one_of([cycle.cycle for cycle in reference.cycles], "an inspection cycle"))
        self.read = {
            "source_url": _text(_matches(ADDRESS, "This is not a web address.", "Give the page that the row was read from.")),
            "source_kind": _text(_one_of(SOURCE_KINDS, "a kind of source")),
        }


def _text(*checks: pa.Check, empty: bool = False) -> pa.Column:
    return pa.Column(None, list(checks), nullable=empty)


def _counts(grain: str, *, empty: bool) -> dict[str, pa.Column]:
    return {name: pa.Column("Int64", _at_least(0), nullable=empty) for name in COLUMNS[grain] if name in WHOLE_NUMBERS}


def _one_of(allowed: Collection[str], what: str) -> pa.Check:
    return _isin(list(allowed), f"This is not {what}.", f"Use one of: {', '.join(allowed)}.")


@lru_cache(maxsize=2 * len(COLUMNS))  # made for each of many files, it would take as long as to ask it
def _schema(grain: str, reference: Reference) -> pa.DataFrameSchema:
    """The rules of single columns of a grain."""
    known = _Known(reference)
    made = _statistics if grain in VALUED else _grades if grain in GRADED else _inspections
    return pa.DataFrameSchema(made(known)[grain])


def _statistics(known: _Known) -> dict[str, dict[str, pa.Column]]:
    """Columns of published numbers."""
    amount = _matches(f"^{AMOUNT}$", "This is not a number.", "Write digits, with a point before decimals.")
    figures, percentages = list(known.reference.figures), list(known.reference.percentages)
    marks = _isin(REVISIONS, "This is no mark of a figure.", f"Use one of: {', '.join(REVISIONS)}, or leave it empty.")
    place = {"period_end": known.period_end, "area_code": known.area, "status": known.status}
    return {
        "figures": place | {
            "area_level": _text(_one_of(LEVELS, "an area level")),
            "figure_id": _text(_isin(figures, "This is not a base figure.", "See data/reference/figures.yaml.")),
            "value": pa.Column("Int64", _at_least(0), nullable=True),
            "revision": pa.Column(None, marks, nullable=True, required=False),
        },
        "breakdowns": place | {
            "kind": _text(_one_of(KINDS, "a kind")), "topic": _text(_one_of(TOPICS, "a topic")),
            "category": _text(), "amount": _text(amount, empty=True),
        },
        "percentages": place | {
            "percentage_id": _text(_isin(percentages, "This is not a percentage.", "See data/reference/percentages.yaml.")),
            "percent": _text(amount, _up_to_100(), empty=True),
        },
    }  # fmt: skip


def _grades(known: _Known) -> dict[str, dict[str, pa.Column]]:
    """Columns of the inspectorate's grades."""
    questions = [question.question for question in known.reference.questions]
    asked = _isin(questions, "This question is not known.", "Spell it as in data/reference/questions.yaml.")
    row = {"force_code": known.force, "cycle": known.cycle, "published": _text(*known.day, empty=True), **known.read}
    return {
        "grades": row | {
            "level": _text(_isin(["pillar", "area"], "This is not a level.", "Use pillar or area.")),
            "question": _text(asked),
            "grade": _text(known.graded, empty=True),
            "status": _text(_isin([Status.GRADED, Status.NOT_GRADED], "This is not a status.", "Use graded or not_graded.")),
        },
        "grade_counts": row | _counts("grade_counts", empty=False),
        "inspection_grades": {
            "inspection_id": _text(), "force_code": known.force, "area": _text(), "grade": _text(known.graded),
            "source_url": known.read["source_url"],
        },
    }  # fmt: skip


def _inspections(known: _Known) -> dict[str, dict[str, pa.Column]]:
    """Columns of child protection inspections and of what followed them."""
    key = _matches(r"^[a-z0-9-]+$", "This is not a key.", "Use small letters, digits and hyphens.")
    days = ("inspected_from", "inspected_to", "published")
    return {
        "inspections": {
            "inspection_id": _text(key), "force_code": known.force, "kind": _text(_one_of(INSPECTION_KINDS, "a kind")),
            **{name: _text(*known.day, empty=True) for name in days}, **_counts("inspections", empty=True),
            "follows": _text(empty=True), "review_name": pa.Column(None, nullable=True, required=False), **known.read,
        },
        "recommendations": {
            "inspection_id": _text(),
            "number": pa.Column("Int64", _at_least(1, "Recommendations are numbered from 1.")),
            "force_code": known.force, "due": _text(empty=True), "theme": _text(),
        },
        "monitoring_events": {
            "force_code": known.force, "event": _text(_one_of(EVENTS, "a kind of event")),
            "topic": _text(empty=True), "date": _text(*known.day), **known.read,
        },
    }  # fmt: skip


def area_codes(reference: Reference) -> list[str]:
    """Every area that a figure may be of."""
    return [
        *(area.area_code for area in reference.areas),
        *(force.force_code for force in reference.forces),
        *(authority.la_code for authority in reference.authorities),
    ]
