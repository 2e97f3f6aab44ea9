"""Builds turned under readers: ``python -m tests.hard.readers [--readers 50] [--turns 20] [--seed 1]``.

A server of the dashboard on this machine, readers who go from page to page and from force to force, and under them a made-up country
that is built anew and rolled back in turn by the documented commands. Each build's names carry a mark of its own, so that a page which
mixes two builds shows two marks. No run may end in an error or be cut off, no page may mix, no build but the two newest may stay open,
and handles and threads stay within a bound of what they were.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import websockets
import yaml
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from benchmarks.served import Server, serving
from deploy.reader import Answer, Reader
from environment import DATA, PROJECT, WAREHOUSE
from etl.paths import DataFolder
from tests import exampland
from tests.hard.country import Place

# Patterns of Braille: printable, part of no address, and on no page of ours.
MARKS = [chr(0x2801 + number) for number in range(200)]
MARK = re.compile("[\u2801-\u28ff]")
ESCAPED = re.compile(r"\\u(28[0-9a-f]{2})")
MARKED = {"forces.csv": ("force_name", "organisation_name"), "local_authorities.csv": ("la_name",)}
TITLES = {"measures.yaml": ("title", "short_title"), "publications.yaml": ("title",)}
FORCES = exampland.ENGLISH + exampland.WELSH
# What a server may hold more than before the first reader, once the last has left: what Streamlit keeps of each for two minutes,
# two builds open, each with its threads, and the threads that answered readers and wait for the next.
OF_A_SESSION, MORE_HANDLES, MORE_THREADS = 3, 40, 40
THINK = 1.0  # seconds between clicks, at most


@dataclass
class Found:
    """What readers met with."""

    runs: int = 0
    errors: list[str] = field(default_factory=list)
    mixed: list[str] = field(default_factory=list)
    seen: Counter[str] = field(default_factory=Counter)


class Marked(Reader):
    """A reader who notes the marks of builds in all that is sent."""

    def __init__(self, port: int) -> None:
        super().__init__(port)
        self.marks: set[str] = set()
        self._marks_of: dict[str, set[str]] = {}

    def _take(self, kind: str | None, told: ForwardMsg, answer: Answer) -> None:
        super()._take(kind, told, answer)
        if kind == "new_session":
            self.marks = set()
        if kind == "ref_hash":  # what was sent before is not sent again
            self.marks |= self._marks_of[told.ref_hash]
            return
        text = told.SerializeToString().decode("utf-8", errors="ignore")
        found = {*MARK.findall(text), *(chr(int(code, 16)) for code in ESCAPED.findall(text))}
        if told.hash:
            self._marks_of[told.hash] = found
        self.marks |= found


@dataclass(frozen=True)
class Country:
    """A made-up country whose names can be marked anew."""

    place: Place
    plain: dict[str, str]

    @classmethod
    def of(cls, room: Path) -> Country:
        """In an empty folder, with every measure, so that every page has something to show."""
        data = DataFolder(room / "data", room / "warehouse")
        measures = yaml.safe_load((PROJECT / "data" / "reference" / "measures.yaml").read_text(encoding="utf-8"))
        exampland.write_reference(data.reference, {one["measure_id"] for one in measures})
        exampland.write_published(data.published)
        (room / "tmp").mkdir()
        files = {name: (data.reference / name).read_text(encoding="utf-8") for name in (*MARKED, *TITLES)}
        return cls(Place(data, room / "tmp"), files)

    def mark(self, number: int) -> None:
        """Let names of forces and councils and titles of measures and publications end in the mark of a build."""
        mark, folder = f" {MARKS[number]}", self.place.data.reference
        for name, columns in MARKED.items():
            head, *rows = self.plain[name].splitlines()
            places = [head.split(",").index(column) for column in columns]
            marked = [",".join(cell + mark * (place in places) for place, cell in enumerate(row.split(","))) for row in rows]
            (folder / name).write_text("\n".join([head, *marked]) + "\n", encoding="utf-8")
        for name, keys in TITLES.items():
            entries = yaml.safe_load(self.plain[name])
            for entry in entries:
                entry.update({key: entry[key] + mark for key in keys if key in entry})
            (folder / name).write_text(yaml.safe_dump(entries, allow_unicode=True), encoding="utf-8")

    def run(self, command: str) -> None:
        """Run a command of ``etl``, which has to succeed."""
        code, said = self.place.run("etl", command)
        assert code == 0, said


async def read(server: Server, number: int, seed: int, over: asyncio.Event, found: Found) -> None:
    """One reader: a page, or another force, after the other until it is over."""
    draw = random.Random(seed * 1000 + number)
    try:
        async with Marked(server.port) as reader:
            _note(reader, await reader.open(""), "", found)
            names = list(reader.pages)
            while not over.is_set():
                await asyncio.sleep(draw.random() * THINK)
                if draw.random() < 0.5:
                    page = draw.choice(names)
                    answer = await reader.go(page)
                else:
                    page = "another force"
                    answer = await reader.choose("force", draw.choice(exampland.FORCE_NAMES[:FORCES]))
                _note(reader, answer, page, found)
    except (TimeoutError, OSError, websockets.WebSocketException) as error:
        found.errors.append(f"reader {number} was cut off: {error!r}")


def _note(reader: Marked, answer: Answer, page: str, found: Found) -> None:
    found.runs += 1
    found.seen.update(reader.marks)
    if not answer.whole:
        found.errors.append(f"/{page}: {answer.exceptions} exceptions, title {answer.title!r}, {answer.errors}")
    if len(reader.marks) != 1:
        found.mixed.append(f"/{page}: marks {sorted(reader.marks)}")


async def turn(country: Country, turns: int, over: asyncio.Event) -> None:
    """Build anew and roll back in turn, with a pause in which readers see each."""
    try:
        for number in range(turns):
            if number % 2:
                await asyncio.to_thread(country.run, "rollback")
            else:
                country.mark(number + 1)
                await asyncio.to_thread(country.run, "build")
            await asyncio.sleep(2 * THINK)
    finally:
        over.set()


def open_files(server: Server) -> tuple[int, int, list[str]]:
    """Handles and threads of the server, and the builds that it holds open."""
    folder = Path(f"/proc/{server.process.pid}/fd")
    links = [os.readlink(link) for link in folder.iterdir() if link.is_symlink()]  # noqa: PTH115  the text, not a path
    threads = len(list(Path(f"/proc/{server.process.pid}/task").iterdir()))
    return len(links), threads, sorted({Path(link).name for link in links if ".duckdb" in link})


async def under_readers(country: Country, server: Server, readers: int, turns: int, seed: int) -> Found:
    """Let readers read while builds turn."""
    over, found = asyncio.Event(), Found()
    await asyncio.gather(turn(country, turns, over), *(read(server, number, seed, over, found) for number in range(readers)))
    return found


@contextmanager
def named(folder: DataFolder) -> Iterator[None]:
    """The folders of the made-up country, for the server."""
    os.environ.update({DATA.name: str(folder.root), WAREHOUSE.name: str(folder.warehouse)})
    try:
        yield
    finally:
        del os.environ[DATA.name], os.environ[WAREHOUSE.name]


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--readers", type=int, default=50)
    parser.add_argument("--turns", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="force-readers-") as name:
        country = Country.of(Path(name))
        country.mark(0)
        country.run("build")
        with named(country.place.data), serving(PROJECT, Path(name)) as server:
            before, (handles_before, threads_before, _) = server.memory(), open_files(server)
            found = asyncio.run(under_readers(country, server, given.readers, given.turns, given.seed))
            handles, threads, held = open_files(server)
            memory = server.memory()
    print(
        f"{given.turns} rebuilds and rollbacks under {given.readers} readers: {found.runs:,} runs of pages on {len(found.seen)} builds; "
        f"{len(found.errors)} errors, {len(found.mixed)} pages that mix builds; {handles_before} handles and {threads_before} threads before, "
        f"{handles} and {threads} after, "
        f"{before:.0f} MB before and {memory:.0f} MB after, {len(held)} builds open"
    )
    for fault in (*found.errors[:5], *found.mixed[:5]):
        print(fault[:300])
    most = handles_before + OF_A_SESSION * given.readers + MORE_HANDLES
    grown = handles > most or threads > threads_before + MORE_THREADS
    return int(bool(found.errors or found.mixed or grown or len(held) > 2 or len(found.seen) < 2))


if __name__ == "__main__":
    sys.exit(main())
