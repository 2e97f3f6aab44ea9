"""A publisher's own file in, a new release under ``data/incoming`` out. Or refused whole, and nothing changes."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import yaml

from etl import warehouse
from etl.build import Draft, Step, make_draft
from etl.characters import unseen
from etl.incoming import TAKEN_BY, place, settle
from etl.layout import KEYS
from etl.paths import DataFolder
from etl.problems import Problem, Refused, refuse
from etl.reference import Reference, load_reference
from etl.releases import SIDECAR, IncomingSource, release_files
from etl.row_rules import VALUED
from etl.same_years import copied_years
from etl.sources import Reading, read_file
from etl.sources.templates import GRAINS as TEMPLATES
from etl.tidy import in_order, read_tidy, write_tidy
from faults import readable
from vocabulary import Origin
from writing import scratch

READ_PUBLISHERS = f"Read from the publisher's file {TAKEN_BY}."
READ_OWN = f"Read {TAKEN_BY} from a file made from the project's template."
TO_REPLACE = "Check it; --replace puts the new one in its place."
# Of a file as it is written, under its header.
FIRST_ROW = 2


@dataclass(frozen=True)
class About:
    """What is known of a release that its file does not say: when and where it was published, its year, what it counts.

    ``command`` is that by which it came: a person vouches for what is handed to ``ingest``, its address for what ``fetch`` got.
    """

    published: str | None = None
    url: str | None = None
    title: str | None = None
    year: int | None = None
    publication: str | None = None
    command: str = "ingest"


@dataclass(frozen=True)
class Ingested:
    """What became of one reading: ``added``, ``replaced`` or ``already there`` (nothing to do)."""

    file: str
    publication: str
    release: str
    rows: int
    outcome: str
    notes: list[str]


def ingest(
    folder: DataFolder,
    files: list[Path],
    about: About,
    *,
    dry_run: bool,
    replace: bool,
    step: Step = lambda text: None,
    wait: float = warehouse.WAIT_SECONDS,
) -> list[Ingested]:
    """Recognise, read, validate and add files; all of them or none.

    Before anything is written a whole warehouse is loaded and checked with them in a temporary folder.

    Args:
        dry_run: only report; write nothing.
        replace: allow a release or judgement that is already held to be replaced by one that differs.

    Raises:
        Refused: a file is not recognised, does not validate, or differs from a release that is already held.
        ChecksFailed: a warehouse with these files would not satisfy its checks.
    """
    reference = load_reference(folder.reference)
    readings = _read_all(files, reference, about, step)
    return take(folder, readings, reference, about, dry_run=dry_run, replace=replace, step=step, wait=wait)


def _read_all(files: list[Path], reference: Reference, about: About, step: Step) -> list[Reading]:
    readings: list[Reading] = []
    problems: list[Problem] = []
    for file in files:
        step(f"Reading {readable(file.name)}")
        try:
            readings += read_file(file, reference, about.year, about.publication)
        except Refused as refused:
            problems += refused.problems
        except Exception as error:
            error.add_note(f"It happened while {readable(file)} was read.")
            raise
    if problems:
        raise Refused(problems)
    return readings


def take(
    folder: DataFolder,
    readings: list[Reading],
    reference: Reference,
    about: About,
    *,
    dry_run: bool,
    replace: bool,
    step: Step = lambda text: None,
    wait: float = warehouse.WAIT_SECONDS,
) -> list[Ingested]:
    """Try out and add what was read; all of it or none. ``ingest`` says what may be raised."""
    with warehouse.building(folder.warehouse, wait), scratch() as staged:
        settle(folder.incoming)
        outcomes = [_stage(reading, staged, folder, reference, about, replace=replace) for reading in readings]
        if any(outcome.outcome != "already there" for outcome in outcomes):
            _try_out(folder, staged, readings, reference, step)
            if not dry_run:
                step("Adding to data/incoming")
                place(staged, folder.incoming)
    return outcomes


def _try_out(folder: DataFolder, staged: Path, readings: list[Reading], reference: Reference, step: Step) -> Draft:
    trial = staged / "trial.duckdb"
    try:
        return make_draft(folder, trial, step, extra=staged)
    except Refused as refused:
        raise Refused([_as_given(problem, readings, reference) for problem in refused.problems]) from refused
    finally:
        trial.unlink(missing_ok=True)


def _as_given(problem: Problem, readings: list[Reading], reference: Reference) -> Problem:
    """A problem of a staged file in terms of the file that the person gave."""
    for reading in readings:
        if problem.file.endswith(f"{reading.publication}/{reading.release}.csv"):
            rows = in_order(reading.frame, reference.publications[reading.publication].grain)["row"]
            row = None if problem.row is None else int(rows.iloc[problem.row - FIRST_ROW])
            return dataclasses.replace(problem, file=reading.file, row=row)
    return problem


def _stage(reading: Reading, staged: Path, folder: DataFolder, reference: Reference, about: About, *, replace: bool) -> Ingested:
    """Write a reading in our layout into the staging folder, unless we hold just that already."""
    grain = reference.publications[reading.publication].grain
    path = staged / reading.publication / f"{reading.release}.csv"
    if path.exists():
        why = f"Another file of this call gives release {reading.release} of {reading.publication} too."
        raise Refused(Problem(reading.file, why, "Give one of the two."))
    write_tidy(reading.frame, path, grain)
    held = release_files(folder).get((reading.publication, reading.release))
    done = Ingested(reading.file, reading.publication, reading.release, len(reading.frame), "added", list(reading.notes))
    if held is not None and held.read_bytes() == path.read_bytes():
        path.unlink()
        return Ingested(**{**done.__dict__, "outcome": "already there"})
    if grain == "figures":
        done.notes.extend(copied_years(reading.frame, _others(reading, folder)))
    _write_source(reading, path, about, own=reading.publication in TEMPLATES)
    clash = _differences(reading.file, path, held, grain, reference) if held else _known_judgements(reading, folder, reference)
    if clash and not replace:
        raise Refused(clash)
    return Ingested(**{**done.__dict__, "outcome": "replaced"}) if clash else done


def _others(reading: Reading, folder: DataFolder) -> list[Path]:
    """The other releases of a reading's publication."""
    files = release_files(folder).items()
    return [path for (name, release), path in files if name == reading.publication and release != reading.release]


def _write_source(reading: Reading, path: Path, about: About, *, own: bool) -> None:
    if about.title and (why := unseen(about.title)):
        raise refuse("--title", why, "Type the title anew.")
    entry = IncomingSource(
        publication=reading.publication,
        release=reading.release,
        published=about.published,
        title=about.title,
        url=about.url,
        original_file=Path(reading.file).name,
        original_sha256=reading.original_sha256,
        ingested_at=datetime.now(UTC).isoformat(timespec="microseconds"),
        done=" ".join([(READ_OWN if own else READ_PUBLISHERS).format(command=about.command), *reading.notes]),
        origin=Origin.USER if own else Origin.PUBLISHER,
    )
    text = yaml.safe_dump(entry.model_dump(mode="json"), sort_keys=False, allow_unicode=True)
    path.with_name(path.stem + SIDECAR).write_text(text, encoding="utf-8")


def _differences(file: str, new: Path, held: Path, grain: str, reference: Reference) -> list[Problem]:
    """How a release differs from the one of the same name that is held."""
    before, after = (read_tidy(path, grain, reference).set_index(KEYS[grain]).sort_index() for path in (held, new))
    gone, come = len(before.index.difference(after.index)), len(after.index.difference(before.index))
    shared = before.index.intersection(after.index)
    left, right = before.loc[shared].astype("str").fillna(""), after.loc[shared].astype("str").fillna("")
    changed = int((left != right).any(axis=1).sum())
    why = (
        f"Release {new.stem} of {new.parent.name} is already held and differs: "
        f"{changed:,} rows changed, {come:,} new, {gone:,} gone."
    )
    return [Problem(file, why, TO_REPLACE)]


def _known_judgements(reading: Reading, folder: DataFolder, reference: Reference) -> list[Problem]:
    """Judgements of a user's file that are held already with another content."""
    grain = reference.publications[reading.publication].grain
    if grain in VALUED:
        return []
    key = KEYS[grain]
    held = [read_tidy(path, grain, reference) for path in _others(reading, folder)]
    if not held:
        return []
    both = pd.concat(held, ignore_index=True).merge(reading.frame, on=key, how="inner")
    return [
        Problem(
            reading.file, "This is already held.", TO_REPLACE, int(row["row"]), ", ".join(key),
            ", ".join(str(row[column]) for column in key),
        )
        for row in both.to_dict("records")
    ]  # fmt: skip
