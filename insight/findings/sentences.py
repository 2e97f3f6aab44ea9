"""Plain sentences about a force, each made by a rule from stored figures and verdicts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from insight.format import figure_text, is_lower_bound, is_missing, listed, number, plural, short_value, why_partial, year_ending
from insight.statistics import Trend

Row = Mapping[str, Any]

ENGLAND_ONLY = "The Department for Education's figures cover England only. Inspection grades cover Wales too."

TREND_WORDS = {
    Trend.INCREASING: "Recent trend, over five years: increasing.",
    Trend.DECREASING: "Recent trend, over five years: decreasing.",
    Trend.NO_SIGNIFICANT_CHANGE: "Recent trend, over five years: no significant change, which is no proof that nothing changed.",
    Trend.CANNOT_BE_CALCULATED: "A recent trend cannot be calculated: that takes five years running with whole figures.",
}


def welsh(titles: list[str]) -> str:
    """What figures cover a Welsh force.

    Args:
        titles: short titles of the measures that have a figure of it in any year.
    """
    held = (
        f"Our sources have figures of this force for: {listed(titles)}."
        if titles
        else "The police tables that we hold have no figure of this force either."
    )
    return f"The Department for Education's figures cover England only. {held} Inspection grades cover Wales too."


def level(row: Row, nation: Row | None, measure: Row, name: str, labels: Mapping[str, str]) -> str:
    """How high a force's figure is and what England's is, or why there is none.

    Args:
        row: a row of ``forces_in_year``.
        nation: the row of England, or None.
        measure: title, unit, decimals.
        labels: words for each status.
    """
    decimals, unit = int(measure["decimals"]), str(measure["unit"])
    year = year_ending(row["period_end"])
    england = ""
    if nation is not None and not is_missing(nation["value"]):
        england = f"England {short_value(float(nation['value']), decimals, unit)}"
    if is_missing(row["value"]):
        said = f"{name} has no figure for “{measure['title']}”, {year}: {labels[row['status']].lower()}."
        return f"{said} {england}." if england else said
    said = f"{name}: {figure_text(row, decimals, unit, labels)}{_rest_of_unit(unit)}"
    if unit.startswith("%") and not is_missing(row["denominator"]):
        said += f" ({number(row['numerator'])} of {number(row['denominator'])})"
    if england:
        said += f"; {england}"
    hidden = f" {_first_upper(why_partial(row))}." if is_lower_bound(row) else ""
    return f"{_first_upper(str(measure['title']))}, {year}: {said}.{hidden}"


def trend(row: Row, measure: Row, name: str, labels: Mapping[str, str]) -> str:
    """Where a force's figure stands and whether it has been rising or falling.

    Args:
        row: a row of ``forces_in_year``, with ``recent_trend`` and ``change_from_previous``.
    """
    decimals, unit = int(measure["decimals"]), str(measure["unit"])
    year = year_ending(row["period_end"])
    if is_missing(row["value"]):
        return f"{name} has no figure for “{measure['title']}”, {year}: {labels[row['status']].lower()}."
    said = f"{name}: {figure_text(row, decimals, unit, labels)}{_rest_of_unit(unit)}, {year}."
    return f"{said} {TREND_WORDS[row['recent_trend']]}"


def grades_of(grades: Any, name: str, cycle: str) -> str:
    """A force's grades of one cycle in a sentence: how many of each, best first, and how many are not known.

    Args:
        grades: rows of ``insight.queries.inspections.grades`` for the force and cycle.
    """
    known = grades[grades["grade"].notna()].sort_values("grade_order")
    counts = known["grade"].value_counts(sort=False)
    missing = int((grades["status"] == "not_found").sum())
    if counts.empty:
        return f"{name}: our sources do not show its grades in PEEL {cycle}."
    said = listed([f"{count} {grade.lower()}" for grade, count in counts.items()])
    unknown = f" {plural(missing, 'grade')} not found." if missing else ""
    return f"{name} in PEEL {cycle}: {said}, of {plural(len(known), 'area')} whose grade is known.{unknown}"


def _rest_of_unit(unit: str) -> str:
    return unit[1:] if unit.startswith("%") else f" {unit}"


def _first_upper(text: str) -> str:
    return text[:1].upper() + text[1:]
