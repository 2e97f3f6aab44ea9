"""The one page that sums up: the blocks of the force's page, with two more figures beside the first."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from insight.findings import Finding, Profile, headlines
from insight.findings.levels import short_verdict
from insight.findings.protecting import RULE as PROTECTING_RULE
from insight.findings.protecting import judgements
from insight.format import FigureFormat, is_missing, upper_first
from insight.over_time.changes import drawn_for_a_force
from insight.profile.profile import year_to
from insight.queries import figures
from insight.views.block import Block
from insight.views.context import Context
from insight.views.england_detail import newer_england
from insight.views.force_blocks import force_blocks
from vocabulary import LEADING_MEASURE

NOT_LEADING = ("clock", "Wales")
MORE = 2  # figures beside the first


def leading(facts: Profile, found: list[Finding]) -> str:
    """The headline that is the title: the newest grade for protecting vulnerable people, for that is what a briefing is about and
    what opens the force's page; where it is not known, the first that is neither a date nor about the figures themselves."""
    newest = next(iter(judgements(facts)), None)
    if newest is not None and newest.grade is not None:
        return next(one.headline for one in found if one.rule == PROTECTING_RULE and one.figures[0].period == newest.cycle)
    first, otherwise = headlines(found), f"What we know about {facts.name}"
    return next((one.headline for one in first if one.rule not in NOT_LEADING), first[0].headline if first else otherwise)


def blocks(context: Context) -> tuple[Block, ...]:
    """Figures first (none for a force without them), then how it was judged and what to act on."""
    judged, missing, act = force_blocks(context)
    later = newer_england(context)[1]  # the page of limits tells it; a row of figures has no room for it
    missing = replace(missing, lines=tuple(line for line in missing.lines if line != later))
    return (missing, *_more(context), judged, act)


def _more(context: Context) -> list[Block]:
    facts = context.profile()
    if facts.judgements_only:
        return []
    newest = {row["measure_id"]: row for row in facts.newest() if not is_missing(row["value"])}
    beside = [one for one in drawn_for_a_force(context.ask(figures.measures)) if one != LEADING_MEASURE]
    return [_number(facts, newest[one]) for one in beside[:MORE] if one in newest]


def _number(facts: Profile, row: dict[str, Any]) -> Block:
    figure = FigureFormat.of(row, facts.words).text(row)
    line = f"{upper_first(year_to(row))}, {short_verdict(row)}."
    return Block(f"number-{row['measure_id']}", str(row["title"]), figure, lines=(line,))
