"""The grades of the newest PEEL cycle: the low ones, the others, what we have not found, what may not be compared.

A cycle counts as soon as its numbers of areas at each grade are announced, though no grade is known by area. Where both are
known the announced numbers are told, for the known ones are a part of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from insight.cycles import seams, with_earlier
from insight.findings.finding import Finding, Link, Severity
from insight.format import grade_name, listed, plural, slug, spelt
from insight.profile.profile import Evidence, Profile
from insight.records import named_rows, records
from insight.sources import REPORTERS, as_reported
from vocabulary import GRADES as SCALE
from vocabulary import Status

ASKS = {"Inadequate": Severity.ACTION, "Requires improvement": Severity.MARKED}  # of the newest grades
WORST_FIRST = SCALE[::-1]
LEVELS = {"area": ("area", "areas"), "pillar": ("pillar", "pillars")}
GRADES, COUNTS = "peel_grades", "peel_grade_counts"


@dataclass(frozen=True)
class Cycle:
    """What is known of a force's grades in one cycle.

    ``known`` are rows of ``Profile.grades`` with a grade, ``lacking`` those that our sources do not show; ``counts`` is the
    row of ``Profile.grade_counts``, or None where no numbers were announced.
    """

    name: str
    level: str
    known: pd.DataFrame
    lacking: pd.DataFrame
    counts: dict[str, Any] | None

    @property
    def nouns(self) -> tuple[str, str]:
        """What is graded, one and many."""
        return LEVELS[self.level]

    @property
    def whole(self) -> bool:
        """Whether every grade is known by area."""
        return self.lacking.empty

    @property
    def total(self) -> int:
        """How many grades there are: as announced, else as known."""
        return len(self.known) if self.counts is None else max(int(self.counts["areas_graded"]), len(self.known))

    def areas(self, grade: str) -> list[str]:
        """The areas known to stand at a grade."""
        return self._by_grade.get(grade, [])

    @cached_property
    def _by_grade(self) -> dict[str, list[str]]:
        """The areas at each known grade: they are asked for dozens of times a force."""
        held: dict[str, list[str]] = {}
        for grade, question in zip(self.known["grade"], self.known["question"], strict=True):
            held.setdefault(grade, []).append(question)
        return held

    def number(self, grade: str) -> int:
        """How many areas stand at a grade: as announced, never fewer than are known."""
        announced = 0 if self.counts is None else int(self.counts[grade.lower().replace(" ", "_")])
        return max(announced, len(self.areas(grade)))

    def out_of(self) -> str:
        """'of 8 areas', or 'of the 4 areas whose grade we know'."""
        if self.counts is None and not self.whole:
            return (
                f"of the {self.total} {self.nouns[1]} whose grade we know"
                if self.total > 1
                else "of the areas whose grade we know"
            )
        return f"of {plural(self.total, *self.nouns)}"


def newest_cycle(facts: Profile) -> Cycle | None:
    """The newest cycle with a known grade or announced numbers, up to the day that is asked about."""
    known = facts.known_grades
    announced = facts.published(facts.grade_counts)
    positions = facts.cycles.set_index("cycle")["position"]
    cycles = set(known["cycle"]) | set(announced["cycle"])
    if not cycles:
        return None
    name = max(cycles, key=lambda cycle: positions[cycle])
    asked, held = (grades[grades["cycle"] == name] for grades in (facts.grades, known))
    return cycle_of(asked, held, announced[announced["cycle"] == name])


def cycle_of(asked: pd.DataFrame, known: pd.DataFrame, announced: pd.DataFrame) -> Cycle:
    """What is known of one cycle.

    Args:
        asked: the force's rows of ``insight.queries.inspections.grades`` in the cycle, one a question.
        known: those of them with a grade.
        announced: its row of ``insight.queries.inspections.grade_counts``, if there is one.
    """
    asked = asked.sort_values("question_position")
    held = known.sort_values(["grade_order", "question_position"])
    rows = records(announced)
    first = asked.iloc[0]
    return Cycle(
        str(first["cycle"]), str(first["level"]), held, asked[asked["status"] == Status.NOT_FOUND], rows[0] if rows else None
    )


def grades_of(cycle: Cycle, organisation: str) -> str:
    """A force's grades of one cycle in a sentence, worst first: how many of each, and whether we know of which areas."""
    told = [grade for grade in WORST_FIRST if cycle.number(grade)]
    if not told:
        return f"We have found no grade of {organisation} in PEEL {cycle.name}."
    parts = [f"{grade_name(grade)} in {cycle.number(grade)}" for grade in told]
    unknown = _not_by_area(cycle, told)
    return f"In PEEL {cycle.name}, HMICFRS graded {organisation} {listed(parts)} {cycle.out_of()}.{unknown}"


def grades(facts: Profile) -> list[Finding]:
    """The low grades together, the others, what is not known by area, and what may not be compared."""
    cycle = newest_cycle(facts)
    if cycle is None:
        sentence = f"We have found no PEEL grade of {facts.organisation}."
        return [Finding("grades", sentence, sentence, Severity.LIMIT, (), Link("grades"))]
    low = [grade for grade in ASKS if cycle.number(grade)]
    rest = [grade for grade in WORST_FIRST if grade not in ASKS and cycle.number(grade)]
    found = []
    if low:
        found.append(_finding(facts, cycle, "low grades", low, ASKS[low[0]]))
    if rest:
        found.append(_finding(facts, cycle, "other grades", rest, Severity.PLAIN))
    return found + _unknown(facts, cycle) + _seam(facts, cycle)


def summary(cycle: Cycle, wanted: list[str] | None = None) -> str:
    """'“inadequate” in 3 and “requires improvement” in 3 of 8 areas (PEEL 2023-25; which areas is not known to us)'.

    Args:
        cycle: what is known of it.
        wanted: grades that are told, worst first; None for all.
    """
    grades_told = [grade for grade in WORST_FIRST if cycle.number(grade)] if wanted is None else wanted
    parts = [f"{grade_name(grade)} in {cycle.number(grade)}" for grade in grades_told]
    return f"{listed(parts)} {cycle.out_of()} (PEEL {cycle.name}{_whose(cycle, grades_told)})"


def _whose(cycle: Cycle, wanted: list[str]) -> str:
    """Who reported these grades, and that we do not know which areas they are of."""
    lacking = sum(cycle.number(grade) - len(cycle.areas(grade)) for grade in wanted)
    if lacking and lacking == sum(cycle.number(grade) for grade in wanted):
        return f"; which {cycle.nouns[1]} is not known to us"
    if lacking:
        return f"; we know {len(cycle.known)} of the grades by {cycle.nouns[0]}"
    kinds = set(cycle.known.loc[cycle.known["grade"].isin(wanted), "source_kind"].astype(str))
    reporters = [name for kind, name in REPORTERS.items() if kind in kinds]
    part = " in part" if len(kinds) > len(reporters) else ""
    return f",{part} as reported by {listed(reporters)}" if reporters else ""


def _finding(facts: Profile, cycle: Cycle, rule: str, wanted: list[str], severity: Severity) -> Finding:
    out_of = [cycle.out_of(), *("" for _ in wanted[1:])]
    parts = [f"{grade_name(grade)} in {_areas(cycle, grade, of)}" for grade, of in zip(wanted, out_of, strict=True)]
    sentence = (
        f"In PEEL {cycle.name}, HMICFRS graded {facts.organisation} {listed(parts)}."
        f"{_not_by_area(cycle, wanted)}{_reported(cycle, wanted)}"
    )
    headline = f"HMICFRS graded {facts.organisation} {summary(cycle, wanted)}."
    figures = [*_figures(facts, cycle, wanted), *_announced(facts, cycle, wanted)]
    return Finding(rule, headline, sentence, severity, tuple(figures), _link(cycle))


def _reported(cycle: Cycle, wanted: list[str]) -> str:
    """' The grades were reported by the press.': how many were not read from HMICFRS itself."""
    kinds = cycle.known.loc[cycle.known["grade"].isin(wanted), "source_kind"].astype(str)
    parts = [(int((kinds == kind).sum()), name) for kind, name in REPORTERS.items() if (kinds == kind).any()]
    if not parts:
        return ""
    if len(parts) == 1 and parts[0][0] == len(kinds):
        one = "The grade" if len(kinds) == 1 else "The grades"
        known = " that we know" if len(kinds) < sum(cycle.number(grade) for grade in wanted) else ""
        return f" {one}{known} {'was' if len(kinds) == 1 else 'were'} reported by {parts[0][1]}."
    counted = listed([f"{count} by {name}" for count, name in parts])
    return f" Of these grades, {counted.replace(' by ', ' {} reported by '.format('was' if parts[0][0] == 1 else 'were'), 1)}."


def _areas(cycle: Cycle, grade: str, of: str) -> str:
    """'2 of 9 areas (A; B)', the names as far as they are known."""
    names = "; ".join(cycle.areas(grade))
    return f"{cycle.number(grade)}{f' {of}' if of else ''}{f' ({names})' if names else ''}"


def _not_by_area(cycle: Cycle, wanted: list[str]) -> str:
    """How many of the announced grades are not known by area."""
    lacking = sum(cycle.number(grade) - len(cycle.areas(grade)) for grade in wanted)
    if not lacking:
        return ""
    if lacking == sum(cycle.number(grade) for grade in wanted):
        return f" We do not know which {cycle.nouns[0] if lacking == 1 else cycle.nouns[1]}."
    return f" We do not know the {cycle.nouns[0] if lacking == 1 else cycle.nouns[1]} of {spelt(lacking)} of these grades."


def _unknown(facts: Profile, cycle: Cycle) -> list[Finding]:
    """The areas whose grade we have not found, beside the numbers that were announced, where they were."""
    if cycle.whole:
        return []
    shown, asked = len(cycle.known), len(cycle.known) + len(cycle.lacking)
    total = cycle.total if cycle.counts is not None else asked
    names = "; ".join(cycle.lacking["question"])
    grades_of = f"{facts.organisation}'s {plural(total, 'grade')}"
    headline = f"We have found {spelt(shown)} of {grades_of} by {cycle.nouns[0]} (PEEL {cycle.name})."
    sentence = f"{headline} Not found are {names}." if len(cycle.lacking) > 1 else f"{headline} Not found is {names}."
    if cycle.counts is not None and cycle.total != asked:
        sentence += (
            f" The cycle asks about {asked} {cycle.nouns[1]}; HMICFRS announced {plural(cycle.total, 'grade')} for this force."
        )
    figures = (*_announced(facts, cycle, list(WORST_FIRST)), *(_lacking(facts, row) for row in named_rows(cycle.lacking)))
    return [Finding("grades not found", headline, sentence, Severity.LIMIT, figures, _link(cycle))]


def _seam(facts: Profile, cycle: Cycle) -> list[Finding]:
    seam = seams(facts.cycles).get(cycle.name)
    if seam is None:
        return []
    sentence = with_earlier(seam)
    return [Finding("not comparable", sentence, sentence, Severity.LIMIT, (), _link(cycle))]


def _link(cycle: Cycle) -> Link:
    return Link("grades", (("cycle", slug(cycle.name)),))


def _figures(facts: Profile, cycle: Cycle, wanted: list[str]) -> list[Evidence]:
    rows = cycle.known[cycle.known["grade"].isin(wanted)]
    return [
        Evidence(row.question, row.question, row.cycle, None, row.grade, told(facts.source_named(GRADES), row.source_kind))
        for row in named_rows(rows)
    ]


def _lacking(facts: Profile, row: Any) -> Evidence:
    return Evidence(row.question, row.question, row.cycle, None, str(row.status_label), facts.source_named(GRADES))


def _announced(facts: Profile, cycle: Cycle, wanted: list[str]) -> list[Evidence]:
    """The announced numbers, where a sentence rests on them rather than on grades by area."""
    if cycle.whole or cycle.counts is None:
        return []
    source = told(facts.source_named(COUNTS), cycle.counts["source_kind"])
    return [
        Evidence(f"{grade}, announced", f"{grade}, number announced", cycle.name, None, f"{number}", source)
        for grade in wanted
        if (number := cycle.number(grade))
    ]


def told(source: str, kind: Any) -> str:
    """The source with who reported it, where that was not the inspectorate itself."""
    return f"{source}{as_reported(kind)}"
