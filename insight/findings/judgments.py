"""What the inspectorate judged: grades that ask for something, grades that stand out, case files."""

from __future__ import annotations

from typing import Any

import pandas as pd

from insight.findings.facts import Facts
from insight.findings.finding import Figure, Finding, Link, Severity
from insight.words import is_missing, listed, partial_date, plural

LOW = (("Inadequate", Severity.ACTION), ("Requires improvement", Severity.MARKED))
AS = {"Requires improvement": "requiring improvement"}
LEVELS = {"area": ("area", "areas"), "pillar": ("pillar", "pillars")}
GRADES, CASES, PROTECTION = "peel_grades", "child_protection_inspections", "child_protection_grades"
COUNTED = (
    ("outstanding", "outstanding"), ("good", "good"), ("adequate", "adequate"), ("requires_improvement", "requiring improvement"),
    ("inadequate", "inadequate"),
)  # fmt: skip


def grades(facts: Facts) -> list[Finding]:
    """The newest cycle with a known grade: each low grade with its areas, the others counted, what is not known."""
    known = facts.published(facts.grades[facts.grades["grade"].notna()])
    if known.empty:
        sentence = f"Our sources show no PEEL grade of {facts.organisation}."
        return [Finding("grades", sentence, Severity.LIMIT, (), Link("grades"))]
    newest = known[known["cycle_position"] == known["cycle_position"].max()].sort_values(["grade_order", "question_position"])
    cycle, link = str(newest["cycle"].iloc[0]), Link("grades", (("cycle", str(newest["cycle"].iloc[0])),))
    names = LEVELS[str(newest["level"].iloc[0])]
    found = []
    for grade, severity in LOW:
        rows = newest[newest["grade"] == grade]
        if not rows.empty:
            sentence = (
                f"In PEEL {cycle} the inspectorate graded {facts.organisation} {graded(grade)} in {plural(len(rows), *names)}: "
                f"{'; '.join(rows['question'])}."
            )
            found.append(Finding("low grades", sentence, severity, _figures(facts, rows), link))
    rest = newest[~newest["grade"].isin([grade for grade, _ in LOW])]
    if not rest.empty:
        sentence = f"In PEEL {cycle} the inspectorate graded {facts.organisation} {_by_grade(rest, names)}."
        found.append(Finding("other grades", sentence, Severity.PLAIN, _figures(facts, rest), link))
    return found + _unknown(facts, cycle, names, link) + _seam(facts, cycle, link)


def _by_grade(rows: pd.DataFrame, names: tuple[str, str]) -> str:
    """'as outstanding in 1 area (Preventing crime) and as good in 3 areas (…)'."""
    parts = [
        f"{graded(str(grade))} in {plural(len(same), *names)} ({'; '.join(same['question'])})"
        for grade, same in rows.groupby("grade", sort=False)
    ]
    return listed(parts)


def graded(grade: str) -> str:
    """'as requiring improvement': a grade as the verb takes it."""
    return f"as {AS.get(grade, grade.lower())}"


def _unknown(facts: Facts, cycle: str, names: tuple[str, str], link: Link) -> list[Finding]:
    """Grades that our sources do not show, with the numbers that were announced, where they were."""
    missing = facts.grades[(facts.grades["cycle"] == cycle) & (facts.grades["status"] == "not_found")]
    if missing.empty:
        return []
    count = len(missing)
    sentence = f"Our sources do not show {plural(count, 'grade')} of {facts.organisation} in PEEL {cycle}."
    announced = facts.grade_counts[facts.grade_counts["cycle"] == cycle]
    if not announced.empty:
        row = announced.iloc[0]
        parts = [f"{int(row[column])} {word}" for column, word in COUNTED if int(row[column])]
        sentence += f" As announced, {plural(int(row['areas_graded']), *names)} in all: {listed(parts)}."
    return [Finding("grades not found", sentence, Severity.LIMIT, (), link)]


def _seam(facts: Facts, cycle: str, link: Link) -> list[Finding]:
    row = facts.cycles[facts.cycles["cycle"] == cycle].iloc[0]
    if is_missing(row["comparable_with_previous"]) or bool(row["comparable_with_previous"]):
        return []
    sentence = f"Grades of {cycle} are not compared with earlier ones: the inspectorate says that they cannot be."
    return [Finding("not comparable", sentence, Severity.LIMIT, (), link)]


def protection_grades(facts: Facts) -> list[Finding]:
    """Grades of the newest graded child protection inspection."""
    dates = facts.inspections.set_index("inspection_id")["published"]
    held = facts.inspection_grades
    held = facts.published(held.assign(published=held["inspection_id"].map(dates)))
    if held.empty:
        return []
    newest = held[held["inspection_id"] == held.sort_values("published")["inspection_id"].iloc[-1]]
    rows = newest.sort_values(["grade_order", "area"]).rename(columns={"area": "question"})
    when = rows["published"].iloc[0]
    dated = "" if is_missing(when) else f" published in {_month(when)}"
    sentence = f"The child protection inspection{dated} graded {facts.organisation} {_by_grade(rows, LEVELS['area'])}."
    lowest = str(rows["grade"].iloc[-1])
    severity = dict(LOW).get(lowest, Severity.PLAIN)
    figures = tuple(
        Figure(row.question, row.question, "" if is_missing(when) else str(when), None, row.grade, facts.source_named(PROTECTION))
        for row in rows.itertuples()
    )
    return [Finding("child protection grades", sentence, severity, figures, Link("force"))]


def case_files(facts: Facts) -> list[Finding]:
    """How the case files of the newest audit with results were judged."""
    rows = facts.published(facts.inspections)
    if rows.empty:
        return []
    rows = rows[rows["cases_good"].notna() & rows["cases_audited"].notna()]
    if rows.empty:
        return []
    row = rows.sort_values("published", na_position="first").iloc[-1].to_dict()
    words = (("cases_good", "good"), ("cases_requires_improvement", "requiring improvement"), ("cases_inadequate", "inadequate"))
    parts = [f"{int(row[column])} {word}" for column, word in words if not is_missing(row[column])]
    dated = "" if is_missing(row["published"]) else f" published in {_month(row['published'])}"
    files = plural(int(row["cases_audited"]), "case file")
    sentence = f"Of {files} of {facts.organisation} audited for the {kind(row)}{dated}, the inspectorate found {listed(parts)}."
    period = "" if is_missing(row["published"]) else str(row["published"])
    figure = Figure("case files", "Case files audited", period, None, listed(parts), facts.source_named(CASES))
    return [Finding("case files", sentence, Severity.PLAIN, (figure,), Link("force"))]


def kind(row: dict[str, Any]) -> str:
    """The kind of an inspection in running text."""
    names = {
        "NCPI": "national child protection inspection",
        "NCPI post-inspection review": "post-inspection review of child protection",
        "Child protection inspection (graded)": "graded child protection inspection",
    }
    return names.get(str(row["kind"]), str(row["kind"]).lower())


def _month(text: Any) -> str:
    """Month and year of a date, as far as it is known."""
    return partial_date(str(text)[:7])


def _figures(facts: Facts, rows: pd.DataFrame) -> tuple[Figure, ...]:
    source = facts.source_named(GRADES)
    return tuple(Figure(row.question, row.question, row.cycle, None, row.grade, source) for row in rows.itertuples())
