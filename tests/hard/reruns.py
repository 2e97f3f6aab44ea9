"""Does anything grow? ``python -m tests.hard.reruns [--times 10000] [--swap-every 100]``: runs of pages, builds turned under them.

A server of the dashboard on this machine; a reader on each page who picks force after force, and who leaves and comes back now and
then, while the warehouse in use goes back and forth between two builds. After a warm-up the most handles, threads and memory that the
server's process holds in the first half of the runs are held against the most in the second. 0 errors are allowed, no thread more, no
more handles than those of one session, and memory within ``MOST_GROWTH`` MB.
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
from tests.hard.readers import OF_A_SESSION

WARM_UP = 3_000  # Streamlit keeps a session that left for two minutes, with its three handles: until then they add up
LOOK = 50  # runs between two looks
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
    """Faults on pages, and the most that was held in either half after the warm-up."""
    found: list[str] = []
    seen: tuple[list[State], list[State]] = ([], [])
    pages = list(PAGES.values())
    readers = [await _come(server, page) for page in pages]
    for number in range(times + WARM_UP):
        if number >= WARM_UP and number % LOOK == 0:
            seen[number >= WARM_UP + times // 2].append(state(server))
        if number % swap_every == 0:
            turn(folder, "AB"[number // swap_every % 2])
        place = number % len(readers)
        if number % STAY == STAY - 1:
            await readers[place].close()
            readers[place] = await _come(server, pages[place])
        answer = await readers[place].choose(OURS, FORCES[number // len(readers) % len(FORCES)])
        if not answer.whole:
            found.append(f"run {number}, /{pages[place]}: {answer}")
    for reader in readers:
        await reader.close()
    early, late = (State(*map(max, zip(*half, strict=True))) for half in seen)
    return found, early, late


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
            faults, early, late = asyncio.run(rerun(server, builds, given.times, given.swap_every))
    print(
        f"{given.times:,} runs, a build turned every {given.swap_every}, in {time.monotonic() - started:.0f} s; {len(faults)} errors"
    )
    print(f"at most {early} in the first half, {late} in the second, after {WARM_UP:,} runs to warm up")
    for fault in faults[:5]:
        print(fault[:300])
    more_handles = late.handles > early.handles + OF_A_SESSION
    sys.exit(bool(faults or more_handles or late.threads > early.threads or late.memory > early.memory + MOST_GROWTH))


if __name__ == "__main__":
    main()
