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
from streamlit.proto.BackMsg_pb2 import (
    BackendOperationRequest,
    BackMsg,
    DeferredFileRequestPayload,
    InstallSkillsRequestPayload,
)
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.Common_pb2 import FileURLsRequest

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


@pytest.mark.parametrize("path", ["/oauth2callback%0A", "/metrics%0A", "/force%00", "/sign-in%E2%80%A8"])
def test_an_address_with_a_character_that_cannot_be_printed_reaches_nothing(client: TestClient, path: str) -> None:
    """With an end of line after it the provider's words reached the log: one path for us, another for Starlette."""
    answer = client.get(f"{path}?error=disk+full&error_description=ann@force.example")
    assert answer.status_code == 400
    assert "disk" not in answer.text


FORGED = {
    "empties the caches of all": BackMsg(clear_cache=True),
    "ends the server": BackMsg(debug_shutdown_runtime=True),
    "cuts the connection": BackMsg(debug_disconnect_websocket=True),
    "runs pages whenever a file changes": BackMsg(set_run_on_save=True),
    "asks for the state of the clone": BackMsg(load_git_info=True),
    "asks where to upload": BackMsg(file_urls_request=FileURLsRequest(request_id="1", file_names=["x"], session_id="s")),
    "writes files beside the program": BackMsg(
        backend_operation_request=BackendOperationRequest(request_id="1", install_skills=InstallSkillsRequestPayload())
    ),
}
RUN = BackMsg(rerun_script=ClientState(query_string="force=kent"))
FILE = BackMsg(
    backend_operation_request=BackendOperationRequest(request_id="1", deferred_file=DeferredFileRequestPayload(file_id="f"))
)


@pytest.mark.parametrize("forged", FORGED.values(), ids=FORGED)
def test_only_what_a_readers_page_sends_is_let_through(forged: BackMsg, client: TestClient) -> None:
    runs, asks = RUN.SerializeToString(), FILE.SerializeToString()
    stops, beats = BackMsg(stop_script=True).SerializeToString(), BackMsg(app_heartbeat=True).SerializeToString()
    with client.websocket_connect("/_stcore/stream") as session:
        for message in (
            forged.SerializeToString(),
            runs + forged.SerializeToString(),
            b"",
            b"\xff no message",
            runs,
            asks,
            stops,
            beats,
        ):
            session.send_bytes(message)
        assert [session.receive_bytes() for _ in range(5)] == [b"\xff no message", runs, asks, stops, beats]


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
