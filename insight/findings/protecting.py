"""The grades for protecting vulnerable people, cycle by cycle: always told, whatever they are."""

from __future__ import annotations

from dataclasses import dataclass

from insight.cycles import advice
from insight.findings.finding import Finding, Link, Severity
from insight.findings.peel import ASKS
from insight.format import grade_name, slug
from insight.profile.profile import Evidence, Profile
from insight.records import records
from insight.sources import as_reported
from vocabulary import PROTECTING

GRADES = "peel_grades"
RULE = "protecting vulnerable people"
ASKED = {"Inadequate": Severity.MARKED}  # of an earlier one


@dataclass(frozen=True)
class Judgement:
    """The grade of one cycle; ``grade`` is None where none is known."""

    cycle: str
    grade: str | None
    source_kind: str

    @property
    def reporter(self) -> str:
        """', as reported by the press', where it was not read from HMICFRS itself."""
        return as_reported(self.source_kind)


def judgements(facts: Profile) -> list[Judgement]:
    """The grades for protecting vulnerable people of the cycles that had begun, newest first."""
    rows = facts.grades[facts.grades["question"] == PROTECTING].sort_values("cycle_position", ascending=False)
    known = facts.known_grades
    cycles = facts.cycles.set_index("cycle")
    made = []
    for row in records(rows):
        if facts.until is not None and str(cycles.loc[row["cycle"], "first_published"]) > facts.until.isoformat():
            continue
        is_known = bool(((known["cycle"] == row["cycle"]) & (known["question"] == PROTECTING)).any())
        made.append(
            Judgement(
                str(row["cycle"]),
                str(row["grade"]) if is_known else None,
                str(row["source_kind"]) if is_known else "",
            )
        )
    return made


def protecting_grades(facts: Profile) -> list[Finding]:
    """One finding per cycle since 2021/22, newest first; a grade that is not known is told too."""
    found = judgements(facts)
    return [_finding(facts, one, found[number - 1] if number else None) for number, one in enumerate(found)]


def _finding(facts: Profile, one: Judgement, later: Judgement | None) -> Finding:
    who, what = facts.organisation, "for protecting vulnerable people"
    if one.grade is None:
        headline = f"We have not found the grade that HMICFRS gave {who} {what} in PEEL {one.cycle}."
        sentence, severity = headline, Severity.LIMIT
    else:
        headline = f"HMICFRS graded {who} {grade_name(one.grade)} {what} (PEEL {one.cycle}{one.reporter})."
        sentence = headline
        severity = (ASKS if later is None else ASKED).get(one.grade, Severity.PLAIN)
    if later is not None:
        apart = advice(facts.cycles, (one.cycle, later.cycle), f"grades of {one.cycle} and {later.cycle}")
        sentence += f" {apart}" if apart else ""
    figure = Evidence(
        PROTECTING, PROTECTING, one.cycle, None, one.grade or "Not found", f"{facts.source_named(GRADES)}{one.reporter}"
    )
    return Finding(RULE, headline, sentence, severity, (figure,), Link("grades", (("cycle", slug(one.cycle)),)))
