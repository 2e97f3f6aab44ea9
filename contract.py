"""Whether a file is a warehouse as this program writes and reads it: its name, the schema's version, how it departs from that.

``etl/schema.sql`` is the contract between the loading and the reading side. A build stores the version of the schema that it was
made with; both sides compare it, and the tables and columns that are there, with the contract whenever they open a build.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import duckdb

SCHEMA = Path(__file__).resolve().parent / "etl" / "schema.sql"
SHAPE = """
SELECT table_name, column_name || ' ' || data_type FROM duckdb_columns() WHERE NOT internal AND database_name = current_database()
"""
STORED = "SELECT schema_version FROM build"
MOST_NAMED = 3
# How a build is named: a file of the folder, or the address that stands for one in a shared warehouse; a link names that in use.
CURRENT = "current"
BUILD, FILE, SHARED = "force-", ".duckdb", ".lake"
NOT_FINISHED = "is not finished: it does not say what build it is"

Shape = frozenset[tuple[str, str]]


def build_id(build: Path) -> str:
    """The id of a build, which its file's name, or its address, carries."""
    return build.stem.removeprefix(BUILD)


def is_shared(build: Path) -> bool:
    """Whether a build is one of the shared warehouse, for which no file stands."""
    return build.suffix == SHARED


def shape_of(connection: duckdb.DuckDBPyConnection) -> Shape:
    """Every table and view of a database with its columns and their types."""
    return frozenset(connection.execute(SHAPE).fetchall())


@cache
def expected_shape() -> Shape:
    """What ``etl/schema.sql`` makes."""
    with duckdb.connect() as connection:
        connection.execute(SCHEMA.read_text(encoding="utf-8"))
        return shape_of(connection)


@cache
def schema_version() -> str:
    """The version of the schema: the same for the same tables, views and columns, whatever the comments say."""
    lines = [f"{table} {part}" for table, part in sorted(expected_shape())]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:12]


def departure(connection: duckdb.DuckDBPyConnection) -> str:
    """How a database departs from the contract, as the end of a sentence about it; empty where it does not.

    Raises:
        duckdb.Error: it cannot be read.
    """
    found = shape_of(connection)
    tables = {table for table, _ in found}
    if not tables:
        return "is empty: there is no table in it"
    if not tables & {table for table, _ in expected_shape()}:
        return "is a database of something else: none of its tables is ours"
    if not {("build", "schema_version VARCHAR"), ("build", "build_id VARCHAR")} <= found:
        return f"was made by an older version of this program, or by none: {_lacking(found)}"
    if wrong := other_version(connection):
        return wrong if wrong == NOT_FINISHED else f"{wrong}: {_lacking(found)}"
    if found != expected_shape():
        return f"was altered after it was built: {_lacking(found)}"
    return next((f"holds numbers that are none (NaN or infinity) in {table}" for table in _not_finite(connection)), "")


def other_version(connection: duckdb.DuckDBPyConnection) -> str:
    """How the version that a build says it has departs from the contract, as the end of a sentence; empty where it does not.

    A build of a shared warehouse is told by this alone: how its tables are kept is the lake's, and nobody alters a snapshot.

    Raises:
        duckdb.Error: it cannot be read.
    """
    row = connection.execute(STORED).fetchone()
    if row is None:
        return NOT_FINISHED
    if row[0] == schema_version():
        return ""
    return f"was made by another version of this program (schema {row[0]}; this one reads {schema_version()})"


def _not_finite(connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    """Tables with a number that is NaN or infinite; the schema lets none in, a file may have been changed without it."""
    columns: dict[str, list[str]] = {}
    for table, part in expected_shape():
        name, _, kind = part.partition(" ")
        if kind == "DOUBLE":
            columns.setdefault(table, []).append(name)
    for table, names in sorted(columns.items()):
        # Names of the contract, so no parameter: for one, DuckDB imports pandas, longer than all that is asked of a build here.
        finite = ", ".join(f'bool_and(isfinite("{name}"))' for name in sorted(names))
        row = connection.table(table).aggregate(finite).fetchone()
        if row is None or False in row:
            yield table


def _lacking(found: Shape) -> str:
    """Tables, else columns, that are missing or too many; the first few of them."""
    said = _named("lacks", expected_shape() - found, found) + _named("has besides", found - expected_shape(), expected_shape())
    return "; ".join(said) or "its tables and columns are the same"


def _named(verb: str, parts: Shape, other: Shape) -> list[str]:
    there = {table for table, _ in other}
    names = sorted({table if table not in there else f"{table}.{part}" for table, part in parts})
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    return [f"it {verb} {', '.join(names[:MOST_NAMED])}{more}"] if names else []
