"""Compare: the reader's force beside others on everything, then all forces on one measure and year."""

from __future__ import annotations

import streamlit as st

from insight.views import every_measure, forces_compared, neighbours, side_by_side
from insight.views.selection import Selection
from ui import blocks, url_state
from ui.data_access import made
from ui.map import choose_shape
from ui.selectors import ALIKE, selected
from ui.style import WIDE
from ui.view import show

WIDTH = 330  # pixels of a choice of few words
ORDERS = {"highest": "Highest first", "lowest": "Lowest first", "name": "By name"}
VIEWS = {
    "side": "Side by side",
    "bars": "Ranked bars",
    "funnel": "Funnel",
    "ranks": "Ranks",
    "map": "Map",
    "spread": "Spread",
    "rug": "All measures",
}
LIMITS = {"adjusted": "Allowing for how widely forces differ", "chance": "Chance alone"}
PICTURES = {"main": "Missing children, grades and inspections", "wider": "Child protection process and assessments"}
PLAIN = {
    "ranks": forces_compared.ranks,
    "spread": forces_compared.spread,
}


def one_view(selection: Selection, view: str) -> None:
    """The view that the reader picked, with its own choice where it has one."""
    if view == "side":
        above = st.container()  # the table begins on a phone's first screen
        picture = url_state.choose_one("picture", "Side by side on", PICTURES, "main", as_buttons=True)
        with above:
            show(side_by_side.beside_others, selection, picture == "wider", heading=False)
    elif view == "bars":
        order = url_state.choose_one(
            "order", "Order", ORDERS, "highest", shown=made(forces_compared.has_order, selection), as_buttons=True
        )
        show(forces_compared.ranked, selection, order)
    elif view == "funnel":
        offered = LIMITS if selection.measure.independent else {"adjusted": LIMITS["adjusted"]}
        drawn = made(forces_compared.has_funnel, selection) and len(offered) > 1
        limits = url_state.choose_one("limits", "Limits", offered, "adjusted", shown=drawn, as_buttons=True)
        show(forces_compared.funnel_plot, selection, limits == "adjusted")
    elif view == "rug":
        first = made(every_measure.group_of, selection, url_state.typed("rugorder"))
        groups = made(every_measure.groups, selection)
        group = url_state.choose_one("ruggroup", "Measures of", groups, first, as_buttons=True)
        by = made(every_measure.orders, selection, group)
        with st.container(key=f"{WIDE}-rugorder", width=WIDTH):  # a phone shows one force
            order = url_state.choose_one("rugorder", "Order by", by, every_measure.BY_NAME)
        show(every_measure.rug_of_measures, selection, group, order)
    elif view == "map":
        show(forces_compared.on_the_map, selection, choose_shape())
    else:
        show(PLAIN[view], selection)


def render() -> None:
    """The page."""
    selection = selected()
    blocks.head("Compare forces", selection)
    one_view(selection, url_state.choose_one("view", "View", VIEWS, "side", as_buttons=True))
    if selection.group == ALIKE:
        with st.expander("Which forces are similar, and how was that found?"):
            show(neighbours.what_they_are_alike_by, selection, heading=False)


render()
