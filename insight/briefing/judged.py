"""The pages of a briefing about judgments: grades of the newest cycle, grades over the cycles, inspections and their clock."""

from __future__ import annotations

from collections import Counter

import pandas as pd

from insight.briefing.model import Page, Table
from insight.findings import Facts, Finding
from insight.findings.judgments import graded
from insight.tables import inspections_to_read
from insight.words import is_missing, listed, partial_date, plural

GRADE_RULES = ("low grades", "other grades", "grades not found", "not comparable")
CLOCK_RULES = ("clock", "enhanced monitoring", "causes of concern", "child protection grades", "case files")
MOST_INSPECTIONS = 5
ONLY_AREAS, NOT_ON_SCALE = "Adequate", "not on the scale"
STATUS_WORDS = {"not_found": "not found in our sources", "not_graded": "not graded", "not_in_report": "not in the report"}


def grade_pages(facts: Facts, found: list[Finding], both: bool) -> list[Page]:
    """The newest cycle question by question; with ``both``, every cycle too."""
    known = facts.published(facts.grades[facts.grades["grade"].notna()])
    if known.empty:
        return [Page(f"Our sources show no inspection grade of {facts.organisation}", notes=_notes(facts))]
    cycle = str(known.sort_values("cycle_position")["cycle"].iloc[-1])
    rows = facts.grades[facts.grades["cycle"] == cycle].sort_values("question_position")
    counted = Counter(rows["grade"].dropna())
    order = known.sort_values("grade_order")["grade"].drop_duplicates()
    parts = [f"{graded(grade)} in {counted[grade]}" for grade in order if counted[grade]]
    title = f"PEEL {cycle}: {facts.organisation} was graded {listed(parts)} of {plural(sum(counted.values()), 'known grade')}"
    cells = tuple(
        (row.question, _grade(row.grade, row.status), "" if is_missing(row.published) else partial_date(row.published))
        for row in rows.itertuples()
    )
    table = Table(f"Grades of {facts.organisation} in PEEL {cycle}", ("Asked", "Grade", "Published"), cells, (4.2, 2.2, 1.6))
    if not any(published for _, _, published in cells):
        table = Table(table.caption, table.head[:2], tuple(row[:2] for row in cells), table.shares[:2])
    bullets = tuple(one.sentence for one in found if one.rule in GRADE_RULES and not one.rule.startswith("other"))
    pages = [Page(title, bullets, table=table, notes=_notes(facts))]
    return [*pages, _cycles(facts, known)] if both else pages


def _cycles(facts: Facts, known: pd.DataFrame) -> Page:
    """How many grades of each kind in each cycle; never compared across a seam."""
    rows = []
    order = known.sort_values("grade_order")["grade"].drop_duplicates().tolist()
    for cycle in known.sort_values("cycle_position")["cycle"].drop_duplicates():
        same = known[known["cycle"] == cycle]
        counted = Counter(same["grade"])
        level = str(same["level"].iloc[0])
        numbers = (NOT_ON_SCALE if level == "pillar" and grade == ONLY_AREAS else f"{counted[grade]}" for grade in order)
        rows.append((cycle, level, *numbers))
    table = Table(
        f"Known grades of {facts.organisation} by cycle",
        ("Cycle", "Graded", *order),
        tuple(rows),
        (1.2, 1.0, *[1.4] * len(order)),
    )
    title = f"{facts.organisation} has known grades in {plural(len(rows), 'inspection cycle')}"
    foot = (
        "Until 2018/19 the inspectorate graded pillars in four tiers, since 2021/22 areas in five. It says that grades of "
        "2021/22 and of 2023-25 cannot be compared with those before them."
    )
    return Page(title[:1].upper() + title[1:], table=table, foot=foot, notes=_notes(facts))


def inspection_page(facts: Facts, found: list[Finding]) -> Page:
    """What was inspected, what is due, what is open."""
    bullets = [one for rule in CLOCK_RULES for one in found if one.rule == rule]
    held = facts.published(facts.inspections)
    table = None
    if not held.empty:
        newest = held.sort_values("published", na_position="first").iloc[::-1].head(MOST_INSPECTIONS)
        read = inspections_to_read(newest)
        columns = ["Inspection", "Inspected", "Published", "Case files", "Recommendations"]
        cells = tuple(tuple(str(cell) for cell in row) for row in read[columns].itertuples(index=False))
        caption = f"Child protection inspections of {facts.organisation}, newest first"
        table = Table(caption, tuple(columns), cells, (2.8, 1.3, 1.5, 4.2, 1.6))
    return Page(_clock_title(facts, bullets), tuple(one.sentence for one in bullets), table=table, notes=_notes(facts))


def _clock_title(facts: Facts, bullets: list[Finding]) -> str:
    open_concerns = [one for one in bullets if one.rule == "causes of concern"]
    clock = next((one for one in bullets if one.rule == "clock"), None)
    if open_concerns and open_concerns[0].severity > 1:
        concerns = plural(len(open_concerns[0].figures), "cause of concern", "causes of concern")
        return f"{concerns} about {facts.organisation} without a closing in our sources"
    if clock is not None and clock.severity > 1:
        return f"A revisit of {facts.organisation} is or was due: see the clock"
    return f"Child protection in {facts.area}: what was inspected and what followed"


def _grade(grade: object, status: str) -> str:
    return STATUS_WORDS.get(status, status) if is_missing(grade) else str(grade)


def _notes(facts: Facts) -> str:
    return (
        "Method: grades are ordered categories, never averaged. The clock counts six weeks to an answer and six months to a "
        "revisit from the day of publication; what our sources do not show may yet have happened.\n"
        f"Source: {facts.source_named('peel_grades')}; {facts.source_named('child_protection_inspections')}; "
        f"{facts.source_named('monitoring_events')}\nBuild {facts.build_id}."
    )
