"""National: the headline figures, the forces on the map, the grades at a glance."""

from __future__ import annotations

import streamlit as st

from insight.comparing.watch import watch_list, watched_to_read
from insight.inspections.grades import at_a_glance, distribution
from insight.over_time.changes import headlines
from insight.questions import figures, inspections
from ui import blocks, drawn, shown
from ui.choices import Choices, chosen
from ui.reading import ask

HEADLINES = [
    "children_missing_number",
    "missing_incidents_number",
    "children_missing_percent",
    "missing_more_than_once_percent",
    "incidents_per_missing_child",
]


def headline_figures(choices: Choices) -> None:
    """England's newest figures with the change since the year before."""
    england = ask(figures.force_all_measures, shown.ENGLAND)
    made = headlines(england, ask(figures.measures), HEADLINES)
    st.header("How many looked-after children go missing in England?", anchor=False)
    blocks.cards(made)
    st.caption(
        f"England, {made[0].year}. More recorded may be better recording: neither a rise nor a fall is good or bad by itself. "
        "The Department for Education rounds England's counts to the nearest 10."
    )


def forces_on_the_map(choices: Choices) -> None:
    """The chosen measure as a tile map."""
    title = f"Which forces differ from the average? {choices.measure.title}, {choices.year_text}"
    notes = [shown.hidden_note(choices), shown.comparison_note(choices)]
    drawn.put_forces(choices, drawn.verdict_map(choices, title), "forces", notes)


def watch(choices: Choices) -> None:
    """Forces that stand out and move, with the number that would by chance alone."""
    st.header(f"Which forces should be looked at? {choices.measure.title}, {choices.year_text}", anchor=False)
    measure = choices.measure
    if measure.kind in ("count", "ratio") or not measure.independent:
        st.info("Numbers are not compared, and incidents have no interval. Choose a rate or a percentage of children.")
        return
    before = shown.forces_the_year_before(choices)
    lists = watch_list(shown.forces_now(choices), before)
    title = f"Forces to look at: {measure.title}, {choices.year_text}"
    name = ("watch", measure.measure_id, str(choices.period_end.year))
    blocks.table_with_download(watched_to_read(lists), name, title=title, source=shown.source_of(choices))
    st.caption(
        "By chance: how many forces would be on a list if none differed from the average and nothing changed. Forces do differ "
        "by more than chance for many reasons, recording among them, so a place on a list is a question and not a finding. The "
        "average is over the forces that have a whole figure in a year, so a verdict can change because the average does."
    )
    if before.empty:
        reasons = list(shown.breaks_now(choices)["reason"])
        why = f"the series breaks between the two. {' '.join(reasons)}" if reasons else "there is none."
        st.caption(f"Verdicts are not compared with those of the year before: {why}")
    for note in shown.doubt_notes(choices):
        st.caption(note)


def grades_at_a_glance(choices: Choices) -> None:
    """How many forces stand at each grade in the newest cycle."""
    cycles = ask(inspections.cycles)
    newest = cycles.iloc[-1]["cycle"]
    grades = ask(inspections.grades, newest, None)
    title = f"How did the inspectorate grade forces in {newest}?"
    wide, narrow = drawn.grade_spread(title, grades, "short_title", choices)
    blocks.chart(
        wide,
        at_a_glance(distribution(grades, "short_title"), "short_title", "Question"),
        shown.inspection_source(),
        ("grades", newest),
        ["Grades of different cycles are not compared. “Not found” means that our sources do not show the grade."],
        narrow=narrow,
    )


def render() -> None:
    """The page."""
    choices = chosen()
    drawn.head("Are missing children better protected?", choices)
    headline_figures(choices)
    forces_on_the_map(choices)
    watch(choices)
    grades_at_a_glance(choices)


render()
