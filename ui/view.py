"""Views on a page: made once for a build and what they rest on, kept as they are sent, laid out with one line below."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from functools import partial
from typing import Any

import streamlit as st
from markupsafe import Markup

from insight.charts.model.areas import AreaMap
from insight.charts.model.tiles import TileMap
from insight.charts.render_plotly import render
from insight.charts.template import CONFIG
from insight.glossary import SYMBOLS_ANCHOR
from insight.queries import about
from insight.sources import short_source
from insight.views.selection import Selection
from insight.views.view import View
from ui.data_access import Call, ask, call_of, register, unreadable_in_words
from ui.files import buttons, pictures
from ui.map import show_map
from ui.raw_text import sentence
from ui.sent import Packed, SentChart, sent
from ui.sign_in import gate
from ui.style import NARROW, WIDE
from ui.table import ready
from ui.telemetry import part_counted

MOST_KEPT = 1200  # views of all readers together, finished and packed: every force of every page has room
MOST_WHOLE = 40  # views with all that is behind them
# Pixels: a taller chart begins a sheet in print, or is made smaller: it stands on one with its question, cautions and key.
HALF_A_SHEET, HIGH_ON_PAPER, TALL_ON_PAPER, TALLEST_ON_PAPER = 440, 640, 780, 1400
NOTES, DATA, IMAGE = "notes", "data", "image"
MORE = "more"  # a view's row of what can be opened is ``more-<view's key>``
CAUTION, SOURCE = Markup('<p class="caution">{}</p>'), Markup("<p>Source: {}</p>")
SYMBOLS = Markup('<a class="symbols" href="methods?tab={}">Symbols<span class="said"> in: {}</span></a>')
ORIGIN = Markup('<div class="origin">{}</div>')
Compose = Callable[..., View]


@dataclass(frozen=True, eq=False)
class Shown:
    """A view as a page sends it. What is behind its line is made when it is opened, from ``whole``.

    ``table`` is empty where it does not stand on the page; ``picture`` is a map, whose links keep the reader's choices.
    ``offered``: what can be opened under it, with its name.
    """

    key: str
    question: str
    answer: str
    empty: str
    has_content: bool
    cautions: str
    source_line: str
    table: Packed | None
    grid: Packed | None
    chart: SentChart | None
    narrow: SentChart | str | None
    narrow_question: str
    picture: AreaMap | TileMap | None
    offered: dict[str, str]
    whole: Callable[[], View]


def show(compose: Compose, selection: Selection, *arguments: Any, heading: bool = True, fold: str = "") -> None:
    """Lay a view out: question, answer, cautions, chart, and one line with its source and what is behind it.

    Args:
        compose: a function of ``insight.views`` that takes a Context and ``arguments``.
        selection: what the reader has selected.
        arguments: what the view itself lets choose, plain values.
        heading: whether the question stands above it as a heading.
        fold: name of a fold for a table that is not open at first.
    """
    shown = kept(compose, selection, *arguments)
    if not shown.has_content and not shown.empty:
        return
    if heading:
        _heading(shown)
    if shown.answer:
        st.markdown(sentence(shown.answer))
    if not shown.has_content:
        st.info(sentence(shown.empty))
        return
    if shown.cautions:
        st.html(shown.cautions)
    if shown.grid is not None:
        st.html(str(shown.grid))
    elif shown.table is not None:
        with st.expander(fold) if fold else nullcontext():
            st.html(str(shown.table))
    _charts(shown)
    _line(shown)


def _heading(shown: Shown) -> None:
    """The question; a phone whose chart answers another has that one."""
    if not shown.narrow_question:
        st.header(sentence(shown.question), anchor=False)
        return
    for shape, question in ((WIDE, shown.question), (NARROW, shown.narrow_question)):
        with st.container(key=f"{shape}-heading-{shown.key}"):
            st.header(sentence(question), anchor=False)


def kept(compose: Compose, selection: Selection, *arguments: Any) -> Shown:
    """The view from memory, or composed now: nothing of it depends on who asks."""
    call = call_of(compose, selection, arguments)
    return _kept(key=call.key, _call=call)


@st.cache_resource(max_entries=MOST_KEPT, show_spinner="Working out the figures")
def _kept(*, key: str, _call: Call) -> Shown:
    whole = partial(_composed, key=key, _call=_call)
    view = whole()
    chart = None if view.chart is None else sent(render(view.chart))
    alone = view.chart is None and view.grid is None
    on_map = isinstance(view.chart, AreaMap | TileMap) and chart is not None and not chart.empty
    return Shown(
        key=view.key,
        question=view.question,
        answer=view.answer,
        empty=view.empty,
        has_content=view.has_content,
        cautions="".join(str(CAUTION.format(one)) for one in view.cautions),
        source_line=_source_line(view),
        table=Packed(_table(view)) if alone and view.table is not None else None,
        grid=None if view.grid is None else Packed(ready(view.grid.linked(_pages_of_forces()))),
        chart=None if on_map else chart,
        narrow=view.narrow if view.narrow is None or isinstance(view.narrow, str) else sent(render(view.narrow)),
        narrow_question=view.narrow_question,
        picture=view.chart if on_map and isinstance(view.chart, AreaMap | TileMap) else None,
        offered=_behind(view),
        whole=whole,
    )


@st.cache_resource(max_entries=MOST_WHOLE, show_spinner=False)
def _composed(*, key: str, _call: Call) -> View:
    view: View = _call()
    return view


def _source_line(view: View) -> str:
    source = view.short_source
    if view.source and not source:
        source = short_source(view.source, ask(about.publishers))
    symbols = SYMBOLS.format(SYMBOLS_ANCHOR, view.question) if view.shows_symbols else Markup()
    said = (SOURCE.format(source) if source else Markup()) + symbols
    return str(ORIGIN.format(said)) if said else ""


def _table(view: View) -> str:
    return "" if view.table is None else ready(view.table.titled(view.question))


def _pages_of_forces() -> dict[str, str]:
    """Where each force has its page, by its name."""
    return {force.name: f"force?force={force.slug}" for force in register().forces.values()}


def _charts(shown: Shown) -> None:
    if shown.picture is not None:
        show_map(shown.picture)
        return
    if shown.chart is None:
        return
    if shown.narrow is None:
        _figure(shown.chart, f"chart-{shown.key}")
        return
    with st.container(key=f"{WIDE}-{shown.key}"):
        _figure(shown.chart, f"chart-{shown.key}")
    with st.container(key=f"{NARROW}-{shown.key}"):
        if isinstance(shown.narrow, str):
            st.info(shown.narrow)
        else:
            _figure(shown.narrow, f"chart-{shown.key}-narrow")


def _figure(chart: SentChart, key: str) -> None:
    sizes = (("tallest", TALLEST_ON_PAPER), ("tall", TALL_ON_PAPER), ("high", HIGH_ON_PAPER), ("half", HALF_A_SHEET))
    size = next((name for name, above in sizes if chart.height > above), "")
    with st.container(key=f"{size}-{key}") if size else nullcontext():
        st.plotly_chart(chart.figure, width="stretch", theme=None, config=CONFIG, alt=chart.alt, key=key)
    if chart.key:
        st.html(chart.key)


def _behind(view: View) -> dict[str, str]:
    """What can be opened under a view, with its name."""
    table = view.table is not None and (view.chart is not None or view.grid is not None)
    offered = {
        NOTES: "Notes" if view.notes or view.source else "",
        DATA: ("Data" if table else "Download") if table or view.can_be_taken_away else "",
        IMAGE: "Image" if view.chart is not None else "",
    }
    return {key: word for key, word in offered.items() if word}


@st.fragment
def _line(shown: Shown) -> None:
    """Where the figures are from, and what is behind them: nothing of it is made or sent before it is opened.

    It runs by itself, past the entry, so that it tells and counts what fails in it as the entry does.
    """
    with unreadable_in_words(), part_counted():
        if not gate.is_open():  # the session's sign-in may have ended
            st.rerun()
        _source_and_more(shown)


def _source_and_more(shown: Shown) -> None:
    with st.container(key=f"line-{shown.key}", horizontal=True, vertical_alignment="center"):
        if shown.source_line:
            st.html(shown.source_line, width="content")
        picked = st.pills(
            f"More about: {shown.question}",
            list(shown.offered),
            format_func=shown.offered.__getitem__,
            key=f"{MORE}-{shown.key}",
            label_visibility="collapsed",
        )
    if picked in shown.offered:
        _opened(shown.whole(), picked)


def _opened(view: View, part: str) -> None:
    """The notes of a view, its downloads with the table where that does not stand on the page already, or its pictures."""
    if part == NOTES:
        for note in (*view.notes, view.source):
            st.caption(sentence(note))
    elif part == IMAGE and view.chart is not None:
        with st.container(horizontal=True):
            pictures(render(view.chart), view.name, view.source)
    elif part == DATA:
        data = view.to_take_away
        if data is not None:
            with st.container(horizontal=True):
                buttons(data, view.name, view.question, view.source, list(view.notes))
        if view.table is not None and (view.chart is not None or view.grid is not None):
            st.html(_table(view))
