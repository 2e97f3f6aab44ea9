"""A link to cite: every choice and the build stand in it, so that nothing is left to a default that may change."""

from __future__ import annotations

from urllib.parse import urlsplit

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from insight.warehouse import build_id
from ui import url_state
from ui.data_access import build_path
from ui.selectors import Choices


def place() -> DeltaGenerator:
    """Where the link will stand: below the choices, filled when the page has made its own."""
    return st.sidebar.container()


def copy_link(where: DeltaGenerator, page: str, choices: Choices) -> None:
    """The link, with a button that copies it."""
    with where.popover("Copy link", icon=":material/link:", help="A link to just this page, with every choice and the build"):
        st.code(citable(page, choices), language=None, wrap_lines=True)
        st.caption("Opens these figures of this build, as long as the build is kept; afterwards it says so.")


def citable(page: str, choices: Choices) -> str:
    """The address of a page with nothing left to a default.

    Args:
        page: the page's own address, empty for the first one.
        choices: what is chosen; ``latest`` becomes the year it means today.
    """
    parts = urlsplit(st.context.url or "")
    base = f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""
    held = {"year": str(choices.period_end.year), "build": build_id(build_path())}
    return f"{base}/{page}{url_state.query(**held)}"
