"""A build that the machine does not let be read: told with what helps, never as damage, and not where it lies."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from etl.paths import PROJECT
from faults import NOT_ABLE
from insight.warehouse import WarehouseBarred, build_in_use, open_warehouse
from tests.exampland import MadeUp

# As many handles as are told are left; nothing of them tells of damage, and none ends the process.
OPENED_WITH_FEW_HANDLES = """
import os, resource, sys
from pathlib import Path
from insight.warehouse import NoWarehouse, open_warehouse
resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
held = []
try:
    while True:
        held.append(os.open(os.devnull, os.O_RDONLY))
except OSError:
    pass
for _ in range(int(sys.argv[2])):
    os.close(held.pop())
try:
    open_warehouse(Path(sys.argv[1]))
    print("opened")
except NoWarehouse as error:
    print(type(error).__name__, error)
"""


FAILING_DISK = """
def fail(*_, **__):
    raise duckdb.IOException('IO Error: Could not read from file "x": Input/output error')
duckdb.connect = fail
runpy.run_module({!r}, run_name="__main__")
"""


@pytest.mark.parametrize("left", [0, 1, 2, 8])
def test_where_no_handle_is_left_nobody_is_told_of_damage(left: int, made_up: MadeUp) -> None:
    build = build_in_use(made_up.folder.warehouse)
    command = [sys.executable, "-c", OPENED_WITH_FEW_HANDLES, str(build), str(left)]
    done = subprocess.run(command, cwd=PROJECT, env={"PYTHONPATH": ""}, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    few = "WarehouseBarred Too many files are open at once, so that the warehouse cannot be read. Allow this program more of them"
    assert done.stdout.startswith("opened" if left == 8 else few)


@pytest.mark.parametrize("module", ["insight.briefing", "insight.snapshot"])
def test_a_command_then_ends_with_the_code_of_the_machine(module: str, tmp_path: Path, made_up: MadeUp) -> None:
    arguments = ["--all", "--out", "out"] if module.endswith("briefing") else ["build", "--out", "out"]
    program = f"import duckdb, runpy, sys\nsys.argv = {[module, *arguments]!r}\n" + FAILING_DISK.format(module)
    env = {"PYTHONPATH": str(PROJECT), "FORCE_WAREHOUSE": str(made_up.folder.warehouse)}
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == NOT_ABLE, done.stderr
    assert "Not done. The disk does not answer as it should. Have it looked at, then run the same command again." in done.stderr
    assert not list(tmp_path.rglob("*.*"))


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (duckdb.IOException('IO Error: Could not read from file "x": Input/output error'), "The disk does not answer"),
        (duckdb.OutOfMemoryException("Out of Memory Error: could not allocate block"), "There is not enough memory"),
        (MemoryError(), "There is not enough memory"),
        (OSError(23, "Too many open files in system", "/srv/warehouse/x"), "Too many files are open"),
        (PermissionError(13, "Permission denied", "/srv/warehouse/x"), "There is no permission"),
    ],
)
def test_what_the_machine_does_not_let_is_not_told_as_damage_nor_where_it_lies(
    error: Exception, said: str, made_up: MadeUp, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    build = build_in_use(made_up.folder.warehouse)
    monkeypatch.setattr("insight.warehouse.duckdb.connect", fail)
    with pytest.raises(WarehouseBarred, match=said) as told:
        open_warehouse(build)
    assert "rollback" not in str(told.value)
    assert "/" not in str(told.value)
