"""Readers are answered in the order in which they came.

Python works for one of them at a time anyway. Shared out among ten that came at once, each page would be whole as late as the
last; one after another, half of them are answered in half of the time (benchmarks, "Sessions").
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

PATIENCE = (
    0.1  # seconds; most pages take less. Whoever waited so long goes on beside what holds the turn: figures asked for first
)
_turn = threading.Semaphore(1)


@contextmanager
def in_turn(patience: float = PATIENCE) -> Iterator[None]:
    """Wait for those who came before, for ``patience`` seconds at most."""
    mine = _turn.acquire(timeout=patience)
    try:
        yield
    finally:
        if mine:
            _turn.release()
