"""Trends: my force over the years beside others, its region and England; breaks and gaps shown, never bridged."""

from __future__ import annotations

import streamlit as st

from insight.charts.trends import trend_lines
from insight.findings import WELSH, trend
from insight.questions import figures
from insight.series import only_named
from insight.tables import revised_years_to_read, to_take_away, years_to_read
from ui import blocks, shown
from ui.choices import Choices, chosen
from ui.reading import ask


def series(choices: Choices) -> None:
    """The chosen measure over the years."""
    measure = choices.measure
    frame = shown.series_with_roles(choices)
    breaks = ask(figures.breaks, measure.measure_id)
    drawn = trend_lines(
        frame,
        title=f"{measure.title}: is it rising or falling?",
        empty="No year has a figure for this force.",
        my_force=choices.force.code,
        unit=measure.unit,
        decimals=measure.decimals,
        words=shown.figure_words(),
        breaks=breaks,
    )
    named = only_named(frame)
    blocks.chart(
        drawn,
        years_to_read(named, measure.__dict__, shown.labels()),
        shown.source_of(choices, every_year=True),
        ("trend", choices.force.slug, measure.measure_id),
        [f"{measure.definition} {measure.caveats}", *shown.break_notes(choices)],
        to_take_away(named),
    )


def revisions(choices: Choices) -> None:
    """The same year as different releases give it."""
    st.subheader("Did a later release change earlier years?", anchor=False)
    revised = ask(figures.revisions, choices.force.code, choices.measure.numerator)
    table = revised_years_to_read(revised, shown.labels())
    if table.empty:
        st.info(f"No release has this figure for {choices.force.name}.")
        return
    label = shown.figure_label(choices.measure.numerator)
    st.caption(f"{label[:1].upper()}{label[1:]}, {choices.force.name}, as published in each release.")
    blocks.table_with_download(table, ("revisions", choices.force.slug, choices.measure.numerator), revised)


def render() -> None:
    """The page."""
    choices = chosen()
    blocks.heading("Trends", trend(shown.my_row(choices), choices.measure.__dict__, choices.force.name, shown.labels()))
    if choices.force.in_wales:
        st.info(WELSH)
    series(choices)
    revisions(choices)


render()
