"""Questions about what stands beside the measures: England's detail, percentages of councils, police figures by care status."""

from __future__ import annotations

import pandas as pd

from insight.warehouse import Warehouse

# The parts of a topic in years that have it, with the total they are of and their share of it.
PARTS = """
WITH total AS (
    SELECT area_code, period_end, kind, max(amount) AS amount FROM breakdown
    WHERE category LIKE
        CASE $counted WHEN 'incidents' THEN 'Total number of%incidents during the year' ELSE 'Total children who were%' END
    GROUP BY ALL
)
SELECT b.period_end, b.kind, b.topic, b.category, b.position, b.release, b.amount, b.status, t.amount AS total,
    100 * b.amount / nullif(t.amount, 0) AS share, b.source_id
FROM breakdown b LEFT JOIN total t USING (area_code, period_end, kind)
WHERE b.kind = $kind AND b.topic = $topic AND b.category <> 'Total incidents'
    AND b.category NOT LIKE 'Total children who were%'
ORDER BY b.period_end, b.position
"""
# What the newest year of England's own tables says, where the measures do not reach that year.
NEWER_NATION = """
WITH reached AS (
    SELECT max(i.period_end) AS period_end FROM indicator i JOIN region_or_country c USING (area_code)
    WHERE i.measure_id = $measure_id AND c.area_name = 'England' AND i.value IS NOT NULL
)
SELECT b.period_end, r.period_end AS reached, b.source_id,
    max(b.amount) FILTER (b.category LIKE 'Total number of%incidents during the year') AS incidents,
    max(b.amount) FILTER (b.category LIKE 'Average number of incidents per%') AS incidents_per_child
FROM breakdown b CROSS JOIN reached r
WHERE b.kind = 'missing' AND b.topic = 'totals' AND b.period_end > r.period_end
GROUP BY ALL ORDER BY b.period_end DESC LIMIT 1
"""
PERCENTAGES = "SELECT * FROM percentage ORDER BY position"
OF_COUNCILS = """
SELECT p.*, a.area_name, a.force_code, d.title, d.short_title, d.decimals, d.position
FROM authority_percentage p JOIN percentage d USING (percentage_id)
JOIN area a ON a.area_code = p.area_code AND a.area_level = p.area_level
WHERE a.force_code = $force_code OR p.area_level = 'country'
ORDER BY p.period_end, p.area_level DESC, a.area_name, d.position
"""
CARE_STATUS = """
WITH counted AS (
    SELECT area_code, period_end, any_value(source_id) AS source_id,
        max(value) FILTER (figure_id = 'police_incidents_in_care') AS incidents_in_care,
        max(value) FILTER (figure_id = 'police_incidents_not_in_care') AS incidents_not_in_care,
        max(value) FILTER (figure_id = 'police_children_in_care') AS children_in_care,
        max(value) FILTER (figure_id = 'police_children_not_in_care') AS children_not_in_care
    FROM current_observation
    WHERE figure_id IN ('police_incidents_in_care', 'police_incidents_not_in_care', 'police_children_in_care',
        'police_children_not_in_care')
    GROUP BY ALL
    HAVING period_end = (SELECT max(period_end) FROM current_observation WHERE figure_id = 'police_incidents_in_care')
),
shared AS (
    SELECT c.*, 100 * incidents_in_care / nullif(incidents_in_care + incidents_not_in_care, 0) AS value,
        children_in_care + children_not_in_care AS children_at_most
    FROM counted c
)
SELECT s.*, f.force_name AS area_name, f.unranked_because, a.value AS children_reported_missing,
    CASE WHEN s.value IS NULL THEN 'not_available' ELSE 'reported' END AS status, 0 AS hidden_parts
FROM shared s JOIN force f ON f.force_code = s.area_code
LEFT JOIN current_observation a
    ON a.area_code = s.area_code AND a.period_end = s.period_end AND a.figure_id = 'children_reported_missing'
ORDER BY f.force_name
"""


def parts_of_england(warehouse: Warehouse, topic: str, kind: str, counted: str) -> pd.DataFrame:
    """England by age, duration, placement or another topic, every year: amount, total, share in per cent.

    Args:
        kind: 'missing' or 'away'.
        counted: 'incidents' or 'children': of what the parts are parts.
    """
    return warehouse.rows("parts_of_england", PARTS, {"topic": topic, "kind": kind, "counted": counted})


def newer_nation(warehouse: Warehouse, measure_id: str) -> pd.DataFrame:
    """England's newest year where a measure does not reach it: incidents, incidents_per_child; else no row."""
    return warehouse.rows("newer_nation", NEWER_NATION, {"measure_id": measure_id})


def percentages(warehouse: Warehouse) -> pd.DataFrame:
    """Definitions of the percentages that are published for councils only."""
    return warehouse.rows("percentages", PERCENTAGES)


def percentages_of_councils(warehouse: Warehouse, force_code: str) -> pd.DataFrame:
    """The percentages of the councils in a force's area and of England, every year, as published."""
    return warehouse.rows("percentages_of_councils", OF_COUNCILS, {"force_code": force_code})


def care_status(warehouse: Warehouse) -> pd.DataFrame:
    """Children in care among those reported missing to the police, by force; ``value`` is their share of incidents."""
    return warehouse.rows("care_status", CARE_STATUS)
