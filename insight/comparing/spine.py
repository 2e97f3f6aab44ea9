"""The newest figures of one force as a frame for the spine chart, its table and its place in a briefing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from insight.format import DOUBT_MARK, Words, amount_of, is_missing
from insight.profile.profile import Profile
from insight.records import records
from insight.tables.figures import interval
from insight.tables.model import Number, Table, figure, grouped
from insight.verdicts import has_verdicts, moved_word, shown_trend, shown_verdict


def spine_rows(facts: Profile) -> pd.DataFrame:
    """The newest row of every measure on which forces are compared."""
    return pd.DataFrame([row for row in facts.newest() if has_verdicts(row)])


def highest_mark(row: Mapping[str, Any]) -> str:
    """The mark of a range whose highest figure is doubtful: it is shown as published, and flagged."""
    return "" if is_missing(row.get("highest_doubtful")) else DOUBT_MARK


def spine_to_read(frame: pd.DataFrame, force: str, words: Words) -> Table:
    """A row a measure, under the names of their groups.

    Figure, interval, average, range and quartiles of the forces compared, verdict, trend.
    """
    rows = []
    for row in records(frame):

        def said(column: str, row: Mapping[str, Any] = row, mark: str = "") -> Number:
            return Number("" if is_missing(row[column]) else amount_of(row[column], row) + mark)

        rows.append(
            {
                "Measure": row["short_title"],
                "Year ending": f"{row['period_end']:%B %Y}",
                force: figure(row, row, words),
                "95% interval": interval(row, row) or "none",
                "Average of forces": said("average"),
                "Lowest": said("minimum"),
                "Lower quarter": said("p25"),
                "Middle": said("p50"),
                "Upper quarter": said("p75"),
                "Highest": said("maximum", mark=highest_mark(row)),
                "Forces": None if is_missing(row["forces_compared"]) else int(row["forces_compared"]),
                "Verdict": shown_verdict(row),
                "Recent trend": moved_word(shown_trend(row), row),
            }
        )
    return grouped([str(topic) for topic in frame["topic"]], rows)
