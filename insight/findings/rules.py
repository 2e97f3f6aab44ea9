"""All rules in order, and the findings of a force by severity."""

from __future__ import annotations

from collections.abc import Callable

from insight.findings.facts import Facts
from insight.findings.finding import Finding, Severity
from insight.findings.follow_up import clock, monitoring
from insight.findings.judgments import case_files, grades, protection_grades
from insight.findings.levels import levels, ranks, repeats
from insight.findings.limits import doubtful, hidden, never_ranked, no_figure, wales
from insight.findings.movement import changes, counts, no_trend, trends, unknown_trend

RULES: tuple[Callable[[Facts], list[Finding]], ...] = (
    monitoring, protection_grades, grades, clock, levels, repeats, trends, changes, counts, ranks, case_files, no_trend, wales,
    never_ranked, hidden, no_figure, doubtful, unknown_trend,
)  # fmt: skip
HEADLINES = 6
SAME_RULE = 2


def findings_of(facts: Facts) -> list[Finding]:
    """Every finding of a force, the most severe first, then in the order of the rules and measures."""
    found = [finding for rule in RULES for finding in rule(facts)]
    return sorted(found, key=lambda finding: -finding.severity)


def headlines(findings: list[Finding], most: int = HEADLINES) -> list[Finding]:
    """The few that open a page: in their order, at most two of one rule, so that one subject does not crowd out the others."""
    chosen: list[Finding] = []
    for finding in findings:
        same = sum(other.rule == finding.rule for other in chosen)
        if same < SAME_RULE and finding.severity > Severity.LIMIT and len(chosen) < most:
            chosen.append(finding)
    return chosen
