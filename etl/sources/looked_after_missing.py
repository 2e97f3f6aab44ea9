"""DfE, looked-after children who were missing or away without authorisation, as in explore education statistics (from 2018).

One row a year, area and label. Of the labels the counts are carried over; averages and percentages follow from them.
"""

from __future__ import annotations

import pandas as pd

from etl.problems import Problem, Refused, problems_of_rows
from etl.reference import Reference
from etl.sources import explore_education as ees
from etl.sources.files import DOWNLOAD_AGAIN
from etl.sources.reading import Reading, reading_of, valid_frame
from etl.sources.symbols import rounded_to_zero
from etl.sources.tables import Layout, Table, plain

# The label, without case and runs of spaces, and the base figure that it is.
FIGURES = {
    "number of missing incidents during the year": "missing_incidents",
    "children who had a missing incident during the year": "children_missing",
    "children who went missing more than once during the year": "children_missing_more_than_once",
    "children missing at 31 march": "children_missing_at_31_march",
    "number of away from placement without authorisation incidents during the year": "away_incidents",
    "children who were away from placement without authorisation during the year": "children_away",
    "children who were away from placement without authorisation more than once during the year":
        "children_away_more_than_once",
    "children away from placement without authorisation at 31 march": "children_away_at_31_march",
    "children looked after during the year": "children_looked_after",
}  # fmt: skip
DERIVED = ("average ", "percentage ")
LAYOUTS = (
    Layout(
        publication="looked_after_missing",
        title="DfE looked-after children missing or away, explore education statistics",
        columns={**ees.GEOGRAPHY, "cla_group": ("CLA_group", "missing_status"), "number": ("number",)},
        own=frozenset({"cla_group", "number"}),
        since={"missing_status": 2025},
        words=frozenset(FIGURES),
        elsewhere={"breakdown": "England's figures by age, placement and the like"},
    ),
)


def recognises(table: Table) -> bool:
    """Whether a label is one of ours: other files of the service have the same columns."""
    return bool(_labels(table).isin(list(FIGURES)).any())


def read(table: Table, reference: Reference, year: int | None = None) -> Reading:
    """The counts of a file.

    Raises:
        Refused: a cell, label, area or year is wrong, or a part of the file is missing.
    """
    labels = _labels(table)
    _refuse_unknown_labels(table, labels)
    areas = ees.places(table, reference, ends="03-31")
    figures = areas.assign(
        figure_id=labels.map(FIGURES), raw=table.cells["number"], row=table.cells.index, column=table.spelled["number"]
    )
    carried = ees.counts(figures[figures["figure_id"].notna()].reset_index(drop=True), table)
    frame = valid_frame(carried, "figures", reference, table.place)
    _refuse_gaps(areas.assign(label=labels), table.place)
    ees.refuse_incomplete(frame, carried["region_code"], reference, table.place)
    left_out = len(figures) - len(carried)
    derived = f"{left_out:,} rows of averages and percentages left out: they follow from the counts." if left_out else ""
    return reading_of(table, ees.newest_year(frame), frame, left_out, derived, rounded_to_zero(carried["raw"]))


def _labels(table: Table) -> pd.Series:
    return table.cells["cla_group"].map(plain)


def _refuse_unknown_labels(table: Table, labels: pd.Series) -> None:
    """Each label that is not known, at its first row; and figures that no row has."""
    known = labels.isin(list(FIGURES)) | labels.str.startswith(DERIVED)
    problems = []
    for _, rows in labels[~known].groupby(labels[~known]):
        why = f"This label is not known (in {len(rows):,} rows)."
        mend = "If the publisher reworded a label, add the new words to etl/sources/looked_after_missing.py."
        problems.append(table.problem(int(rows.index[0]), "cla_group", why, mend))
    present = set(labels)
    absent = [label for label in FIGURES if label not in present]
    problems += [
        Problem(table.place, f"No row has the label {label!r}.", DOWNLOAD_AGAIN, column=table.spelled["cla_group"])
        for label in absent
    ]
    if problems:
        raise Refused(problems)


def _refuse_gaps(rows: pd.DataFrame, file: str) -> None:
    """Every year and area has every label of the file once: a file cut off at the end of a line does not."""
    keys = ["period_end", "area_code"]
    wanted = rows["label"].nunique()
    again = rows.loc[rows.duplicated([*keys, "label"]), "label"]
    why = "This row gives its label of this area and year a second time."
    problems = problems_of_rows(file, "Keep one row of the two.", ((int(row), None, label, why) for row, label in again.items()))
    grouped = rows.assign(row=rows.index).groupby(keys).agg(labels=("label", "nunique"), row=("row", "max"))
    fewer = (
        (int(row), None, None, f"{area} has {labels} of {wanted} labels for {period[:4]}.")
        for (period, area), labels, row in grouped[grouped["labels"] < wanted].itertuples()
    )
    problems += problems_of_rows(file, DOWNLOAD_AGAIN, fewer)
    if problems:
        raise Refused(problems)
