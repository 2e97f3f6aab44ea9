"""What stands under a chart of forces: what is hidden, what they are compared with, where the series changes its meaning."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from insight.words import short_value, year_ending

BREAKS = {"break": "Break in the series", "doubtful": "Doubtful, shown as published"}


def hidden_note(forces: pd.DataFrame, labels: Mapping[str, str]) -> str:
    """How many figures are hidden or missing in one measure and year, in words.

    Args:
        forces: rows of ``forces_in_year``.
        labels: words for each status.
    """
    bounds = int((forces["value"].notna() & (forces["hidden_parts"] > 0)).sum())
    reasons = forces.loc[forces["value"].isna(), "status"].value_counts(sort=False)
    parts = [f"{count} {labels[status].lower()}" for status, count in reasons.items()]
    said = f"{bounds} of {len(forces)} forces are lower bounds, because an authority's figure is hidden" if bounds else ""
    without = f"{int(reasons.sum())} have no figure ({', '.join(parts)})" if parts else ""
    text = "; ".join(part for part in (said, without) if part)
    return f"{text[:1].upper()}{text[1:]}." if text else "Every force has a whole figure."


def comparison_note(comparison: pd.DataFrame, measure: Mapping[str, Any]) -> str:
    """Who is in the average and what a verdict means.

    Args:
        comparison: the row of ``comparison`` of the measure and year, or none.
        measure: decimals, unit.
    """
    if comparison.empty:
        return "No average can be made for this measure and year."
    row = comparison.iloc[0]
    average = short_value(float(row["average"]), int(measure["decimals"]), str(measure["unit"]))
    left_out = f", {row['forces_left_out']} left out for want of a whole figure" if row["forces_left_out"] else ""
    return (
        f"Compared with the pooled average of the {row['forces_compared']} forces that have a whole figure "
        f"({average}{left_out}). "
        "Similar: the 95% interval holds the average. Higher or lower: it does not; the stronger shade where the 99.8% interval "
        "does not either. Of 43 forces about two differ at 95% by chance alone."
    )


def break_notes(breaks: pd.DataFrame) -> list[str]:
    """Breaks of a measure and doubtful figures, a sentence each."""
    return [f"{BREAKS[row.kind]}, {year_ending(row.starts)}: {row.reason}" for row in breaks.itertuples()]


def unranked_notes(forces: pd.DataFrame) -> list[str]:
    """Why a force is shown but never ranked."""
    unranked = forces[forces["unranked_because"].notna()]
    return [f"{row.area_name} is shown but never ranked. {row.unranked_because}" for row in unranked.itertuples()]
