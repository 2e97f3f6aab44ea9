"""``python -m insight.snapshot``: build, verify, diff, sign.

Exit codes: 0 done; 1 a snapshot is not as published; 2 the call was refused, and nothing was written; 3 the shared warehouse
could not be asked, and nothing was written; 4 a fault of this program; 5 the machine did not let us (no room on the disk, no
permission, read-only).
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from environment import PROJECT
from faults import NOT_ASKED, REFUSED, run
from insight.fields import Undescribed
from insight.queries.left_out import LeftOut, OwnData, UnknownPublication
from insight.snapshot.builder import Options, build
from insight.snapshot.differences import differences
from insight.snapshot.folder import faults_of, public_folder
from insight.snapshot.manifest import NoManifest, snapshots_in, verify
from insight.snapshot.progress import steps
from insight.snapshot.publish import AlreadyPublished, NotInOrder
from insight.snapshot.signing import CannotSign, NotSigned, check_signature, sign
from insight.warehouse import NoWarehouse, WarehouseBarred, WarehouseUnreachable, build_in_use

NOT_AS_PUBLISHED = 1
CACHE = PROJECT / "build" / "charts"
# What is told as it is: the call, or what is to be published, is refused.
REFUSALS = (
    AlreadyPublished, CannotSign, LeftOut, NotInOrder, NoManifest, NoWarehouse, OwnData, Undescribed, UnknownPublication,
)  # fmt: skip

app = typer.Typer(help="Public snapshots of the figures.", no_args_is_help=True, add_completion=False, rich_markup_mode=None)
Folder = Annotated[Path, typer.Argument(help="A snapshot, or a folder of snapshots.")]


@app.command("build")
def build_command(
    out: Annotated[Path, typer.Option("--out", help="The folder that a web server serves.")],
    day: Annotated[str | None, typer.Option("--date", help="Date of the snapshot, YYYY-MM-DD (default: today, UTC).")] = None,
    warehouse: Annotated[
        Path | None, typer.Option("--warehouse", help="The warehouse folder (default: data/warehouse/, or FORCE_WAREHOUSE).")
    ] = None,
    cache: Annotated[Path, typer.Option("--cache", help="Where drawn charts are kept for the next build.")] = CACHE,
    address: Annotated[str, typer.Option("--address", help="Public address of the folder, for feed and search engines.")] = "",
    workers: Annotated[int, typer.Option("--workers", min=1, help="Processes that draw.")] = max(1, min(4, os.cpu_count() or 1)),
    key: Annotated[str | None, typer.Option("--sign-with", help="Sign the manifest with this key of GnuPG.")] = None,
) -> None:
    """Make the snapshot of a day and publish it; nothing published is ever overwritten."""
    with _refusals(), steps(Console(stderr=True)) as told:
        made = build(build_in_use(warehouse), out, _day(day), Options(cache, workers, address, None, told, key))
    if made.completed:
        typer.echo(f"An earlier run had written this snapshot and was stopped. It is listed{' and signed' if key else ''} now.")
    typer.echo(f"{made.files:,} files; {made.drawn} charts drawn, {made.reused} reused; {made.withheld}")
    if made.changes:
        typer.echo(made.changes)
    typer.echo(f"Published: {made.folder}")


@app.command("verify")
def verify_command(
    folder: Folder,
    signer: Annotated[
        str | None, typer.Option("--signed-by", help="Also demand a signature by the key of this fingerprint.")
    ] = None,
) -> None:
    """Check every file against the manifest; name each that was added, is missing or was altered."""
    with _refusals():
        found = snapshots_in(folder)
        out = public_folder(folder)
        if not found and out is None:
            raise NoManifest(f"{folder} is no snapshot and holds none")
        verdicts = {path: verify(path) for path in found}
        for path in found if signer else []:
            check_signature(path, str(signer))
        beside = faults_of(out) if out else []
    for path, verdict in verdicts.items():
        for word, names in (("added", verdict.added), ("missing", verdict.missing), ("altered", verdict.altered)):
            for name in names:
                typer.echo(f"{word}: {path / name}")
        for note in verdict.notes:
            typer.echo(f"altered: {path}: {note}")
        typer.echo(f"{path}: {verdict.files:,} files {'as published' if verdict.whole else 'listed; not as published'}")
        if signer:
            typer.echo(f"{path}: the signature of its manifest was checked; it is by {signer}")
    for fault in beside:
        typer.echo(fault)
    if beside or not all(verdict.whole for verdict in verdicts.values()):
        raise typer.Exit(NOT_AS_PUBLISHED)


@app.command("diff")
def diff_command(
    before: Annotated[Path, typer.Argument(help="The earlier snapshot.")],
    after: Annotated[Path, typer.Argument(help="The later snapshot.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print everything as JSON.")] = False,
) -> None:
    """Say what changed between two snapshots: figures, judgements, methods, pages, and why."""
    with _refusals():
        found = differences(before, after)
    typer.echo(json.dumps(found.as_json(), indent=2, ensure_ascii=False) if as_json else found.as_text())


@app.command("sign")
def sign_command(folder: Folder, key: Annotated[str, typer.Option("--key", help="Key of GnuPG to sign with.")]) -> None:
    """Sign a snapshot's manifest; the signature stands beside it and is no part of it."""
    with _refusals():
        typer.echo(str(sign(folder, key)))


@contextmanager
def _refusals() -> Iterator[None]:
    """Turn refusals into a message on the error stream and an exit code."""
    try:
        yield
    except NotSigned as error:
        typer.echo(f"Not as published. {error}", err=True)
        raise typer.Exit(NOT_AS_PUBLISHED) from error
    except WarehouseBarred:
        raise  # the machine's fault, which the command's end tells with a code of its own
    except WarehouseUnreachable as error:
        typer.echo(f"Not reached. {error}", err=True)
        raise typer.Exit(NOT_ASKED) from None
    except REFUSALS as error:
        typer.echo(f"Refused. {error}", err=True)
        raise typer.Exit(REFUSED) from error


def _day(text: str | None) -> date:
    if text is None:
        return datetime.now(UTC).date()
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter(f"{text!r} is no date written YYYY-MM-DD", param_hint="--date") from error


if __name__ == "__main__":
    run(app)
