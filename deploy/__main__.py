"""``python -m deploy``: N replicas of the dashboard behind nginx, until it is told to end."""

from __future__ import annotations

import asyncio
import logging
import signal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

import faults
from deploy import front
from deploy.reader import HOST
from deploy.replicas import readiness_of, wait_for
from deploy.service import Service
from deploy.warm import NotWarm
from environment import PROJECT
from ui.health import MOST_SECONDS

app = typer.Typer(help="The dashboard as a service.", no_args_is_help=True, add_completion=False, rich_markup_mode=None)


async def _serve(replicas: int, port: int, room: Path, forces: bool, address: str) -> None:
    until = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, until.set)
    await Service(replicas, port, room, forces, address).run(until)


@app.command()
def serve(
    replicas: Annotated[int, typer.Option(min=1, max=64, help="How many; one uses one core.")] = 2,
    port: Annotated[int, typer.Option(help="Of nginx.")] = 8501,
    address: Annotated[str, typer.Option(help="That nginx listens on; 0.0.0.0 is every one of this machine.")] = HOST,
    forces: Annotated[bool, typer.Option(help="Ask for every force once a replica takes readers.")] = True,
) -> None:
    """Start replicas, open every page on each, put nginx before them, and start again what dies."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    try:
        with TemporaryDirectory(prefix="dashboard-") as room:
            asyncio.run(_serve(replicas, port, Path(room), forces, address))
    except (front.NotStarted, NotWarm, TimeoutError) as error:
        raise _not_served(error) from None


@app.command()
def ready(port: Annotated[int, typer.Argument(help="Of a replica on this machine.")]) -> None:
    """Wait until a replica opens a page; ends with 1 where it does not within a minute."""
    try:
        wait_for(readiness_of(port), patience=MOST_SECONDS)
    except TimeoutError as error:
        raise _not_served(error) from None


@app.command()
def static(folder: Path = PROJECT / "build" / "streamlit") -> None:
    """Compress Streamlit's files for an nginx that is set up by hand; prints the folder that is its root."""
    print(front.compressed(folder))


def _not_served(error: Exception) -> typer.Exit:
    typer.echo(f"Not served. {error}", err=True)
    return typer.Exit(1)


if __name__ == "__main__":
    faults.run(app)
