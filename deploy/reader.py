"""A reader without a browser: speaks the dashboard's own protocol (Streamlit's messages over a WebSocket) on this machine."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

from ui.messages import is_exception, told_error

HOST = "127.0.0.1"  # never another: this is no tool to load other people's servers with
PATIENCE = 110  # seconds that an answer may take


@dataclass
class Answer:
    """What came back for one interaction: seconds until the script had finished, bytes, what stood in it."""

    seconds: float = 0.0
    bytes: int = 0
    largest: int = 0  # bytes of one message
    messages: int = 0
    charts: int = 0
    exceptions: int = 0
    finished: bool = False
    title: str = ""
    texts: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    @property
    def whole(self) -> bool:
        """Whether it is a page drawn to its end that says of nothing that it failed."""
        return self.finished and bool(self.title) and not self.exceptions and not self.errors


class Reader:
    """One session. It sends back the widgets as a browser does: an empty select box has no value, not an empty one.

    Args:
        port: of a server on this machine.
        cookie: sent with the connection, for a server behind nginx with affinity.
        path: in front of Streamlit's own addresses.
    """

    def __init__(self, port: int, cookie: str = "") -> None:
        self.port, self.cookie = port, cookie
        self.query = ""
        self.pages: dict[str, str] = {}
        self.options: dict[str, list[str]] = {}
        self._socket: Any = None
        self._widgets: dict[str, WidgetState] = {}
        self._page = ""
        self._known: set[str] = set()

    async def __aenter__(self) -> Self:
        await self.connect()
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        await self.close()

    async def connect(self) -> None:
        """Open the connection, anew after one was lost: what was chosen is kept, as in a browser."""
        self._socket = await websockets.connect(
            f"ws://{HOST}:{self.port}/_stcore/stream",
            subprotocols=[websockets.Subprotocol("streamlit")],
            additional_headers={"Cookie": self.cookie} if self.cookie else None,
            max_size=None,
            compression=None,
            open_timeout=PATIENCE,
            ping_interval=None,
        )
        self._known = set()  # another process has not sent anything yet

    async def close(self) -> None:
        """End the session."""
        await self._socket.close()

    async def open(self, page: str, query: str = "") -> Answer:
        """Come in at a page's address, with choices in it."""
        self.query = query
        return await self._run(page_name=page)

    async def go(self, page: str) -> Answer:
        """A click in the navigation."""
        return await self._run(page_script_hash=self.pages[page])

    async def choose(self, widget: str, value: str) -> Answer:
        """Pick in a select box, or type into a text field, by the key of the widget.

        Raises:
            KeyError: for a widget that the page does not have.
        """
        self._widgets[widget].string_value = value
        return await self._run(page_script_hash=self._page)

    async def _run(self, **where: str) -> Answer:
        message = BackMsg()
        state = message.rerun_script
        state.query_string = self.query
        for name, value in where.items():
            setattr(state, name, value)
        for widget in self._widgets.values():
            if widget.WhichOneof("value"):
                state.widget_states.widgets.add().CopyFrom(widget)
        state.cached_message_hashes.extend(self._known)
        state.context_info.timezone = "Europe/London"
        state.context_info.url = f"http://{HOST}:{self.port}/"
        started = time.perf_counter()
        await self._socket.send(message.SerializeToString())
        answer, begun = Answer(), False
        self._seen: set[str] = set()
        while True:
            raw = await asyncio.wait_for(self._socket.recv(), PATIENCE)
            answer.messages, answer.bytes = answer.messages + 1, answer.bytes + len(raw)
            answer.largest = max(answer.largest, len(raw))
            told = ForwardMsg()
            told.ParseFromString(raw)
            if told.metadata.cacheable and told.hash:
                self._known.add(told.hash)
            kind = told.WhichOneof("type")
            begun = begun or kind == "new_session"
            self._take(kind, told, answer)
            if kind == "script_finished" and begun:
                answer.seconds = time.perf_counter() - started
                if told.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                    begun = False
                    continue
                # As a browser does: what is not on the page any more is not sent back.
                self._widgets = {name: one for name, one in self._widgets.items() if name in self._seen}
                answer.finished = told.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY
                return answer

    def _take(self, kind: str | None, told: ForwardMsg, answer: Answer) -> None:
        if kind == "new_session":
            self._page = told.new_session.page_script_hash or self._page
        elif kind == "navigation":
            self.pages = {one.url_pathname: one.page_script_hash for one in told.navigation.app_pages}
            self._page = told.navigation.page_script_hash or self._page
        elif kind == "page_info_changed":
            self.query = told.page_info_changed.query_string
        elif kind == "delta" and told.delta.WhichOneof("type") == "new_element":
            self._element(told.delta.new_element, answer)

    def _element(self, element: Any, answer: Answer) -> None:
        kind = element.WhichOneof("type")
        if kind == "plotly_chart":
            answer.charts += 1
        elif is_exception(element):
            answer.exceptions += 1
        elif kind == "heading" and element.heading.tag == "h1":
            answer.title = element.heading.body
        elif kind in ("html", "markdown", "alert"):
            answer.texts.append(getattr(element, kind).body)
            if (told := told_error(element)) is not None:
                answer.errors.append(told)
        elif kind in ("selectbox", "text_input"):
            self._remember(kind, getattr(element, kind))

    def _remember(self, kind: str, widget: Any) -> None:
        """The widget's value: what the server set, else what it had, else its default."""
        name = widget.id.rsplit("-", 1)[-1]
        old = self._widgets.get(name)
        self._seen.add(name)
        if kind == "selectbox":
            self.options[name] = list(widget.options)
        if old is not None and old.id == widget.id and not widget.set_value:
            return
        state = WidgetState(id=widget.id)
        if kind == "text_input":
            state.string_value = widget.value if widget.set_value else widget.default
        elif widget.set_value and widget.HasField("raw_value"):
            state.string_value = widget.raw_value
        elif not widget.set_value and widget.HasField("default"):
            state.string_value = widget.options[widget.default]
        self._widgets[name] = state
