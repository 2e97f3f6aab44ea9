"""The story of one force in one picture: grades, inspections, reviews, enhanced monitoring and causes of concern in time."""

from __future__ import annotations

from datetime import date

from insight.charts.inspections import inspection_timeline
from insight.cycles import advice
from insight.downloads.files import period
from insight.inspections.monitoring import CONCERN, ENGAGE, spells
from insight.inspections.rows import kinds_of_dates, strip_sentence
from insight.inspections.story import grades_sentence, story_rows
from insight.queries import inspections
from insight.tables.model import table_of
from insight.views.context import Context
from insight.views.follow_up import HEADINGS
from insight.views.selection import FORCE, rests_on
from insight.views.view import View
from vocabulary import PROTECTING

SHORT = "HMICFRS grades, inspections and monitoring"


@rests_on(FORCE)
def story(context: Context) -> View:
    """How was the force judged for protecting vulnerable people, and what followed, on one time axis?"""
    selected = context.selection.force
    grades, events = context.ask(inspections.grades, None, selected.code), context.ask(inspections.events, selected.code)
    engage, concerns = spells(events, ENGAGE, date.max), spells(events, CONCERN, date.max)
    frame = story_rows(
        grades,
        context.ask(inspections.cycles),
        context.ask(inspections.inspections, selected.code),
        engage,
        concerns,
        events,
    )
    told = context.grades_told(grades[grades["question"] == PROTECTING])
    rest_told = context.dates_told(SHORT, kinds_of_dates(context.ask(inspections.inspections, selected.code), engage, concerns))
    question = f"How has {selected.actor} been judged, and what followed?"
    rest = frame[frame["row"] != PROTECTING]
    shown = grades[(grades["question"] == PROTECTING) & grades["grade"].notna()]
    apart = advice(context.ask(inspections.cycles), set(shown["cycle"]))
    return View(
        name=("story", selected.slug, period([*grades["published"], *events["date"]])),
        question=question,
        chart=inspection_timeline(
            frame,
            title=question,
            empty=f"We have found nothing dated about {selected.actor}.",
            finding=" ".join(part for part in (grades_sentence(grades), strip_sentence(rest)) if part),
            labels="above",
        ),
        table=table_of(frame[list(HEADINGS)].rename(columns=HEADINGS)),
        source=f"{told['source']} {rest_told['source']}",
        cautions=(apart,) if apart else (),
        short_source=rest_told["short_source"],
    )
