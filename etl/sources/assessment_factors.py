"""DfE, children in need: factors identified at the end of assessment, as in explore education statistics.

One row a year and area, one column a factor. Four of the columns are carried over.
"""

from __future__ import annotations

from etl.reference import Reference
from etl.sources import explore_education as ees
from etl.sources.reading import Reading, reading_of, valid_frame
from etl.sources.symbols import rounded_to_zero
from etl.sources.tables import Layout, Table

FIGURES = {
    "assessments_with_factors": ("Episodes_with_assessment_factor",),
    "assessments_going_missing": ("Going_missing",),
    "assessments_child_sexual_exploitation": ("Child_sexual_exploitation",),
    "assessments_child_criminal_exploitation": ("Child_criminal_exploitation",),
}
LAYOUTS = (
    Layout(
        publication="assessment_factors",
        title="DfE children in need, factors identified at the end of assessment",
        columns={**ees.GEOGRAPHY, "category": ("category",), **FIGURES},
        own=frozenset(FIGURES),
    ),
)


def recognises(table: Table) -> bool:
    """The header says it all."""
    return True


def read(table: Table, reference: Reference, year: int | None = None) -> Reading:
    """The counts of a file.

    Raises:
        Refused: a cell, area or year is wrong, or a part of the file is missing.
    """
    areas = ees.places(table, reference, ends="03-31")
    wide = areas.join(table.cells[list(FIGURES)]).reset_index(names="row")
    long = wide.melt(id_vars=["row", *areas.columns], value_vars=list(FIGURES), var_name="figure_id", value_name="raw")
    long = long.assign(column=long["figure_id"].map(table.spelled))
    carried = ees.counts(long, table)
    frame = valid_frame(carried, "figures", reference, table.place)
    ees.refuse_incomplete(frame, carried["region_code"], reference, table.place)
    others = len(table.spelled) - len(table.layout.columns)
    note = f"{others} columns of other factors left out." if others else ""
    return reading_of(table, ees.newest_year(frame), frame, 0, note, rounded_to_zero(carried["raw"]))
