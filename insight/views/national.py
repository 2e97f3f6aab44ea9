"""How many looked-after children go missing in England, which forces merit a closer look, how forces were graded."""

from __future__ import annotations

from insight.comparing.watch_list import watch_list, watched_to_read
from insight.over_time.changes import Headline, headlines
from insight.queries import figures
from insight.views import forces_compared
from insight.views.context import ENGLAND, Context
from insight.views.view import View

COUNTS = "Counts are not compared between forces, and incidents have no interval. Choose a rate or percentage of children."
BY_CHANCE = (
    "“By chance” is how many forces you would expect on the list if all were the same. Forces differ for many reasons, recording "
    "among them, so being listed is a reason to ask, not a conclusion. The average is over the forces that have a complete "
    "figure in a year, so a verdict can change because the average does."
)


def england(context: Context) -> list[Headline]:
    """England's newest figures with the change since the year before."""
    return headlines(context.ask(figures.force_all_measures, ENGLAND), context.ask(figures.measures))


def forces_on_the_map(context: Context) -> View:
    """Which forces differ from the average?"""
    question = f"Which forces differ from the average? {context.measure.title}, {context.selection.year_text}"
    return forces_compared.verdict_map(context, question, "forces")


def closer_look(context: Context) -> View:
    """Forces that stand out and move, with the number that would by chance alone."""
    measure, selection = context.measure, context.selection
    question = f"Which forces merit a closer look? {measure.title}, {selection.year_text}"
    name = ("watch", measure.measure_id, str(selection.period_end.year))
    if measure.kind in ("count", "ratio") or not measure.independent:
        return View(name, question, empty=COUNTS)
    before = context.forces_the_year_before()
    table = watched_to_read(watch_list(context.forces(), before))
    notes = [BY_CHANCE]
    if before.empty:
        reasons = " ".join(context.breaks_this_year()["reason"])
        why = f"the series breaks between the two. {reasons}" if reasons else "there is none."
        notes.append(f"Verdicts are not compared with those of the year before: {why}")
    return View(name, question, table=table, notes=(*notes, *context.doubt_notes()), source=context.source())
