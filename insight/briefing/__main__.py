"""Make briefings: ``python -m insight.briefing wiltshire --out wiltshire.pptx``, or ``--all --out FOLDER`` for all forces.

Exit codes: 0 done; 2 the call was refused; 3 the shared warehouse could not be asked; 4 a fault of this program; 5 the machine
did not let us (no room, no permission).
"""

from __future__ import annotations

import os
from concurrent.futures import ProcessPoolExecutor, as_completed
from functools import lru_cache
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress

from faults import NOT_ASKED, REFUSED, run
from insight.briefing import MIME, NoPrinter, briefing_bytes, briefing_of, can_print
from insight.briefing.pdf import NO_PANGO
from insight.downloads.files import file_name
from insight.format import slug
from insight.queries import figures
from insight.queries.ask import Ask, remembering
from insight.queries.left_out import OwnData, own_releases, refuse_own
from insight.search import COUNCIL, FORMER_COUNCIL, bare_name, search_index
from insight.views.context import Context
from insight.views.selection import register
from insight.warehouse import NoWarehouse, WarehouseBarred, WarehouseUnreachable, build_in_use, open_warehouse
from writing import replace_file

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def main(
    out: Annotated[Path, typer.Option(help="File (.pptx or .pdf) of one force, folder for all.")],
    force: Annotated[str | None, typer.Argument(help="The force by any of its names: wiltshire, GMP.")] = None,
    every: Annotated[bool, typer.Option("--all", help="All forces, slides and PDF each.")] = False,
    workers: Annotated[int, typer.Option(help="Processes at a time for all forces.")] = os.cpu_count() or 1,
) -> None:
    """Make the briefing of a force, or of all of them."""
    try:
        path = build_in_use()
        names = _names(path)
        refuse_own(_asking(path)(own_releases))
    except WarehouseBarred:
        raise  # the machine's fault, which the command's end tells with a code of its own
    except WarehouseUnreachable as error:
        raise _wrong(str(error), NOT_ASKED) from None
    except (NoWarehouse, OwnData) as error:
        raise _wrong(str(error)) from None
    if every == (force is not None):
        raise _wrong("Name a force, or ask for --all.")
    if every:
        if not can_print():
            raise _wrong(NO_PANGO)
        _make_all(path, names, out, max(workers, 1))
        return
    kind = out.suffix.removeprefix(".")
    if kind not in MIME:
        raise _wrong(f"The file must end in {' or '.join('.' + one for one in MIME)}.")
    meant = _meant(path, force or "", names)
    if meant is None:
        raise _wrong(f"There is no force “{force}”. There are: {', '.join(names)}.")
    try:
        make(path, meant, {kind: out})
    except NoPrinter as error:
        raise _wrong(str(error)) from None
    typer.echo(out)


def make(path: Path, force: str, files: dict[str, Path]) -> None:
    """Write the briefing of one force, named as its address names it, each kind to its file."""
    content = briefing_of(_context(path, force))
    for kind, file in files.items():
        file.parent.mkdir(parents=True, exist_ok=True)
        replace_file(file, briefing_bytes(content, kind))


def make_named(path: Path, force: str, folder: Path) -> None:
    """Write the briefing of one force as every kind, under the names that the page gives them."""
    facts = _context(path, force).profile()
    parts = ("briefing", force, facts.period, facts.build_id)
    make(path, force, {kind: folder / file_name(*parts, ending=kind) for kind in MIME})


def _context(path: Path, force: str) -> Context:
    ask = _asking(path)
    return Context(ask, register(ask).newest(force))


@lru_cache(maxsize=1)
def _asking(path: Path) -> Ask:
    """The build's answers, kept for the briefings that a process makes one after another."""
    return remembering(open_warehouse(path))


def _make_all(path: Path, names: list[str], folder: Path, workers: int) -> None:
    with ProcessPoolExecutor(max_workers=workers) as pool, Progress() as progress:
        shown = progress.add_task("Briefings", total=len(names))
        jobs = {pool.submit(make_named, path, name, folder): name for name in names}
        for job in as_completed(jobs):
            job.result()
            progress.update(shown, advance=1, description=f"Briefings: {jobs[job]}")


def _names(path: Path) -> list[str]:
    return [slug(name) for name in figures.forces(open_warehouse(path))["force_name"]]


def _meant(path: Path, typed: str, names: list[str]) -> str | None:
    """The force as its address names it, by any name that is its own and not that of a council in its area."""
    if typed in names:
        return typed
    found = search_index(_asking(path)).by_bare_name.get(bare_name(typed))
    return None if found is None or found.kind in (COUNCIL, FORMER_COUNCIL) else found.slug


def _wrong(message: str, code: int = REFUSED) -> typer.Exit:
    typer.echo(message, err=True)
    return typer.Exit(code)


if __name__ == "__main__":
    run(app)
