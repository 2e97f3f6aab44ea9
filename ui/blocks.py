"""Parts that every page is made of: its heading, a chart with table, source and download, a plain table."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import streamlit as st

from insight.charts.chart import Chart
from insight.charts.template import CONFIG
from insight.downloads import csv_bytes, file_name
from insight.warehouse import build_id
from ui import address
from ui.reading import BUILD

TALL_TABLE = 420
ROWS_WITHOUT_SCROLLING = 12


def heading(title: str, opening: str) -> None:
    """The page's title and the one sentence that answers its question for the reader's force."""
    st.title(title, anchor=False)
    address.show_remarks()
    st.markdown(f"**{opening}**")


def chart(drawn: Chart, table: pd.DataFrame, source: str, name: tuple[str, ...], notes: list[str] | None = None) -> None:
    """A chart under its question, with source line, notes, table and CSV.

    Args:
        drawn: the chart; its title becomes the heading.
        table: the same figures as the reader may read and take away, columns in words.
        source: who published them, when, under which licence.
        name: parts of the CSV file's name; the build is added.
        notes: how to read it, what is hidden, what is left out.
    """
    key = "-".join(name)
    st.subheader(drawn.title, anchor=False)
    st.plotly_chart(drawn.figure, width="stretch", theme=None, config=CONFIG, alt=drawn.alt, key=f"chart-{key}")
    for note in notes or []:
        st.caption(note)
    st.caption(source)
    with st.expander("Table and download"):
        table_with_download(table, name)


def table_with_download(table: pd.DataFrame, name: tuple[str, ...]) -> None:
    """A real table (a screen reader can walk it) and the same rows as CSV."""
    show_table(table)
    build = build_id(Path(st.session_state[BUILD]))
    st.download_button(
        "Download CSV",
        data=lambda: csv_bytes(table),
        file_name=file_name(*name, build),
        mime="text/csv",
        key="csv-" + "-".join(name),
        on_click="ignore",
        icon=":material/download:",
    )


def show_table(table: pd.DataFrame) -> None:
    """A table that scrolls inside its own frame when it is long."""
    height = TALL_TABLE if len(table) > ROWS_WITHOUT_SCROLLING else "content"
    st.table(table.astype("object").where(table.notna(), ""), hide_index=True, height=height)
