"""Views on a page: made once for a build and a selection, kept in the form that is sent, and laid out."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any

import streamlit as st

from insight.charts.chart import Chart
from insight.charts.key import key_html
from insight.charts.render_plotly import render
from insight.charts.template import CONFIG
from insight.format import slug
from insight.queries import figures
from insight.views.context import Context
from insight.views.selection import Selection
from insight.views.view import Picture, View
from ui.blocks import KEY_STYLE
from ui.data_access import build_path, context
from ui.files import buttons, pictures
from ui.style import MOST_SPARE, NARROW, SPARE, WIDE
from ui.table import ready

MOST_KEPT = 400  # views of all readers together; one takes about 0.1 MB
Compose = Callable[..., View]


@dataclass(frozen=True, eq=False)
class Shown:
    """A view in the form in which a page sends it."""

    view: View
    chart: Chart | None
    narrow: Chart | str | None
    table: str
    grid: str


def show(compose: Compose, selection: Selection, *arguments: Any, heading: bool = True, fold: str = "") -> View:
    """Lay a view out: question, answer, chart, notes, source; its table and downloads folded.

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
    if view.grid:
        st.html(shown.grid)
    elif shown.chart is None:
        with st.expander(fold) if fold else nullcontext():
            _table_with_downloads(shown)
    _charts(shown)
    _notes(view)
    if view.grid and view.table is None:
        _table_with_downloads(shown)
    elif view.grid or shown.chart is not None:
        with st.expander("Table and download"):
            _table_with_downloads(shown)
    return view


def kept(compose: Compose, selection: Selection, *arguments: Any) -> Shown:
    """The view from memory, or composed now: nothing of it depends on who asks."""
    name = f"{compose.__module__}.{compose.__name__}"
    return _kept(str(build_path()), name, selection.key, arguments, compose, selection)


@st.cache_resource(max_entries=MOST_KEPT, show_spinner=False)
def _kept(
    build: str, name: str, selection_key: str, arguments: tuple[Any, ...], _compose: Compose, _selection: Selection
) -> Shown:
    read = context(_selection)
    view = _compose(read, *arguments)
    narrow = view.narrow if view.narrow is None or isinstance(view.narrow, str) else _ready(view.narrow)
    table = "" if view.table is None else ready(view.table.titled(view.question))
    grid = "" if view.grid is None else ready(view.grid.linked(_pages_of_forces(read)))
    return Shown(view, None if view.chart is None else _ready(view.chart), narrow, table, grid)


def _pages_of_forces(read: Context) -> dict[str, str]:
    """Where each force has its page, by its name."""
    return {name: f"force?force={slug(name)}" for name in read.ask(figures.forces)["force_name"]}


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
    with st.container(key=f"{SPARE}-{min(chart.spare, MOST_SPARE)}-{key}"):
        st.plotly_chart(chart.figure, width="stretch", theme=None, config=CONFIG, alt=chart.alt, key=key)
    if chart.key:
        st.html(KEY_STYLE + key_html(chart.key, as_images=True))


def _notes(view: View) -> None:
    for caution in view.cautions:
        st.caption(f":material/info: {caution}")
    for note in view.notes:
        st.caption(note)
    if view.source:
        st.caption(view.source)


def _table_with_downloads(shown: Shown) -> None:
    view = shown.view
    if shown.table:
        st.html(shown.table)
    data = view.to_take_away
    if data is None and shown.chart is None:
        return
    with st.container(horizontal=True):
        if data is not None:
            buttons(data, view.name, view.question, view.source, list(view.notes))
        if shown.chart is not None:
            pictures(shown.chart, view.name, view.source)
