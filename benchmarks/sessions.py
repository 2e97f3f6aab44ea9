"""Many readers at once: sessions with think time on the dashboard and on the floor, the same load on both."""

from __future__ import annotations

import asyncio
import random
import statistics
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

import websockets

from benchmarks.pages import BASE, OURS, PAGES
from benchmarks.report import Part
from benchmarks.served import FLOOR, Server, serving
from deploy.reader import Answer, Reader
from deploy.warm import open_forces, open_pages
from environment import PROJECT

# How many sessions, and how many times; of 400 clicks the slowest twentieth is a matter of luck. Bounded: this is no tool to load
# other people's servers with.
ROUNDS = {1: 1, 50: 1, 200: 3}
THINK, SECONDS = 10.0, 30.0
MOST_SESSIONS, MOST_SECONDS = 500, 300.0
SEED = 7
P95, P95_TO_FLOOR, MEMORY = 0.5, 2.0, 1.0  # seconds, times, megabytes a session


@dataclass
class Load:
    """What a load met with; times in seconds, memory in megabytes."""

    sessions: int
    clicks: list[float] = field(default_factory=list)
    firsts: list[float] = field(default_factory=list)
    dropped: int = 0
    exceptions: int = 0
    before: float = 0.0
    peak: float = 0.0
    cores: float = 0.0

    def at(self, part: float) -> float:
        """The time within which a part of all clicks was answered."""
        ordered = sorted(self.clicks)
        return ordered[min(len(ordered) - 1, int(len(ordered) * part))] if ordered else 0.0

    @property
    def each(self) -> float:
        """Memory that a session took."""
        return (self.peak - self.before) / self.sessions

    def take(self, answer: Answer, first: bool = False) -> None:
        """Note an answer."""
        (self.firsts if first else self.clicks).append(answer.seconds)
        self.exceptions += answer.exceptions + (not answer.finished)


async def load(
    server: Server, sessions: int, ours: bool, seconds: float = SECONDS, think: float = THINK, seed: int = SEED
) -> Load:
    """Let sessions come in over one think time, click with think time between, and go.

    Raises:
        ValueError: for a load beyond the bounds.
    """
    if sessions > MOST_SESSIONS or seconds > MOST_SECONDS:
        raise ValueError(f"at most {MOST_SESSIONS} sessions and {MOST_SECONDS:.0f} s")
    found, draw = Load(sessions), random.Random(seed)
    found.before = found.peak = server.memory()
    started, taken = time.monotonic(), server.processor()

    async def one() -> None:
        await asyncio.sleep(draw.random() * think)
        try:
            async with Reader(server.port) as reader:
                page = draw.choice(list(PAGES.values())) if ours else ""
                found.take(await reader.open(page, "force=kent" if ours else ""), first=True)
                while time.monotonic() - started + (pause := think * (0.5 + draw.random())) < seconds:
                    await asyncio.sleep(pause)
                    found.take(await _click(reader, draw, ours))
        except (TimeoutError, OSError, websockets.WebSocketException):
            found.dropped += 1

    async def watch() -> None:
        while True:
            found.peak = max(found.peak, server.memory())
            await asyncio.sleep(1)

    watching = asyncio.create_task(watch())
    await asyncio.gather(*(one() for _ in range(sessions)))
    watching.cancel()
    found.cores = (server.processor() - taken) / (time.monotonic() - started)
    return found


async def _click(reader: Reader, draw: random.Random, ours: bool) -> Answer:
    """Half of the clicks on the dashboard change the page, the others the force."""
    if ours and draw.random() < 0.5:
        return await reader.go(draw.choice(list(PAGES.values())))
    if ours:
        return await reader.choose(OURS, draw.choice(FORCES))
    return await reader.choose(BASE, draw.choice(FORCES))


FORCES = ("Kent", "Surrey", "Essex", "Norfolk", "Cleveland", "Cumbria", "Derbyshire", "Dorset", "Durham", "Gloucestershire")


async def _measure(ours: Server, floor: Server) -> list[tuple[Load, Load]]:
    await open_forces(ours.port, await open_pages(ours.port), rest=0)
    async with Reader(floor.port) as reader:
        await reader.open("")
    return [await _rounds(ours, floor, count, times) for count, times in ROUNDS.items()]


async def _rounds(ours: Server, floor: Server, count: int, times: int) -> tuple[Load, Load]:
    """So many sessions on both by turns, the clicks of all rounds together."""
    mine, base = [], []
    for seed in range(SEED, SEED + times):
        mine.append(await load(ours, count, True, seed=seed))
        base.append(await load(floor, count, False, seed=seed))
    return _together(mine), _together(base)


def _together(rounds: list[Load]) -> Load:
    """Rounds of as many sessions on one server as one load."""
    return Load(
        rounds[0].sessions,
        [one for load in rounds for one in load.clicks],
        [one for load in rounds for one in load.firsts],
        sum(load.dropped for load in rounds),
        sum(load.exceptions for load in rounds),
        rounds[0].before,
        max(load.peak for load in rounds),
        statistics.mean(load.cores for load in rounds),
    )


def run() -> Part:
    """Load both and put into a table."""
    with tempfile.TemporaryDirectory() as room, serving(PROJECT, Path(room)) as ours, serving(FLOOR, Path(room)) as floor:
        pairs = asyncio.run(_measure(ours, floor))
    rows, missed = [], []
    for mine, base in pairs:
        for name, one in (("dashboard", mine), ("floor", base)):
            rows.append(
                (
                    f"{one.sessions} on the {name}",
                    f"{len(one.clicks)}",
                    f"{one.at(0.5) * 1000:.0f} ms",
                    f"{one.at(0.95) * 1000:.0f} ms",
                    f"{one.at(0.95) / base.at(0.95):.1f} ×" if base.at(0.95) else "–",
                    f"{one.dropped}",
                    f"{one.exceptions}",
                    f"{one.peak:.0f} MB",
                    f"{one.each:.2f} MB",
                    f"{one.cores:.2f}",
                )
            )
        count = mine.sessions
        if mine.dropped or mine.exceptions:
            missed.append(f"{count} sessions: {mine.dropped} dropped, {mine.exceptions} exceptions")
        if mine.at(0.95) > P95 or mine.at(0.95) > P95_TO_FLOOR * base.at(0.95):
            missed.append(f"{count} sessions: p95 {mine.at(0.95) * 1000:.0f} ms, {mine.at(0.95) / base.at(0.95):.1f} × the floor")
        if count > 1 and mine.each > MEMORY:
            missed.append(f"{count} sessions: {mine.each:.1f} MB a session")
    header = ("sessions", "clicks", "p50", "p95", "p95 to the floor", "dropped", "exceptions", "memory", "a session", "cores")
    method = (
        f"One process, warm (every page and every force asked for once), {THINK:.0f} s think time, {SECONDS:.0f} s, with "
        f"{max(ROUNDS)} sessions {ROUNDS[max(ROUNDS)]} times by turns with the floor; half of the clicks on the dashboard change "
        "the page, the others the force; the generator runs on the same machine. Bars: no drop, no exception, "
        f"p95 under {P95 * 1000:.0f} ms and {P95_TO_FLOOR:.0f} × the floor's, under {MEMORY:.0f} MB a session."
    )
    return Part("Sessions", method, header, tuple(rows), tuple(missed))
