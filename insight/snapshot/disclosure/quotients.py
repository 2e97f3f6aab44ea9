"""Measures that say more than their base figures do: a share, an interval, a verdict or an average that gives a count away."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from insight.snapshot.disclosure.published_gaps import Leak, Way
from insight.snapshot.tables import Cell
from insight.statistics import Verdict

Key = tuple[str, str, str]


def quotient_leaks(indicators: pd.DataFrame, measures: pd.DataFrame, values: dict[Key, int | None]) -> list[Leak]:
    """Rows of measures that say more than their base figures do.

    Args:
        indicators: rows of ``indicator`` or ``indicator_as_of``; ``period_end`` ISO text.
        measures: rows of ``measure``.
        values: value by (figure_id, period_end, area_code), None where a figure is not seen.
    """
    parts = {row["measure_id"]: row for row in measures.to_dict("records")}
    found = []
    for row in indicators.to_dict("records"):
        measure = parts[row["measure_id"]]
        key = (measure["numerator"], row["period_end"], row["area_code"])
        cell = Cell(measure["numerator"], row["period_end"], row["release"], row["area_code"])
        if (
            (key in values and values[key] is None and _says_something(row))
            or (key in values and not pd.isna(row["numerator"]) and int(row["numerator"]) != values[key])
            or not _consistent(row, measure)
        ):
            found.append(Leak(Way.QUOTIENT, cell, (cell,)))
        elif _judged_though_partial(row):
            found.append(Leak(Way.VERDICT, cell, (cell,)))
    return found


WORDS = ("compared_with_nation", "compared_with_region", "outlier", "outlier_unadjusted", "verdict")
NUMBERS = ("numerator", "value", "lower_95", "upper_95", "lower_998", "upper_998", "rank")


def _says_something(row: dict[str, Any]) -> bool:
    return any(name in row and not pd.isna(row[name]) for name in NUMBERS)


def _consistent(row: dict[str, Any], measure: dict[str, Any]) -> bool:
    """Whether the value is the quotient of the counts beside it, so that it tells of no other count."""
    if pd.isna(row["value"]):
        return True
    if pd.isna(row["numerator"]):
        return False
    if measure["kind"] == "count":
        return bool(row["value"] == row["numerator"])
    if pd.isna(row["denominator"]) or row["denominator"] == 0:
        return False
    exact = float(row["numerator"]) / float(row["denominator"]) * float(measure["multiplier"])
    return abs(float(row["value"]) - exact) <= 1e-9 * max(1.0, exact)


def _judged_though_partial(row: dict[str, Any]) -> bool:
    """Whether a lower bound, or no figure, carries what only a whole figure may: interval, verdict, rank, trend."""
    if row["area_level"] != "force" or (int(row["hidden_parts"]) == 0 and not pd.isna(row["value"])):
        return False
    words = {row.get(name) for name in WORDS if not pd.isna(row.get(name))}
    says = words - {Verdict.NOT_COMPARED, Verdict.TOO_FEW}
    return bool(says) or any(name in row and not pd.isna(row[name]) for name in NUMBERS[2:])


def average_leaks(comparisons: pd.DataFrame, indicators: pd.DataFrame, measures: pd.DataFrame) -> Iterator[Leak]:
    """Averages whose total is more than the forces beside it add up to.

    Args:
        comparisons: rows of ``comparison``; ``period_end`` ISO text.
        indicators: rows of ``indicator``.
        measures: rows of ``measure``.
    """
    forces = indicators[(indicators["area_level"] == "force") & indicators["value"].notna() & (indicators["hidden_parts"] == 0)]
    sums = forces.groupby(["measure_id", "period_end"])[["numerator", "denominator"]].sum()
    numerators = dict(zip(measures["measure_id"], measures["numerator"], strict=True))
    for row in comparisons.to_dict("records"):
        key = (row["measure_id"], row["period_end"])
        whole = sums.loc[key] if key in sums.index else None
        if whole is None or any(int(row[part]) != int(whole[part]) for part in ("numerator", "denominator")):
            cell = Cell(numerators[row["measure_id"]], row["period_end"], "", row["measure_id"])
            yield Leak(Way.AVERAGE, cell, (cell,))
