"""National: the headline figures, the forces on the map, the grades at a glance."""

from __future__ import annotations

import streamlit as st

from insight.views import grades, national
from insight.views.selection import Selection
from ui import blocks
from ui.data_access import context
from ui.map import choose_shape
from ui.selectors import selected
from ui.view import show


def headline_figures(selection: Selection) -> None:
    """England's newest figures with the change since the year before."""
    made = national.england(context(selection))
    st.header("How many looked-after children go missing in England?", anchor=False)
    blocks.cards(made)
    st.caption(
        f"England, {made[0].year}. More recorded may be better recording: neither a rise nor a fall is good or bad by itself. "
        "The Department for Education rounds England's counts to the nearest 10."
    )


def render() -> None:
    """The page."""
    selection = selected()
    blocks.head("Are missing children better protected?", selection)
    headline_figures(selection)
    show(national.forces_on_the_map, selection, choose_shape())
    show(national.closer_look, selection)
    show(grades.newest_at_a_glance, selection)


render()
