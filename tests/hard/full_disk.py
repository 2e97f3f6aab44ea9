"""A disk that is read-only, then full: ``python -m tests.hard.full_disk`` (as root, on Linux: it mounts a small file system in memory).

Build, ingest, fetch, snapshot and briefing are run where so many KB are left, and where nothing can be written. Each must end with exit
code 5 and words, and leave what was there as it was; with room made, the same command must succeed.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from environment import warehouse_root
from etl.paths import DataFolder
from tests.exampland import MadeUp, save_csv
from tests.hard.country import Place, exampland
from tests.integration.publisher import Publisher, serving, write_feeds
from tests.integration.test_cli_fetch import a_year_on, as_csv

SNAPSHOT = ("tests.hard.snapshot_of_two", "build", "--workers", "1")
LEFT = (0, 300, 1_000, 3_000)  # KB


@contextmanager
def small_disk(room: Path, megabytes: int) -> Iterator[Path]:
    """A file system of that size in memory."""
    room.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(room)], check=True)
    try:
        yield room
    finally:
        subprocess.run(["umount", "-l", str(room)], check=True)


def fingerprint(*folders: Path) -> dict[str, str]:
    """Every file with its hash; locks are no content."""
    return {
        str(path): hashlib.sha256(path.read_bytes()).hexdigest()
        for folder in folders
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.is_symlink() and path.name not in (".lock", "filler")
    }


def fill(disk: Path, left: int) -> Path:
    """Take all room but so many KB."""
    filler = disk / "filler"
    size = max(0, shutil.disk_usage(disk).free - left * 1024)
    with filler.open("wb") as stream:
        for _ in range(size // 65536):
            stream.write(bytes(65536))
    return filler


def try_command(name: str, arguments: tuple[str, ...], disk: Path, place: Place, out: Path) -> str:
    """Run a command with less and less room missing; what came of it in a line.

    Raises:
        AssertionError: it did not end as it must.
    """
    codes = []
    for left in LEFT:
        before = fingerprint(place.data.root, out)
        filler = fill(disk, left)
        code, said = place.run(*arguments)
        filler.unlink()
        codes.append(code)
        if code == 0:
            break
        assert code == 5, f"{name}, {left} KB left: exit code {code}: {said}"
        assert "Traceback" not in said, said
        assert "There is no room left on the disk" in said, said
        assert fingerprint(place.data.root, out) == before, f"{name}, {left} KB left: something changed"
        assert place.left_over() == [], place.left_over()
    code, said = place.run(*arguments)
    assert code == 0 or (codes[-1] == 0 and code == 2), said
    return f"{name}: exit codes {codes} with {LEFT[: len(codes)]} KB left; then, with room, {code}"


@contextmanager
def read_only(disk: Path) -> Iterator[None]:
    """The same file system, where nothing can be written for a while."""
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    try:
        yield
    finally:
        subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)


def try_read_only(name: str, arguments: tuple[str, ...], place: Place) -> str:
    """Run a command where nothing can be written; what came of it in a line.

    Raises:
        AssertionError: it did not end as it must.
    """
    code, said = place.run(*arguments)
    assert code == 5, f"{name}, read-only: exit code {code}: {said}"
    assert "Traceback" not in said, said
    assert "read-only" in said or "No folder for temporary files" in said, said
    return f"{name}, read-only: exit code 5"


def main() -> None:
    """The command."""
    with tempfile.TemporaryDirectory(prefix="force-full-") as name, small_disk(Path(name) / "disk", 160) as disk:
        country = exampland(disk / "data")
        made = Publisher(csv=as_csv(a_year_on(country.dfe_rows())), end="2025")
        place = Place(DataFolder(disk / "data", disk / "data" / "warehouse"), disk / "tmp")
        place.temporary.mkdir()
        (disk / "out").mkdir()
        with serving(made):
            write_feeds(country.folder, made.port)
            ordeals(place, commands(country, disk), disk)


def ordeals(place: Place, given: Mapping[str, tuple[str, ...]], disk: Path) -> None:
    """Every command on a disk that is read-only, and then on one that fills."""

    def place_of(title: str) -> Place:
        # A briefing needs every measure, which Exampland does not have: that of a real force, from the build of the project.
        return Place(DataFolder(disk / "data", warehouse_root()), place.temporary) if title == "briefing" else place

    _change(place)
    before = fingerprint(disk)
    with read_only(disk):
        for title, arguments in given.items():
            print(try_read_only(title, arguments, place_of(title)), flush=True)
        code, said = place.run("etl", "status")
        assert code == 0, said
    assert fingerprint(disk) == before
    print("status, read-only: exit code 0; nothing changed", flush=True)
    for title, arguments in given.items():
        print(try_command(title, arguments, disk, place_of(title), disk / "out"), flush=True)


def commands(country: MadeUp, disk: Path) -> dict[str, tuple[str, ...]]:
    """The five commands on the small disk."""
    table, out = save_csv(country.nca_rows(), disk / "a3.csv"), disk / "out"
    return {
        "build": ("etl", "build"),
        "ingest": ("etl", "ingest", str(table), "--replace"),
        "fetch": ("etl", "fetch", "--yes", "--publication", "looked_after_missing"),
        "briefing": ("insight.briefing", "kent", "--out", str(out / "briefing.pptx")),
        "snapshot": (*SNAPSHOT, "--out", str(out / "public"), "--cache", str(disk / "charts")),
    }


def _change(place: Place) -> None:
    path = place.data.published / "police_missing_children" / "2021.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",306,", ",307,", 1), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
