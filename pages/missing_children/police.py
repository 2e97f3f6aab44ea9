"""Police: children reported missing to the police, with the series' break, joint forces and doubtful figures."""

from __future__ import annotations

import streamlit as st

from insight.charts.bars import ranked_bars
from insight.charts.trends import trend_lines
from insight.findings import level
from insight.questions import figures
from insight.series import only_named
from insight.tables import areas_to_read, to_take_away, years_to_read
from insight.together import same_direction
from ui import blocks, shown
from ui.choices import Choices, chosen, with_measure
from ui.reading import ask

POLICE, CARE = "police_missing_per_10000", "children_missing_per_10000"
WELSH_POLICE = (
    "The National Crime Agency's table has the 39 forces of England only; for a Welsh force our sources have no such figure."
)


def over_the_years(choices: Choices, title: str) -> None:
    """The series of my force, its region, England and the forces compared."""
    measure = choices.measure
    named = only_named(shown.series_with_roles(choices))
    drawn = trend_lines(
        named,
        title=title,
        empty=f"There is no figure of {choices.force.name} for this measure.",
        my_force=choices.force.code,
        unit=measure.unit,
        decimals=measure.decimals,
        words=shown.figure_words(),
        breaks=ask(figures.breaks, measure.measure_id),
    )
    blocks.chart(
        drawn,
        years_to_read(named, measure.__dict__, shown.labels()),
        shown.source_of(choices, every_year=True),
        ("police", choices.force.slug, measure.measure_id),
        [f"{measure.definition} {measure.caveats}", *shown.break_notes(choices, every_force=measure.measure_id == POLICE)],
        to_take_away(named),
    )


def all_forces(police: Choices) -> None:
    """Every force in the chosen year of the police series."""
    measure = police.measure
    frame = shown.forces_now(police)
    drawn = ranked_bars(
        frame[frame["status"] != "not_covered"],
        title=f"How do forces compare, {police.year_text}?",
        empty="No force has a figure.",
        my_force=police.force.code,
        unit=measure.unit,
        decimals=measure.decimals,
        words=shown.figure_words(),
        lines=shown.lines(police),
        compared=police.compared,
        not_ranked=shown.not_ranked(police),
    )
    notes = [
        shown.hidden_note(police),
        "Warwickshire and West Mercia are published together and have no figure of their own. England and regions are pooled "
        "over the forces that have a figure.",
        shown.comparison_note(police),
    ]
    table = areas_to_read(frame, measure.__dict__, shown.labels())
    name = ("police", measure.measure_id, str(police.period_end.year))
    blocks.chart(drawn, table, shown.source_of(police), name, notes, to_take_away(frame))


def render() -> None:
    """The page."""
    choices = chosen()
    police, care = with_measure(choices, POLICE), with_measure(choices, CARE)
    opening = level(shown.my_row(police), shown.nation_row(police), police.measure.__dict__, choices.force.name, shown.labels())
    blocks.heading("Reported missing to the police", opening)
    if choices.force.in_wales:
        st.info(WELSH_POLICE)
    over_the_years(police, "Children reported missing to the police: is it rising or falling?")
    st.subheader("Do the figures of children in care point the same way?", anchor=False)
    st.markdown(same_direction(*shown.rows_in_common(police, care), choices.force.name))
    over_the_years(care, "Looked-after children who went missing in the same area: is it rising or falling?")
    all_forces(police)


render()
