"""What a person sees while a snapshot is built: a bar on a terminal, plain lines anywhere else."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn


class Steps(Protocol):
    """Told what is being done and how far it is."""

    def begin(self, text: str, total: int) -> None:
        """A step of so many parts begins; the one before is done."""

    def advance(self) -> None:
        """One part is done."""


class Silent:
    """Tells nobody."""

    def begin(self, text: str, total: int) -> None:
        """Nothing."""

    def advance(self) -> None:
        """Nothing."""


class _Lines(Silent):
    def __init__(self, console: Console) -> None:
        self._console, self._started = console, time.monotonic()

    def begin(self, text: str, total: int) -> None:
        many = f" ({total})" if total > 1 else ""
        self._console.print(f"{time.monotonic() - self._started:6.1f} s  {text}{many}", highlight=False, markup=False)


class _Bar:
    def __init__(self, bar: Progress) -> None:
        self._bar, self._task = bar, bar.add_task("", total=None)

    def begin(self, text: str, total: int) -> None:
        self._bar.update(self._task, completed=self._bar.tasks[-1].total or 0)
        self._task = self._bar.add_task(text, total=total)

    def advance(self) -> None:
        self._bar.advance(self._task)


@contextmanager
def steps(console: Console) -> Iterator[Steps]:
    """Steps as a bar on a terminal, else as lines."""
    if not console.is_terminal:
        yield _Lines(console)
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console) as bar:
        yield _Bar(bar)
