"""The register of fields: shape from the warehouse (`etl/schema.sql`), descriptions from `columns.yaml`.

The data package, the JSON Schemas of the interface and `docs/warehouse.md` are made from it, so that a column is defined in
those two files only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import pandas as pd

from insight.downloads.column_notes import COLUMNS_FILE, descriptions
from insight.queries import registry
from insight.records import named_rows
from insight.warehouse import Warehouse

AMONG = re.compile(r'\(*"?(?P<column>\w+)"? IN \((?P<values>.*?)\)\)*')
MATCHES = re.compile(r"regexp_matches\(\"?\w+\"?, '(?P<pattern>.*)'\)")
AT_LEAST = re.compile(r'\(*"?\w+"? (?P<sign>>=|>) (?P<least>-?\d+)\)*')
BETWEEN = re.compile(r'\(*"?\w+"? BETWEEN (?P<least>-?\d+) AND (?P<most>-?\d+)\)*')
LENGTH = re.compile(r'\(*(?:length|"length")\("?\w+"?\) = (?P<length>\d+)\)*')


class Undescribed(Exception):
    """A table or a column is in the warehouse and not in ``columns.yaml``; the message names it and the remedy."""


@dataclass(frozen=True)
class Field:
    """A column: its type in the warehouse, what it holds and what may stand in it.

    ``values`` is a closed vocabulary, ``least`` and ``most`` are the ends of what a number may be, ``above`` is an end that
    itself is not allowed, ``references`` the table whose key it must be among.
    """

    name: str
    type: str
    required: bool
    description: str
    values: tuple[str, ...] = ()
    pattern: str = ""
    least: int | None = None
    above: int | None = None
    most: int | None = None
    length: int | None = None
    references: str = ""


@dataclass(frozen=True)
class Reference:
    """Columns that must be among the keys of another table."""

    columns: tuple[str, ...]
    table: str
    referenced: tuple[str, ...]


@dataclass(frozen=True)
class TableShape:
    """A table or a view with its fields, its key and what it refers to."""

    name: str
    description: str
    is_view: bool
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    references: tuple[Reference, ...]

    def field(self, name: str) -> Field:
        """The field of that name.

        Raises:
            StopIteration: there is none.
        """
        return next(one for one in self.fields if one.name == name)


def table_shapes(warehouse: Warehouse) -> dict[str, TableShape]:
    """Every table and view of a build by name.

    Args:
        warehouse: a build as it was loaded; copies that were changed since have lost their keys and checks.

    Raises:
        Undescribed: a table or column has no description.
    """
    constraints = registry.constraints(warehouse)
    columns = registry.columns(warehouse)
    return {str(name): _shape(str(name), rows, constraints) for name, rows in columns.groupby("table_name")}


def _shape(name: str, columns: pd.DataFrame, constraints: pd.DataFrame) -> TableShape:
    mine = constraints[constraints["table_name"] == name]
    primary = mine[mine["constraint_type"] == "PRIMARY KEY"]
    references = tuple(
        Reference(tuple(row.columns), str(row.referenced_table), tuple(row.referenced))
        for row in named_rows(mine[mine["constraint_type"] == "FOREIGN KEY"])
    )
    single = {one.columns[0]: one.table for one in references if len(one.columns) == 1}
    rules = [
        (row.columns[0], str(row.expression))
        for row in named_rows(mine[mine["constraint_type"] == "CHECK"])
        if len(set(row.columns)) == 1
    ]
    fields = []
    for row in named_rows(columns):
        column = str(row.column_name)
        found: dict[str, Any] = {}
        for about, rule in rules:
            found |= rule_of(rule) if about == column else {}
        said, required = _said(name, column), bool(row.required)
        fields.append(Field(column, str(row.data_type), required, said, references=single.get(column, ""), **found))
    description = descriptions()["tables"].get(name)
    if not description:
        raise Undescribed(f"Table {name} has no description. Add one under `tables` in {COLUMNS_FILE.name}.")
    key = tuple(primary["columns"].iloc[0]) if len(primary) else ()
    return TableShape(name, description, bool(columns["is_view"].iloc[0]), tuple(fields), key, references)


def _said(table: str, column: str) -> str:
    notes = descriptions()
    said = notes["own"].get(table, {}).get(column) or notes["columns"].get(column)
    if not said:
        raise Undescribed(f"Column {column} of table {table} has no description. Add one under `columns` in {COLUMNS_FILE.name}.")
    return str(said)


def rule_of(expression: str) -> dict[str, Any]:
    """What a CHECK of one column says of it, as arguments of ``Field``; nothing where it is of another kind."""
    if found := AMONG.fullmatch(expression):
        return {"values": tuple(re.sub(r"^'|'$", "", value) for value in found["values"].split(", "))}
    if found := MATCHES.fullmatch(expression):
        return {"pattern": found["pattern"]}
    if found := AT_LEAST.fullmatch(expression):
        return {"least" if found["sign"] == ">=" else "above": int(found["least"])}
    if found := BETWEEN.fullmatch(expression):
        return {"least": int(found["least"]), "most": int(found["most"])}
    if found := LENGTH.fullmatch(expression):
        return {"length": int(found["length"])}
    return {}
