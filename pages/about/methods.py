"""Methods: what each measure is, how figures are made comparable, what words and symbols mean."""

from __future__ import annotations

import streamlit as st

from insight.format import slug
from insight.glossary import SYMBOLS_ANCHOR, SYMBOLS_QUESTION, TERMS_ANCHOR
from insight.queries import about as queries
from insight.views import about
from ui import blocks
from ui.data_access import ask
from ui.selectors import selected
from ui.view import show

LINKS = ((SYMBOLS_QUESTION, SYMBOLS_ANCHOR), ("How figures are compared", "methods"), ("Glossary", TERMS_ANCHOR))


def comparisons() -> None:
    """Methods in plain words, in two columns at a desk, each with an anchor of its own; technical detail of all in one fold."""
    st.header("How are figures compared?", anchor="methods")
    methods = list(ask(queries.methods).itertuples())
    half = (len(methods) + 1) // 2
    for column, part in zip(st.columns(2, gap="large"), (methods[:half], methods[half:]), strict=True):
        with column:
            for method in part:
                st.subheader(method.title, anchor=slug(method.title))
                st.markdown(method.plain)
    with st.expander("Technical detail and literature of every method"):
        for method in methods:
            detail = " ".join(part for part in (method.detail, method.literature) if part)
            if detail:
                st.markdown(f"**{method.title}.** {detail}")


def render() -> None:
    """The page."""
    selection = selected()
    blocks.heading(
        "Methods and glossary", "Figures are compared with their uncertainty, and suppressed figures are never guessed."
    )
    st.markdown(" · ".join(f"[{name}](#{anchor})" for name, anchor in LINKS))
    st.header(SYMBOLS_QUESTION, anchor=SYMBOLS_ANCHOR)
    show(about.statuses, selection, heading=False)
    comparisons()
    st.header("Glossary", anchor=TERMS_ANCHOR)
    show(about.glossary, selection, heading=False, fold="Every term with its meaning")
    show(about.definitions, selection, fold="Every measure with its definition")
    show(about.breaks, selection, fold="Breaks, cycles that cannot be compared, and doubtful figures")


render()
