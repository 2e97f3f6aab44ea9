"""Characters that cannot be seen. Two texts that look alike must be alike, so a cell with such a character is refused.

Spaces of any kind, tabs and line breaks inside a cell are seen as space, and become plain spaces: publishers write thousands
with non-breaking spaces, and spreadsheets break lines within a cell.
"""

from __future__ import annotations

import re
import unicodedata

# Whatever is not printable is refused but these: every space of Unicode, tab and line breaks as spreadsheets write them.
SPACES = re.compile(r"[\t\n\r \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
# Printable by Unicode, yet nothing is seen of them: fillers, blanks, joiners, variation selectors; and the sign of lost text.
BLANKS = re.compile(r"[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\ufffd\U000e0100-\U000e01ef]")
REMEDY = "Delete it or type the cell anew: it cannot be seen, and a text with it is not the text that it looks like."


def unseen(text: str) -> str | None:
    """What is wrong with a cell that holds a character that cannot be seen, in words; None where there is none."""
    if text.isascii() and text.isprintable():
        return None
    for place, character in enumerate(text, start=1):
        if (not character.isprintable() and not SPACES.match(character)) or BLANKS.match(character):
            name = unicodedata.name(character, "a control character").lower()
            return f"Character {place} of this cell is U+{ord(character):04X} ({name}), which does not belong in a text."
    return None


def with_plain_spaces(text: str) -> str:
    """The text with every run of spaces, tabs and line breaks as one plain space, none at its ends."""
    return SPACES.sub(" ", text).strip(" ")


def only_seen(text: str) -> str:
    """The text as it looks, without what cannot be seen."""
    return "".join(character for character in text if unseen(character) is None)
