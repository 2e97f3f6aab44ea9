"""Whether the folder of all snapshots is as published: each snapshot there, nothing strange, listings that follow from them."""

from __future__ import annotations

import json
from pathlib import Path

from insight.addresses import FOLDER, LATEST
from insight.snapshot.manifest import INDEX, NAME, NoManifest
from insight.snapshot.publish import LOCK, entry_of, home_of, listings, published

UNREADABLE = (OSError, ValueError, KeyError, TypeError)


def public_folder(folder: Path) -> Path | None:
    """The public folder, if it is given itself or by its folder of snapshots; None for a single snapshot."""
    for place in (folder, folder.resolve().parent):
        if (place / FOLDER / INDEX).is_file() and (place == folder or folder.resolve().name == FOLDER):
            return place
    return None


def follows(out: Path) -> bool:
    """Whether index, listings and ``latest`` are those that follow from the snapshots that are there."""
    try:
        index, listed = _index(out)
    except UNREADABLE:
        return False
    there = [path.name for path in published(out)]
    return sorted(listed) == there and not _latest(out / FOLDER, there) and not _listings(out, index, there)


def faults_of(out: Path) -> list[str]:
    """What is missing, strange or altered beside the snapshots themselves.

    Args:
        out: the public folder, which holds the folder of snapshots.
    """
    top = out / FOLDER
    try:
        index, dates = _index(out)
    except UNREADABLE as error:
        return [f"altered: {top / INDEX}: it cannot be read ({error})"]
    gone = [day for day in dates if not (top / day / NAME).is_file()]
    files = {Path(path) for path in listings([], "", "", "")}
    mine = {path.name for path in files if path.parent.name == FOLDER} | {LATEST, LOCK} | set(dates)
    found = [f"missing: {top / day}: {INDEX} lists this snapshot" for day in gone]
    found += [f"added: {path}" for path in sorted(top.iterdir()) if path.name not in mine]
    outer = {path.name for path in files if path.parent.name != FOLDER} | {FOLDER}
    found += [f"added: {path}" for path in sorted(out.iterdir()) if path.name not in outer]
    found += _latest(top, dates)
    return found if gone else found + _listings(out, index, dates)


def _index(out: Path) -> tuple[dict[str, object], list[str]]:
    """The index of a public folder, and the dates that it lists."""
    index = json.loads((out / FOLDER / INDEX).read_text(encoding="utf-8"))
    return index, [str(entry["date"]) for entry in index["snapshots"]]


def _latest(top: Path, dates: list[str]) -> list[str]:
    link, newest = top / LATEST, max(dates, default="")
    if not link.is_symlink():
        return [f"missing: {link}"]
    if str(link.readlink()) != newest:
        return [f"altered: {link}: it leads to {link.readlink()}, and the newest snapshot is of {newest}"]
    return []


def _listings(out: Path, index: dict[str, object], dates: list[str]) -> list[str]:
    """Listings that are not what follows from the snapshots."""
    try:
        entries = [entry_of(out / FOLDER / day) for day in sorted(dates, reverse=True)]
    except NoManifest as error:
        return [f"altered: {error}"]
    found = []
    home = home_of(out / FOLDER / max(dates, default=""))
    for path, content in listings(entries, str(index.get("site_name", "")), str(index.get("address", "")), home).items():
        place = out / path
        if not place.is_file():
            found.append(f"missing: {place}")
        elif place.read_bytes() != content:
            found.append(f"altered: {place}: it is not what follows from the snapshots")
    return found
