"""The entry: theme, navigation, the reader's selection. Everything else is in pages/, insight/ and ui/."""

from __future__ import annotations

import logging
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from ui import citation, style, url_state
from ui.data_access import take_build
from ui.selectors import choose
from ui.typed_addresses import redirects

NAME = "Force performance: protecting children"
ICON = str(
    Path(__file__).parent / "ui" / "shield.svg"
)  # a Material icon here would be fetched from Google's server by every reader
SIDEBAR = 360  # pixels, so that the longest name of a measure is read whole
FIRST = "national"
SECTIONS = {
    "Overview": [
        ("pages/overview/national.py", "National", "national", ":material/public:"),
        ("pages/overview/force.py", "Force", "force", ":material/local_police:"),
    ],
    "Missing children": [
        ("pages/missing_children/compare.py", "Compare", "compare", ":material/bar_chart:"),
        ("pages/missing_children/trends.py", "Trends", "trends", ":material/show_chart:"),
        ("pages/missing_children/police.py", "Police", "police", ":material/call:"),
    ],
    "Inspections": [
        ("pages/inspections/grades.py", "Grades", "grades", ":material/grid_on:"),
        ("pages/inspections/protecting.py", "Vulnerable people", "protecting", ":material/diversity_1:"),
        ("pages/inspections/child_protection.py", "Child protection", "child-protection", ":material/child_care:"),
        ("pages/inspections/follow_up.py", "Follow-up", "follow-up", ":material/schedule:"),
    ],
    "About": [
        ("pages/about/data.py", "Data", "data", ":material/database:"),
        ("pages/about/methods.py", "Methods", "methods", ":material/function:"),
        ("pages/about/downloads.py", "Downloads", "downloads", ":material/download:"),
    ],
}


def navigation() -> StreamlitPage:
    """The page that the reader asked for."""
    pages = {section: [_page(*entry) for entry in entries] for section, entries in SECTIONS.items()}
    path, title, url, icon = SECTIONS["Overview"][0]
    named = st.Page(path, title=title, url_path=url, icon=icon, visibility="hidden")
    return st.navigation({**pages, "Overview": [*pages["Overview"], named]})


def _page(path: str, title: str, url: str, icon: str) -> StreamlitPage:
    """An entry of the navigation. The first page stands at the root; its own name, typed as an address, is a hidden page."""
    first = url == FIRST
    return st.Page(path, title=title, url_path="start" if first else url, icon=icon, default=first)


def main() -> None:
    """One run of a reader's session: build, address, selection, page."""
    st.set_page_config(page_title=NAME, page_icon=ICON, layout="wide", initial_sidebar_state=SIDEBAR)
    style.apply()
    page = navigation()
    url_state.begin()
    take_build()
    selection = choose()
    link = citation.place()
    st.set_page_config(page_title=f"{page.title}: {selection.force.name} – {NAME}", page_icon=ICON)
    page.run()
    url_state.show_remarks()
    citation.copy_link(link, page.url_path, selection)


if __name__ == "__main__":
    main()
else:
    # `streamlit run` imports this file once before it serves. Without this call a new server would take the pages/ folder for
    # old-style pages until its first reader came in at "/", and greet one who follows a deep link with "Page not found".
    logging.disable(logging.WARNING)  # Streamlit warns of every call outside a reader's session
    navigation()
    logging.disable(logging.NOTSET)
    app = st.App(__file__, routes=redirects(url for entries in SECTIONS.values() for _, _, url, _ in entries))
