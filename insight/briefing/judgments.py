"""The pages of a briefing about judgments: grades of the newest cycle, grades over the cycles, inspections and what followed."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pandas as pd

from insight.briefing.model import Page, Table
from insight.findings import Finding, Profile
from insight.findings.peel import WORST_FIRST, Cycle, newest_cycle, reported_by, summary
from insight.format import is_missing, partial_date, plural
from insight.inspections.clock import by_visit
from insight.inspections.clock_words import NO_ACTION_PLANS, PLAN
from insight.inspections.grade_tables import MARKS
from insight.tables.judgments import inspections_to_read

GRADE_RULES = ("low grades", "other grades", "grades not found", "not comparable")
CLOCK_RULES = ("clock", "enhanced monitoring", "causes of concern", "child protection grades", "case files")
MOST_INSPECTIONS = 5
RETURN_COLUMNS = ("HMICFRS returned", "Against its plan")
ONLY_AREAS, NOT_ON_SCALE = "Adequate", "not on the scale"
STATUS_WORDS = {"not_found": "not found in our sources", "not_graded": "not graded", "not_in_report": "not in the report"}
METHOD = (
    f"Grades are ordered categories, never averaged. {PLAN} {NO_ACTION_PLANS} What our sources do not show may yet have happened."
)
MARKED = "p: grade as reported by the press; f: by the force or its commissioner; unmarked: read from the inspectorate."


def grade_pages(facts: Profile, found: list[Finding], both: bool) -> list[Page]:
    """The newest cycle question by question; with ``both``, every cycle too."""
    cycle = newest_cycle(facts)
    if cycle is None:
        return [Page(f"We have found no inspection grade of {facts.organisation}", notes=_notes(facts))]
    known = facts.published(facts.grades[facts.grades["grade"].notna()])
    wanted = [grade for grade in WORST_FIRST if cycle.number(grade)]
    title = f"HMICFRS graded {facts.organisation} {summary(cycle, wanted)}"
    bullets = tuple(one.sentence for one in found if one.rule in GRADE_RULES and (one.rule != "other grades" or not cycle.whole))
    table, marked = _grades(facts, cycle)
    pages = [Page(title, bullets, table=table, foot=MARKED if marked else "", notes=_notes(facts, reported_by(facts, cycle)))]
    return [*pages, _cycles(facts, known)] if both and not known.empty else pages


def _grades(facts: Profile, cycle: Cycle) -> tuple[Table, bool]:
    """Every area that the cycle asks about, and whether any grade carries the mark of who told it."""
    asked = facts.grades[facts.grades["cycle"] == cycle.name].sort_values("question_position").to_dict("records")
    shown = set(cycle.known["question"])
    cells = tuple(_cells(row, row["question"] in shown) for row in asked)
    head, shares = ("Asked", "Grade", "Published"), (4.2, 2.2, 1.6)
    caption = f"Grades of {facts.organisation} in PEEL {cycle.name}"
    marked = any(str(row["source_kind"]) in MARKS for row in asked if row["question"] in shown)
    if not any(published for _, _, published in cells):
        return Table(caption, head[:2], tuple(row[:2] for row in cells), shares[:2]), marked
    return Table(caption, head, cells, shares), marked


def _cells(row: dict[str, Any], shown: bool) -> tuple[str, str, str]:
    if not shown:
        status = "not_found" if not is_missing(row["grade"]) else str(row["status"])
        return str(row["question"]), STATUS_WORDS.get(status, status), ""
    mark = MARKS.get(str(row["source_kind"]), "")
    published = "" if is_missing(row["published"]) else partial_date(row["published"])
    return str(row["question"]), f"{row['grade']} ({mark})" if mark else str(row["grade"]), published


def _cycles(facts: Profile, known: pd.DataFrame) -> Page:
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


def inspection_page(facts: Profile, found: list[Finding]) -> Page:
    """What was inspected, what followed, what is open."""
    bullets = [one for rule in CLOCK_RULES for one in found if one.rule == rule]
    held = facts.published(facts.inspections)
    table = None
    if not held.empty:
        read = inspections_to_read(by_visit(held).head(MOST_INSPECTIONS))
        columns = ["Inspection", "Inspected", "Published", "Case files", "Recommendations", *RETURN_COLUMNS]
        cells = tuple(tuple(row[name] for name in columns) for row in read.records())
        caption = f"Child protection inspections of {facts.organisation}, newest first"
        table = Table(caption, tuple(columns), cells, (2.1, 1.4, 1.4, 2.6, 1.9, 1.5, 2.4))
    return Page(_clock_title(facts, bullets), tuple(one.sentence for one in bullets), table=table, notes=_notes(facts))


def _clock_title(facts: Profile, bullets: list[Finding]) -> str:
    """The headline of the first finding that asks for something: open concerns, then the planned return, then what was judged."""
    asking = {one.rule: one for one in reversed(bullets) if one.severity > 1}
    for rule in ("causes of concern", "enhanced monitoring", "clock", "child protection grades", "case files"):
        if rule in asking:
            headline = asking[rule].headline.rstrip(".")
            return headline[:1].upper() + headline[1:]
    return f"Child protection in {facts.area}: what was inspected and what followed"


def _notes(facts: Profile, grades: str = "") -> str:
    others = (facts.source_named(one) for one in ("child_protection_inspections", "monitoring_events"))
    told = "; ".join([grades or facts.source_named("peel_grades"), *others])
    return f"Method: {METHOD}\nSource: {told}\nBuild {facts.build_id}."
