"""The address is the state: every choice stands in it as a slug, survives reload, Back and page changes, and can be sent on.

A widget that Streamlit binds to the address writes its label there; an address wants a slug that outlives a change of wording,
and a reader who comes with an unknown one is told. So the slug is held by a bound text field that is not shown, and the
visible widget sets it. It stands on the page once there is something to hold.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from insight.format import listed, spelt
from ui.raw_text import escaped, quoted, sentence
from ui.typed_addresses import option_named

NOW, REMARKS, PLACE, FIELDS = "_address_now", "_address_remarks", "_address_place", "_address_fields"
DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
HIDDEN = "address"  # the frame's style sheet hides what has this key
SEPARATOR = ","


def begin() -> None:
    """Start a run. Call it before any choice."""
    st.session_state[NOW] = {}
    st.session_state[REMARKS] = []
    st.session_state[PLACE] = None
    st.session_state[FIELDS] = st.container(key=HIDDEN)


def choose_one(
    key: str,
    label: str,
    options: Mapping[str, str],
    default: str,
    other_names: Mapping[str, str] | None = None,
    shown: bool = True,
    as_buttons: bool = False,
    absent: Mapping[str, str] = MappingProxyType({}),
) -> str:
    """A choice that stands in the address: a select box, or a row of buttons.

    Args:
        key: its name in the address.
        options: slug to label.
        default: the slug that an address without one means; the first of the options where it is none of them.
        other_names: further names by which an option may be called in an address (``typed_addresses``).
        shown: whether there is anything to choose with; without it what the address says still holds.
        as_buttons: whether all options stand side by side, for few with short names; their label is only read out.
        absent: slugs that are options elsewhere, and why each is none here: a sentence.

    Returns:
        The chosen slug.
    """
    default = default if default in options else next(iter(options), default)
    typed = _slug_in_address(key)
    wanted = option_named(typed, options, other_names or {}) if typed else default
    if wanted is None:
        why = absent.get(typed) or f"There is no {label.lower()} {quoted(typed)} here."
        remark(f"{why} Shown instead: {sentence(options[default])}.")
        wanted = default
    _note(key, wanted)
    if not shown:
        return wanted
    st.session_state[_widget(key)] = wanted
    taken: dict[str, Any] = {"key": _widget(key), "on_change": _take_one, "args": (key, default)}
    if as_buttons:
        st.segmented_control(
            label, list(options), format_func=options.__getitem__, required=True, label_visibility="collapsed", **taken
        )
    else:
        st.selectbox(label, list(options), format_func=options.__getitem__, **taken)
    return wanted


def choose_many(
    key: str,
    label: str,
    options: Mapping[str, str],
    most: int,
    placeholder: str,
    leave_out: str,
    other_names: Mapping[str, str],
    shown: bool = True,
) -> list[str]:
    """A multiple choice whose slugs stand in the address, comma-separated.

    Args:
        key: its name in the address.
        options: slug to label.
        most: how many can be chosen; what an address names beyond them is dropped with a remark.
        leave_out: an option that cannot be chosen; it is dropped without a remark.
        other_names: further names by which an option may be called in an address (``typed_addresses``).
    """
    typed = [name for name in _slug_in_address(key).split(SEPARATOR) if name.strip()]
    meant = {name: option_named(name, options, other_names) for name in typed}
    unknown = [name for name, option in meant.items() if option is None]
    if unknown:
        remark(f"Not here to compare with: {escaped(', '.join(unknown)[:120])}.")
    named = [option for option in dict.fromkeys(meant.values()) if option is not None and option != leave_out]
    kept, dropped = named[:most], named[most:]
    if dropped:
        names = escaped(listed([options[option] for option in dropped]))
        remark(f"{label}: {spelt(most)} at most. Left out: {names}.")
    _note(key, SEPARATOR.join(kept))
    if not shown:
        return kept
    st.session_state[_widget(key)] = kept
    st.multiselect(
        label,
        [option for option in options if option != leave_out],
        format_func=lambda one: options[one],
        key=_widget(key),
        max_selections=most,
        placeholder=placeholder,
        on_change=_take_many,
        args=(key,),
    )
    return kept


def choose_date(key: str, label: str, default: date, earliest: date, latest: date, help_text: str | None = None) -> date:
    """A day that stands in the address as YYYY-MM-DD; without one it is the default, which may move: a copied link names it.

    One that is no date, or out of bounds, is told to the reader and not used.
    """
    written = _slug_in_address(key)
    wanted = _day(written)
    if written and wanted is None:
        remark(f"{quoted(written)} is no date of the form 2024-05-17. Shown instead: {default.isoformat()}.")
    elif wanted is not None and not earliest <= wanted <= latest:
        remark(
            f"{wanted.isoformat()} lies outside {earliest.isoformat()} to {latest.isoformat()}. "
            f"Shown instead: {default.isoformat()}."
        )
        wanted = None
    picked = wanted or default
    st.session_state[_widget(key)] = picked
    st.date_input(
        label,
        min_value=earliest,
        max_value=latest,
        format="DD/MM/YYYY",
        key=_widget(key),
        help=help_text,
        on_change=_take_day,
        args=(key, default),
    )
    _note(key, picked.isoformat())
    return picked


def typed(key: str) -> str:
    """A choice as it stands in the address; empty without one."""
    held = st.session_state[key] if key in st.session_state else st.query_params.get(key)
    return str(held or "")


def set_choice(key: str, slug: str) -> None:
    """Set a choice in the address from a widget's callback.

    A field that begins with this value does not write it to the address: where there is none yet, it is written there too.
    Afterwards only the field may write it.
    """
    if key not in st.session_state and slug:
        st.query_params[key] = slug
    st.session_state[key] = slug


def named(key: str) -> str:
    """What the address says of something that has no widget, such as the build; kept in links and over page changes."""
    held = _slug_in_address(key)
    _note(key, held)
    return held


def remark(text: str) -> None:
    """Something to tell the reader about the selection, as Markdown: what stands in the address goes through ``ui.raw_text``."""
    st.session_state[REMARKS].append(text)


def place_remarks() -> None:
    """Where remarks will stand: a page calls it in its heading, before most of its selection are made."""
    st.session_state[PLACE] = st.container()


def show_remarks() -> None:
    """Tell all that was remarked in this run. Call it when the page has made its selection."""
    where = st.session_state[PLACE] or st.container()
    for text in dict.fromkeys(st.session_state[REMARKS]):
        where.info(text, icon=":material/info:")
    st.session_state[REMARKS], st.session_state[PLACE] = [], None


def query(**changes: str) -> str:
    """The address of this run as a query string, every choice explicit, with changes: for links to another force or page."""
    kept = {**st.session_state[NOW], **changes}
    return "?" + urlencode({key: value for key, value in kept.items() if value}, safe=SEPARATOR)


def _slug_in_address(key: str) -> str:
    """What the address holds, or a widget's callback has set. A choice that nobody has made has no field: one costs as much as
    a select box, and most choices of a page are never made."""
    if key not in st.query_params and key not in st.session_state:
        return ""
    with st.session_state[FIELDS]:
        return st.text_input(f"{key} in the address", key=key, bind="query-params", label_visibility="collapsed")


def _widget(key: str) -> str:
    return f"{key}_widget"


def _take_one(key: str, default: str) -> None:
    picked = st.session_state[_widget(key)]
    set_choice(key, "" if picked == default else picked)


def _take_many(key: str) -> None:
    set_choice(key, SEPARATOR.join(st.session_state[_widget(key)]))


def _take_day(key: str, default: date) -> None:
    picked = st.session_state[_widget(key)]
    set_choice(key, "" if picked in (None, default) else picked.isoformat())


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if DAY.fullmatch(text) else None
    except ValueError:
        return None


def _note(key: str, value: str) -> None:
    st.session_state[NOW][key] = value
