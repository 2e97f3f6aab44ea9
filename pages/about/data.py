"""Data: when they were updated and from what, what is covered, which checks they passed, what was revised, what is new."""

from __future__ import annotations

import streamlit as st

from insight.views import about
from insight.warehouse import build_id
from ui import blocks
from ui.data_access import build_path, made
from ui.selectors import selected
from ui.view import show


def news() -> None:
    """What the newest version changed for readers."""
    version, points = about.whats_new()
    if points:
        st.header("What's new", anchor="whats-new")
        with st.expander(f"Changes in version {version}" if version[0].isdigit() else "Latest changes"):
            st.markdown("\n".join(f"- {point}" for point in points))


def render() -> None:
    """The page."""
    selection = selected()
    blocks.heading("The data", made(about.opening, selection))
    show(about.sources, selection)
    show(about.coverage, selection, fold="Forces with a figure, by measure and year")
    show(about.checks, selection, fold="Every check with what was expected and found")
    show(about.revisions, selection, fold="Every revised figure")
    news()
    st.caption(f"Build {build_id(build_path())}")


render()
