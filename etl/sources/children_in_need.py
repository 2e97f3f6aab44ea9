"""DfE, children in need: five of its tables, as in explore education statistics, read by one reader.

Each has one row a year and area and one column a figure, so that a table differs from the next only in its entry here: which
publication it is, what a person calls it, and which of its columns are carried over. Shares and durations are left out.
"""

from __future__ import annotations

from etl.reference import Reference
from etl.sources import explore_education as ees
from etl.sources.reading import Reading, reading_of, valid_frame
from etl.sources.symbols import rounded_to_zero
from etl.sources.tables import Layout, Table

PLACE = {**ees.GEOGRAPHY, "category": ("category",)}


def _layout(publication: str, title: str, **figures: str) -> Layout:
    """A table: the figures that are carried over, each with the publisher's name of its column."""
    columns = {figure_id: (column,) for figure_id, column in figures.items()}
    return Layout(publication, f"DfE children in need, {title}", {**PLACE, **columns}, own=frozenset(columns))


LAYOUTS = (
    _layout(
        "referrals",
        "table C1, referrals and re-referrals",
        referrals="referral_count",
        re_referrals_within_12_months="rereferral_count",
        referrals_no_further_action="no_further_action_count",
    ),
    _layout(
        "assessment_factors",
        "table C3, factors identified at the end of assessment",
        assessments_with_factors="Episodes_with_assessment_factor",
        assessments_going_missing="Going_missing",
        assessments_child_sexual_exploitation="Child_sexual_exploitation",
        assessments_child_criminal_exploitation="Child_criminal_exploitation",
        assessments_trafficking="Trafficking",
        assessments_gangs="Gangs",
        assessments_sexual_abuse_adult_on_child="Sexual_Abuse_adult_on_child",
        assessments_sexual_abuse_child_on_child="Sexual_Abuse_child_on_child",
        assessments_sexual_abuse_unknown="Sexual_Abuse_unknown",
        assessments_physical_abuse_adult_on_child="Physical_Abuse_adult_on_child",
        assessments_physical_abuse_child_on_child="Physical_Abuse_child_on_child",
        assessments_physical_abuse_unknown="Physical_Abuse_unknown",
        assessments_neglect="Neglect",
        assessments_emotional_abuse="Emotional_Abuse",
        assessments_domestic_abuse_child="Domestic_Abuse_child",
        assessments_domestic_abuse_parent="Domestic_Abuse_parent",
        assessments_domestic_abuse_person="Domestic_Abuse_person",
        assessments_female_genital_mutilation="Female_Genital_Mutilation",
        assessments_faith_linked_abuse="Faith_linked_abuse",
    ),
    _layout(
        "section_47_enquiries",
        "table C4, section 47 enquiries and initial child protection conferences",
        section_47_enquiries="Section47",
        children_subject_of_section_47="Section47_child",
        initial_child_protection_conferences="ICPC",
        children_subject_of_icpc="ICPC_child",
    ),
    _layout(
        "child_protection_plans_started",
        "table D3, child protection plans that were a second or later one",
        child_protection_plans_started="CPP_start",
        child_protection_plans_second_or_subsequent="CPP_subsequent",
    ),
    _layout(
        "child_protection_plans_at_31_march",
        "table D5, child protection plans at 31 March",
        children_on_child_protection_plan_at_31_march="CPP_At31",
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
    figures = [name for name in table.layout.columns if name not in PLACE]
    areas = ees.places(table, reference, ends="03-31")
    wide = areas.join(table.cells[figures]).reset_index(names="row")
    long = wide.melt(id_vars=["row", *areas.columns], value_vars=figures, var_name="figure_id", value_name="raw")
    long = long.assign(column=long["figure_id"].map(table.spelled))
    carried = ees.counts(long, table)
    frame = valid_frame(carried, "figures", reference, table.place)
    ees.refuse_incomplete(frame, carried["region_code"], reference, table.place)
    others = len(table.spelled) - len(table.layout.columns)
    note = f"{others} other columns left out." if others else ""
    return reading_of(table, ees.newest_year(frame), frame, 0, note, rounded_to_zero(carried["raw"]))
