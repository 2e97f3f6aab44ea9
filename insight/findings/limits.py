"""Limits of the data: hidden parts, no figure, doubtful figures, forces that are never ranked, Wales."""

from __future__ import annotations

from typing import Any

from insight.findings.finding import Finding, Link, Severity
from insight.findings.levels import choices_of
from insight.findings.movement import titles
from insight.findings.phrases import short_noun
from insight.findings.sentences import NOT_WALES, WELSH, welsh
from insight.format import is_lower_bound, is_missing, label_of, noun_of, plural, reason_to_doubt, spelt_plural, upper_first
from insight.profile.profile import Profile, when
from insight.verdicts import has_verdicts
from vocabulary import Status


def hidden(facts: Profile) -> list[Finding]:
    """Measures that are lower bounds in their newest year, and how many authorities hide a part."""
    rows = [row for row in facts.newest() if is_lower_bound(row)]
    if not rows:
        return []
    most = max(int(row["hidden_parts"]) for row in rows)
    whose = "one council's figure is" if most == 1 else f"the figures of up to {plural(most, 'council')} are"
    are = f"{upper_first(spelt_plural(len(rows), 'latest figure', 'latest figures'))} for {facts.area}"
    are += " is a minimum" if len(rows) == 1 else " are minimums"
    sentence = (
        f"{are}, because {whose} suppressed or missing. {'It is' if len(rows) == 1 else 'They are'} {titles(rows)}. "
        "Such a figure is shown as “at least”, or “hidden in part” where the minimum is zero, and is left out of comparisons, "
        f"ranks and trends.{_doubtful_zeros(rows)}"
    )
    figures = tuple(facts.figure(row) for row in rows)
    headline = f"{are}, because {whose} suppressed or missing."
    return [Finding("hidden figures", headline, sentence, Severity.LIMIT, figures, Link("force", choices_of(rows[0])))]


def no_figure(facts: Profile) -> list[Finding]:
    """Measures without a newest figure, by reason; forces that a publication does not cover have a finding of their own."""
    rows = [row for row in facts.newest() if is_missing(row["value"]) and row["status"] != Status.NOT_COVERED]
    found = []
    for status in dict.fromkeys(row["status"] for row in rows):
        same = [row for row in rows if row["status"] == status]
        have = f"For {facts.area}, {spelt_plural(len(same), 'measure has', 'measures have')} no latest figure"
        why = f"({label_of(status, facts.words).lower()})"
        others = ", among them" if len(same) > 1 else ","
        headline = f"{have} {why}{others} {short_noun(same[0])}."
        are = "It is" if len(same) == 1 else "They are"
        sentence = f"{have} {why}. {are} {titles(same)}.{_doubtful_zeros(same)}"
        figures = tuple(facts.figure(row) for row in same)
        found.append(Finding("no figure", headline, sentence, Severity.LIMIT, figures, Link("force", choices_of(same[0]))))
    return found


def _doubtful_zeros(rows: list[dict[str, Any]]) -> str:
    """Which zeros count as missing parts of these figures, each said once."""
    reasons = dict.fromkeys(str(row["doubtful_parts"]) for row in rows if not is_missing(row["doubtful_parts"]))
    return "".join(f" {reason}" for reason in reasons)


def doubtful(facts: Profile) -> list[Finding]:
    """Newest figures, and those of the year before, that are flagged as doubtful."""
    found = []
    for row in facts.newest():
        before = facts.of(str(row["measure_id"]), row["period_end"].year - 1)
        for held in (before, row):
            reason = "" if held is None or not has_verdicts(row) else reason_to_doubt(held)
            if held is not None and reason:
                sentence = f"{upper_first(noun_of(held))} {when(held)} is flagged as doubtful and shown as published. {reason}"
                headline = f"{upper_first(short_noun(held))} {when(held)} is flagged as doubtful."
                link = Link("trends", choices_of(held))
                found.append(Finding("doubtful", headline, sentence, Severity.LIMIT, (facts.figure(held),), link))
    return found


def never_ranked(facts: Profile) -> list[Finding]:
    """A force that is shown but kept out of ranks and ranges."""
    if facts.is_ranked:
        return []
    headline = f"{upper_first(facts.area)} has too few children to compare with other forces."
    sentence = f"{headline} {facts.force['unranked_because']}"
    return [Finding("never ranked", headline, sentence, Severity.LIMIT, (), Link("compare"))]


def wales(facts: Profile) -> list[Finding]:
    """Why a Welsh force has no figures on missing children here, or few."""
    if not facts.in_wales:
        return []
    return [Finding("Wales", NOT_WALES if facts.held else WELSH, welsh(facts.held), Severity.LIMIT, (), Link("grades"))]
