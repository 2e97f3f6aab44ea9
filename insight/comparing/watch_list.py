"""The watch list: forces that stand out and move, or whose verdict changed, and how many would by chance alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from insight.format import doubt_mark

UP, DOWN = "Increasing", "Decreasing"
HIGHER, LOWER = "Higher", "Lower"
NOT_COMPARED = "Not compared"
SIGNIFICANT_TREND = 0.002  # 99.8%, both directions together
OUTSIDE = 0.05  # 95% intervals, both sides together


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
    compared = now[(now["compared_with_nation"] != NOT_COMPARED) & now["unranked_because"].isna()]
    tested = compared[compared["recent_trend"] != "Cannot be calculated"]
    verdict, trend = tested["compared_with_nation"].str.split(" ").str[0], tested["recent_trend"]
    one_side = OUTSIDE / 2 * SIGNIFICANT_TREND / 2 * len(tested)
    return [
        Watched("Higher than the average and increasing", tested[(verdict == HIGHER) & (trend == UP)], one_side),
        Watched("Lower than the average and decreasing", tested[(verdict == LOWER) & (trend == DOWN)], one_side),
        *([] if before.empty else [_changed(compared, before)]),
    ]


def _changed(now: pd.DataFrame, before: pd.DataFrame) -> Watched:
    """Forces whose verdict differs from the year before, whatever its level."""
    title = "Verdict changed since the year before"
    verdicts = before.set_index("area_code")["compared_with_nation"]
    rows = now.assign(verdict_before=now["area_code"].map(verdicts))
    rows = rows[rows["verdict_before"].notna() & (rows["verdict_before"] != NOT_COMPARED)]
    moved = rows["compared_with_nation"].str.split(" ").str[0] != rows["verdict_before"].str.split(" ").str[0]
    # Two years that have nothing to do with each other: one is outside and the other is not, or they are on opposite sides.
    differ = 2 * OUTSIDE * (1 - OUTSIDE) + OUTSIDE**2 / 2
    return Watched(title, rows[moved], differ * len(rows))


def watched_to_read(lists: list[Watched]) -> pd.DataFrame:
    """One row a list: how many forces, how many by chance, which."""
    return pd.DataFrame(
        [
            {
                "List": watched.title,
                "Forces": len(watched.forces),
                "By chance": "fewer than 0.1" if watched.expected_by_chance < 0.1 else f"about {watched.expected_by_chance:.1f}",
                "Which": "; ".join(_named(row) for row in watched.forces.to_dict("records")) or "none",
            }
            for watched in lists
        ]
    )


def _named(row: dict[str, Any]) -> str:
    before, name = row.get("verdict_before"), f"{row['area_name']}{doubt_mark(row)}"
    return f"{name} ({before} before, now {row['compared_with_nation']})" if before else name
