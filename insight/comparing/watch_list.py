"""The watch list: forces that stand out and move, or whose verdict changed, and how many would by chance alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from insight.format import doubt_mark
from insight.records import records
from insight.statistics import OUTSIDE_95, OUTSIDE_998, Trend
from insight.tables.model import Table, table_of
from insight.verdicts import Side, shown_verdict, side_of


@dataclass(frozen=True)
class Watched:
    """One list: what it is, who is on it, and how many would be if forces did not differ and nothing changed."""

    title: str
    forces: pd.DataFrame
    expected_by_chance: float


def watch_list(now: pd.DataFrame, before: pd.DataFrame) -> list[Watched]:
    """The lists of a measure and year; a force that is never ranked is on none.

    Args:
        now: rows of ``forces_in_year`` of the year.
        before: the same of the year before; empty where there is none, or where the series breaks between the two.
    """
    compared = now[(_sides(now) != Side.NONE) & now["unranked_because"].isna()]
    tested = compared[compared["recent_trend"] != Trend.CANNOT_BE_CALCULATED]
    side, trend = _sides(tested), tested["recent_trend"]
    one_side = OUTSIDE_95 / 2 * OUTSIDE_998 / 2 * len(tested)
    return [
        Watched("Above average and increasing", tested[(side == Side.HIGHER) & (trend == Trend.INCREASING)], one_side),
        Watched("Below average and decreasing", tested[(side == Side.LOWER) & (trend == Trend.DECREASING)], one_side),
        *([] if before.empty else [_changed(compared, before)]),
    ]


def _changed(now: pd.DataFrame, before: pd.DataFrame) -> Watched:
    """Forces above, below or about average where they were not the year before, however far from it."""
    title = "Above, below or about average, unlike the year before"
    then = before.assign(side=_sides(before), verdict=[shown_verdict(row) for row in records(before)])
    then = then[then["side"] != Side.NONE].set_index("area_code")
    rows = now.assign(verdict_before=now["area_code"].map(then["verdict"]))
    rows = rows[rows["verdict_before"].notna()]
    moved = _sides(rows) != rows["area_code"].map(then["side"])
    # Two years that have nothing to do with each other: one is outside and the other is not, or they are on opposite sides.
    differ = 2 * OUTSIDE_95 * (1 - OUTSIDE_95) + OUTSIDE_95**2 / 2
    return Watched(title, rows[moved], differ * len(rows))


def _sides(frame: pd.DataFrame) -> pd.Series:
    """Whether each row is above, below or about average."""
    return pd.Series([side_of(row) for row in records(frame)], index=frame.index, dtype="object")


def watched_to_read(lists: list[Watched]) -> Table:
    """One row a list: how many forces, how many by chance, which."""
    return table_of(
        [
            {
                "List": watched.title,
                "Forces": len(watched.forces),
                "By chance": "fewer than 0.1" if watched.expected_by_chance < 0.1 else f"about {watched.expected_by_chance:.1f}",
                "Which": "; ".join(_named(row) for row in records(watched.forces)) or "none",
            }
            for watched in lists
        ]
    )


def _named(row: dict[str, Any]) -> str:
    before, name = row.get("verdict_before"), f"{row['area_name']}{doubt_mark(row)}"
    return f"{name} ({before.lower()}, now {shown_verdict(row).lower()})" if before else name
