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
FIRST_MEASURES = ("children_missing_percent", "missing_more_than_once_percent")
HEADLINES = 7
SAME_RULE = 2
OLD = 2  # years behind the newest figure


def findings_of(facts: Facts) -> list[Finding]:
    """Every finding of a force: the most severe first, old figures after recent ones, then as the rules and measures come."""
    found = [finding for rule in RULES for finding in rule(facts)]
    newest = max((row["period_end"].year for row in facts.newest()), default=0)
    return sorted(found, key=lambda finding: (-finding.severity, _is_old(finding, newest)))


def _is_old(finding: Finding, newest: int) -> bool:
    """Whether all measured figures of a finding are more than two years behind; judgments are never old."""
    years = [int(figure.period[:4]) for figure in finding.figures if figure.value is not None]
    return bool(years) and max(years) < newest - OLD


def headlines(findings: list[Finding], most: int = HEADLINES) -> list[Finding]:
    """The few that open a page, in their order.

    At most two of one rule, so that one subject does not crowd out the others; and always the level of the first measure and
    the first finding on children who go missing again, whatever they say.
    """
    always = [next((one for one in findings if one.rule == rule and _first(one)), None) for rule in ("level", "repeat missing")]
    chosen = [one for one in always if one is not None]
    for finding in findings:
        same = sum(other.rule == finding.rule for other in chosen)
        if finding not in chosen and same < SAME_RULE and finding.severity > Severity.LIMIT and len(chosen) < most:
            chosen.append(finding)
    return [finding for finding in findings if finding in chosen]


def _first(finding: Finding) -> bool:
    return bool(finding.figures) and finding.figures[0].subject in FIRST_MEASURES
