"""The shield before Streamlit: what a browser may not send, and what of it must not reach the log."""

from __future__ import annotations

from urllib.parse import parse_qs

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket
from streamlit.proto.BackMsg_pb2 import BackMsg

from ui.shield import Shield, fit_for_the_log


async def _echo(websocket: WebSocket) -> None:
    await websocket.accept()
    async for message in websocket.iter_bytes():
        await websocket.send_bytes(message)


async def _query(request: Request) -> Response:
    return PlainTextResponse(request.url.query)


@pytest.fixture
def client() -> TestClient:
    """The shield before a stand-in for Streamlit that says what reaches it."""
    routes = [
        WebSocketRoute("/_stcore/stream", _echo),
        Route("/{path:path}", _query, methods=["GET", "PUT", "DELETE", "OPTIONS"]),
    ]
    return TestClient(Shield(Starlette(routes=routes)))


def test_nobody_empties_the_caches_of_all_and_other_messages_pass(client: TestClient) -> None:
    clears, runs = BackMsg(clear_cache=True).SerializeToString(), BackMsg(stop_script=True).SerializeToString()
    with client.websocket_connect("/_stcore/stream") as session:
        for message in (clears, runs + clears, b"\xff no message", runs):
            session.send_bytes(message)
        assert [session.receive_bytes(), session.receive_bytes()] == [b"\xff no message", runs]


@pytest.mark.parametrize("method", ["PUT", "DELETE", "GET", "OPTIONS"])
@pytest.mark.parametrize(
    "path", ["/_stcore/upload_file/session/file", "/compare/_stcore/upload_file/a/b", "/%5Fstcore/upload_file/a"]
)
def test_nothing_can_be_uploaded(path: str, method: str, client: TestClient) -> None:
    assert client.request(method, path, content=b"x" if method == "PUT" else None).status_code == 403


def test_what_is_said_of_an_error_does_not_reach_the_log(client: TestClient) -> None:
    answer = client.get("/oauth2callback?error=access_denied&state=s&error_description=ann%40force.example+is+locked+out")
    assert parse_qs(answer.text) == {"error": ["access_denied"], "state": ["s"]}


@pytest.mark.parametrize("forged", ["nobody signed in. ERROR disk full", "a\nb", "x" * 41, "Ann", "é"])
def test_a_forged_error_does_not_reach_the_log(forged: str, client: TestClient) -> None:
    answer = client.get("/oauth2callback", params=[("error", "access_denied"), ("error", forged)])
    assert parse_qs(answer.text)["error"] == ["access_denied", "unknown"]


@pytest.mark.parametrize("query", [b"", b"code=a%2Fb+c&state=x%3D&iss=https://id.example", b"code=1&error=", b"a&b=;"])
def test_a_return_without_an_error_is_not_touched(query: bytes) -> None:
    assert fit_for_the_log(query) == query


def test_other_addresses_keep_their_query(client: TestClient) -> None:
    assert client.get("/compare?error_description=x").text == "error_description=x"
