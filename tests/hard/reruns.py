"""Does anything grow? ``python -m tests.hard.reruns [--times 10000] [--swap-every 100]``: runs of pages, builds turned under them.

Sessions of every page are run again and again in one process while the warehouse in use goes back and forth between two builds.
File handles, threads and memory are counted after a warm-up and at the end. 0 errors are allowed, no handle and no thread more, and
memory within ``MOST_GROWTH`` MB.
"""

from __future__ import annotations

import argparse
import gc
import itertools
import logging
import os
import shutil
import sys
import tempfile
import threading
import time
from pathlib import Path

import streamlit as st

from environment import WAREHOUSE
from insight.warehouse import build_in_use
from tests.app.driving import open_page, problems
from tests.app.surface import pages

WARM_UP = 300
MOST_GROWTH = 150  # MB
FORCES = ("kent", "wiltshire", "gwent", "metropolitan-police", "city-of-london")


def state() -> tuple[int, int, int]:
    """Open file handles, threads, and MB of memory in use."""
    gc.collect()
    pages_held = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return len(os.listdir("/proc/self/fd")), threading.active_count(), pages_held * os.sysconf("SC_PAGE_SIZE") // 1024**2  # noqa: PTH208


def rerun(times: int, swap_every: int, warm_up: int = WARM_UP) -> tuple[list[str], tuple[int, int, int], tuple[int, int, int]]:
    """Errors on pages, and the state after the warm-up and at the end."""
    original = build_in_use()
    found: list[str] = []
    with tempfile.TemporaryDirectory(prefix="force-reruns-") as name:
        folder = Path(name)
        for letter in "AB":
            shutil.copyfile(original, folder / f"force-{letter}.duckdb")
        os.environ[WAREHOUSE.name] = name
        turn(folder, "A")
        sessions = [open_page(page) for page in pages()]
        before = state()
        for number in range(times + warm_up):
            if number == warm_up:
                before = state()
            if number % swap_every == 0:
                turn(folder, "AB"[number // swap_every % 2])
            session = sessions[number % len(sessions)]
            session.session_state["force"] = FORCES[number // len(sessions) % len(FORCES)]
            session.run()
            found += problems(session)
        return found, before, state()


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
    logging.disable(logging.WARNING)
    st.config.set_option("client.showErrorDetails", "full")
    started = time.monotonic()
    faults, before, after = rerun(given.times, given.swap_every)
    growth = [late - early for early, late in itertools.zip_longest(before, after)]
    print(
        f"{given.times:,} runs, a build turned every {given.swap_every}, in {time.monotonic() - started:.0f} s; {len(faults)} errors"
    )
    print(f"handles, threads, MB: {before} after {WARM_UP} runs, {after} at the end")
    for fault in faults[:5]:
        print(fault[:300])
    sys.exit(bool(faults or growth[0] > 0 or growth[1] > 0 or growth[2] > MOST_GROWTH))


if __name__ == "__main__":
    main()
