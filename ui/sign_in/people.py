"""Who may read: what the provider says of a person, held against the settings. Programs of this service have a pass."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Any

from itsdangerous import BadSignature, TimestampSigner

from ui.sign_in.settings import Settings

PASS = "force_pass"
PASS_SECONDS = 3600
AHEAD_SECONDS = 300  # that a provider's clock may be ahead of ours


class Standing(Enum):
    """How a person stands at the gate."""

    IN = "may read"
    OUT = "has not signed in"
    OVER = "signed in too long ago"
    STRANGER = "is signed in and may not read"


def standing(claims: Mapping[str, Any], wanted: Settings, now: float) -> Standing:
    """How a person stands.

    Args:
        claims: of the ID token, as ``st.user`` has them; ``is_logged_in`` is Streamlit's.
        wanted: the settings.
        now: seconds since 1970.
    """
    if claims.get("is_logged_in") is not True:
        return Standing.OUT
    since = claims.get("iat")
    if not isinstance(since, int | float) or not now - wanted.seconds <= since <= now + AHEAD_SECONDS:
        return Standing.OVER
    return Standing.IN if _may_read(claims, wanted) else Standing.STRANGER


def _may_read(claims: Mapping[str, Any], wanted: Settings) -> bool:
    """Each list that is set narrows. An address that the provider says it has not verified is nobody's."""
    believed = claims.get("email_verified", True) is True
    if wanted.domains and not (believed and _domain(claims.get("email")) in wanted.domains):
        return False
    return not wanted.groups or bool(wanted.groups & _of(claims, "groups") | wanted.groups & _of(claims, "roles"))


def _domain(email: object) -> str:
    """The domain of an e-mail address; empty for what is none, so that it is nobody's."""
    name, at, domain = email.partition("@") if isinstance(email, str) else ("", "", "")
    return domain.lower() if name and at and "@" not in domain else ""


def _of(claims: Mapping[str, Any], name: str) -> set[str]:
    """A claim that is a text or a list of texts; anything else names no group."""
    held = claims.get(name)
    if isinstance(held, str):
        return {held}
    return {one for one in held if isinstance(one, str)} if isinstance(held, list) else set()


def own_pass(cookie_secret: str | None) -> str:
    """A cookie with which a program of this service opens a page, to see whether it is ready and to warm it. Good for an hour.

    Args:
        cookie_secret: None, where no sign-in is wanted, gives no cookie.
    """
    return f"{PASS}={_signer(cookie_secret).sign(PASS).decode()}" if cookie_secret else ""


def has_own_pass(cookies: Mapping[str, str], cookie_secret: str) -> bool:
    """Whether the cookies of a session hold a pass that was made with our secret and is not old."""
    try:
        return _signer(cookie_secret).unsign(cookies.get(PASS, ""), max_age=PASS_SECONDS) == PASS.encode()
    except BadSignature:
        return False


def _signer(cookie_secret: str) -> TimestampSigner:
    return TimestampSigner(cookie_secret, salt=PASS)
