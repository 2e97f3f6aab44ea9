"""Protecting vulnerable people: who was given which grade, and grades beside inspections and measures of missing children."""

from __future__ import annotations

import streamlit as st

from insight.views import grades, protecting
from insight.views.opening import welsh_note
from ui import blocks, url_state
from ui.data_access import made
from ui.selectors import selected
from ui.tabs import tab
from ui.view import show
from vocabulary import PROTECTING

PARTS = {"grades": "Grades", "forces": "Forces", "link": "A link?", "figures": "My figures"}


def render() -> None:
    """The page."""
    selection = selected()
    cycles = made(protecting.cycles, selection)
    named = {key: f"PEEL {cycle}" for key, cycle in cycles.items()}
    top = st.container()
    cycle = cycles[url_state.choose_one("cycle", "Cycle", named, next(iter(named)), as_buttons=True)]
    with top:
        blocks.heading("Protecting vulnerable people", made(protecting.opening, selection, cycle))
    part = tab(PARTS, opened_by={"order": "forces"})
    if part == "grades":
        show(grades.by_grade, selection, cycle, PROTECTING, grades.EVERY, heading=False)
    elif part == "forces":
        with st.container(width=330):
            order = url_state.choose_one("order", "Order by", protecting.ORDERS, "name")
        show(protecting.side_by_side_of_all, selection, order, cycle)
    elif selection.force.in_wales:
        st.info(made(welsh_note, selection))
    if part == "link":
        show(protecting.grade_beside_measure, selection, cycle)
    elif part == "figures" and not selection.force.in_wales:
        show(protecting.own_measures, selection)
        show(protecting.wider_measures, selection, heading=False, fold="Child protection and what assessments found")


render()
