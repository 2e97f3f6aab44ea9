"""Processor time of every page beside the floor: a warm rerun, a session's first run, a force nobody has asked for yet."""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from collections import defaultdict
from contextlib import AsyncExitStack
from pathlib import Path

from benchmarks.report import Part, Row
from benchmarks.served import FLOOR, Server, serving
from deploy.reader import Answer, Reader
from deploy.warm import open_forces
from environment import PROJECT

PAGES = {
    "National": "",
    "Force": "force",
    "Compare": "compare",
    "Trends": "trends",
    "Police": "police",
    "Grades": "grades",
    "Vulnerable people": "protecting",
    "Child protection": "child-protection",
    "Follow-up": "follow-up",
    "Data": "data",
    "Methods": "methods",
    "Downloads": "downloads",
}
# A choice that every page has, shown or not, is the force in the address; its field takes what a reader would type.
OURS, BASE, NAME = "force", "force_widget", "floor"
WARM = ("Kent", "Surrey", "Essex", "Norfolk")
ROUNDS, FIRSTS, OTHERS = 9, 4, 3
MOST = {"warm": 2.0, "first": 3.0, "other": 4.0, "prepared": 4.0}
KINDS = {
    "warm": "Warm rerun",
    "first": "First run of a session",
    "other": "A force nobody asked for",
    "prepared": "Another force, prepared",
}
Costs = dict[str, dict[str, list[float]]]


class Meter:
    """What runs cost, by kind and page."""

    def __init__(self) -> None:
        self.costs: Costs = {kind: defaultdict(list) for kind in KINDS}

    def note(self, kind: str, name: str, server: Server, answer: Answer) -> None:
        """Take down what the last run of a server cost.

        Raises:
            RuntimeError: the page was not drawn to its end, so that its time means nothing.
        """
        if not answer.whole:
            raise RuntimeError(f"{name}, {kind}: {answer}")
        time.sleep(0.005)  # the line is written after the last message is sent
        self.costs[kind][name].append(server.runs()[-1]["script"])

    def median(self, kind: str, name: str) -> float:
        """Seconds."""
        return statistics.median(self.costs[kind][name])

    def ratio(self, kind: str, name: str) -> float:
        """To the floor in the same run; another force on the floor is a warm rerun, for its query is kept."""
        return self.median(kind, name) / self.median(kind, NAME)


async def _measure(ours: Server, floor: Server, meter: Meter) -> None:
    async with AsyncExitStack() as stack:
        readers = {name: await stack.enter_async_context(Reader(ours.port)) for name in PAGES}
        base = await stack.enter_async_context(Reader(floor.port))
        await base.open("")
        names = base.options[BASE]
        for name, reader in readers.items():
            await reader.open(PAGES[name], "force=kent")
            for force in WARM:
                await reader.choose(OURS, force)
        for force in WARM:
            await base.choose(BASE, force)
        for turn in range(ROUNDS):
            force = WARM[turn % len(WARM)]
            for name, reader in readers.items():
                meter.note("warm", name, ours, await reader.choose(OURS, force))
                meter.note("warm", NAME, floor, await base.choose(BASE, force))
        for turn in range(FIRSTS):
            for name, page in PAGES.items():
                async with Reader(ours.port) as reader:
                    meter.note("first", name, ours, await reader.open(page, f"force={WARM[turn % len(WARM)].lower()}"))
                async with Reader(floor.port) as reader:
                    meter.note("first", NAME, floor, await reader.open(""))
        # Every page gets forces of its own: what one page has had made would be there for the next.
        fresh = [name for name in names if name not in WARM]
        for turn in range(OTHERS):
            for at, (name, reader) in enumerate(readers.items()):
                force = fresh[(turn * len(PAGES) + at) % len(fresh)]
                meter.note("other", name, ours, await reader.choose(OURS, force))
                meter.note("other", NAME, floor, await base.choose(BASE, force))
        # What `make serve` does for every force once a replica takes readers.
        prepared = fresh[:OTHERS]
        await open_forces(ours.port, prepared, rest=0)
        for force in prepared:
            for name, reader in readers.items():
                meter.note("prepared", name, ours, await reader.choose(OURS, force))
                meter.note("prepared", NAME, floor, await base.choose(BASE, force))


def run() -> Part:
    """Measure and put into a table."""
    meter = Meter()
    with tempfile.TemporaryDirectory() as room, serving(PROJECT, Path(room)) as ours, serving(FLOOR, Path(room)) as floor:
        asyncio.run(_measure(ours, floor, meter))
    rows: list[Row] = []
    for name in (NAME, *PAGES):
        cells = [name]
        for kind in KINDS:
            cells += [f"{meter.median(kind, name) * 1000:.1f} ms", f"{meter.ratio(kind, name):.1f} ×"]
        rows.append(tuple(cells))
    missed = [
        f"{name}, {KINDS[kind].lower()}: {meter.ratio(kind, name):.1f} ×"
        for kind, most in MOST.items()
        for name in PAGES
        if meter.ratio(kind, name) > most
    ]
    header = ("page", *(text for kind in KINDS.values() for text in (kind, "to the floor")))
    return Part(
        "Pages",
        f"Processor time of the script's thread, medians of {ROUNDS}, {FIRSTS}, {OTHERS} and {OTHERS}, alternating with the "
        "floor app (`benchmarks/floor`: one chart, one cached query, the dashboard's settings). Bars: "
        + ", ".join(f"{KINDS[kind].lower()} {most:.0f} ×" for kind, most in MOST.items())
        + ". Another force is prepared by `make serve`, which asks for every force once a replica takes readers.",
        header,
        tuple(rows),
        tuple(missed),
    )
