"""The open data package: every table as CSV and Parquet, and `datapackage.json` that describes each column."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
import pyarrow
import pyarrow.parquet

from insight.downloads.files import ABOUT_DATES, csv_bytes
from insight.fields import Reference, TableShape
from insight.format import is_missing, number
from insight.queries import registry
from insight.records import records
from insight.snapshot.edition import Edition
from insight.sources import LICENCES, NOT_STATED, OGL, licence_not_stated

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
TYPES = {
    "VARCHAR": "string", "JSON": "string", "INTEGER": "integer", "BIGINT": "integer", "DOUBLE": "number", "BOOLEAN": "boolean",
    "DATE": "date", "TIMESTAMP": "datetime",
}  # fmt: skip


@dataclass(frozen=True)
class Column:
    """A column of a table: its name, its type in a Data Package and what stands in it."""

    name: str
    type: str
    description: str


@dataclass(frozen=True)
class DataTable:
    """A table of the package with its rows, in the order of its key."""

    name: str
    description: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    references: tuple[Reference, ...]
    rows: pd.DataFrame


def tables(edition: Edition, shapes: Mapping[str, TableShape]) -> list[DataTable]:
    """Every table of the build.

    Args:
        edition: the build.
        shapes: every table of the build as it was loaded, whose keys are declared.
    """
    return [_table(edition, shape) for shape in shapes.values() if not shape.is_view]


def _table(edition: Edition, shape: TableShape) -> DataTable:
    columns = tuple(Column(field.name, TYPES[field.type], field.description) for field in shape.fields)
    rows = registry.table(edition.warehouse, shape.name)
    order = list(shape.key) or list(rows.columns)
    rows = rows.sort_values(order, key=lambda column: column.astype("str"), kind="stable").reset_index(drop=True)
    named = [column.name for column in columns]
    return DataTable(shape.name, shape.description, columns, shape.key, shape.references, rows[named])


def csv_of(table: DataTable) -> bytes:
    """The table as UTF-8 CSV: ISO dates as precise as known, nothing rounded, an empty cell where there is no value."""
    rows = table.rows.copy()
    for column in table.columns:
        if column.type == "date":
            rows[column.name] = pd.to_datetime(rows[column.name]).dt.strftime("%Y-%m-%d")
        elif column.type == "datetime":
            rows[column.name] = pd.to_datetime(rows[column.name]).dt.strftime("%Y-%m-%dT%H:%M:%SZ")
        elif column.type == "boolean":
            rows[column.name] = rows[column.name].map({True: "true", False: "false"}, na_action="ignore")
    return csv_bytes(rows).removeprefix(BYTE_ORDER_MARK).replace(b"\r\n", b"\n")


def parquet_of(table: DataTable) -> bytes:
    """The table as Parquet, without a word about the machine that wrote it."""
    rows = table.rows.copy()
    for column in table.columns:
        if column.type == "date":
            rows[column.name] = pd.to_datetime(rows[column.name]).dt.date
    arrow = pyarrow.Table.from_pandas(rows, preserve_index=False).replace_schema_metadata(None)
    out = io.BytesIO()
    pyarrow.parquet.write_table(arrow, out, compression="zstd")
    return out.getvalue()


def datapackage(edition: Edition, made: list[DataTable], files: dict[str, bytes], site_name: str) -> bytes:
    """`datapackage.json`: every CSV file with its schema, and sources and licence of the whole."""
    resources = [_resource(table, files[f"data/{table.name}.csv"]) for table in made]
    package = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": f"force-performance-{edition.day.isoformat()}",
        "title": f"{site_name}, snapshot of {edition.day.isoformat()}",
        "description": (
            f"Inspection grades and missing-child statistics of the 43 police forces of England and Wales. {ABOUT_DATES}"
        ),
        "version": edition.day.isoformat(),
        "created": f"{edition.day.isoformat()}T00:00:00Z",
        "licenses": [{"name": "OGL-UK-3.0", "title": _licence(edition), "path": OGL}],
        "sources": [
            {"title": f"{row['publisher']}: {row['title']}, release {row['release']}{_unstated(row)}", "path": row["url"]}
            for row in records(edition.sources)
        ],
        "keywords": ["police", "missing children", "looked-after children", "inspection", "England", "Wales"],
        "resources": resources,
    }
    return to_json(package, indent=1)


def _licence(edition: Edition) -> str:
    """The licence of the whole, less the publications that state none."""
    titles = licence_not_stated(edition.sources)
    return f"{LICENCES['OGL-UK-3.0']}{f', but for (licence not stated): {chr(59).join(titles)}' if titles else ''}"


def _unstated(source: dict[Any, Any]) -> str:
    return " (licence not stated)" if source["licence"] == NOT_STATED else ""


def _resource(table: DataTable, csv: bytes) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [_field(column, table) for column in table.columns],
        "missingValues": [""],
    }
    if table.key:
        schema["primaryKey"] = list(table.key)
    if table.references:
        schema["foreignKeys"] = [
            {
                "fields": list(one.columns),
                "reference": {"resource": one.table.replace("_", "-"), "fields": list(one.referenced)},
            }
            for one in table.references
        ]
    return {
        "name": table.name.replace("_", "-"),
        "path": f"{table.name}.csv",
        "title": table.name.replace("_", " ").capitalize(),
        "description": table.description,
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(csv),
        "schema": schema,
    }


def _field(column: Column, table: DataTable) -> dict[str, Any]:
    made: dict[str, Any] = {"name": column.name, "type": column.type, "description": column.description}
    if column.type == "datetime":
        made["format"] = "%Y-%m-%dT%H:%M:%SZ"
    # A part of a key may be empty text (an event without a topic), which a CSV cannot tell from a missing cell.
    if column.name in table.key and not (table.rows[column.name].isna() | (table.rows[column.name] == "")).any():
        made["constraints"] = {"required": True}
    return made


def listed(made: list[DataTable], files: dict[str, bytes]) -> list[dict[str, Any]]:
    """The package as the data page lists it."""
    return [
        {
            "name": table.name,
            "description": table.description,
            "rows": number(len(table.rows)),
            "formats": [
                {"kind": kind, "path": path, "size": size_of(len(files[path]))}
                for kind, path in (("CSV", f"data/{table.name}.csv"), ("Parquet", f"data/{table.name}.parquet"))
            ],
        }
        for table in made
    ]


def size_of(count: int) -> str:
    """'12 kB', '3.4 MB'."""
    return f"{number(count / 1e6, 1)} MB" if count >= 1e6 else f"{number(max(1, round(count / 1e3)))} kB"


def plain(value: Any) -> Any:
    """A value of a frame as JSON has it: nothing, true, whole numbers, numbers, ISO dates, text, lists."""
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    if hasattr(value, "tolist"):
        return plain(value.tolist())
    if is_missing(value):
        return None
    if isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, pd.Timestamp):
        return value.strftime("%Y-%m-%d")
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def to_json(value: Any, indent: int | None = None) -> bytes:
    """JSON as UTF-8 with a newline at its end; the same bytes for the same value."""
    separators = None if indent else (",", ":")
    return (json.dumps(value, ensure_ascii=False, allow_nan=False, indent=indent, separators=separators) + "\n").encode()
