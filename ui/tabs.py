"""Tabs of a page as a row of buttons: only the open one is built, and it stands in the address."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import streamlit as st

from ui import url_state


def tab(
    titles: Mapping[str, str],
    opened_by: Mapping[str, str] = MappingProxyType({}),
    first: str = "",
    absent: Mapping[str, str] = MappingProxyType({}),
) -> str:
    """Draw the row and say which part is open.

    Args:
        titles: slug to title, in order; where the address names none, the part of a choice that it makes is open, else the first.
        opened_by: a choice by its name in the address, to the part that it is a choice of: an address from before there were
            tabs still opens what it was about.
        first: the part that is open before any is chosen, in place of the first in order.
        absent: parts that other pages of the kind have, and why each is not here: a sentence.

    Returns:
        The slug of the open part.
    """
    chosen = (part for choice, part in opened_by.items() if st.query_params.get(choice) and part in titles)
    default = next(chosen, first or next(iter(titles)))
    return url_state.choose_one("tab", "Part of this page", titles, default, as_buttons=True, absent=absent)
