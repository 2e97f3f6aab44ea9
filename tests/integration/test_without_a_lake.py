"""A warehouse in a folder needs nothing of a shared one: no module and no package."""

from __future__ import annotations

import subprocess
import sys

from environment import DATA, PROJECT
from etl.paths import DataFolder

READ_ALL = """
import sys
from etl.__main__ import app
from etl.build import build
from etl.paths import data_folder
from insight.queries import figures
from insight.warehouse import build_in_use, kept_build, open_warehouse
build(data_folder())
app(["status"], standalone_mode=False)
newest = build_in_use()
warehouse = open_warehouse(newest)
assert len(figures.forces(warehouse)) == 43 and kept_build(newest, "none") is None
print("imported:", sorted(name for name in sys.modules if name in ("lake", "etl.lake") or name.startswith("duckdb_extension_")))
"""


def test_with_a_folder_nothing_of_a_shared_warehouse_is_imported(made_up_data: DataFolder) -> None:
    environment = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(PROJECT), DATA.name: str(made_up_data.root)}
    answer = subprocess.run([sys.executable, "-c", READ_ALL], cwd=PROJECT, env=environment, capture_output=True, text=True)
    assert answer.returncode == 0, answer.stderr
    assert answer.stdout.splitlines()[-1] == "imported: []"
