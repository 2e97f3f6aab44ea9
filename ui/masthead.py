"""Above every page: search, the date of the figures, the link to send on, the briefing. Below it: who answers for the page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from urllib.parse import parse_qsl, urlencode

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.navigation.page import StreamlitPage
from streamlit.runtime.scriptrunner import RerunData, RerunException, get_script_run_ctx

from insight.search import COUNCIL
from insight.views.render_html import sheet_rules
from insight.views.selection import Selection
from insight.views.status import status
from ui import briefing, citation, url_state
from ui.data_access import ask, build_path, register
from ui.names import index
from ui.selectors import COUNCILS
from ui.sign_in import gate
from ui.templates import from_template

FOUND, FOLLOW, ARRIVED = "_found", "_follow", "_arrived"


def place() -> DeltaGenerator:
    """Draw the masthead. Call it before any choice.

    Returns:
        Where what is known only at the end of a run will stand.
    """
    if slug := st.session_state.pop(ARRIVED, ""):
        url_state.set_choice("force", slug)
    with st.container(key="masthead", horizontal=True, vertical_alignment="center"):
        _search()
        st.html(_told().dates, width="stretch")
        later = st.container(horizontal=True, vertical_alignment="center", width="content")
        gate.sign_out()
        return later


def follow(force_page: StreamlitPage) -> None:
    """Go on to the force's page where the search found one. Call it after the choices, which then stand in the address."""
    if st.session_state.pop(FOLLOW, False):
        _go_to(force_page)


def fill(later: DeltaGenerator, page: str, selection: Selection) -> None:
    """Draw what rests on all choices of the run, and the strip at the page's foot."""
    with later:
        citation.share(page)
        citation.cite(page, selection)
        briefing.offer(selection)
    citation.script()
    st.html(_told().strip)


@dataclass(frozen=True)
class Told:
    """What every page says of the data, as it is sent: in the masthead, and at the foot with the rules for printed sheets."""

    dates: str
    strip: str


def _told() -> Told:
    return _status(str(build_path()), date.today())


@lru_cache(4)
def _status(build: str, today: date) -> Told:
    known = status(ask, today)
    strip = f"{from_template('strip.html', status=known)}<style>{sheet_rules(known)}</style>"
    return Told(str(from_template("dates.html", status=known)), strip)


def _search() -> None:
    st.selectbox(
        "Find a force or council",
        list(index().offered),
        index=None,
        key=FOUND,
        placeholder="Find a force or council",
        filter_mode="contains",
        label_visibility="collapsed",
        on_change=_found,
        width=280,
    )


def _found() -> None:
    """The force of the name that was picked is the reader's from now on, on the force's page."""
    if not gate.is_open():  # a choice is answered before the page is begun, and nothing is read past the gate
        return
    picked = st.session_state[FOUND]
    if picked not in index().offered:  # none, or a name that a new build no longer has
        return
    found = index().offered[picked]
    url_state.set_choice("force", found.slug)
    if found.kind == COUNCIL and not register().forces[found.slug].in_wales:
        url_state.set_choice("tab", COUNCILS)
    st.session_state[FOUND], st.session_state[FOLLOW] = None, True


def _with_tab(query: str) -> str:
    """The address with the part of the page that the search chose: the page before may have no parts to write it there.

    It is without the force, which counts as written although the reader's browser was not told: so the next run tells it.
    """
    part = url_state.typed("tab")
    kept = {key: value for key, value in parse_qsl(query) if key != "force"}
    return urlencode({**kept, **({"tab": part} if part else {})}, safe=url_state.SEPARATOR)


def _go_to(page: StreamlitPage) -> None:
    """Run another page in this session. ``st.switch_page`` refuses where choices are bound to the address; they stay here."""
    context = get_script_run_ctx()
    if context is None or context.page_script_hash == page._script_hash:
        return
    # What this run wrote to the address is lost with it: the next run writes the force again, or a reload would show another.
    st.session_state[ARRIVED] = url_state.typed("force")
    raise RerunException(
        RerunData(
            query_string=_with_tab(context.query_string),
            page_script_hash=page._script_hash,
            cached_message_hashes=context.cached_message_hashes,
            context_info=context.context_info,
        )
    )
