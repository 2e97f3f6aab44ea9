"""Follow-up: what HMICFRS planned after each inspection, what came of it, and what our sources cannot say, as of a day."""

from __future__ import annotations

from datetime import date

import streamlit as st

from insight.views import follow_up
from insight.views.selection import Selection
from ui import blocks, url_state
from ui.data_access import made
from ui.own_data import add_your_own
from ui.raw_text import sentence
from ui.selectors import selected
from ui.tabs import tab
from ui.view import show

EARLIEST = date(2014, 1, 1)
PARTS = {
    "timeline": "Timeline",
    "returns": "Inspections",
    "concerns": "Concerns",
    "engage": "Monitoring",
    "own": "Add data",
}
WIDTH = 165  # pixels: two choices beside one another on a phone


def whole_list(selection: Selection, as_of: date) -> None:
    """Every inspection with what followed it: the list, a part at a time."""
    with st.container(horizontal=True):
        with st.container(width=2 * WIDTH):
            order = url_state.choose_one("order", "Order by", follow_up.ORDERS, "newest")
        with st.container(width=WIDTH):
            state = url_state.choose_one("state", "HMICFRS's return", follow_up.STATES, follow_up.EVERY)
        with st.container(width=WIDTH):
            region = url_state.choose_one("region", "Region", made(follow_up.regions, selection, as_of), follow_up.EVERY)
        with st.container(width=WIDTH):
            rows = url_state.choose_one("rows", "Inspections", made(follow_up.parts, selection, as_of), "1")
    show(follow_up.returns, selection, as_of, order, state, region, int(rows) - 1)


def render() -> None:
    """The page."""
    selection, today = selected(), date.today()
    top = st.container()
    part = tab(PARTS, opened_by=dict.fromkeys(("state", "region", "rows"), "returns"))
    body, below = st.container(), st.container()
    as_of = today
    if part == "own":  # what a reader adds is of no day; the day of the other parts is kept
        url_state.named("as-of")
    else:
        with below if part == "timeline" else body, st.popover("As of another day", width="content"):
            explained = "The day asked about; today unless you choose another."
            as_of = url_state.choose_date("as-of", "As of", today, EARLIEST, today, explained)
    with top:
        blocks.heading("Follow-up", made(follow_up.opening, selection, as_of))
    if part == "timeline":
        with body:
            show(follow_up.timeline, selection, as_of, heading=False)
        st.markdown(sentence(made(follow_up.status, selection, as_of)))
        show(follow_up.own_grades, selection)
    elif part == "returns":
        whole_list(selection, as_of)
    elif part == "concerns":
        show(follow_up.concerns, selection, as_of)
    elif part == "engage":
        show(follow_up.engage, selection, as_of)
        show(follow_up.engage_list, selection, as_of, heading=False)
    else:
        add_your_own()


render()
