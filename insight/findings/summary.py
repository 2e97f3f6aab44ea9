"""The sentence that opens a force's page: how it stands, what moved, what is due."""

from __future__ import annotations

from collections import Counter
from typing import Any

from insight.findings.finding import Finding, Severity
from insight.findings.phrases import upper_first
from insight.format import is_lower_bound, is_missing, listed, plural
from insight.profile.profile import Profile
from insight.verdicts import Side, has_verdicts
from insight.verdicts import side_of as side_of_verdict

DOUBTFUL = "doubtful"
ORDER = (*(str(side.value) for side in Side if side is not Side.NONE), DOUBTFUL, str(Side.NONE.value))


def side_of(row: dict[str, Any]) -> str:
    """The side of the average on which a newest figure lies; one that is doubtful, or not complete, is on none."""
    if is_missing(row["value"]) or is_lower_bound(row):
        return str(Side.NONE.value)
    return DOUBTFUL if not is_missing(row.get("doubtful")) else str(side_of_verdict(row).value)


def sides(facts: Profile) -> list[tuple[str, int]]:
    """How many measures lie on each side, those with any: [("higher", 3), ("about average", 5)]."""
    counted = Counter(side_of(row) for row in facts.newest() if has_verdicts(row))
    return [(side, counted[side]) for side in ORDER if counted[side]]


def standing(facts: Profile) -> str:
    """'Against the average of forces Wiltshire is higher on 3, lower on 4 and not compared on 2 of 13 measures'."""
    if not facts.is_ranked:
        return f"{upper_first(facts.area)} has too few children to be compared with the average of forces"
    counted = sides(facts)
    measures = plural(sum(count for _, count in counted), "measure")
    return (
        f"Against the average of forces {facts.area} is {listed([f'{side} on {count}' for side, count in counted])} of {measures}"
    )


def opening(facts: Profile, findings: list[Finding]) -> str:
    """One or two sentences: measures against the average, measures that moved, judgments and duties that ask for something."""
    asks = sum(one.severity == Severity.ACTION for one in findings)
    what = "a grade of inadequate, or something due or still open"
    asked = f" {plural(asks, 'finding')} {'needs' if asks == 1 else 'need'} attention first: {what}." if asks else ""
    if facts.judgments_only and facts.held:
        return (
            f"The Department for Education's figures cover England only, so {facts.area} has numbers from the police tables and "
            f"judgments, and is compared on no measure.{asked}"
        )
    if facts.judgments_only:
        return f"Figures on missing children cover England only, so {facts.area} has judgments alone.{asked}"
    moved = sum(one.rule == "trend" for one in findings)
    trends = f"{plural(moved, 'measure') if moved else 'none'} moved significantly over five years"
    trends += "" if facts.is_ranked else ", on a handful of children"
    return f"{standing(facts)}; {trends}.{asked}"
