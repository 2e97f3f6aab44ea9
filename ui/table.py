"""Tables on a page: their look, and what a phone makes of it."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from insight.tables.model import WHOLE, Look, Table
from insight.tables.render_html import render_html
from ui.templates import text_of

MOST_WHOLE_ON_PHONE, MOST_ON_PHONE = 50, 500  # rows that stand whole on a phone's page; rows that can be asked for on it
MORE_ROWS = Markup('<p class="more-rows">{} rows in all. Scroll within the table to see the others.</p>')
ASK_FOR_MORE = Markup(
    '<details class="more-here"><summary><span class="closed">Show all {many} rows</span>'
    '<span class="open">Show the first {first} rows only</span></summary></details>'
)
NO_MORE = Markup('<p class="more-here">The first {first} of {many} rows. The download has all of them.</p>')


def table_rules() -> str:
    """Rules of style of all tables. What a card or a grade looks like comes after them (``style_rules``)."""
    hidden = f".framed.long:not(:has(> details[open])) tbody > tr:nth-child(n+{WHOLE + 1}) {{ display: none; }}"
    return f"{text_of('tables.css')}@media (max-width: 640px) {{ {hidden} }}\n"


def show_table(table: Table) -> None:
    """A table in a frame, in which a desk scrolls; its caption is read out, and no two tables of a page may have the same.

    Not ``st.table``: on a phone the keyboard cannot scroll its frame, or all frames of a page have the same name.
    """
    st.html(ready(table))


def ready(table: Table) -> str:
    """A table as it is sent; its look is in the page's style sheet."""
    whole = len(table.rows) <= WHOLE or table.look != Look.FIGURES  # of the other looks every row stands on the page
    frame = Markup('<div class="whole">{}</div>') if whole else _framed(len(table.rows))
    return str(frame.format(render_html(table, new_tab=True)))


def _framed(rows: int) -> Markup:
    """What stands around a table of more rows than a page has at once: a desk scrolls in it, a phone asks for more of it."""
    more = Markup() if rows <= MOST_WHOLE_ON_PHONE else ASK_FOR_MORE if rows <= MOST_ON_PHONE else NO_MORE
    many = {"many": f"{rows:,}", "first": WHOLE}
    opened = Markup('<div class="framed{}">').format(" long" if more else "")
    return opened + Markup("{}") + more.format(**many) + Markup("</div>") + MORE_ROWS.format(many["many"])
