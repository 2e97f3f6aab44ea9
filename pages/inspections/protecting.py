"""Protecting vulnerable people: who was given which grade, and grades beside inspections and measures of missing children."""

from __future__ import annotations

import streamlit as st

from insight.views import grades, protecting
from insight.views.opening import welsh_note
from ui import blocks, url_state
from ui.data_access import context
from ui.selectors import selected
from ui.view import show
from vocabulary import PROTECTING

PARTS = {"grades": "Grades", "forces": "Every force", "link": "Grade and figure", "figures": "Figures of my force"}
WIDTH = 165  # pixels: two choices beside one another on a phone


def render() -> None:
    """The page."""
    selection = selected()
    read = context(selection)
    cycles = protecting.cycles(read)
    named = {key: f"PEEL {cycle}" for key, cycle in cycles.items()}
    top = st.container()
    with st.container(width=WIDTH):
        cycle = cycles[url_state.choose_one("cycle", "Cycle", named, next(iter(named)))]
    with top:
        blocks.heading("Protecting vulnerable people", protecting.opening(read, cycle))
    part = url_state.choose_one("part", "Show", PARTS, "grades")
    if part == "grades":
        show(grades.by_grade, selection, cycle, PROTECTING, grades.EVERY)
    elif part == "forces":
        order = url_state.choose_one("order", "Order by", protecting.ORDERS, "name")
        show(protecting.side_by_side_of_all, selection, order, cycle)
    elif selection.force.in_wales:
        st.info(welsh_note(read))
    if part == "link":
        show(protecting.grade_beside_measure, selection, cycle)
    elif part == "figures" and not selection.force.in_wales:
        show(protecting.own_measures, selection)


render()
