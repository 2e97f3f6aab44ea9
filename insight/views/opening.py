"""The sentence that a page opens with."""

from __future__ import annotations

from insight.findings import level, trend, welsh
from insight.over_time.series import row_of
from insight.profile.profile import titles_held
from insight.queries import figures
from insight.views.context import Context
from insight.views.selection import FORCE, MEASURE, rests_on


@rests_on(FORCE, MEASURE)
def level_sentence(context: Context) -> str:
    """How high the force's figure is and what England's is, or why there is none."""
    measure, name = context.measure.row, context.selection.force.name
    return level(context.own_row(), context.nation_row(), measure, name, context.labels())


@rests_on(FORCE)
def welsh_note(context: Context) -> str:
    """What figures cover the force, which is Welsh."""
    return welsh(titles_held(context.ask(figures.force_all_measures, context.selection.force.code)))


@rests_on(FORCE, MEASURE)
def trend_sentence(context: Context, as_of: str = "") -> str:
    """Where the force's figure is and whether it has been rising or falling, as known today or at an earlier release."""
    row = row_of(context.series(as_of), context.selection.force.code, context.selection.period_end)
    return trend(row or context.own_row(), context.measure.row, context.selection.force.name, context.labels())
