"""What is in a warehouse: build, sources, rows, coverage."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import duckdb

from environment import WAREHOUSE
from etl.incoming import TAKEN_BY
from etl.paths import DataFolder
from etl.place import place_of
from etl.problems import refuse

BUILD = "SELECT build_id, built_at::VARCHAR AS built_at, code_version, content_hash, rows_by_table, duration FROM build"
SOURCES = """
SELECT s.source_id, s.publication, s.publisher, s.title, s.release, s.published, s.file_name, s.origin,
    s.done AS taken_by,
    p.first_period::VARCHAR AS first_period, p.last_period::VARCHAR AS last_period, coalesce(p.figures, 0) AS figures
FROM source s LEFT JOIN source_period p USING (source_id) ORDER BY s.publication, s.release
"""
COVERAGE = """
SELECT c.measure_id, min(c.period_end)::VARCHAR AS first_period, max(c.period_end)::VARCHAR AS last_period,
    sum(c.forces)::INTEGER AS forces_and_years, sum(c.with_value)::INTEGER AS with_value,
    sum(c.lower_bounds)::INTEGER AS lower_bounds
FROM coverage c JOIN measure m USING (measure_id) GROUP BY c.measure_id, m.position ORDER BY m.position
"""
NEXT_RELEASES = """
SELECT publication, release, coalesce(due::VARCHAR, no_date) AS due, newest_published, look_at
FROM next_release ORDER BY next_release.due NULLS LAST, publication
"""
CHECKS = """
SELECT count(*) AS checks, count_if(NOT passed AND severity = 'error') AS failed,
    count_if(NOT passed AND severity = 'warning') AS warnings
FROM check_result
"""


def build_in_use(folder: DataFolder) -> Path:
    """The build in use.

    Raises:
        Refused: nothing was built yet.
        NotReached: the shared warehouse does not answer.
    """
    current = place_of(folder).in_use()
    if current is None:
        raise refuse(
            WAREHOUSE.name if folder.shared else folder.warehouse, "There is no warehouse yet.", "Run `python -m etl build`."
        )
    return current


def status(folder: DataFolder) -> dict[str, Any]:
    """Everything ``status --json`` prints."""
    place, path = place_of(folder), build_in_use(folder)
    files = place.files(path)
    with place.reading(path) as connection:
        build = _rows(connection, BUILD)[0]
        return {
            "in_use": str(path),
            "builds": [kept.name for kept in place.builds()],
            **build,
            "rows_by_table": json.loads(build["rows_by_table"]),
            "checks": _rows(connection, CHECKS)[0],
            "sources": [row | {"taken_by": _taken_by(row["taken_by"])} for row in _rows(connection, SOURCES)],
            "next_releases": _rows(connection, NEXT_RELEASES),
            "coverage": _rows(connection, COVERAGE),
            **({"files": files} if files else {}),
        }


def _taken_by(done: str) -> str | None:
    """The command that took a release in, by what is noted of it; read here, for with a parameter DuckDB imports pandas."""
    return next((name for name in ("ingest", "fetch") if TAKEN_BY.format(command=name) in done), None)


def _rows(connection: duckdb.DuckDBPyConnection, query: str) -> list[dict[str, Any]]:
    result = connection.execute(query)
    names = [column[0] for column in result.description or []]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]
