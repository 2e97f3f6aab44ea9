"""Police: children reported missing to the police, with the series' break, joint forces and doubtful figures."""

from __future__ import annotations

import streamlit as st

from insight.comparing.together import same_direction
from insight.over_time.series import only_named
from ui import drawn, shown
from ui.choices import Choices, chosen, with_measure

POLICE, CARE = "police_missing_per_10000", "children_missing_per_10000"


def over_the_years(choices: Choices, title: str) -> None:
    """The series of my force, its region, England and the forces compared."""
    measure = choices.measure
    named = only_named(shown.series_with_roles(choices))
    notes = [f"{measure.definition} {measure.caveats}", *shown.break_notes(choices, every_force=measure.measure_id == POLICE)]
    drawn.put_series(choices, drawn.series(choices, named, title), named, "police", notes)


def all_forces(police: Choices) -> None:
    """Every force in the chosen year of the police series."""
    notes = [
        shown.hidden_note(police),
        "Warwickshire and West Mercia are published together and have no figure of their own. England and regions are pooled "
        "over the forces that have a figure.",
        shown.comparison_note(police),
    ]
    chart = drawn.bars(police, f"How do forces compare, {police.year_text}?")
    drawn.put_forces(police, chart, "police-forces", notes)


def render() -> None:
    """The page."""
    choices = chosen()
    police, care = with_measure(choices, POLICE), with_measure(choices, CARE)
    drawn.head("Reported missing to the police", police)
    over_the_years(police, "Children reported missing to the police: is it rising or falling?")
    st.header("Do the figures of children in care point the same way?", anchor=False)
    st.markdown(same_direction(*shown.rows_in_common(police, care), choices.force.name))
    over_the_years(care, "Looked-after children who went missing in the same area: is it rising or falling?")
    all_forces(police)


render()
