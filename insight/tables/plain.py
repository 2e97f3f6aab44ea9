"""A frame that is ready to read as an HTML table: numbers to the right, links as links, a frame that the keyboard can scroll."""

from __future__ import annotations

import re

import pandas as pd

from insight.format import is_missing
from insight.sources import is_teller
from insight.tables.html import Cell, Heading, Link, table_html

LINK = re.compile(r"\[([^\]]+)\]\((https?://[^)\s]+)\)")
LINKS = re.compile(rf"{LINK.pattern}(; {LINK.pattern})*")
ADDRESS = re.compile(r"https?://\S+")
NUMBER = re.compile(r"(at least )?[+−-]?[\d,.]+%?")
TO_THE_RIGHT = "text-align:right"


def plain_table_html(frame: pd.DataFrame, caption: str) -> str:
    """The frame as it stands, a row a row; the first column heads the rows.

    Args:
        frame: texts and numbers; a missing cell is left empty. ``[text](address)``, several with "; " between them, and a bare
            address become links. One that names only who told is read out with the first cells of its row.
        caption: what the table is, read out before it; no two tables of a page may have the same.
    """
    texts = frame.astype("object").where(frame.notna(), "").map(str)
    sides = {column: TO_THE_RIGHT if _is_numeric(texts[column]) else "" for column in texts.columns}
    rows = [
        [Cell(_linked(text, row), sides[column]) for column, text in zip(texts.columns, row, strict=True)]
        for row in texts.itertuples(index=False, name=None)
    ]
    return table_html(caption, [Heading(str(column), css=sides[column]) for column in texts.columns], rows, css_class="figures")


def _is_numeric(texts: pd.Series) -> bool:
    """Whether at least half of what a column says are numbers; the rest are words for why there is none."""
    said = [text for text in texts if not is_missing(text) and text]
    return bool(said) and sum(NUMBER.fullmatch(text) is not None for text in said) * 2 >= len(said)


def _linked(text: str, row: tuple[str, ...]) -> tuple[str | Link, ...]:
    if LINKS.fullmatch(text):
        return tuple(Link(url, shown, said=_said(shown, row)) for shown, url in LINK.findall(text))
    return (Link(text, text) if ADDRESS.fullmatch(text) else text,)


def _said(shown: str, row: tuple[str, ...]) -> str:
    """What sets one of many links to 'the inspectorate' apart; nothing for a link whose text says what it opens."""
    about = ", ".join(cell for cell in row[:3] if cell and not LINKS.fullmatch(cell) and not NUMBER.fullmatch(cell))
    return f"{shown}: {about}" if is_teller(shown) and about else ""
