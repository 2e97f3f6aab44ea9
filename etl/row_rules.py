"""Rules of our own layout that take more than one cell, and where a fault of a row is told to be."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from etl.dates import is_day
from etl.layout import CASE_COUNTS, COLUMNS, DATES, GRADE_COUNTS, KEYS, ROUNDED_TO
from etl.problems import Problem
from etl.reference import Reference

# Grains whose rows have a figure or a status that says why not, and the column of the figure.
VALUED = {"figures": "value", "breakdowns": "amount", "percentages": "percent"}


def problem_at(
    frame: pd.DataFrame, index: object, file: str, why: str, mend: str, column: str, value: str | None = None
) -> Problem:
    """A problem at a row of the frame, in the original's terms where they are known."""
    if not isinstance(index, int) or index not in frame.index:
        return Problem(file, why, mend, column=column, value=value)
    row = frame.loc[index]
    if "row" not in frame.columns:
        shown = value if value is not None else (None if pd.isna(row[column]) else str(row[column]))
        return Problem(file, why, mend, index + 2, column, shown)
    of_cell = column in ("value", "status", "figure_id")
    cell = row["raw"] if of_cell else row[column]
    raw = "" if pd.isna(cell) else str(cell)
    return Problem(file, why, mend, int(row["row"]), str(row["column"]) if of_cell else column, raw)


def between_rows(frame: pd.DataFrame, grain: str, reference: Reference, file: str) -> Iterator[Problem]:
    """Rules that take more than one cell."""
    for column in DATES & set(COLUMNS[grain]):
        dates = frame[column].dropna()
        for index in dates.index[dates.isin([text for text in dates.unique() if not is_day(text)])]:
            yield problem_at(frame, index, file, "There is no such day.", "Correct the date.", column)
    for index in frame.index[frame.duplicated(KEYS[grain], keep="first")]:
        key = ", ".join("" if pd.isna(cell) else str(cell) for cell in frame.loc[index, KEYS[grain]])
        why = f"This row gives {key} a second time."
        yield problem_at(frame, index, file, why, "Keep one row of the two.", KEYS[grain][-1])
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
    for index in frame.index[(frame["status"] == "reported") & frame[column].isna()]:
        yield problem_at(frame, index, file, "A reported figure has no value.", "Give the value or its status.", column)
    for index in frame.index[(frame["status"] != "reported") & frame[column].notna()]:
        yield problem_at(
            frame, index, file, "A figure that is not reported has a value.", "Remove the value or correct the status.",
            column,
        )  # fmt: skip


def _orderings(frame: pd.DataFrame, reference: Reference, file: str) -> Iterator[Problem]:
    """A part cannot exceed its whole; regions and countries may by what rounding allows."""
    wide = frame.pivot_table(index=["period_end", "area_code"], columns="figure_id", values="value", aggfunc="first")
    levels = frame.drop_duplicates(["period_end", "area_code"]).set_index(["period_end", "area_code"])["area_level"]
    slack = levels.reindex(wide.index).isin(["country", "region"]) * ROUNDED_TO
    place = frame.reset_index().set_index(["period_end", "area_code", "figure_id"])["index"]
    for figure_id, figure in reference.figures.items():
        for other in figure.at_most:
            if figure_id not in wide.columns or other not in wide.columns:
                continue
            excess = (wide[figure_id] - slack > wide[other]).fillna(False)
            for period, area in wide.index[excess.astype(bool)]:
                whole = wide.at[(period, area), other]
                yield problem_at(
                    frame, int(place[(period, area, figure_id)]), file,
                    f"{figure_id} of {area} in {period} is above {other} ({int(whole):,}).",
                    "One of the two is wrong; ask the publisher.", "value",
                )  # fmt: skip


def _grade_and_status(frame: pd.DataFrame, file: str) -> Iterator[Problem]:
    mend = "Give a grade with status graded, or no grade with status not_graded."
    for index in frame.index[(frame["status"] == "graded") != frame["grade"].notna()]:
        yield problem_at(frame, index, file, "Grade and status do not agree.", mend, "grade")


def _question_in_cycle(frame: pd.DataFrame, reference: Reference, file: str) -> Iterator[Problem]:
    asked = {(question.question, cycle) for question in reference.questions for cycle in question.cycles}
    for index in frame.index:
        question, cycle = frame.at[index, "question"], frame.at[index, "cycle"]
        if (question, cycle) not in asked:
            why = f"The cycle {cycle} does not ask this question."
            yield problem_at(frame, index, file, why, "Correct the cycle or the question.", "question")


def _areas_add_up(frame: pd.DataFrame, file: str) -> Iterator[Problem]:
    total = frame[GRADE_COUNTS].sum(axis=1)
    for index in frame.index[frame["areas_graded"] != total]:
        why = f"The areas at each grade add up to {total[index]}, not to this number."
        yield problem_at(frame, index, file, why, "Correct the total or its parts.", "areas_graded")


def _cases_add_up(frame: pd.DataFrame, file: str) -> Iterator[Problem]:
    """Files at a grade are at most those audited, for a report may leave a grade out; and none is audited of no files."""
    total = frame[CASE_COUNTS].sum(axis=1)
    for index in frame.index[(total > frame["cases_audited"].fillna(total)).astype(bool)]:
        why = f"The case files at each grade add up to {total[index]}, more than were audited."
        yield problem_at(frame, index, file, why, "Correct the total or its parts.", "cases_audited")
    for index in frame.index[(frame["cases_audited"] == 0).fillna(False).astype(bool)]:
        why = "An audit of no case files is none."
        yield problem_at(frame, index, file, why, "Leave the cell empty if no case files were audited.", "cases_audited")


def _dates_in_order(frame: pd.DataFrame, file: str) -> Iterator[Problem]:
    """An inspection begins before it ends before it is published, as far as their dates tell: 2024 is not before 2024-05."""
    for earlier, later in (("inspected_from", "inspected_to"), ("inspected_to", "published"), ("inspected_from", "published")):
        for index in frame.index[frame[earlier].notna() & frame[later].notna()]:
            first, last = frame.at[index, earlier], frame.at[index, later]
            known = min(len(first), len(last))
            if first[:known] > last[:known]:
                why = f"{earlier} ({first}) is after {later} ({last})."
                yield problem_at(frame, index, file, why, "Correct one of the two dates.", earlier)
