"""Where the time of a run goes: whose code it is spent in, for a warm rerun and for a force that nobody has asked for."""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections import Counter
from contextlib import AsyncExitStack
from pathlib import Path

from benchmarks.pages import OURS, PAGES, WARM
from benchmarks.report import Part, Row
from benchmarks.served import Server, serving
from deploy.reader import Reader
from environment import PROJECT

ROUNDS = 3
FRESH = ("Gwent", "Durham", "Dorset")
AREAS = ("Streamlit", "ui", "insight", "pandas", "Plotly", "DuckDB", "Python and others")
Shares = dict[tuple[str, str], Counter[str]]


async def _measured(server: Server) -> Shares:
    found: Shares = {}
    async with AsyncExitStack() as stack:
        for name, page in PAGES.items():
            reader = await stack.enter_async_context(Reader(server.port))
            await reader.open(page, "force=kent")
            for force in WARM:
                await reader.choose(OURS, force)
            for kind, forces in (("warm", WARM[:ROUNDS]), ("other", FRESH)):
                spent = found.setdefault((name, kind), Counter())
                for force in forces:
                    await reader.choose(OURS, force)
                    time.sleep(0.005)  # the line is written after the last message is sent
                    spent.update(server.runs()[-1]["where"])
    return found


def run() -> Part:
    """Measure and put into a table."""
    with tempfile.TemporaryDirectory() as room, serving(PROJECT, Path(room), profiled=True) as server:
        found = asyncio.run(_measured(server))
    rows: list[Row] = []
    for name in PAGES:
        cells = [name]
        for kind in ("warm", "other"):
            spent = found[name, kind]
            whole = sum(spent.values())
            cells.append(", ".join(f"{area} {spent[area] / whole:.0%}" for area, _ in spent.most_common(4)))
        rows.append(tuple(cells))
    method = (
        f"Shares of the script's time by whose code it is spent in ({', '.join(AREAS)}), from a profiler, {ROUNDS} runs each. "
        "What is left of a warm rerun is Streamlit's own: the widgets, containers and messages of a page."
    )
    return Part("Where the time goes", method, ("page", "Warm rerun", "A force nobody asked for"), tuple(rows))
