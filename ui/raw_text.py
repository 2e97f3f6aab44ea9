"""Text that came with the address or from a file, made harmless where Streamlit would read it as Markdown."""

from __future__ import annotations

import re

MOST = 60
# What means something to Markdown, HTML or Streamlit (:icon:, $formula$) inside a line; after a backslash it is shown as it is.
MARKS = re.compile(r"([\\`*_{}\[\]()<>#!|~$:&^])")
# Of these, what makes a link, a picture, code, an icon or a formula: brackets and dashes of our own sentences stay as they are.
MADE_OF = re.compile(r"([\\`\[\]<$*]|:(?=\w))")
# What becomes a link without any mark; such links are found after backslashes are gone, so that only a break keeps them apart.
LINK_STARTS = re.compile(r"(https?(?=:)|www(?=\.)|@)", re.IGNORECASE)
WORD_JOINER = "\u2060"


def quoted(raw: str, most: int = MOST) -> str:
    """Raw text between quotation marks, shortened, on one line, and escaped: it makes no link, picture, icon or formula."""
    return f"“{escaped(raw[:most])}”"


def escaped(raw: str) -> str:
    """Raw text that Markdown shows letter for letter."""
    line = "".join(character if character.isprintable() else " " for character in raw)
    return MARKS.sub(r"\\\1", _without_links(line))


def sentence(composed: str) -> str:
    """A sentence that holds names from files: nothing in it becomes a link, a picture, code, an icon or a formula."""
    return MADE_OF.sub(r"\\\1", _without_links(composed))


def _without_links(text: str) -> str:
    return LINK_STARTS.sub(rf"\1{WORD_JOINER}", text)
