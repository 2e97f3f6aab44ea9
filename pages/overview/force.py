"""Force: one force's grades, series, authorities and inspections."""

from __future__ import annotations

import streamlit as st

from insight.charts.grades import grade_timeline
from insight.charts.trends import trend_lines
from insight.findings import WELSH, level
from insight.grade_changes import changes, changes_sentence
from insight.grade_tables import MARKS_KEY, SEAM, force_grades_html
from insight.grades import own_grades
from insight.questions import figures, inspections
from insight.series import only_named
from insight.tables import (
    areas_to_read,
    events_to_read,
    inspections_to_read,
    measures_to_read,
    to_take_away,
    years_to_read,
)
from ui import blocks, shown
from ui.choices import Choices, chosen
from ui.listing import listing
from ui.reading import ask


def all_measures(choices: Choices) -> None:
    """The newest figure of every measure beside England's."""
    st.subheader(f"What do the figures say about {choices.force.name}?", anchor=False)
    mine = ask(figures.force_all_measures, choices.force.code)
    if mine.empty:
        st.info(WELSH)
        return
    nation = ask(figures.force_all_measures, choices.force.country_code)
    blocks.table_with_download(
        measures_to_read(mine, nation, shown.labels()), ("measures", choices.force.slug), to_take_away(mine)
    )
    st.caption(
        "Four different answers: “Similar” (the interval holds England's average), “Not compared” (no whole figure or no "
        "interval), “No significant change” (no evidence of a trend) and “Cannot be calculated” (too few points)."
    )


def grades(choices: Choices) -> None:
    """Grades by question and cycle, with a seam where cycles cannot be compared."""
    mine = ask(inspections.grades, None, choices.force.code)
    drawn = grade_timeline(
        mine,
        title=f"How was {choices.force.name} graded, cycle by cycle?",
        empty="No grades are known.",
        force_name=choices.force.name,
        cycles=ask(inspections.cycles),
        questions=ask(inspections.questions),
        words=shown.grade_words(),
    )
    words = {status: word.label for status, word in shown.grade_words().items()}
    seams = ask(inspections.seams)
    changed = changes_sentence(changes(mine, ask(inspections.cycles)))
    blocks.chart(
        drawn,
        own_grades(mine, words),
        shown.inspection_source(),
        ("grades", choices.force.slug),
        [changed, *(f"{row.cycle}: {row.reason}" for row in seams.itertuples())],
    )
    caption = f"Grades of {choices.force.name} by question and cycle. Each letter opens the page it was read from."
    questions = ask(inspections.questions)
    listing(force_grades_html(mine, ask(inspections.cycles), questions, shown.grade_words(), caption))
    st.caption(f"{SEAM} {MARKS_KEY}")


def series(choices: Choices) -> None:
    """The chosen measure of my force, its region and England."""
    measure = choices.measure
    named = only_named(shown.series_with_roles(choices))
    drawn = trend_lines(
        named,
        title=f"{measure.title}: how has it changed?",
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
        ("series", choices.force.slug, measure.measure_id),
        shown.break_notes(choices),
        to_take_away(named),
    )


def authorities(choices: Choices) -> None:
    """The parts that the force's figure is the sum of."""
    st.subheader(f"Which authorities make up the figure of {choices.force.name}, {choices.year_text}?", anchor=False)
    parts = ask(figures.parts, choices.force.code, choices.measure.measure_id, choices.period_end)
    if parts.empty:
        why = "The police publish it by force." if choices.measure.publication in shown.BY_FORCE else WELSH
        st.info(f"This measure has no figures of authorities for {choices.force.name}. {why}")
        return
    table = areas_to_read(parts, choices.measure.__dict__, shown.labels(), "Authority")
    blocks.table_with_download(table, ("authorities", choices.force.slug, choices.measure.measure_id), to_take_away(parts))
    st.caption(shown.source_of(choices))


def child_protection(choices: Choices) -> None:
    """Child protection inspections and enhanced monitoring."""
    st.subheader(f"How was child protection in {choices.force.name} inspected, and what followed?", anchor=False)
    held = ask(inspections.inspections, choices.force.code)
    if held.empty:
        st.info(f"Our sources show no child protection inspection of {choices.force.name}.")
    else:
        blocks.table_with_download(inspections_to_read(held), ("inspections", choices.force.slug), held)
    events = ask(inspections.events, choices.force.code)
    if not events.empty:
        st.markdown("**Enhanced monitoring (Engage) and causes of concern**")
        blocks.table_with_download(events_to_read(events), ("monitoring", choices.force.slug), events)
    else:
        st.caption("Our sources show no enhanced monitoring and no cause of concern for this force.")
    st.caption(shown.protection_source())


def render() -> None:
    """The page."""
    choices = chosen()
    opening = level(
        shown.my_row(choices), shown.nation_row(choices), choices.measure.__dict__, choices.force.name, shown.labels()
    )
    blocks.heading(choices.force.organisation, opening)
    if choices.force.in_wales:
        st.info(WELSH)
    grades(choices)
    series(choices)
    all_measures(choices)
    authorities(choices)
    child_protection(choices)


render()
