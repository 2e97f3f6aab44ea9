"""The grade for protecting vulnerable people beside child protection inspections and a measure of missing children."""

from __future__ import annotations

import pandas as pd

from insight.charts.grade_scatter import grade_scatter
from insight.downloads.files import period
from insight.format import lower_first, slug
from insight.inspections.grade_and_measure import (
    CAUTION,
    association,
    association_note,
    association_sentence,
    beside,
    beside_to_read,
    drawn_apart_sentence,
    left_out_sentence,
    not_drawn_sentence,
)
from insight.inspections.grade_tables import MARKS_KEY, SEAM
from insight.inspections.protecting import ORDERS as ORDERS
from insight.inspections.protecting import ordered, protecting_sentence, protecting_table, side_by_side
from insight.queries import figures, inspections
from insight.sources import with_reporter
from insight.tables.figures import measures_to_read, to_take_away
from insight.views.child_protection import REPORT_OF
from insight.views.context import Context
from insight.views.grades import grade_key
from insight.views.opening import welsh_note
from insight.views.selection import COMPARED, FORCE, MEASURE, rests_on
from insight.views.view import View
from vocabulary import PROTECTING, Status


@rests_on(FORCE)
def opening(context: Context, cycle: str = "") -> str:
    """How the force was graded on the question, the chosen cycle first."""
    grades, selected = context.grades_of(PROTECTING), context.selection.force
    own = grades[grades["force_code"] == selected.code]
    return protecting_sentence(own, context.ask(inspections.cycles), selected.actor, cycle)


@rests_on()
def cycles(context: Context) -> dict[str, str]:
    """Cycles that ask the question, by the name each has in an address, newest first."""
    return {slug(cycle): str(cycle) for cycle in reversed(list(dict.fromkeys(context.grades_of(PROTECTING)["cycle"])))}


@rests_on(FORCE, COMPARED, MEASURE)
def grade_beside_measure(context: Context, cycle: str) -> View:
    """Grade against measure of one cycle: is there a link?"""
    measure, year = context.measure, context.selection.year_text
    grades = context.grades_of(PROTECTING)
    both = beside(grades[grades["cycle"] == cycle], context.forces())
    stored = context.ask(
        inspections.grade_association, PROTECTING, cycle, measure.measure_id, context.selection.period_end
    )  # fmt: skip
    question = f"Is there a link between grades for {lower_first(PROTECTING)} ({cycle}) and {measure.named} ({year})?"
    found = association(stored)
    told = context.grades_told(both[both["used"]])
    mine = {context.selection.force.code, *context.selection.compared}
    answer = (association_sentence(found), drawn_apart_sentence(both), not_drawn_sentence(both, mine))
    return View(
        name=("protecting-scatter", slug(cycle), measure.measure_id),
        question=question,
        chart=grade_scatter(
            both,
            title=question,
            empty="No force has both a grade and a figure.",
            compared=context.selection.compared,
            **context.drawn(),
        ),
        table=beside_to_read(both, measure.row, context.figure_words(), context.grade_words()),
        data=_beside_data(both),
        answer=" ".join(filter(None, answer)),
        notes=(left_out_sentence(both), association_note(found)),
        **told | {"source": f"{told['source']} {context.source()}", "cautions": (CAUTION, *told["cautions"])},
    )


def _beside_data(both: pd.DataFrame) -> pd.DataFrame:
    """Grade and figure as stored, with the address of the grade's page: nothing in words, no markup."""
    wanted = [
        "area_code", "area_name", "grade", "grade_status", "published", "source_url", "source_kind", "measure_id", "period_end",
        "numerator", "denominator", "value", "lower_95", "upper_95", "status", "hidden_parts", "doubtful",
        "verdict",
    ]  # fmt: skip
    return with_reporter(both).reindex(columns=[*wanted, "told_by"])


@rests_on(FORCE, COMPARED, MEASURE)
def side_by_side_of_all(context: Context, order: str, cycle: str) -> View:
    """All forces, my own and chosen ones first: grades on the question, newest inspection and audit, and the measure."""
    measure, year = context.measure, context.selection.year_text
    grades, every_cycle = context.grades_of(PROTECTING), context.ask(inspections.cycles)
    rows = ordered(side_by_side(grades, context.ask(inspections.inspections), context.forces(), cycle), order)
    frame = context.chosen_first(rows, "area_code")
    caption = f"{len(frame)} forces: grades, newest child protection visit and case files; {measure.short_title}, {year}."
    words = (context.grade_words(), context.figure_words())
    letters, symbols = grade_key(context, (Status.NOT_FOUND,))
    told = context.grades_told(grades)
    return View(
        name=("protecting", measure.measure_id, str(context.selection.period_end.year)),
        question="Grades, inspections and figures for each force",
        answer=letters,
        grid=protecting_table(frame, grades, every_cycle, context.selection.force.code, measure.row, words, caption),
        data=to_take_away(frame),
        notes=(f"{symbols} {SEAM} {MARKS_KEY}", REPORT_OF, f"{measure.definition} {measure.caveats}"),
        **told
        | {
            "source": " ".join((told["source"], context.source_of_protection(), context.source())),
            "short_source": f"HMICFRS and {context.short_source()}",
        },
    )


@rests_on(FORCE, MEASURE)
def own_measures(context: Context) -> View:
    """Every measure of missing children of the force, newest year."""
    question = f"How many children go missing in {context.selection.force.area}?"
    return _measures(context, question, "protecting-measures", wider=False)


@rests_on(FORCE, MEASURE)
def wider_measures(context: Context) -> View:
    """The measures of the wider picture of child protection in the force's area, newest year."""
    question = f"How many children need protection in {context.selection.force.area}, and what did assessments find?"
    return _measures(context, question, "wider-measures", wider=True)


def _measures(context: Context, question: str, part: str, *, wider: bool) -> View:
    selected = context.selection.force
    every = context.ask(figures.force_all_measures, selected.code)
    own = every[every["wider"].astype(bool) == wider]
    name = (part, selected.slug, period(own["period_end"]))
    if own.empty:
        return View(name, question, empty=welsh_note(context))
    nation = context.ask(figures.force_all_measures, selected.country_code)
    return View(
        name=name,
        question=question,
        table=measures_to_read(own, nation, context.figure_words(), selected.country),
        data=to_take_away(own),
        source=context.source_of_figures(),
    )
