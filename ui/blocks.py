"""Parts that every page is made of: its heading, a chart with table, source and download, a plain table."""

from __future__ import annotations

from html import escape

import pandas as pd
import streamlit as st

from insight.over_time.changes import Headline
from insight.tables.plain import plain_table_html
from insight.views.opening import level_sentence, welsh_note
from insight.views.selection import Selection
from ui import url_state
from ui.data_access import context
from ui.files import buttons

TABLE_STYLE = """<style>
.figures { overflow: auto; max-height: 420px; position: relative; font-size: 14px; line-height: 1.4;
  font-variant-numeric: tabular-nums; border: 1px solid #d3d8dd; border-radius: 4px; }
.figures:focus-visible { outline: 3px solid #1d4f91; outline-offset: 1px; }
.figures table { border-collapse: separate; border-spacing: 0; width: 100%; margin: 0; }
.figures caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.figures th, .figures td { padding: 5px 10px; border: 0; border-bottom: 1px solid #e3e7ea; vertical-align: top; text-align: left;
  font-weight: 400; min-width: 64px; }
.figures { scroll-padding: 112px 8px 8px; }  /* more than the head: a link that is partly seen is not scrolled to */
.figures .said { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.figures td:has(a) { min-width: 112px; }
.figures thead th { position: sticky; top: 0; z-index: 1; background: #f5f6f8; font-weight: 600; vertical-align: bottom; }
.figures tbody tr:last-child > * { border-bottom: 0; }
.figures a { color: #1d4f91; text-decoration: underline; overflow-wrap: anywhere; display: inline-block; min-height: 24px; }
@media (max-width: 640px) { .figures { font-size: 12px; } .figures th, .figures td { padding: 4px 6px; } }
</style>"""
KEY_STYLE = """<style>
.key { list-style: none; display: flex; flex-wrap: wrap; gap: 2px 18px; margin: 0; padding: 0; font-size: 13px; }
.key li { margin: 0; padding: 0; } .key img { display: inline-block; vertical-align: -2px; margin: 0; }
</style>"""
CARD_STYLE = """<style>
.cards { padding: 0 !important; display: grid; grid-template-columns: repeat(auto-fit, minmax(165px, 1fr)); gap: 12px;
  margin: 0; }
.cards > div { border: 1px solid #d3d8dd; border-top: 3px solid #1d4f91; border-radius: 4px; padding: 12px 14px; }
.cards dt { font-size: 14px; font-weight: 600; line-height: 1.3; }
.cards dd { margin: 0; }
.cards .figure { font-size: 28px; font-weight: 650; line-height: 1.3; font-variant-numeric: tabular-nums; }
.cards .change { font-size: 14px; min-height: 1.4em; }
.cards .what { font-size: 12px; line-height: 1.4; color: #4b5560; margin-top: 6px; }
</style>"""
MATRIX_STYLE = """<style>
.matrix { overflow: auto; max-height: 70vh; border: 1px solid #d3d8dd; font-size: 14px; font-variant-numeric: tabular-nums; }
.matrix { scroll-padding: 76px 8px 8px 230px; } .matrix a { scroll-margin: 4px; }
.matrix table { border-collapse: separate; border-spacing: 2px; }
.matrix caption { text-align: left; padding: 4px 6px; color: #4b5560; }
.matrix thead th { position: sticky; top: 0; z-index: 2; background: #fff; vertical-align: bottom; padding: 4px; max-width: 92px;
  font-weight: 600; font-size: 12px; line-height: 1.25; }
.matrix tbody th { position: sticky; left: 0; z-index: 1; background: #fff; text-align: left; font-weight: 400; padding: 2px 8px;
  white-space: nowrap; }
.matrix thead th:first-child { left: 0; z-index: 3; text-align: left; }
.matrix tr.mine th { font-weight: 700; color: #1d4f91; box-shadow: inset 4px 0 0 #1d4f91; }
.matrix td { text-align: center; padding: 0; min-width: 44px; height: 28px; font-weight: 600; }
.matrix td a { display: block; padding: 3px; color: inherit !important; text-decoration: none; min-height: 24px; }
.matrix td a:focus-visible, .matrix:focus-visible { outline: 3px solid #1d4f91; outline-offset: 1px; }
.matrix .said { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@media (max-width: 640px) { .matrix { scroll-padding: 84px 70px 8px 184px; }
  .matrix tbody th { min-width: 112px; max-width: 112px; white-space: normal; padding: 2px 4px; font-size: 12px; } }
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


def table_with_download(
    table: pd.DataFrame, name: tuple[str, ...], take_away: pd.DataFrame | None = None, *, title: str, source: str
) -> None:
    """A real table (a screen reader can walk it) and its figures as files, with where they come from."""
    show_table(table, title)
    with st.container(horizontal=True):
        buttons(table if take_away is None else take_away, name, title, source)


def show_table(table: pd.DataFrame, caption: str = "") -> None:
    """A table that scrolls inside its own frame; ``caption`` is read out, and is the list of its columns if left out.

    Not ``st.table``: on a phone the keyboard cannot scroll its frame, or all frames of a page have the same name.
    """
    st.html(TABLE_STYLE + plain_table_html(table, caption or ", ".join(map(str, table.columns))))


def cards(headlines: list[Headline]) -> None:
    """Headline figures side by side, each with its label, its change and its definition."""
    items = "".join(
        f"<div><dt>{escape(one.label)}</dt><dd class='figure'>{escape(one.value)}</dd>"
        f"<dd class='change'>{escape(one.change)}</dd><dd class='what'>{escape(one.definition)}</dd></div>"
        for one in headlines
    )
    st.html(f"{CARD_STYLE}<dl class='cards'>{items}</dl>")
