"""Do two series of one area point the same way? Said from their stored trends, with the four answers kept apart."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from insight.format import is_missing
from insight.statistics import Trend
from insight.verdicts import ROSE

FLAT, UNKNOWN = Trend.NO_SIGNIFICANT_CHANGE, Trend.CANNOT_BE_CALCULATED


def same_direction(police: Mapping[str, Any] | None, care: Mapping[str, Any] | None, area: str) -> str:
    """One sentence on the five years up to the newest that both series have.

    Args:
        police: the indicator row of children reported missing to the police, or None.
        care: the row of looked-after children who went missing, same area and year.
        area: the force's in running text.
    """
    where = f"In {area}"
    if police is None or care is None or is_missing(police["recent_trend"]) or is_missing(care["recent_trend"]):
        return f"{where}, the two series have no year in common that could be compared."
    first, second = str(police["recent_trend"]), str(care["recent_trend"])
    until = f"over the five years to {police['period_end']:%B %Y}"
    if UNKNOWN in (first, second):
        which = "either series" if first == second else ("the police series" if first == UNKNOWN else "the care series")
        return f"{where}, we cannot say whether the two show the same trend {until}: none can be calculated for {which}."
    if first == second == FLAT:
        return f"{where}, neither series shows a significant change {until}."
    if first == second:
        return f"{where}, both series {ROSE[first]} {until}."
    if FLAT in (first, second):
        moved, still = ("police", "care") if second == FLAT else ("care", "police")
        move = ROSE[first if second == FLAT else second]
        return f"{where}, the {moved} series {move} {until}; the {still} series shows no significant change."
    return f"{where}, the police series {ROSE[first]} and the care series {ROSE[second]} {until}."
