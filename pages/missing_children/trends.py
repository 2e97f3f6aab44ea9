"""Trends: the selected force over the years beside others, its region and England; breaks and gaps shown, never bridged."""

from __future__ import annotations

import streamlit as st

from insight.views import over_time
from insight.views.opening import level_sentence, welsh_note
from insight.views.selection import Selection
from ui import blocks, url_state
from ui.data_access import made
from ui.selectors import selected
from ui.view import show

TODAY = "today"
WIDTH = 200  # pixels


def choose_release(selection: Selection) -> str:
    """The release at which the page looks at the measure; empty for today's."""
    releases = made(over_time.earlier_releases, selection)
    if not releases:
        return ""
    options = {TODAY: "Latest", **{one: f"Release {one}" for one in reversed(releases)}}
    with st.container(width=WIDTH):
        picked = url_state.choose_one("release", "Data as published", options, TODAY)
    if picked == TODAY:
        return ""
    st.warning(
        f"This page shows the figures as they were published in release {picked}. Later releases have revised some of them.",
        icon=":material/history:",
    )
    return picked


def render() -> None:
    """The page: the release is chosen under the first picture, which it changes."""
    selection = selected()
    above = st.container()
    as_of = choose_release(selection)
    with above:
        blocks.heading("Trends", made(level_sentence, selection, as_of))
        if selection.force.in_wales:
            st.info(made(welsh_note, selection))
        show(over_time.is_it_rising, selection, as_of)
    show(over_time.every_force, selection, as_of)
    show(over_time.revisions, selection)


render()
