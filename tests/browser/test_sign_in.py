"""Sign-in against a real OIDC provider: signed out there is the sign-in page and nothing else, signed in the page that was asked for."""

from __future__ import annotations

import asyncio
import json
import re
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from unittest.mock import MagicMock

import httpx
import pytest
from playwright.sync_api import WebSocket, expect
from starlette.routing import Route
from streamlit.proto.BackMsg_pb2 import BackendOperationRequest, BackMsg, DeferredFileRequestPayload
from streamlit.proto.ForwardMsg_pb2 import BackendOperationResponse, ForwardMsg
from streamlit.util import calc_hash
from streamlit.web.server.starlette.starlette_app import create_streamlit_routes
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value, generate_xsrf_token_string
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME as USER
from streamlit.web.server.starlette.starlette_server_config import XSRF_COOKIE_NAME
from websockets import Origin, Subprotocol
from websockets.asyncio.client import connect as connect_as_browser
from websockets.sync.client import connect

import environment as env
from deploy.reader import Answer
from deploy.reader import Reader as Program
from tests.app.surface import Stock, pages
from tests.asynchronous import finished
from tests.browser.conftest import Reader, Server, served
from tests.browser.provider import CLIENT, DOMAIN, MEMBER, OTHER_DOMAIN, SECRET, STRANGER
from tests.browser.signing_in import running_provider, sign_in, sign_out

pytestmark = pytest.mark.browser
COOKIE_SECRET = "a secret of this test, of forty characters"
HOURS = 2
ASKED = "Sign in to read this dashboard."
PARAMETER = re.compile(r"\{[^}]*\}")


@pytest.fixture(scope="module")
def closed(real_warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A fresh dashboard that asks for sign-in, with its provider."""
    folder = tmp_path_factory.mktemp("closed")
    with ExitStack() as running:

        def told(root: str) -> Mapping[str, str]:
            provider = running.enter_context(running_provider(root, folder))
            return {
                env.SIGN_IN.name: provider,
                env.SIGN_IN_ADDRESS.name: root,
                env.SIGN_IN_CLIENT.name: CLIENT,
                env.SIGN_IN_SECRET.name: SECRET,
                env.SIGN_IN_DOMAINS.name: DOMAIN,
                env.SIGN_IN_HOURS.name: str(HOURS),
                env.COOKIE_SECRET.name: COOKIE_SECRET,
            }

        yield running.enter_context(served(real_warehouse.parent, folder, told))


@pytest.fixture
def visitor(closed: Server, new_reader: Callable[..., Reader]) -> Reader:
    return new_reader(closed)


def received(reader: Reader) -> list[bytes]:
    """All that the server sends over the WebSocket from now on."""
    sent: list[bytes] = []

    def listen(socket: WebSocket) -> None:
        socket.on("framereceived", lambda frame: sent.append(frame if isinstance(frame, bytes) else frame.encode()))

    reader.page.on("websocket", listen)
    return sent


def told_of_pages(sent: bytes, stock: Stock) -> list[str]:
    """What of the pages stands in what was sent: names of forces and pages."""
    titles = {page.title for page in pages()} - {"National", "Force", "Data"}  # words of their own
    return [name for name in (*stock.names.values(), *titles) if name.encode() in sent]


def test_signed_out_every_address_shows_the_sign_in_page_alone(visitor: Reader, stock: Stock) -> None:
    """The first address is a deep link to a server that nobody has visited."""
    sent = received(visitor)
    for page in sorted(pages(), key=lambda one: one.url != "compare"):
        shown = visitor.open(page.address, force="kent", year="2022")
        expect(shown.get_by_text(ASKED)).to_be_visible()
        assert (
            shown.locator("table, [data-testid=stPlotlyChart], [data-testid=stTopNavLink], select, [role=combobox]").count() == 0
        )
        assert told_of_pages(shown.content().encode(), stock) == []
    assert sent, "nothing was listened to"
    assert told_of_pages(b"".join(sent), stock) == []


def test_signed_out_no_page_is_run_whatever_a_session_asks_for(closed: Server, stock: Stock) -> None:
    address = closed.root.replace("http", "ws") + "/_stcore/stream"
    for page in pages():
        for where in ({"page_name": page.url}, {"page_script_hash": calc_hash("start" if page.default else page.url)}):
            message = BackMsg()
            message.rerun_script.query_string = "force=kent"
            for name, value in where.items():
                setattr(message.rerun_script, name, value)
            with connect(address, subprotocols=["streamlit"], max_size=None) as session:  # type: ignore[list-item]
                session.send(message.SerializeToString())
                sent = b""
                while True:
                    raw = session.recv(timeout=20)
                    sent += raw if isinstance(raw, bytes) else raw.encode()
                    got = ForwardMsg()
                    got.ParseFromString(raw if isinstance(raw, bytes) else raw.encode())
                    if got.WhichOneof("type") == "script_finished":
                        break
            assert ASKED.encode() in sent, where
            assert told_of_pages(sent, stock) == [], where


def streamlit_routes() -> list[str]:
    """An address of every route that Streamlit registers, but that of sessions."""
    routes = create_streamlit_routes(MagicMock())
    return sorted({PARAMETER.sub("x", one.path) for one in routes if isinstance(one, Route)})


@pytest.mark.parametrize("path", [*streamlit_routes(), "/static/x", "/app/static/x", "/healthz", "/readyz", "/metrics"])
def test_signed_out_no_route_tells_of_the_pages(path: str, closed: Server, stock: Stock) -> None:
    for method in ("GET", "POST"):
        answer = httpx.request(method, closed.root + path, timeout=30)
        assert told_of_pages(answer.content, stock) == [], method


def test_signed_out_no_file_is_given_or_taken(closed: Server) -> None:
    assert answer_without_cookies(closed.url("media/0a.csv")) == 401
    assert answer_without_cookies(closed.url("_stcore/upload_file/session/file")) == 403


def answer_without_cookies(address: str) -> int:
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def test_who_signs_in_lands_on_the_deep_link_and_signs_out_again(visitor: Reader) -> None:
    visitor.open("compare", **{"force": "kent", "with": "essex,surrey", "year": "2022", "view": "bars"})
    sign_in(visitor, MEMBER)
    page = visitor.page
    expect(visitor.heading()).to_have_text("Compare forces")
    assert page.url.startswith(visitor.server.url("compare") + "?force=kent&with=essex")
    expect(page.get_by_role("combobox", name="Force", exact=True)).to_have_value("Kent")
    expect(page.locator(".js-plotly-plot").first).to_be_visible()

    page.get_by_role("radiogroup", name=re.compile("^More about")).last.get_by_role("radio", name="Data").click()
    visitor.settle()
    with page.expect_download() as taken:
        page.get_by_role("button", name="Download CSV").last.click()
    kept = taken.value.url
    assert "/media/" in kept
    assert answer_without_cookies(kept) == 401

    sign_out(visitor)
    expect(page.get_by_text(ASKED)).to_be_visible()
    assert page.context.request.get(kept).status == 401
    visitor.open("compare", force="kent")
    expect(page.get_by_text(ASKED)).to_be_visible()


def test_who_is_of_another_domain_is_told_so_and_sees_nothing(visitor: Reader, stock: Stock) -> None:
    visitor.open("force", force="kent")
    sent = received(visitor)
    sign_in(visitor, STRANGER)
    page = visitor.page
    said = f"You are signed in as {STRANGER}@{OTHER_DOMAIN}, and this account has no access to this dashboard."
    expect(page.get_by_text(said)).to_be_visible()
    assert told_of_pages(b"".join(sent) + page.content().encode(), stock) == []
    sign_out(visitor)


def signed_in(root: str, since: float, secret: str = COOKIE_SECRET) -> str:
    """The cookie of a member who signed in so many seconds ago."""
    claims = {"is_logged_in": True, "origin": root, "provider": "provider", "email": f"{MEMBER}@{DOMAIN}"}
    return create_signed_value(secret, USER, json.dumps({**claims, "iat": time.time() - since})).decode()


class Session(Program):
    """A session that keeps all that it is sent, and what can be asked of its page past a run of it."""

    def __init__(self, port: int, cookie: str) -> None:
        super().__init__(port, cookie)
        self.sent, self.name, self.fragments, self.files = b"", "", set[str](), set[str]()

    def _take(self, kind: str | None, told: ForwardMsg, answer: Answer) -> None:
        super()._take(kind, told, answer)
        self.sent += told.SerializeToString()
        if kind == "new_session":
            self.name = told.new_session.initialize.session_id or self.name
        if kind == "delta":
            self.fragments |= {told.delta.fragment_id} - {""}
            self.files |= {told.delta.new_element.download_button.deferred_file_id} - {""}

    async def connect(self) -> None:
        """As a browser does that shows by a token that it reads its own cookies: no other is believed who it says it is."""
        token, root = generate_xsrf_token_string(), f"http://127.0.0.1:{self.port}"
        self._socket = await connect_as_browser(
            f"ws://127.0.0.1:{self.port}/_stcore/stream",
            subprotocols=[Subprotocol("streamlit"), Subprotocol(token)],
            origin=Origin(root),
            additional_headers={"Cookie": f"{self.cookie}; {XSRF_COOKIE_NAME}={token}"},
            max_size=None,
        )

    async def run_fragment(self) -> None:
        """Run a part of the page by itself, as a click in it does."""
        await self._run(page_script_hash=self._page, fragment_id=min(self.fragments))

    async def run_page(self) -> None:
        """Run the page again with the same choices."""
        await self._run(page_script_hash=self._page)

    async def ask_for_file(self) -> BackendOperationResponse:
        """Ask for a file as a click on its button does."""
        file = DeferredFileRequestPayload(file_id=min(self.files))
        asked = BackendOperationRequest(request_id="1", session_id=self.name, deferred_file=file)
        await self._socket.send(BackMsg(backend_operation_request=asked).SerializeToString())
        while True:
            told = ForwardMsg.FromString(await asyncio.wait_for(self._socket.recv(), 20))
            if told.WhichOneof("type") == "backend_operation_response":
                return told.backend_operation_response


def test_a_page_that_is_open_when_the_sign_in_ends_gives_nothing_more(closed: Server, stock: Stock) -> None:
    """Neither a part of it that runs by itself, nor a file that is made at the click, nor a run of the page."""

    async def stay(margin: float) -> bool:
        ends = time.time() + margin
        cookie = f"{USER}={signed_in(closed.root, HOURS * 3600 - margin)}"
        async with Session(int(closed.root.rpartition(":")[2]), cookie) as session:
            await session.open("downloads", "force=kent")
            if time.time() > ends:
                return False
            assert told_of_pages(session.sent, stock), "the page was not open"
            await asyncio.sleep(ends - time.time() + 0.1)
            answer = await session.ask_for_file()
            assert (answer.deferred_file.url, bool(answer.error_msg)) == ("", True)
            for run in (session.run_fragment, session.run_page):
                session.sent = b""
                await run()
                assert b"Your sign-in has ended" in session.sent
                assert [name for name in stock.names.values() if name.encode() in session.sent] == []
            return True

    assert any(finished(stay(margin)) for margin in (3, 10, 30)), "the page did not open in time"


@pytest.mark.parametrize(
    ("hours", "opens"), [(HOURS - 0.5, "Compare forces"), (HOURS + 0.5, None)], ids=["within its lifetime", "older than it"]
)
def test_a_sign_in_lasts_as_long_as_is_set(hours: float, opens: str | None, visitor: Reader) -> None:
    root = visitor.server.root
    visitor.page.context.add_cookies([{"name": USER, "value": signed_in(root, hours * 3600), "url": root}])
    page = visitor.open("compare", force="kent")
    if opens:
        expect(visitor.heading()).to_have_text(opens)
    else:
        expect(page.get_by_text(f"Your sign-in has ended; it lasts {HOURS} hours. Sign in again.")).to_be_visible()
        expect(page.get_by_role("link", name="Sign in")).to_be_visible()
        assert page.locator("table").count() == 0


def test_a_cookie_signed_by_another_is_worth_nothing(visitor: Reader) -> None:
    root = visitor.server.root
    cookie = signed_in(root, 0, "another secret, of forty characters or so")
    visitor.page.context.add_cookies([{"name": USER, "value": cookie, "url": root}])
    expect(visitor.open("compare").get_by_text(ASKED)).to_be_visible()
