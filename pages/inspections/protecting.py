"""Protecting vulnerable people: the grade on it beside child protection inspections and a measure of missing children."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from insight.charts.grade_scatter import grade_scatter
from insight.downloads.files import period
from insight.findings import WELSH
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
from insight.inspections.protecting import ORDERS, QUESTION, ordered, protecting_html, protecting_sentence, side_by_side
from insight.questions import figures, inspections
from insight.tables.figures import measures_to_read, to_take_away
from insight.words import slug
from ui import address, blocks, shown
from ui.choices import Choices, chosen
from ui.listing import listing
from ui.reading import ask


def question_grades() -> pd.DataFrame:
    """Grades of the question in every cycle that asks it."""
    grades = ask(inspections.grades, None, None)
    return grades[grades["question"] == QUESTION]


def table(choices: Choices, grades: pd.DataFrame, cycles: pd.DataFrame) -> None:
    """All forces side by side."""
    st.header("How do grade, inspection and measure lie side by side?", anchor=False)
    order = address.choose_one("order", "Order by", ORDERS, "name")
    measured = shown.forces_now(choices)
    frame = ordered(side_by_side(grades, ask(inspections.inspections), measured, str(cycles.iloc[-1]["cycle"])), order)
    caption = (
        f"{len(frame)} forces: grade on {QUESTION.lower()}, newest child protection visit and audit, and "
        f"{choices.measure.short_title} ({choices.year_text}). Order: {ORDERS[order].lower()}. “Report of”: no visit is dated."
    )
    words = (shown.grade_words(), shown.labels())
    listing(protecting_html(frame, grades, cycles, choices.force.code, choices.measure.__dict__, words, caption))
    sources = (shown.inspection_source(), shown.protection_source(), shown.source_of(choices))
    name = ("protecting", choices.measure.measure_id, str(choices.period_end.year))
    blocks.csv_button(to_take_away(frame), name, caption, " ".join(sources))
    blocks.grade_key(ask(inspections.grade_scale), ask(inspections.grade_statuses))
    st.caption(f"{SEAM} {MARKS_KEY}")
    st.caption(f"{choices.measure.definition} {choices.measure.caveats}")
    for line in sources:
        st.caption(line)


def scatter(choices: Choices, grades: pd.DataFrame) -> None:
    """Grade against measure of one cycle."""
    names = {slug(cycle): f"PEEL {cycle}" for cycle in reversed(list(dict.fromkeys(grades["cycle"])))}
    picked = address.choose_one("cycle", "Cycle of the grade", names, next(iter(names)))
    cycle = names[picked].removeprefix("PEEL ")
    both = beside(grades[grades["cycle"] == cycle], shown.forces_now(choices))
    drawn = grade_scatter(
        both,
        title=f"{QUESTION} {cycle} and “{choices.measure.title}”, {choices.year_text}: do they go together?",
        empty="No force has both a grade and a figure.",
        my_force=choices.force.code,
        unit=choices.measure.unit,
        decimals=choices.measure.decimals,
        words=shown.figure_words(),
    )
    stored = ask(inspections.grade_association, QUESTION, cycle, choices.measure.measure_id, choices.period_end)
    notes = [association_sentence(association(stored)), left_out_sentence(both), CAUTION, METHOD]
    source = f"{shown.inspection_source()} {shown.source_of(choices)}"
    read = beside_to_read(both, choices.measure.__dict__, shown.labels(), shown.grade_labels())
    blocks.chart(drawn, read, source, ("protecting-scatter", picked, choices.measure.measure_id), notes, read)


def my_measures(choices: Choices) -> None:
    """Every measure of missing children of my force, newest year."""
    title = f"What do the figures on missing children say about {choices.force.name}?"
    st.header(title, anchor=False)
    mine = ask(figures.force_all_measures, choices.force.code)
    if mine.empty:
        st.info(WELSH)
        return
    nation = ask(figures.force_all_measures, choices.force.country_code)
    blocks.table_with_download(
        measures_to_read(mine, nation, shown.labels()),
        ("protecting-measures", choices.force.slug, period(mine["period_end"])),
        to_take_away(mine),
        title=title,
        source=shown.source_of_all(),
    )


def render() -> None:
    """The page."""
    choices = chosen()
    grades, cycles = question_grades(), ask(inspections.cycles)
    mine = grades[grades["force_code"] == choices.force.code]
    blocks.heading("Protecting vulnerable people", protecting_sentence(mine, choices.force.name, shown.grade_labels()))
    if choices.force.in_wales:
        st.info(WELSH)
    scatter(choices, grades)
    table(choices, grades, cycles)
    my_measures(choices)


render()
