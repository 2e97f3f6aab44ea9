"""Datasette (PyPI): the figures as an SQLite file behind its web server."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

import pandas as pd

from benchmarks.served import free_port
from deploy.reader import HOST
from deploy.replicas import stop, wait_for

PACKAGE = "datasette==0.65.5"
RANKED = """
SELECT force, value, force = 'Kent' AS highlighted FROM figure
WHERE period_end = (SELECT max(period_end) FROM figure) ORDER BY value DESC
"""
SERIES = "SELECT period_end, value FROM figure WHERE force = 'Kent' ORDER BY period_end"
DRAWN = "table.rows-and-columns tbody tr"


def install(folder: Path) -> Path:
    """An environment with Datasette; its command.

    Raises:
        CalledProcessError: it cannot be installed.
    """
    command = folder / "datasette" / "bin" / "datasette"
    if not command.is_file():
        subprocess.run([sys.executable, "-m", "venv", str(folder / "datasette")], check=True, capture_output=True)
        pip = [str(folder / "datasette" / "bin" / "python"), "-m", "pip", "install", "--quiet", PACKAGE]
        subprocess.run(pip, check=True, capture_output=True, timeout=180)
    return command


def built(rows: pd.DataFrame, room: Path) -> tuple[Path, float]:
    """The figures as it takes them, and the seconds that took."""
    started = time.perf_counter()
    path = room / "figures.db"
    with sqlite3.connect(path) as connection:
        rows.to_sql("figure", connection, index=False)
    connection.close()
    return path, time.perf_counter() - started


@contextmanager
def serving(command: Path, file: Path) -> Iterator[dict[str, str]]:
    """The addresses of the two questions: all forces ranked with one marked, one force's series."""
    port = free_port()
    process = subprocess.Popen(
        [str(command), "serve", str(file), "--host", HOST, "--port", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        base = f"http://{HOST}:{port}"
        wait_for(f"{base}/", process)
        yield {"ranked": f"{base}/figures?{urlencode({'sql': RANKED})}", "series": f"{base}/figures?{urlencode({'sql': SERIES})}"}
    finally:
        stop(process)
