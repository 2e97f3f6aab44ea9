"""A page that tells in words that it has no figures is no page: neither readiness nor warming takes it for one."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor

import pytest
from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.server import ServerConnection, serve

from deploy.reader import Answer, Reader
from deploy.warm import NotWarm, checked
from environment import PROJECT
from tests.asynchronous import finished
from ui import health


def shown(format: Alert.Format.ValueType) -> ForwardMsg:
    message = ForwardMsg()
    message.delta.new_element.alert.format = format
    message.delta.new_element.alert.body = "The figures cannot be read just now."
    return message


ENDED = ForwardMsg(script_finished=ForwardMsg.FINISHED_SUCCESSFULLY)


def fault_of(messages: Iterable[ForwardMsg]) -> str:
    """What is wrong with a first page that consists of these messages."""

    async def answer(session: ServerConnection) -> None:
        await session.recv()
        for one in messages:
            await session.send(one.SerializeToString())

    async def ask() -> str:
        async with serve(answer, "127.0.0.1", 0, subprotocols=[health.PROTOCOL]) as server:  # type: ignore[list-item]
            port = next(iter(server.sockets)).getsockname()[1]
            return await health.page_fault(f"ws://127.0.0.1:{port}{health.STREAM}", 5)

    said = finished(ask())
    assert isinstance(said, str)
    return said


def test_a_first_page_that_says_it_has_no_figures_is_not_ready() -> None:
    assert "cannot be read just now" in fault_of([shown(Alert.ERROR), ENDED])


def test_a_first_page_with_a_remark_is_ready() -> None:
    assert fault_of([shown(Alert.INFO), shown(Alert.WARNING), ENDED]) == ""


def test_however_many_ask_whether_it_is_ready_one_page_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = []

    async def draw(address: str, cookie: str = "") -> str:
        drawn.append(address)
        await asyncio.sleep(0.05)
        return f"fault {len(drawn)}"

    monkeypatch.setattr(health, "page_fault", draw)
    monkeypatch.setattr(health, "settings", lambda: None)
    check = health.PageCheck()

    async def ask() -> list[str]:
        return await asyncio.gather(*(check("ws://here") for _ in range(20)))

    assert set(finished(ask())) == {"fault 1"}
    monkeypatch.setattr(health, "HELD_FOR", 0.0)
    assert finished(check("ws://here")) == "fault 2"


def test_however_many_ask_the_warehouse_is_looked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    looked = []

    def look() -> str:
        looked.append(1)
        time.sleep(0.05)
        return f"fault {len(looked)}"

    check = health.WarehouseCheck()
    monkeypatch.setattr(check, "_look", look)
    with ThreadPoolExecutor(8) as threads:
        assert {one.result() for one in [threads.submit(check) for _ in range(20)]} == {"fault 1"}


def test_what_one_person_starts_listens_on_this_machine_alone() -> None:
    [recipe] = re.findall(r"streamlit run .*", (PROJECT / "Makefile").read_text(encoding="utf-8"))
    assert "--server.address 127.0.0.1" in recipe


@pytest.mark.parametrize(("format", "warm"), [(Alert.ERROR, False), (Alert.WARNING, True)])
def test_a_replica_is_not_warm_with_a_page_that_says_so(format: Alert.Format.ValueType, warm: bool) -> None:
    answer = Answer(finished=True, title="National")
    Reader(1)._take("delta", shown(format), answer)
    assert answer.texts == ["The figures cannot be read just now."]
    if warm:
        checked("", answer)
        return
    with pytest.raises(NotWarm, match="cannot be read just now"):
        checked("", answer)
