"""What is in a warehouse: build, sources, rows, coverage."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import duckdb

from environment import WAREHOUSE
from etl.paths import DataFolder
from etl.place import place_of
from etl.problems import refuse

BUILD = "SELECT build_id, built_at::VARCHAR AS built_at, code_version, content_hash, rows_by_table, duration FROM build"
SOURCES = """
WITH dated AS (
    SELECT source_id, period_end FROM observation
    UNION ALL SELECT source_id, period_end FROM breakdown
    UNION ALL SELECT source_id, period_end FROM authority_percentage
)
SELECT s.source_id, s.publication, s.publisher, s.title, s.release, s.published, s.file_name, s.origin,
    min(o.period_end)::VARCHAR AS first_period, max(o.period_end)::VARCHAR AS last_period, count(o.source_id) AS figures
FROM source s LEFT JOIN dated o USING (source_id) GROUP BY ALL ORDER BY s.publication, s.release
"""
COVERAGE = """
SELECT i.measure_id, min(i.period_end)::VARCHAR AS first_period, max(i.period_end)::VARCHAR AS last_period,
    count(*) AS forces_and_years, count(i.value) AS with_value,
    count_if(i.value IS NOT NULL AND i.hidden_parts > 0) AS lower_bounds
FROM indicator i JOIN measure m USING (measure_id)
WHERE i.area_level = 'force' GROUP BY i.measure_id, m.position ORDER BY m.position
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
            "sources": _rows(connection, SOURCES),
            "next_releases": _rows(connection, NEXT_RELEASES),
            "coverage": _rows(connection, COVERAGE),
            **({"files": files} if files else {}),
        }


def _rows(connection: duckdb.DuckDBPyConnection, query: str) -> list[dict[str, Any]]:
    result = connection.execute(query)
    names = [column[0] for column in result.description or []]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]
