"""Forces most alike: nearest in child population, looked-after rate and children an authority. Ours, and computed openly."""

from __future__ import annotations

import numpy as np
import pandas as pd

MOST = 5
METHOD = (
    "Our own choice of likeness, not an official family of forces: the nearest in three things, each put on a common scale "
    "(its logarithm, less the mean, over the standard deviation) and given equal weight: children aged 0 to 17, looked-after "
    "children per 10,000 of them, and children per authority, which is the nearest to density that the data have."
)
FEATURES = ["children", "looked_after_rate", "children_per_authority"]


def with_features(forces: pd.DataFrame) -> pd.DataFrame:
    """Rows of ``insight.queries.figures.likeness`` with the three features; forces never ranked are left out."""
    kept = forces[forces["unranked_because"].isna()].reset_index(drop=True)
    return kept.assign(
        looked_after_rate=kept["looked_after"] / kept["children"] * 10_000,
        children_per_authority=kept["children"] / kept["authorities"],
    )


def most_alike(forces: pd.DataFrame, force_code: str, most: int = MOST) -> pd.DataFrame:
    """The forces nearest to one, nearest first, with ``distance`` and the features.

    Args:
        forces: rows of ``insight.queries.figures.likeness``.
        force_code: whose like is sought.
        most: how many.

    Returns:
        No rows for a force without figures (Wales) or one that is never ranked.
    """
    rows = with_features(forces)
    if force_code not in set(rows["area_code"]):
        return rows.assign(distance=np.nan).head(0)
    scaled = np.log(rows[FEATURES].astype(float))
    scaled = (scaled - scaled.mean()) / scaled.std(ddof=0)
    mine = scaled[rows["area_code"] == force_code].iloc[0]
    rows = rows.assign(distance=np.sqrt(((scaled - mine) ** 2).sum(axis=1)))
    return rows[rows["area_code"] != force_code].sort_values(["distance", "area_name"]).head(most).reset_index(drop=True)
