"""Our layout of a release agrees with the tables that it is loaded into."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from environment import PROJECT
from etl import layout
from insight.fields import TableShape, table_shapes
from insight.warehouse import Warehouse
from vocabulary import Basis, BreakKind, Origin

TABLES = {
    "figures": "observation", "grades": "grade", "grade_counts": "grade_count", "inspections": "inspection",
    "breakdowns": "breakdown", "percentages": "authority_percentage",
    "inspection_grades": "inspection_grade", "recommendations": "recommendation", "monitoring_events": "monitoring_event",
}  # fmt: skip


@pytest.fixture(scope="module")
def shapes() -> dict[str, TableShape]:
    connection = duckdb.connect()
    connection.execute((PROJECT / "etl" / "schema.sql").read_text(encoding="utf-8"))
    return table_shapes(Warehouse(Path("made-up"), connection))


def test_every_unit_of_observation_has_a_table() -> None:
    assert set(layout.COLUMNS) == set(layout.KEYS) == set(TABLES)


@pytest.mark.parametrize(("unit", "table"), TABLES.items())
def test_columns_of_a_release_are_columns_of_its_table(unit: str, table: str, shapes: dict[str, TableShape]) -> None:
    stored = {field.name for field in shapes[table].fields}
    assert {*layout.COLUMNS[unit], *layout.OPTIONAL.get(unit, [])} <= stored


@pytest.mark.parametrize(("unit", "table"), TABLES.items())
def test_the_key_of_a_release_is_that_of_its_table(unit: str, table: str, shapes: dict[str, TableShape]) -> None:
    assert set(layout.KEYS[unit]) == set(shapes[table].key) - {"release"}


@pytest.mark.parametrize(("unit", "table"), TABLES.items())
def test_whole_numbers_and_days_have_such_columns(unit: str, table: str, shapes: dict[str, TableShape]) -> None:
    types = {name: shapes[table].field(name).type for name in layout.COLUMNS[unit]}
    whole = {name for name, kind in types.items() if kind in ("INTEGER", "BIGINT")}
    assert whole == layout.WHOLE_NUMBERS & set(types)
    dated = {name for name in types if types[name] == "DATE" or shapes[table].field(name).pattern.startswith(r"^\d{4}")}
    assert dated == layout.DATES & set(types)


@pytest.mark.parametrize(
    ("table", "column", "words"),
    [
        ("observation", "area_level", layout.LEVELS),
        ("observation", "revision", layout.REVISIONS),
        ("indicator", "basis", list(Basis)),
        ("source", "origin", list(Origin)),
        ("series_break", "kind", list(BreakKind)),
        ("breakdown", "kind", layout.KINDS),
        ("breakdown", "topic", layout.TOPICS),
        ("inspection", "kind", layout.INSPECTION_KINDS),
        ("inspection", "source_kind", layout.SOURCE_KINDS),
        ("grade", "source_kind", layout.SOURCE_KINDS),
        ("monitoring_event", "event", layout.EVENTS),
        ("monitoring_event", "source_kind", layout.SOURCE_KINDS),
    ],
)
def test_a_closed_list_is_that_of_the_table(table: str, column: str, words: list[str], shapes: dict[str, TableShape]) -> None:
    assert set(shapes[table].field(column).values) == set(words)
