"""The warehouse folder: one file a build, and ``current``, a link that names the one in use.

A build is written beside the others under a name of its own and becomes current by renaming the link, so a reader sees
the old warehouse or the new one, never a half. Nothing here opens a file for writing that a reader may have open.
"""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
from filelock import FileLock, Timeout

import faults
from contract import BUILD, CURRENT, FILE, departure
from etl.contents import is_whole
from etl.problems import Refused, refuse

log = logging.getLogger(__name__)

LOCK = ".lock"
WAIT_SECONDS = 60.0  # for another build to finish
# A finished build is never changed: its file says so to every other program. Who may write in the folder can still rename or
# remove it. (The administrator's programs are not stopped by it.)
READ_ONLY = 0o444
UNFINISHED = "unfinished-"
KEPT = 5
HELD = "Could not set lock"  # what DuckDB says of a file that another program has open for writing
NO_PERMISSION = "permission denied"  # likewise, in any case of letters


@contextmanager
def building(folder: Path, wait: float) -> Iterator[None]:
    """Hold the right to change this warehouse folder; the system lets go of it when the process dies.

    Raises:
        Refused: another process held it for the whole of ``wait`` seconds.
    """
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / LOCK)
    try:
        lock.acquire(timeout=wait)
    except Timeout as error:
        raise another_build_runs(folder, wait) from error
    try:
        yield
    finally:
        lock.release()


def another_build_runs(place: Path, wait: float) -> Refused:
    """The refusal of a build that waited for another."""
    why = f"Another build of this warehouse is running (waited {wait:g} s)."
    return refuse(place, why, "Try again when it has finished, or wait longer with --wait.")


def builds(folder: Path) -> list[Path]:
    """The finished builds, oldest first."""
    return sorted(folder.glob(f"{BUILD}*{FILE}"))


def current_build(folder: Path) -> Path | None:
    """The file in use, or None before the first build."""
    link = folder / CURRENT
    target = Path(os.path.realpath(link))
    return target if link.is_symlink() and target.is_file() else None


def unfinished_file(folder: Path) -> Path:
    """Where a build of this process is written until it is finished."""
    return folder / f"{UNFINISHED}{os.getpid()}{FILE}"


def clear_unfinished(folder: Path) -> None:
    """Remove what builds that died have left. Call it only while holding ``building``."""
    for path in folder.glob(f"{UNFINISHED}*"):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)  # where DuckDB put what did not fit into memory
            continue
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            log.warning("%s is left over and cannot be removed: %s", path, error.strerror)


def finish(folder: Path, unfinished: Path, build_id: str) -> Path:
    """Give a finished build its name, read-only, and make it current; keep the last ``KEPT`` builds."""
    final = folder / f"{BUILD}{build_id}{FILE}"
    unfinished.chmod(READ_ONLY)
    _to_disk(unfinished)
    unfinished.rename(final)
    make_current(folder, final)
    for old in builds(folder)[:-KEPT]:
        if old != final:
            with tidying(f"The old build {old.name} was not removed"):
                old.unlink()  # a reader that has it open keeps it until it lets go
    return final


@contextmanager
def tidying(failed: str, faults: tuple[type[Exception], ...] = (OSError,), said: Callable[[str], str] = str) -> Iterator[None]:
    """What is done when the new build is in use already: where it fails, the command has done its work all the same, and says so.

    Args:
        failed: what then was not done, in words, for the warning.
        faults: what may go wrong.
        said: makes of a fault's text what may stand in a log.
    """
    try:
        yield
    except faults as error:
        log.warning("%s: %s. The build is in use all the same; the next one tries again.", failed, said(str(error)))


def make_current(folder: Path, build: Path) -> None:
    """Name another build as the one in use, in one step."""
    link = folder / f"{UNFINISHED}{CURRENT}-{os.getpid()}"
    link.unlink(missing_ok=True)
    link.symlink_to(build.name)
    link.rename(folder / CURRENT)
    with tidying("Which build is in use was not written through to the disk"):
        _to_disk(folder)


def roll_back(folder: Path) -> Path:
    """Make the newest whole build before the current one current.

    Raises:
        Refused: there is none.
    """
    current = current_build(folder)
    older = [build for build in builds(folder) if current is not None and build.name < current.name]
    whole = next((build for build in reversed(older) if is_whole(build)), None)
    if whole is None:
        raise no_earlier_build(folder, len(older))
    make_current(folder, whole)
    return whole


def no_earlier_build(place: Path, unreadable: int) -> Refused:
    """The refusal to go back where every earlier build, if there is any, cannot be read.

    Args:
        place: the folder or the variable that names the warehouse.
        unreadable: how many earlier builds there are.
    """
    damaged = f" ({unreadable} earlier are damaged or of another version of this program)" if unreadable else ""
    return refuse(place, f"There is no earlier build to go back to{damaged}.", "Build again from the data you want.")


@contextmanager
def reading(build: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """``open_for_reading`` for a command: a build that cannot be read is refused.

    Raises:
        Refused: the file is damaged, is no build of this version, may not be read, or is held open for writing by another.
        duckdb.Error: the machine does not let it be read (``faults.meaning``).
    """
    try:
        with open_for_reading(build) as connection:
            if wrong := departure(connection):
                raise refuse(build, f"This build {wrong}.", "Build again with `python -m etl build`.")
            yield connection
    except duckdb.Error as error:
        if HELD in str(error):
            why = "Another program holds this build open for writing."
            raise refuse(build, why, "Close it there, or open it there for reading only.") from error
        if NO_PERMISSION in str(error).lower():
            raise refuse(build, "There is no permission to read this build.", "Let the user of this program read it.") from error
        if faults.meaning(error):
            raise  # the machine's, which the command's end tells: neither building nor going back would help
        why = f"This build cannot be read: {str(error).splitlines()[0].rstrip('.')}."
        raise refuse(build, why, "Build again, or go back with `python -m etl rollback`.") from error


def open_for_reading(build: Path) -> duckdb.DuckDBPyConnection:
    """A connection that cannot change the build."""
    return duckdb.connect(build, read_only=True)


@dataclass(frozen=True)
class Folder:
    """The folder as a place for builds (``etl.place.Place``)."""

    folder: Path

    def holding(self, wait: float) -> AbstractContextManager[None]:
        """See ``building``."""
        return building(self.folder, wait)

    def in_use(self) -> Path | None:
        """See ``current_build``."""
        return current_build(self.folder)

    def builds(self) -> list[Path]:
        """See ``builds``."""
        return builds(self.folder)

    def reading(self, build: Path) -> AbstractContextManager[duckdb.DuckDBPyConnection]:
        """See ``reading``."""
        return reading(build)

    def publish(self, draft: Path, build_id: str) -> Path:
        """See ``finish``."""
        return finish(self.folder, draft, build_id)

    def roll_back(self) -> Path:
        """See ``roll_back``."""
        return roll_back(self.folder)

    def files(self, build: Path) -> dict[str, list[str]]:
        """No table has files of its own."""
        return {}


def _to_disk(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
