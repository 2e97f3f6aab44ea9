"""Every release that a build loads: the files of ``data/published`` and ``data/incoming`` with their source."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import yaml
from pydantic import Field, ValidationError

from etl.dates import day_in_words
from etl.definitions import Definition, KnownRelease, Publication
from etl.layout import ADDRESS, COLUMNS, KEYS, PARTIAL_DATE
from etl.paths import DataFolder
from etl.problems import Problem, Refused, faults_of, refuse
from etl.reference import Reference
from etl.row_rules import VALUED
from etl.tidy import read_tidy
from vocabulary import Origin

SIDECAR = ".source.yaml"
INGEST_AGAIN = "Ingest the release again."
REPLACED = (
    "This file was added by a user in the place of the release that came with the project: it is not the publisher's file that "
    "the project knows, and its figures differ."
)


class IncomingSource(Definition):
    """What ``ingest`` writes beside a release: where it came from and what was done to it."""

    publication: str
    release: str
    published: str | None = Field(default=None, pattern=PARTIAL_DATE)
    title: str | None = None
    url: str | None = Field(default=None, pattern=ADDRESS)
    original_file: str
    original_sha256: str
    ingested_at: str
    done: str
    origin: Origin


@dataclass(frozen=True)
class Release:
    """A release, read and validated.

    ``frame`` has the columns of its publication's grain plus ``row_number`` (line of the file). ``added`` is when a person
    ingested it; empty for one that came with the project.
    """

    publication: Publication
    release: str
    path: Path
    frame: pd.DataFrame
    source: dict[str, str | None]
    added: str

    @property
    def source_id(self) -> str:
        """Key of this release in table ``source``."""
        return self.publication.source_id(self.release)


@dataclass(frozen=True)
class Superseded:
    """A row that a user's release replaces."""

    file: str
    row_number: int
    column: str
    value: str
    reason: str


def release_files(folder: DataFolder, extra: Path | None = None) -> dict[tuple[str, str], Path]:
    """The file of each (publication, release); a release in ``incoming`` replaces the one that came with the project.

    Args:
        folder: the data folders.
        extra: a folder of the same layout that replaces both, for trying out what is about to be ingested.
    """
    files: dict[tuple[str, str], Path] = {}
    for root in (folder.published, folder.incoming, extra):
        if root is not None and root.is_dir():
            for path in sorted(root.glob("*/*.csv")):
                files[(path.parent.name, path.stem)] = path
    return dict(sorted(files.items()))


def read_releases(folder: DataFolder, reference: Reference, extra: Path | None = None, *, own: bool = True) -> list[Release]:
    """Read and validate every release.

    Args:
        folder: the data folders.
        extra: releases that replace those of ``folder``.
        own: whether releases that a user added are read; without them, what they replaced is.

    Raises:
        Refused: with the problems of every file, if there are any.
    """
    files = release_files(folder, extra)
    if not files:
        raise refuse(folder.published, "There is no release to load.", "Restore data/published from the project.")
    releases: list[Release] = []
    problems: list[Problem] = []
    for (publication, release), path in files.items():
        try:
            published = folder.published / publication / path.name
            one = _read_release(publication, release, path, published, reference)
            if not own and one.source["origin"] == Origin.USER:
                if not published.is_file() or path == published:
                    continue
                one = _read_release(publication, release, published, published, reference)
            releases.append(one)
        except Refused as refused:
            problems += refused.problems
    if problems:
        raise Refused(problems)
    return releases


def _read_release(name: str, release: str, path: Path, published: Path, reference: Reference) -> Release:
    publication = reference.publications.get(name)
    if publication is None:
        raise refuse(path, f"There is no publication {name!r}.", "Define it in data/reference/publications.yaml.")
    known, origin, added = _known_release(publication, release, path, published)
    frame = read_tidy(path, publication.grain, reference)
    source: dict[str, str | None] = {
        "source_id": publication.source_id(release),
        "publication": name,
        "publisher": publication.publisher,
        "title": known.title or publication.title,
        "release": release,
        "published": known.published,
        "url": known.url or publication.url,
        "licence": publication.licence,
        "file_name": f"{name}/{path.name}",
        "file_sha256": file_sha256(path),
        "subject": publication.subject,
        "coverage": f"{publication.coverage} {known.coverage or _periods(frame)}".strip(),
        "done": " ".join(text for text in (publication.done, known.note) if text),
        "origin": origin,
    }
    return Release(publication, release, path, frame.assign(row_number=frame.index + 2), source, added)


def published_on(folder: DataFolder, reference: Reference, publication: str, release: str) -> str:
    """When a release that is loaded was published: YYYY, YYYY-MM or ISO; empty where no one recorded it.

    Raises:
        Refused: nothing says where the release comes from.
    """
    path = release_files(folder)[(publication, release)]
    published = folder.published / publication / path.name
    return _known_release(reference.publications[publication], release, path, published)[0].published or ""


def _periods(frame: pd.DataFrame) -> str:
    """Which periods a release has figures of, for one of which nothing else is known."""
    if "period_end" not in frame.columns:
        return ""
    first, last = (day_in_words(str(day)) for day in (frame["period_end"].min(), frame["period_end"].max()))
    return f"Period ending {first}." if first == last else f"Periods ending {first} to {last}."


def _known_release(publication: Publication, release: str, path: Path, published: Path) -> tuple[KnownRelease, str, str]:
    """What is known of a release: from the project's list, else from the file that ``ingest`` wrote beside it.

    A file in ``incoming`` is the release that the project lists only if it says the same as the project's own file, or was read
    from an original that the list knows by its hash, or has the figures that the list knows by theirs, or there is neither to
    hold it against. Otherwise only the name is the same, and a person stands for the file: nothing that is said of the release
    of the project is said of it.

    Args:
        published: where the project's own file of that release is, or would be.

    Returns:
        What is known, its origin, and when a person added it.
    """
    listed = publication.releases.get(release)
    held = published.is_file()
    if listed and (path == published or file_sha256(path) in (listed.figures_sha256, held and file_sha256(published))):
        return listed, Origin.PUBLISHER, ""
    entry = _sidecar(path)
    if listed and (listed.is_original(entry.original_sha256) or not (held or listed.original_sha256)):
        return listed, Origin.PUBLISHER, ""
    note = " ".join([entry.done, REPLACED] if listed else [entry.done])
    known = KnownRelease(published=entry.published, title=entry.title, url=entry.url, note=note)
    return known, Origin.USER if listed else entry.origin, entry.ingested_at


def _sidecar(path: Path) -> IncomingSource:
    """What ``ingest`` wrote beside a release."""
    sidecar = path.with_name(path.stem + SIDECAR)
    try:
        return IncomingSource.model_validate(yaml.safe_load(sidecar.read_text(encoding="utf-8")))
    except OSError as error:
        why = f"Nothing says where this release comes from ({sidecar.name} is missing)."
        raise refuse(path, why, "Add it with `python -m etl ingest`, which writes that file.") from error
    except ValidationError as error:
        raise Refused(faults_of(error, sidecar, INGEST_AGAIN)) from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise refuse(sidecar, "This is not YAML, as `ingest` wrote it.", INGEST_AGAIN) from error


def file_sha256(path: Path) -> str:
    """The hash of a file's bytes."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def rows_of(releases: list[Release], grain: str) -> tuple[pd.DataFrame, list[Superseded]]:
    """All rows of a grain with ``source_id``; of rows with one key the user's last stays and the others are told.

    What is counted keeps every release; a judgement (a grade, an inspection) stands once.
    """
    chosen = sorted((r for r in releases if r.publication.grain == grain), key=_user_last)
    if not chosen:
        return pd.DataFrame(columns=[*COLUMNS[grain], "row_number", "source_id", "release", "file"]), []
    rows = pd.concat(
        [r.frame.assign(source_id=r.source_id, release=r.release, file=r.source["file_name"]) for r in chosen],
        ignore_index=True,
    )
    if grain in VALUED:
        return rows, []
    replaced = rows[rows.duplicated(KEYS[grain], keep="last")]
    return rows.drop(replaced.index).reset_index(drop=True), list(_superseded(replaced, KEYS[grain]))


def _user_last(release: Release) -> tuple[bool, str, str]:
    return release.source["origin"] == Origin.USER, release.added, release.release


def _superseded(replaced: pd.DataFrame, key: list[str]) -> Iterator[Superseded]:
    for row in replaced.to_dict("records"):
        value = ", ".join(str(row[column]) for column in key)
        reason = "A row that a user added has the same key and stands in its place."
        yield Superseded(str(row["file"]), int(row["row_number"]), key[-1], value, reason)
