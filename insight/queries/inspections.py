"""Questions about inspections: grades, child protection inspections, monitoring."""

from __future__ import annotations

from datetime import date

import pandas as pd

from insight.warehouse import Warehouse

CYCLES = """
SELECT c.*, b.reason AS why_apart FROM cycle c LEFT JOIN series_break b ON b.cycle = c.cycle AND b.kind = 'not_comparable'
ORDER BY c.position
"""
QUESTIONS = """
SELECT q.*, list(c.cycle ORDER BY y.position) AS cycles
FROM question q JOIN question_cycle c USING (question) JOIN cycle y USING (cycle)
GROUP BY ALL ORDER BY q.position
"""
GRADE_STATUSES = "SELECT status, label, symbol, meaning FROM grade_status WHERE status <> 'graded'"
GRADE_SCALE = "SELECT grade, grade_order, letter FROM grade_scale ORDER BY grade_order"
GRADES = """
SELECT g.*, f.force_name, f.short_code, f.region, f.country, f.tile_column, f.tile_row, q.position AS question_position,
    q.short_title, c.position AS cycle_position, s.letter, st.label AS status_label, src.origin
FROM grade g
JOIN force f USING (force_code) JOIN question q USING (question) JOIN cycle c USING (cycle)
JOIN grade_status st USING (status)
LEFT JOIN grade_scale s USING (grade)
LEFT JOIN source src USING (source_id)
WHERE ($cycle IS NULL OR g.cycle = $cycle) AND ($force_code IS NULL OR g.force_code = $force_code)
ORDER BY f.force_name, c.position, q.position
"""
GRADE_COUNTS = """
SELECT n.*, f.force_name, f.short_code, f.region, s.origin
FROM grade_count n JOIN force f USING (force_code) JOIN cycle c USING (cycle) JOIN source s USING (source_id)
WHERE ($cycle IS NULL OR n.cycle = $cycle) AND ($force_code IS NULL OR n.force_code = $force_code)
ORDER BY c.position, f.force_name
"""
INSPECTIONS = """
SELECT i.*, f.force_name, f.short_code, f.region, s.origin, r.source_url AS revisit_url, r.source_kind AS revisit_kind,
    rs.origin AS revisit_origin
FROM inspection i JOIN force f USING (force_code) JOIN source s ON s.source_id = i.source_id
LEFT JOIN inspection r ON r.inspection_id = i.revisit_id LEFT JOIN source rs ON rs.source_id = r.source_id
WHERE $force_code IS NULL OR i.force_code = $force_code
ORDER BY f.force_name, coalesce(i.inspected_from, i.published), i.inspection_id
"""
INSPECTION_GRADES = """
SELECT g.*, f.force_name, s.letter, s.grade_order, src.origin, i.source_url AS inspection_url,
    i.source_kind AS inspection_source_kind, i.inspected_from, i.inspected_to, i.published
FROM inspection_grade g JOIN force f USING (force_code) JOIN grade_scale s USING (grade)
JOIN inspection i USING (inspection_id) JOIN source src ON src.source_id = g.source_id
WHERE $force_code IS NULL OR g.force_code = $force_code ORDER BY f.force_name, g.inspection_id, g.area
"""
RECOMMENDATIONS = """
SELECT r.*, f.force_name, i.inspected_from, i.inspected_to, i.published, i.recommendations AS recommendations_made,
    i.source_url, i.source_kind, s.origin
FROM recommendation r JOIN force f USING (force_code) JOIN inspection i USING (inspection_id)
JOIN source s ON s.source_id = r.source_id
ORDER BY f.force_name, r.inspection_id, r.number
"""
EVENTS = """
SELECT e.*, f.force_name, f.short_code, s.origin
FROM monitoring_event e JOIN force f USING (force_code) JOIN source s USING (source_id)
WHERE $force_code IS NULL OR e.force_code = $force_code ORDER BY f.force_name, e.date, e.event, e.topic
"""
CASE_AUDIT_CHANGES = "SELECT * FROM case_audit_change ORDER BY review_id, grade"
GRADE_ASSOCIATION = """
SELECT * FROM grade_association
WHERE question = $question AND cycle = $cycle AND measure_id = $measure_id AND period_end = $period_end
"""


def cycles(warehouse: Warehouse) -> pd.DataFrame:
    """The inspection cycles in order; ``comparable_with_previous`` as the inspectorate says, ``why_apart`` why not."""
    return warehouse.rows("cycles", CYCLES)


def questions(warehouse: Warehouse) -> pd.DataFrame:
    """What is graded, with the list of cycles that ask it."""
    return warehouse.rows("questions", QUESTIONS)


def grade_statuses(warehouse: Warehouse) -> pd.DataFrame:
    """The words for why there is no grade."""
    return warehouse.rows("grade_statuses", GRADE_STATUSES)


def grade_scale(warehouse: Warehouse) -> pd.DataFrame:
    """Grades best first with their letters."""
    return warehouse.rows("grade_scale", GRADE_SCALE)


def grades(warehouse: Warehouse, cycle: str | None = None, force_code: str | None = None) -> pd.DataFrame:
    """Grades with the words and places that a page needs; all of them, or of a cycle, or of a force."""
    return warehouse.rows("grades", GRADES, {"cycle": cycle, "force_code": force_code})


def grade_counts(warehouse: Warehouse, cycle: str | None = None, force_code: str | None = None) -> pd.DataFrame:
    """Announced numbers of areas at each grade."""
    return warehouse.rows("grade_counts", GRADE_COUNTS, {"cycle": cycle, "force_code": force_code})


def inspections(warehouse: Warehouse, force_code: str | None = None) -> pd.DataFrame:
    """Child protection inspections and reviews, what was planned after each, what came and the page that says so."""
    return warehouse.rows("inspections", INSPECTIONS, {"force_code": force_code})


def inspection_grades(warehouse: Warehouse, force_code: str | None = None) -> pd.DataFrame:
    """Grades by area of graded child protection inspections."""
    return warehouse.rows("inspection_grades", INSPECTION_GRADES, {"force_code": force_code})


def recommendations(warehouse: Warehouse) -> pd.DataFrame:
    """Recommendations by theme and deadline, where known."""
    return warehouse.rows("recommendations", RECOMMENDATIONS)


def events(warehouse: Warehouse, force_code: str | None = None) -> pd.DataFrame:
    """Enhanced monitoring and causes of concern."""
    return warehouse.rows("events", EVENTS, {"force_code": force_code})


def case_audit_changes(warehouse: Warehouse) -> pd.DataFrame:
    """Each review beside the inspection it follows: shares of audited case files before and after, and their test."""
    return warehouse.rows("case_audit_changes", CASE_AUDIT_CHANGES)


def grade_association(warehouse: Warehouse, question: str, cycle: str, measure_id: str, period_end: date) -> pd.DataFrame:
    """How far grades on a question and a measure go together: one row, or none where the question is not set beside measures."""
    parameters = {"question": question, "cycle": cycle, "measure_id": measure_id, "period_end": period_end}
    return warehouse.rows("grade_association", GRADE_ASSOCIATION, parameters)
