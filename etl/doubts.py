"""Which figures are shown as published and cannot be relied on, and why: stored with the build, for every page asks."""

from __future__ import annotations

import duckdb
import pandas as pd

from insight.statistics import VerdictBasis

FIGURES = """
INSERT INTO doubtful_figure BY NAME
SELECT m.measure_id, b.area_code, 'force' AS area_level, b.starts AS period_end,
    string_agg(b.reason, ' ' ORDER BY b.reason) AS reason
FROM series_break b JOIN measure m ON b.series IN (m.numerator, m.denominator)
WHERE b.kind = 'doubtful' AND b.area_code IS NOT NULL
GROUP BY ALL
UNION ALL
SELECT m.measure_id, o.area_code, o.area_level, o.period_end, string_agg(DISTINCT o.doubtful, ' ' ORDER BY o.doubtful)
FROM current_observation o JOIN measure m ON o.figure_id IN (m.numerator, m.denominator)
WHERE o.doubtful IS NOT NULL
GROUP BY ALL
"""
PARTS = """
INSERT INTO doubtful_part BY NAME
WITH within AS (
    SELECT la_code, force_code AS area_code FROM local_authority
    UNION ALL
    SELECT la.la_code, r.area_code FROM local_authority la JOIN force f USING (force_code)
    JOIN region_or_country r ON (r.area_level = 'region' AND r.area_name = f.region)
        OR (r.area_level = 'country' AND r.area_name = f.country)
    UNION ALL
    SELECT la_code, area_code FROM subregion
)
SELECT d.measure_id, i.area_code, d.period_end,
    CASE WHEN count(*) <= 2 THEN string_agg(d.reason, ' ' ORDER BY la.la_name)
        ELSE count(*) || ' councils reported 0, which is doubtful'
            || CASE WHEN any_value(i.area_level) = 'country' THEN '.'
                ELSE ': ' || string_agg(la.la_name, '; ' ORDER BY la.la_name) || '.' END
    END AS reason
FROM doubtful_figure d JOIN local_authority la ON la.la_code = d.area_code JOIN within w USING (la_code)
JOIN indicator i ON i.area_code = w.area_code AND i.measure_id = d.measure_id AND i.period_end = d.period_end
WHERE d.area_level = 'local_authority' AND (i.area_level = 'force' OR i.verdict_basis = $doubtful_zero)
GROUP BY ALL
"""

DOUBTFUL_FORCES = """
SELECT d.measure_id, d.period_end, i.value AS maximum, min(d.reason) AS maximum_doubtful
FROM doubtful_figure d JOIN indicator i USING (measure_id, area_code, period_end)
WHERE d.area_level = 'force' AND i.value IS NOT NULL GROUP BY ALL
"""


def load_doubts(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill ``doubtful_figure`` and ``doubtful_part`` from what is loaded: base figures, breaks in series and measures."""
    connection.execute(FIGURES)
    connection.execute(PARTS, {"doubtful_zero": str(VerdictBasis.DOUBTFUL_ZERO)})


def with_doubtful_maximum(connection: duckdb.DuckDBPyConnection, comparisons: pd.DataFrame) -> pd.DataFrame:
    """Rows of table ``comparison`` with ``maximum_doubtful``; ``doubtful_figure`` and ``indicator`` are filled."""
    doubtful = connection.execute(DOUBTFUL_FORCES).df().astype({"period_end": comparisons["period_end"].dtype})
    return comparisons.merge(doubtful, how="left", on=["measure_id", "period_end", "maximum"])
