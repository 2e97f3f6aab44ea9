"""What forces are alike by, and how like each other they are: our own choice, not the Home Office's most similar groups."""

from __future__ import annotations

import duckdb
import numpy as np
import pandas as pd

from insight.statistics.neighbours import distances

# Forces that are ranked and have both figures complete in the newest year of each.
FEATURES = """
WITH newest AS (SELECT figure_id, max(period_end) AS period_end FROM current_observation
    WHERE figure_id IN ('population_0_17', 'children_looked_after') GROUP BY figure_id),
counts AS (SELECT o.area_code AS force_code,
        any_value(o.value) FILTER (o.figure_id = 'population_0_17') AS children,
        any_value(o.value) FILTER (o.figure_id = 'children_looked_after') AS looked_after,
        any_value(o.period_end) FILTER (o.figure_id = 'population_0_17') AS children_period,
        any_value(o.period_end) FILTER (o.figure_id = 'children_looked_after') AS looked_after_period
    FROM current_observation o JOIN newest USING (figure_id, period_end) WHERE o.hidden_parts = 0 GROUP BY o.area_code),
parts AS (SELECT la.force_code, count(*) AS authorities
    FROM current_observation o JOIN newest USING (figure_id, period_end) JOIN local_authority la ON la.la_code = o.area_code
    WHERE o.figure_id = 'population_0_17' AND o.value IS NOT NULL GROUP BY la.force_code)
SELECT force_code, children, looked_after, children_period, looked_after_period, authorities,
    looked_after / children * 10000 AS looked_after_rate, children / authorities AS children_per_authority
FROM force JOIN counts USING (force_code) JOIN parts USING (force_code)
WHERE unranked_because IS NULL AND children > 0 AND looked_after > 0
ORDER BY force_code
"""
ALIKE_BY = ["children", "looked_after_rate", "children_per_authority"]


def force_features(connection: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Rows of table ``force_feature``, from the figures that the warehouse holds already."""
    return connection.execute(FEATURES).df()


def nearest_neighbours(features: pd.DataFrame) -> pd.DataFrame:
    """Rows of table ``nearest_neighbour``: every other force of each, nearest first; forces at one distance by their code.

    Args:
        features: rows of ``force_features``.
    """
    codes = features["force_code"].to_numpy()
    apart = distances(features[ALIKE_BY].to_numpy(dtype=float))
    rows = [
        {"force_code": code, "neighbour_code": codes[other], "position": place, "distance": float(apart[mine, other])}
        for mine, code in enumerate(codes)
        for place, other in enumerate([one for one in np.lexsort((codes, apart[mine])) if one != mine], start=1)
    ]
    return pd.DataFrame(rows, columns=["force_code", "neighbour_code", "position", "distance"])
