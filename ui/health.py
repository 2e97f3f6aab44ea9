"""What an operator's programs ask: whether the figures can be read (``/healthz``), whether a page opens (``/readyz``)."""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import connect
from websockets.exceptions import WebSocketException

from insight.queries.registry import read_through
from insight.warehouse import NoWarehouse, QueryFailed, barred, build_in_use, opened
from ui.messages import is_exception, told_error
from ui.sign_in.people import own_pass
from ui.sign_in.settings import settings

log = logging.getLogger(__name__)
STREAM, PROTOCOL = "/_stcore/stream", "streamlit"
MOST_SECONDS = 30.0  # for a page; a cold process takes a few
# What is asked more often is answered from what was found last.
HELD_FOR = 5.0


@dataclass
class Finding:
    """What was found last, of which build, and when."""

    said: str = ""
    of: tuple[Path, float] | None = None
    at: float = float("-inf")

    @property
    def fresh(self) -> bool:
        """Whether it may be told once more without a look."""
        return time.monotonic() - self.at < HELD_FOR


def routes(warehouse_fault: Callable[[], str] | None = None) -> list[Route]:
    """The two routes.

    Args:
        warehouse_fault: says what is wrong with the warehouse in use; ``WarehouseCheck`` where none is given.
    """
    check = warehouse_fault or WarehouseCheck()
    page_check = PageCheck()

    async def health(_: Request) -> Response:
        fault = await run_in_threadpool(check)
        return _answer(fault)

    async def ready(request: Request) -> Response:
        fault = await run_in_threadpool(check) or await page_check(_own_address(request))
        return _answer(fault)

    return [Route("/healthz", health), Route("/readyz", ready)]


def _answer(fault: str) -> Response:
    if fault:
        log.error("not ready: %s", fault)
    return PlainTextResponse(fault or "ok", status_code=503 if fault else 200, headers={"Cache-Control": "no-store"})


class WarehouseCheck:
    """Says what is wrong with the warehouse in use; every row of a new build is read once, and then only that it still opens.

    However many ask, one looks at a time, and the others are told what it found.
    """

    def __init__(self) -> None:
        self._last = Finding()
        self._looking = threading.Lock()

    def __call__(self) -> str:
        """What is wrong in words with the command that helps; empty where nothing is."""
        if not self._last.fresh:
            with self._looking:
                if not self._last.fresh:
                    found = self._look()
                    self._last = Finding(found, self._last.of, time.monotonic())
        return self._last.said

    def _look(self) -> str:
        try:
            path = build_in_use()
            with opened(path) as warehouse:
                of = (path, path.stat().st_mtime if path.exists() else 0.0)  # a shared build is no file
                if self._last.of != of:
                    read_through(warehouse)
                    self._last.of = of
        except NoWarehouse as error:
            return str(error)
        except QueryFailed as error:
            log.error("%s", error)
            if told := barred(error, "a part of the warehouse"):
                return str(told)
            return "A part of the warehouse in use cannot be read. Run `python -m etl rollback` or `make build`."
        except OSError as error:
            return str(barred(error, "the warehouse") or f"The warehouse cannot be read: {error.strerror}.")
        return ""


class PageCheck:
    """Says what is wrong with the first page, which it draws at most once in ``HELD_FOR`` seconds, however many ask."""

    def __init__(self) -> None:
        self._last = Finding()
        self._looking = asyncio.Lock()

    async def __call__(self, address: str) -> str:
        """What is wrong in words; empty where nothing is.

        Args:
            address: of the websocket of a Streamlit server.
        """
        async with self._looking:
            if not self._last.fresh:
                wanted = settings()
                cookie = own_pass(wanted.cookie_secret if wanted else None)
                self._last = Finding(await page_fault(address, cookie=cookie), at=time.monotonic())
            return self._last.said


def _own_address(request: Request) -> str:
    """Where this process listens itself, whatever name the asker used: no request can send it elsewhere."""
    host, port = request.scope.get("server") or ("127.0.0.1", 8501)
    return f"ws://{f'[{host}]' if ':' in str(host) else host}:{port}{STREAM}"


async def page_fault(address: str, seconds: float = MOST_SECONDS, cookie: str = "") -> str:
    """Open a session on the first page as a reader's browser does; what is wrong with it, empty where the page is whole.

    Args:
        address: of the websocket of a Streamlit server.
        seconds: to wait for the page.
        cookie: sent with it; where sign-in is wanted, the pass that opens the page.
    """
    headers = {"Cookie": cookie} if cookie else None
    opened = connect(address, subprotocols=[PROTOCOL], max_size=None, additional_headers=headers)  # type: ignore[list-item]
    try:
        async with asyncio.timeout(seconds), opened as session:
            message = BackMsg()
            message.rerun_script.query_string = ""
            await session.send(message.SerializeToString())
            async for raw in session:
                got = ForwardMsg()
                got.ParseFromString(raw if isinstance(raw, bytes) else raw.encode())
                kind = got.WhichOneof("type")
                if kind == "delta" and (fault := _shown(got)):
                    return fault
                if kind == "script_finished":
                    ended = got.script_finished
                    return "" if ended == ForwardMsg.FINISHED_SUCCESSFULLY else "The first page does not run to its end."
    except TimeoutError:
        return f"The first page was not there within {seconds:g} seconds."
    except (OSError, WebSocketException) as error:
        return f"No session can be opened: {type(error).__name__}."
    return "The session was closed before the page was there."


def _shown(message: ForwardMsg) -> str:
    """What a part of a page says is wrong with the page; empty where it is of no such kind."""
    element = message.delta.new_element
    if is_exception(element):
        return "The first page ends in an error; the log says which."
    told = told_error(element)
    return "" if told is None else f"The first page has no figures: {told}"
