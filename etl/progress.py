"""What a person sees while a command works: a spinner on a terminal, plain lines anywhere else."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn


@contextmanager
def steps(console: Console) -> Iterator[Callable[[str], None]]:
    """A function to call with the name of each step as it begins."""
    if console.is_terminal:
        with Progress(SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn(), console=console) as bar:
            yield _on_bar(bar)
        return
    started = time.monotonic()

    def line(text: str) -> None:
        console.print(f"{time.monotonic() - started:6.1f} s  {text}", highlight=False, markup=False)

    yield line


def _on_bar(bar: Progress) -> Callable[[str], None]:
    running: list[int] = []

    def begin(text: str) -> None:
        for task in running:
            bar.update(task, total=1, completed=1)  # type: ignore[arg-type]
        running[:] = [bar.add_task(text, total=None)]

    return begin
