"""All rules in order, and the findings of a force by severity."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from insight.findings.finding import Finding, Severity
from insight.findings.follow_up import clock, monitoring
from insight.findings.judgements import case_files, protection_grades
from insight.findings.levels import levels, ranks, repeats
from insight.findings.limits import doubtful, hidden, never_ranked, no_figure, wales
from insight.findings.movement import changes, counts, no_trend, trends, unknown_trend
from insight.findings.peel import grades
from insight.findings.protecting import RULE as PROTECTING
from insight.findings.protecting import protecting_grades
from insight.profile.profile import Profile
from vocabulary import LEADING_MEASURE

RULES: tuple[Callable[[Profile], list[Finding]], ...] = (
    protecting_grades, monitoring, grades, protection_grades, clock, levels, repeats, trends, changes, counts, ranks, case_files,
    no_trend, wales, never_ranked, hidden, no_figure, doubtful, unknown_trend,
)  # fmt: skip
# Of the measures of the wider picture of child protection; those that name many at once say which these are.
WIDER: tuple[Callable[[Profile], list[Finding]], ...] = (
    levels, trends, changes, ranks, no_trend, hidden, no_figure, doubtful, unknown_trend,
)  # fmt: skip
OF_MANY = ("no trend", "hidden figures", "no figure", "unknown trend")
OF_WIDER = "Wider measures of child protection and assessments: "
FIRST_MEASURES = (LEADING_MEASURE, "missing_more_than_once_percent")
HEADLINES = 7
WORDS = 150  # of all headlines together; what asks for action or stands out is told whatever its length
ENOUGH = 5  # findings that are only for the picture fill a page up to here
OLD = 2  # years behind the newest figure
LEVELS = ("level", "repeat missing", "rank")
MOVEMENTS = ("trend", "change", "count")
SAME_RULE = 2
UNIT = re.compile(r"_(percent|number|per_\d+)$")


def findings_of(facts: Profile) -> list[Finding]:
    """Every finding of a force: the most severe first, old or undated ones after recent ones, then as rules and measures come."""
    own, wider = facts.of_measures(wider=False), facts.of_measures(wider=True)
    found = [finding for rule in RULES for finding in rule(own)]
    found += [_wider(finding) for rule in WIDER for finding in rule(wider)]
    newest = max((row["period_end"].year for row in facts.newest()), default=0)
    return sorted(found, key=lambda finding: (-finding.severity, _is_old(finding, newest)))


def _wider(finding: Finding) -> Finding:
    before = OF_WIDER if finding.rule in OF_MANY else ""
    return replace(finding, wider=True, headline=before + finding.headline, sentence=before + finding.sentence)


def _is_old(finding: Finding, newest: int) -> bool:
    """Whether all measured figures of a finding are more than two years behind, or a judgement has no date."""
    if finding.figures and not any(figure.period for figure in finding.figures):
        return True
    years = [int(figure.period[:4]) for figure in finding.figures if figure.value is not None]
    return bool(years) and max(years) < newest - OLD


def headlines(findings: list[Finding], most: int = HEADLINES) -> list[Finding]:
    """The few that open a page: judgements, what is followed up, figures, each the most severe first.

    At most two of one rule and one of a subject (a rate and a share of the same children are one), so that nothing crowds out
    the rest. Always the known grades for protecting vulnerable people, those of the newest cycle, the level of the first measure
    and the first finding on children who go missing again, whatever they say; and where the first measure has no figure, or the
    force is never ranked, that. None of the wider measures.
    """
    findings = [finding for finding in findings if not finding.wider]
    chosen = _always(findings)
    for finding in findings:
        room = most if finding.severity > Severity.PLAIN else ENOUGH
        same = sum(other.rule == finding.rule for other in chosen)
        told = {_subject(other) for other in chosen}
        fits = len(chosen) < room and same < SAME_RULE and _subject(finding) not in told
        fits &= finding.severity >= Severity.MARKED or _words([*chosen, finding]) <= WORDS
        if fits and finding.severity > Severity.LIMIT and finding not in chosen:
            chosen.append(finding)
    return sorted((finding for finding in findings if finding in chosen), key=_place)


def _place(finding: Finding) -> int:
    """Judgements first, then what HMICFRS follows up, then figures, then limits of the data."""
    if finding.severity == Severity.LIMIT:
        return 3
    return {"grades": 0, "child-protection": 0, "follow-up": 1}.get(finding.link.page, 2)


def _words(findings: list[Finding]) -> int:
    return sum(len(one.headline.split()) for one in findings)


def _always(findings: list[Finding]) -> list[Finding]:
    wanted = [
        next((one for one in findings if one.rule == rule and _first(one)), None)
        for rule in ("level", "repeat missing", "no figure")
    ]
    wanted.append(next((one for one in findings if one.rule in ("low grades", "other grades")), None))
    wanted += [one for one in findings if one.rule == PROTECTING and one.severity > Severity.LIMIT]
    return [one for one in (*wanted, *(one for one in findings if one.rule == "never ranked")) if one is not None]


def _first(finding: Finding) -> bool:
    """Whether a finding is about a first measure; of those without a figure, only where the very first is among them."""
    if finding.rule == "no figure":
        return any(figure.subject == FIRST_MEASURES[0] for figure in finding.figures)
    return bool(finding.figures) and finding.figures[0].subject in FIRST_MEASURES


def _subject(finding: Finding) -> str:
    """What a finding is about, whatever the unit: how high it is, or how it moved. One of a rule of its own is its own."""
    group = "level" if finding.rule in LEVELS else "movement" if finding.rule in MOVEMENTS else ""
    return f"{group} {UNIT.sub('', finding.figures[0].subject)}" if group and finding.figures else finding.sentence
