"""Which row it was that the schema refused: DuckDB names the rule, not always the row."""

from __future__ import annotations

import duckdb
import pandas as pd

from etl.problems import Problem, Refused

KEY = """
SELECT constraint_column_names FROM duckdb_constraints() WHERE table_name = $1 AND constraint_type = 'PRIMARY KEY'
"""
FILE = "SELECT file_name FROM source WHERE source_id = $1"


def refused_row(connection: duckdb.DuckDBPyConnection, table: str, frame: pd.DataFrame, error: duckdb.Error) -> Refused:
    """A refusal that names the file of the first row that a table does not take, and its key.

    Args:
        frame: what could not be appended as a whole; the table is left as it was.
    """
    row = frame.iloc[_first_refused(connection, table, frame)]
    names = connection.execute(KEY, [table]).fetchone()
    key = [name for name in (names[0] if names else []) if name in row.index]
    found = connection.execute(FILE, [row["source_id"]]).fetchone() if "source_id" in row.index else None
    why = f"The warehouse refuses this row: {str(error).splitlines()[0].rstrip('.')}."
    value = ", ".join(str(row[name]) for name in key) or None
    file = str(found[0]) if found else f"table {table}"
    return Refused(Problem(file, why, "Correct that row.", column=", ".join(key) or None, value=value))


def _first_refused(connection: duckdb.DuckDBPyConnection, table: str, frame: pd.DataFrame) -> int:
    """Place of the first row with which the rows up to it are refused, by halving."""
    taken, refused = 0, len(frame)
    while refused - taken > 1:
        middle = (taken + refused) // 2
        if _takes(connection, table, frame.iloc[:middle]):
            taken = middle
        else:
            refused = middle
    return refused - 1


def _takes(connection: duckdb.DuckDBPyConnection, table: str, rows: pd.DataFrame) -> bool:
    connection.begin()
    try:
        connection.append(table, rows, by_name=True)
    except (duckdb.ConstraintException, duckdb.ConversionException):
        return False
    finally:
        connection.rollback()
    return True
