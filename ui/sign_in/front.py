"""What stands between the browser and Streamlit where sign-in is wanted: where a reader goes on to, and who gets kept files."""

from __future__ import annotations

import json
import time
from collections.abc import Collection, Mapping
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlencode

from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import HTTPConnection, Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.auth_util import get_cookie_with_chunks
from streamlit.config import get_option
from streamlit.url_util import make_url_path
from streamlit.user_info import generate_login_redirect_url
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

import events
from environment import refused_at_the_start
from ui.sign_in.gate import START, TO
from ui.sign_in.people import Standing, standing
from ui.sign_in.settings import PROVIDER, Settings, settings

WANTED, WANTED_SECONDS = "force_wanted", 600
LONGEST = 2000  # a cookie holds 4,096
LOGIN = "/auth/login"  # Streamlit's: it asks the provider where to send a reader
AWAY = "The sign-in service cannot be reached just now. Go back and try again; if that does not help, ask those who run this."
BACK = "/oauth2callback"  # Streamlit's: the provider sends a reader back to it
KEPT = "media/"  # Streamlit's: files that pages have made for a reader lie beneath it


def secrets() -> dict[str, Any] | None:
    """Streamlit's secrets: those of the provider, where sign-in is wanted.

    Raises:
        SystemExit: with words, where the settings do not fit together: nothing is served.
    """
    with refused_at_the_start():
        wanted = settings()
    return dict(wanted.secrets) if wanted else None


def routes(pages: Collection[str]) -> list[Route]:
    """The route by which sign-in begins; none where none is wanted.

    Args:
        pages: the names of pages in addresses.
    """
    wanted = settings()
    if wanted is None:
        return []

    async def begin(request: Request) -> Response:
        answer = RedirectResponse(generate_login_redirect_url(PROVIDER), 302, {"Cache-Control": "no-store"})
        events.tell("redirect", page=START)
        to = own_address(request.query_params.get(TO, ""), pages)
        answer.set_cookie(WANTED, quote(to, safe=""), max_age=WANTED_SECONDS, httponly=True, samesite="lax")
        return answer

    return [Route(f"/{START}", begin)]


def middleware(pages: Collection[str]) -> list[Middleware]:
    """What every request goes through where sign-in is wanted."""
    wanted = settings()
    return [Middleware(Front, wanted=wanted, pages=pages)] if wanted else []


def own_address(text: str, pages: Collection[str]) -> str:
    """An address of ours, made anew from the name of a page and its choices: whatever is asked for, it leads nowhere else.

    Returns:
        ``page?choices``, relative to the root; empty for the first page.
    """
    page, _, query = text.partition("?")
    if len(text) > LONGEST or page not in ("", *pages):
        return ""
    choices = urlencode(parse_qsl(query))
    return f"{page}?{choices}" if choices else page


class Front:
    """Keeps files from who has not signed in, leads a reader on to the page that was asked for, binds cookies to HTTPS."""

    def __init__(self, app: ASGIApp, wanted: Settings, pages: Collection[str]) -> None:
        self._app, self._wanted, self._pages = app, wanted, pages
        self._kept = make_url_path(get_option("server.baseUrlPath"), KEPT)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = HTTPConnection(scope)
        if scope["path"].startswith(self._kept) and not self._may_read(request.cookies):
            await PlainTextResponse("Sign in first.", 401, {"Cache-Control": "no-store"})(scope, receive, send)
            return

        away = False

        async def changed(message: Message) -> None:
            nonlocal away
            if away:
                return
            if scope["path"].endswith(LOGIN) and message.get("status") == 400:  # Streamlit says "Authentication error"
                away = True
                await PlainTextResponse(AWAY, 503, {"Cache-Control": "no-store"})(scope, receive, send)
                return
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if scope["path"].endswith(BACK):
                    self._lead_on(headers, request.cookies.get(WANTED, ""))
                if self._wanted.encrypted:
                    _bind(headers)
            await send(message)

        await self._app(scope, receive, changed)

    def _may_read(self, cookies: Mapping[str, str]) -> bool:
        claims = claims_of(cookies, self._wanted.cookie_secret)
        return standing(claims, self._wanted, time.time()) is Standing.IN

    def _lead_on(self, headers: MutableHeaders, kept: str) -> None:
        """Streamlit leads to its root; after a sign-in go on from there to the page that was asked for."""
        if not kept or not any(_signs_in(one) for one in headers.getlist("set-cookie")):
            return
        root = headers["location"].rstrip("/")
        headers["location"] = f"{root}/{own_address(unquote(kept), self._pages)}"
        headers.append("set-cookie", f"{WANTED}=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax")


def claims_of(cookies: Mapping[str, str], secret: str) -> dict[str, Any]:
    """What Streamlit's cookie says of a reader; empty where it is absent, altered or too old."""

    def one(name: str) -> bytes | None:
        return decode_signed_value(secret, name, cookies[name].encode("latin-1")) if name in cookies else None

    whole = get_cookie_with_chunks(one, USER_COOKIE_NAME)
    try:
        found = json.loads(whole) if whole else {}
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _signs_in(cookie: str) -> bool:
    try:
        held = SimpleCookie(cookie).get(USER_COOKIE_NAME)
    except CookieError:
        return False
    return held is not None and bool(held.value)


def _bind(headers: MutableHeaders) -> None:
    """Streamlit binds none of its cookies to HTTPS."""
    cookies = headers.getlist("set-cookie")
    if cookies:
        del headers["set-cookie"]
    for one in cookies:
        headers.append("set-cookie", one if "; secure" in one.lower() else f"{one}; Secure")
