"""`python -m deploy`: a replica that is killed while readers are at work costs none of them more than one interaction."""

from __future__ import annotations

import asyncio
import http.client
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import websockets

from deploy import warm
from deploy.reader import HOST, Answer, Reader
from deploy.service import Service, free_ports
from environment import PROJECT
from tests.asynchronous import finished
from tests.needs import needs

pytestmark = [needs("nginx", "nginx"), pytest.mark.slow]
READERS, CLICKS, KILLED_AFTER = 6, 5, 2
PATIENCE = 90


def _cookie(port: int) -> str:
    connection = http.client.HTTPConnection(HOST, port, timeout=10)
    connection.request("GET", "/_stcore/health")
    return str(connection.getresponse().getheader("Set-Cookie")).split(";")[0]


async def _click(reader: Reader, force: str) -> Answer | None:
    """An interaction; None where the connection was lost on the way, after which it is opened anew, as a browser does."""
    try:
        return await reader.choose("force_widget", force)
    except websockets.ConnectionClosed:
        await reader.connect()
        return None


async def _readers_over_a_kill(room: Path) -> tuple[list[list[Answer | None]], list[str], Service]:
    [port] = free_ports(1)
    service, until = Service(2, port, room, forces=False), asyncio.Event()
    running = asyncio.create_task(service.run(until))
    try:
        await asyncio.wait_for(
            asyncio.shield(
                asyncio.wait({running, asyncio.create_task(service.serving.wait())}, return_when=asyncio.FIRST_COMPLETED)
            ),
            PATIENCE,
        )
        if running.done():
            await running
        readers = [Reader(port, await asyncio.to_thread(_cookie, port)) for _ in range(READERS)]
        for reader in readers:
            await reader.connect()
            await reader.open("compare", "force=kent&year=2024")
        answers: list[list[Answer | None]] = [[] for _ in readers]
        forces = ["Essex", "Norfolk", "Surrey", "Dorset", "Cumbria"]
        for turn in range(CLICKS):
            if turn == KILLED_AFTER:
                service.replicas[0].process.kill()
            for at, answer in enumerate(await asyncio.gather(*(_click(reader, forces[turn]) for reader in readers))):
                answers[at].append(answer)
        for _ in range(PATIENCE * 2):
            if all(one.ready for one in service.replicas):
                break
            await asyncio.sleep(0.5)
        return answers, [reader.query for reader in readers], service
    finally:
        until.set()
        await running


@pytest.fixture(scope="module")
def warmed() -> Iterator[list[Answer]]:
    """What every page of the navigation was answered with when the replicas were warmed."""
    answers: list[Answer] = []
    look = warm.checked

    def kept(page: str, answer: Answer) -> None:
        answers.append(answer)
        look(page, answer)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(warm, "checked", kept)
        yield answers


@pytest.fixture(scope="module")
def over_a_kill(
    warmed: list[Answer], tmp_path_factory: pytest.TempPathFactory, real_warehouse: Path
) -> Iterator[tuple[list[list[Answer | None]], list[str], Service]]:
    """What readers were answered, their addresses at the end, and the service."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FORCE_WAREHOUSE", str(real_warehouse.parent))
        yield finished(_readers_over_a_kill(tmp_path_factory.mktemp("service")))


def test_no_reader_loses_more_than_one_interaction(over_a_kill: tuple[list[list[Answer | None]], list[str], Service]) -> None:
    answers, _, _ = over_a_kill
    lost = Counter(sum(one is None for one in of_reader) for of_reader in answers)
    assert set(lost) <= {0, 1}, lost
    assert all(one is None or (one.finished and not one.exceptions) for of_reader in answers for one in of_reader)
    assert all(of_reader[-1] is not None and of_reader[-1].title == "Compare forces" for of_reader in answers)


@pytest.mark.usefixtures("over_a_kill")
def test_no_page_sends_a_message_of_a_third_of_what_is_let_through(warmed: list[Answer]) -> None:
    server = tomllib.loads((PROJECT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["server"]
    assert len(warmed) > len(warm.OF_A_FORCE)
    assert 3 * max(answer.largest for answer in warmed) < server["maxMessageSize"] * 1_000_000


def test_choices_outlive_the_replica(over_a_kill: tuple[list[list[Answer | None]], list[str], Service]) -> None:
    assert all("force=cumbria" in query and "year=2024" in query for query in over_a_kill[1]), over_a_kill[1]


def test_the_dead_replica_is_started_again_and_takes_readers_only_when_warm(
    over_a_kill: tuple[list[list[Answer | None]], list[str], Service],
) -> None:
    assert all(one.ready for one in over_a_kill[2].replicas)
