"""``python -m etl``: build, fetch, ingest, check, status, rollback.

Exit codes: 0 done; 1 a check failed; 2 an input or the call was refused, and nothing changed; 3 a publisher, or the
shared warehouse, could not be asked, and nothing changed (what ``fetch`` took before a 2 or a 3 stays, and it says so);
4 a fault of this program; 5 the machine did not let us (no room on the disk, no permission, read-only): what was there
before is as it was, or the work is done and could not be said, and it tells which.

Each command imports what it alone needs when it is called: what a build needs takes a second, and ``status`` needs none of it.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

import events
import faults
from etl.dates import date_fault
from etl.layout import ADDRESS
from etl.paths import data_folder
from etl.place import place_of
from etl.problems import BadAnswer, ChecksFailed, NoNetwork, NotReached, Refused
from etl.progress import steps
from etl.status import build_in_use, status
from etl.warehouse import WAIT_SECONDS

if TYPE_CHECKING:
    from etl.checks import CheckResult
    from etl.fetching.changes import Changes
    from etl.fetching.fetch import Fetched

CHECK_FAILED, REFUSED, NOT_ASKED = 1, faults.REFUSED, faults.NOT_ASKED
TO_USE = "Run `python -m etl build` to put it to use."

app = typer.Typer(help="Published figures in, warehouse out.", no_args_is_help=True, add_completion=False, rich_markup_mode=None)
Data = Annotated[Path | None, typer.Option("--data", help="The data folder (default: data/, or FORCE_DATA).")]
Folder = Annotated[
    Path | None,
    typer.Option("--warehouse", help="The warehouse folder (default: data/warehouse/, or FORCE_WAREHOUSE)."),
]
Wait = Annotated[float, typer.Option("--wait", min=0, help="Seconds to wait for another build to finish.")]


def _a_date(text: str | None) -> str | None:
    fault = date_fault(text) if text is not None else None
    if fault:
        raise typer.BadParameter(fault)
    return text


def _an_address(text: str | None) -> str | None:
    if text is not None and not re.fullmatch(ADDRESS, text):
        raise typer.BadParameter("This is not a web address: it begins with http:// or https://.")
    return text


@app.command("build")
def build_command(
    data: Data = None,
    folder: Folder = None,
    wait: Wait = WAIT_SECONDS,
    without_own: Annotated[bool, typer.Option("--without-own", help="Leave out what users added, for a public site.")] = False,
) -> None:
    """Read, validate, load, check, and make the new warehouse the one in use."""
    from etl.build import build

    with _refusals(), _steps() as step:
        made = build(data_folder(data, folder), step, wait, own=not without_own)
    warnings = [check for check in made.checks if not check.passed]
    for check in warnings:
        typer.echo(_line(check))
    rows = sum(made.rows.values())
    typer.echo(f"{len(made.checks)} checks, {len(warnings)} warnings; {rows:,} rows; {made.seconds:.1f} s")
    outcome = "is already in use with just this content" if made.unchanged else "is in use"
    typer.echo(f"Build {made.build_id} {outcome}: {made.path}")


@app.command("ingest")
def ingest_command(
    files: Annotated[list[Path], typer.Argument(help="Publishers' files, or CSV files made from our templates.")],
    data: Data = None,
    folder: Folder = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only report.")] = False,
    replace: Annotated[bool, typer.Option("--replace", help="Replace what is already held and differs.")] = False,
    year: Annotated[int | None, typer.Option(help="Year the figures end in, for layouts that do not say.")] = None,
    publication: Annotated[
        str | None, typer.Option(help="What the files count, where nothing in them says it: police_missing_children, …")
    ] = None,
    published: Annotated[
        str | None, typer.Option(help="When it was published: YYYY, YYYY-MM or YYYY-MM-DD.", callback=_a_date)
    ] = None,
    url: Annotated[str | None, typer.Option(help="The page it was published on.", callback=_an_address)] = None,
    title: Annotated[str | None, typer.Option(help="The publication's title, if it differs from earlier ones.")] = None,
    wait: Wait = WAIT_SECONDS,
) -> None:
    """Recognise publishers' files by their content and add them under data/incoming/. All or nothing."""
    from etl.ingest import About, ingest

    about = About(published=published, url=url, title=title, year=year, publication=publication)
    with _refusals(files), _steps() as step:
        done = ingest(data_folder(data, folder), files, about, dry_run=dry_run, replace=replace, step=step, wait=wait)
    for item in done:
        said = f"would be {item.outcome}" if dry_run and item.outcome != "already there" else item.outcome
        typer.echo(f"{item.file}: {item.publication}, release {item.release}, {item.rows:,} rows: {said}")
        for note in item.notes:
            typer.echo(f"  {note}")
    if not dry_run and any(item.outcome != "already there" for item in done):
        typer.echo(TO_USE)


@app.command("fetch")
def fetch_command(
    data: Data = None,
    folder: Folder = None,
    check_only: Annotated[bool, typer.Option("--check", help="Only say what is newer; download nothing.")] = False,
    publication: Annotated[str | None, typer.Option(help="Only this publication: looked_after_missing, …")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Download and compare; take nothing.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Take what is newer without asking.")] = False,
    patience: Annotated[float, typer.Option(min=0.1, help="Seconds to wait for an answer before trying again.")] = 30.0,
) -> None:
    """Ask the publishers what is newer than what is loaded, show what it would change, and take it."""
    from etl.fetching import fetch as fetching
    from etl.fetching.feeds import load_feeds
    from etl.fetching.http import Client
    from etl.reference import load_reference

    folders = data_folder(data, folder)
    taken: list[str] = []
    with _refusals(kept=taken), _steps() as step:
        reference = load_reference(folders.reference)
        feeds = load_feeds(folders)
        client = Client(feeds.hosts, patience)
        found = fetching.check(folders, reference, feeds, client, date.today(), publication)
        for one in found:
            typer.echo(one.line)
        if any(one.standing == fetching.Standing.FAILED for one in found):
            raise NoNetwork("What could not be asked is named above; `--publication NAME` asks for one of the others alone.")
        if check_only:
            return
        for got in fetching.fetch(folders, reference, client, found, _agrees(yes), dry_run=dry_run, step=step):
            if _say_fetched(got, dry_run) and not dry_run:
                taken.append(got.publication)
    if taken:
        typer.echo(TO_USE)


def _agrees(yes: bool) -> Callable[[str, Changes], bool]:
    def agree(publication: str, found: Changes) -> bool:
        for line in found.lines:
            typer.echo(f"  {line}")
        return yes or typer.confirm(f"Take this release of {publication}?")

    return agree


def _say_fetched(got: Fetched, dry_run: bool) -> bool:
    """Say what became of a file; whether something was taken."""
    if dry_run and got.changes is not None:
        for line in got.changes.lines:
            typer.echo(f"  {line}")
    typer.echo(f"{got.address}: SHA-256 {got.sha256}{f'; {got.note}' if got.note else ''}")
    for item in got.outcomes:
        typer.echo(
            f"{item.publication}, release {item.release}, {item.rows:,} rows: {'would be ' if dry_run else ''}{item.outcome}"
        )
    return any(item.outcome != "already there" for item in got.outcomes)


@app.command("check")
def check_command(
    data: Data = None,
    folder: Folder = None,
    failed: Annotated[bool, typer.Option("--failed", help="Print only checks that fail.")] = False,
) -> None:
    """Run every check on the warehouse in use and print expected and found."""
    from etl.checks import failures, run_checks
    from etl.reference import load_reference

    with _refusals():
        folders = data_folder(data, folder)
        reference = load_reference(folders.reference)
        with place_of(folders).reading(build_in_use(folders)) as connection:
            results = run_checks(connection, reference)
    for result in results:
        if not (failed and result.passed):
            typer.echo(_line(result))
    wrong = failures(results)
    passed = sum(result.passed for result in results)
    typer.echo(f"{passed} of {len(results)} checks pass; {len(wrong)} fail as errors")
    if wrong:
        raise typer.Exit(CHECK_FAILED)


@app.command("status")
def status_command(
    data: Data = None,
    folder: Folder = None,
    path: Annotated[bool, typer.Option("--path", help="Print only the warehouse file in use.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print everything as JSON.")] = False,
) -> None:
    """Print sources, releases, periods, row counts, coverage and what is in use."""
    with _refusals():
        folders = data_folder(data, folder)
        if path:
            typer.echo(str(build_in_use(folders)))
            return
        found = status(folders)
    if as_json:
        typer.echo(json.dumps(found, indent=2, ensure_ascii=False))
        return
    console = Console(soft_wrap=not sys.stdout.isatty())
    console.print(f"In use: {found['in_use']}", highlight=False)
    console.print(f"Built {found['built_at']} UTC, content {found['content_hash'][:12]}", highlight=False)
    columns = ["source_id", "release", "first_period", "last_period", "figures", "taken_by"]
    console.print(_table("Sources", found["sources"], columns))
    console.print(
        _table("Next releases", found["next_releases"], ["publication", "release", "due", "newest_published", "look_at"])
    )
    console.print(_table("Coverage (forces)", found["coverage"], list(found["coverage"][0]) if found["coverage"] else []))
    rows = [{"table": table, "rows": count} for table, count in found["rows_by_table"].items()]
    console.print(_table("Rows", rows, ["table", "rows"]))


@app.command("rollback")
def rollback_command(data: Data = None, folder: Folder = None, wait: Wait = WAIT_SECONDS) -> None:
    """Go back to the build before the one in use."""
    with _refusals():
        place = place_of(data_folder(data, folder))
        with place.holding(wait):
            typer.echo(f"In use: {place.roll_back()}")


@contextmanager
def _refusals(files: Sequence[Path] = (), kept: Sequence[str] = ()) -> Iterator[None]:
    """Turn refusals, and faults of this program, into a message on the error stream and an exit code.

    Args:
        files: that the call is about.
        kept: publications that the call has taken by the time it is refused; they stay.
    """
    try:
        yield
    except (NoNetwork, BadAnswer) as error:
        typer.echo(f"Not fetched. {error} {_left(kept)}", err=True)
        raise typer.Exit(NOT_ASKED) from error
    except NotReached as error:
        typer.echo(f"Not reached. {error} {_left(kept)}", err=True)
        raise typer.Exit(NOT_ASKED) from None
    except Refused as refused:
        typer.echo(f"Refused. {_left(kept)}\n{refused.report()}", err=True)
        raise typer.Exit(REFUSED) from refused
    except ChecksFailed as error:
        typer.echo(f"Refused. {error}", err=True)
        for check in error.failed:
            typer.echo(_line(check), err=True)
        raise typer.Exit(CHECK_FAILED) from error
    except (typer.Exit, typer.Abort):
        raise
    except Exception as error:
        said = faults.system_fault(error)
        typer.echo(said or faults.fault_report(error, files), err=True)
        raise typer.Exit(faults.NOT_ABLE if said else faults.OWN_FAULT) from error


def _left(kept: Sequence[str]) -> str:
    return f"Taken before it, and kept: {', '.join(kept)}. {TO_USE} Nothing else was changed." if kept else "Nothing was changed."


@contextmanager
def _steps() -> Iterator[Callable[[str], None]]:
    with steps(Console(stderr=True)) as step:

        def tell(text: str) -> None:
            step(text)
            events.tell("step", text=text)

        yield tell


def _line(check: CheckResult) -> str:
    outcome = "pass" if check.passed else ("FAIL" if check.severity == "error" else "warn")
    return f"{outcome}  {check.check_id}: {check.detail}. Expected: {check.expected}. Found: {check.found}."


def _table(title: str, rows: list[dict[str, object]], columns: list[str]) -> Table:
    table = Table(title=title, title_justify="left")
    for column in columns:
        table.add_column(column.replace("_", " "))
    for row in rows:
        table.add_row(*("" if row[column] is None else str(row[column]) for column in columns))
    return table


if __name__ == "__main__":
    faults.run(app)
