"""Compare: all forces on one measure and year, each view answering one question."""

from __future__ import annotations

import streamlit as st

from insight.views import every_measure, forces_compared, neighbours
from insight.views.selection import Selection
from ui import blocks, url_state
from ui.data_access import context
from ui.map import choose_shape
from ui.selectors import ALIKE, selected
from ui.view import show

ORDERS = {"highest": "Highest first", "lowest": "Lowest first", "name": "By name"}
VIEWS = {
    "bars": "Ranked bars with intervals",
    "funnel": "Funnel: is it more than chance?",
    "ranks": "Ranks with intervals",
    "map": "Map of verdicts",
    "spread": "Spread of forces",
    "rug": "All measures at once",
}
LIMITS = {"adjusted": "Adjusted for overdispersion", "chance": "Chance alone"}


def one_view(selection: Selection, view: str) -> None:
    """The view that the reader picked, with its own choice where it has one."""
    if view == "bars":
        show(forces_compared.ranked, selection, url_state.choose_one("order", "Order", ORDERS, "highest"))
    elif view == "funnel":
        offered = LIMITS if selection.measure.independent else {"adjusted": LIMITS["adjusted"]}
        show(forces_compared.funnel_plot, selection, url_state.choose_one("limits", "Limits", offered, "adjusted") == "adjusted")
    elif view == "rug":
        by = every_measure.orders(context(selection))
        show(every_measure.rug_of_measures, selection, url_state.choose_one("rugorder", "Order by", by, every_measure.BY_NAME))
    elif view == "map":
        show(forces_compared.on_the_map, selection, choose_shape())
    else:
        show({"ranks": forces_compared.ranks, "spread": forces_compared.spread}[view], selection)


def render() -> None:
    """The page."""
    selection = selected()
    blocks.head("Compare forces", selection)
    st.caption(f"{selection.measure.definition} {selection.measure.caveats}")
    view = url_state.choose_one("view", "Show", VIEWS, "bars")
    if selection.group == ALIKE:
        with st.expander(f"Which forces are most like {selection.force.name}, and how was that found?"):
            show(neighbours.what_they_are_alike_by, selection, heading=False)
    one_view(selection, view)


render()
