"""The JSON Schemas of the interface, made from the register of fields: a column of the warehouse is described there only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from insight.downloads.column_notes import column_note
from insight.fields import Field, TableShape, Undescribed
from vocabulary import Status

DRAFT = "https://json-schema.org/draft/2020-12/schema"
JSON_TYPES: dict[str, dict[str, Any]] = {
    "VARCHAR": {"type": "string"},
    "INTEGER": {"type": "integer"},
    "BIGINT": {"type": "integer"},
    "DOUBLE": {"type": "number"},
    "BOOLEAN": {"type": "boolean"},
    "DATE": {"type": "string", "format": "date"},
}
TEXT: dict[str, Any] = {"type": "string"}
TEXT_OR_NULL: dict[str, Any] = {"type": ["string", "null"]}
# What the interface says beside the columns of a table.
HEAD: dict[str, dict[str, Any]] = {
    "snapshot": {"type": "string", "format": "date", "description": "The day of the snapshot."},
    "build": {"type": "string", "description": "The build that it was made from."},
    "licence": {"type": "string", "format": "uri", "description": "Licence of every publication but those that state none."},
    "licence_not_stated": {
        "type": "array",
        "items": {"type": "string"},
        "description": "Publications whose licence is not stated in the copies that were read.",
    },
}
PAGE = {"page": {"type": "string", "description": "The page of the force, from the snapshot's top."}}
BESIDE_FIGURE = {"area_name": TEXT, "doubtful": TEXT_OR_NULL, "doubtful_parts": TEXT_OR_NULL}
ORIGIN = "origin"  # of a judgement's source: whether a user added it
FINDING = {"rule": TEXT, "severity": TEXT, "sentence": TEXT}
# Columns of a table that the interface leaves out: those that place a thing on a page, and what a document says once at its top.
LEFT_OUT: dict[str, tuple[str, ...]] = {
    "force": ("label", "in_text", "organisation_in_text", "tile_column", "tile_row", "unranked_because"),
    "measure": (
        "position",
        "clause",
        "short_clause",
        "noun",
        "short_noun",
        "headline",
        "force_series",
        "wider",
        "publication",
        "independent",
    ),
    "indicator": ("lower_998", "upper_998", "interval_method", "outlier_unadjusted", "probability_highest_quarter"),
    "grade": ("force_code", "grade_order", "source_id"),
    "inspection": ("force_code", "source_id"),
    "monitoring_event": ("force_code", "source_id"),
}
VALUE_OR_REASON = {
    "if": {"properties": {"value": {"type": "null"}}},
    "then": {"properties": {"status": {"not": {"const": Status.REPORTED}}}},
    "else": {"properties": {"status": {"const": Status.REPORTED}}},
}
Shapes = Mapping[str, TableShape]
# The words of vocabularies that are tables of their own, by the table's name.
Vocabularies = Mapping[str, tuple[str, ...]]


def columns_of(shapes: Shapes, table: str) -> list[str]:
    """The columns of a table that the interface gives, in the table's order."""
    return [field.name for field in shapes[table].fields if field.name not in LEFT_OUT[table]]


def schemas(shapes: Shapes, vocabularies: Vocabularies, number_of_forces: int) -> dict[str, dict[str, Any]]:
    """The schema of each kind of document, by the name of its file.

    Args:
        shapes: every table of the build as it was loaded (``insight.fields.table_shapes``).
        vocabularies: values of the tables that are closed vocabularies, as they are published.
        number_of_forces: how many the build has; all are given.

    Raises:
        Undescribed: something that the interface gives has no description.
    """

    def row(table: str, **beside: dict[str, Any]) -> dict[str, Any]:
        fields = {name: _property(shapes[table].field(name), vocabularies) for name in columns_of(shapes, table)}
        return _object(fields | beside)

    origin = _property(shapes["source"].field(ORIGIN), vocabularies)
    unsourced = {**origin, "enum": [*origin["enum"], None]}  # a question that nobody graded has no source
    force = row("force", **PAGE)
    figures = _list(shapes["indicator"], {**row("indicator", **_described(BESIDE_FIGURE)), **VALUE_OR_REASON})
    forces = {**_list(shapes["force"], force), "minItems": number_of_forces, "maxItems": number_of_forces}
    findings = {"type": "array", "description": "What is said of the force.", "items": _object(_described(FINDING))}
    documents: dict[str, tuple[str, str, dict[str, Any]]] = {
        "forces": ("Forces", f"The {number_of_forces} territorial police forces of England and Wales.", {"forces": forces}),
        "force": (
            "Force",
            "Everything about one force.",
            {
                "force": force,
                "figures": figures,
                "grades": _list(shapes["grade"], row("grade", **{ORIGIN: unsourced})),
                "inspections": _list(shapes["inspection"], row("inspection", **{ORIGIN: origin})),
                "monitoring": _list(shapes["monitoring_event"], row("monitoring_event", **{ORIGIN: origin})),
                "findings": findings,
            },
        ),
        "measure": ("Measure", "One measure, every area and year.", {"measure": row("measure"), "figures": figures}),
    }
    return {
        name: {
            "$schema": DRAFT,
            "$id": f"urn:force-performance:api:v1:{name}",
            "title": title,
            "description": description,
            **_object({**HEAD, **parts}),
        }
        for name, (title, description, parts) in documents.items()
    }


def _property(field: Field, vocabularies: Vocabularies) -> dict[str, Any]:
    made: dict[str, Any] = dict(JSON_TYPES[field.type])
    values: list[Any] = list(vocabularies.get(field.references, ()) or field.values)
    if values:
        numbers = made["type"] == "integer"
        made = {"enum": [int(value) if numbers else value for value in values] + ([] if field.required else [None])}
    else:
        limits = {"minimum": field.least, "exclusiveMinimum": field.above, "maximum": field.most}
        lengths = {"minLength": field.length, "maxLength": field.length}
        made |= {name: limit for name, limit in (limits | lengths).items() if limit is not None}
        made |= {"pattern": field.pattern} if field.pattern else {}
        made |= {"format": "uri"} if field.name == "url" or field.name.endswith("_url") else {}
        made["type"] = made["type"] if field.required else [made["type"], "null"]
    return {**made, "description": field.description}


def _described(fields: Mapping[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Fields that are no column of the table, with what downloads say of them."""
    made = {}
    for name, rule in fields.items():
        note = column_note(name)
        if note is None:
            raise Undescribed(f"Field {name} of the interface has no description. Add one under `downloads` in columns.yaml.")
        made[name] = {**rule, "description": note}
    return made


def _object(properties: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": False, "required": list(properties), "properties": dict(properties)}


def _list(shape: TableShape, items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "description": shape.description, "items": items}
