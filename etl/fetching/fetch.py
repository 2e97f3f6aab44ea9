"""Asks each publisher what is newer than what is loaded, and takes it: same validation, same refusals, all or nothing."""

from __future__ import annotations

import calendar
import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path

import pandas as pd

from etl.build import Step
from etl.definitions import Feed
from etl.fetching.changes import Changes, changes
from etl.fetching.data_sets import DataSet, find_data_set
from etl.fetching.feeds import Feeds
from etl.fetching.http import Client, Downloaded
from etl.ingest import About, Ingested, take
from etl.paths import DataFolder
from etl.problems import BadAnswer, NoNetwork, refuse
from etl.reference import Reference
from etl.releases import published_on, release_files
from etl.sources import Reading, read_file
from etl.tidy import read_tidy
from writing import replace_file, scratch

STATE = ".fetched.json"
MONTH = len("2024-11")
UNSEEN = " Whether it was corrected since cannot be seen, for no date is recorded of the one that is loaded."


class Standing(StrEnum):
    """How a publication stands against its publisher."""

    UP_TO_DATE = "up to date"
    NEWER = "a newer release is out"
    CORRECTED = "a corrected version is out"
    TO_SEE = "only the file itself can say"
    BY_HAND = "no interface: look there"
    FAILED = "could not be asked"


@dataclass(frozen=True)
class Checked:
    """A publication, the newest release that is loaded (empty: none), how it stands, and what there is to fetch."""

    publication: str
    loaded: str
    standing: Standing
    detail: str
    data_set: DataSet | None = None

    @property
    def line(self) -> str:
        """In words."""
        return f"{self.publication}: {self.standing}. Loaded: {self.loaded or 'nothing'}. {self.detail}".rstrip()


@dataclass(frozen=True)
class Fetched:
    """What became of one file: what it changes (None where nothing was compared), and what ingest did or would do.

    ``note``: why nothing was taken.
    """

    publication: str
    address: str
    sha256: str
    changes: Changes | None
    outcomes: list[Ingested] = field(default_factory=list)
    note: str = ""


Agree = Callable[[str, Changes], bool]


def check(
    folder: DataFolder, reference: Reference, feeds: Feeds, client: Client, today: date, only: str | None = None
) -> list[Checked]:
    """How each publication stands; nothing is downloaded or changed.

    Args:
        today: against which a release is due, or was.
        only: one publication.

    Raises:
        Refused: for a publication that has no feed; a release that is loaded without its source.
    """
    asked = [feed for feed in feeds.feeds if only in (None, feed.publication)]
    if not asked:
        names = ", ".join(feed.publication for feed in feeds.feeds)
        raise refuse("release_feeds.yaml", f"It has no publication {only!r}.", f"Name one of: {names}.")
    state = _read_state(folder)
    return [_check_one(folder, reference, feeds, feed, client, today, state.get(feed.publication, {})) for feed in asked]


def _check_one(
    folder: DataFolder, reference: Reference, feeds: Feeds, feed: Feed, client: Client, today: date, known: dict[str, str]
) -> Checked:
    loaded = _loaded(folder, feed.publication)
    published = published_on(folder, reference, feed.publication, loaded) if loaded else ""
    if feed.look_at:
        return Checked(
            feed.publication, loaded, Standing.BY_HAND, f"{_due(feed, loaded, published, today)} Look at {feed.look_at}"
        )
    try:
        found = find_data_set(client, feeds, feed)
    except (NoNetwork, BadAnswer) as error:
        return Checked(feed.publication, loaded, Standing.FAILED, str(error))
    standing = _standing(found, loaded, published, known)
    said = [f"version {found.version}"] * bool(found.version) + [f"of {found.published}"] * bool(found.published)
    said += [f"to {found.year}"] * bool(found.year)
    unseen = UNSEEN if standing == Standing.UP_TO_DATE and not (published or known.get("version")) else ""
    return Checked(feed.publication, loaded, standing, f"“{found.title}”{', ' * bool(said)}{' '.join(said)}.{unseen}", found)


def _due(feed: Feed, loaded: str, published: str, today: date) -> str:
    """When the release after the loaded one is due, or why no date is known and when the publisher last released."""
    if feed.no_date:
        last = published[:MONTH] if len(published) >= MONTH else feed.newest_published
        return f"No date is announced: {feed.no_date}.{f' Last published {_in_words(last)}.' if last else ''}"
    if feed.published_in is None or not loaded:
        return f"A release comes out each {calendar.month_name[feed.published_in or 1]}."
    due = date(int(loaded) + 1 + feed.years_after, feed.published_in, 1)
    return f"The next release {'is' if due > today else 'was'} due in {_in_words(due.isoformat())}."


def _in_words(day: str) -> str:
    return f"{calendar.month_name[int(day[5:MONTH])]} {day[:4]}"


def _standing(found: DataSet, loaded: str, published: str, known: dict[str, str]) -> Standing:
    """How a data set stands against what is loaded.

    Args:
        published: when the loaded release was published, YYYY, YYYY-MM or ISO; empty where no one recorded it.
        known: what was fetched last, with its version; nothing where the release came with the project.
    """
    if found.year is None:
        return Standing.TO_SEE
    if not loaded or found.year > int(loaded):
        return Standing.NEWER
    if found.year < int(loaded):
        return Standing.UP_TO_DATE
    another_version = bool(known.get("version")) and known["version"] != found.version
    later = bool(published) and found.published[: len(published)] > published
    return Standing.CORRECTED if another_version or later else Standing.UP_TO_DATE


def fetch(
    folder: DataFolder,
    reference: Reference,
    client: Client,
    found: list[Checked],
    agree: Agree,
    *,
    dry_run: bool,
    step: Step = lambda text: None,
) -> Iterator[Fetched]:
    """Download what is newer, show what it changes, and hand it to ingest where that is agreed to.

    Args:
        found: of ``check``.
        agree: asked with the publication and the changes before anything is taken.
        dry_run: download and compare, but take nothing.

    Raises:
        NoNetwork, BadAnswer: a file cannot be had. What was taken before it stays.
        Refused, ChecksFailed: of ingest; nothing of that file is taken.
    """
    for one in found:
        if one.data_set is not None and one.standing in (Standing.NEWER, Standing.CORRECTED, Standing.TO_SEE):
            yield _fetch_one(folder, reference, client, one, one.data_set, agree, dry_run=dry_run, step=step)


def _fetch_one(
    folder: DataFolder, reference: Reference, client: Client, one: Checked, data_set: DataSet, agree: Agree, *, dry_run: bool,
    step: Step,
) -> Fetched:  # fmt: skip
    known = _read_state(folder).get(one.publication, {})
    before = known if known.get("address") == data_set.address else {}
    with scratch() as room:
        step(f"Downloading {one.publication}")
        path = room / f"{one.publication}.csv"
        got = client.csv(data_set.address, path, before, _told(step, one.publication))
        if got is None:
            return Fetched(
                one.publication, data_set.address, before.get("sha256", ""), None, note="unchanged since it was fetched"
            )
        readings = _readings(path, one, reference, data_set)
        own = [reading for reading in readings if reading.publication == one.publication]
        newest = max(own, key=lambda reading: reading.release)
        if newest.release < one.loaded:
            return Fetched(
                one.publication, got.address, got.sha256, None, note=f"it is of {newest.release}: older than what is loaded"
            )
        found = changes(newest.frame, _held(folder, reference, one) if one.loaded else newest.frame.head(0))
        if not dry_run and not agree(one.publication, found):
            return Fetched(one.publication, got.address, got.sha256, found, note="not taken")
        about = About(published=data_set.published or None, url=got.address, command="fetch")
        replace = newest.release == one.loaded
        outcomes = take(folder, readings, reference, about, dry_run=dry_run, replace=replace, step=step)
        if not dry_run:
            _write_state(folder, one.publication, data_set, got)
        return Fetched(one.publication, got.address, got.sha256, found, outcomes)


def _readings(path: Path, one: Checked, reference: Reference, data_set: DataSet) -> list[Reading]:
    """Every table of a file, read once: what is compared is what is taken."""
    found = read_file(path, reference)
    if all(reading.publication != one.publication for reading in found):
        raise BadAnswer(f"{data_set.address} holds no table of {one.publication}.")
    return found


def _held(folder: DataFolder, reference: Reference, one: Checked) -> pd.DataFrame:
    path = release_files(folder)[(one.publication, one.loaded)]
    return read_tidy(path, reference.publications[one.publication].grain, reference)


def _loaded(folder: DataFolder, publication: str) -> str:
    """The newest release that is loaded; a user's own (``own-…``) is none of the publisher's."""
    releases = [release for name, release in release_files(folder) if name == publication and release.isdigit()]
    return max(releases, default="")


def _told(step: Step, publication: str) -> Callable[[int, int | None], None]:
    """Tells of every tenth megabyte, so that a slow line is seen to be alive."""
    heard = [0]

    def tell(done: int, total: int | None) -> None:
        if done - heard[0] >= 10_000_000:
            heard[0] = done
            step(f"Downloading {publication}: {done / 1e6:.0f}{f' of {total / 1e6:.0f}' if total else ''} MB")

    return tell


def _read_state(folder: DataFolder) -> dict[str, dict[str, str]]:
    """What was fetched last, by publication; nothing where the file is not there or damaged, which costs a download only."""
    try:
        found = json.loads((folder.incoming / STATE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _write_state(folder: DataFolder, publication: str, data_set: DataSet, got: Downloaded) -> None:
    state = _read_state(folder)
    kept = {name: str(value) for name, value in asdict(got).items() if name != "path"}
    state[publication] = {**kept, "version": data_set.version, "title": data_set.title}
    text = json.dumps(state, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    replace_file(folder.incoming / STATE, text.encode())
