"""What takes long to make and is only read is made once a run: the first worker that needs it makes it, the others wait."""

from __future__ import annotations

import os
import pickle
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest
from filelock import FileLock

Thing = TypeVar("Thing")


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """A folder that all workers share; ``make`` fills it."""
    base = factory.getbasetemp()
    base = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder, done = base / name, base / f"{name}.done"
    with FileLock(base / f"{name}.lock"):
        if not done.exists():
            shutil.rmtree(folder, ignore_errors=True)
            make(folder)
            done.touch()
    return folder


def kept_once(factory: pytest.TempPathFactory, name: str, make: Callable[[], Thing]) -> Thing:
    """An object of which each worker has a copy; ``make`` returns it."""

    def keep(folder: Path) -> None:
        folder.mkdir()
        (folder / "made.pickle").write_bytes(pickle.dumps(make()))

    made: Thing = pickle.loads((made_once(factory, name, keep) / "made.pickle").read_bytes())
    return made
