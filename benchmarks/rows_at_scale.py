"""What the questions of the pages cost when the warehouse has 10, 100 and 1,000 times as many figures.

    python benchmarks/rows_at_scale.py [--most 1000]

A copy of the build in use, in a temporary folder, with more rows of ``indicator`` and ``observation``: each real row again under
area codes that do not exist (``X1-…``), so made up, and marked so by their code. The questions are
those of ``insight.queries``, asked as pages ask them; the answers stay as they are. Medians of ``RUNS``; prints Markdown.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb
import pandas as pd

from benchmarks.machine import machine
from insight.queries import figures, force
from insight.warehouse import Warehouse, build_in_use, open_warehouse

RUNS = 5
FACTORS = (1, 10, 100, 1000)
MEASURE, FORCE, YEAR = "children_missing_percent", "E23000028", date(2024, 3, 31)
# The tables' rules would take most of the time, and are not what is asked about.
UNRULED = "CREATE TABLE more AS SELECT * FROM query_table($table)"
MORE = """
INSERT INTO more
SELECT * EXCLUDE (i) REPLACE ('X' || i || '-' || area_code AS area_code) FROM query_table($table), range(1, $times) t(i)
"""
SWAP = ("DROP TABLE {table} CASCADE", "ALTER TABLE more RENAME TO {table}")
QUESTIONS: dict[str, Callable[[Warehouse], pd.DataFrame]] = {
    "one force, every figure": lambda warehouse: force.figures(warehouse, FORCE),
    "all forces on a measure in a year": lambda warehouse: figures.forces_in_year(warehouse, MEASURE, YEAR),
    "all forces on a measure, every year": lambda warehouse: figures.series(warehouse, MEASURE),
    "the newest of every measure": figures.newest_of_every_measure,
}


def _grown(build: Path, folder: Path, times: int) -> Path:
    """A copy of the build with so many times the figures."""
    path = folder / f"force-grown-{times}.duckdb"
    shutil.copyfile(build, path)
    with duckdb.connect(path, config={"threads": 2}) as connection:
        for table in ("indicator", "observation"):
            views = connection.execute("SELECT sql FROM duckdb_views() WHERE schema_name = 'main' AND NOT internal").fetchall()
            connection.execute(UNRULED, {"table": table})
            connection.execute(MORE, {"table": table, "times": times})
            for statement in SWAP:
                connection.execute(statement.format(table=table))
            for (view,) in views:
                connection.execute(view.replace("CREATE VIEW", "CREATE OR REPLACE VIEW", 1))
        connection.execute("CHECKPOINT")
    return path


def _median(question: Callable[[Warehouse], pd.DataFrame], warehouse: Warehouse) -> tuple[float, float]:
    times, processor = [], []
    for _ in range(RUNS):
        started, worked = time.perf_counter(), time.process_time()
        question(warehouse)
        times.append(time.perf_counter() - started)
        processor.append(time.process_time() - worked)
    return statistics.median(times) * 1000, statistics.median(processor) * 1000


def main() -> None:
    """Grow, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--most", type=int, default=FACTORS[-1])
    most, build = parser.parse_args().most, build_in_use()
    print(f"{machine()}\n\n| figures | file | {' | '.join(QUESTIONS)} |\n|---:|---:|{'---:|' * len(QUESTIONS)}")
    with tempfile.TemporaryDirectory() as name:
        for times in (factor for factor in FACTORS if factor <= most):
            path = _grown(build, Path(name), times)
            warehouse = open_warehouse(path)
            rows = sum(
                int(warehouse.connection.table(table).count("*").fetchall()[0][0]) for table in ("indicator", "observation")
            )
            asked = (_median(question, warehouse) for question in QUESTIONS.values())
            cells = (f"{took:,.0f} ms ({worked:,.0f})" for took, worked in asked)
            print(f"| {rows:,} | {path.stat().st_size / 1e6:,.0f} MB | {' | '.join(cells)} |", flush=True)
            warehouse.connection.close()
            path.unlink()
    print(f"\nIn brackets: processor time. Most memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB")


if __name__ == "__main__":
    main()
