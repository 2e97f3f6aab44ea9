"""The one page that sums up: three numbers, two grades, what needs attention, as blocks."""

from __future__ import annotations

from typing import Any

from insight.findings import Finding, Profile, Severity, headlines
from insight.findings.levels import short_verdict
from insight.findings.phrases import upper_first
from insight.format import FigureFormat, is_missing
from insight.over_time.changes import shown_by
from insight.profile.profile import year_to
from insight.queries import figures
from insight.views.block import Block, Chip
from insight.views.context import Context
from vocabulary import PROTECTING

NOT_LEADING = ("clock", "Wales")
NUMBERS, GRADES, ASKING = 3, 2, 3
NOTHING = "We have found nothing that is planned or still open."


def leading(found: list[Finding]) -> Finding:
    """The finding that is the title: the first that is neither a date nor about the figures themselves."""
    first = headlines(found)
    return next((one for one in first if one.rule not in NOT_LEADING), first[0])


def blocks(context: Context, found: list[Finding]) -> tuple[Block, ...]:
    """Numbers first (none for a force without figures), then the grades and what needs attention beside the title."""
    facts = context.profile()
    return (*([] if facts.judgments_only else _numbers(context, facts)), _judged(facts), _asking(found))


def _numbers(context: Context, facts: Profile) -> list[Block]:
    newest = {row["measure_id"]: row for row in facts.newest()}
    wanted = [one for one in shown_by(context.ask(figures.measures), "force_series") if one in newest][:NUMBERS]
    return [_number(facts, newest[one]) for one in wanted]


def _number(facts: Profile, row: dict[str, Any]) -> Block:
    figure = FigureFormat(str(row["unit"]), int(row["decimals"]), facts.words).text(row)
    lines = [upper_first(year_to(row))]
    if not is_missing(row["value"]):
        lines.append(f"{upper_first(short_verdict(row))}")
    return Block(f"number-{row['measure_id']}", str(row["title"]), figure, lines=tuple(lines))


def _judged(facts: Profile) -> Block:
    """Grades for protecting vulnerable people, the newest cycle first."""
    rows = facts.grades[facts.grades["question"] == PROTECTING].sort_values("cycle_position", ascending=False)
    known = set(facts.published(rows[rows["grade"].notna()]).index)
    chips = tuple(
        Chip(f"PEEL {row.cycle}", str(row.grade), str(row.grade))
        if row.Index in known
        else Chip(f"PEEL {row.cycle}", "Not found" if facts.until is None else "Not yet graded", "not_found")
        for row in rows.head(GRADES).itertuples()
        if row.Index in known or facts.until is None
    )
    lines = () if chips else ("No grade for protecting vulnerable people is known.",)
    return Block("judged", f"Judged: {PROTECTING.lower()}", lines=lines, chips=chips)


def _asking(found: list[Finding]) -> Block:
    first = [one for one in headlines(found) if one is not leading(found)]
    acting = [one for one in first if one.severity == Severity.ACTION]
    outstanding = [one for one in first if one.severity in (Severity.MARKED, Severity.NOTABLE)]
    chosen = [*acting, *outstanding][:ASKING]
    lines = tuple(one.headline for one in chosen)
    return Block("attention", "Needs attention" if acting else "Stands out", lines=lines or (NOTHING,))
