"""What every request and every message of a browser goes through before Streamlit: what no reader needs is not let in."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode

from google.protobuf.message import DecodeError
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg

UPLOAD = "/_stcore/upload_file"  # Streamlit answers it without a session that asked for a file
BACK = "/oauth2callback"  # the provider sends a reader back to it, and Streamlit logs what stands in its query
# What a reader's page sends; Streamlit has more for who develops: empty all caches, write files beside the program, end it.
SENT = {"rerun_script", "stop_script", "app_heartbeat"}
ASKED = {"deferred_file"}  # of the operations that a browser may ask for: a file that is made at the click
CODE = re.compile("[a-z_]{1,40}")  # of an error, as OAuth and OpenID Connect have them


def middleware() -> list[Middleware]:
    """Always on, whether sign-in is wanted or not."""
    return [Middleware(Shield)]


class Shield:
    """Takes no files, passes on only messages that a reader's page sends, keeps forged and personal text out of the log."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request, or one websocket with all its messages."""
        if scope["type"] == "http" and not scope["path"].isprintable():
            # Starlette finds a route by a path with an end of line after it, which what is asked here, and in nginx, does not.
            await PlainTextResponse("There is no such address.", 400)(scope, receive, send)
        elif scope["type"] == "websocket":
            await self._app(scope, _what_readers_send(receive), send)
        elif scope["type"] == "http" and UPLOAD in scope["path"]:
            await PlainTextResponse("Nothing can be uploaded here.", 403)(scope, receive, send)
        elif scope["type"] == "http" and scope["path"].endswith(BACK):
            await self._app({**scope, "query_string": fit_for_the_log(scope["query_string"])}, receive, send)
        else:
            await self._app(scope, receive, send)


def fit_for_the_log(query: bytes) -> bytes:
    """The query with which a reader comes back, without what the provider, or who forged it, says of an error in words.

    Returns:
        The same bytes where there is no error: what is signed in is not touched.
    """
    told = parse_qsl(query.decode("latin-1"), keep_blank_values=True)
    kept = [
        (name, "unknown" if name == "error" and value and not CODE.fullmatch(value) else value)
        for name, value in told
        if name != "error_description"
    ]
    return query if kept == told else urlencode(kept).encode("latin-1")


def _what_readers_send(receive: Receive) -> Receive:
    async def one() -> Message:
        while True:
            message = await receive()
            if message["type"] != "websocket.receive" or _is_a_readers(message.get("bytes") or b""):
                return message

    return one


def _is_a_readers(message: bytes) -> bool:
    try:
        told = BackMsg.FromString(message)
    except DecodeError:
        return True  # Streamlit closes the connection
    kind = told.WhichOneof("type")
    return kind in SENT or (kind == "backend_operation_request" and told.backend_operation_request.WhichOneof("payload") in ASKED)
