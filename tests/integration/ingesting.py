"""What tests of ingest share: kinds of helpers, rows of a file, rows of the build in use."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from etl.paths import DataFolder
from etl.warehouse import current_build, open_for_reading

Etl = Callable[..., Any]
Rows = list[dict[str, str]]
Save = Callable[..., Path]


def rows_in_use(data: DataFolder, query: str) -> list[tuple[Any, ...]]:
    current = current_build(data.warehouse)
    assert current is not None
    with open_for_reading(current) as connection:
        return connection.execute(query).fetchall()


def one(rows: Rows, **of: str) -> dict[str, str]:
    """The one row with these cells."""
    [row] = [row for row in rows if all(row[column] == value for column, value in of.items())]
    return row
