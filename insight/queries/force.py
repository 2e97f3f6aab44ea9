"""Questions about one force as a whole: every figure beside what it is compared with, its hidden parts, its revisions."""

from __future__ import annotations

import pandas as pd

from insight.queries.figures import WITHOUT_ROW
from insight.warehouse import Warehouse

# Asked first: a code that is bound is found in a few blocks of the table, one that a join finds needs the whole of it.
AROUND = """
SELECT r.area_code AS region_code, c.area_code AS nation_code FROM force f
LEFT JOIN region_or_country r ON r.area_level = 'region' AND r.area_name = f.region
LEFT JOIN region_or_country c ON c.area_level = 'country' AND c.area_name = f.country
WHERE f.force_code = $force_code
"""
# One row a measure and year that any force has a figure of, so that a force without one (Wales) has its rows too.
FIGURES = """
WITH years AS (SELECT DISTINCT measure_id, period_end FROM coverage WHERE with_value > 0),
mine AS (SELECT * FROM indicator_with_doubts WHERE area_code = $force_code),
of_region AS (SELECT * FROM indicator WHERE area_code = $region_code),
of_nation AS (SELECT * FROM indicator WHERE area_code = $nation_code),
of_similar AS (SELECT * FROM similar_average WHERE force_code = $force_code)
SELECT f.force_code AS area_code, f.force_name AS area_name, f.unranked_because, m.measure_id, y.period_end, m.position, m.title,
    m.short_title, m.topic, m.kind, m.unit, m.decimals, m.polarity, m.independent, m.publication, m.definition, m.caveats,
    m.coverage, m.wider, m.clause, m.short_clause, m.noun, m.short_noun, coalesce(i.status, $uncovered) AS status,
    coalesce(i.hidden_parts, 0) AS hidden_parts,
    coalesce(i.verdict, $not_compared) AS verdict, coalesce(i.verdict_basis, $no_figure) AS verdict_basis,
    coalesce(i.compared_with_nation, $not_compared) AS compared_with_nation,
    coalesce(i.compared_with_region, $not_compared) AS compared_with_region, coalesce(i.outlier, $not_compared) AS outlier,
    coalesce(i.recent_trend, $no_trend) AS recent_trend,
    coalesce(i.change_from_previous, $no_trend) AS change_from_previous,
    i.* EXCLUDE (area_code, measure_id, period_end, status, hidden_parts, verdict, verdict_basis, compared_with_nation,
        compared_with_region, outlier, recent_trend, change_from_previous),
    c.average, c.forces_compared, c.forces_left_out, c.minimum, c.p5, c.p25, c.p50, c.p75, c.p95, c.maximum,
    c.maximum_doubtful AS highest_doubtful,
    r.area_name AS region_name, r.in_text AS region_in_text, g.value AS region_value, n.value AS nation_value,
    coalesce(k.forces_ranked, 0) AS forces_ranked,
    r.area_code AS region_code, g.status AS region_status, g.hidden_parts AS region_hidden_parts, g.basis AS region_basis,
    g.verdict_basis AS region_verdict_basis,
    e.area_code AS nation_code, e.area_name AS nation_name, n.status AS nation_status, n.hidden_parts AS nation_hidden_parts,
    n.basis AS nation_basis, s.average AS similar_average, s.forces_compared AS similar_forces,
    s.forces_left_out AS similar_left_out, coalesce(s.verdict, $not_compared) AS compared_with_similar
FROM force f CROSS JOIN years y JOIN measure m USING (measure_id)
LEFT JOIN mine i ON i.measure_id = y.measure_id AND i.period_end = y.period_end
LEFT JOIN of_similar s ON s.measure_id = y.measure_id AND s.period_end = y.period_end
LEFT JOIN comparison c ON c.measure_id = y.measure_id AND c.period_end = y.period_end AND i.apart IS DISTINCT FROM true
LEFT JOIN comparison k ON k.measure_id = y.measure_id AND k.period_end = y.period_end
LEFT JOIN region_or_country r ON r.area_code = $region_code
LEFT JOIN of_region g ON g.measure_id = y.measure_id AND g.period_end = y.period_end
LEFT JOIN region_or_country e ON e.area_code = $nation_code
LEFT JOIN of_nation n ON n.measure_id = y.measure_id AND n.period_end = y.period_end
WHERE f.force_code = $force_code
ORDER BY m.position, y.period_end
"""
BREAKS = """
SELECT m.measure_id, b.starts, b.area_code, b.reason
FROM series_break b JOIN measure m ON b.series IN (m.numerator, m.denominator)
WHERE b.kind = 'break' AND (b.area_code IS NULL OR b.area_code = $force_code) ORDER BY m.position, b.starts
"""
AS_OF = """
SELECT a.*, f.force_name AS area_name, m.position, m.short_title, m.unit, m.decimals
FROM indicator_as_of a JOIN measure m USING (measure_id) JOIN force f ON f.force_code = a.area_code
WHERE a.area_code = $force_code AND a.as_of = $as_of ORDER BY m.position, a.period_end
"""
RELEASES = "SELECT DISTINCT as_of AS release FROM indicator_as_of ORDER BY release"
EVERY_FIGURE = """
SELECT f.force_name AS area_name, i.* FROM indicator_with_doubts i JOIN force f ON f.force_code = i.area_code
WHERE i.area_code IN (SELECT unnest($codes::VARCHAR[])) AND NOT i.apart ORDER BY i.measure_id, i.period_end, f.force_name
"""


def figures(warehouse: Warehouse, force_code: str) -> pd.DataFrame:
    """Every measure and year of a force with average, spread, region and country beside it; Wales has rows without values."""
    around = warehouse.rows("areas_around_force", AROUND, {"force_code": force_code})
    region, nation = (next(iter(around[column].dropna()), None) for column in ("region_code", "nation_code"))
    parameters = {"force_code": force_code, "region_code": region, "nation_code": nation, **WITHOUT_ROW}
    return warehouse.rows("force_figures", FIGURES, parameters)


def breaks(warehouse: Warehouse, force_code: str) -> pd.DataFrame:
    """Breaks that concern everyone or the force, a row a measure."""
    return warehouse.rows("force_breaks", BREAKS, {"force_code": force_code})


def as_of(warehouse: Warehouse, force_code: str, release: str) -> pd.DataFrame:
    """The measures of a force as a release knew them."""
    return warehouse.rows("force_as_of", AS_OF, {"force_code": force_code, "as_of": release})


def releases(warehouse: Warehouse) -> pd.DataFrame:
    """Releases that a force can be seen as of, oldest first."""
    return warehouse.rows("releases", RELEASES)


def of_forces(warehouse: Warehouse, codes: tuple[str, ...]) -> pd.DataFrame:
    """Every figure of several forces."""
    return warehouse.rows("of_forces", EVERY_FIGURE, {"codes": list(codes)})
