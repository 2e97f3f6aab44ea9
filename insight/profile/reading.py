"""Reads what findings are made from. Pages hand in their cached asking, the briefing asks the warehouse directly."""

from __future__ import annotations

from datetime import date

from insight.format import words_from
from insight.profile.profile import Profile
from insight.queries import about, figures, force, inspections
from insight.queries.ask import Ask
from insight.records import records


def gather(ask: Ask, force_code: str, until: date | None = None) -> Profile:
    """Everything that is said of a force.

    Args:
        ask: how to ask.
        force_code: the force.
        until: leave out later years and judgements; None takes the newest of everything.

    Raises:
        KeyError: for a force that the warehouse does not have.
    """
    forces = ask(figures.forces)
    mine = forces[forces["force_code"] == force_code]
    if mine.empty:
        raise KeyError(f"no force {force_code}")
    build = ask(about.build).iloc[0]
    return Profile(
        force=mine.iloc[0].to_dict(),
        rows=tuple(records(ask(force.figures, force_code))),
        breaks=ask(force.breaks, force_code),
        grades=ask(inspections.grades, None, force_code),
        grade_counts=ask(inspections.grade_counts, None, force_code),
        cycles=ask(inspections.cycles),
        inspections=ask(inspections.inspections, force_code),
        inspection_grades=ask(inspections.inspection_grades, force_code),
        events=ask(inspections.events, force_code),
        sources=ask(about.sources),
        words=words_from(ask(figures.statuses)),
        as_of=until or build["built_at"].date(),
        known_on=build["built_at"].date(),
        build_id=str(build["build_id"]),
        until=until,
    )
