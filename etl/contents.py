"""What a warehouse holds: its tables, their rows, one hash over all of it, and whether it is what it says it is."""

from __future__ import annotations

import hashlib
from pathlib import Path

import duckdb

from contract import departure

LINES = "SELECT row::VARCHAR FROM query_table($1) row"
ROWS = "SELECT count(*) FROM query_table($1)"
TABLES = """
SELECT table_name FROM duckdb_tables() WHERE database_name = current_database() AND schema_name = 'main' ORDER BY table_name
"""
ABOUT_THE_BUILD = {"build", "check_result"}
OWN_HASH = "SELECT content_hash FROM build"


def content_hash(connection: duckdb.DuckDBPyConnection) -> str:
    """One hash over every row of every table, whatever the order: the same figures give the same hash."""
    hashes = [f"{table} {_table_hash(connection, table)}" for table in tables(connection) if table not in ABOUT_THE_BUILD]
    return hashlib.sha256("\n".join(hashes).encode()).hexdigest()


def _table_hash(connection: duckdb.DuckDBPyConnection, table: str) -> str:
    """The hash of a table's rows as lines of text, sorted and hashed here: DuckDB takes twice as long to order and hash them."""
    lines = connection.execute(LINES, [table]).to_arrow_table().column(0).cast("binary").to_pylist()
    return hashlib.sha256(b"\n".join(sorted(lines))).hexdigest()


def tables(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Names of the tables."""
    return [name for (name,) in connection.execute(TABLES).fetchall()]


def row_counts(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Rows of every table."""
    return {table: connection.execute(ROWS, [table]).fetchall()[0][0] for table in tables(connection)}


def is_whole(build: Path) -> bool:
    """Whether a build can be opened, has the schema of this program, and every row that it was finished with.

    A file that is cut off, damaged anywhere, of something else or of another version is not whole.
    """
    try:
        with duckdb.connect(build, read_only=True) as connection:
            return not departure(connection) and connection.execute(OWN_HASH).fetchone() == (content_hash(connection),)
    except (duckdb.Error, OSError):
        return False
