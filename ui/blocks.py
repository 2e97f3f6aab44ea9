"""Parts that every page is made of: its heading, a chart with table, source and download, a plain table."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from insight.charts.chart import Chart
from insight.charts.key import key_html
from insight.charts.model.common import ChartModel
from insight.charts.render_plotly import render
from insight.charts.template import CONFIG
from insight.over_time.changes import Headline
from insight.tables.model import Table
from insight.views.opening import level_sentence, welsh_note
from insight.views.selection import Selection
from ui import url_state
from ui.data_access import context
from ui.files import buttons, pictures
from ui.style import MOST_SPARE, NARROW, SPARE, WIDE
from ui.table import show_table
from ui.templates import from_template

KEY_STYLE = """<style>
.key { list-style: none; display: flex; flex-wrap: wrap; gap: 2px 18px; margin: 0; padding: 0; font-size: 13px; }
.key li { margin: 0; padding: 0; } .key img { display: inline-block; vertical-align: -2px; margin: 0; }
</style>"""


def head(title: str, selection: Selection) -> None:
    """A page's title, how high the force's figure is beside England's, and for a Welsh force why it has none."""
    heading(title, level_sentence(context(selection)))
    if selection.force.in_wales:
        st.info(welsh_note(context(selection)))


def heading(title: str, opening: str) -> None:
    """The page's title and the one sentence that answers its question for the reader's force."""
    st.title(title, anchor=False)
    url_state.place_remarks()
    st.markdown(f"**{opening}**")


def chart(
    shown: Chart | ChartModel,
    table: Table,
    source: str,
    name: tuple[str, ...],
    notes: list[str] | None = None,
    take_away: pd.DataFrame | None = None,
    narrow: Chart | ChartModel | str | None = None,
) -> None:
    """A chart under its question, with source line, notes, table and CSV.

    Args:
        shown: the chart; its title becomes the heading.
        table: the same figures to read, columns in words.
        source: who published them, when, under which licence.
        name: parts of the CSV file's name; the build is added.
        notes: how to read it, what is hidden, what is left out.
        take_away: what the CSV holds; the table's plain values if left out.
        narrow: what stands in its place on a phone: the chart in another shape, or a sentence.
    """
    key, drawn = "-".join(name), render(shown)
    st.header(drawn.title, anchor=False)
    if narrow is None:
        _figure(drawn, f"chart-{key}")
    else:
        with st.container(key=f"{WIDE}-{key}"):
            _figure(drawn, f"chart-{key}")
        with st.container(key=f"{NARROW}-{key}"):
            if isinstance(narrow, str):
                st.info(narrow)
            else:
                _figure(render(narrow), f"chart-{key}-narrow")
    for note in notes or []:
        st.caption(note)
    st.caption(source)
    with st.expander("Table and download"):
        show_table(table.titled(drawn.title))
        with st.container(horizontal=True):
            buttons(table.plain() if take_away is None else take_away, name, drawn.title, source, notes)
            pictures(drawn, name, source)


def _figure(drawn: Chart, key: str) -> None:
    with st.container(key=f"{SPARE}-{min(drawn.spare, MOST_SPARE)}-{key}"):
        st.plotly_chart(drawn.figure, width="stretch", theme=None, config=CONFIG, alt=drawn.alt, key=key)
    if drawn.key:
        st.html(KEY_STYLE + key_html(drawn.key, as_images=True))


def table_with_download(
    table: Table, name: tuple[str, ...], take_away: pd.DataFrame | None = None, *, title: str, source: str
) -> None:
    """A real table (a screen reader can walk it) and its figures as files, with where they come from."""
    show_table(table.titled(title))
    csv_button(table.plain() if take_away is None else take_away, name, title, source)


def csv_button(frame: pd.DataFrame, name: tuple[str, ...], title: str, source: str) -> None:
    """Figures as CSV, with a description, and as a workbook; made when asked for, the build is in the files' names."""
    with st.container(horizontal=True):
        buttons(frame, name, title, source)


def grade_key(scale: pd.DataFrame, statuses: pd.DataFrame) -> None:
    """What the letters and symbols of the matrix mean."""
    letters = [f"{row.letter} {row.grade}" for row in scale.itertuples()]
    symbols = [f"{row.symbol} {row.label}: {row.meaning}" for row in statuses.itertuples()]
    st.caption(" · ".join(letters))
    st.caption("  ".join(symbols))


def cards(headlines: list[Headline]) -> None:
    """Headline figures side by side, each with its label, its change and its definition."""
    st.html(from_template("cards.html", headlines=headlines))
