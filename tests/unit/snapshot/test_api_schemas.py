"""The JSON Schemas of the interface follow the warehouse: a column is defined in schema.sql and described in columns.yaml."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import jsonschema
import pytest

from environment import PROJECT
from insight.downloads import column_notes
from insight.fields import Undescribed, rule_of, table_shapes
from insight.snapshot.api_schemas import columns_of, schemas
from insight.statistics import Verdict
from insight.warehouse import Warehouse

FORCES = 3  # of a made-up country
WORDS = {"figure_status": ("reported", "suppressed"), "grade_scale": ("Good", "Adequate"), "grade_status": ("graded",)}


def empty(change: str = "") -> Warehouse:
    """A warehouse without rows, and one more statement."""
    connection = duckdb.connect()
    connection.execute((PROJECT / "etl" / "schema.sql").read_text(encoding="utf-8"))
    connection.execute(change)
    return Warehouse(Path("made-up"), connection)


def rows_of(document: dict[str, Any], name: str) -> dict[str, Any]:
    return document["properties"][name]["items"]["properties"]


@pytest.fixture
def made() -> dict[str, dict[str, Any]]:
    return schemas(table_shapes(empty()), WORDS, FORCES)


def test_every_schema_is_a_valid_one(made: dict[str, dict[str, Any]]) -> None:
    assert sorted(made) == ["force", "forces", "measure"]
    for schema in made.values():
        jsonschema.Draft202012Validator.check_schema(schema)


def test_as_many_forces_are_promised_as_the_build_has(made: dict[str, dict[str, Any]]) -> None:
    listed = made["forces"]["properties"]["forces"]
    assert (listed["minItems"], listed["maxItems"]) == (FORCES, FORCES)


def test_every_field_has_a_description(made: dict[str, dict[str, Any]]) -> None:
    def fields(schema: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
        found = list(schema.get("properties", {}).items()) if "required" in schema else []
        inner = [schema["items"]] if "items" in schema else [field for _, field in found]
        return found + [one for part in inner for one in fields(part)]

    bare = [
        name
        for schema in made.values()
        for name, field in fields(schema)
        if "description" not in field and "properties" not in field
    ]
    assert bare == []


@pytest.mark.parametrize(
    "column", ["recent_trend", "change_from_previous", "compared_with_nation", "compared_with_region", "outlier"]
)
def test_a_test_of_few_children_is_said_to_be_on_no_page(made: dict[str, dict[str, Any]], column: str) -> None:
    """Files keep what each test found, of the City of London too, beside the verdict that it has too few children to compare."""
    told = [rows_of(made[name], "figures")[column]["description"] for name in ("force", "measure")]
    for said in (*told, column_notes.column_note(column), column_notes.column_note(column, "indicator")):
        assert f"no page shows it where `verdict` is {Verdict.TOO_FEW}." in str(said)


def test_a_new_column_is_in_the_schema_once_it_is_described(monkeypatch: pytest.MonkeyPatch) -> None:
    warehouse = empty("ALTER TABLE inspection ADD COLUMN officers INTEGER")
    with pytest.raises(Undescribed, match="Column officers of table inspection has no description"):
        table_shapes(warehouse)
    notes = column_notes.descriptions()
    monkeypatch.setitem(notes["columns"], "officers", "Officers who were met.")
    shapes = table_shapes(warehouse)
    field = rows_of(schemas(shapes, WORDS, FORCES)["force"], "inspections")["officers"]
    assert field == {"type": ["integer", "null"], "description": "Officers who were met."}
    assert "officers" in columns_of(shapes, "inspection")


def test_a_table_without_description_is_refused() -> None:
    with pytest.raises(Undescribed, match="Table visit has no description"):
        table_shapes(empty("CREATE TABLE visit (force_code VARCHAR)"))


def test_types_and_vocabularies_follow_the_warehouse(made: dict[str, dict[str, Any]]) -> None:
    figures, inspections = rows_of(made["measure"], "figures"), rows_of(made["force"], "inspections")
    assert figures["status"]["enum"] == ["reported", "suppressed"]
    assert figures["revision"]["enum"] == ["provisional", "revised", None]
    assert figures["period_end"]["format"] == "date"
    assert (figures["hidden_parts"]["type"], figures["hidden_parts"]["minimum"]) == ("integer", 0)
    assert "NCPI" in inspections["kind"]["enum"]
    assert inspections["published"]["type"] == ["string", "null"]
    assert inspections["published"]["pattern"].startswith(r"^\d{4}")
    assert rows_of(made["force"], "grades")["grade"]["enum"] == ["Good", "Adequate", None]


@pytest.mark.parametrize(
    ("expression", "rule"),
    [
        ("(kind IN ('NCPI', 'Review (graded)'))", {"values": ("NCPI", "Review (graded)")}),
        ("(tiers IN (4, 5))", {"values": ("4", "5")}),
        ("(number >= 1)", {"least": 1}),
        ('("value" > 0)', {"above": 0}),
        ("(tau_b BETWEEN -1 AND 1)", {"least": -1, "most": 1}),
        ("(length(short_code) = 3)", {"length": 3}),
        ("regexp_matches(date, '^\\d{4}$')", {"pattern": "^\\d{4}$"}),
        ("(starts_with(name, 'A'))", {}),
    ],
)
def test_a_rule_of_one_column_is_read(expression: str, rule: dict[str, Any]) -> None:
    assert rule_of(expression) == rule
