"""A command that asks what is there imports nothing of what makes it: it answers at once."""

from __future__ import annotations

import subprocess
import sys

import pytest

from environment import DATA, PROJECT
from tests.exampland import MadeUp

HEAVY = ("pandas", "pandera", "scipy", "etl.build", "etl.ingest", "etl.fetching.fetch")
CALLED = f"""
import sys
from etl.__main__ import app
try:
    app(sys.argv[1:], standalone_mode=False)
finally:
    print("imported:", [name for name in {HEAVY} if name in sys.modules])
"""


@pytest.mark.parametrize(
    "call", [["--help"], ["build", "--help"], ["status"], ["status", "--path"], ["status", "--json"]], ids=str
)
def test_a_command_that_only_tells_imports_nothing_of_a_build(call: list[str], made_up: MadeUp) -> None:
    environment = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(PROJECT), DATA.name: str(made_up.folder.root)}
    answer = subprocess.run(
        [sys.executable, "-c", CALLED, *call], cwd=PROJECT, env=environment, capture_output=True, text=True, check=False
    )
    assert answer.returncode == 0, answer.stderr
    assert answer.stdout.splitlines()[-1] == "imported: []"
