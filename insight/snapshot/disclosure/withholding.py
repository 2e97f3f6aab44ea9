"""The gate: a copy of the build from which everything is withheld that would give a hidden figure away.

Every page, table and file of a snapshot is made from this copy, never from the build itself, so that none can disagree with
what was withheld. The copy is checked again when it is done; a snapshot of a copy that still leaks is never made.
"""

from __future__ import annotations

import shutil
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pandas as pd

from insight.snapshot.check_rows import check_leaks, mask_checks
from insight.snapshot.disclosure.feasible_intervals import close
from insight.snapshot.disclosure.published_gaps import Leak, Way, leaks_of
from insight.snapshot.disclosure.quotients import average_leaks, quotient_leaks
from insight.snapshot.tables import WITHHELD, Cell, Places, Table, tables_of
from insight.statistics import Trend, Verdict, VerdictBasis

ROUNDS = 40
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
NEW_STATUS = """
INSERT INTO figure_status
SELECT 'withheld', 'Withheld here', '[w]', true,
    'The publisher gives this figure. We leave it out because, beside our other figures, it would give away a hidden one.'
WHERE NOT EXISTS (SELECT 1 FROM figure_status WHERE status = 'withheld')
"""
# What one release gives away stands unrevised in the next, so that a figure is withheld in every release that prints it.
IN_EVERY_RELEASE = """
INSERT INTO withhold
SELECT DISTINCT o.figure_id, o.period_end, o.release, o.area_code FROM observation o
JOIN withhold w USING (figure_id, period_end, area_code)
WHERE o.value IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM withhold v WHERE v.figure_id = o.figure_id AND v.period_end = o.period_end AND v.area_code = o.area_code
        AND v.release = o.release)
"""
WITHHELD_NOW = """
SELECT figure_id, period_end::VARCHAR, release, area_code FROM withhold ORDER BY ALL
"""
WITHHOLD_FIGURES = """
UPDATE observation o SET value = NULL, status = 'withheld', doubtful = NULL FROM withhold w
WHERE o.value IS NOT NULL AND o.figure_id = w.figure_id AND o.period_end = w.period_end AND o.release = w.release
    AND o.area_code = w.area_code
"""
# Without keys, so that rows can be changed at will: the copy is read once and thrown away.
UNLOCK = (
    "CREATE TABLE unlocked AS SELECT * FROM observation",
    "DROP TABLE observation",
    "ALTER TABLE unlocked RENAME TO observation",
    "CREATE TABLE unlocked AS SELECT * FROM indicator",
    "DROP TABLE indicator",
    "ALTER TABLE unlocked RENAME TO indicator",
    "CREATE TABLE unlocked AS SELECT * FROM indicator_as_of",
    "DROP TABLE indicator_as_of",
    "ALTER TABLE unlocked RENAME TO indicator_as_of",
    "CREATE TEMP TABLE withhold (figure_id VARCHAR, period_end DATE, release VARCHAR, area_code VARCHAR)",
    "CREATE TEMP TABLE withhold_average (measure_id VARCHAR, period_end DATE)",
    """
    CREATE TEMP VIEW withhold_measure AS
    SELECT m.measure_id, w.area_code, w.period_end, w.release, bool_or(m.numerator = w.figure_id) AS above,
        coalesce(bool_or(m.denominator = w.figure_id), false) AS below
    FROM withhold w JOIN measure m ON m.numerator = w.figure_id OR m.denominator = w.figure_id GROUP BY ALL
    """,
)
# Words are bound, so that they stand nowhere but in insight.statistics.words.
WITHHOLD_MEASURES = """
UPDATE indicator i SET
    numerator = CASE WHEN w.above THEN NULL ELSE i.numerator END,
    denominator = CASE WHEN w.below THEN NULL ELSE i.denominator END,
    value = NULL, lower_95 = NULL, upper_95 = NULL, lower_998 = NULL, upper_998 = NULL, interval_method = NULL,
    status = CASE WHEN i.status = 'reported' THEN 'withheld' ELSE i.status END, compared_with_nation = $not_compared,
    compared_with_region = CASE WHEN i.area_level = 'force' THEN $not_compared END, outlier = $not_compared,
    outlier_unadjusted = $not_compared, verdict_level = NULL,
    verdict = CASE WHEN i.verdict = $too_few THEN i.verdict ELSE $not_compared END,
    verdict_basis = CASE WHEN i.verdict = $too_few THEN i.verdict_basis ELSE $no_figure END,
    rank = NULL, rank_lower = NULL, rank_upper = NULL, probability_highest_quarter = NULL, recent_trend = $no_trend,
    change_from_previous = $no_trend
FROM withhold_measure w
WHERE i.measure_id = w.measure_id AND i.area_code = w.area_code AND i.period_end = w.period_end AND i.release = w.release
"""
WITHHOLD_AS_OF = """
UPDATE indicator_as_of i SET
    numerator = CASE WHEN w.above THEN NULL ELSE i.numerator END,
    denominator = CASE WHEN w.below THEN NULL ELSE i.denominator END,
    value = NULL, lower_95 = NULL, upper_95 = NULL, lower_998 = NULL, upper_998 = NULL, interval_method = NULL,
    status = CASE WHEN i.status = 'reported' THEN 'withheld' ELSE i.status END, compared_with_nation = $not_compared,
    compared_with_region = CASE WHEN i.area_level = 'force' THEN $not_compared END, outlier = $not_compared,
    outlier_unadjusted = $not_compared, verdict_level = NULL,
    verdict = CASE WHEN i.verdict = $too_few THEN i.verdict ELSE $not_compared END,
    verdict_basis = CASE WHEN i.verdict = $too_few THEN i.verdict_basis ELSE $no_figure END,
    recent_trend = $no_trend, change_from_previous = $no_trend
FROM withhold_measure w
WHERE i.measure_id = w.measure_id AND i.area_code = w.area_code AND i.period_end = w.period_end AND i.release = w.release
"""
# A force is compared with its region's figure, and says on which side of it that lies.
WITHHOLD_REGIONS = """
UPDATE indicator i SET compared_with_region = $not_compared
FROM withhold_measure w JOIN region_or_country r ON r.area_code = w.area_code AND r.area_level = 'region'
JOIN force f ON f.region = r.area_name
WHERE i.measure_id = w.measure_id AND i.area_code = f.force_code AND i.period_end = w.period_end
"""
WITHHOLD_REGIONS_AS_OF = """
UPDATE indicator_as_of i SET compared_with_region = $not_compared
FROM withhold_measure w JOIN region_or_country r ON r.area_code = w.area_code AND r.area_level = 'region'
JOIN force f ON f.region = r.area_name
WHERE i.measure_id = w.measure_id AND i.area_code = f.force_code AND i.period_end = w.period_end
"""
# An average holds every force that is compared, so that the others beside it would give a withheld force away.
AVERAGES_OF_WITHHELD_FORCES = """
INSERT INTO withhold_average
SELECT DISTINCT i.measure_id, i.period_end FROM indicator i
JOIN withhold_measure w ON w.measure_id = i.measure_id AND w.area_code = i.area_code AND w.period_end = i.period_end
    AND w.release = i.release
WHERE i.area_level = 'force'
"""
WITHHOLD_AVERAGES = """
DELETE FROM comparison c USING withhold_average w WHERE c.measure_id = w.measure_id AND c.period_end = w.period_end
"""
WITHHOLD_VERDICTS = """
UPDATE indicator i SET compared_with_nation = $not_compared, outlier = $not_compared, outlier_unadjusted = $not_compared,
    verdict_level = NULL, verdict = CASE WHEN i.verdict = $too_few THEN i.verdict ELSE $not_compared END,
    verdict_basis = CASE WHEN i.verdict = $too_few THEN i.verdict_basis ELSE $no_benchmark END,
    rank = NULL, rank_lower = NULL, rank_upper = NULL, probability_highest_quarter = NULL
FROM withhold_average w WHERE i.measure_id = w.measure_id AND i.period_end = w.period_end AND i.area_level = 'force'
"""
WITHHOLD_VERDICTS_AS_OF = """
UPDATE indicator_as_of i SET compared_with_nation = $not_compared, outlier = $not_compared, outlier_unadjusted = $not_compared,
    verdict_level = NULL, verdict = CASE WHEN i.verdict = $too_few THEN i.verdict ELSE $not_compared END,
    verdict_basis = CASE WHEN i.verdict = $too_few THEN i.verdict_basis ELSE $no_benchmark END
FROM withhold_average w WHERE i.measure_id = w.measure_id AND i.period_end = w.period_end AND i.area_level = 'force'
"""
# Beside every other force's figure, tau-b says between which of them a withheld one lies.
WITHHOLD_ASSOCIATIONS = """
DELETE FROM grade_association g USING withhold_average w WHERE g.measure_id = w.measure_id AND g.period_end = w.period_end
"""
# A distance rests on the figures of every force, so that all go with one.
NEIGHBOURS_OF_WITHHELD = """
SELECT count(*) FROM withhold w JOIN force_feature x ON x.force_code = w.area_code
WHERE (w.figure_id = 'population_0_17' AND w.period_end = x.children_period)
    OR (w.figure_id = 'children_looked_after' AND w.period_end = x.looked_after_period)
"""
WITHHOLD_NEIGHBOURS = ("DELETE FROM nearest_neighbour", "DELETE FROM force_feature")
WORDS = {
    "not_compared": Verdict.NOT_COMPARED,
    "too_few": Verdict.TOO_FEW,
    "no_figure": VerdictBasis.NO_COMPLETE_FIGURE,
    "no_benchmark": VerdictBasis.NO_BENCHMARK,
    "no_trend": Trend.CANNOT_BE_CALCULATED,
}
WITHHOLD_WORDS = (
    (WITHHOLD_MEASURES, ("not_compared", "too_few", "no_figure", "no_trend")),
    (WITHHOLD_AS_OF, ("not_compared", "too_few", "no_figure", "no_trend")),
    (WITHHOLD_REGIONS, ("not_compared",)),
    (WITHHOLD_REGIONS_AS_OF, ("not_compared",)),
    (WITHHOLD_VERDICTS, ("not_compared", "no_benchmark", "too_few")),
    (WITHHOLD_VERDICTS_AS_OF, ("not_compared", "no_benchmark", "too_few")),
)
CLEAR = ("DELETE FROM withhold", "DELETE FROM withhold_average")
PUT_FIGURE = "INSERT INTO withhold VALUES (?, ?::DATE, ?, ?)"
PUT_AVERAGE = "INSERT INTO withhold_average VALUES (?, ?::DATE)"


class StillLeaks(Exception):
    """What we would publish gives a hidden figure away, and withholding more does not mend it."""


@dataclass(frozen=True)
class Withheld:
    """What the gate left out: how many figures for each way to a hidden one, and how many ways to how many hidden figures."""

    figures: dict[str, int]
    hidden_figures_protected: int

    @property
    def total(self) -> int:
        """All figures left out."""
        return sum(self.figures.values())


def pass_gate(warehouse: Path, copy: Path) -> Withheld:
    """Write a copy of a build without what would give hidden figures away.

    Args:
        warehouse: the build's file; it is only read.
        copy: the file to write; it must not exist.

    Raises:
        StillLeaks: withholding did not close every way.
    """
    shutil.copyfile(warehouse, copy)
    withheld: dict[Cell, Way] = {}
    protected: set[Cell] = set()
    with duckdb.connect(copy) as connection:
        for statement in (NEW_STATUS, *UNLOCK):
            connection.execute(statement)
        for _ in range(ROUNDS):
            closed = close(_tables(connection), _places(connection))
            for leak in () if closed else audit(connection):
                closed |= {cell: leak for cell in leak.withhold if cell not in withheld}
            mask_checks(connection)
            if not closed:
                break
            protected.update(leak.hidden for leak in closed.values() if leak.hidden not in withheld)
            withheld |= _withhold(connection, {cell: leak.way for cell, leak in closed.items()})
        _refuse_what_leaks(audit(connection))
        connection.execute("CHECKPOINT")
    counts = Counter(way.value for way in withheld.values())
    return Withheld(dict(sorted(counts.items())), len(protected))


def audit(connection: duckdb.DuckDBPyConnection) -> list[Leak]:
    """Every way in which a warehouse gives away a figure that its newest release hides."""
    observations, measures = connection.execute(OBSERVATIONS).df(), connection.execute(MEASURES).df()
    found = leaks_of(_tables(connection), _places(connection))
    indicators = connection.execute(INDICATORS).df()
    for frame in (indicators, connection.execute(INDICATORS_AS_OF).df()):
        for release, rows in frame.groupby("release"):
            found += quotient_leaks(rows, measures, _values(observations, str(release), measures))
    found += average_leaks(connection.execute(COMPARISONS).df(), indicators, measures)
    found += check_leaks(connection)
    return found


def _tables(connection: duckdb.DuckDBPyConnection) -> list[Table]:
    statuses = connection.execute(HIDDEN_STATUSES).df()["status"].tolist()
    return tables_of(connection.execute(OBSERVATIONS).df(), statuses)


def _values(observations: pd.DataFrame, release: str, measures: pd.DataFrame) -> dict[tuple[str, str, str], int | None]:
    rows = observations[(observations["release"] == release) & observations["figure_id"].isin(set(measures["numerator"]))]
    return {
        (row.figure_id, row.period_end, row.area_code): None if pd.isna(row.value) else int(row.value)
        for row in rows.itertuples(index=False)
    }


def _places(connection: duckdb.DuckDBPyConnection) -> Places:
    rows, parts = connection.execute(PLACES).df(), connection.execute(PARTS_OF_REGIONS).df()
    nations = rows["country_code"].dropna().unique()
    return Places(
        forces={str(code): tuple(group["la_code"]) for code, group in rows.groupby("force_code")},
        regions={
            str(code): tuple(group["la_code"])
            for frame, column in ((rows, "region_code"), (parts, "area_code"))
            for code, group in frame.groupby(column)
        },
        nation=str(nations[0]) if len(nations) else "",
    )


def _withhold(connection: duckdb.DuckDBPyConnection, cells: dict[Cell, Way]) -> dict[Cell, Way]:
    """Take cells out of every table and release that holds them; what was taken out, and why."""
    figures = {cell: way for cell, way in cells.items() if way != Way.AVERAGE}
    averages = {cell: way for cell, way in cells.items() if way == Way.AVERAGE}
    for statement in CLEAR:
        connection.execute(statement)
    if figures:
        connection.executemany(PUT_FIGURE, [[one.figure_id, one.period_end, one.release, one.area_code] for one in figures])
    if averages:  # an average's cell carries the measure where others carry the area
        connection.executemany(PUT_AVERAGE, [[one.area_code, one.period_end] for one in averages])
    connection.execute(IN_EVERY_RELEASE)
    taken = [Cell(*row) for row in connection.execute(WITHHELD_NOW).fetchall()]
    connection.execute(AVERAGES_OF_WITHHELD_FORCES)
    for statement in (WITHHOLD_FIGURES, WITHHOLD_AVERAGES, WITHHOLD_ASSOCIATIONS):
        connection.execute(statement)
    for statement, words in WITHHOLD_WORDS:
        connection.execute(statement, {word: str(WORDS[word]) for word in words})
    (neighbours,) = connection.execute(NEIGHBOURS_OF_WITHHELD).fetchone() or (0,)
    for statement in WITHHOLD_NEIGHBOURS if neighbours else ():
        connection.execute(statement)
    ways = {(cell.figure_id, cell.period_end, cell.area_code): way for cell, way in figures.items()}
    return averages | {cell: ways[cell.figure_id, cell.period_end, cell.area_code] for cell in taken}


def _refuse_what_leaks(leaks: list[Leak]) -> None:
    if leaks:
        ways = Counter(leak.way.value for leak in leaks)
        said = "; ".join(f"{way} ({count})" for way, count in sorted(ways.items()))
        raise StillLeaks(f"The snapshot would give hidden figures away: {said}. Nothing was written.")


__all__ = ["WITHHELD", "StillLeaks", "Withheld", "audit", "pass_gate"]
