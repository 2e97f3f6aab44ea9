"""Which inspection cycles may be compared with each other: only where HMICFRS is known to allow it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise
from typing import Any

import pandas as pd

from insight.format import is_missing, listed
from insight.records import records

Row = Mapping[str, Any]
EARLIER = " with earlier ones"


def may_be_compared(cycle: Row) -> bool:
    """Whether grades of a cycle may be compared with those of the one before; where that is not known, they are not."""
    said = cycle["comparable_with_previous"]
    return not is_missing(said) and bool(said)


def seams(cycles: pd.DataFrame) -> dict[str, Row]:
    """The cycles that may not be compared with the one before, oldest first, by name; before the first stands none.

    Args:
        cycles: rows of ``insight.queries.inspections.cycles``, all of them.
    """
    return {str(row["cycle"]): row for row in _parted(_ordered(cycles))}


def are_apart(cycles: pd.DataFrame, one: str, other: str) -> bool:
    """Whether a seam lies between two cycles, next to each other or not."""
    rows = _ordered(cycles)
    return bool(_between(rows, *sorted((one, other), key=_names(rows).index)))


def advice(cycles: pd.DataFrame, shown: Collection[str], what: str = "the cycles") -> str:
    """'HMICFRS advises that the cycles cannot be compared.': of the cycles shown; nothing where all may be compared.

    Args:
        cycles: all of them.
        shown: the names of those whose grades stand side by side.
        what: how they are named where none may be compared with any other.
    """
    rows = _ordered(cycles)
    held = [name for name in _names(rows) if name in shown]
    parted = {later: found for earlier, later in pairwise(held) if (found := _between(rows, earlier, later))}
    denied = [name for name, found in parted.items() if not all(_unknown(row) for row in found)]
    unknown = [name for name in parted if name not in denied]
    if len(parted) == len(held) - 1 and not (denied and unknown):
        return _denied(what) if denied else _not_known(what) if unknown else ""
    said = (_denied(_grades(denied), EARLIER) if denied else "", _not_known(_grades(unknown), EARLIER) if unknown else "")
    return " ".join(filter(None, said))


def why_apart(seam: Row) -> str:
    """Why a cycle may not be compared with the one before: the stored reason, or what is known of it."""
    return with_earlier(seam) if is_missing(seam.get("why_apart")) else str(seam["why_apart"])


def with_earlier(seam: Row) -> str:
    """'HMICFRS advises that grades of 2023-25 cannot be compared with earlier ones.', or that this is not known."""
    said = _not_known if _unknown(seam) else _denied
    return said(_grades([str(seam["cycle"])]), EARLIER)


def spans(cycles: pd.DataFrame) -> dict[str, str]:
    """The cycles of each level in words, oldest first: {'pillar': '2014 to 2018/19', 'area': 'since 2021/22'}."""
    rows = _ordered(cycles)
    held: dict[str, list[str]] = {}
    for row in rows:
        held.setdefault(str(row["level"]), []).append(str(row["cycle"]))
    newest = _names(rows)[-1]
    return {level: _span(names[0], names[-1], open_ended=names[-1] == newest) for level, names in held.items()}


def _span(first: str, last: str, *, open_ended: bool) -> str:
    if open_ended:
        return f"since {first}"
    return first if first == last else f"{first} to {last}"


def _denied(what: str, others: str = "") -> str:
    return f"HMICFRS advises that {what} cannot be compared{others}."


def _not_known(what: str, others: str = "") -> str:
    return f"We do not know whether {what} can be compared{others}."


def _grades(names: list[str]) -> str:
    return f"grades of {listed(names)}"


def _unknown(cycle: Row) -> bool:
    return is_missing(cycle["comparable_with_previous"])


def _ordered(cycles: pd.DataFrame) -> list[dict[str, Any]]:
    return records(cycles.sort_values("position"))


def _names(rows: Sequence[Row]) -> list[str]:
    return [str(row["cycle"]) for row in rows]


def _parted(rows: Sequence[Row]) -> list[Row]:
    """Those that may not be compared with the one before, of all in order."""
    return [row for row in rows[1:] if not may_be_compared(row)]


def _between(rows: Sequence[Row], earlier: str, later: str) -> list[Row]:
    """The seams after a cycle, up to a later one, of all in order."""
    names = _names(rows)
    return _parted(rows[names.index(earlier) : names.index(later) + 1])
