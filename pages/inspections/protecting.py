"""Protecting vulnerable people: the grade on it beside child protection inspections and a measure of missing children."""

from __future__ import annotations

import streamlit as st

from insight.views import protecting
from insight.views.opening import welsh_note
from ui import blocks, url_state
from ui.data_access import context
from ui.selectors import selected
from ui.view import show


def render() -> None:
    """The page."""
    selection = selected()
    read = context(selection)
    blocks.heading("Protecting vulnerable people", protecting.opening(read))
    if selection.force.in_wales:
        st.info(welsh_note(read))
    cycles = protecting.cycles(read)
    named = {key: f"PEEL {cycle}" for key, cycle in cycles.items()}
    cycle = cycles[url_state.choose_one("cycle", "Cycle of the grade", named, next(iter(named)))]
    show(protecting.grade_beside_measure, selection, cycle)
    show(protecting.side_by_side_of_all, selection, url_state.choose_one("order", "Order by", protecting.ORDERS, "name"))
    show(protecting.own_measures, selection)


render()
