"""Questions about the data itself: build, sources, coverage, checks."""

from __future__ import annotations

import pandas as pd

from insight.warehouse import Warehouse

BUILD = "SELECT * EXCLUDE (rows_by_table), rows_by_table::VARCHAR AS rows_by_table FROM build"
SOURCES = """
SELECT s.*, p.first_period, p.last_period, coalesce(p.figures, 0) AS figures
FROM source s LEFT JOIN source_period p USING (source_id) ORDER BY s.publication, s.release
"""
NEXT_RELEASES = "SELECT * FROM next_release ORDER BY publication"
CHECKS = "SELECT * FROM check_result ORDER BY passed, severity, check_id"
COVERAGE = """
SELECT m.short_title, m.topic, c.* FROM coverage c JOIN measure m USING (measure_id) ORDER BY m.position, c.period_end, c.release
"""
REVISED = """
SELECT a.figure_id, a.period_end, a.area_level, n.area_name, a.area_code,
    a.release AS earlier_release, a.value AS earlier_value,
    b.release AS later_release, b.value AS later_value, b.value - a.value AS change
FROM observation a
JOIN observation b ON b.figure_id = a.figure_id AND b.area_code = a.area_code AND b.period_end = a.period_end
    AND b.release > a.release
JOIN area n ON n.area_code = a.area_code AND n.area_level = a.area_level
WHERE a.area_level IN ('force', 'country') AND a.value IS NOT NULL AND b.value IS NOT NULL AND a.value <> b.value
    AND a.hidden_parts = 0 AND b.hidden_parts = 0
    AND NOT EXISTS (
        SELECT 1 FROM observation c WHERE c.figure_id = a.figure_id AND c.area_code = a.area_code
        AND c.period_end = a.period_end AND c.release > a.release AND c.release < b.release)
ORDER BY abs(b.value - a.value) DESC, a.figure_id, a.period_end, a.area_code
"""
# A sum of ours is withheld only where all that it would hold is. An authority that the newest release does not have was
# reorganised since.
WITHHELD = """
WITH newest AS (SELECT figure_id, period_end, max(release) AS release FROM observation GROUP BY ALL),
now AS (SELECT figure_id, period_end, area_code, status FROM observation JOIN newest USING (figure_id, period_end, release)),
withheld AS (
    SELECT o.figure_id, o.period_end, o.area_code, CASE WHEN o.area_level = 'force' THEN 'our_sums'
        WHEN n.status = 'suppressed' THEN 'suppressed_now' ELSE 'former_authorities' END AS kind
    FROM observation o LEFT JOIN now n USING (figure_id, period_end, area_code) WHERE o.status = 'withheld'
)
SELECT k.kind, count(w.figure_id) AS figures, count(DISTINCT (w.figure_id, w.period_end, w.area_code))
    FILTER (w.figure_id IS NOT NULL) AS cells
FROM unnest(['suppressed_now', 'former_authorities', 'our_sums']) k(kind) LEFT JOIN withheld w USING (kind)
GROUP BY k.kind ORDER BY k.kind
"""
METHODS = "SELECT * FROM method ORDER BY position"
ALL_BREAKS = """
SELECT b.*, f.force_name FROM series_break b LEFT JOIN force f ON f.force_code = b.area_code
ORDER BY b.series, b.starts, b.cycle
"""
FIGURES = "SELECT * FROM figure"


def build(warehouse: Warehouse) -> pd.DataFrame:
    """The build: one row."""
    return warehouse.rows("build", BUILD)


def sources(warehouse: Warehouse) -> pd.DataFrame:
    """Every release that is loaded, with the periods it covers."""
    return warehouse.rows("sources", SOURCES)


def next_releases(warehouse: Warehouse) -> pd.DataFrame:
    """The newest release of each publication that has a feed, where to look, and from which day the next is due (or none)."""
    return warehouse.rows("next_releases", NEXT_RELEASES)


def withheld(warehouse: Warehouse) -> pd.DataFrame:
    """What is withheld, by kind, also a kind of which there is none: how many figures of all releases, and how many cells."""
    return warehouse.rows("withheld", WITHHELD)


def checks(warehouse: Warehouse) -> pd.DataFrame:
    """Outcomes of the checks, failures first."""
    return warehouse.rows("checks", CHECKS)


def coverage(warehouse: Warehouse) -> pd.DataFrame:
    """Forces with a value, a lower bound or a reason for none, by measure and year."""
    return warehouse.rows("coverage", COVERAGE)


def revised(warehouse: Warehouse) -> pd.DataFrame:
    """Figures of forces and England that a later release changed, largest change first."""
    return warehouse.rows("revised", REVISED)


def figures(warehouse: Warehouse) -> pd.DataFrame:
    """Base figures with their labels."""
    return warehouse.rows("figures", FIGURES)


def methods(warehouse: Warehouse) -> pd.DataFrame:
    """How figures are made comparable, in plain words and in detail."""
    return warehouse.rows("methods", METHODS)


def all_breaks(warehouse: Warehouse) -> pd.DataFrame:
    """Every known break, seam and doubtful figure."""
    return warehouse.rows("all_breaks", ALL_BREAKS)
