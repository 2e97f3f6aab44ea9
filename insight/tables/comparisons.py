"""Comparisons of forces as tables: outliers, ranks, likeness, every measure, trends."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from insight.format import Words, figure_text, is_missing, number, upper_first
from insight.records import records
from insight.statistics import FunnelFlag, Trend
from insight.tables.figures import count_of, note, years_by_area
from insight.tables.model import Number, Table, figure, table_of
from insight.verdicts import moved_word, shown_trend, shown_verdict

Row = Mapping[str, Any]
MOST_EXTREME_FIRST = [
    FunnelFlag.HIGH_998, FunnelFlag.LOW_998, FunnelFlag.HIGH_95, FunnelFlag.LOW_95, FunnelFlag.NOT_SIGNIFICANT,
    FunnelFlag.NOT_COMPARED,
]  # fmt: skip


def outliers_to_read(frame: pd.DataFrame, measure: Row, words: Words) -> Table:
    """Forces beyond the limits of a funnel, the most extreme first, then all others with what keeps them in or out.

    Args:
        frame: rows of ``forces_in_year`` with ``flag``, the word of the limits that are drawn, and ``pinned``, the place of the
            rows that come first.
    """
    unit = str(measure["unit"])
    ranked = frame.assign(place=frame["flag"].map(MOST_EXTREME_FIRST.index)).sort_values(["pinned", "place", "area_name"])
    return table_of(
        [
            {
                "Force": row["area_name"],
                "Beyond the limits": row["flag"],
                upper_first(unit): figure(row, measure, words),
                "Counts": count_of(row),
                "Note": note(row),
            }
            for row in records(ranked)
        ]
    )


def ranks_to_read(frame: pd.DataFrame, measure: Row, words: Words) -> Table:
    """Ranks with intervals and the probability of being among the highest quarter; rows with a ``pinned`` place come first."""
    unit = str(measure["unit"])
    rows = records(frame.sort_values(["pinned", "rank", "area_name"], na_position="last"))
    return table_of(
        [
            {
                "Force": row["area_name"],
                "Rank": Number("not ranked" if is_missing(row["rank"]) else f"{int(row['rank'])}"),
                "95% interval of the rank": ""
                if is_missing(row["rank"])
                else f"{int(row['rank_lower'])} to {int(row['rank_upper'])}",
                "Chance of being in the highest quarter": ""
                if is_missing(row["probability_highest_quarter"])
                else Number(f"{row['probability_highest_quarter']:.0%}"),
                upper_first(unit): figure(row, measure, words),
            }
            for row in rows
        ]
    )


def alike_to_read(frame: pd.DataFrame, own: pd.DataFrame) -> Table:
    """Forces most alike with what they are alike by, my own force first."""
    rows = records(pd.concat([own, frame], ignore_index=True))
    return table_of(
        [
            {
                "Force": row["area_name"],
                "Children aged 0 to 17": Number(number(row["children"])),
                "Looked-after children per 10,000": Number(number(row["looked_after_rate"], 1)),
                "Children per council": Number(number(row["children_per_authority"])),
                "Distance": "" if is_missing(row.get("distance")) else Number(number(row["distance"], 2)),
            }
            for row in rows
        ]
    )


def rug_to_read(frame: pd.DataFrame, measures: pd.DataFrame, words: Words) -> Table:
    """One row per force in the order of the frame, one column per measure: figure, verdict and trend in words."""
    writing = {row["measure_id"]: row for row in records(measures)}
    texts = []
    for row in records(frame):
        measure = writing[row["measure_id"]]
        text = figure_text(row, measure, words)
        said = "" if is_missing(row["value"]) else f", {shown_verdict(row)}"
        moved = f", {row['recent_trend']}" if shown_trend(row) in (Trend.INCREASING, Trend.DECREASING) else ""
        texts.append(f"{text}{said}{moved}")
    titles = {measure_id: row["short_title"] for measure_id, row in writing.items()}
    wide = frame.assign(text=texts).pivot(index="area_name", columns="measure_id", values="text")
    wide = wide.reindex(index=frame["area_name"].unique(), columns=[one for one in titles if one in wide.columns])
    return table_of(wide.rename(columns=titles).rename_axis("Force").reset_index())


def trends_to_read(frame: pd.DataFrame, measure: Row, words: Words) -> Table:
    """One row a force: its trend and its figure in every year.

    Args:
        frame: a series with the newest trend on every row of a force.
    """
    years = years_by_area(frame, measure, words).set_index("Year ending").T
    trends = frame.drop_duplicates("area_name").set_index("area_name")["recent_trend"]
    years.insert(0, "Recent trend", [moved_word(trend, measure) for trend in trends.reindex(years.index)])
    return table_of(years.rename_axis(index="Force").reset_index())
