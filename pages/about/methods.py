"""Methods: what each measure is, how figures are made comparable, where a series changes meaning, what each word means."""

from __future__ import annotations

import streamlit as st

from insight.queries import about, figures, inspections
from insight.tables.about import breaks_to_read, definitions_to_read, statuses_to_read
from ui import blocks, chosen_figures
from ui.data_access import ask
from ui.selectors import selected


def measures() -> None:
    """Definitions."""
    st.header("What is each measure?", anchor=False)
    frame = ask(figures.measures)
    table = definitions_to_read(frame, ask(about.figures))
    blocks.table_with_download(
        table, ("measures",), frame, title="Definitions of the measures", source=chosen_figures.source_of_all()
    )


def comparisons() -> None:
    """Methods, in plain words first."""
    st.header("How are figures made comparable?", anchor=False)
    for method in ask(about.methods).itertuples():
        st.markdown(f"**{method.title}.** {method.plain}")
        if method.detail or method.literature:
            with st.expander(f"Detail: {method.title}"):
                st.markdown(" ".join(part for part in (method.detail, method.literature) if part))


def words() -> None:
    """Statuses of figures and grades."""
    st.header("Why does a figure or grade have no value?", anchor=False)
    blocks.show_table(statuses_to_read(ask(figures.statuses), ask(inspections.grade_statuses)))


def breaks() -> None:
    """Breaks, seams and doubtful figures."""
    st.header("Where does a series change its meaning?", anchor=False)
    blocks.show_table(breaks_to_read(ask(about.all_breaks), ask(about.figures)))


def render() -> None:
    """The page."""
    selected()
    blocks.heading(
        "Definitions and methods",
        "Figures are compared with their uncertainty, hidden ones are never guessed, and no page says more than the data can.",
    )
    measures()
    comparisons()
    words()
    breaks()


render()
