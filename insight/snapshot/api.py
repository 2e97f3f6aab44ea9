"""A small programming interface of plain JSON files: the forces, each force, each measure; and a JSON Schema for each kind."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from insight.format import slug
from insight.queries import figures, inspections
from insight.snapshot.edition import Book, Row
from insight.snapshot.package import OGL, plain, to_json

SCHEMAS = Path(__file__).resolve().parent / "schemas"
FIGURE = (
    "measure_id", "area_code", "area_name", "area_level", "period_end", "release", "numerator", "denominator", "value",
    "lower_95", "upper_95", "status", "hidden_parts", "basis", "revision", "verdict", "verdict_level", "verdict_basis",
    "compared_with_nation", "compared_with_region", "outlier", "rank", "rank_lower", "rank_upper", "recent_trend",
    "change_from_previous", "doubtful", "doubtful_parts",
)  # fmt: skip
GRADE = ("cycle", "level", "question", "grade", "status", "published", "source_url", "source_kind")
INSPECTION = (
    "inspection_id", "kind", "inspected_from", "inspected_to", "published", "cases_audited", "cases_good",
    "cases_requires_improvement", "cases_inadequate", "recommendations", "follows", "response_due_first", "response_due_last",
    "revisit_due_first", "revisit_due_last", "revisits", "revisits_undated", "revisit_id", "revisit_visit_from", "revisit_visit",
    "revisit_report", "days_after_due_visit_least", "days_after_due_visit_most", "days_after_due_report_least",
    "days_after_due_report_most", "source_url", "source_kind",
)  # fmt: skip
EVENT = ("event", "topic", "date", "source_url", "source_kind")
FORCE = ("force_code", "force_name", "organisation_name", "short_code", "region", "country")
MEASURE = (
    "measure_id", "title", "short_title", "topic", "kind", "numerator", "denominator", "multiplier", "unit", "decimals",
    "polarity", "definition", "caveats", "coverage",
)  # fmt: skip


def api_files(book: Book) -> Iterator[tuple[str, bytes]]:
    """Path and content of every file of the interface."""
    for path in sorted(SCHEMAS.glob("*.json")):
        yield f"api/v1/schema/{path.name}", path.read_bytes()
    yield "api/v1/forces.json", to_json({**_head(book), "forces": [_force(force) for force in book.forces]})
    for force in book.forces_with_pages:
        yield f"api/v1/force/{force['force_code']}.json", to_json(one_force(book, force))
    for measure in book.measures:
        yield f"api/v1/measure/{measure['measure_id']}.json", to_json(one_measure(book, measure))


def one_force(book: Book, force: Row) -> dict[str, Any]:
    """Everything about a force: figures of every measure and year, grades, inspections, monitoring, findings."""
    code = str(force["force_code"])
    rows = book.ask(figures.force_all_measures, code).assign(area_name=force["force_name"])
    return {
        **_head(book),
        "force": _force(force),
        "figures": _rows(rows, FIGURE),
        "grades": _rows(book.grades[book.grades["force_code"] == code], GRADE),
        "inspections": _rows(book.ask(inspections.inspections, code), INSPECTION),
        "monitoring": _rows(book.ask(inspections.events, code), EVENT),
        "findings": [
            {"rule": finding.rule, "severity": finding.severity.label, "sentence": finding.sentence}
            for finding in book.findings(code)
        ],
    }


def one_measure(book: Book, measure: Row) -> dict[str, Any]:
    """A measure with every area and year, authorities among them."""
    rows = book.ask(figures.every_area, measure["measure_id"])
    return {**_head(book), "measure": {name: plain(measure[name]) for name in MEASURE}, "figures": _rows(rows, FIGURE)}


def _head(book: Book) -> dict[str, Any]:
    return {"snapshot": book.day.isoformat(), "build": str(book.build["build_id"]), "licence": OGL}


def _force(force: Row) -> dict[str, Any]:
    return {**{name: plain(force[name]) for name in FORCE}, "page": f"forces/{slug(str(force['force_name']))}.html"}


def _rows(frame: pd.DataFrame, columns: tuple[str, ...]) -> list[dict[str, Any]]:
    return [{name: plain(value) for name, value in row.items()} for row in frame[list(columns)].to_dict("records")]
