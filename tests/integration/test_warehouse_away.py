"""Each command that reads a shared warehouse says in words that it does not answer, and ends with the code of that."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer import Typer
from typer.testing import CliRunner

from environment import WAREHOUSE
from faults import NOT_ASKED
from insight.briefing.__main__ import app as briefing
from insight.snapshot.__main__ import app as snapshot
from tests.catalogue import ON_THE_LAKE

pytestmark = list(ON_THE_LAKE)


@pytest.mark.parametrize(
    ("command", "call"),
    [(briefing, ["kent", "--out", "kent.pdf"]), (snapshot, ["build", "--out", "public"])],
    ids=["briefing", "site"],
)
def test_a_warehouse_that_does_not_answer_ends_a_command_with_its_code_and_nothing_written(
    command: Typer, call: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(WAREHOUSE.name, "ducklake:postgres:host=127.0.0.1 port=1 user=force")
    answer = CliRunner().invoke(command, call)
    assert answer.exit_code == NOT_ASKED, answer.output
    assert "The shared warehouse does not answer just now" in answer.output
    assert list(tmp_path.iterdir()) == []
