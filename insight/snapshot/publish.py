"""Publishing: a snapshot's files to a folder of their own that nothing ever writes to again, an index, a feed and `latest`."""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from html import escape
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

import brotli
from filelock import FileLock

from insight.addresses import FOLDER, LATEST
from insight.format import partial_date
from insight.snapshot.manifest import INDEX, NAME, dated, read_manifest, sha256_of
from insight.snapshot.package import to_json
from insight.snapshot.render import environment
from writing import clear_parts, replace_file

FEED = "feed.xml"
LOCK = ".lock"
PART = ".part-"
COMPRESSED = (".html", ".css", ".svg", ".json", ".csv", ".xml")
WORTH_IT = 1024  # bytes; below, a compressed file saves nothing
LARGE = 300_000  # bytes; above, the last per cent of Brotli costs more time than it saves
LEAD = "An edition is everything as it was published on one day. None is ever changed."
LOST = "The address may be mistyped. Pages of an edition never move; start from one of these."
HOME = "index.html"
RELATIVE = re.compile(r'(?<=\b(?:href)=")(?![a-z]+:|[#/])')


class NotInOrder(Exception):
    """A newer snapshot is there; what changed is told from each to the next, and that is published."""


class AlreadyPublished(Exception):
    """A snapshot of this date is there; nothing published is overwritten."""


def refuse_if_published(out: Path, day: date) -> None:
    """Refuse a date that is taken, and one before the newest snapshot.

    Raises:
        AlreadyPublished: naming what is there.
        NotInOrder: naming what is newer.
    """
    place = out / FOLDER / day.isoformat()
    if place.exists() or place.is_symlink():
        raise AlreadyPublished(f"{place} is published, and nothing published is overwritten. Choose another date or folder.")
    newer = [path.name for path in published(out) if path.name > day.isoformat()]
    if newer:
        raise NotInOrder(f"A snapshot of {newer[-1]} is published, and one of {day.isoformat()} would have to stand before it.")


def snapshot_before(out: Path, day: date) -> Path | None:
    """The newest snapshot that is older than a day."""
    older = [path for path in published(out) if path.name < day.isoformat()]
    return older[-1] if older else None


def published(out: Path) -> list[Path]:
    """Folders of all snapshots, oldest first."""
    return dated(out / FOLDER)


def with_compressed(files: dict[str, bytes], workers: int) -> dict[str, bytes]:
    """The files, and beside each text worth it its `.gz` and `.br`, for a web server to send as they are."""
    chosen = [path for path in sorted(files) if path.endswith(COMPRESSED) and len(files[path]) >= WORTH_IT]
    with ThreadPoolExecutor(workers) as pool:
        zipped = pool.map(lambda path: gzip.compress(files[path], 9, mtime=0), chosen)
        crushed = pool.map(lambda path: _brotli(files[path]), chosen)
        made = {f"{path}.gz": content for path, content in zip(chosen, zipped, strict=True)}
        made |= {f"{path}.br": content for path, content in zip(chosen, crushed, strict=True)}
    return {**files, **made}


def _brotli(content: bytes) -> bytes:
    return brotli.compress(content, quality=11 if len(content) < LARGE else 6)


@contextmanager
def publishing(out: Path, day: date) -> Iterator[Path]:
    """A folder to write a snapshot to, which becomes the published one when all is written; else it is removed.

    Call it only while holding ``holding``.

    Raises:
        AlreadyPublished: a snapshot of this date is there.
    """
    top = out / FOLDER
    refuse_if_published(out, day)
    part = top / f"{PART}{day.isoformat()}"
    part.mkdir()
    try:
        yield part
        part.rename(top / day.isoformat())
    finally:
        shutil.rmtree(part, ignore_errors=True)


@contextmanager
def holding(out: Path) -> Iterator[None]:
    """Hold the right to change a public folder; what publishing that was killed has left in it is removed first."""
    top = out / FOLDER
    top.mkdir(parents=True, exist_ok=True)
    with FileLock(top / LOCK):
        for left in (*top.glob(f"{PART}*"), *top.glob(f".{LATEST}-*")):
            if left.is_dir() and not left.is_symlink():
                shutil.rmtree(left)
            else:
                left.unlink()
        for folder in (out, top):
            clear_parts(folder)
        yield


def write(folder: Path, files: dict[str, bytes]) -> None:
    """Write files that nobody is to write again."""
    for path, content in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        target.chmod(0o444)


def refresh_index(out: Path, site_name: str, address: str) -> None:
    """Write what lists the snapshots and follows the newest: index, feed, `latest`, the page for what is not there.

    Call it only while holding ``holding``.
    """
    top = out / FOLDER
    folders = published(out)[::-1]
    for path, content in listings([entry_of(one) for one in folders], site_name, address, home_of(folders[0])).items():
        replace_file(out / path, content)
    link = top / f".{LATEST}-{os.getpid()}"
    link.unlink(missing_ok=True)
    link.symlink_to(folders[0].name)
    link.replace(top / LATEST)


def home_of(folder: Path) -> str:
    """The home page of a snapshot."""
    return (folder / HOME).read_text(encoding="utf-8") if (folder / HOME).is_file() else ""


def listings(entries: list[dict[str, object]], site_name: str, address: str, home: str) -> dict[str, bytes]:
    """Every file that lists the snapshots, newest first, by its path in the public folder; the root is the newest home page.

    Args:
        entries: the snapshots as ``entry_of`` gives them, newest first.
        site_name: the name of the publication.
        address: its public address, where known.
        home: the home page of the newest.
    """
    made = {
        f"{FOLDER}/{INDEX}": to_json({"site_name": site_name, "address": address, "snapshots": entries}, indent=1),
        f"{FOLDER}/{FEED}": feed(entries, site_name, address),
    }
    listed = [{"date": str(entry["date"]), "said": partial_date(entry["date"])} for entry in entries]
    templates = environment()
    template = templates.get_template("index.html")
    for path, (title, lead, here) in {
        f"{FOLDER}/index.html": ("Editions", LEAD, ""),
        "404.html": ("There is no such page", LOST, "/snapshots/"),
    }.items():
        text = template.render(
            site_name=site_name, snapshots=listed, title=title, lead=lead, here=here, latest_root=f"{here}{LATEST}/"
        )
        made[path] = text.encode()
    made[HOME] = _root(home, templates.get_template("editions.html").module.editions(listed, f"{FOLDER}/")).encode()  # type: ignore[attr-defined]
    return made


def _root(home: str, editions: str) -> str:
    """The newest home page as it stands at the root: its links lead into ``latest``, and all editions are listed at its end."""
    return RELATIVE.sub(f"{FOLDER}/{LATEST}/", home).replace("</main>", f"{editions}\n</main>")


def feed(entries: list[dict[str, object]], site_name: str, address: str) -> bytes:
    """An Atom feed of the snapshots, newest first. Its dates are those of the snapshots, so that it can be made again alike."""
    base = f"{address.rstrip('/')}/{FOLDER}/" if address else ""
    updated = f"{entries[0]['date']}T00:00:00Z" if entries else "1970-01-01T00:00:00Z"
    items = "".join(_feed_entry(entry, base) for entry in entries)
    itself = f'<link rel="self" type="application/atom+xml" href="{escape(base)}feed.xml"/>' if base else ""
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en-GB">\n'
        f"<id>{_urn(site_name + address)}</id><title>{escape(site_name)}</title><updated>{updated}</updated>"
        f"<author><name>{escape(site_name)}</name></author>{itself}\n{items}</feed>\n"
    ).encode()


def _feed_entry(entry: dict[str, object], base: str) -> str:
    day = str(entry["date"])
    identity = _urn(f"{day} {entry['manifest_sha256']}")
    return (
        f"<entry><id>{identity}</id><title>Edition of {escape(partial_date(day))}</title><updated>{day}T00:00:00Z</updated>"
        f'<link rel="alternate" type="text/html" href="{escape(base)}{day}/index.html"/>'
        f'<link rel="related" type="application/json" href="{escape(base)}{day}/manifest.json"/>'
        f"<summary>{escape(str(entry['summary']))}</summary></entry>\n"
    )


def _urn(text: str) -> str:
    return f"urn:uuid:{uuid5(NAMESPACE_URL, text)}"


def entry_of(folder: Path) -> dict[str, object]:
    """A snapshot as the index lists it."""
    found = read_manifest(folder)
    changes = folder / "changes.json"
    summary = json.loads(changes.read_text(encoding="utf-8"))["sentence"] if changes.is_file() else ""
    return {
        "date": folder.name,
        "build_id": found["build"]["build_id"],
        "files": len(found["files"]),
        "bytes": sum(entry["size"] for entry in found["files"]),
        "manifest_sha256": sha256_of(folder / NAME),
        "summary": summary,
    }
