"""Incident-level data, made up: 300,000 missing episodes a year for ten years, loaded and queried for real.

    python -m benchmarks.incident_level [--per-year 300000] [--years 10] [--shared]

Every row is made up, says so (``made_up``), and belongs to one of 43 forces that do not exist. Loaded into a DuckDB file in a
temporary folder; with ``--shared`` into the shared warehouse that ``FORCE_WAREHOUSE`` names, in a schema of its own that is
removed again. Times are medians of ``RUNS``, each query over a cursor of its own, as pages ask; prints Markdown.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

import lake
from benchmarks.machine import machine

RUNS = 5
FORCES = 43
SCHEMA = """
CREATE TABLE incident.episode (
    episode_id BIGINT NOT NULL,
    force_code VARCHAR NOT NULL,
    child_id BIGINT NOT NULL,
    reported_at TIMESTAMP NOT NULL,
    found_at TIMESTAMP,
    age INTEGER NOT NULL,
    risk VARCHAR NOT NULL,
    placement VARCHAR NOT NULL,
    interview_offered_hours DOUBLE,
    made_up BOOLEAN NOT NULL
)
"""
# Numbers follow from a hash of the row's own, so that every run makes the same rows; larger forces have more, some children many.
FILL = """
INSERT INTO incident.episode
WITH seeds AS (SELECT i AS id, hash(i) AS a, hash(i, 1) AS b, hash(i, 2) AS c FROM range($first, $last) t(i)),
drawn AS (
    SELECT id, 1 + floor($forces * pow((a % 100000) / 100000.0, 1.6))::BIGINT AS force,
        floor($children * pow((b % 1000000) / 1000000.0, 2))::BIGINT AS child,
        make_timestamp($year, 1, 1, 0, 0, 0) + to_seconds((c % 31536000)::BIGINT) AS reported_at,
        0.2 + pow((hash(id, 3) % 10000) / 10000.0, 6) * 400 AS hours
    FROM seeds
)
SELECT id, printf('X%08d', force), force * 1000000 + child, reported_at,
    CASE WHEN id % 997 <> 0 THEN reported_at + to_seconds((hours * 3600)::BIGINT) END,
    8 + (hash(child) % 10)::INTEGER,
    ['no apparent', 'low', 'medium', 'high'][1 + (hash(id, 4) % 4)::INTEGER],
    ['at home', 'foster care', 'children''s home', 'supported accommodation'][1 + (hash(child, 5) % 4)::INTEGER],
    CASE WHEN id % 5 <> 0 THEN hours + (hash(id, 6) % 120) END, TRUE
FROM drawn ORDER BY force, reported_at
"""
FORCE = "X00000007"
QUERIES = {
    "episodes of every force and year": """
        SELECT force_code, year(reported_at) AS year, count(*) AS episodes, count(DISTINCT child_id) AS children
        FROM incident.episode GROUP BY ALL ORDER BY ALL""",
    "one force, month by month": """
        SELECT date_trunc('month', reported_at) AS month, count(*) AS episodes FROM incident.episode
        WHERE force_code = $force GROUP BY ALL ORDER BY ALL""",
    "children missing five times or more in a year, by force": """
        SELECT force_code, count(*) AS children, sum(episodes) AS episodes FROM (
            SELECT force_code, child_id, year(reported_at) AS year, count(*) AS episodes FROM incident.episode
            GROUP BY ALL HAVING count(*) >= 5)
        GROUP BY ALL ORDER BY ALL""",
    "hours missing: median and 90th percentile by placement and risk": """
        SELECT placement, risk, quantile_cont(date_diff('second', reported_at, found_at) / 3600, [0.5, 0.9]) AS hours
        FROM incident.episode WHERE found_at IS NOT NULL GROUP BY ALL ORDER BY ALL""",
    "return interviews offered within 72 hours, one force by year": """
        SELECT year(reported_at) AS year, count_if(interview_offered_hours <= 72) / count(*) AS share FROM incident.episode
        WHERE force_code = $force GROUP BY ALL ORDER BY ALL""",
    "one child's episodes in order": """
        SELECT * FROM incident.episode WHERE child_id = (SELECT min(child_id) FROM incident.episode WHERE force_code = $force)
        ORDER BY reported_at""",
}


@contextmanager
def _in_a_file() -> Iterator[tuple[duckdb.DuckDBPyConnection, str, Callable[[], int]]]:
    with (
        tempfile.TemporaryDirectory() as folder,
        duckdb.connect(Path(folder) / "made-up.duckdb", config={"threads": 2}) as connection,
    ):
        connection.execute("CREATE SCHEMA incident")
        yield connection, "", lambda: sum(path.stat().st_size for path in Path(folder).iterdir())


@contextmanager
def _in_the_lake() -> Iterator[tuple[duckdb.DuckDBPyConnection, str, Callable[[], int]]]:
    with lake.open_lake({"threads": 2}, writing=True) as connection:
        connection.execute("CREATE SCHEMA incident")
        size = "SELECT sum(file_size_bytes) FROM ducklake_table_info('lake') WHERE table_name = 'episode'"
        try:
            yield connection, lake.ENTER, lambda: int(connection.execute(size).fetchall()[0][0])
        finally:
            connection.execute("DROP SCHEMA incident CASCADE")


def _timed(connection: duckdb.DuckDBPyConnection, enter: str, query: str) -> tuple[float, float, int]:
    times, processor, rows = [], [], 0
    for _ in range(RUNS):
        with connection.cursor() as cursor:
            if enter:
                cursor.execute(enter)
            started, worked = time.perf_counter(), time.process_time()
            rows = len(cursor.execute(query, {"force": FORCE} if "$force" in query else {}).df())
            times.append(time.perf_counter() - started)
            processor.append(time.process_time() - worked)
    return statistics.median(times) * 1000, statistics.median(processor) * 1000, rows


def main() -> None:
    """Load, query, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--per-year", type=int, default=300_000)
    parser.add_argument("--years", type=int, default=10)
    parser.add_argument("--shared", action="store_true")
    asked = parser.parse_args()
    with _in_the_lake() if asked.shared else _in_a_file() as (connection, enter, size):
        connection.execute(SCHEMA)
        started, processor = time.perf_counter(), time.process_time()
        for number in range(asked.years):
            given = {"first": number * asked.per_year, "last": (number + 1) * asked.per_year, "year": 2015 + number}
            connection.execute(FILL, {**given, "forces": FORCES, "children": asked.per_year // 20})
        if not asked.shared:
            connection.execute("CHECKPOINT")
        seconds, processor = time.perf_counter() - started, time.process_time() - processor
        print(f"{machine()}\n")
        where = "shared warehouse" if asked.shared else "DuckDB file"
        print(
            f"{asked.per_year * asked.years:,} made-up episodes, {where}: made and loaded in "
            f"{seconds:.1f} s ({processor:.1f} s of processor time), {size() / 1e6:,.0f} MB on disk\n"
        )
        print("| question | ms | ms of processor time | rows |\n|---|---:|---:|---:|")
        for name, query in QUERIES.items():
            took, worked, rows = _timed(connection, enter, query)
            print(f"| {name} | {took:,.0f} | {worked:,.0f} | {rows:,} |")
        print(f"\nmost memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB")


if __name__ == "__main__":
    main()
