"""What every chart gives and needs: the `Chart`, checked columns, the parts of its text alternative."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from insight.charts import palette
from insight.charts.model.common import KeyItem
from insight.format import AT_LEAST_SIGN, DOUBT_MARK, WHY_A_MINIMUM, FigureFormat, is_lower_bound, is_missing, plural, upper_first

NOT_RANKED = "Not ranked"
BARE_BOUND = "without a number: hidden in part, and what is known rounds to 0"
PARTLY_HIDDEN = f"At least: {WHY_A_MINIMUM}"
DOUBTFUL = "Doubtful figure, as published"

Row = dict[str, Any]


@dataclass(frozen=True)
class Chart:
    """A figure with the question that it answers and a text that states what it shows.

    ``spec``: the traces (``data``) and the layout as Plotly takes them. ``key``: the marks that are explained under the figure.
    """

    spec: Mapping[str, Any]
    title: str
    alt: str
    key: tuple[KeyItem, ...] = ()

    @cached_property
    def figure(self) -> go.Figure:
        """What Plotly makes of it, checked property by property: for pictures and tests. A page is sent the plain values."""
        return go.Figure(dict(self.spec))


def need(frame: pd.DataFrame, columns: Collection[str], chart: str) -> None:
    """Raise ValueError that names the columns which `chart` needs and `frame` lacks."""
    absent = [column for column in columns if column not in frame.columns]
    if absent:
        raise ValueError(f"{chart}: the frame has no column {', '.join(absent)}")


def partial(row: Row) -> bool:
    """Whether a value is a lower bound, because a part of it is hidden."""
    return not is_missing(row["value"]) and is_lower_bound(row)


def whole(row: Row) -> bool:
    """Whether a value is there and complete."""
    return not is_missing(row["value"]) and not partial(row)


def bare_bound_key(rows: Iterable[tuple[Row, FigureFormat]]) -> tuple[KeyItem, ...]:
    """What a '≥' without a number says, where a cell has one: rows with how each is written."""
    bare = any(partial(row) and write.bounds_nothing(row) for row, write in rows)
    return (KeyItem(AT_LEAST_SIGN, BARE_BOUND, palette.INK),) if bare else ()


def doubt_key(texts: Iterable[str]) -> tuple[KeyItem, ...]:
    """What '†' says, where a figure that is written in a chart has it."""
    return (KeyItem(DOUBT_MARK, DOUBTFUL, palette.INK),) if any(DOUBT_MARK in text for text in texts) else ()


def has_interval(row: Row) -> bool:
    """Whether a row carries both 95% limits."""
    return not is_missing(row.get("lower_95")) and not is_missing(row.get("upper_95"))


def extremes(rows: Iterable[Row], write: FigureFormat) -> str:
    """'highest X 20.1%, lowest Y 3.2%' of the complete values, or the only one of them, or nothing."""
    complete = [row for row in rows if whole(row)]
    if not complete:
        return ""
    if len(complete) == 1:
        return f"only {complete[0]['area_name']} has a complete figure, {write.text(complete[0])}"
    top = max(complete, key=lambda row: float(row["value"]))
    bottom = min(complete, key=lambda row: float(row["value"]))
    return f"highest {top['area_name']} {write.text(top)}, lowest {bottom['area_name']} {write.text(bottom)}"


def not_shown(rows: Iterable[Row], write: FigureFormat) -> str:
    """How many forces show only a part of their figure, and how many have none and why, or nothing."""
    every = list(rows)
    count = sum(partial(row) for row in every)
    parts = []
    if count:
        parts.append(f"{plural(count, 'force')} {'has' if count == 1 else 'have'} only a minimum, because {WHY_A_MINIMUM}")
    reasons = Counter(write.label(row["status"]).lower() for row in every if is_missing(row["value"]))
    if reasons:
        why = ", ".join(f"{label} {times}" for label, times in reasons.items())
        parts.append(f"{plural(sum(reasons.values()), 'force')} without a figure ({why})")
    return "; ".join(parts)


def hover(*lines: str) -> str:
    """The lines of a hover label, empty ones left out; the first is bold."""
    kept = [line for line in lines if line]
    return "<br>".join([f"<b>{kept[0]}</b>", *kept[1:]]) if kept else ""


def ordinal(position: int) -> str:
    """1st, 2nd, 3rd, 4th …"""
    ending = "th" if 10 <= position % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(position % 10, "th")
    return f"{position}{ending}"


def joined(parts: Iterable[str]) -> str:
    """Facts of a text alternative as one sentence, empty ones left out."""
    text = "; ".join(part for part in parts if part)
    return upper_first(text) + "." if text else ""


def listed(names: Iterable[str], most: int = 4) -> str:
    """The first few names, and how many more there are."""
    every = list(names)
    if len(every) <= most:
        return ", ".join(every)
    return f"{', '.join(every[:most])} and {len(every) - most} more"


def grouped(rows: Iterable[Row], column: str, order: Iterable[str]) -> list[str]:
    """'Above average 3 forces (X, Y, Z)' for each word of a column that occurs, names only where they are few."""
    every, parts = list(rows), []
    for word in order:
        names = [str(row["area_name"]) for row in every if not is_missing(row[column]) and row[column] == word]
        if names:
            parts.append(f"{word} {plural(len(names), 'force')}" + (f" ({listed(names)})" if len(names) <= 4 else ""))
    return parts
