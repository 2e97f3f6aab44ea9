"""What the environment says of sign-in; settings that do not fit together are refused before anything is served."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

from streamlit.auth_util import get_secrets_auth_section

import environment
from environment import Variable, WronglySet

PROVIDER = "provider"  # Streamlit's name for it; no reader sees it
SHORTEST_SECRET = 32
LONGEST_HOURS = 24 * 30  # the cookie itself lasts 30 days
USUAL_PORTS = {"http": 80, "https": 443}
HOST = re.compile(r"[a-z0-9.:-]+")  # as urlsplit has it: lower case, no brackets; browsers write any other in another way
NEEDED = (environment.SIGN_IN_ADDRESS, environment.SIGN_IN_CLIENT, environment.SIGN_IN_SECRET, environment.COOKIE_SECRET)
# Without sign-in the secret of the cookies has a use of its own.
OF_SIGN_IN_ALONE = tuple(one for one in environment.OF_SIGN_IN if one is not environment.COOKIE_SECRET)


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
    """Sign-in as it is wanted; None where everybody may read. Every run of every page asks, so that it is looked at once.

    Raises:
        WronglySet: a part is missing or cannot be; nothing may be served then.
    """
    return _as_set(tuple((one.value, one.blank) for one in environment.OF_SIGN_IN))


@lru_cache(maxsize=1)
def _as_set(told: tuple[tuple[str | None, bool], ...]) -> Settings | None:
    """As the environment is set now, which ``told`` is of; what is refused is looked at again each time."""
    _refuse_blanks()
    if environment.SIGN_IN.value is None:
        _refuse_halves()
        return None
    missing = [one.name for one in NEEDED if one.value is None]
    if missing:
        raise WronglySet(f"{environment.SIGN_IN.name} is set, so that {', '.join(missing)} must be set too.")
    values = {one.name: one.value or "" for one in NEEDED}
    address = _origin(environment.SIGN_IN_ADDRESS)
    secret = values[environment.COOKIE_SECRET.name]
    if len(secret) < SHORTEST_SECRET:
        raise WronglySet(f"{environment.COOKIE_SECRET.name} must have {SHORTEST_SECRET} characters or more.")
    return Settings(
        provider=_address(environment.SIGN_IN),
        address=address,
        client=values[environment.SIGN_IN_CLIENT.name],
        secret=values[environment.SIGN_IN_SECRET.name],
        cookie_secret=secret,
        domains=frozenset(one.lower() for one in _listed(environment.SIGN_IN_DOMAINS, "@")),
        groups=_listed(environment.SIGN_IN_GROUPS),
        seconds=environment.SIGN_IN_HOURS.number("hours", LONGEST_HOURS) * 3600,
        scope=environment.SIGN_IN_SCOPE.value or environment.SIGN_IN_SCOPE.default,
        prompt=environment.SIGN_IN_PROMPT.value or environment.SIGN_IN_PROMPT.default,
    )


def _refuse_blanks() -> None:
    """``FORCE_SIGN_IN_DOMAINS=`` is a value that got lost: as if it were not set, it would let everybody in."""
    blank = [one.name for one in OF_SIGN_IN_ALONE if one.blank]
    if blank:
        raise WronglySet(f"{', '.join(blank)} is set and says nothing. Give it its value, or take the line out.")


def _refuse_halves() -> None:
    """Who set a part of it, or Streamlit's own secrets, believes the pages closed; they must not stand open."""
    told = [one.name for one in OF_SIGN_IN_ALONE if one.value]
    if told:
        raise WronglySet(f"{', '.join(told)} is set, so that {environment.SIGN_IN.name} must be set too.")
    if get_secrets_auth_section():
        raise WronglySet(f"secrets.toml has a section [auth]; set {environment.SIGN_IN.name} instead (docs/operations.md).")


def _address(variable: Variable) -> str:
    """An address over HTTPS, or one on this machine.

    Raises:
        WronglySet: it is neither.
    """
    text = (variable.value or "").rstrip("/")
    _parts(variable, text)
    return text


def _origin(variable: Variable) -> str:
    """The address of the dashboard as browsers name it, which Streamlit holds against theirs letter by letter.

    Raises:
        WronglySet: it has more than a scheme, a host and a port.
    """
    parts = _parts(variable, variable.value or "")
    if parts.path not in ("", "/") or parts.query or parts.fragment or "@" in parts.netloc:
        raise WronglySet(f"{variable.name} must be an address alone, as https://figures.example: no path, query or user name.")
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    return f"{parts.scheme}://{host}" + ("" if parts.port in (None, USUAL_PORTS[parts.scheme]) else f":{parts.port}")


def _parts(variable: Variable, text: str) -> SplitResult:
    try:
        parts = urlsplit(text)
        usable = parts.port != 0 and bool(HOST.fullmatch(parts.hostname or "")) and text.isprintable()
    except ValueError:  # a port that is no number, half a bracket
        usable = False
    if not usable or parts.scheme not in USUAL_PORTS or (parts.scheme == "http" and not _on_this_machine(parts.hostname or "")):
        raise WronglySet(f"{variable.name} must be an address that begins with https:// (http:// on one's own machine).")
    return parts


def _on_this_machine(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _listed(variable: Variable, before: str = "") -> frozenset[str]:
    """What is listed, without what may stand before each. A list without an entry is a slip that would let everybody in.

    Raises:
        WronglySet: it is set and names nothing.
    """
    if variable.value is None:
        return frozenset()
    found = frozenset(name for one in variable.value.split(",") if (name := one.strip().lstrip(before).strip()))
    if not found:
        raise WronglySet(f"{variable.name} is set and names nothing.")
    return found
