"""Cached reading: each question is asked once a build, whoever asks."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlencode

import numpy as np
import pandas as pd
import streamlit as st
from pandas.api.types import is_object_dtype

from insight.findings import Finding, findings_of
from insight.profile.profile import Profile
from insight.profile.reading import gather
from insight.views.context import Context
from insight.views.selection import Register, Selection, parts_of
from insight.views.selection import register as register_of
from insight.warehouse import (
    NoWarehouse,
    QueryFailed,
    Warehouse,
    barred,
    build_id,
    build_in_use,
    kept_build,
    open_warehouse,
)
from ui import url_state
from ui.raw_text import escaped, quoted

log = logging.getLogger(__name__)
BUILD, LINKED, NAMED = "_build", "_linked_build", "build"
UNREADABLE = ":material/database_off:"
MOST_MADE = 2000  # sentences, blocks and lists of choices of all readers together; one takes a few kilobytes
Question = Callable[..., pd.DataFrame]
Value = TypeVar("Value")


def take_build() -> Path:
    """The build of this run. Read once, by the entry, so that a page never mixes two builds.

    A link may name a build: one that is kept is shown and said to be old, with the newest on offer; one that is gone, or never
    was, is said to be, and the newest is shown. Call it after ``url_state.begin``.

    Raises:
        NoWarehouse: there is none that can be read.
    """
    path = _named_build(build_in_use())
    warehouse(str(path))
    st.session_state[BUILD] = str(path)
    return path


@contextmanager
def unreadable_in_words() -> Iterator[None]:
    """A build that is absent, or that cannot be read, before or while a page is made, is told in words; the log says more.

    It stands around what counts the run, which is to see how it ended.
    """
    try:
        yield
    except NoWarehouse as error:
        _tell(error)
    except QueryFailed as error:
        log.error("%s", error)
        if told := barred(error, "a part of the warehouse"):
            _tell(told)
            return
        why = "A part of the warehouse cannot be read: its file is damaged, or the query took too long."
        st.error(f"{why} Reload this page; if it stays, run `python -m etl rollback` or `make build`.", icon=UNREADABLE)


def _tell(error: NoWarehouse) -> None:
    nothing = type(error) is NoWarehouse
    begin = "There are no data to show." if nothing else "The figures cannot be read just now."
    st.error(f"{begin} {error} Then reload this page.", icon=UNREADABLE)


def _named_build(newest: Path) -> Path:
    named = url_state.named(NAMED)
    if not named or named == build_id(newest):
        return newest
    kept = kept_build(newest, named)
    if kept is None:
        url_state.remark(f"Build {quoted(named)} is not kept here. Shown instead: the newest, {build_id(newest)}.")
        return newest
    st.session_state[LINKED] = str(kept)
    try:
        warehouse(str(kept))
    except NoWarehouse as error:
        url_state.remark(f"Build {escaped(named)} cannot be shown. {error} Shown instead: the newest, {build_id(newest)}.")
        return newest
    here = "?" + urlencode({key: value for key, value in st.query_params.items() if key != NAMED}, safe=url_state.SEPARATOR)
    url_state.remark(
        f"This link is to build {escaped(named)}, which is not the newest: figures may have been revised since. "
        f"[Open the newest, {build_id(newest)}]({here})."
    )
    return kept


def build_path() -> Path:
    """The build that this run reads."""
    return Path(st.session_state[BUILD])


def warehouse(path: str) -> Warehouse:
    """A build, open for reading; three are kept open at most. A dropped one closes itself when its last cursor is gone."""
    return _of_a_link(path=path) if st.session_state.get(LINKED) == path else _in_use(path=path)


@st.cache_resource(max_entries=2, show_spinner=False)
def _in_use(*, path: str) -> Warehouse:
    """The newest, and the one before for those who are in the middle of a page when it is turned."""
    return open_warehouse(Path(path))


@st.cache_resource(max_entries=1, show_spinner=False)
def _of_a_link(*, path: str) -> Warehouse:
    """The older build that a link names: anybody may name any that is kept, and none puts out what all others read."""
    return open_warehouse(Path(path))


@st.cache_resource(max_entries=600, show_spinner=False)
def _answer(*, path: str, name: str, arguments: tuple[Any, ...], _question: Question) -> pd.DataFrame:
    """The frame that is kept; it is never handed out itself."""
    answer = _question(warehouse(path), *arguments)
    _lock_lists(answer)
    return answer


def _lock_lists(answer: pd.DataFrame) -> None:
    """A copy of a frame shares the lists in its cells: nobody may change them."""
    for name, kind in answer.dtypes.items():
        if is_object_dtype(kind):
            for cell in answer[name]:
                if isinstance(cell, np.ndarray):
                    cell.setflags(write=False)


def ask(question: Question, *arguments: Any) -> pd.DataFrame:
    """The answer to a question of ``insight.queries`` from the build of this run, free to be changed."""
    name = f"{question.__module__}.{question.__name__}"
    return _answer(path=str(build_path()), name=name, arguments=arguments, _question=question).copy(deep=False)


def context(selection: Selection) -> Context:
    """What views of a selection read, from the build of this run."""
    return Context(ask, selection, _profile, _findings)


def made(function: Callable[..., Value], selection: Selection, *arguments: Any) -> Value:
    """What a function of ``insight.views`` makes of a Context and plain values: from memory, or made now; nobody changes it.

    It is given nothing of the selection but what it is marked to rest on (``insight.views.selection.rests_on``).
    """
    call = call_of(function, selection, arguments)
    value: Value = _made(key=call.key, _call=call)
    return value


@dataclass(frozen=True, eq=False)
class Call:
    """A function of ``insight.views`` and what it is given; two of one ``key``, which names the build, make the same."""

    key: str
    function: Callable[..., Any]
    selection: Selection
    arguments: tuple[Any, ...]

    def __call__(self) -> Any:
        """What it makes."""
        return self.function(context(self.selection), *self.arguments)


def call_of(function: Callable[..., Any], selection: Selection, arguments: tuple[Any, ...]) -> Call:
    """A function for the build of this run, with no more of the selection than it rests on."""
    rest = selection.only(parts_of(function))
    key = "\n".join((str(build_path()), f"{function.__module__}.{function.__qualname__}", rest.key, repr(arguments)))
    return Call(key, function, rest, arguments)


@st.cache_resource(max_entries=MOST_MADE, show_spinner=False)
def _made(*, key: str, _call: Call) -> Any:
    return _call()


def register() -> Register:
    """Forces, measures and years of the build of this run."""
    return _register(str(build_path()))


@lru_cache(2)
def _register(build: str) -> Register:
    return register_of(ask)


def _profile(code: str, until: date | None) -> Profile:
    return _kept_profile(build=str(build_path()), code=code, until=until)


@st.cache_resource(max_entries=90, show_spinner=False)
def _kept_profile(*, build: str, code: str, until: date | None) -> Profile:
    """Made once for a build, a force and a year; nothing changes it."""
    return gather(ask, code, until)


def _findings(code: str, until: date | None) -> tuple[Finding, ...]:
    return _kept_findings(build=str(build_path()), code=code, until=until)


@st.cache_resource(max_entries=90, show_spinner=False)
def _kept_findings(*, build: str, code: str, until: date | None) -> tuple[Finding, ...]:
    return tuple(findings_of(_profile(code, until)))
