"""What a build covers, counted once at load: forces by measure and year, periods by source, sources by measure and year,
and what is withheld."""

from __future__ import annotations

import duckdb

COVERAGE = """
INSERT INTO coverage BY NAME
SELECT measure_id, period_end, release, count(*) AS forces, count(value) AS with_value,
    count_if(value IS NOT NULL AND hidden_parts > 0) AS lower_bounds,
    count_if(status = 'suppressed') AS suppressed, count_if(status = 'not_available') AS not_available,
    count_if(status = 'low_reliability') AS low_reliability, count_if(status = 'not_applicable') AS not_applicable,
    count_if(status = 'reported_jointly') AS reported_jointly, count_if(status = 'not_covered') AS not_covered
FROM indicator WHERE area_level = 'force' GROUP BY ALL
"""
SOURCE_PERIODS = """
INSERT INTO source_period BY NAME
WITH dated AS (
    SELECT source_id, period_end FROM observation
    UNION ALL SELECT source_id, period_end FROM breakdown
    UNION ALL SELECT source_id, period_end FROM authority_percentage
)
SELECT source_id, min(period_end) AS first_period, max(period_end) AS last_period, count(*) AS figures FROM dated GROUP BY ALL
"""
# The population of a year is that of the middle of the calendar year before.
MEASURE_SOURCES = """
INSERT INTO measure_source BY NAME
WITH years AS (SELECT measure_id, period_end, bool_or(value IS NOT NULL) AS has_figure FROM indicator GROUP BY ALL),
used AS (SELECT DISTINCT figure_id, period_end, source_id FROM current_observation)
SELECT DISTINCT m.measure_id, y.period_end, u.source_id, y.has_figure
FROM measure m JOIN used u ON u.figure_id IN (m.numerator, m.denominator)
JOIN years y ON y.measure_id = m.measure_id AND (y.period_end = u.period_end
    OR (u.figure_id = 'population_0_17' AND year(u.period_end) + 1 = year(y.period_end)))
"""
# A sum of ours is withheld only where all that it would hold is. An authority that the newest release does not have was
# reorganised since.
WITHHELD = """
INSERT INTO withheld_count BY NAME
WITH newest AS (SELECT figure_id, period_end, max(release) AS release FROM observation GROUP BY ALL),
now AS (SELECT figure_id, period_end, area_code, status FROM observation JOIN newest USING (figure_id, period_end, release)),
withheld AS (
    SELECT o.figure_id, o.period_end, o.area_code, CASE WHEN o.area_level = 'force' THEN 'our_sums'
        WHEN n.status = 'suppressed' THEN 'suppressed_now' ELSE 'former_authorities' END AS kind
    FROM observation o LEFT JOIN now n USING (figure_id, period_end, area_code) WHERE o.status = 'withheld'
)
SELECT figure_id, kind, count(*) AS figures, count(DISTINCT (period_end, area_code)) AS cells FROM withheld GROUP BY ALL
"""


def load_coverage(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill ``coverage``, ``source_period``, ``measure_source`` and ``withheld_count`` from the figures and measures loaded."""
    for statement in (COVERAGE, SOURCE_PERIODS, MEASURE_SOURCES, WITHHELD):
        connection.execute(statement)
