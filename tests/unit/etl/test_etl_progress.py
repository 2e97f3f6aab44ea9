"""What a person sees of a command's steps."""

from __future__ import annotations

import io
import re

from rich.console import Console

from etl.progress import steps


def test_without_a_terminal_each_step_is_a_plain_line_with_its_time() -> None:
    stream = io.StringIO()
    with steps(Console(file=stream, force_terminal=False)) as step:
        step("Reading [the] releases")
        step("Loading")
    lines = stream.getvalue().splitlines()
    assert [re.sub(r"^ +\d+\.\d s  ", "", line) for line in lines] == ["Reading [the] releases", "Loading"]
    assert all(re.match(r"^ +\d+\.\d s  ", line) for line in lines)
    assert "\x1b" not in stream.getvalue()


def test_a_line_is_there_as_soon_as_its_step_begins() -> None:
    stream = io.StringIO()
    with steps(Console(file=stream, force_terminal=False)) as step:
        step("Reading")
        assert "Reading" in stream.getvalue()


def test_on_a_terminal_every_step_is_shown() -> None:
    stream = io.StringIO()
    with steps(Console(file=stream, force_terminal=True, width=80)) as step:
        step("Reading")
        step("Loading")
    assert "Reading" in stream.getvalue()
    assert "Loading" in stream.getvalue()
