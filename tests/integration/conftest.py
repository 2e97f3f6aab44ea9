"""The command line as a person calls it, in this process or in one of its own, and what a folder holds before and after."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from etl.__main__ import app
from etl.contents import content_hash
from etl.paths import PROJECT, DataFolder
from etl.warehouse import current_build, open_for_reading
from tests.integration.ingesting import Rows, one

Contents = dict[str, str]


@dataclass(frozen=True)
class Answer:
    """What a command answered."""

    code: int
    out: str
    err: str


@pytest.fixture(autouse=True)
def _no_folder_is_named_by_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """A call that forgot to name its folders must not reach those of whoever runs the tests."""
    monkeypatch.setenv("FORCE_DATA", os.devnull)
    monkeypatch.delenv("FORCE_WAREHOUSE", raising=False)


@pytest.fixture
def etl(made_up_data: DataFolder) -> Callable[..., Answer]:
    """``etl("build", …)`` on the copy of Exampland, in this process; an exception that is no refusal is raised."""

    def call(*arguments: object, data: DataFolder = made_up_data) -> Answer:
        result = CliRunner().invoke(app, [*map(str, arguments), "--data", str(data.root)])
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Answer(result.exit_code, result.stdout, result.stderr)

    return call


@pytest.fixture
def start() -> Callable[..., subprocess.Popen[str]]:
    """``start(folder, "build", …)``: the command in a process of its own."""

    def begin(data: DataFolder, *arguments: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "etl", *arguments, "--data", str(data.root)]
        return subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    return begin


def contents(*folders: Path) -> Contents:
    """Every path below the folders with the hash of its bytes, or where it leads; the lock is no content."""
    found = {}
    for folder in folders:
        for path in sorted(folder.rglob("*")) if folder.exists() else []:
            if path.is_symlink():
                found[str(path)] = f"leads to {path.readlink()}"
            elif path.is_file() and path.name != ".lock":
                found[str(path)] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


@pytest.fixture
def untouched(made_up_data: DataFolder) -> Callable[[], Contents]:
    """``untouched()``: all that data and warehouse hold; the same twice means that nothing changed in between."""
    return lambda: contents(made_up_data.root)


def hash_in_use(data: DataFolder) -> str:
    """The content hash of the build in use, reckoned anew from its tables."""
    current = current_build(data.warehouse)
    assert current is not None
    with open_for_reading(current) as connection:
        return content_hash(connection)


@pytest.fixture
def content_of() -> Callable[[DataFolder], str]:
    """``content_of(folder)``: the content hash of the build in use."""
    return hash_in_use


@pytest.fixture
def change_a_figure() -> Callable[[DataFolder], None]:
    """Change one published figure, so that the next build has another content."""

    def change(data: DataFolder) -> None:
        path = data.published / "police_missing_children" / "2021.csv"
        lines = path.read_text(encoding="utf-8").splitlines()
        figures = lines[5].split(",")
        lines[5] = ",".join([*figures[:4], str(int(figures[4]) + 1), *figures[5:]])
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")

    return change


@pytest.fixture
def dfe(made_up: Any) -> Rows:
    """Release 2024 as the publisher's file gives it."""
    return made_up.dfe_rows()


@pytest.fixture
def changed(dfe: Rows) -> Rows:
    """The same with one figure of an authority changed, within what rounding allows."""
    row = one(dfe, new_la_code="E99100401", time_period="2024", CLA_group="Number of missing incidents during the year")
    row["number"] = str(int(row["number"]) + 1)
    return dfe
