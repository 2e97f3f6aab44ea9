"""Tabs of a page as a row of buttons: only the open one is built, and it stands in the address."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import streamlit as st
from markupsafe import Markup

from ui import url_state

PLACE = "part"
WAY = Markup('<p class="way"><a href="#{}">Go to: {}</a></p>')


def way_to_named(titles: Mapping[str, str], first: str = "") -> bool:
    """On a phone, a link past what stands above the tabs, where the address names a part: a reader was sent there.

    Args:
        titles: slug to title, in order.
        first: the part that is open before any is chosen, in place of the first in order.

    Returns:
        Whether there is one; then call ``place_of_parts`` above the tabs.
    """
    named = url_state.typed("tab") or first
    if named not in titles or named == next(iter(titles)):
        return False
    st.html(WAY.format(PLACE, titles[named]))
    return True


def place_of_parts() -> None:
    """Where the link leads. A heading, for Streamlit takes ids out of all other HTML; only a screen reader says it."""
    with st.container(key="parts-place"):
        st.header("Parts of this page", anchor=PLACE)


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
