"""Whole tables, for the package of everything."""

from __future__ import annotations

import pandas as pd

from insight.warehouse import Warehouse

# One fixed statement a table, ordered by its key, so that nothing is ever formatted into SQL.
TABLES = {
    "force": "SELECT * FROM force ORDER BY force_code",
    "local_authority": "SELECT * FROM local_authority ORDER BY la_code",
    "source": "SELECT * FROM source ORDER BY publication, release",
    "figure": "SELECT * FROM figure ORDER BY figure_id",
    "measure": "SELECT * FROM measure ORDER BY position",
    "figure_status": "SELECT * FROM figure_status ORDER BY status",
    "grade_status": "SELECT * FROM grade_status ORDER BY status",
    "series_break": "SELECT * FROM series_break ORDER BY series, kind, starts, cycle, area_code",
    "observation": "SELECT * FROM observation ORDER BY figure_id, release, area_code, period_end",
    "indicator": "SELECT * FROM indicator ORDER BY measure_id, area_code, period_end",
    "breakdown": "SELECT * FROM breakdown ORDER BY period_end, kind, topic, position",
    "percentage": "SELECT * FROM percentage ORDER BY position",
    "authority_percentage": "SELECT * FROM authority_percentage ORDER BY percentage_id, area_code, period_end",
    "comparison": "SELECT * FROM comparison ORDER BY measure_id, period_end",
    "force_feature": "SELECT * FROM force_feature ORDER BY force_code",
    "nearest_neighbour": "SELECT * FROM nearest_neighbour ORDER BY force_code, position",
    "similar_average": "SELECT * FROM similar_average ORDER BY force_code, measure_id, period_end",
    "grade": "SELECT * FROM grade ORDER BY force_code, cycle, question",
    "grade_association": "SELECT * FROM grade_association ORDER BY question, cycle, measure_id, period_end",
    "grade_count": "SELECT * FROM grade_count ORDER BY force_code, cycle",
    "inspection": "SELECT * FROM inspection ORDER BY inspection_id",
    "case_audit_change": "SELECT * FROM case_audit_change ORDER BY review_id, grade",
    "inspection_grade": "SELECT * FROM inspection_grade ORDER BY inspection_id, area",
    "recommendation": "SELECT * FROM recommendation ORDER BY inspection_id, number",
    "monitoring_event": "SELECT * FROM monitoring_event ORDER BY force_code, date, event, topic",
}


def table(warehouse: Warehouse, name: str) -> pd.DataFrame:
    """A whole table.

    Raises:
        KeyError: for a name that is not in ``TABLES``.
    """
    return warehouse.rows(f"table {name}", TABLES[name])
