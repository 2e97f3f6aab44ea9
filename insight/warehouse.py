"""The reading side: which build is in use, and a connection that can do nothing but read it.

A page takes one build from top to bottom: it asks ``build_in_use`` once a run and hands the path to all it reads.
"""

from __future__ import annotations

import contextlib
import logging
import os
import re
import shutil
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import Any

import duckdb
import pandas as pd

import faults
from contract import BUILD, CURRENT, FILE, departure, is_shared, other_version
from contract import build_id as build_id
from environment import query_seconds, shared_warehouse, warehouse_root

log = logging.getLogger(__name__)

# What DuckDB says of a file that another program, or this one, has open for writing.
HELD = ("Could not set lock", "different configuration than existing connections")
# Every connection of a process to one file must be given the same settings, or DuckDB refuses the second.
SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "threads": 1,  # a question takes milliseconds: a second thread costs more than it saves, and readers come at once
    # Of one build, for all who read it: the limit is that of a file. The dashboard keeps three open at most, which makes 480 MB.
    "memory_limit": "160MB",
    "enable_external_access": False,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "lock_configuration": True,
}
# Of a shared warehouse: it locks itself when its catalogue is attached.
SHARED_SETTINGS = {name: SETTINGS[name] for name in ("threads", "memory_limit")}
ASKED_AGAIN_SECONDS = 2.0
HANDLES_OF_A_BUILD = 3  # that DuckDB has at once while it opens one


class NoWarehouse(Exception):
    """There is no finished build to read."""


class WarehouseHeld(NoWarehouse):
    """Another program has the build open for writing, so that nobody can read it meanwhile."""


class WarehouseDamaged(NoWarehouse):
    """The build's file is cut off, or no warehouse."""


class WarehouseBarred(NoWarehouse):
    """The machine does not let it be read just now: no permission, no handle, no memory, a disk that fails."""


class WarehouseOfAnotherVersion(WarehouseDamaged):
    """The file can be read, and is not what this program reads: of another version, altered, empty, or of something else."""


class WarehouseUnreachable(NoWarehouse):
    """The shared warehouse's catalogue does not answer."""


class QueryFailed(Exception):
    """A named query could not be run; the message names it."""


def build_in_use(folder: Path | None = None) -> Path:
    """The file that ``current`` names, with links resolved, so that a new build is a new path.

    Raises:
        NoWarehouse: nothing was built, or the file that is named is gone.
        WarehouseBarred: the machine does not let us look.
        WarehouseUnreachable: it is shared and does not answer.
    """
    if folder is None and shared_warehouse():
        return shared_build_in_use(int(time.monotonic() / ASKED_AGAIN_SECONDS))
    link = (folder or warehouse_root()) / CURRENT
    try:
        target = Path(os.path.realpath(link))
        there = target.is_file()
    except OSError as error:
        if told := barred(error, str(link)):
            raise told from error
        raise
    if not there or target.name == CURRENT:
        log.warning("There is no warehouse in %s", link.parent)
        raise NoWarehouse("There is no warehouse yet. Run `make build`.")
    return target


def kept_build(newest: Path, named: str) -> Path | None:
    """An earlier build that is still kept beside the newest, or None; a name that no build can have finds nothing."""
    if not re.fullmatch(r"[0-9A-Za-z-]{1,80}", named):
        return None
    if is_shared(newest):
        with _of_the_lake() as lake:
            return lake.build_address(named) if named in lake.snapshots() else None
    file = newest.with_name(f"{BUILD}{named}{FILE}")
    return file if file.is_file() else None


def kept_builds(newest: Path) -> int:
    """How many builds are kept, the newest counted.

    Raises:
        WarehouseUnreachable: they are in a shared warehouse, which does not answer.
    """
    if is_shared(newest):
        with _of_the_lake() as lake:
            return len(lake.snapshots())
    return len(list(newest.parent.glob(f"{BUILD}*{FILE}")))


@lru_cache(maxsize=1)
def shared_build_in_use(now: int) -> Path:
    """Asked again every few seconds, not at every click: ``now`` counts them."""
    with _of_the_lake() as lake:
        return lake.build_in_use()


@contextmanager
def _of_the_lake() -> Iterator[ModuleType]:
    """The module that opens a shared warehouse, imported where there is one; what it cannot reach is told as the rest is."""
    import lake

    try:
        yield lake
    except lake.NoBuild as error:
        raise NoWarehouse(str(error)) from None
    except lake.Unreachable as error:
        log.warning("%s", error)
        raise WarehouseUnreachable(
            "The shared warehouse does not answer just now; its operator finds the reason in the log."
        ) from None


@dataclass(frozen=True)
class Warehouse:
    """One build, open for reading. Safe to share between threads: every query has a cursor of its own."""

    path: Path
    connection: duckdb.DuckDBPyConnection

    @contextmanager
    def cursor(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor of one's own, in the build's tables."""
        with self.connection.cursor() as cursor:
            if is_shared(self.path):
                with _of_the_lake() as lake:
                    cursor.execute(lake.ENTER)
            yield cursor

    def rows(self, name: str, query: str, parameters: Mapping[str, Any] | None = None) -> pd.DataFrame:
        """The rows of a named query.

        Args:
            name: what the query answers, for the log and for errors.
            query: SQL with ``$parameters``; nothing is ever formatted into it.
            parameters: their values.

        Raises:
            QueryFailed: with the query's name.
        """
        started = time.perf_counter()
        try:
            with self.cursor() as cursor, _within(cursor, query_seconds()):
                frame = cursor.execute(query, dict(parameters or {})).df()
        except duckdb.InterruptException as error:
            raise QueryFailed(f"{name}: it took longer than {query_seconds():g} seconds") from error
        except (duckdb.Error, MemoryError) as error:
            if is_shared(self.path):  # what the catalogue's client says may hold the address with its password
                with _of_the_lake() as lake:
                    raise QueryFailed(f"{name}: {lake.without_credentials(str(error))}") from None
            raise QueryFailed(f"{name}: {error}") from error
        log.debug("%s: %d rows in %.1f ms", name, len(frame), (time.perf_counter() - started) * 1000)
        return frame


@contextmanager
def _within(cursor: duckdb.DuckDBPyConnection, seconds: float) -> Iterator[None]:
    """Interrupt what the cursor does when it takes longer: one slow query must not hold the readers behind it."""
    timer = threading.Timer(seconds, cursor.interrupt)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def open_warehouse(path: Path) -> Warehouse:
    """Open a build for reading; it can neither be changed nor reach any other file.

    From then on pandas keeps texts as objects of Python: what is read is gone through row by row, and of Arrow each text would be
    made anew each time.

    Raises:
        WarehouseHeld: another program has it open for writing.
        WarehouseOfAnotherVersion: its tables are not those that this program reads.
        WarehouseBarred: the machine does not let it be read just now.
        WarehouseDamaged: it cannot be read for any other reason.
        WarehouseUnreachable: it is shared and does not answer.
    """
    pd.set_option("mode.string_storage", "python")
    if is_shared(path):
        return _open_shared(path)
    try:
        _look_for_handles()
        connection = duckdb.connect(path, read_only=True, config=SETTINGS)
        wrong = departure(connection)
    except (duckdb.Error, OSError, MemoryError) as error:
        if any(said in str(error) for said in HELD):
            why = f"Another program holds the warehouse {path.name} open for writing."
            raise WarehouseHeld(f"{why} Close it there, or open it there for reading only.") from error
        if told := barred(error, str(path)):
            raise told from error
        log.warning("%s cannot be read: %s", path, error)
        why = f"The warehouse {path.name} cannot be read: its file is damaged."
        raise WarehouseDamaged(f"{why} Run `python -m etl rollback` or `make build`.") from error
    if wrong:
        connection.close()
        log.warning("%s %s", path, wrong)
        raise WarehouseOfAnotherVersion(f"The warehouse {path.name} {wrong}. Run `make build`.")
    return Warehouse(path, connection)


@contextmanager
def opened(path: Path) -> Iterator[Warehouse]:
    """A build for as long as it is looked at: ``open_warehouse``, and closed after it."""
    warehouse = open_warehouse(path)
    try:
        yield warehouse
    finally:
        warehouse.connection.close()


def barred(error: BaseException, place: str) -> WarehouseBarred | None:
    """What to raise of an error that the machine gave; None where it is another. The place is told to the log alone.

    Going back to an earlier build, which helps where one is damaged, would help with none of these.
    """
    said = faults.meaning(error)
    if said is None:
        return None
    log.warning("%s cannot be read: %s", place, error)
    if said is faults.NO_PERMISSION:
        return WarehouseBarred("There is no permission to read the warehouse. Let the user of this program read it.")
    return WarehouseBarred(f"{said[0]}, so that the warehouse cannot be read. {said[1]}.")


def _look_for_handles() -> None:
    """DuckDB ends the whole process where it finds no handle left; the system's own answer can be told.

    Raises:
        OSError: there are too few.
    """
    with contextlib.ExitStack() as stack:
        for _ in range(HANDLES_OF_A_BUILD):
            stack.enter_context(Path(os.devnull).open("rb"))  # never the build: to close it would end DuckDB's locks on it


def _open_shared(path: Path) -> Warehouse:
    with _of_the_lake() as lake:
        connection = lake.open_for_reading(path, SHARED_SETTINGS)
    try:
        wrong = other_version(connection)
    except duckdb.Error as error:
        connection.close()
        log.warning("%s says no version: %s", path.name, type(error).__name__)
        wrong = "says no version of its tables"
    if wrong:
        connection.close()
        log.warning("%s %s", path.name, wrong)
        raise WarehouseOfAnotherVersion(f"The build {build_id(path)} of the shared warehouse {wrong}. Run `make build`.")
    return Warehouse(path, connection)


def copy_build(path: Path, copy: Path) -> None:
    """A build as a DuckDB file that may be changed.

    Raises:
        WarehouseUnreachable: it is shared and does not answer.
    """
    if not is_shared(path):
        shutil.copyfile(path, copy)
        return
    with _of_the_lake() as lake:
        lake.copy_build(path, copy)
