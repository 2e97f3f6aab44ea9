"""A frame that is ready to read as an HTML table: numbers to the right, links as links, a frame that the keyboard can scroll."""

from __future__ import annotations

import re

import pandas as pd

from insight.real_table import Cell, Heading, Link, table_html
from insight.words import is_missing

LINK = re.compile(r"\[([^\]]+)\]\((https?://[^)\s]+)\)")
ADDRESS = re.compile(r"https?://\S+")
NUMBER = re.compile(r"(at least )?[+−-]?[\d,.]+%?")
TO_THE_RIGHT = "text-align:right"


def plain_table_html(frame: pd.DataFrame, caption: str) -> str:
    """The frame as it stands, a row a row; the first column heads the rows.

    Args:
        frame: texts and numbers; a missing cell is left empty. ``[text](address)`` and a bare address become links.
        caption: what the table is, read out before it; no two tables of a page may have the same.
    """
    texts = frame.astype("object").where(frame.notna(), "").map(str)
    sides = {column: TO_THE_RIGHT if _is_numeric(texts[column]) else "" for column in texts.columns}
    rows = [
        [Cell((_linked(text),), sides[column]) for column, text in zip(texts.columns, row, strict=True)]
        for row in texts.itertuples(index=False, name=None)
    ]
    return table_html(caption, [Heading(str(column), css=sides[column]) for column in texts.columns], rows, css_class="figures")


def _is_numeric(texts: pd.Series) -> bool:
    """Whether at least half of what a column says are numbers; the rest are words for why there is none."""
    said = [text for text in texts if not is_missing(text) and text]
    return bool(said) and sum(NUMBER.fullmatch(text) is not None for text in said) * 2 >= len(said)


def _linked(text: str) -> str | Link:
    if found := LINK.fullmatch(text):
        return Link(found[2], found[1])
    return Link(text, text) if ADDRESS.fullmatch(text) else text
