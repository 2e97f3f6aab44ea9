"""Views on a page: made once for a build and a selection, kept in the form that is sent, and laid out with one line below."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any

import streamlit as st
from markupsafe import Markup

from insight.charts.chart import Chart
from insight.charts.key import key_html
from insight.charts.model.areas import AreaMap
from insight.charts.model.tiles import TileMap
from insight.charts.render_plotly import render
from insight.charts.template import CONFIG
from insight.glossary import SYMBOLS_ANCHOR
from insight.sources import short_source
from insight.views.selection import Selection, parts_of
from insight.views.view import Picture, View
from ui.data_access import build_path, context, register
from ui.files import buttons, pictures
from ui.map import show_map
from ui.style import NARROW, WIDE
from ui.table import ready

MOST_KEPT = 1200  # views of all readers together, so that every force of every page stays; README says what it takes
TALLEST_ON_PAPER = 780  # pixels: a taller chart is made smaller in print, so that it stands on one sheet
NOTES, DATA, IMAGE = "notes", "data", "image"
MORE = "more"  # a view's row of what can be opened is ``more-<view's key>``
CAUTION, SOURCE = Markup('<p class="caution">{}</p>'), Markup("<p>Source: {}</p>")
SYMBOLS = Markup('<a class="symbols" href="methods?tab={}">Symbols<span class="said"> in: {}</span></a>')
Compose = Callable[..., View]


@dataclass(frozen=True, eq=False)
class Shown:
    """A view in the form in which a page sends it."""

    view: View
    chart: Chart | None
    narrow: Chart | str | None
    table: str
    grid: str
    symbols: bool


def show(compose: Compose, selection: Selection, *arguments: Any, heading: bool = True, fold: str = "") -> View:
    """Lay a view out: question, answer, cautions, chart, and one line with its source and what is behind it.

    Args:
        compose: a function of ``insight.views`` that takes a Context and ``arguments``.
        selection: what the reader has selected.
        arguments: what the view itself lets choose, plain values.
        heading: whether the question stands above it as a heading.
        fold: name of a fold for a table that is not open at first.
    """
    shown = kept(compose, selection, *arguments)
    view = shown.view
    if not view.has_content and not view.empty:
        return view
    if heading:
        st.header(view.question, anchor=False)
    if view.answer:
        st.markdown(view.answer)
    if not view.has_content:
        st.info(view.empty)
        return view
    if view.cautions:
        st.html("".join(str(CAUTION.format(one)) for one in view.cautions))
    if view.grid:
        st.html(shown.grid)
    elif shown.chart is None and shown.table:
        with st.expander(fold) if fold else nullcontext():
            st.html(shown.table)
    _charts(shown)
    _line(shown)
    return view


def kept(compose: Compose, selection: Selection, *arguments: Any) -> Shown:
    """The view from memory, or composed now: nothing of it depends on who asks."""
    rest = selection.only(parts_of(compose))
    name = f"{compose.__module__}.{compose.__qualname__}"
    return _kept(str(build_path()), name, rest.key, repr(arguments), compose, rest, arguments)


@st.cache_resource(max_entries=MOST_KEPT, show_spinner="Working out the figures")
def _kept(
    build: str,
    name: str,
    selection_key: str,
    arguments_key: str,
    _compose: Compose,
    _selection: Selection,
    _arguments: tuple[Any, ...],
) -> Shown:
    read = context(_selection)
    view = _compose(read, *_arguments)
    narrow = view.narrow if view.narrow is None or isinstance(view.narrow, str) else _ready(view.narrow)
    table = "" if view.table is None else ready(view.table.titled(view.question))
    grid = "" if view.grid is None else ready(view.grid.linked(_pages_of_forces()))
    return Shown(view, None if view.chart is None else _ready(view.chart), narrow, table, grid, view.shows_symbols)


def _pages_of_forces() -> dict[str, str]:
    """Where each force has its page, by its name."""
    return {force.name: f"force?force={force.slug}" for force in register().forces.values()}


def _ready(picture: Picture) -> Chart:
    """The chart; its figure is not changed any more, so it is turned into plain values once and not at each rerun."""
    chart = render(picture)
    plain = chart.figure.to_dict()
    object.__setattr__(chart.figure, "to_dict", lambda: plain)
    return chart


def _charts(shown: Shown) -> None:
    key = shown.view.key
    if shown.chart is None:
        return
    picture = shown.view.chart
    if isinstance(picture, AreaMap | TileMap) and shown.chart.figure.data:
        show_map(picture)
        return
    if shown.narrow is None:
        _figure(shown.chart, f"chart-{key}")
        return
    with st.container(key=f"{WIDE}-{key}"):
        _figure(shown.chart, f"chart-{key}")
    with st.container(key=f"{NARROW}-{key}"):
        if isinstance(shown.narrow, str):
            st.info(shown.narrow)
        else:
            _figure(shown.narrow, f"chart-{key}-narrow")


def _figure(chart: Chart, key: str) -> None:
    tall = (chart.figure.layout.height or 0) > TALLEST_ON_PAPER
    with st.container(key=f"tall-{key}") if tall else nullcontext():
        st.plotly_chart(chart.figure, width="stretch", theme=None, config=CONFIG, alt=chart.alt, key=key)
    if chart.key:
        st.html(key_html(chart.key, as_images=True))


def _behind(shown: Shown) -> dict[str, str]:
    """What can be opened under a view, with its name."""
    view = shown.view
    table = bool(shown.table) and (shown.chart is not None or view.grid is not None)
    offered = {
        NOTES: "Notes" if view.notes or view.source else "",
        DATA: ("Data" if table else "Download") if table or view.can_be_taken_away else "",
        IMAGE: "Image" if shown.chart is not None else "",
    }
    return {key: word for key, word in offered.items() if word}


@st.fragment
def _line(shown: Shown) -> None:
    """Where the figures are from, and what is behind them: nothing of it is made or sent before it is opened."""
    view, offered = shown.view, _behind(shown)
    with st.container(key=f"line-{view.key}", horizontal=True, vertical_alignment="center"):
        source = view.short_source or short_source(view.source)
        if source:
            st.html(str(SOURCE.format(source)), width="content")
        picked = st.pills(
            f"More about: {view.question}",
            list(offered),
            format_func=offered.__getitem__,
            key=f"{MORE}-{view.key}",
            label_visibility="collapsed",
        )
        if shown.symbols:
            st.html(SYMBOLS.format(SYMBOLS_ANCHOR, view.question), width="content")
    if picked == NOTES:
        for note in (*view.notes, view.source):
            st.caption(note)
    elif picked == DATA:
        _data(shown)
    elif picked == IMAGE and shown.chart is not None:
        with st.container(horizontal=True):
            pictures(shown.chart, view.name, view.source)


def _data(shown: Shown) -> None:
    """Downloads of a view, and its table where it does not stand on the page already."""
    view = shown.view
    data = view.to_take_away
    if data is not None:
        with st.container(horizontal=True):
            buttons(data, view.name, view.question, view.source, list(view.notes))
    if shown.table and (shown.chart is not None or view.grid is not None):
        st.html(shown.table)
