"""ONS mid-year estimates of children aged 0 to 17, as DfE publishes them in explore education statistics.

One row a year, area and age group. The estimate of a year is of its 30 June.
"""

from __future__ import annotations

from etl.problems import Refused
from etl.reference import Reference
from etl.sources import explore_education as ees
from etl.sources.reading import Reading, reading_of, valid_frame
from etl.sources.symbols import rounded_to_zero
from etl.sources.tables import Layout, Table, plain

AGES = "children aged 0 to 17 years"
LAYOUTS = (
    Layout(
        publication="child_population",
        title="ONS mid-year population of children aged 0 to 17, as DfE publishes it",
        columns={**ees.GEOGRAPHY, "age_group": ("age_group",), "population_estimate": ("population_estimate",)},
        own=frozenset({"age_group", "population_estimate"}),
        words=frozenset({AGES}),
    ),
)


def recognises(table: Table) -> bool:
    """The header says it all."""
    return True


def read(table: Table, reference: Reference, year: int | None = None) -> Reading:
    """The estimates of a file.

    Raises:
        Refused: a cell, age group, area or year is wrong, or a part of the file is missing.
    """
    ages = table.cells["age_group"].map(plain)
    mend = "Give the file of children aged 0 to 17."
    if problems := table.problems(ages.index[ages != AGES], "age_group", "This is not the age group 0 to 17.", mend):
        raise Refused(problems)
    areas = ees.places(table, reference, ends="06-30")
    figures = areas.assign(
        figure_id="population_0_17",
        raw=table.cells["population_estimate"],
        row=table.cells.index,
        column=table.spelled["population_estimate"],
    )
    carried = ees.counts(figures.reset_index(drop=True), table)
    frame = valid_frame(carried, "figures", reference, table.place)
    ees.refuse_incomplete(frame, carried["region_code"], reference, table.place)
    return reading_of(table, ees.newest_year(frame), frame, 0, rounded_to_zero(carried["raw"]))
