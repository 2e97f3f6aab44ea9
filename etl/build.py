"""A build: read all, validate, load into a new file, check, make it current. Or refuse, and change nothing."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pandas as pd

from contract import build_id, schema_version
from etl import warehouse
from etl.checks import CheckResult, failures, run_checks
from etl.contents import content_hash, row_counts
from etl.contradictions import refuse_contradictions
from etl.incoming import finish
from etl.load import load
from etl.paths import PROJECT, DataFolder
from etl.place import Place, place_of
from etl.problems import ChecksFailed, Refused
from etl.reference import Reference, load_reference
from etl.releases import read_releases

LAST_BUILD = "SELECT content_hash, code_version FROM build"
CODE = ("etl/**/*.py", "etl/**/*.sql", "insight/statistics/**/*.py")
# Rows with keys go in one after another: a second thread only waits for the first, and takes a processor to do so.
ONE_THREAD: dict[str, str | bool | int | float | list[str]] = {"threads": 1}

Step = Callable[[str], None]


@dataclass(frozen=True)
class Build:
    """A finished build. ``unchanged`` says that the build in use already had this content, so no new one was kept."""

    path: Path
    build_id: str
    content_hash: str
    rows: dict[str, int]
    checks: list[CheckResult]
    seconds: float
    unchanged: bool


@dataclass(frozen=True)
class Draft:
    """A loaded and checked file that is not current yet."""

    build_id: str
    content_hash: str
    rows: dict[str, int]
    checks: list[CheckResult]


def build(folder: DataFolder, step: Step = lambda text: None, wait: float = warehouse.WAIT_SECONDS, *, own: bool = True) -> Build:
    """Make a new build of everything in the data folders and make it current.

    Args:
        folder: where the data lies and the warehouse goes.
        step: told what is being done, in a few words.
        wait: seconds to wait for another build to finish.
        own: whether releases that a user added are part of it.

    Raises:
        Refused: an input does not validate, or another build runs.
        ChecksFailed: what was loaded does not satisfy the checks.
        NotReached: the shared warehouse does not answer.
    """
    started = time.monotonic()
    place = place_of(folder)
    with place.holding(wait):
        warehouse.clear_unfinished(folder.warehouse)
        finish(folder.incoming)
        unfinished = warehouse.unfinished_file(folder.warehouse)
        try:
            draft = make_draft(folder, unfinished, step, started=started, own=own)
            current = place.in_use()
            unchanged = current is not None and _same(place, current, draft)
            if current is None or not unchanged:
                step("Making it current")
                current = place.publish(unfinished, draft.build_id)
        finally:
            warehouse.clear_unfinished(folder.warehouse)
    seconds = time.monotonic() - started
    return Build(current, build_id(current), draft.content_hash, draft.rows, draft.checks, seconds, unchanged)


def make_draft(
    folder: DataFolder, path: Path, step: Step, extra: Path | None = None, started: float | None = None, *, own: bool = True
) -> Draft:
    """Load and check everything into a new file at ``path``; nothing else is touched.

    Args:
        extra: releases that replace those of ``folder``, for trying out what is about to be ingested.

    Raises:
        Refused: an input does not validate, or the schema refuses a row of it.
        ChecksFailed: what was loaded does not satisfy the checks.
    """
    started = time.monotonic() if started is None else started
    step("Reading and validating the releases")
    reference = load_reference(folder.reference)
    releases = read_releases(folder, reference, extra, own=own)
    refuse_contradictions(releases)
    with duckdb.connect(path, config=ONE_THREAD) as connection:
        step("Loading the tables")
        load(connection, releases, reference)
        step("Running the checks")
        draft = _checked(connection, reference, started)
        connection.execute("CHECKPOINT")
    failed = failures(draft.checks)
    if failed:
        raise ChecksFailed(failed)
    return draft


def _checked(connection: duckdb.DuckDBPyConnection, reference: Reference, started: float) -> Draft:
    checks = run_checks(connection, reference)
    connection.append("check_result", pd.DataFrame([result.__dict__ for result in checks]), by_name=True)
    content, built_at = content_hash(connection), datetime.now(UTC).replace(tzinfo=None)
    rows = row_counts(connection)
    build_id = f"{built_at:%Y%m%dT%H%M%S%f}-{content[:8]}"
    row = {
        "build_id": build_id,
        "built_at": built_at,
        "code_version": code_version(),
        "schema_version": schema_version(),
        "content_hash": content,
        "rows_by_table": json.dumps(rows),
        "duration": time.monotonic() - started,
    }
    connection.append("build", pd.DataFrame([row]), by_name=True)
    return Draft(build_id, content, rows, checks)


def code_version() -> str:
    """A hash of the code that makes the figures: with the content it says whether a build would differ."""
    digest = hashlib.sha256()
    for pattern in CODE:
        for path in sorted(PROJECT.glob(pattern)):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _same(place: Place, current: Path, draft: Draft) -> bool:
    """Whether the build in use is whole and has just this content, made by this code."""
    try:
        with place.reading(current) as connection:
            last = connection.execute(LAST_BUILD).fetchone()
            return last == (draft.content_hash, code_version()) and content_hash(connection) == draft.content_hash
    except (duckdb.Error, Refused):
        return False  # the build in use is damaged or of another version; the new build replaces it
