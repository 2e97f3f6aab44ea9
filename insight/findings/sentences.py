"""Plain sentences about a force, each made by a rule from stored figures and verdicts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from insight.findings.phrases import said
from insight.format import (
    AT_LEAST,
    Words,
    amount_of,
    figure_text,
    is_lower_bound,
    is_missing,
    label_of,
    listed,
    number,
    reason_to_doubt,
    upper_first,
    why_partial,
)
from insight.profile.profile import when
from vocabulary import Status

Row = Mapping[str, Any]

WELSH = "Figures on missing children cover England only; figures for Wales are published by the Welsh Government."
NOT_WALES = "The Department for Education's figures cover England only."
ENGLAND_ONLY = f"{NOT_WALES} Inspection grades cover Wales too."


def welsh(titles: list[str]) -> str:
    """What figures cover a Welsh force.

    Args:
        titles: short titles of the measures that have a figure of it in any year.
    """
    quoted = [f"“{title}”" for title in titles]
    held = f"The figures that we have for this force are {listed(quoted)}." if titles else ""
    return f"{NOT_WALES} {held}" if titles else WELSH


def level(row: Row, nation: Row | None, measure: Row, area: str, words: Words) -> str:
    """How high a force's figure is and what England's is, or why there is none.

    Args:
        row: a row of ``forces_in_year``.
        nation: the row of England, or None.
        measure: title, unit, decimals, clause, noun.
        area: the force's area in running text.
        words: for each status.
    """
    beside = []
    if str(measure["unit"]).startswith("%") and not is_missing(row["value"]) and not is_missing(row["denominator"]):
        least = f"{AT_LEAST} " if is_lower_bound(row) else ""
        beside.append(f"{least}{number(row['numerator'])} of {number(row['denominator'])}")
    if nation is not None and not is_missing(nation["value"]):
        beside.append(f"{nation['area_name']} {amount_of(nation['value'], measure)}")
    brackets = f" ({'; '.join(beside)})" if beside else ""
    if is_missing(row["value"]):
        said_beside = (
            f" {beside[0]}." if beside and row["status"] != Status.NOT_COVERED else ""
        )  # England is nothing to a Welsh force
        return _no_figure(row, measure, area, words) + said_beside
    figure = figure_text(row, measure, words)
    hidden = f" It is a minimum, because {why_partial(row)}." if is_lower_bound(row) else ""
    doubt = " The figure is doubtful." if reason_to_doubt(row) else ""
    return f"In {area}, {said(measure, figure)} {when(row, measure)}{brackets}.{hidden}{doubt}"


def _no_figure(row: Row, measure: Row, area: str, words: Words) -> str:
    why = label_of(row["status"], words).lower()
    year = "" if row["status"] == Status.NOT_COVERED else f" {when(row, measure)}"
    return f"{upper_first(area)} has no figure for “{measure['title']}”{year} ({why})."
