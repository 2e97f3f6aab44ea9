"""How the gate takes figures out of a copy of a build. The copy is read once and thrown away; builds are never changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from insight.warehouse import Warehouse

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
SELECT figure_id, period_end::VARCHAR AS period_end, release, area_code FROM withhold ORDER BY ALL
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
    "CREATE TABLE withhold (figure_id VARCHAR, period_end DATE, release VARCHAR, area_code VARCHAR)",
    "CREATE TABLE withhold_average (measure_id VARCHAR, period_end DATE)",
    """
    CREATE VIEW withhold_measure AS
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
WITHHOLD_SIMILAR = """
DELETE FROM similar_average s USING withhold_average w WHERE s.measure_id = w.measure_id AND s.period_end = w.period_end
"""
# A distance rests on the figures of every force, so that all go with one.
NEIGHBOURS_OF_WITHHELD = """
SELECT count(*) AS withheld FROM withhold w JOIN force_feature x ON x.force_code = w.area_code
WHERE (w.figure_id = 'population_0_17' AND w.period_end = x.children_period)
    OR (w.figure_id = 'children_looked_after' AND w.period_end = x.looked_after_period)
"""
WITHHOLD_NEIGHBOURS = ("DELETE FROM similar_average", "DELETE FROM nearest_neighbour", "DELETE FROM force_feature")
WITHHOLD_WITH_WORDS = (
    (WITHHOLD_MEASURES, ("not_compared", "too_few", "no_figure", "no_trend")),
    (WITHHOLD_AS_OF, ("not_compared", "too_few", "no_figure", "no_trend")),
    (WITHHOLD_REGIONS, ("not_compared",)),
    (WITHHOLD_REGIONS_AS_OF, ("not_compared",)),
    (WITHHOLD_VERDICTS, ("not_compared", "no_benchmark", "too_few")),
    (WITHHOLD_VERDICTS_AS_OF, ("not_compared", "no_benchmark", "too_few")),
)
CLEAR = ("DELETE FROM withhold", "DELETE FROM withhold_average")
PUT_FIGURES = "INSERT INTO withhold SELECT unnest($figures), unnest($periods)::DATE, unnest($releases), unnest($areas)"
PUT_AVERAGES = "INSERT INTO withhold_average SELECT unnest($measures), unnest($periods)::DATE"
MASK = "UPDATE check_result SET expected = $not_shown, found = $not_shown WHERE check_id = $check_id"
FINISH = ("DROP VIEW withhold_measure", "DROP TABLE withhold", "DROP TABLE withhold_average", "CHECKPOINT")


def begin(copy: Warehouse) -> None:
    """Make the copy ready to be changed: the status of what is withheld, tables without keys."""
    for statement in (NEW_STATUS, *UNLOCK):
        copy.rows("gate: begin", statement)


def withhold(
    copy: Warehouse,
    figures: Sequence[tuple[str, str, str, str]],
    averages: Sequence[tuple[str, str]],
    words: Mapping[str, str],
) -> pd.DataFrame:
    """Take figures and averages out of every table and release that holds them.

    Args:
        copy: after ``begin``.
        figures: figure_id, period_end, release and area_code of each.
        averages: measure_id and period_end of each.
        words: what stands in place of a verdict, by the name under which statements bind it.

    Returns:
        figure_id, period_end, release and area_code of each figure that was taken out.
    """
    for statement in CLEAR:
        copy.rows("gate: clear", statement)
    if figures:
        names = ("figures", "periods", "releases", "areas")
        copy.rows("gate: put figures", PUT_FIGURES, dict(zip(names, _columns(figures), strict=True)))
    if averages:
        copy.rows("gate: put averages", PUT_AVERAGES, dict(zip(("measures", "periods"), _columns(averages), strict=True)))
    copy.rows("gate: in every release", IN_EVERY_RELEASE)
    taken = copy.rows("gate: withheld now", WITHHELD_NOW)
    copy.rows("gate: averages of withheld forces", AVERAGES_OF_WITHHELD_FORCES)
    for statement in (WITHHOLD_FIGURES, WITHHOLD_AVERAGES, WITHHOLD_ASSOCIATIONS, WITHHOLD_SIMILAR):
        copy.rows("gate: withhold", statement)
    for statement, bound in WITHHOLD_WITH_WORDS:
        copy.rows("gate: withhold measures and verdicts", statement, {name: words[name] for name in bound})
    if copy.rows("gate: neighbours of withheld", NEIGHBOURS_OF_WITHHELD)["withheld"].iloc[0]:
        for statement in WITHHOLD_NEIGHBOURS:
            copy.rows("gate: withhold neighbours", statement)
    return taken


def mask_check(copy: Warehouse, check_id: str, not_shown: str) -> None:
    """Blank what a check expected and found."""
    copy.rows("gate: mask a check", MASK, {"not_shown": not_shown, "check_id": check_id})


def finish(copy: Warehouse) -> None:
    """Leave nothing of the gate's own tables in the copy, and all else in its file."""
    for statement in FINISH:
        copy.rows("gate: finish", statement)


def _columns(rows: Sequence[tuple[str, ...]]) -> list[list[str]]:
    return [list(column) for column in zip(*rows, strict=True)]
