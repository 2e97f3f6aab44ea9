"""Warms a replica: opens every page before it takes readers, then asks for every force, so that theirs is ready too."""

from __future__ import annotations

import asyncio
import time
from urllib.parse import urlencode

from deploy.reader import Answer, Reader

FORCE = "force"  # the choice in the address, which every page takes
WITH_FORCES = "force_widget"  # on pages that are about a force
REST = 1.0  # times what a page took, left to readers after it
OF_A_FORCE = ("", "force", "compare", "trends", "police", "grades", "protecting", "child-protection", "follow-up")


class NotWarm(Exception):
    """A page of a replica was not drawn to its end."""


async def open_pages(port: int, cookie: str = "") -> list[str]:
    """Open every page of the navigation once, as the readiness of a replica.

    Args:
        port: of the replica.
        cookie: that opens pages where sign-in is wanted (``ui.sign_in.people.own_pass``).

    Returns:
        The forces that pages can be about, as their choice names them.

    Raises:
        NotWarm: with the page that failed.
    """
    async with Reader(port, cookie) as reader:
        checked("", await reader.open(""))
        for page in list(reader.pages):
            checked(page, await reader.go(page))
        return reader.options[WITH_FORCES]


async def open_forces(port: int, names: list[str], rest: float = REST, cookie: str = "") -> None:
    """Ask for every force on every page that is about one, with rests in which readers are served.

    Raises:
        NotWarm: with the page that failed.
    """
    async with Reader(port, cookie) as reader:
        await reader.open("", urlencode({FORCE: next(iter(names), "")}))
        for name in names:
            await reader.choose(FORCE, name)
            for page in OF_A_FORCE:
                started = time.perf_counter()
                checked(page, await reader.go(page))
                await asyncio.sleep(rest * (time.perf_counter() - started))


def checked(page: str, answer: Answer) -> None:
    """Refuse an answer that is no whole page.

    Raises:
        NotWarm: it has no title, holds an exception, says that it failed, or was broken off.
    """
    if not answer.whole:
        raise NotWarm(f"/{page}: {answer.exceptions} exceptions, title {answer.title!r}, {answer.errors}")
