"""Publishes to a shared warehouse (``lake.py`` opens it): a build is one snapshot, seen whole or not at all.

Every table is written anew in one transaction, which also names the build as the one in use. Whoever builds holds a lock of the
catalogue, which the server lets go of when the connection dies; a transaction of another program that came between is a conflict,
and nothing of ours is published then.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

import lake
from contract import build_id, other_version
from environment import LAKE_FILES, WAREHOUSE
from etl.problems import NotReached, Refused, refuse
from etl.warehouse import KEPT, another_build_runs, building, no_earlier_build, tidying

AUTHOR, ROLLED_BACK = "build", "rollback"
FAULTS = (OSError, duckdb.Error, lake.Unreachable)  # of what comes after the commit
# Any number that no other program takes a lock of; the same for every version of this one.
LOCK = "SELECT * FROM postgres_query('__ducklake_metadata_lake', 'SELECT pg_try_advisory_xact_lock(4331303213)')"
ASK_AGAIN_SECONDS = 0.2
TABLES = "SELECT table_name FROM duckdb_tables() WHERE database_name = 'draft' AND schema_name = 'main' ORDER BY table_name"
VIEWS = "SELECT sql FROM duckdb_views() WHERE database_name = 'draft' AND schema_name = 'main' AND NOT internal"
OLD_TABLES = "SELECT table_name FROM duckdb_tables() WHERE database_name = 'lake' AND schema_name = 'main'"
OLD_VIEWS = "SELECT view_name FROM duckdb_views() WHERE database_name = 'lake' AND schema_name = 'main' AND NOT internal"
COLUMNS = """
SELECT column_name, data_type, is_nullable FROM duckdb_columns()
WHERE database_name = 'draft' AND schema_name = 'main' AND table_name = $1 ORDER BY column_index
"""
# The draft's own view tells the rules of the database in use.
RULES = ("USE draft", "CREATE OR REPLACE TABLE lake.about.rule AS FROM draft.about.rule", lake.ENTER)
IN_USE = "CREATE OR REPLACE TABLE lake.about.in_use AS SELECT $1 AS build_id"
MESSAGE = "CALL lake.set_commit_message($author, $message)"
OLD_SNAPSHOTS = """
SELECT snapshot_id FROM lake.snapshots()
WHERE NOT list_contains($kept, snapshot_id) AND snapshot_id < (SELECT max(snapshot_id) FROM lake.snapshots())
"""
EXPIRE = "SELECT count(*) FROM ducklake_expire_snapshots('lake', versions => $old)"
# A reader on another machine may have an older build open; its files stay for a day. So do those of a build that died.
CLEAN = (
    "SELECT count(*) FROM ducklake_cleanup_old_files('lake', older_than => now() - INTERVAL '1 day')",
    "SELECT count(*) FROM ducklake_delete_orphaned_files('lake', older_than => now() - INTERVAL '1 day')",
)
FILES = "SELECT data_file FROM ducklake_list_files('lake', $table, snapshot_version => $snapshot)"


class Shared:
    """The shared warehouse that ``FORCE_WAREHOUSE`` names, as a place for builds (``etl.place.Place``).

    Args:
        drafts: the folder of this machine where a build is made before it is published.
    """

    def __init__(self, drafts: Path) -> None:
        self.drafts = drafts
        self._connection: duckdb.DuckDBPyConnection | None = None

    @contextmanager
    def holding(self, wait: float) -> Iterator[None]:
        """Hold the right to publish, against builders on every machine.

        Raises:
            NotReached: the catalogue does not answer.
            Refused: another build held it for the whole of ``wait`` seconds, or a new catalogue is not told where its files go.
        """
        with building(self.drafts, wait), self._open(writing=True) as connection, connection.cursor() as lock:
            until = time.monotonic() + wait
            while not self._locked(lock):
                if time.monotonic() > until:
                    raise another_build_runs(Path(WAREHOUSE.name), wait)
                time.sleep(ASK_AGAIN_SECONDS)
            yield

    def _locked(self, lock: duckdb.DuckDBPyConnection) -> bool:
        lock.execute("BEGIN")
        if (lock.execute(LOCK).fetchone() or (False,))[0]:
            return True  # until the transaction ends, with this connection at the latest
        lock.execute("ROLLBACK")
        return False

    def in_use(self) -> Path | None:
        """The address of the build in use, or None before the first."""
        with self._open() as connection:
            try:
                return lake.build_in_use(connection)
            except lake.NoBuild:
                return None

    def builds(self) -> list[Path]:
        """The addresses of the builds that are kept, oldest first."""
        with self._open() as connection:
            return [lake.build_address(build_id) for build_id in lake.snapshots(connection)]

    @contextmanager
    def reading(self, build: Path) -> Iterator[duckdb.DuckDBPyConnection]:
        """A build, open for reading.

        Raises:
            Refused: it was made by another version of this program.
        """
        with _told(), lake.open_for_reading(build) as connection:
            if wrong := other_version(connection):
                raise refuse(WAREHOUSE.name, f"The build {build_id(build)} {wrong}.", "Build again with `python -m etl build`.")
            yield connection

    def publish(self, draft: Path, build_id: str) -> Path:
        """Make a snapshot of a finished build and name it as the one in use, in one step; keep the last ``KEPT`` builds.

        Call it only while holding ``holding``.
        """
        with self._open(writing=True) as connection:
            connection.execute(f"ATTACH {lake.quoted(str(draft))} AS draft (READ_ONLY)")
            with _transaction(connection):
                _copy(connection)
                _name_in_use(connection, build_id, AUTHOR)
            with tidying("Old builds of the shared warehouse were not removed", FAULTS, lake.without_credentials):
                connection.execute("DETACH draft")
                _prune(connection)
        with tidying(f"The draft {draft.name} was not removed"):
            draft.unlink()
        return lake.build_address(build_id)

    def roll_back(self) -> Path:
        """Name the newest build before the one in use that this program reads as the one in use.

        Raises:
            Refused: there is none.
        """
        current = self.in_use()
        older = [build for build in self.builds() if current is not None and build.name < current.name]
        readable = next((build for build in reversed(older) if self._is_readable(build)), None)
        if readable is None:
            raise no_earlier_build(Path(WAREHOUSE.name), len(older))
        with self._open(writing=True) as connection, _transaction(connection):
            _name_in_use(connection, build_id(readable), ROLLED_BACK)
        return readable

    def _is_readable(self, build: Path) -> bool:
        try:
            with self.reading(build):
                return True
        except Refused:
            return False

    def files(self, build: Path) -> dict[str, list[str]]:
        """The Parquet files of every table of a build, as other programs read them where they lie."""
        with self._open() as connection:
            snapshot = lake.snapshots(connection)[build_id(build)]
        with _told(), lake.open_lake(snapshot=snapshot) as connection:
            names = [name for (name,) in connection.execute(OLD_TABLES).fetchall()]
            return {
                name: [file for (file,) in connection.execute(FILES, {"table": name, "snapshot": snapshot}).fetchall()]
                for name in sorted(names)
            }

    @contextmanager
    def _open(self, *, writing: bool = False) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor of the one connection that is open while ``holding``, or a connection of its own."""
        with _told():
            if self._connection is not None:
                with self._connection.cursor() as cursor:
                    cursor.execute(lake.ENTER)
                    yield cursor
                return
            with lake.open_lake(writing=writing) as connection:
                self._connection = connection
                try:
                    yield connection
                finally:
                    self._connection = None


@contextmanager
def _told() -> Iterator[None]:
    """Faults of the catalogue in words without its address, which may hold a password; nor is the fault itself handed on."""
    try:
        yield
    except lake.NewCatalogue:
        why = "There is no shared warehouse in this catalogue yet."
        raise refuse(WAREHOUSE.name, why, f"Say in {LAKE_FILES.name} where its tables shall lie.") from None
    except lake.Unreachable as error:
        raise NotReached(str(error)) from None
    except duckdb.TransactionException as error:
        why = f"Another program changed the shared warehouse meanwhile: {lake.without_credentials(str(error))}"
        raise refuse(WAREHOUSE.name, why, "Build again.") from None
    except duckdb.Error as error:
        raise NotReached(str(lake.unreachable(error))) from None


@contextmanager
def _transaction(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    connection.execute("BEGIN")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _copy(connection: duckdb.DuckDBPyConnection) -> None:
    """Every table and view of the draft in the place of those before, which earlier snapshots keep."""
    connection.execute("CREATE SCHEMA IF NOT EXISTS lake.about")
    for kind, query in (("VIEW", OLD_VIEWS), ("TABLE", OLD_TABLES)):
        for (name,) in connection.execute(query).fetchall():
            connection.execute(f"DROP {kind} lake.main.{_identifier(name)}")
    for (name,) in connection.execute(TABLES).fetchall():
        columns = ", ".join(
            f"{_identifier(column)} {kind}{'' if nullable else ' NOT NULL'}"
            for column, kind, nullable in connection.execute(COLUMNS, [name]).fetchall()
        )
        connection.execute(f"CREATE TABLE lake.main.{_identifier(name)} ({columns})")
        connection.table(f"draft.main.{_identifier(name)}").insert_into(f"lake.main.{_identifier(name)}")
    for (statement,) in connection.execute(VIEWS).fetchall():
        connection.execute(statement)
    for statement in RULES:
        connection.execute(statement)


def _name_in_use(connection: duckdb.DuckDBPyConnection, build_id: str, author: str) -> None:
    connection.execute(IN_USE, [build_id])
    connection.execute(MESSAGE, {"author": author, "message": build_id})


def _prune(connection: duckdb.DuckDBPyConnection) -> None:
    kept = list(lake.snapshots(connection).values())[-KEPT:]
    old = [number for (number,) in connection.execute(OLD_SNAPSHOTS, {"kept": kept}).fetchall()]
    if old:
        connection.execute(EXPIRE, {"old": old}).fetchall()  # a SELECT that nobody fetches is not run to its end
    for statement in CLEAN:
        connection.execute(statement).fetchall()


def _identifier(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
