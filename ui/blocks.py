"""Parts that pages are made of: the heading, the row of blocks, a table with its downloads, addresses of links."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import streamlit as st

from insight.findings.finding import Link
from insight.format import slug
from insight.tables.model import Table
from insight.views.block import Block
from insight.views.context import Context
from insight.views.opening import level_sentence, welsh_note
from insight.views.render_html import render_blocks
from insight.views.selection import Selection
from ui import url_state
from ui.data_access import build_path, made
from ui.files import buttons
from ui.raw_text import sentence
from ui.table import show_table

MOST_DRAWN = 300  # rows of blocks of all readers together; one takes some 30 kB


def head(title: str, selection: Selection) -> None:
    """A page's title, how high the force's figure is beside England's, and for a Welsh force why it has none."""
    heading(title, made(level_sentence, selection))
    if selection.force.in_wales:
        st.info(made(welsh_note, selection))


def heading(title: str, opening: str) -> None:
    """The page's title and the one sentence that answers its question for the reader's force."""
    with st.container(key="opening"):
        st.title(sentence(title), anchor=False)
        url_state.place_remarks()
        st.markdown(f"**{sentence(opening)}**")


def table_with_download(
    table: Table, name: tuple[str, ...], take_away: pd.DataFrame | None = None, *, title: str, source: str
) -> None:
    """A real table (a screen reader can walk it) and its figures as files, with where they come from."""
    show_table(table.titled(title))
    with st.container(horizontal=True):
        buttons(table.plain() if take_away is None else take_away, name, title, source)


def blocks(selection: Selection, *parts: Callable[[Context], Block]) -> None:
    """A row of blocks: side by side at a desk, one below the other on a phone. Links keep the reader's choices."""
    names = tuple(f"{part.__module__}.{part.__qualname__}" for part in parts)
    st.html(_drawn(build=str(build_path()), query=url_state.query(), names=names, _selection=selection, _parts=parts))


@st.cache_resource(max_entries=MOST_DRAWN, show_spinner=False)
def _drawn(
    *, build: str, query: str, names: tuple[str, ...], _selection: Selection, _parts: tuple[Callable[[Context], Block], ...]
) -> str:
    """The row as it is sent; the address names every choice."""
    return str(render_blocks([made(part, _selection) for part in _parts], address, force_address, in_place=True))


def address(link: Link) -> str:
    """A link of a finding or block as an address here."""
    return f"{link.page}{url_state.query(**dict(link.choices))}"


def force_address(name: str) -> str:
    """The page of another force, with the reader's other choices."""
    return f"force{url_state.query(force=slug(name))}"
