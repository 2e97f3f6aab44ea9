"""Plain sentences about a force, each made by a rule from stored figures and verdicts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from insight.words import figure_text, is_lower_bound, is_missing, number, short_value, year_ending

Row = Mapping[str, Any]

WELSH = (
    "The Department for Education's figures cover England only, and the police table of the National Crime Agency has no "
    "Welsh force. Inspection grades cover Wales too."
)


def level(row: Row, nation: Row | None, measure: Row, name: str, labels: Mapping[str, str]) -> str:
    """How high a force's figure is and what England's is, or why there is none.

    Args:
        row: an indicator row of the force; all missing where the measure does not cover it.
        nation: the row of England, or None.
        measure: title, unit, decimals, numerator, denominator.
        labels: words for each status.
    """
    decimals, unit = int(measure["decimals"]), str(measure["unit"])
    if is_missing(row["value"]):
        why = "is not covered by this measure" if is_missing(row["status"]) else f"is {labels[row['status']].lower()}"
        start = f"{name}: {_lower_first(str(measure['title']))}"
        said = f"{start}, {year_ending(row['period_end'])}: {why}." if not is_missing(row["period_end"]) else f"{name} {why}."
        return said
    parts = f"{name}: {figure_text(row, decimals, unit, labels)}"
    parts += _rest_of_unit(unit)
    if not is_missing(row["denominator"]) and not unit.startswith("per"):
        parts += f" ({number(row['numerator'])} of {number(row['denominator'])})" if unit.startswith("%") else ""
    if nation is not None and not is_missing(nation["value"]):
        parts += f", England {short_value(float(nation['value']), decimals, unit)}"
    if is_lower_bound(row):
        parts += "; part of the figure is hidden by the publisher"
    return f"{parts}, {year_ending(row['period_end'])}."


def _rest_of_unit(unit: str) -> str:
    return unit[1:] if unit.startswith("%") else f" {unit}"


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]
