"""Cached reading: each question is asked once a build, whoever asks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from insight.warehouse import NoWarehouse, Warehouse, build_in_use, open_warehouse

BUILD = "_build"
Question = Callable[..., pd.DataFrame]


def take_build() -> Path:
    """The build of this run. Read once, by the entry, so that a page never mixes two builds; stops with a word if none."""
    try:
        path = build_in_use()
    except NoWarehouse:
        st.error("There are no data yet. Run `make build`, then reload this page.", icon=":material/database_off:")
        st.stop()
    st.session_state[BUILD] = str(path)
    return path


def build_path() -> Path:
    """The build that this run reads."""
    return Path(st.session_state[BUILD])


@st.cache_resource(max_entries=2, show_spinner=False)
def _warehouse(path: str) -> Warehouse:
    """Old and new build at most; a dropped one closes itself when its last cursor is gone."""
    return open_warehouse(Path(path))


@st.cache_data(max_entries=600, show_spinner=False)
def _answer(path: str, name: str, arguments: tuple[Any, ...], _question: Question) -> pd.DataFrame:
    return _question(_warehouse(path), *arguments)


def ask(question: Question, *arguments: Any) -> pd.DataFrame:
    """The answer to a question of ``insight.questions`` from the build of this run."""
    name = f"{question.__module__}.{question.__name__}"
    return _answer(str(build_path()), name, arguments, question)
