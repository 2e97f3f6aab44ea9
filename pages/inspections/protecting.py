"""Protecting vulnerable people: the grade on it beside child protection inspections and a measure of missing children."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from insight.charts.grade_scatter import grade_scatter
from insight.downloads.files import period
from insight.format import slug
from insight.inspections.grade_and_measure import (
    CAUTION,
    METHOD,
    association,
    association_sentence,
    beside,
    beside_to_read,
    left_out_sentence,
)
from insight.inspections.grade_tables import MARKS_KEY, SEAM
from insight.inspections.protecting import ORDERS, QUESTION, ordered, protecting_sentence, protecting_table, side_by_side
from insight.queries import figures, inspections
from insight.tables.figures import measures_to_read, to_take_away
from insight.views.opening import welsh_note
from insight.views.selection import Selection
from ui import blocks, chosen_figures, url_state
from ui.data_access import ask, context
from ui.selectors import selected
from ui.table import show_table


def question_grades() -> pd.DataFrame:
    """Grades of the question in every cycle that asks it."""
    grades = ask(inspections.grades, None, None)
    return grades[grades["question"] == QUESTION]


def table(selection: Selection, grades: pd.DataFrame, cycles: pd.DataFrame) -> None:
    """All forces side by side."""
    st.header("How do grade, inspection and measure lie side by side?", anchor=False)
    order = url_state.choose_one("order", "Order by", ORDERS, "name")
    measured = chosen_figures.forces_now(selection)
    frame = ordered(side_by_side(grades, ask(inspections.inspections), measured, str(cycles.iloc[-1]["cycle"])), order)
    caption = (
        f"{len(frame)} forces: grade on {QUESTION.lower()}, newest child protection visit and audit, and "
        f"{selection.measure.short_title} ({selection.year_text}). Order: {ORDERS[order].lower()}. “Report of”: no visit "
        "is dated."
    )
    words = (chosen_figures.grade_words(), chosen_figures.labels())
    show_table(protecting_table(frame, grades, cycles, selection.force.code, selection.measure.__dict__, words, caption))
    sources = (chosen_figures.inspection_source(), chosen_figures.protection_source(), chosen_figures.source_of(selection))
    name = ("protecting", selection.measure.measure_id, str(selection.period_end.year))
    blocks.csv_button(to_take_away(frame), name, caption, " ".join(sources))
    blocks.grade_key(ask(inspections.grade_scale), ask(inspections.grade_statuses))
    st.caption(f"{SEAM} {MARKS_KEY}")
    st.caption(f"{selection.measure.definition} {selection.measure.caveats}")
    for line in sources:
        st.caption(line)


def scatter(selection: Selection, grades: pd.DataFrame) -> None:
    """Grade against measure of one cycle."""
    names = {slug(cycle): f"PEEL {cycle}" for cycle in reversed(list(dict.fromkeys(grades["cycle"])))}
    picked = url_state.choose_one("cycle", "Cycle of the grade", names, next(iter(names)))
    cycle = names[picked].removeprefix("PEEL ")
    both = beside(grades[grades["cycle"] == cycle], chosen_figures.forces_now(selection))
    drawn = grade_scatter(
        both,
        title=f"{QUESTION} {cycle} and “{selection.measure.title}”, {selection.year_text}: do they go together?",
        empty="No force has both a grade and a figure.",
        my_force=selection.force.code,
        unit=selection.measure.unit,
        decimals=selection.measure.decimals,
        words=chosen_figures.figure_words(),
    )
    stored = ask(inspections.grade_association, QUESTION, cycle, selection.measure.measure_id, selection.period_end)
    notes = [association_sentence(association(stored)), left_out_sentence(both), CAUTION, METHOD]
    source = f"{chosen_figures.inspection_source()} {chosen_figures.source_of(selection)}"
    read = beside_to_read(both, selection.measure.__dict__, chosen_figures.labels(), chosen_figures.grade_labels())
    blocks.chart(drawn, read, source, ("protecting-scatter", picked, selection.measure.measure_id), notes)


def my_measures(selection: Selection) -> None:
    """Every measure of missing children of my force, newest year."""
    title = f"What do the figures on missing children say about {selection.force.name}?"
    st.header(title, anchor=False)
    mine = ask(figures.force_all_measures, selection.force.code)
    if mine.empty:
        st.info(welsh_note(context(selection)))
        return
    nation = ask(figures.force_all_measures, selection.force.country_code)
    blocks.table_with_download(
        measures_to_read(mine, nation, chosen_figures.labels()),
        ("protecting-measures", selection.force.slug, period(mine["period_end"])),
        to_take_away(mine),
        title=title,
        source=chosen_figures.source_of_all(),
    )


def render() -> None:
    """The page."""
    selection = selected()
    grades, cycles = question_grades(), ask(inspections.cycles)
    mine = grades[grades["force_code"] == selection.force.code]
    blocks.heading("Protecting vulnerable people", protecting_sentence(mine, selection.force.name, chosen_figures.grade_labels()))
    if selection.force.in_wales:
        st.info(welsh_note(context(selection)))
    scatter(selection, grades)
    table(selection, grades, cycles)
    my_measures(selection)


render()
