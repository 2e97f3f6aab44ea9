"""The dashboard as a service: replicas, the nginx before them, and a watch that starts again what dies."""

from __future__ import annotations

import asyncio
import logging
import secrets
import socket
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

from deploy import front, warm
from deploy.reader import HOST
from deploy.replicas import Replica, health_of, start, stop, wait_for
from environment import COOKIE_SECRET, PROJECT, SIGN_IN
from ui.sign_in.people import own_pass

log = logging.getLogger("deploy")
WATCH = 0.3  # seconds between looks at the replicas


class Service:
    """Replicas and the nginx before them.

    Args:
        replicas: how many; one process uses one core.
        port: of nginx; replicas listen on free ports of this machine.
        room: a folder for configuration and logs.
        forces: whether every force is asked for once a replica takes readers.
        address: that nginx listens on.
    """

    def __init__(self, replicas: int, port: int, room: Path, forces: bool = True, address: str = HOST) -> None:
        self._room, self._forces, self._listen, self.port = room, forces, f"{address}:{port}", port
        # One secret for all, or a reader cannot be handed on from one to another; a given one outlives a restart.
        self._told = {COOKIE_SECRET.name: COOKIE_SECRET.value or secrets.token_hex(32)}
        self._static = front.compressed(PROJECT / "build" / "streamlit")
        self._nginx = front.Nginx(room)
        self.serving = asyncio.Event()  # set once readers are taken
        self.replicas = [self._new(port) for port in free_ports(replicas)]

    def _new(self, port: int) -> Replica:
        return Replica(port, start(port, self._room, self._told))

    async def run(self, until: asyncio.Event) -> None:
        """Start, watch, and stop when ``until`` is set.

        Raises:
            NotWarm: a page of the first replicas cannot be drawn, so that there is nothing to serve.
        """
        try:
            await asyncio.gather(*(self._make_ready(one) for one in self.replicas))
            self._write()
            await asyncio.to_thread(wait_for, f"http://{HOST}:{self.port}/healthz", self._nginx.start())
            self.serving.set()
            log.info("%d replicas ready behind http://%s/", len(self.replicas), self._listen)
            while not until.is_set():
                for one in [one for one in self.replicas if not one.alive]:
                    self._replace(one)
                await asyncio.sleep(WATCH)
        finally:
            for process in [self._nginx.process, *(one.process for one in self.replicas)]:
                if process is not None:
                    stop(process)

    async def _make_ready(self, one: Replica) -> None:
        await asyncio.to_thread(wait_for, health_of(one.port), one.process)
        cookie = own_pass(self._told[COOKIE_SECRET.name]) if SIGN_IN.value else ""
        names = await warm.open_pages(one.port, cookie)
        one.ready = True
        if self._forces:
            self._later(one, warm.open_forces(one.port, names, cookie=cookie))

    def _replace(self, dead: Replica) -> None:
        """Take a dead replica out, start another in its place, and hand it readers when it is warm."""
        log.warning("the replica on port %d has ended; another is started", dead.port)
        for task in dead.tasks:
            task.cancel()
        new = self._new(dead.port)
        self.replicas[self.replicas.index(dead)] = new
        self._write()
        self._nginx.reload()
        self._later(new, self._bring_in(new))

    async def _bring_in(self, one: Replica) -> None:
        await self._make_ready(one)
        self._write()
        self._nginx.reload()

    def _later(self, one: Replica, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        one.tasks.add(task)
        task.add_done_callback(lambda done: _told(done, one))

    def _write(self) -> None:
        ready = {one.port: one.ready for one in self.replicas}
        self._nginx.write(front.configuration(self._listen, ready, self._static))


def _told(task: asyncio.Task[None], one: Replica) -> None:
    one.tasks.discard(task)
    if not task.cancelled() and task.exception() is not None:
        log.warning("warming port %d: %s", one.port, task.exception())


def free_ports(count: int) -> list[int]:
    """Ports that nobody listens on, each another."""
    probes = [socket.socket() for _ in range(count)]
    for probe in probes:
        probe.bind((HOST, 0))
    ports = [int(probe.getsockname()[1]) for probe in probes]
    for probe in probes:
        probe.close()
    return ports
