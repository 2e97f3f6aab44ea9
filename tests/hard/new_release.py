"""The guide "A new release is out", from start to end: ``python -m tests.hard.new_release [--file CSV]``.

In a copy of the data folder the newest release of looked-after children is taken away. A server on the loopback address then offers
the publisher's own file of that release, and the commands of the guide are run one after the other, as an operator would.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import duckdb

from etl.paths import DataFolder, data_folder
from tests.integration.publisher import Publisher, serving, write_feeds

ROOT = Path(__file__).resolve().parents[2]
HELD = ROOT.parent / "shared" / "published_samples" / "dfe_looked_after_missing_release_2024.csv"
PUBLICATION, NEW = "looked_after_missing", "2024"
KNOWN = (("E92000001", 83_920), ("E23000038", 564))  # missing incidents of the new year: England and Wiltshire, as published


def etl(folder: DataFolder, *arguments: str, code: int = 0) -> str:
    """What a command of the guide prints; ends the proof where it does not end with ``code``."""
    environment = {**os.environ, "FORCE_DATA": str(folder.published.parent), "PYTHONPATH": str(ROOT)}
    environment.pop("FORCE_WAREHOUSE", None)
    ran = subprocess.run([sys.executable, "-m", "etl", *arguments], env=environment, cwd=ROOT, capture_output=True, text=True)
    print(f"$ python -m etl {' '.join(arguments)}   # {ran.returncode}", *ran.stdout.splitlines()[:12], sep="\n  ", flush=True)
    if ran.returncode != code:
        sys.exit(f"It ended with {ran.returncode}, not {code}.\n{ran.stderr[-3000:]}")
    return ran.stdout


def need(text: str, said: str) -> None:
    """Ends the proof where a command did not say what the guide says of it."""
    if text not in said:
        sys.exit(f"Not said: {text}\n{said[-3000:]}")


def try_guide(file: Path, room: Path) -> None:
    """Every step of the guide but looking at pages and publishing."""
    shutil.copytree(data_folder().published.parent, room / "data", ignore=shutil.ignore_patterns("warehouse", "incoming"))
    folder = data_folder(room / "data")
    (folder.published / PUBLICATION / f"{NEW}.csv").unlink()
    etl(folder, "build")
    need("2024-11-01", etl(folder, "status"))
    offered = Publisher(csv=file.read_bytes(), end=NEW, published=f"{NEW}-11-21T09:30:00Z")
    with serving(offered):
        write_feeds(folder, offered.port)
        need(f"{PUBLICATION}: a newer release is out. Loaded: 2023.", etl(folder, "fetch", "--check"))
        need(f"New years: {NEW}", etl(folder, "fetch", "--dry-run"))
        need(f"release {NEW}", etl(folder, "fetch", "--yes"))
        etl(folder, "build")
        need("0 fail as errors", etl(folder, "check", "--failed"))
        need(f"{PUBLICATION}: up to date. Loaded: {NEW}.", etl(folder, "fetch", "--check"))
    _hold_totals(folder)


def _hold_totals(folder: DataFolder) -> None:
    query = "SELECT value FROM current_observation WHERE figure_id = 'missing_incidents' AND area_code = ? AND year(period_end) = 2024"
    with duckdb.connect(str(next(folder.warehouse.glob("current"))), read_only=True) as connection:
        for area, expected in KNOWN:
            found = connection.execute(query, [area]).fetchall()
            if found != [(expected,)]:
                sys.exit(f"{area}: {found}, not {expected}")
    print("The new year is in use, with the totals that were announced.")


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--file", type=Path, default=HELD, help="the publisher's own file of the newest release")
    with tempfile.TemporaryDirectory(prefix="force-new-release-") as room:
        try_guide(parser.parse_args().file, Path(room))


if __name__ == "__main__":
    main()
