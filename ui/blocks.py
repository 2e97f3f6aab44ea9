"""Parts that every page is made of: its heading, a chart with table, source and download, a plain table."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from insight.over_time.changes import Headline
from insight.tables.model import Table
from insight.views.opening import level_sentence, welsh_note
from insight.views.selection import Selection
from ui import url_state
from ui.data_access import context
from ui.files import buttons
from ui.table import show_table
from ui.templates import from_template

KEY_STYLE = """<style>
.key { list-style: none; display: flex; flex-wrap: wrap; gap: 2px 18px; margin: 0; padding: 0; font-size: 13px; }
.key li { margin: 0; padding: 0; } .key img { display: inline-block; vertical-align: -2px; margin: 0; }
</style>"""


def head(title: str, selection: Selection) -> None:
    """A page's title, how high the force's figure is beside England's, and for a Welsh force why it has none."""
    heading(title, level_sentence(context(selection)))
    if selection.force.in_wales:
        st.info(welsh_note(context(selection)))


def heading(title: str, opening: str) -> None:
    """The page's title and the one sentence that answers its question for the reader's force."""
    st.title(title, anchor=False)
    url_state.place_remarks()
    st.markdown(f"**{opening}**")


def table_with_download(
    table: Table, name: tuple[str, ...], take_away: pd.DataFrame | None = None, *, title: str, source: str
) -> None:
    """A real table (a screen reader can walk it) and its figures as files, with where they come from."""
    show_table(table.titled(title))
    with st.container(horizontal=True):
        buttons(table.plain() if take_away is None else take_away, name, title, source)


def cards(headlines: list[Headline]) -> None:
    """Headline figures side by side, each with its label, its change and its definition."""
    st.html(from_template("cards.html", headlines=headlines))
