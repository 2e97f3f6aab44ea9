"""What the warehouse says of its own shape: tables, columns, what may stand in them, the rows of a whole table."""

from __future__ import annotations

import pandas as pd

from insight.warehouse import Warehouse

COLUMNS = """
SELECT c.table_name, c.column_name, c.data_type, NOT c.is_nullable AS required, t.table_name IS NULL AS is_view
FROM duckdb_columns() c LEFT JOIN duckdb_tables() t USING (database_name, schema_name, table_name)
WHERE c.database_name = current_database() AND c.schema_name = 'main' AND NOT c.internal ORDER BY c.table_name, c.column_index
"""
CONSTRAINTS = """
SELECT table_name, constraint_type, columns, referenced_table, referenced, expression FROM about.rule
ORDER BY table_name, constraint_type DESC, columns, expression
"""
TABLE = "SELECT * FROM query_table($name)"
TABLES = "SELECT table_name FROM duckdb_tables() WHERE database_name = current_database() ORDER BY table_name"
READ_ALL = "SELECT bit_xor(hash(held)) AS held FROM query_table($table) held"


def columns(warehouse: Warehouse) -> pd.DataFrame:
    """Every column of every table and view in order: table_name, column_name, data_type, required, is_view."""
    return warehouse.rows("columns", COLUMNS)


def constraints(warehouse: Warehouse) -> pd.DataFrame:
    """Keys, references and checks: table_name, constraint_type, columns, referenced_table, referenced, expression."""
    return warehouse.rows("constraints", CONSTRAINTS)


def table(warehouse: Warehouse, name: str) -> pd.DataFrame:
    """Every row of a table, in no order."""
    return warehouse.rows(f"table {name}", TABLE, {"name": name})


def read_through(warehouse: Warehouse) -> None:
    """Read every row of every table once, so that a file that is damaged anywhere is found before a reader finds it.

    Raises:
        QueryFailed: a part cannot be read.
    """
    for name in warehouse.rows("tables", TABLES)["table_name"]:
        warehouse.rows(f"reading {name}", READ_ALL, {"table": str(name)})
