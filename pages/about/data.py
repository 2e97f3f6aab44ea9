"""Data: when they were updated and from what, what is covered, which checks they passed, what was revised, what is new."""

from __future__ import annotations

import streamlit as st

from insight.format import plural
from insight.views import about
from insight.warehouse import build_id
from ui import blocks
from ui.data_access import build_path, made
from ui.selectors import selected
from ui.tabs import tab
from ui.view import show

FIRST = 12  # changes that stand open


def news() -> None:
    """What the newest version changed for readers."""
    version, points = about.whats_new()
    if points:
        st.header("What's new", anchor="whats-new")
        st.caption(f"Version {version}" if version[0].isdigit() else "Latest changes")
        st.markdown("\n".join(f"- {point}" for point in points[:FIRST]))
        if rest := points[FIRST:]:
            with st.expander(plural(len(rest), "more change")):
                st.markdown("\n".join(f"- {point}" for point in rest))


PARTS = {"sources": "Sources", "coverage": "Coverage and checks", "revisions": "Revisions", "news": "What's new"}


def render() -> None:
    """The page."""
    selection = selected()
    blocks.heading("The data", made(about.opening, selection))
    part = tab(PARTS)
    if part == "sources":
        show(about.sources, selection)
    elif part == "coverage":
        show(about.coverage, selection)
        show(about.checks, selection, fold="Every check with what was expected and found")
    elif part == "revisions":
        show(about.revisions, selection)
    else:
        news()
    st.caption(f"Build {build_id(build_path())}")


render()
