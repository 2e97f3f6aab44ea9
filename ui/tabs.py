"""Tabs of a page as a row of buttons: only the open one is built, and it stands in the address."""

from __future__ import annotations

from collections.abc import Mapping

from ui import url_state


def tab(titles: Mapping[str, str], key: str = "tab", label: str = "Part of this page") -> str:
    """Draw the row and say which part is open.

    Args:
        titles: slug to title, in order; the first is open where the address names none.
        key: its name in the address; a page with one row of tabs keeps ``tab``.
        label: what the row is called by a screen reader.

    Returns:
        The slug of the open part.
    """
    return url_state.choose_one(key, label, titles, next(iter(titles)), as_buttons=True)
