"""What the environment says of sign-in; settings that do not fit together are refused before anything is served."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from streamlit.auth_util import get_secrets_auth_section

import environment
from environment import Variable

PROVIDER = "provider"  # Streamlit's name for it; no reader sees it
SHORTEST_SECRET = 32
NEEDED = (environment.SIGN_IN_ADDRESS, environment.SIGN_IN_CLIENT, environment.SIGN_IN_SECRET, environment.COOKIE_SECRET)
NARROWING = (environment.SIGN_IN_DOMAINS, environment.SIGN_IN_GROUPS)


class WronglySet(Exception):
    """Sign-in is wanted and cannot be had as it is set; says in words what to set."""


@dataclass(frozen=True)
class Settings:
    """Sign-in as it is wanted. Empty ``domains`` or ``groups`` ask for none; ``seconds`` is how long a sign-in lasts."""

    provider: str
    address: str
    client: str
    secret: str
    cookie_secret: str
    domains: frozenset[str]
    groups: frozenset[str]
    seconds: float
    scope: str
    prompt: str

    @property
    def encrypted(self) -> bool:
        """Whether readers come over HTTPS, so that cookies may be bound to it."""
        return self.address.startswith("https://")

    @property
    def secrets(self) -> dict[str, dict[str, object]]:
        """The same as Streamlit wants it in its secrets."""
        provider = {
            "client_id": self.client,
            "client_secret": self.secret,
            "server_metadata_url": self.provider,
            "client_kwargs": {"scope": self.scope, "prompt": self.prompt},
        }
        back = f"{self.address}/oauth2callback"
        return {"auth": {"redirect_uri": back, "cookie_secret": self.cookie_secret, PROVIDER: provider}}


def settings() -> Settings | None:
    """Sign-in as it is wanted; None where everybody may read.

    Raises:
        WronglySet: a part is missing or cannot be; nothing may be served then.
    """
    provider = environment.SIGN_IN.value
    if provider is None:
        _refuse_halves()
        return None
    missing = [one.name for one in NEEDED if one.value is None]
    if missing:
        raise WronglySet(f"{environment.SIGN_IN.name} is set, so that {', '.join(missing)} must be set too.")
    values = {one.name: one.value or "" for one in NEEDED}
    address = _address(environment.SIGN_IN_ADDRESS)
    secret = values[environment.COOKIE_SECRET.name]
    if len(secret) < SHORTEST_SECRET:
        raise WronglySet(f"{environment.COOKIE_SECRET.name} must have {SHORTEST_SECRET} characters or more.")
    return Settings(
        provider=_address(environment.SIGN_IN),
        address=address,
        client=values[environment.SIGN_IN_CLIENT.name],
        secret=values[environment.SIGN_IN_SECRET.name],
        cookie_secret=secret,
        domains=frozenset(one.lower().lstrip("@") for one in _listed(environment.SIGN_IN_DOMAINS)),
        groups=_listed(environment.SIGN_IN_GROUPS),
        seconds=_hours() * 3600,
        scope=environment.SIGN_IN_SCOPE.value or environment.SIGN_IN_SCOPE.default,
        prompt=environment.SIGN_IN_PROMPT.value or environment.SIGN_IN_PROMPT.default,
    )


def _refuse_halves() -> None:
    """Who set a part of it, or Streamlit's own secrets, believes the pages closed; they must not stand open."""
    told = [one.name for one in (*NEEDED[:3], *NARROWING) if one.value]
    if told:
        raise WronglySet(f"{', '.join(told)} is set, so that {environment.SIGN_IN.name} must be set too.")
    if get_secrets_auth_section():
        raise WronglySet(f"secrets.toml has a section [auth]; set {environment.SIGN_IN.name} instead (docs/operations.md).")


def _address(variable: Variable) -> str:
    text = (variable.value or "").rstrip("/")
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise WronglySet(f"{variable.name} must be an address that begins with https:// (http:// on one's own machine).")
    return text


def _listed(variable: Variable) -> frozenset[str]:
    """What is listed. A list without an entry is a slip that would let everybody in.

    Raises:
        WronglySet: it is set and names nothing.
    """
    if variable.value is None:
        return frozenset()
    found = frozenset(one.strip() for one in variable.value.split(",") if one.strip())
    if not found:
        raise WronglySet(f"{variable.name} is set and names nothing.")
    return found


def _hours() -> float:
    variable = environment.SIGN_IN_HOURS
    try:
        hours = float(variable.value or variable.default)
    except ValueError:
        hours = 0.0
    if not 0 < hours <= 24 * 30:  # the cookie itself lasts 30 days
        raise WronglySet(f"{variable.name} must be a number of hours above 0 and up to 720.")
    return hours
