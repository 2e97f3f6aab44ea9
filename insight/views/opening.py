"""The sentence that a page opens with."""

from __future__ import annotations

from insight.findings import TOO_FEW, level, welsh
from insight.format import is_missing
from insight.over_time.series import row_of
from insight.profile.profile import titles_held
from insight.queries import figures
from insight.views.context import ENGLAND, Context
from insight.views.selection import FORCE, MEASURE, rests_on


@rests_on(FORCE, MEASURE)
def level_sentence(context: Context, as_of: str = "") -> str:
    """How high the force's figure is and what England's is, or why there is none, as known today or at an earlier release."""
    measure, force, year = context.measure.row, context.selection.force, context.selection.period_end
    own, nation = context.own_row(), context.nation_row()
    if as_of:
        series = context.series(as_of)
        own, nation = row_of(series, force.code, year) or own, row_of(series, ENGLAND, year)
    said = level(own, nation, measure, force.area, context.figure_words())
    uncompared = force.code in context.not_ranked() and not is_missing(own["value"])
    return f"{said} {TOO_FEW}" if uncompared else said


@rests_on(FORCE)
def welsh_note(context: Context) -> str:
    """What figures cover the force, which is Welsh."""
    return welsh(titles_held(context.ask(figures.force_all_measures, context.selection.force.code)))
