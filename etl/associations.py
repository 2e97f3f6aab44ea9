"""How far the grade on protecting vulnerable people and each measure go together, cycle by cycle and year by year."""

from __future__ import annotations

import duckdb
import pandas as pd

from insight.statistics import VerdictBasis
from insight.statistics.rank_correlation import rank_correlation
from vocabulary import PROTECTING

QUESTION = PROTECTING
# Forces that count: graded, ranked, with a complete figure, not doubtful. The others leave the pair of cycle and year its row.
PAIRS = """
SELECT c.cycle, i.measure_id, i.period_end, list(g.grade_order ORDER BY i.area_code),
    list(CASE WHEN i.hidden_parts = 0 AND f.unranked_because IS NULL AND i.verdict_basis <> $doubtful
        THEN i.value END ORDER BY i.area_code)
FROM question_cycle c CROSS JOIN indicator i JOIN force f ON f.force_code = i.area_code
LEFT JOIN grade g ON g.force_code = i.area_code AND g.question = c.question AND g.cycle = c.cycle
WHERE c.question = $question AND i.area_level = 'force'
GROUP BY ALL ORDER BY ALL
"""
COLUMNS = ["question", "cycle", "measure_id", "period_end", "forces", "tau_b", "lower_95", "upper_95"]


def grade_associations(connection: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Rows of table ``grade_association``, from the grades and measures that the warehouse holds already.

    Returns:
        ``COLUMNS``; tau-b and its limits are missing where fewer than ten forces count, or nearly all have one grade or figure.
    """
    made = []
    asked = {"question": QUESTION, "doubtful": str(VerdictBasis.DOUBTFUL_FIGURE)}
    for cycle, measure_id, period_end, grades, values in connection.execute(PAIRS, asked).fetchall():
        found = rank_correlation(grades, values)
        made.append([QUESTION, cycle, measure_id, period_end, found.pairs, found.value, found.lower, found.upper])
    return pd.DataFrame(made, columns=COLUMNS)
