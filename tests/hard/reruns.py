"""Does anything grow? ``python -m tests.hard.reruns [--times 10000] [--swap-every 100]``: runs of pages, builds turned under them.

A server of the dashboard on this machine; a reader on each page who picks force after force, and who leaves and comes back now and
then, while the warehouse in use goes back and forth between two builds. Handles, threads and memory of the server's process are
counted after a warm-up and at the end. 0 errors are allowed, no handle and no thread more, and memory within ``MOST_GROWTH`` MB.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from benchmarks.pages import OURS, PAGES
from benchmarks.served import Server, serving
from deploy.reader import Reader
from environment import PROJECT, WAREHOUSE
from insight.warehouse import build_in_use

WARM_UP = 1_500
MOST_GROWTH = 150  # MB
STAY = 250  # runs until one of the readers leaves and comes back
FORCES = ("Kent", "Wiltshire", "Gwent", "Metropolitan", "City of London")


class State(NamedTuple):
    """What the server's process holds: open files and connections, threads, megabytes of memory."""

    handles: int
    threads: int
    memory: int


def state(server: Server) -> State:
    """Counted by the system, not by the process itself."""
    held = Path(f"/proc/{server.process.pid}")
    return State(len(list((held / "fd").iterdir())), len(list((held / "task").iterdir())), round(server.memory()))


async def rerun(server: Server, folder: Path, times: int, swap_every: int) -> tuple[list[str], State, State]:
    """Faults on pages, and the state after the warm-up and at the end."""
    found: list[str] = []
    pages = list(PAGES.values())
    readers = [await _come(server, page) for page in pages]
    before = state(server)
    for number in range(times + WARM_UP):
        if number == WARM_UP:
            before = state(server)
        if number % swap_every == 0:
            turn(folder, "AB"[number // swap_every % 2])
        place = number % len(readers)
        if number % STAY == STAY - 1:
            await readers[place].close()
            readers[place] = await _come(server, pages[place])
        answer = await readers[place].choose(OURS, FORCES[number // len(readers) % len(FORCES)])
        if not answer.whole:
            found.append(f"run {number}, /{pages[place]}: {answer}")
    after = state(server)
    for reader in readers:
        await reader.close()
    return found, before, after


async def _come(server: Server, page: str) -> Reader:
    reader = Reader(server.port)
    await reader.connect()
    await reader.open(page, "force=kent")
    return reader


def turn(folder: Path, letter: str) -> None:
    """Name a build as the one in use, in one step."""
    new = folder / "new"
    new.symlink_to(f"force-{letter}.duckdb")
    new.replace(folder / "current")


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=10_000)
    parser.add_argument("--swap-every", type=int, default=100)
    given = parser.parse_args()
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="force-reruns-") as name:
        builds, room = Path(name) / "builds", Path(name) / "room"
        builds.mkdir()
        room.mkdir()
        for letter in "AB":
            shutil.copyfile(build_in_use(), builds / f"force-{letter}.duckdb")
        turn(builds, "A")
        os.environ[WAREHOUSE.name] = str(builds)
        with serving(PROJECT, room) as server:
            faults, before, after = asyncio.run(rerun(server, builds, given.times, given.swap_every))
    print(
        f"{given.times:,} runs, a build turned every {given.swap_every}, in {time.monotonic() - started:.0f} s; {len(faults)} errors"
    )
    print(f"{before} after {WARM_UP:,} runs, {after} at the end")
    for fault in faults[:5]:
        print(fault[:300])
    grown = after.handles > before.handles or after.threads > before.threads or after.memory > before.memory + MOST_GROWTH
    sys.exit(bool(faults or grown))


if __name__ == "__main__":
    main()
