"""Questions about measures: of all forces in a year, of one force over time, of the parts of a force."""

from __future__ import annotations

from datetime import date

import pandas as pd

from insight.statistics import Trend, Verdict, VerdictBasis
from insight.warehouse import Warehouse
from vocabulary import Status

# What stands for a force that a measure does not cover; bound, so that no word stands in a statement.
WITHOUT_ROW = {
    "uncovered": str(Status.NOT_COVERED),
    "not_compared": str(Verdict.NOT_COMPARED),
    "no_figure": str(VerdictBasis.NO_COMPLETE_FIGURE),
    "no_trend": str(Trend.CANNOT_BE_CALCULATED),
}
FORCES = """
SELECT f.*, r.area_code AS region_code, c.area_code AS country_code, coalesce(r.in_text, f.region) AS region_in_text
FROM force f
LEFT JOIN region_or_country r ON r.area_level = 'region' AND r.area_name = f.region
JOIN region_or_country c ON c.area_level = 'country' AND c.area_name = f.country
ORDER BY f.force_name
"""
COUNCILS = "SELECT la_code, la_name, force_code FROM local_authority ORDER BY la_name, la_code"
MEASURES = "SELECT * FROM measure ORDER BY position"
STATUSES = "SELECT status, label, symbol, hidden, meaning FROM figure_status"
YEARS = """
SELECT measure_id, period_end, release, forces, with_value, lower_bounds FROM coverage
ORDER BY measure_id, period_end, release
"""
FORCES_IN_YEAR = """
SELECT f.force_code AS area_code, f.force_name AS area_name, f.short_code, f.region, f.country, f.tile_column,
    f.tile_row, f.unranked_because, coalesce(i.measure_id, $measure_id) AS measure_id,
    coalesce(i.area_level, 'force') AS area_level, coalesce(i.period_end, $period_end::DATE) AS period_end,
    coalesce(i.status, $uncovered) AS status, coalesce(i.hidden_parts, 0) AS hidden_parts,
    coalesce(i.verdict, $not_compared) AS verdict, coalesce(i.verdict_basis, $no_figure) AS verdict_basis,
    coalesce(i.compared_with_nation, $not_compared) AS compared_with_nation, coalesce(i.outlier, $not_compared) AS outlier,
    coalesce(i.recent_trend, $no_trend) AS recent_trend,
    coalesce(i.change_from_previous, $no_trend) AS change_from_previous,
    i.* EXCLUDE (area_code, measure_id, area_level, period_end, status, hidden_parts, verdict, verdict_basis,
        compared_with_nation, outlier, recent_trend, change_from_previous)
FROM force f
LEFT JOIN indicator_with_doubts i
    ON i.area_code = f.force_code AND i.measure_id = $measure_id AND i.period_end = $period_end AND NOT i.apart
ORDER BY f.force_name
"""
AREAS_IN_YEAR = """
SELECT a.area_name, a.label AS area_label, i.* FROM indicator i JOIN region_or_country a USING (area_code)
WHERE i.measure_id = $measure_id AND i.period_end = $period_end ORDER BY i.area_level, a.area_name
"""
SERIES = """
SELECT a.area_name, a.label AS area_label, a.in_text AS area_in_text, i.*
FROM indicator_with_doubts i JOIN area a USING (area_code, area_level)
WHERE i.measure_id = $measure_id AND i.area_level <> 'local_authority'
ORDER BY i.area_level, a.area_name, i.period_end
"""
EVERY_AREA = """
SELECT a.area_name, i.* FROM indicator_with_doubts i JOIN area a USING (area_code, area_level)
WHERE i.measure_id = $measure_id ORDER BY i.area_level, i.area_code, i.period_end
"""
FORCE_ALL_MEASURES = """
SELECT i.*, m.title, m.short_title, m.topic, m.wider, m.unit, m.decimals, m.kind, m.independent
FROM indicator_with_doubts i JOIN measure m USING (measure_id)
WHERE i.area_code = $area_code ORDER BY m.position, i.period_end
"""
PARTS = """
SELECT la.la_name AS area_name, i.* FROM indicator_with_doubts i JOIN local_authority la ON la.la_code = i.area_code
WHERE la.force_code = $force_code AND i.measure_id = $measure_id AND i.period_end = $period_end
ORDER BY la.la_name
"""
BREAKS = """
SELECT b.kind, b.starts, b.area_code, b.reason
FROM series_break b JOIN measure m ON b.series IN (m.numerator, m.denominator)
WHERE m.measure_id = $measure_id ORDER BY b.starts
"""
COMPARISON = "SELECT * FROM comparison WHERE measure_id = $measure_id AND period_end = $period_end"
RELEASES_OF_MEASURE = """
SELECT DISTINCT as_of AS release FROM indicator_as_of WHERE measure_id = $measure_id ORDER BY release
"""
SERIES_AS_OF = """
SELECT a.area_name, a.label AS area_label, a.in_text AS area_in_text, i.*, d.reason AS doubtful
FROM indicator_as_of i JOIN area a USING (area_code, area_level)
LEFT JOIN doubtful_figure d USING (measure_id, area_code, period_end)
WHERE i.measure_id = $measure_id AND i.as_of = $as_of
ORDER BY i.area_level, a.area_name, i.period_end
"""
NEWEST_OF_EVERY_MEASURE = """
WITH newest AS (
    SELECT measure_id, max(c.period_end) AS period_end FROM coverage c JOIN measure m USING (measure_id)
    WHERE c.with_value > 0 AND m.kind <> 'count' AND ($until IS NULL OR c.period_end <= $until::DATE)
    GROUP BY ALL)
SELECT f.force_code AS area_code, f.force_name AS area_name, n.measure_id, n.period_end, i.value,
    coalesce(i.status, $uncovered) AS status, coalesce(i.hidden_parts, 0) AS hidden_parts, i.lower_95, i.upper_95,
    i.recent_trend, i.basis, i.doubtful, coalesce(i.verdict, $not_compared) AS verdict, i.verdict_level
FROM force f CROSS JOIN newest n JOIN measure m USING (measure_id)
LEFT JOIN indicator_with_doubts i ON i.area_code = f.force_code AND i.measure_id = n.measure_id AND i.period_end = n.period_end
ORDER BY f.force_name, m.position
"""
FORCE_FEATURES = """
SELECT f.force_name AS area_name, x.* RENAME (force_code AS area_code)
FROM force_feature x JOIN force f USING (force_code) WHERE x.force_code = $force_code
"""
NEAREST_NEIGHBOURS = """
SELECT n.neighbour_code AS area_code, f.force_name AS area_name, n.distance, x.* EXCLUDE (force_code)
FROM nearest_neighbour n JOIN force f ON f.force_code = n.neighbour_code JOIN force_feature x ON x.force_code = n.neighbour_code
WHERE n.force_code = $force_code AND n.position <= $most ORDER BY n.position
"""
REVISIONS = """
SELECT o.figure_id, o.source_id, o.period_end, o.release, o.value, o.status, o.hidden_parts, s.title
FROM observation o JOIN source s USING (source_id)
WHERE o.area_code = $area_code AND o.figure_id = $figure_id ORDER BY o.period_end, o.release
"""
SOURCES_OF_MEASURE = """
SELECT DISTINCT s.* FROM measure_source m JOIN source s USING (source_id)
WHERE m.measure_id = $measure_id AND (m.period_end = $period_end::DATE OR ($period_end IS NULL AND m.has_figure))
ORDER BY s.publication, s.release
"""


def forces(warehouse: Warehouse) -> pd.DataFrame:
    """Every force by name, with its names in text, the codes of its region and country, and its place on the tile map."""
    return warehouse.rows("forces", FORCES)


def councils(warehouse: Warehouse) -> pd.DataFrame:
    """Every authority with children's services, today's and earlier ones, with the force in whose area it lies."""
    return warehouse.rows("councils", COUNCILS)


def measures(warehouse: Warehouse) -> pd.DataFrame:
    """The measures in their order, with definition, unit and caveats."""
    return warehouse.rows("measures", MEASURES)


def statuses(warehouse: Warehouse) -> pd.DataFrame:
    """The words for why a figure has no value."""
    return warehouse.rows("statuses", STATUSES)


def years(warehouse: Warehouse) -> pd.DataFrame:
    """Years of each measure: how many forces have a row, a value, a lower bound."""
    return warehouse.rows("years", YEARS)


def forces_in_year(warehouse: Warehouse, measure_id: str, period_end: date) -> pd.DataFrame:
    """Every force in one year; columns of the measure are missing for a force that it does not cover."""
    parameters = {"measure_id": measure_id, "period_end": period_end, **WITHOUT_ROW}
    return warehouse.rows("forces_in_year", FORCES_IN_YEAR, parameters)


def areas_in_year(warehouse: Warehouse, measure_id: str, period_end: date) -> pd.DataFrame:
    """Regions and England in one year."""
    return warehouse.rows("areas_in_year", AREAS_IN_YEAR, {"measure_id": measure_id, "period_end": period_end})


def series(warehouse: Warehouse, measure_id: str) -> pd.DataFrame:
    """Every force, region and country over all years."""
    return warehouse.rows("series", SERIES, {"measure_id": measure_id})


def every_area(warehouse: Warehouse, measure_id: str) -> pd.DataFrame:
    """Every area, authorities among them, over all years."""
    return warehouse.rows("every_area", EVERY_AREA, {"measure_id": measure_id})


def force_all_measures(warehouse: Warehouse, area_code: str) -> pd.DataFrame:
    """Every measure of one area over all years."""
    return warehouse.rows("force_all_measures", FORCE_ALL_MEASURES, {"area_code": area_code})


def parts(warehouse: Warehouse, force_code: str, measure_id: str, period_end: date) -> pd.DataFrame:
    """The authorities of a force in one year."""
    parameters = {"force_code": force_code, "measure_id": measure_id, "period_end": period_end}
    return warehouse.rows("parts", PARTS, parameters)


def breaks(warehouse: Warehouse, measure_id: str) -> pd.DataFrame:
    """Breaks and doubtful figures of a measure's numerator or denominator."""
    return warehouse.rows("breaks", BREAKS, {"measure_id": measure_id})


def comparison(warehouse: Warehouse, measure_id: str, period_end: date) -> pd.DataFrame:
    """What comparisons of a measure and year rest on: pooled average, overdispersion. One row or none."""
    return warehouse.rows("comparison", COMPARISON, {"measure_id": measure_id, "period_end": period_end})


def releases_of_measure(warehouse: Warehouse, measure_id: str) -> pd.DataFrame:
    """Releases at which a measure can be seen as it was published then, oldest first; none for a single release."""
    return warehouse.rows("releases_of_measure", RELEASES_OF_MEASURE, {"measure_id": measure_id})


def series_as_of(warehouse: Warehouse, measure_id: str, as_of: str) -> pd.DataFrame:
    """Every force, region and country over the years as known at a release."""
    return warehouse.rows("series_as_of", SERIES_AS_OF, {"measure_id": measure_id, "as_of": as_of})


def newest_of_every_measure(warehouse: Warehouse, until: date | None = None) -> pd.DataFrame:
    """Every force on every measure with a denominator, each in the newest year (not after ``until``) that any force has."""
    parameters = {"until": until, **{name: WITHOUT_ROW[name] for name in ("uncovered", "not_compared")}}
    return warehouse.rows("newest_of_every_measure", NEWEST_OF_EVERY_MEASURE, parameters)


def force_features(warehouse: Warehouse, force_code: str) -> pd.DataFrame:
    """What a force is found alike by; no row for one without figures (Wales) or one that is never ranked."""
    return warehouse.rows("force_features", FORCE_FEATURES, {"force_code": force_code})


def nearest_neighbours(warehouse: Warehouse, force_code: str, most: int) -> pd.DataFrame:
    """The forces nearest to one, nearest first, with ``distance`` and what they are alike by; none where it has no features."""
    return warehouse.rows("nearest_neighbours", NEAREST_NEIGHBOURS, {"force_code": force_code, "most": most})


def revisions(warehouse: Warehouse, area_code: str, figure_id: str) -> pd.DataFrame:
    """A base figure of one area as each release gives it."""
    return warehouse.rows("revisions", REVISIONS, {"area_code": area_code, "figure_id": figure_id})


def sources_of_measure(warehouse: Warehouse, measure_id: str, period_end: date | None = None) -> pd.DataFrame:
    """The releases that a measure's figures come from, of one year or of all."""
    parameters = {"measure_id": measure_id, "period_end": period_end}
    return warehouse.rows("sources_of_measure", SOURCES_OF_MEASURE, parameters)
