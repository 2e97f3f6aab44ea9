"""The command of the briefing knows a force by its own names, as search and addresses do, and guesses at no other."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from environment import WAREHOUSE
from insight.briefing import __main__ as command


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("wiltshire", "wiltshire"), ("Wiltshire Police", "wiltshire"), ("GMP", "greater-manchester"), ("South Wales", "south-wales"),
        ("the Met", "metropolitan"), ("Swindon", None), ("Atlantis", None), ("", None),
    ],
)  # fmt: skip
def test_a_force_is_found_by_its_own_names(
    typed: str, meant: str | None, real_warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []
    monkeypatch.setenv(WAREHOUSE.name, str(real_warehouse.parent))
    monkeypatch.setattr(command, "make", lambda _, force, files: made.append(force))
    answer = CliRunner().invoke(command.app, [typed, "--out", str(tmp_path / "briefing.pptx")])
    assert made == [meant] * (meant is not None)
    assert answer.exit_code == (0 if meant else 2)
    assert meant or f"There is no force “{typed}”. There are: avon-and-somerset, " in answer.output
