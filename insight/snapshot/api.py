"""A small programming interface of plain JSON files: the forces, each force, each measure; and a JSON Schema for each kind."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from insight.addresses import FORCE_FILE, FORCES_FILE, MEASURE_FILE
from insight.format import slug
from insight.queries import figures, inspections, registry
from insight.records import records
from insight.snapshot.api_schemas import BESIDE_FIGURE, ORIGIN, Shapes, columns_of, schemas
from insight.snapshot.edition import Edition, Row
from insight.snapshot.package import plain, to_json
from insight.sources import OGL, licence_not_stated

VOCABULARIES = {"figure_status": "status", "grade_status": "status", "grade_scale": "grade"}


def api_files(edition: Edition, shapes: Shapes) -> Iterator[tuple[str, bytes]]:
    """Path and content of every file of the interface.

    Args:
        edition: the build.
        shapes: every table of the build as it was loaded.

    Raises:
        Undescribed: a column that the interface gives has no description.
    """
    words = {table: tuple(registry.table(edition.warehouse, table).sort_values(key)[key]) for table, key in VOCABULARIES.items()}
    for name, schema in sorted(schemas(shapes, words, len(edition.forces)).items()):
        yield f"api/v1/schema/{name}.json", to_json(schema, indent=1)
    forces = [_force(shapes, force) for force in edition.forces]
    yield FORCES_FILE, to_json({**_head(edition), "forces": forces})
    for force in edition.forces_with_pages:
        yield FORCE_FILE.format(code=force["force_code"]), to_json(one_force(edition, shapes, force))
    for measure in edition.measures:
        yield MEASURE_FILE.format(measure=measure["measure_id"]), to_json(one_measure(edition, shapes, measure))


def one_force(edition: Edition, shapes: Shapes, force: Row) -> dict[str, Any]:
    """Everything about a force: figures of every measure and year, grades, inspections, monitoring, findings."""
    code = str(force["force_code"])
    rows = edition.ask(figures.force_all_measures, code).assign(area_name=force["force_name"])
    return {
        **_head(edition),
        "force": _force(shapes, force),
        "figures": _rows(rows, [*columns_of(shapes, "indicator"), *BESIDE_FIGURE]),
        "grades": _rows(edition.grades[edition.grades["force_code"] == code], [*columns_of(shapes, "grade"), ORIGIN]),
        "inspections": _rows(edition.ask(inspections.inspections, code), [*columns_of(shapes, "inspection"), ORIGIN]),
        "monitoring": _rows(edition.ask(inspections.events, code), [*columns_of(shapes, "monitoring_event"), ORIGIN]),
        "findings": [
            {"rule": finding.rule, "severity": finding.label, "sentence": finding.sentence}
            for finding in edition.findings(code, None)
        ],
    }


def one_measure(edition: Edition, shapes: Shapes, measure: Row) -> dict[str, Any]:
    """A measure with every area and year, authorities among them."""
    rows = edition.ask(figures.every_area, measure["measure_id"])
    described = {name: plain(measure[name]) for name in columns_of(shapes, "measure")}
    return {**_head(edition), "measure": described, "figures": _rows(rows, [*columns_of(shapes, "indicator"), *BESIDE_FIGURE])}


def _head(edition: Edition) -> dict[str, Any]:
    return {
        "snapshot": edition.day.isoformat(),
        "build": str(edition.build["build_id"]),
        "licence": OGL,
        "licence_not_stated": licence_not_stated(edition.sources),
    }


def _force(shapes: Shapes, force: Row) -> dict[str, Any]:
    return {
        **{name: plain(force[name]) for name in columns_of(shapes, "force")},
        "page": f"forces/{slug(str(force['force_name']))}.html",
    }


def _rows(frame: pd.DataFrame, columns: list[str]) -> list[dict[str, Any]]:
    return [{name: plain(value) for name, value in row.items()} for row in records(frame[columns])]
