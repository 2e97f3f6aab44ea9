"""What the checks of a warehouse ask: named statements, and those whose every row is a fault."""

from __future__ import annotations

ERROR, WARNING = "error", "warning"

# Sums over authorities beside the published figure of England and of each region. Inner and Outer London are parts of a
# region and have no authorities of their own here.
TOTALS = """
WITH parts AS (
    SELECT o.*, r.area_code AS region_code, c.area_code AS country_code
    FROM observation o
    JOIN local_authority la ON la.la_code = o.area_code
    JOIN force f USING (force_code)
    JOIN region_or_country r ON r.area_level = 'region' AND r.area_name = f.region
    JOIN region_or_country c ON c.area_level = 'country' AND c.area_name = f.country
    WHERE o.area_level = 'local_authority'
),
sums AS (
    SELECT 'region' AS area_level, region_code AS area_code, figure_id, release, period_end,
        sum(value)::BIGINT AS total, count_if(s.hidden) AS hidden
    FROM parts JOIN figure_status s USING (status) GROUP BY ALL
    UNION ALL
    SELECT 'region', sr.area_code, figure_id, release, period_end, sum(value)::BIGINT, count_if(s.hidden)
    FROM parts JOIN subregion sr ON sr.la_code = parts.area_code JOIN figure_status s USING (status) GROUP BY ALL
    UNION ALL
    SELECT 'country', country_code, figure_id, release, period_end, sum(value)::BIGINT, count_if(s.hidden)
    FROM parts JOIN figure_status s USING (status) GROUP BY ALL
)
SELECT f.publication, s.release, s.period_end::VARCHAR AS period_end, s.figure_id, s.area_level, a.area_name,
    o.value AS published, coalesce(s.total, 0) AS total, s.hidden
FROM sums s
JOIN observation o USING (area_code, figure_id, release, period_end)
JOIN figure f USING (figure_id)
JOIN region_or_country a USING (area_code)
WHERE o.value IS NOT NULL
ORDER BY ALL
"""

# Each returns the rows at fault; none is right.
FAULTS: dict[str, tuple[str, str, str]] = {
    "area_known": (
        ERROR,
        "Every figure is of a known area at its level",
        """SELECT DISTINCT o.area_code, o.area_level FROM observation o
           LEFT JOIN area a ON a.area_code = o.area_code AND a.area_level = o.area_level
           WHERE a.area_code IS NULL""",
    ),
    "no_figure_twice": (
        ERROR,
        "No figure of an area and period stands twice among the current figures",
        """SELECT area_code, period_end::VARCHAR AS period_end, figure_id FROM current_observation
           GROUP BY ALL HAVING count(*) > 1""",
    ),
    "newest_release_whole": (
        ERROR,
        "The current figures of a period are one release of its publication, and all of it",
        """SELECT s.publication, o.period_end::VARCHAR AS period_end, count(DISTINCT c.release) AS releases
           FROM observation o JOIN source s USING (source_id)
           LEFT JOIN current_observation c ON c.figure_id = o.figure_id AND c.area_code = o.area_code
               AND c.period_end = o.period_end AND c.release = o.release
           WHERE o.release = (
               SELECT max(n.release) FROM observation n JOIN source g USING (source_id)
               WHERE g.publication = s.publication AND n.period_end = o.period_end)
           GROUP BY ALL HAVING count(DISTINCT c.release) <> 1 OR count(*) <> count(c.release)""",
    ),
    "force_is_sum_of_authorities": (
        ERROR,
        "Every force is the sum of its authorities and keeps the number of those that are hidden or a doubtful zero",
        """SELECT o.area_code, o.release, o.period_end::VARCHAR AS period_end, o.figure_id, o.value
           FROM observation o
           JOIN (
               SELECT la.force_code, p.release, p.period_end, p.figure_id,
                   sum(p.value) FILTER (p.doubtful IS NULL) AS total, count_if(s.hidden OR p.doubtful IS NOT NULL) AS hidden
               FROM observation p JOIN local_authority la ON la.la_code = p.area_code
               JOIN figure_status s USING (status)
               GROUP BY ALL) parts
           ON parts.force_code = o.area_code AND parts.release = o.release AND parts.period_end = o.period_end
               AND parts.figure_id = o.figure_id
           WHERE o.value IS DISTINCT FROM parts.total OR o.hidden_parts <> parts.hidden""",
    ),
    "authority_has_force_figure": (
        ERROR,
        "Every authority's figure is part of a force's figure",
        """SELECT DISTINCT p.area_code, p.release, p.figure_id FROM observation p
           JOIN local_authority la ON la.la_code = p.area_code
           ANTI JOIN observation o ON o.area_code = la.force_code AND o.release = p.release
               AND o.period_end = p.period_end AND o.figure_id = p.figure_id""",
    ),
    "nothing_rests_on_a_doubtful_zero": (
        ERROR,
        "No interval, verdict, rank or trend rests on a doubtful zero, or on a force's doubtful figure",
        """SELECT i.measure_id, i.area_code, i.period_end::VARCHAR AS period_end FROM indicator i
           LEFT JOIN doubtful_part p USING (measure_id, area_code, period_end)
           LEFT JOIN doubtful_figure d ON d.measure_id = i.measure_id AND d.area_code = i.area_code
               AND d.period_end = i.period_end AND d.area_level = i.area_level
           WHERE (p.reason IS NOT NULL OR d.reason IS NOT NULL)
           AND (i.lower_95 IS NOT NULL OR i.rank IS NOT NULL OR i.compared_with_nation <> getvariable('not_compared')
               OR i.verdict NOT IN (getvariable('not_compared'), getvariable('too_few'))
               OR i.outlier <> getvariable('not_compared') OR i.outlier_unadjusted <> getvariable('not_compared')
               OR i.recent_trend <> getvariable('no_trend') OR i.change_from_previous <> getvariable('no_trend')
               OR (i.value IS NOT NULL AND i.hidden_parts = 0 AND d.area_level IS DISTINCT FROM 'force'
                   AND i.area_level IN ('force', 'local_authority')))""",
    ),
    "no_region_rests_on_a_doubtful_zero": (
        ERROR,
        "No interval, verdict or trend of a region, and none of a force against it, rests on a doubtful zero; "
        "none of a country that has many",
        """WITH within AS (
               SELECT la.la_code, f.force_code, r.area_level, r.area_code FROM local_authority la JOIN force f USING (force_code)
               JOIN region_or_country r ON r.area_name IN (f.region, f.country)
               UNION ALL
               SELECT s.la_code, la.force_code, 'region', s.area_code FROM subregion s JOIN local_authority la USING (la_code)),
           doubt AS (
               SELECT d.measure_id, w.area_code, d.period_end, coalesce(sum(a.denominator), 0) AS size
               FROM doubtful_figure d JOIN within w ON w.la_code = d.area_code
               LEFT JOIN indicator a ON a.measure_id = d.measure_id AND a.area_code = d.area_code
                   AND a.period_end = d.period_end
               WHERE d.area_level = 'local_authority' GROUP BY ALL)
           SELECT i.measure_id, i.area_code, i.period_end::VARCHAR AS period_end
           FROM indicator i JOIN doubt USING (measure_id, area_code, period_end)
           WHERE i.basis = 'published'
           AND (i.area_level = 'region' OR doubt.size >= getvariable('most_in_doubt') * i.denominator)
           AND (i.lower_95 IS NOT NULL OR i.compared_with_nation <> getvariable('not_compared')
               OR i.verdict <> getvariable('not_compared') OR i.recent_trend <> getvariable('no_trend')
               OR i.change_from_previous <> getvariable('no_trend'))
           UNION ALL
           SELECT i.measure_id, i.area_code, i.period_end::VARCHAR
           FROM indicator i JOIN force f ON f.force_code = i.area_code
           JOIN region_or_country r ON r.area_level = 'region' AND r.area_name = f.region
           JOIN doubt ON doubt.measure_id = i.measure_id AND doubt.area_code = r.area_code AND doubt.period_end = i.period_end
           JOIN indicator g ON g.measure_id = i.measure_id AND g.area_code = r.area_code AND g.period_end = i.period_end
           WHERE g.basis = 'published' AND i.compared_with_region <> getvariable('not_compared')""",
    ),
    "no_english_figures_for_wales": (
        ERROR,
        "No figure of the Department for Education stands for a Welsh force",
        """SELECT DISTINCT o.area_code, o.figure_id FROM observation o
           JOIN force f ON f.force_code = o.area_code JOIN source s USING (source_id)
           WHERE f.country = 'Wales' AND s.publisher = 'Department for Education'""",
    ),
    "share_at_most_whole": (
        ERROR,
        "No proportion is above 100%",
        """SELECT i.measure_id, i.area_code, i.period_end::VARCHAR AS period_end, i.value FROM indicator i
           JOIN measure m USING (measure_id) WHERE m.kind = 'proportion' AND i.value > m.multiplier""",
    ),
    "indicator_is_its_quotient": (
        ERROR,
        "Every measure is its numerator over its denominator, times its multiplier",
        """SELECT i.measure_id, i.area_code, i.period_end::VARCHAR AS period_end, i.value FROM indicator i
           JOIN measure m USING (measure_id)
           WHERE i.value IS NOT NULL
           AND abs(i.value - i.numerator / coalesce(i.denominator, 1) * coalesce(m.multiplier, 1))
               > 1e-9 * (1 + i.value)""",
    ),
    "every_grade_has_a_place": (
        ERROR,
        "Every force has a row for every question of every cycle",
        """SELECT f.force_code, q.question, q.cycle FROM force f CROSS JOIN question_cycle q
           ANTI JOIN grade g ON g.force_code = f.force_code AND g.question = q.question AND g.cycle = q.cycle""",
    ),
    "review_follows_an_inspection": (
        ERROR,
        "A review follows an inspection of the same force that we hold",
        """SELECT r.inspection_id, r.follows FROM inspection r
           LEFT JOIN inspection i ON i.inspection_id = r.follows AND i.force_code = r.force_code
           WHERE r.follows IS NOT NULL AND i.inspection_id IS NULL""",
    ),
    "judgments_of_their_inspections_force": (
        ERROR,
        "An area grade and a recommendation are of the force of their inspection",
        """SELECT p.inspection_id, p.force_code, i.force_code AS inspected
           FROM (SELECT inspection_id, force_code FROM inspection_grade
               UNION SELECT inspection_id, force_code FROM recommendation) p
           LEFT JOIN inspection i USING (inspection_id)
           WHERE i.force_code IS DISTINCT FROM p.force_code""",
    ),
    "grades_within_announced": (
        WARNING,
        "A force has no more area grades than the inspectorate announced",
        """SELECT g.force_code, g.cycle, count(*) AS known, c.areas_graded AS announced FROM grade g
           JOIN grade_count c USING (force_code, cycle) WHERE g.status = 'graded'
           GROUP BY ALL HAVING count(*) > c.areas_graded""",
    ),
    "complete_lists_match_counts": (
        WARNING,
        "Where a force's list of areas is complete, its grades are as many of each kind as announced",
        """SELECT g.force_code, g.cycle FROM grade g JOIN grade_count c USING (force_code, cycle)
           WHERE g.status = 'graded' GROUP BY ALL
           HAVING count(*) = any_value(c.areas_graded)
           AND (count_if(g.grade = 'Outstanding') <> any_value(c.outstanding)
               OR count_if(g.grade = 'Good') <> any_value(c.good)
               OR count_if(g.grade = 'Adequate') <> any_value(c.adequate)
               OR count_if(g.grade = 'Requires improvement') <> any_value(c.requires_improvement)
               OR count_if(g.grade = 'Inadequate') <> any_value(c.inadequate))""",
    ),
}

# References that a build tells and its tables do not hold themselves: of its largest tables; in a shared warehouse, all.
REFERENCES = """
SELECT table_name, columns, referenced_table, referenced FROM about.rule r
WHERE constraint_type = 'FOREIGN KEY' AND NOT EXISTS (
    FROM duckdb_constraints() c
    WHERE c.database_name = current_database() AND c.constraint_type = 'FOREIGN KEY' AND c.table_name = r.table_name
        AND c.constraint_column_names = r.columns)
ORDER BY ALL
"""
FORCES_BY_COUNTRY = "SELECT country, count(*) AS forces FROM force GROUP BY country"
COVERAGE = """
SELECT i.measure_id, i.period_end::VARCHAR AS period_end, count(*) AS forces, count(i.value) AS with_value,
    count_if(i.value IS NOT NULL AND i.hidden_parts > 0) AS lower_bounds
FROM indicator i JOIN force f ON f.force_code = i.area_code
WHERE i.area_level = 'force' AND f.country = 'England' GROUP BY ALL ORDER BY ALL
"""
KNOWN_GRADES = """
SELECT count(*) FROM grade WHERE cycle = $cycle AND question = $question AND grade = $grade
"""
# All that is known asked at once: each question alone would go through all figures.
KNOWN_FIGURES = """
SELECT k.*, o.value FROM (SELECT unnest($known, max_depth => 2)) k
JOIN observation o ON o.figure_id = k.figure_id AND o.release = k.release AND o.area_code = k.area_code
    AND year(o.period_end) = k.year
"""
DOUBTFUL_ZEROS = """
SELECT f.publication, o.release, year(o.period_end) AS year, count(o.doubtful) AS zeros
FROM observation o JOIN figure f USING (figure_id)
WHERE o.area_level = 'local_authority' GROUP BY ALL ORDER BY ALL
"""
NEWEST_VALUES = """
SELECT k.*, arg_max_null(o.value, o.release), max(o.release) FROM (SELECT unnest($known, max_depth => 2)) k
JOIN observation o ON o.figure_id = k.figure_id AND o.area_code = k.area_code AND year(o.period_end) = k.year GROUP BY ALL
"""
