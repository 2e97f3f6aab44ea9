"""What forces are alike by, and how like each other they are: our own choice, not the Home Office's most similar groups."""

from __future__ import annotations

import duckdb
import numpy as np
import pandas as pd

from insight.statistics.neighbours import distances
from vocabulary import LIKENESS

# Forces that are ranked and have both figures complete in the newest year of each.
FEATURES = """
WITH newest AS (SELECT figure_id, max(period_end) AS period_end FROM current_observation
    WHERE figure_id IN ($children, $looked_after) GROUP BY figure_id),
counts AS (SELECT o.area_code AS force_code,
        any_value(o.value) FILTER (o.figure_id = $children) AS children,
        any_value(o.value) FILTER (o.figure_id = $looked_after) AS looked_after,
        any_value(o.period_end) FILTER (o.figure_id = $children) AS children_period,
        any_value(o.period_end) FILTER (o.figure_id = $looked_after) AS looked_after_period
    FROM current_observation o JOIN newest USING (figure_id, period_end) WHERE o.hidden_parts = 0 GROUP BY o.area_code),
parts AS (SELECT la.force_code, count(*) AS authorities
    FROM current_observation o JOIN newest USING (figure_id, period_end) JOIN local_authority la ON la.la_code = o.area_code
    WHERE o.figure_id = $children AND o.value IS NOT NULL GROUP BY la.force_code)
SELECT force_code, children, looked_after, children_period, looked_after_period, authorities,
    looked_after / children * 10000 AS looked_after_rate, children / authorities AS children_per_authority
FROM force JOIN counts USING (force_code) JOIN parts USING (force_code)
WHERE unranked_because IS NULL AND children > 0 AND looked_after > 0
ORDER BY force_code
"""
# Of each force as many as there are others today, and no more if there were thousands: all pairs of them would be millions.
MOST = 50
ALIKE_BY = ["children", "looked_after_rate", "children_per_authority"]


def force_features(connection: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Rows of table ``force_feature``, from the figures that the warehouse holds already."""
    return connection.execute(FEATURES, dict(zip(("children", "looked_after"), LIKENESS, strict=True))).df()


def nearest_neighbours(features: pd.DataFrame) -> pd.DataFrame:
    """Rows of table ``nearest_neighbour``: the ``MOST`` nearest of each force in order; forces at one distance by their code.

    Args:
        features: rows of ``force_features``.
    """
    by_code = features.sort_values("force_code")
    codes = by_code["force_code"].to_numpy()
    apart = distances(by_code[ALIKE_BY].to_numpy(dtype=float))
    np.fill_diagonal(apart, np.inf)  # a force is no neighbour of its own
    most = max(0, min(MOST, len(codes) - 1))
    nearest = np.argsort(apart, axis=1, kind="stable")[:, :most]
    return pd.DataFrame(
        {
            "force_code": np.repeat(codes, most),
            "neighbour_code": codes[nearest.ravel()],
            "position": np.tile(np.arange(1, most + 1), len(codes)),
            "distance": np.take_along_axis(apart, nearest, axis=1).ravel(),
        }
    )
