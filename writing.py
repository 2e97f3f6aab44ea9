"""Files that are written whole or not at all, and temporary folders that the next run removes if this one is killed."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

PREFIX = "force-scratch-"
# Held by the process whose folder it is; the system lets go of it however that process ends.
HELD = ".held"
# A folder gets its lock a moment after it is made: younger ones without it are left alone.
JUST_MADE = 60  # seconds
PART = re.compile(r"\.(?P<of>.+)\.(?P<process>\d+)\.part")


@contextmanager
def scratch() -> Iterator[Path]:
    """A temporary folder of this process; those of processes that were killed are removed first."""
    clear_scratch()
    folder = Path(tempfile.mkdtemp(prefix=PREFIX))
    try:
        new = folder / f"{HELD}.new"
        lock = FileLock(new)
        lock.acquire()
        # It has its name only once it is held, so that nobody takes a folder that is being made for one that was left.
        new.rename(folder / HELD)
        try:
            yield folder
        finally:
            lock.release()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def clear_scratch() -> None:
    """Remove the temporary folders that processes of this user have left when they were killed."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        try:
            if folder.is_symlink() or folder.stat().st_uid != os.getuid() or not _is_left(folder):
                continue
        except OSError:
            continue  # another process has removed it meanwhile
        shutil.rmtree(folder, ignore_errors=True)


def _is_left(folder: Path) -> bool:
    held = folder / HELD
    if not held.exists():
        return time.time() - folder.stat().st_mtime > JUST_MADE
    lock = FileLock(held)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return False
    lock.release()
    return True


def replace_file(path: Path, content: bytes) -> None:
    """Write a file in one step: whoever reads it sees the old content or the new, and a disk that is full keeps the old."""
    clear_parts(path.parent)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        part.write_bytes(content)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def clear_parts(folder: Path) -> None:
    """Remove unfinished files of ``replace_file`` in a folder whose processes are gone."""
    for path in folder.glob(".*.part"):
        found = PART.fullmatch(path.name)
        if found and not _lives(int(found["process"])):
            path.unlink(missing_ok=True)


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True
