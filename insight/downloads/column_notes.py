"""What the columns of downloads hold: one definition each, in ``columns.yaml`` beside this file."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd
import yaml

COLUMNS_FILE = Path(__file__).resolve().parent / "columns.yaml"


@lru_cache(maxsize=1)
def descriptions() -> dict[str, Any]:
    """Descriptions of tables and columns: ``tables``, ``columns``, ``own`` (by table), ``downloads``."""
    return yaml.safe_load(COLUMNS_FILE.read_text(encoding="utf-8"))


def column_note(column: str, table: str = "") -> str | None:
    """What a column holds, in a table of the warehouse or in a download; None where nothing is said."""
    said = descriptions()
    own = said["own"].get(table, {}) if table else said["downloads"]
    return own.get(column) or said["columns"].get(column)


def described(frame: pd.DataFrame, table: str = "") -> list[dict[str, str]]:
    """Name, type and description of each column of a frame; ``table`` is the one of the warehouse that it is, if it is one."""
    return [
        {
            "name": str(name),
            "type": _type(frame[name]),
            "description": column_note(str(name), table) or str(name).replace("_", " "),
        }
        for name in frame.columns
    ]


def _type(column: pd.Series) -> str:
    if pd.api.types.is_bool_dtype(column):
        return "boolean"
    if pd.api.types.is_integer_dtype(column):
        return "integer"
    if pd.api.types.is_numeric_dtype(column):
        return "number"
    return "date" if pd.api.types.is_datetime64_any_dtype(column) else "string"
