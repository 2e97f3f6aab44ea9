"""The gate before every page: nothing is read, and no page is named, for who has not signed in."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any, Literal
from urllib.parse import urlencode, urlsplit

import streamlit as st

from environment import CONTACT
from ui.sign_in.people import Standing, has_own_pass, standing
from ui.sign_in.settings import Settings, settings
from ui.templates import from_template
from vocabulary import PRODUCT

START, TO = "sign-in", "to"
OUTCOMES = {Standing.IN: "done", Standing.OUT: "anonymous", Standing.OVER: "expired", Standing.STRANGER: "refused"}


class SignInOver(Exception):
    """The sign-in of the reader for whom a file was to be made has ended."""


def is_open() -> bool:
    """Whether this session may read. Always where no sign-in is wanted."""
    wanted = settings()
    return wanted is None or _standing(wanted) is Standing.IN


def outcome() -> str:
    """How this run stands at the gate, as the operator's counts and log have it."""
    wanted = settings()
    return OUTCOMES[_standing(wanted) if wanted else Standing.IN]


def while_open(make: Callable[[], bytes]) -> Callable[[], bytes]:
    """A maker that makes nothing once the sign-in of this run's reader has ended: Streamlit asks it past every run of a page.

    Raises:
        SignInOver: by the maker, when it is asked too late.
    """
    wanted = settings()
    if wanted is None:
        return make
    claims = _claims()

    def made() -> bytes:
        if standing(claims, wanted, time.time()) is not Standing.IN:
            raise SignInOver("The sign-in has ended; nothing was made.")
        return make()

    return made


def ask() -> None:
    """What stands in place of a page before the gate: the way to sign in, or, for who may not read, the way out."""
    wanted = settings()
    stands = Standing.IN if wanted is None else _standing(wanted)
    if wanted is None or stands is Standing.IN:
        return
    with st.container(key="opening"):
        st.title(PRODUCT, anchor=False)
        if stands is Standing.STRANGER:
            name = str(_claims().get("email") or _claims().get("name") or "someone without a name")
            whom = CONTACT.value or "those who run it"
            st.text(f"You are signed in as {name}, and this account has no access to this dashboard. To get access, ask {whom}.")
            sign_out(type_="secondary")
            return
        over = f"Your sign-in has ended; it lasts {wanted.seconds / 3600:g} hours. Sign in again."
        st.text(over if stands is Standing.OVER else "Sign in to read this dashboard.")
        st.html(from_template("sign_in.html", address=f"{START}?{urlencode({TO: _wanted_address()})}"))


def sign_out(type_: Literal["secondary", "tertiary"] = "tertiary") -> None:
    """The button by which a reader signs out, here and at the provider; none where nobody signs in."""
    if settings() is not None:
        st.button("Sign out", type=type_, key="sign-out", on_click=st.logout)


def _standing(wanted: Settings) -> Standing:
    if has_own_pass(st.context.cookies, wanted.cookie_secret):
        return Standing.IN
    return standing(_claims(), wanted, time.time())


def _claims() -> Mapping[str, Any]:
    """What the provider said of the reader when this session began."""
    return st.user.to_dict()


def _wanted_address() -> str:
    """The page that was asked for, with its choices; ``ui.sign_in.front`` takes it only if it is one of ours."""
    page = urlsplit(st.context.url or "").path.rpartition("/")[2]
    query = urlencode([(key, one) for key in st.query_params for one in st.query_params.get_all(key)])
    return f"{page}?{query}" if query else page
