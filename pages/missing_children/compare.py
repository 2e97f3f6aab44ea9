"""Compare: all forces on one measure and year."""

from __future__ import annotations

import streamlit as st

from insight.charts.bars import ranked_bars
from insight.findings import WELSH, level
from insight.tables import areas_to_read, to_take_away
from ui import address, blocks, shown
from ui.choices import Choices, chosen

ORDERS = {"highest": "Highest first", "lowest": "Lowest first", "name": "By name"}


def ranked(choices: Choices) -> None:
    """Bars of all forces with England's and the region's line."""
    measure = choices.measure
    order = address.choose_one("order", "Order", ORDERS, "highest")
    frame = shown.forces_now(choices)
    covered = frame[frame["status"] != "not_covered"]
    drawn = ranked_bars(
        covered,
        title=f"{measure.title}: how do forces compare, {choices.year_text}?",
        empty=f"No force has a figure for the {choices.year_text}.",
        my_force=choices.force.code,
        unit=measure.unit,
        decimals=measure.decimals,
        words=shown.figure_words(),
        lines=shown.lines(choices),
        order=order,  # type: ignore[arg-type]
        compared=choices.compared,
        not_ranked=shown.not_ranked(choices),
    )
    notes = [
        f"{measure.definition} {measure.caveats}",
        shown.hidden_note(choices),
        *shown.unranked_notes(choices),
    ]
    blocks.chart(
        drawn,
        areas_to_read(frame, measure.__dict__, shown.labels()),
        shown.source_of(choices),
        ("compare", measure.measure_id, str(choices.period_end.year)),
        notes,
        to_take_away(frame),
    )


def render() -> None:
    """The page."""
    choices = chosen()
    opening = level(
        shown.my_row(choices), shown.nation_row(choices), choices.measure.__dict__, choices.force.name, shown.labels()
    )
    blocks.heading("Compare forces", opening)
    if choices.force.in_wales:
        st.info(WELSH)
    ranked(choices)


render()
