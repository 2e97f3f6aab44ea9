"""All names of forces and councils of the build of this run, worked out once a build."""

from __future__ import annotations

import streamlit as st

from insight.search import SearchIndex, search_index
from ui.data_access import ask, build_path


def index() -> SearchIndex:
    """Every name by which a force can be found."""
    return _index(build=str(build_path()))


@st.cache_resource(max_entries=2, show_spinner=False)
def _index(*, build: str) -> SearchIndex:
    return search_index(ask)
