"""Downloads: all data as CSV or through the API, every measure by itself, briefings, and how to cite."""

from __future__ import annotations

import streamlit as st

from environment import PUBLIC_SITE
from insight.addresses import FOLDER, LATEST
from insight.downloads.files import file_name
from insight.downloads.whole_set import whole_set
from insight.views import about
from insight.views.selection import Selection
from insight.warehouse import build_id
from ui import blocks
from ui.data_access import build_path, made, warehouse
from ui.files import made_when_asked, may_leave
from ui.raw_text import escaped
from ui.selectors import selected
from ui.view import show


@st.cache_data(max_entries=2, show_spinner=False)
def _package(path: str) -> bytes:
    """The whole set of one build."""
    return whole_set(warehouse(path))


def whole(selection: Selection, build: str) -> None:
    """Everything in one archive."""
    st.header("All data", anchor=False)
    st.markdown(
        "**As CSV:** one ZIP file has every table as CSV and as Parquet, with a description of each column and the sources. "
        "Suppressed figures are not in it; their rows say why."
    )
    path = str(build_path())
    if may_leave("one file of all data"):
        made_when_asked(
            "Download all data (ZIP with CSV)",
            lambda: _package(path),
            file_name("force-performance", build, ending="zip"),
            "application/zip",
            "whole-set",
            ":material/folder_zip:",
        )
    st.markdown(f"**As an API:** {_api(made(about.api, selection))}")


def _api(files: dict[str, str]) -> str:
    """The files of the JSON API as Markdown: links where this copy knows its public site's address, else their names."""
    site = PUBLIC_SITE.value
    if site is None:
        named = ", ".join(f"`{path}` ({escaped(of)})" for of, path in files.items())
        return f"every edition of the public site has every figure as JSON, under these names: {named}."
    named = ", ".join(f"[{escaped(of)}]({site.rstrip('/')}/{FOLDER}/{LATEST}/{path})" for of, path in files.items())
    return f"every figure is a JSON file on the [public site]({site}): {named}."


def briefings() -> None:
    """Where the briefing of a force is."""
    st.header("A briefing on one force", anchor=False)
    st.markdown(
        "“Briefing” at the head of every page makes slides with charts that can be edited, and an accessible PDF for your force."
    )


def citing(selection: Selection, build: str) -> None:
    """How to cite."""
    st.header("How to cite a figure", anchor=False)
    st.markdown(
        "“Share” at the head of every page copies a link that keeps your choices; “Cite” also names this build. If the "
        "data have been updated since, it says so and offers the newest."
    )
    st.code(made(about.citation, selection, build), language=None, wrap_lines=True)


def render() -> None:
    """The page."""
    selection = selected()
    build = build_id(build_path())
    opening = "You can download every figure with its source and notes."
    blocks.heading("Downloads", opening)
    whole(selection, build)
    show(about.one_measure, selection)
    briefings()
    citing(selection, build)


render()
