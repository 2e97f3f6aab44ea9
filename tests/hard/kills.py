"""Kill −9 at random moments: ``python -m tests.hard.kills [--times 50] [--only build|ingest|fetch|snapshot] [--seed 1]``.

After each kill the documented command is run again. It has to succeed, what it is about has to be whole, and nothing of the killed
run may be left. Everything is of Exampland, in a temporary folder.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from etl.contents import is_whole
from etl.paths import DataFolder
from etl.releases import SIDECAR
from etl.warehouse import builds, current_build
from tests.exampland import MadeUp, save_csv
from tests.hard.country import Place, exampland
from tests.integration.publisher import Publisher, serving, write_feeds
from tests.integration.test_cli_fetch import a_year_on, as_csv

DAY = "2026-01-31"
COMMANDS = ("build", "ingest", "fetch", "snapshot")
OVERWRITES = "nothing published is overwritten"


@dataclass(frozen=True)
class Ordeal:
    """A command that is killed: what it is made ready with, its arguments, what holds after a kill and after it was run again.

    ``done``: what it says, and refuses, when the kill came after all was done and before the process had ended.
    """

    ready: Callable[[Place], None]
    arguments: tuple[str, ...]
    after_kill: Callable[[Place], None]
    recovered: Callable[[Place], None]
    done: str = "\0"


def ordeals(country: MadeUp, room: Path) -> dict[str, Ordeal]:
    """The commands."""
    table = save_csv(country.nca_rows(), room / "a3.csv")
    public = room / "public"
    snapshot = (
        "tests.hard.snapshot_of_two",
        "build",
        "--out",
        str(public),
        "--date",
        DAY,
        "--cache",
        str(room / "charts"),
        "--workers",
        "1",
    )

    def published(place: Place) -> None:
        code, said = place.run("insight.snapshot", "verify", str(public))
        assert code == 0, said
        strange = [path.name for folder in (public, public / "snapshots") for path in folder.iterdir() if ".part" in path.name]
        assert not strange, strange
        code, said = place.run(*snapshot)
        assert code == 2, said
        assert OVERWRITES in said

    def nothing_half(place: Place) -> None:
        day = public / "snapshots" / DAY
        if day.exists():
            code, said = place.run("insight.snapshot", "verify", str(day))
            assert code == 0, f"half-published: {said}"

    return {
        "build": Ordeal(_change_a_figure, ("etl", "build"), usable, usable),
        "ingest": Ordeal(_forget_incoming, ("etl", "ingest", str(table), "--replace"), _whole_or_nothing, _ingested),
        "fetch": Ordeal(
            _forget_incoming, ("etl", "fetch", "--yes", "--publication", "looked_after_missing"), _whole_or_nothing, _fetched
        ),
        "snapshot": Ordeal(
            lambda place: shutil.rmtree(public, ignore_errors=True), snapshot, nothing_half, published, OVERWRITES
        ),
    }


def usable(place: Place) -> None:
    """The build in use is whole."""
    current = current_build(place.data.warehouse)
    assert current is not None, "no build in use"
    assert is_whole(current), f"{current} is not whole"


def _change_a_figure(place: Place) -> None:
    path = place.data.published / "police_missing_children" / "2021.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    figures = lines[5].split(",")
    lines[5] = ",".join([*figures[:4], str(int(figures[4]) + 1), *figures[5:]])
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _forget_incoming(place: Place) -> None:
    shutil.rmtree(place.data.incoming, ignore_errors=True)


def _whole_or_nothing(place: Place) -> None:
    usable(place)
    for figures in place.data.incoming.glob("*/*.csv"):
        assert figures.with_name(figures.stem + SIDECAR).is_file(), f"{figures} has no source"


def _ingested(place: Place) -> None:
    assert list(place.data.incoming.glob("police_missing_children/*.csv"))


def _fetched(place: Place) -> None:
    assert list(place.data.incoming.glob("looked_after_missing/*.csv"))


def one_kill(ordeal: Ordeal, place: Place, moment: float) -> float | None:
    """Kill the command once and run it again.

    Returns:
        None where it was killed in time, else the seconds that it took, and then it has to have succeeded.
    """
    ordeal.ready(place)
    process = place.start(*ordeal.arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    started = time.monotonic()
    with suppress(subprocess.TimeoutExpired):
        process.wait(timeout=moment)
    took = time.monotonic() - started
    os.killpg(process.pid, signal.SIGKILL) if process.poll() is None else None
    process.wait(timeout=60)
    killed = process.returncode == -signal.SIGKILL
    assert killed or process.returncode == 0, f"it ended by itself with {process.returncode}"
    ordeal.after_kill(place)
    code, said = place.run(*ordeal.arguments)
    assert code == 0 or ordeal.done in said, said
    assert "Traceback" not in said, said
    ordeal.recovered(place)
    assert place.left_over() == [], place.left_over()
    return None if killed else took


def kill(name: str, times: int, room: Path, seed: int) -> str:
    """Kill a command so many times; what came of it in a line.

    Raises:
        AssertionError: something did not hold; the message says what.
    """
    country = exampland(room / "data")
    place = Place(DataFolder(room / "data", room / "data" / "warehouse"), room / "tmp")
    place.temporary.mkdir()
    ordeal = ordeals(country, room)[name]
    with serving(Publisher(csv=as_csv(a_year_on(country.dfe_rows())), end="2025")) as publisher:
        write_feeds(country.folder, publisher.port)
        lasts = _lasts(ordeal, place)
        found = _kills(ordeal, place, lasts, times, random.Random(seed))
    kept = len(builds(place.data.warehouse))
    return f"{name}: {found[True]} killed, {found[False]} finished first (a run lasts {lasts:.1f} s); all recovered; {kept} builds kept"


def _lasts(ordeal: Ordeal, place: Place) -> float:
    """Seconds that a run lasts: the first fills caches, the second says it."""
    lasts = 0.0
    for _ in range(2):
        ordeal.ready(place)
        started = time.monotonic()
        code, said = place.run(*ordeal.arguments)
        assert code == 0, said
        lasts = time.monotonic() - started
    return lasts


def _kills(ordeal: Ordeal, place: Place, lasts: float, times: int, moments: random.Random) -> Counter[bool]:
    """Kill it so many times; how often it was killed, and how often it had finished first."""
    found: Counter[bool] = Counter()
    while found[True] < times:
        # Every second one towards the end, where what was made is put in place.
        took = one_kill(ordeal, place, moments.uniform(lasts * 0.8 * (found.total() % 2), lasts))
        found[took is None] += 1
        lasts = lasts if took is None else took  # on a machine that has more to spare than before
        print(f"\r{found[True]} killed", end="", file=sys.stderr, flush=True)
        assert found[False] <= times, "it finishes before it is killed: the machine is too uneven to say how long a run lasts"
    print(file=sys.stderr)
    return found


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=50)
    parser.add_argument("--only", choices=COMMANDS)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    for name in [given.only] if given.only else COMMANDS:
        with tempfile.TemporaryDirectory(prefix="force-kills-") as room:
            print(kill(name, given.times, Path(room), given.seed), flush=True)


if __name__ == "__main__":
    sys.exit(main())
