"""Methods: what each measure is, how figures are made comparable, what words and symbols mean."""

from __future__ import annotations

from typing import Any

import streamlit as st

from insight.format import slug
from insight.glossary import SYMBOLS_ANCHOR, SYMBOLS_QUESTION, TERMS_ANCHOR
from insight.queries import about as queries
from insight.records import named_rows
from insight.views import about
from ui import blocks
from ui.data_access import ask
from ui.selectors import selected
from ui.tabs import tab
from ui.view import show

LEAD = "Comparisons allow for chance, and suppressed figures are never guessed."
PARTS = {
    SYMBOLS_ANCHOR: "Symbols",
    "methods": "How figures are compared",
    TERMS_ANCHOR: "Glossary",
    "measures": "Measures",
    "breaks": "Breaks and doubtful figures",
}


def comparisons() -> None:
    """Methods, in plain words first, each with an anchor of its own; in two columns at a desk, so that no line is too long."""
    st.header("How are figures compared?", anchor="methods")
    methods = list(named_rows(ask(queries.methods)))
    half = (len(methods) + 1) // 2
    for column, part in zip(st.columns(2, gap="large"), (methods[:half], methods[half:]), strict=True):
        with column, st.container(gap="xsmall"):
            for method in part:
                _explained(method)


def _explained(method: Any) -> None:
    st.subheader(method.title, anchor=slug(method.title))
    st.markdown(method.plain)
    if method.detail or method.literature:
        with st.expander("Technical detail"):
            st.markdown(" ".join(said for said in (method.detail, method.literature) if said))


def render() -> None:
    """The page."""
    selection = selected()
    blocks.heading("Methods and glossary", LEAD)
    part = tab(PARTS)
    if part == SYMBOLS_ANCHOR:
        st.header(SYMBOLS_QUESTION, anchor=SYMBOLS_ANCHOR)
        show(about.statuses, selection, heading=False)
    elif part == "methods":
        comparisons()
    elif part == TERMS_ANCHOR:
        show(about.glossary, selection)
    elif part == "measures":
        show(about.definitions, selection)
    else:
        show(about.breaks, selection)


render()
