"""What opens a force's page: how it was judged, what HMICFRS is following up, its first figure."""

from __future__ import annotations

from collections import Counter
from typing import Any

from insight.cycles import are_apart
from insight.findings.finding import Finding
from insight.findings.follow_up import monitoring_status
from insight.findings.peel import ASKS, WORST_FIRST, Cycle, newest_cycle, summary
from insight.findings.phrases import ABOUT, against_average, against_region, said
from insight.findings.protecting import Judgement, judgements
from insight.findings.sentences import WELSH
from insight.format import (
    figure_text,
    grade_name,
    is_lower_bound,
    is_missing,
    listed,
    plural,
    reason_to_doubt,
    upper_first,
    why_partial,
)
from insight.profile.profile import Profile, Row, when
from insight.sources import as_reported
from insight.verdicts import Side, has_verdicts, is_compared
from insight.verdicts import side_of as side_of_verdict
from vocabulary import LEADING_MEASURE

DOUBTFUL = "doubtful"
ORDER = (*(str(side.value) for side in Side if side is not Side.NONE), DOUBTFUL, str(Side.NONE.value))
MEASURES = (LEADING_MEASURE, "children_missing_per_10000")  # the first of them with a figure opens the page
WHAT = "for protecting vulnerable people"
MOST_WORDS = 75  # an opening has fewer
TOO_FEW = "There are too few children to compare it with other forces."


def side_of(row: dict[str, Any]) -> str:
    """The side of the average on which a newest figure lies; one that is doubtful, or not complete, is on none."""
    if is_missing(row["value"]) or is_lower_bound(row):
        return str(Side.NONE.value)
    return DOUBTFUL if not is_missing(row.get("doubtful")) else str(side_of_verdict(row).value)


def sides(facts: Profile) -> list[tuple[str, int]]:
    """How many measures lie on each side, those with any: [("higher", 3), ("about average", 5)]."""
    counted = Counter(side_of(row) for row in facts.newest() if has_verdicts(row))
    return [(side, counted[side]) for side in ORDER if counted[side]]


# Of a side, as a sentence says it; the others are said as they are.
SAID = {str(Side.HIGHER.value): "above the average of forces", str(Side.LOWER.value): "below the average"}


def standing(facts: Profile) -> str:
    """'Of 13 measures, Wiltshire is above the average of forces on 1, below it on 6, …'; a sentence without its full stop."""
    if not facts.is_ranked:
        return f"{upper_first(facts.area)} has too few children to be compared with other forces"
    counted = sides(facts)
    measures = plural(sum(count for _, count in counted), "measure")
    return f"Of {measures}, {facts.area} is {listed([f'{SAID.get(side, side)} on {count}' for side, count in counted])}"


def opening(facts: Profile, findings: list[Finding], today: Profile | None = None) -> str:
    """The paragraph that opens a force's page: judgement, status, first figure; under 75 words.

    Where the whole would be longer, the region is left to the block under it, which shows it too.

    Args:
        facts: the force.
        findings: not read; what is told here is told among them too.
        today: the newest of everything, where the year of ``facts`` is that of the figure alone: beside blocks that show what
            HMICFRS said last, an older judgement would contradict them. None where everything is of the one day.
    """
    now = today or facts
    followed = " ".join(part for part in (judged(now), monitoring_status(now)) if part)
    whole = f"{followed} {measured(facts)}".strip()
    return whole if len(whole.split()) < MOST_WORDS else f"{followed} {measured(facts, with_region=False)}".strip()


def judged(facts: Profile) -> str:
    """How HMICFRS graded the force for protecting vulnerable people; before that was asked, its newest grades."""
    found = judgements(facts)
    if not found:
        return _earlier(facts)
    newest, earlier = found[0], found[1:]
    told = next((one for one in earlier if one.grade is not None), None)
    if newest.grade is None:
        return _newest_unknown(facts, newest, told)
    graded = f"HMICFRS graded {facts.organisation} {grade_name(newest.grade)} {WHAT}"
    brackets = f"{newest.cycle}{newest.reporter}"
    if told is not None:
        apart = "; the two cycles are not comparable" if are_apart(facts.cycles, told.cycle, newest.cycle) else ""
        before = f"{grade_name(str(told.grade))} in {told.cycle}"
        alike = newest.reporter and newest.reporter == told.reporter
        both = f"{newest.cycle}; {before}; both{newest.reporter.removeprefix(',')}"
        brackets = f"{both if alike else f'{brackets}; {before}{told.reporter}'}{apart}"
    elif earlier:
        brackets += f"; {_not_found(facts, earlier[0].cycle)}"
    return f"{graded} ({brackets})."


def _newest_unknown(facts: Profile, newest: Judgement, told: Judgement | None) -> str:
    """What is known in place of the newest grade: how many areas had which grade, and the grade of the cycle before.

    Where none of the areas at the lowest grade is known, that grade alone is told: all would not fit in 75 words.
    """
    who, cycle = facts.organisation, newest_cycle(facts)
    low = _lowest(cycle) if cycle is not None and cycle.name == newest.cycle else ""
    if low and cycle is not None:
        areas = f"{cycle.number(low)} of {plural(cycle.total, *cycle.nouns)}"
        first = f"HMICFRS graded {who} {grade_name(low)} in {areas} ({newest.cycle}); we do not know which."
        if told is None:
            return first
        return f"{first} {upper_first(WHAT)}, it was graded {grade_name(str(told.grade))} in {told.cycle}{told.reporter}."
    if cycle is not None and cycle.name == newest.cycle and cycle.counts is not None:
        return _totals(facts, cycle, told)
    if told is not None:
        graded = f"HMICFRS graded {who} {grade_name(str(told.grade))} {WHAT} ({told.cycle}{told.reporter})"
        return f"{graded}; {_not_found(facts, newest.cycle)}."
    return upper_first(f"{_not_found(facts, newest.cycle)} of {who} {WHAT}.")


def _totals(facts: Profile, cycle: Cycle, told: Judgement | None) -> str:
    """How many areas had each grade, that the one for protecting vulnerable people is not found, and what it was before."""
    parts = [f"{grade_name(grade)} in {cycle.number(grade)}" for grade in WORST_FIRST if cycle.number(grade)]
    reporter = as_reported(str(cycle.counts["source_kind"])) if cycle.counts is not None else ""
    graded = f"HMICFRS graded {facts.organisation} {listed(parts)} {cycle.out_of()} ({cycle.name}{reporter})"
    if told is not None:
        before = f"its grade {WHAT}, which was {grade_name(str(told.grade))} in {told.cycle}{told.reporter}"
    else:
        before = f"its grade {WHAT} in {' or '.join(one.cycle for one in judgements(facts))}"
    return f"{graded}, but we have not found {before}."


def _lowest(cycle: Cycle) -> str:
    """The lower of the two low grades that any area has, whose areas we do not know; empty where no area has one."""
    low = next((grade for grade in ASKS if cycle.number(grade)), "")
    return "" if cycle.areas(low) else low


def _not_found(facts: Profile, cycle: str) -> str:
    """That no grade of a cycle is known, or none with a date by the day that is asked about."""
    if facts.until is None:
        return f"we have not found the grade of {cycle}"
    return f"we have found no grade of {cycle} dated up to {facts.until:%B %Y}"


def _earlier(facts: Profile) -> str:
    cycle = newest_cycle(facts)
    if cycle is None:
        return f"We have found no inspection grade of {facts.organisation} dated up to {facts.as_of:%B %Y}."
    if cycle.total == 1:
        return f"HMICFRS graded {facts.organisation} {grade_name(str(cycle.known['grade'].iloc[0]))} in {cycle.name}."
    return f"HMICFRS graded {facts.organisation} {summary(cycle)}."


def first_figure(facts: Profile) -> dict[str, Any] | None:
    """The newest row of the first of ``MEASURES`` that has a figure: the one that opens the page, in words and in its block."""
    rows = {str(row["measure_id"]): row for row in facts.newest()}
    return next((rows[name] for name in MEASURES if name in rows and not is_missing(rows[name]["value"])), None)


def measured(facts: Profile, *, with_region: bool = True) -> str:
    """The first figure with its verdict against other forces and its region, or why there is none."""
    if facts.judgements_only:
        return WELSH
    row = first_figure(facts)
    if row is None:
        return "" if facts.is_ranked else TOO_FEW
    figure = f"{upper_first(when(row))}, {said(row, figure_text(row, row, facts.words))}"
    if not facts.is_ranked:
        return f"{figure}; there are too few children to compare it with other forces."
    return f"{figure}{_compared(facts, row, with_region)}."


def _compared(facts: Profile, row: Row, with_region: bool) -> str:
    if is_lower_bound(row):
        return f"; this is not compared, because {why_partial(row)}"
    if reason_to_doubt(row):
        return "; the figure is flagged as doubtful"
    if not is_compared(row):
        return ""
    standing, region = against_average(row), against_region(row) if with_region else ""
    if standing.startswith(ABOUT) and region.startswith(ABOUT):
        region = region.removeprefix(f"{ABOUT} ")  # 'about the average of forces (11.2%) and of the North West (11.3%)'
    return f", {standing}{f' and {region}' if region else ''}"
