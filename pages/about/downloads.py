"""Downloads: the whole set in one package, every measure by itself, and how to cite."""

from __future__ import annotations

import streamlit as st

from insight.downloads.files import file_name
from insight.downloads.whole_set import whole_set
from insight.views import about
from insight.views.selection import Selection
from insight.warehouse import build_id
from ui import blocks
from ui.data_access import build_path, context, warehouse
from ui.selectors import selected
from ui.view import show


@st.cache_data(max_entries=2, show_spinner=False)
def _package(path: str) -> bytes:
    """The whole set of one build."""
    return whole_set(warehouse(path))


def whole(build: str) -> None:
    """Everything in one archive."""
    st.header("Where can I get everything?", anchor=False)
    st.markdown(
        "One archive with every table of this build as Parquet and as CSV, a description of each column, and the sources. "
        "Figures that a publisher hides are not in it: their rows say why."
    )
    path = str(build_path())
    st.download_button(
        "Download the whole set (ZIP)",
        data=lambda: _package(path),
        file_name=file_name("force-performance", build, ending="zip"),
        mime="application/zip",
        key="whole-set",
        on_click="ignore",
        icon=":material/folder_zip:",
    )


def briefings() -> None:
    """How briefings are made for all forces."""
    st.header("Where can I get a briefing?", anchor=False)
    st.markdown(
        "The page of a force has its briefing as slides with charts that can be edited, and as a tagged PDF. For all forces at "
        "once, on the machine that holds the data:"
    )
    st.code("python -m insight.briefing --all --out briefings", language=None, wrap_lines=True)


def citing(selection: Selection, build: str) -> None:
    """How to cite."""
    st.header("How do I cite a figure?", anchor=False)
    st.markdown(
        "“Copy link” in the sidebar gives an address with every choice and the build in it. A link to an older build says that "
        "it is one, and offers the newest."
    )
    st.code(about.citation(context(selection), build), language=None, wrap_lines=True)


def render() -> None:
    """The page."""
    selection = selected()
    build = build_id(build_path())
    opening = "Every figure on these pages can be taken away, with its source, its build and what hides it. No registration."
    blocks.heading("Downloads", opening)
    whole(build)
    show(about.one_measure, selection)
    briefings()
    citing(selection, build)


render()
