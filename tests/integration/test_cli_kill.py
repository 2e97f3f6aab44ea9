"""A build that is killed, and builds at the same time: the warehouse in use is always a whole one, and the next build works."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from etl.paths import PROJECT, DataFolder
from etl.warehouse import UNFINISHED, builds, current_build
from insight.queries import about, figures
from insight.warehouse import build_in_use, open_warehouse
from tests.exampland import MadeUp
from tests.hard.seeds import seeds

STEPS = ["Reading and validating the releases", "Loading the tables", "Running the checks", "Making it current"]
Start = Callable[..., subprocess.Popen[str]]
Etl = Callable[..., Any]
# Runs the command line with one call in it replaced by the death of the process.
DYING = """
import os, pathlib, signal, sys
original, calls = pathlib.Path.rename, []
def rename(path, target):
    calls.append(target)
    if len(calls) == int(sys.argv[1]):
        os.kill(os.getpid(), signal.SIGKILL)
    return original(path, target)
pathlib.Path.rename = rename
from etl.__main__ import app
app(sys.argv[2:])
"""


def assert_usable(data: DataFolder, content_of: Callable[[DataFolder], str]) -> str:
    """The build in use answers a page's questions and is just what it says it is; returns its content hash."""
    warehouse = open_warehouse(build_in_use(data.warehouse))
    try:
        build = about.build(warehouse).iloc[0]
        assert len(figures.forces(warehouse)) == 43
        assert about.checks(warehouse)["passed"].all()
    finally:
        warehouse.connection.close()
    assert content_of(data) == build["content_hash"]
    return str(build["content_hash"])


def assert_next_build_works(data: DataFolder, etl: Etl, content_of: Callable[[DataFolder], str], before: str) -> None:
    assert etl("build").code == 0
    assert assert_usable(data, content_of) != before
    assert list(data.warehouse.glob(f"{UNFINISHED}*")) == []


@pytest.fixture
def pending(made_up_data: DataFolder, change_a_figure: Callable[[DataFolder], None]) -> DataFolder:
    """A warehouse in use, and data that would make another."""
    change_a_figure(made_up_data)
    return made_up_data


@pytest.mark.parametrize("step", STEPS)
def test_a_build_killed_at_a_step_leaves_a_whole_warehouse_in_use(
    step: str, pending: DataFolder, start: Start, etl: Etl, content_of: Callable[[DataFolder], str]
) -> None:
    before, old = content_of(pending), current_build(pending.warehouse)
    process = start(pending, "build")
    assert process.stderr is not None
    seen = []
    for line in process.stderr:
        seen.append(line.strip())
        if step in line:
            break
    process.kill()
    process.communicate(timeout=30)
    assert process.returncode == -signal.SIGKILL or step == STEPS[-1], seen
    if step != STEPS[-1]:
        assert current_build(pending.warehouse) == old
        assert assert_usable(pending, content_of) == before
        assert list(pending.warehouse.glob(f"{UNFINISHED}*")) or step == STEPS[0]
    assert_usable(pending, content_of)
    assert_next_build_works(pending, etl, content_of, before)


@pytest.mark.parametrize(("rename", "moment"), [(1, "before the file has its name"), (2, "before the pointer turns")])
def test_a_build_killed_between_its_last_calls_leaves_the_old_warehouse_in_use(
    rename: int, moment: str, pending: DataFolder, etl: Etl, content_of: Callable[[DataFolder], str]
) -> None:
    before, old = content_of(pending), current_build(pending.warehouse)
    assert die_at_rename(rename, pending, "build") == -signal.SIGKILL, moment
    assert current_build(pending.warehouse) == old
    assert assert_usable(pending, content_of) == before
    assert_next_build_works(pending, etl, content_of, before)


def test_an_ingest_killed_while_it_writes_leaves_a_project_that_builds(
    made_up: Any, save: Callable[..., Path], made_up_data: DataFolder, etl: Etl, tmp_path: Path, content_of: Callable[..., str]
) -> None:
    """What counts is the file of figures, which is put in place last and by one rename."""
    before = content_of(made_up_data)
    file = save(made_up.nca_rows(), tmp_path / "a3.csv")
    assert die_at_rename(2, made_up_data, "ingest", str(file), "--replace") == -signal.SIGKILL
    assert assert_usable(made_up_data, content_of) == before
    assert list(made_up_data.incoming.glob("*/*.csv")) == []
    # An ingest tries a whole build, with whatever lies in incoming.
    assert etl("ingest", file, "--replace").code == 0


@pytest.mark.parametrize("rename", [2, 4, 5])
def test_an_ingest_of_two_files_that_is_killed_as_they_get_their_names_is_finished_by_the_next_build(
    rename: int, made_up: MadeUp, made_up_data: DataFolder, etl: Etl, tmp_path: Path
) -> None:
    files = [tmp_path / name for name in ("a3.csv", "b1.csv")]
    good = seeds(made_up, ["csv"])
    for file in files:
        file.write_bytes(good[file.name])
    assert die_at_rename(rename, made_up_data, "ingest", *map(str, files), "--replace") == -signal.SIGKILL
    assert len(list(made_up_data.incoming.glob("*/*.csv"))) < 2
    assert etl("build").code == 0
    assert [path.parent.name for path in sorted(made_up_data.incoming.glob("*/*.csv"))] == [
        "missing_related_calls",
        "police_missing_children",
    ]
    assert not [path for path in made_up_data.incoming.rglob(".*") if path.name != ".gitkeep"]
    assert f"{len(files)} already there" in (said := etl("ingest", *files).out) or said.count("already there") == len(files)


def test_a_build_leaves_alone_what_an_ingest_is_copying_and_does_not_load_it(
    made_up_data: DataFolder, etl: Etl, content_of: Callable[[DataFolder], str]
) -> None:
    before = content_of(made_up_data)
    left = made_up_data.incoming / "police_missing_children" / ".2022.csv.part"
    left.parent.mkdir(parents=True)
    left.write_text("half", encoding="utf-8")
    assert etl("build").code == 0
    assert left.exists()
    assert assert_usable(made_up_data, content_of) == before


def die_at_rename(nth: int, data: DataFolder, *arguments: str) -> int:
    command = [sys.executable, "-c", DYING, str(nth), *arguments, "--data", str(data.root)]
    return subprocess.run(command, cwd=PROJECT, capture_output=True, timeout=120, check=False).returncode


def test_builds_killed_at_random_moments_leave_a_whole_warehouse_in_use(
    pending: DataFolder, start: Start, etl: Etl, content_of: Callable[[DataFolder], str]
) -> None:
    before = content_of(pending)
    moments = random.Random(2024)
    for _ in range(5):
        process = start(pending, "build")
        time.sleep(moments.uniform(0.3, 3))
        process.kill()
        process.communicate(timeout=30)
        found = assert_usable(pending, content_of)
        if process.returncode == 0:
            break
        assert found == before or len(builds(pending.warehouse)) == 2
    assert_next_build_works(pending, etl, content_of, before)


def test_of_builds_at_once_each_waits_its_turn_or_is_refused_and_the_last_finds_the_work_done(
    pending: DataFolder, start: Start, content_of: Callable[[DataFolder], str]
) -> None:
    before, old = content_of(pending), current_build(pending.warehouse)
    processes = [start(pending, "build"), start(pending, "build"), start(pending, "build", "--wait", "0")]
    answers = [process.communicate(timeout=120) for process in processes]
    *waiting, hasty = [process.returncode for process in processes]
    assert waiting == [0, 0], answers
    assert hasty in (0, 2)
    assert hasty == 0 or "Another build of this warehouse is running (waited 0 s)." in answers[-1][1]
    did_it = [out for out, _ in answers if " is in use: " in out]
    found_it_done = [out for out, _ in answers if "is already in use" in out]
    assert (len(did_it), len(found_it_done)) == (1, 1 + (hasty == 0))
    assert assert_usable(pending, content_of) != before
    assert builds(pending.warehouse) == [old, current_build(pending.warehouse)]


def test_the_command_line_in_a_process_of_its_own_answers_with_its_exit_code(start: Start, made_up_data: DataFolder) -> None:
    process = start(made_up_data, "check", "--failed")
    out, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, "")
    assert out.endswith("0 fail as errors\n")
