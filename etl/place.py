"""Where builds go and are found: the folder of files, or the shared warehouse that ``FORCE_WAREHOUSE`` names."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

import duckdb

from etl.paths import DataFolder
from etl.warehouse import Folder


class Place(Protocol):
    """What every place for builds can do. A build's path is its file, or the address that ``lake.build_address`` gives it."""

    def holding(self, wait: float) -> AbstractContextManager[None]:
        """Hold the right to publish; ``Refused`` when another has it for ``wait`` seconds."""

    def in_use(self) -> Path | None:
        """The build in use, or None before the first."""

    def builds(self) -> list[Path]:
        """The builds that are kept, oldest first."""

    def reading(self, build: Path) -> AbstractContextManager[duckdb.DuckDBPyConnection]:
        """A build, open for reading; ``Refused`` or ``NotReached`` when it cannot be read."""

    def publish(self, draft: Path, build_id: str) -> Path:
        """Take a finished build's file and put it to use, in one step."""

    def roll_back(self) -> Path:
        """Put the build before the one in use to use; ``Refused`` when there is none."""

    def files(self, build: Path) -> dict[str, list[str]]:
        """The files of every table, where tables have files of their own."""


def place_of(folder: DataFolder) -> Place:
    """The place for the builds of a data folder."""
    if folder.shared:
        from etl.lake import Shared  # what a shared warehouse needs is imported where there is one

        return Shared(folder.warehouse)
    return Folder(folder.warehouse)
