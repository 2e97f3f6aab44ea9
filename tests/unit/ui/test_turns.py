"""Runs of pages follow one another in the order in which they came, and none keeps the others for long."""

from __future__ import annotations

import threading

import pytest

from ui.turns import in_turn

LONG = 30.0  # seconds: longer than any test lasts


def _waits(told: list[str], name: str, ready: threading.Event, patience: float = LONG) -> threading.Thread:
    def run() -> None:
        ready.set()
        with in_turn(patience):
            told.append(name)

    thread = threading.Thread(target=run)
    thread.start()
    ready.wait(LONG)
    return thread


def _in_line(told: list[str], *names: str) -> list[threading.Thread]:
    threads = []
    for name in names:
        threads.append(_waits(told, name, threading.Event()))
        threads[-1].join(0.1)  # it stands in the line before the next one comes
    return threads


def test_who_came_first_is_answered_first() -> None:
    told: list[str] = []
    with in_turn():
        threads = _in_line(told, "first", "second", "third")
        told.append("who held the turn")
    for thread in threads:
        thread.join(LONG)
    assert told == ["who held the turn", "first", "second", "third"]


def test_a_long_run_keeps_nobody_longer_than_their_patience() -> None:
    told: list[str] = []
    with in_turn():
        _waits(told, "goes on beside it", threading.Event(), patience=0.01).join(LONG)
        assert told == ["goes on beside it"]
        waiting = _waits(told, "waits", threading.Event())  # who went on gave away no turn that was not theirs
        waiting.join(0.1)
        assert told == ["goes on beside it"]
    waiting.join(LONG)
    assert told == ["goes on beside it", "waits"]


def test_a_run_that_fails_gives_its_turn_on() -> None:
    with pytest.raises(ValueError, match="of the page"), in_turn():
        raise ValueError("of the page")
    told: list[str] = []
    _waits(told, "next", threading.Event()).join(LONG)
    assert told == ["next"]
