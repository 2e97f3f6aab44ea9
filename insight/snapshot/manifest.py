"""The manifest: size and SHA-256 of every file of a snapshot, what it was made from and with; and whether it still is so."""

from __future__ import annotations

import hashlib
import json
import platform
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from insight.records import records
from insight.snapshot.edition import Edition
from insight.snapshot.package import plain, to_json

NAME = "manifest.json"
SIGNATURE = "manifest.json.asc"
INDEX = "snapshots.json"
TOOLS = ("brotli", "duckdb", "jinja2", "pandas", "pyarrow", "vl-convert-python")


class NoManifest(Exception):
    """The folder is no snapshot."""


@dataclass(frozen=True)
class Verdict:
    """What of a snapshot is not as its manifest says; paths relative to it, in order."""

    added: tuple[str, ...]
    missing: tuple[str, ...]
    altered: tuple[str, ...]
    files: int
    notes: tuple[str, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether every file is as published."""
        return not (self.added or self.missing or self.altered or self.notes)


def manifest(edition: Edition, files: dict[str, bytes]) -> bytes:
    """`manifest.json` of a snapshot's files."""
    build = edition.build
    return to_json(
        {
            "snapshot": edition.day.isoformat(),
            "build": {
                "build_id": str(build["build_id"]),
                "built_at": f"{build['built_at']:%Y-%m-%dT%H:%M:%SZ}",
                "code_version": str(build["code_version"]),
                "content_hash": str(build["content_hash"]),
            },
            "sources": [
                {name: plain(row[name]) for name in ("source_id", "release", "published", "file_sha256", "origin")}
                for row in records(edition.sources)
            ],
            "tools": {"python": platform.python_version(), **{tool: version(tool) for tool in TOOLS}},
            "withheld": {
                "figures": edition.withheld.figures,
                "to_protect": edition.withheld.cells,
                "by_kind": {
                    kind: {"figures": figures, "numbers": cells}
                    for kind, (figures, cells) in sorted(edition.withheld.by_kind.items())
                },
            },
            "files": [
                {"path": path, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
                for path, content in sorted(files.items())
            ],
        },
        indent=1,
    )


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a snapshot.

    Raises:
        NoManifest: there is none, or it cannot be read.
    """
    try:
        found = json.loads((folder / NAME).read_text(encoding="utf-8"))
        [(entry["path"], entry["size"], entry["sha256"]) for entry in found["files"]]
    except FileNotFoundError as error:
        raise NoManifest(f"{folder} has no {NAME}") from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise NoManifest(f"{folder / NAME} cannot be read: {error}") from error
    return found


def verify(folder: Path) -> Verdict:
    """Every file of a snapshot against its manifest, and the manifest against the index beside the snapshot, if there is one.

    Raises:
        NoManifest: the folder is no snapshot.
    """
    listed = {entry["path"]: entry for entry in read_manifest(folder)["files"]}
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_symlink() or not path.is_dir()}
    mine = {NAME, SIGNATURE}
    altered = [
        path
        for path, entry in listed.items()
        if path in found and (found[path].is_symlink() or not _same(found[path], entry["size"], entry["sha256"]))
    ]
    return Verdict(
        added=tuple(sorted(set(found) - set(listed) - mine)),
        missing=tuple(sorted(set(listed) - set(found))),
        altered=tuple(sorted(altered)),
        files=len(listed),
        notes=_against_index(folder),
    )


def sha256_of(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def snapshots_in(folder: Path) -> list[Path]:
    """The snapshots that a folder is or holds: itself, those in it, those in its `snapshots` folder; oldest first."""
    if (folder / NAME).is_file():
        return [folder]
    return dated(folder) or dated(folder / "snapshots")


def dated(folder: Path) -> list[Path]:
    """The snapshots that lie in a folder, oldest first."""
    return [path.parent for path in sorted(folder.glob(f"[0-9]*/{NAME}")) if not path.parent.is_symlink()]


def _same(path: Path, size: int, digest: str) -> bool:
    return path.is_file() and path.stat().st_size == size and sha256_of(path) == digest


def _against_index(folder: Path) -> tuple[str, ...]:
    """The manifest itself could be rewritten; the index of snapshots holds its SHA-256."""
    index = folder.resolve().parent / INDEX
    if not index.is_file():
        return ()
    entries = {entry["date"]: entry for entry in json.loads(index.read_text(encoding="utf-8"))["snapshots"]}
    entry = entries.get(folder.resolve().name)
    if entry is None or entry["manifest_sha256"] == sha256_of(folder / NAME):
        return ()
    return (f"{NAME} is not the one that {INDEX} names",)
