"""How numbers, years and areas are written: the same words on screen, in downloads, in sentences."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pandas as pd

POOLED = "pooled over forces"
DOUBT_MARK = "†"
NO_BOUND = "hidden in part"  # "at least 0.0%" would say nothing


def slug(name: str) -> str:
    """A name as it stands in an address: 'Avon and Somerset' is ``avon-and-somerset``."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower().replace("&", "and")).strip("-")


def number(value: float, decimals: int = 0) -> str:
    """A number with thousands separators."""
    return f"{value:,.{decimals}f}"


def short_value(value: float, decimals: int, unit: str) -> str:
    """A value with no more of its unit than the per cent sign."""
    return number(value, decimals) + ("%" if unit.startswith("%") else "")


def year_ending(period_end: Any) -> str:
    """'year ending March 2024' for the last day of a period."""
    return f"year ending {pd.Timestamp(period_end):%B %Y}"


def is_missing(value: Any) -> bool:
    """None, NaN, NaT and NA; zero is a value."""
    return value is None or bool(pd.isna(value))


def is_lower_bound(row: Mapping[str, Any]) -> bool:
    """Whether a figure is a sum with hidden parts, so that the true one is at least as high.

    A region or country pooled over forces is no bound: there the hidden ones are left out above and below the line.
    """
    hidden = row["hidden_parts"]
    return not is_missing(row["value"]) and not is_missing(hidden) and int(hidden) > 0 and row.get("basis") != POOLED


def is_doubtful_zero(row: Mapping[str, Any]) -> bool:
    """Whether a figure is a 0 that cannot be a count: a bound that says nothing, shown as published with its mark."""
    return not is_missing(row["value"]) and float(row["value"]) == 0 and not is_missing(row.get("doubtful"))


def why_partial(row: Mapping[str, Any]) -> str:
    """Why a force's figure is a lower bound: 'a part of the figure is hidden', or which doubtful 0 counts as missing."""
    doubtful = row.get("doubtful_parts")
    if is_missing(doubtful):
        return "a part of the figure is hidden"
    return f"a part of the figure is missing. {str(doubtful).rstrip('.')}"


def figure_text(row: Mapping[str, Any], decimals: int, unit: str, labels: Mapping[str, str]) -> str:
    """A figure as a reader sees it: the value, 'at least' the value, or the words for why there is none.

    A lower bound that rounds to nothing bounds nothing, and is said to be hidden in part.

    Args:
        row: value, status, hidden_parts and, where there are, basis and doubtful (why a figure is).
        labels: words for each status.
    """
    if is_missing(row["value"]):
        return labels[row["status"]]
    text = short_value(float(row["value"]), decimals, unit) + doubt_mark(row)
    if not is_lower_bound(row) or is_doubtful_zero(row):
        return text
    return NO_BOUND if round(float(row["value"]), decimals) == 0 else f"at least {text}"


def doubt_mark(row: Mapping[str, Any]) -> str:
    """The mark of a figure that is shown as published and doubtful; nothing for any other."""
    return "" if is_missing(row.get("doubtful")) else DOUBT_MARK


def plural(count: int, one: str, many: str | None = None) -> str:
    """'1 force', '2 forces'."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def listed(names: list[str]) -> str:
    """'a', 'a and b', 'a, b and c'."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def partial_date(text: Any) -> str:
    """A date as precise as it is known: '2022', 'March 2022', '5 August 2022'."""
    if is_missing(text):
        return "not known"
    parts = str(text)[:10].split("-")
    if len(parts) == 1:
        return parts[0]
    day = pd.Timestamp(str(text)[:10] if len(parts) == 3 else f"{text}-01")
    return f"{day.day} {day:%B %Y}" if len(parts) == 3 else f"{day:%B %Y}"


def on_date(text: Any) -> str:
    """'on 5 August 2022', 'in March 2022', 'in 2022': a date that is known, with its preposition."""
    return f"{'on' if len(str(text)) > len('2022-03') else 'in'} {partial_date(text)}"
