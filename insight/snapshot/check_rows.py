"""Rows of `check_result`: they were written before anything was withheld, and print sums and figures."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb

from insight.snapshot.disclosure.published_gaps import Leak, Way
from insight.snapshot.tables import Cell

NOT_SHOWN = "not shown: checked before figures were withheld"
# Left alone: what holds no figure about children, what found nothing at fault, and a figure known by heart that stands in the
# figures beside it.
AT_FAULT = """
SELECT check_id FROM check_result c
WHERE split_part(check_id, '/', 1) NOT IN ('forces_43', 'known_grades')
    AND NOT (expected = 'none at fault' AND found = 'none')
    AND NOT (expected = $not_shown AND found = $not_shown)
    AND NOT (split_part(check_id, '/', 1) = 'known_figure' AND EXISTS (
        SELECT 1 FROM observation o
        WHERE o.figure_id = split_part(check_id, '/', 2) AND o.area_code = split_part(check_id, '/', 3)
            AND o.release = split_part(check_id, '/', 4) AND year(o.period_end)::VARCHAR = split_part(check_id, '/', 5)
            AND o.value::VARCHAR = c.expected AND o.value::VARCHAR = c.found))
ORDER BY check_id
"""
MASK = "UPDATE check_result SET expected = $not_shown, found = $not_shown WHERE check_id = $check_id"


def mask_checks(connection: duckdb.DuckDBPyConnection) -> None:
    """Blank what checks expected and found, unless it holds no figure or one that is printed beside it."""
    for check_id in _at_fault(connection):
        connection.execute(MASK, {"not_shown": NOT_SHOWN, "check_id": check_id})


def check_leaks(connection: duckdb.DuckDBPyConnection) -> Iterator[Leak]:
    """Rows that still print what they saw before the gate. Nothing is to be withheld for them: they are masked, or refused."""
    for check_id in _at_fault(connection):
        yield Leak(Way.CHECK, Cell(check_id, "", "", ""), ())


def _at_fault(connection: duckdb.DuckDBPyConnection) -> list[str]:
    return [str(check_id) for (check_id,) in connection.execute(AT_FAULT, {"not_shown": NOT_SHOWN}).fetchall()]
