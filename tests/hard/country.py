"""Exampland outside pytest: the made-up country that the hard proofs kill, fill and fuzz, and how a command is called on it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from etl.build import build
from etl.paths import PROJECT, DataFolder
from tests.exampland import MadeUp, write_published, write_reference


def exampland(root: Path) -> MadeUp:
    """A data folder with one finished build."""
    write_reference(root / "reference")
    write_published(root / "published")
    folder = DataFolder(root, root / "warehouse")
    build(folder)
    return MadeUp(folder)


@dataclass(frozen=True)
class Place:
    """Where commands of one proof work: a data folder, and a folder of their own for temporary files."""

    data: DataFolder
    temporary: Path

    @property
    def environment(self) -> dict[str, str]:
        folders = {"FORCE_DATA": str(self.data.root), "FORCE_WAREHOUSE": str(self.data.warehouse)}
        named = folders | {"TMPDIR": str(self.temporary), "PYTHONPATH": str(PROJECT)}
        return {key: value for key, value in os.environ.items() if not key.startswith("FORCE_")} | named

    def start(self, *arguments: str, before: tuple[str, ...] = (), **rest: object) -> subprocess.Popen[str]:
        """``start("etl", "build")``: a command in a process group of its own; ``before`` stands before it."""
        command = [*before, sys.executable, "-m", *arguments]
        streams: Mapping[str, object] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | rest
        return subprocess.Popen(command, cwd=PROJECT, env=self.environment, text=True, start_new_session=True, **streams)  # type: ignore[call-overload]

    def run(self, *arguments: str, before: tuple[str, ...] = (), **rest: object) -> tuple[int, str]:
        """Exit code of a command, and all that it said."""
        process = self.start(*arguments, before=before, **rest)
        out, err = process.communicate(timeout=600)
        return process.returncode, f"{out or ''}{err or ''}"

    def left_over(self) -> list[str]:
        """What no finished run leaves: unfinished builds, half-copied files, temporary folders."""
        roots = (
            self.data.warehouse.glob("unfinished*"),
            self.data.incoming.rglob(".*.part"),
            self.temporary.glob("force-scratch-*"),
        )
        return sorted(path.name for paths in roots for path in paths)
