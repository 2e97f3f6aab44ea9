"""Entries of the navigation, made once a process: for each one Streamlit looks through the file system for its script."""

from __future__ import annotations

from copy import copy
from functools import cache

import streamlit as st
from streamlit.navigation.page import StreamlitPage
from streamlit.runtime.scriptrunner import get_script_run_ctx


def entry(path: str, title: str, url: str, *, first: bool = False, hidden: bool = False) -> StreamlitPage:
    """An entry for this run; a copy, for ``st.navigation`` notes in it whether it may be run.

    Args:
        path: the script, from the folder of ``dashboard.py``.
        title: its name.
        url: its address.
        first: whether the bare address opens it.
        hidden: whether only its address leads to it.
    """
    return copy(_made(path, title, url, first, hidden, get_script_run_ctx(suppress_warning=True) is not None))


@cache
def _made(path: str, title: str, url: str, first: bool, hidden: bool, in_a_session: bool) -> StreamlitPage:
    """Outside a session (``in_a_session``) Streamlit fills in no more of it than whether it is the first."""
    return st.Page(path, title=title, url_path=url, default=first, visibility="hidden" if hidden else "visible")
