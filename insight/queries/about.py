"""Questions about the data itself: build, sources, coverage, checks."""

from __future__ import annotations

import pandas as pd

from insight.warehouse import Warehouse

BUILD = "SELECT * EXCLUDE (rows_by_table), rows_by_table::VARCHAR AS rows_by_table FROM build"
SOURCES = """
SELECT s.*, p.first_period, p.last_period, coalesce(p.figures, 0) AS figures
FROM source s LEFT JOIN source_period p USING (source_id) ORDER BY s.publication, s.release
"""
PUBLISHERS = "SELECT publisher, short_name FROM publisher ORDER BY position"
NEXT_RELEASES = "SELECT * FROM next_release ORDER BY publication"
CHECKS = "SELECT * FROM check_result ORDER BY passed, severity, check_id"
COVERAGE = """
SELECT m.short_title, m.topic, c.* FROM coverage c JOIN measure m USING (measure_id) ORDER BY m.position, c.period_end, c.release
"""
REVISED = """
WITH beside AS (
    SELECT figure_id, period_end, area_level, area_code, release AS later_release, value AS later_value, hidden_parts,
        lag(release) OVER releases AS earlier_release, lag(value) OVER releases AS earlier_value,
        lag(hidden_parts) OVER releases AS hidden_before
    FROM observation WHERE area_level IN ('force', 'country')
    WINDOW releases AS (PARTITION BY figure_id, area_level, area_code, period_end ORDER BY release)
)
SELECT b.figure_id, b.period_end, b.area_level, n.area_name, b.area_code, b.earlier_release, b.earlier_value,
    b.later_release, b.later_value, b.later_value - b.earlier_value AS change
FROM beside b JOIN area n USING (area_code, area_level)
WHERE b.earlier_value <> b.later_value AND b.hidden_before = 0 AND b.hidden_parts = 0
ORDER BY abs(b.later_value - b.earlier_value) DESC, b.figure_id, b.period_end, b.area_code, b.later_release
"""
WITHHELD = """
SELECT k.kind, coalesce(sum(w.figures), 0)::BIGINT AS figures, coalesce(sum(w.cells), 0)::BIGINT AS cells
FROM unnest(['suppressed_now', 'former_authorities', 'our_sums']) k(kind) LEFT JOIN withheld_count w USING (kind)
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


def publishers(warehouse: Warehouse) -> pd.DataFrame:
    """Every publisher with its short name, in the order in which a line names them."""
    return warehouse.rows("publishers", PUBLISHERS)


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
