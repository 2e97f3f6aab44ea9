"""A shared warehouse to test with: a PostgreSQL of the run's own, and catalogues in it with a folder for their tables."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest

import lake
from environment import LAKE_FILES, PROJECT, WAREHOUSE
from insight import warehouse
from tests.needs import needs

SCRIPT = PROJECT / "deploy" / "postgres.sh"
NO_FLUSHING = "-F"  # what a test writes need not outlive a fall of the machine
# One worker of a run has the server; ``needs`` has the word for a desk without PostgreSQL.
ON_THE_LAKE = (needs("pg_ctlcluster", "postgresql"), pytest.mark.slow)


@dataclass(frozen=True)
class Catalogue:
    """A database of the server, and the folder for its tables."""

    address: str
    files: Path

    @property
    def environment(self) -> dict[str, str]:
        """What names it to the product."""
        return {WAREHOUSE.name: self.address, LAKE_FILES.name: str(self.files)}

    @contextmanager
    def named(self) -> Iterator[None]:
        """The environment names it, and nothing is remembered of another."""
        with pytest.MonkeyPatch.context() as patch:
            for name, value in self.environment.items():
                patch.setenv(name, value)
            forget()
            yield
        forget()


@dataclass(frozen=True)
class Server:
    """PostgreSQL on a socket in a folder."""

    folder: Path

    def start(self) -> str:
        """Start it, if it does not run; its address."""
        command = ["sh", str(SCRIPT), "start", str(self.folder), NO_FLUSHING]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()

    def stop(self) -> None:
        """Stop it; connections are cut."""
        subprocess.run(["sh", str(SCRIPT), "stop", str(self.folder)], check=True, capture_output=True)

    def catalogue(self, name: str, files: Path) -> Catalogue:
        """A new, empty database."""
        address = self.start()
        with duckdb.connect(config=lake.SETTINGS) as connection:
            lake.load(connection, "postgres_scanner")
            connection.execute(f"ATTACH '{address.removeprefix('ducklake:postgres:')}' AS server (TYPE postgres)")
            connection.execute(
                "CALL postgres_execute('server', $statement, use_transaction => false)", {"statement": f"CREATE DATABASE {name}"}
            )
        files.mkdir()
        return Catalogue(address.replace("dbname=force", f"dbname={name}"), files)


@contextmanager
def running_server() -> Iterator[Server]:
    """A server in a folder that its own user can reach, gone at the end."""
    folder = Path(tempfile.mkdtemp(prefix="force-catalogue-"))
    server = Server(folder)
    server.start()
    try:
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder)


def forget() -> None:
    """Let go of what the process remembers of a catalogue."""
    lake.kept_for_asking.cache_clear()
    warehouse.shared_build_in_use.cache_clear()
