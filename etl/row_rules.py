"""Rules of our own layout that take more than one cell, and where a fault of a row is told to be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import repeat

import numpy as np
import pandas as pd

from etl.dates import is_day
from etl.layout import CASE_COUNTS, COLUMNS, DATES, GRADE_COUNTS, KEYS, ROUNDED_TO
from etl.problems import Problem, problems_of_rows
from etl.reference import Reference
from vocabulary import AreaLevel, Status

# Of a file of ours, under its header.
FIRST_LINE = 2
# Grains whose rows have a figure or a status that says why not, and the column of the figure.
VALUED = {"figures": "value", "breakdowns": "amount", "percentages": "percent"}


def problems_at(
    frame: pd.DataFrame,
    index: pd.Index,
    file: str,
    why: str | Iterable[str],
    mend: str,
    column: str,
    values: Iterable[str | None] | None = None,
) -> list[Problem]:
    """Problems at rows of the frame, in the original's terms where they are known; of very many those that can be told.

    Args:
        index: labels of the rows; line of the file less 2 where the frame has no ``PLACE``.
        why: for all of them, or for each.
        values: as the file writes them, where ``frame`` does not have them.
    """
    if not len(index):
        return []
    of_cell = "row" in frame.columns and column in ("value", "status", "figure_id")
    shown = ["raw", "column"] if of_cell else [column]
    rows = frame.loc[index, [*shown, "row"] if "row" in frame.columns else shown]
    numbers = rows["row"].tolist() if "row" in rows else [label + FIRST_LINE for label in index]
    empty = "" if "row" in rows else None
    if values is None or "row" in rows:
        values = [empty if pd.isna(cell) else str(cell) for cell in rows[shown[0]].tolist()]
    columns = rows["column"].tolist() if of_cell else repeat(column)
    said = repeat(why) if isinstance(why, str) else why
    return problems_of_rows(file, mend, zip(map(int, numbers), map(str, columns), values, said, strict=False))


def between_rows(frame: pd.DataFrame, grain: str, reference: Reference, file: str) -> Iterator[Problem]:
    """Rules that take more than one cell."""
    for column in DATES & set(COLUMNS[grain]):
        if none := [text for text in frame[column].unique() if not pd.isna(text) and not is_day(text)]:
            wrong = frame.index[frame[column].isin(none)]
            yield from problems_at(frame, wrong, file, "There is no such day.", "Correct the date.", column)
    again = frame.loc[frame.duplicated(KEYS[grain], keep="first"), KEYS[grain]]
    keys = (", ".join("" if pd.isna(cell) else str(cell) for cell in row) for row in again.itertuples(index=False))
    why = (f"This row gives {key} a second time." for key in keys)
    yield from problems_at(frame, again.index, file, why, "Keep one row of the two.", KEYS[grain][-1])
    if grain in VALUED:
        yield from _value_and_status(frame, VALUED[grain], file)
    if grain == "figures":
        yield from _orderings(frame, reference, file)
    if grain == "grades":
        yield from _grade_and_status(frame, file)
        yield from _question_in_cycle(frame, reference, file)
    if grain == "grade_counts":
        yield from _areas_add_up(frame, file)
    if grain == "inspections":
        yield from _dates_in_order(frame, file)
        yield from _cases_add_up(frame, file)


def _value_and_status(frame: pd.DataFrame, column: str, file: str) -> Iterator[Problem]:
    reported = frame["status"] == Status.REPORTED
    without, why = frame.index[reported & frame[column].isna()], "A reported figure has no value."
    yield from problems_at(frame, without, file, why, "Give the value or its status.", column)
    valued, why = frame.index[~reported & frame[column].notna()], "A figure that is not reported has a value."
    yield from problems_at(frame, valued, file, why, "Remove the value or correct the status.", column)


def _orderings(frame: pd.DataFrame, reference: Reference, file: str) -> Iterator[Problem]:
    """A part cannot exceed its whole; regions and countries may by what rounding allows."""
    (period, periods), (code, codes) = (pd.factorize(frame[column], sort=True) for column in ("period_end", "area_code"))
    # Numbers of periods and areas in their order, and for each figure the row of each: a pivot would take ten times as long.
    area, areas = period * len(codes) + code, len(periods) * len(codes)
    slack = np.zeros(areas, dtype=np.int64)
    slack[area[frame["area_level"].isin([AreaLevel.COUNTRY, AreaLevel.REGION])]] = ROUNDED_TO
    values, valued = frame["value"].fillna(0).to_numpy(np.int64), frame["value"].notna().to_numpy()
    place = {}
    for figure_id, rows in frame.groupby("figure_id").indices.items():
        place[figure_id] = np.full(areas, -1)
        first = rows[valued[rows]][::-1]  # of two rows with one key, which is told elsewhere
        place[figure_id][area[first]] = first
    for figure_id, figure in reference.figures.items():
        for other in figure.at_most:
            if figure_id not in place or other not in place:
                continue
            part, whole = place[figure_id], place[other]
            above = (part >= 0) & (whole >= 0) & (values[part] - slack > values[whole])
            if not above.any():
                continue
            named = frame.iloc[part[above]]
            why = (
                f"{figure_id} of {code} in {period} is above {other} ({most:,})."
                for code, period, most in zip(named["area_code"], named["period_end"], values[whole[above]], strict=True)
            )
            yield from problems_at(frame, named.index, file, why, "One of the two is wrong; ask the publisher.", "value")


def _grade_and_status(frame: pd.DataFrame, file: str) -> Iterator[Problem]:
    mend = "Give a grade with status graded, or no grade with status not_graded."
    wrong = frame.index[(frame["status"] == Status.GRADED) != frame["grade"].notna()]
    yield from problems_at(frame, wrong, file, "Grade and status do not agree.", mend, "grade")


def _question_in_cycle(frame: pd.DataFrame, reference: Reference, file: str) -> Iterator[Problem]:
    asked = {(question.question, cycle) for question in reference.questions for cycle in question.cycles}
    wrong = frame[[pair not in asked for pair in zip(frame["question"], frame["cycle"], strict=True)]]
    why = (f"The cycle {cycle} does not ask this question." for cycle in wrong["cycle"])
    yield from problems_at(frame, wrong.index, file, why, "Correct the cycle or the question.", "question")


def _areas_add_up(frame: pd.DataFrame, file: str) -> Iterator[Problem]:
    total = frame[GRADE_COUNTS].sum(axis=1)
    wrong = total[frame["areas_graded"] != total]
    why = (f"The areas at each grade add up to {number}, not to this number." for number in wrong)
    yield from problems_at(frame, wrong.index, file, why, "Correct the total or its parts.", "areas_graded")


def _cases_add_up(frame: pd.DataFrame, file: str) -> Iterator[Problem]:
    """Files at a grade are at most those audited, for a report may leave a grade out; and none is audited of no files."""
    total = frame[CASE_COUNTS].sum(axis=1)
    wrong = total[(total > frame["cases_audited"].fillna(total)).astype(bool)]
    each = (f"The case files at each grade add up to {number}, more than were audited." for number in wrong)
    yield from problems_at(frame, wrong.index, file, each, "Correct the total or its parts.", "cases_audited")
    none, why = frame.index[(frame["cases_audited"] == 0).fillna(False).astype(bool)], "An audit of no case files is none."
    yield from problems_at(frame, none, file, why, "Leave the cell empty if no case files were audited.", "cases_audited")


def _dates_in_order(frame: pd.DataFrame, file: str) -> Iterator[Problem]:
    """An inspection begins before it ends before it is published, as far as their dates tell: 2024 is not before 2024-05."""
    for earlier, later in (("inspected_from", "inspected_to"), ("inspected_to", "published"), ("inspected_from", "published")):
        both = frame.loc[frame[earlier].notna() & frame[later].notna(), [earlier, later]]
        wrong = both[[first[: len(last)] > last[: len(first)] for first, last in both.itertuples(index=False)]]
        why = (f"{earlier} ({first}) is after {later} ({last})." for first, last in wrong.itertuples(index=False))
        yield from problems_at(frame, wrong.index, file, why, "Correct one of the two dates.", earlier)
