"""What the gate reads of a build, to see whether it gives hidden figures away."""

from __future__ import annotations

import pandas as pd

from insight.warehouse import Warehouse

OBSERVATIONS = """
SELECT figure_id, period_end::DATE::VARCHAR AS period_end, release, area_code, area_level, value, status FROM observation
"""
MEASURES = "SELECT measure_id, kind, numerator, denominator, multiplier FROM measure"
INDICATORS = "SELECT * REPLACE (period_end::DATE::VARCHAR AS period_end) FROM indicator"
INDICATORS_AS_OF = "SELECT * REPLACE (period_end::DATE::VARCHAR AS period_end) FROM indicator_as_of"
COMPARISONS = "SELECT * REPLACE (period_end::DATE::VARCHAR AS period_end) FROM comparison"
HIDDEN_STATUSES = "SELECT status FROM figure_status WHERE hidden"
PLACES = """
SELECT la.la_code, la.force_code, r.area_code AS region_code, c.area_code AS country_code
FROM local_authority la JOIN force f USING (force_code)
LEFT JOIN region_or_country r ON r.area_level = 'region' AND r.area_name = f.region
LEFT JOIN region_or_country c ON c.area_level = 'country' AND c.area_name = f.country
ORDER BY la.la_code
"""
PARTS_OF_REGIONS = "SELECT area_code, la_code FROM subregion ORDER BY ALL"
# Left alone: what holds no figure about children, what found nothing at fault, and a figure known by heart that stands in the
# figures beside it.
AT_FAULT = """
SELECT check_id FROM check_result c
WHERE split_part(check_id, '/', 1) NOT IN ('forces_43', 'known_grades')
    AND NOT (expected = 'none at fault' AND found = 'none')
    AND NOT (expected = $not_shown AND found = $not_shown)
    AND NOT (split_part(check_id, '/', 1) = 'known_figure' AND EXISTS (
        SELECT 1 FROM observation o
        WHERE o.figure_id = split_part(check_id, '/', 2) AND o.area_code = split_part(check_id, '/', 3)
            AND o.release = split_part(check_id, '/', 4) AND year(o.period_end)::VARCHAR = split_part(check_id, '/', 5)
            AND o.value::VARCHAR = c.expected AND o.value::VARCHAR = c.found))
ORDER BY check_id
"""


def observations(warehouse: Warehouse) -> pd.DataFrame:
    """Every base figure of every release; periods as text."""
    return warehouse.rows("gate: observations", OBSERVATIONS)


def measures(warehouse: Warehouse) -> pd.DataFrame:
    """How each measure is reckoned."""
    return warehouse.rows("gate: measures", MEASURES)


def indicators(warehouse: Warehouse) -> pd.DataFrame:
    """Every measure as it stands; periods as text."""
    return warehouse.rows("gate: indicators", INDICATORS)


def indicators_as_of(warehouse: Warehouse) -> pd.DataFrame:
    """Every measure as each earlier release had it; periods as text."""
    return warehouse.rows("gate: indicators as of", INDICATORS_AS_OF)


def comparisons(warehouse: Warehouse) -> pd.DataFrame:
    """What comparisons rest on; periods as text."""
    return warehouse.rows("gate: comparisons", COMPARISONS)


def hidden_statuses(warehouse: Warehouse) -> list[str]:
    """Statuses of a figure that exists and is not shown."""
    return [str(status) for status in warehouse.rows("gate: hidden statuses", HIDDEN_STATUSES)["status"]]


def places(warehouse: Warehouse) -> pd.DataFrame:
    """Each authority with the force, the region and the country that it lies in."""
    return warehouse.rows("gate: places", PLACES)


def parts_of_regions(warehouse: Warehouse) -> pd.DataFrame:
    """Authorities of each part of a region that is published as an area of its own."""
    return warehouse.rows("gate: parts of regions", PARTS_OF_REGIONS)


def checks_at_fault(warehouse: Warehouse, not_shown: str) -> list[str]:
    """Checks whose row prints a figure that stands nowhere else, unless it is masked with ``not_shown``."""
    return [str(check_id) for check_id in warehouse.rows("gate: checks at fault", AT_FAULT, {"not_shown": not_shown})["check_id"]]
