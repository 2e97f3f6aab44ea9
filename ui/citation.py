"""A link to cite: every choice and the build stand in it, so that nothing is left to a default that may change."""

from __future__ import annotations

from urllib.parse import urlsplit

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from insight.views.selection import Selection
from insight.warehouse import build_id
from ui import url_state
from ui.data_access import build_path


def place() -> DeltaGenerator:
    """Where the link will stand: below the selection, filled when the page has made its own."""
    return st.sidebar.container()


def copy_link(where: DeltaGenerator, page: str, selection: Selection) -> None:
    """The link, with a button that copies it."""
    with where.popover("Copy link", icon=":material/link:", help="A link to just this page, with every choice and the build"):
        st.code(citable(page, selection), language=None, wrap_lines=True)
        st.caption("Opens these figures of this build, as long as the build is kept; afterwards it says so.")


def citable(page: str, selection: Selection) -> str:
    """The address of a page with nothing left to a default.

    Args:
        page: the page's own address, empty for the first one.
        selection: what is chosen; ``latest`` becomes the year it means today.
    """
    parts = urlsplit(st.context.url or "")
    base = f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""
    held = {"year": str(selection.period_end.year), "build": build_id(build_path())}
    return f"{base}/{page}{url_state.query(**held)}"
