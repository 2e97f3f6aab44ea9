"""Methods: what each measure is, how figures are made comparable, where a series changes meaning, what each word means."""

from __future__ import annotations

import streamlit as st

from insight.queries import about as queries
from insight.views import about
from ui import blocks
from ui.data_access import ask
from ui.selectors import selected
from ui.view import show


def comparisons() -> None:
    """Methods, in plain words first."""
    st.header("How are figures made comparable?", anchor=False)
    for method in ask(queries.methods).itertuples():
        st.markdown(f"**{method.title}.** {method.plain}")
        if method.detail or method.literature:
            with st.expander(f"Detail: {method.title}"):
                st.markdown(" ".join(part for part in (method.detail, method.literature) if part))


def render() -> None:
    """The page."""
    selection = selected()
    blocks.heading(
        "Definitions and methods", "Figures are compared with their uncertainty, and suppressed ones are never guessed."
    )
    show(about.definitions, selection)
    comparisons()
    show(about.statuses, selection)
    show(about.breaks, selection)


render()
