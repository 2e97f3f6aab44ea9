"""Headline figures of an area: the newest value of a measure and the one of the year before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from insight.format import amount_of, is_missing, number, year_ending
from vocabulary import Basis

NONE_BEFORE = "no figure for the year before"
OTHER_FORCES = "not comparable: not the same forces"


@dataclass(frozen=True)
class Headline:
    """A figure for the top of a page: ``change`` is in words, also where there is no year before to compare with."""

    label: str
    topic: str
    value: str
    change: str
    year: str


def drawn_for_a_force(measures: pd.DataFrame) -> list[str]:
    """Ids of the measures whose series are drawn for a force, in the order of column ``force_series`` of table ``measure``."""
    return [str(one) for one in measures.dropna(subset=["force_series"]).sort_values("force_series")["measure_id"]]


def headlines(frame: pd.DataFrame, measures: pd.DataFrame) -> list[Headline]:
    """Headline figures of an area in their order; a measure without a value is left out.

    Args:
        frame: rows of ``force_all_measures`` for the area.
        measures: rows of table ``measure`` in their order.
    """
    definitions = measures.set_index("measure_id")
    made = []
    for measure_id in measures["measure_id"]:
        rows = frame[(frame["measure_id"] == measure_id) & frame["value"].notna()].sort_values("period_end")
        if not rows.empty:
            made.append(_headline(rows, definitions.loc[measure_id].to_dict()))
    return made


def _headline(rows: pd.DataFrame, measure: Mapping[str, Any]) -> Headline:
    newest = rows.iloc[-1]
    decimals, unit = int(measure["decimals"]), str(measure["unit"])
    before = rows[rows["period_end"].dt.year == newest["period_end"].year - 1]
    return Headline(
        label=str(measure["short_title"]),
        topic=str(measure["topic"]),
        value=amount_of(newest["value"], measure),
        change=NONE_BEFORE if before.empty else _change(newest, before.iloc[0], decimals, unit),
        year=year_ending(newest["period_end"]),
    )


def _change(newest: pd.Series, before: pd.Series, decimals: int, unit: str) -> str:
    """The difference as printed figures differ, so that a reader who subtracts finds the same."""
    pooled = Basis.POOLED in (newest["basis"], before["basis"]) and newest["hidden_parts"] != before["hidden_parts"]
    if is_missing(before["value"]):
        return NONE_BEFORE
    if pooled:
        return OTHER_FORCES
    change = round(float(newest["value"]), decimals) - round(float(before["value"]), decimals)
    word = " percentage points" if unit.startswith("%") else ""
    if round(change, decimals) == 0:
        return f"no change since March {before['period_end'].year}"
    sign = "+" if change > 0 else "−"
    return f"{sign}{number(abs(change), decimals)}{word} since March {before['period_end'].year}"
