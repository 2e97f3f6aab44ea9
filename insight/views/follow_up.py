"""What HMICFRS planned after each inspection and what came of it, causes of concern and enhanced monitoring, as of a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd

from insight.charts.inspections import inspection_timeline
from insight.cycles import advice
from insight.downloads.files import period
from insight.format import plural, slug
from insight.inspections.clock import MEANINGS, State, counted, follow_up
from insight.inspections.clock_words import NO_ACTION_PLANS, PLAN, RANGES
from insight.inspections.follow_up_tables import ORDERS as ORDERS
from insight.inspections.follow_up_tables import follow_up_list, list_to_take_away, ordered, spells_list, spells_to_read
from insight.inspections.follow_up_words import counts_sentence, monitoring
from insight.inspections.follow_up_words import opening as opening_of
from insight.inspections.grade_tables import EMPTY_CELL, MARKS_KEY, SEAM, force_grades
from insight.inspections.grades import grades_to_take_away, statuses_without_grade
from insight.inspections.monitoring import CONCERN, ENGAGE, Standing, spells
from insight.inspections.monitoring import MEANINGS as STANDING_MEANINGS
from insight.inspections.partial_dates import Span, span_text
from insight.inspections.rows import engage_rows, engage_sentence, kinds_of_dates, strip, strip_sentence, strips, undated_words
from insight.queries import about, figures, inspections
from insight.sources import with_reporter
from insight.tables.model import table_of
from insight.views.context import Context
from insight.views.grades import grade_key
from insight.views.selection import COMPARED, FORCE, rests_on
from insight.views.view import View

EVERY = "every"
MOST_ROWS = 25  # of a list that is read at once
SHORT = "HMICFRS, child protection inspections and monitoring"
HOW_DRAWN = (
    "Solid: certainly in enhanced monitoring. Hatched: the source gives a month or a year, and the beginning or end lies in it. "
    "A mark alone: we have found a beginning and no record of an end; that does not say that the force is still in."
)
STANDINGS = " ".join(f"{word}: {meaning}." for word, meaning in STANDING_MEANINGS.items() if word in Standing)
CLOSINGS = STANDINGS.replace("Ended: it had ended", "Closed: it had been closed", 1)  # of causes of concern
HEADINGS = {
    "row": "Line", "kind": "What", "start": "First day it can mean", "end": "Last day it can mean", "detail": "Detail",
}  # fmt: skip
STATES = {EVERY: "All", **{slug(state): str(state) for state in State}}


def _followed(context: Context, as_of: date) -> pd.DataFrame:
    built = context.ask(about.build).iloc[0]["built_at"].date()
    return follow_up(context.ask(inspections.inspections), as_of, built)


def _day(as_of: date) -> str:
    return span_text(Span(as_of, as_of))


@rests_on(FORCE)
def opening(context: Context, as_of: date) -> str:
    """What the sources do not show, first; then what followed the force's newest inspection."""
    followed, selected = _followed(context, as_of), context.selection.force
    graded = context.ask(inspections.inspection_grades, selected.code)
    said = opening_of(followed[followed["force_code"] == selected.code], graded, selected.actor, as_of)
    return f"{NO_ACTION_PLANS} {said}"


@rests_on(FORCE, COMPARED)
def status(context: Context, as_of: date) -> str:
    """Enhanced monitoring and causes of concern of the force on the day, and what the timeline leaves out."""
    selected = context.selection.force
    events = context.ask(inspections.events, selected.code)
    said = monitoring(spells(events, ENGAGE, as_of), spells(events, CONCERN, as_of), selected.actor, as_of)
    return f"{said} {_not_on_the_timeline(context)}".strip()


def _not_on_the_timeline(context: Context) -> str:
    """Which grades, inspections and reviews of the forces shown have no date, and so no place on the time axis."""
    shown = _shown(context)
    lacking = {name: _undated(context, code) for code, name in shown.items()}
    told = [f"{name}: {words}" if len(shown) > 1 else words for name, words in lacking.items() if words]
    return f"Not on the timeline, because no date is known: {'; '.join(told)}." if told else ""


def _undated(context: Context, code: str) -> str:
    grades, counts = context.ask(inspections.grades, None, code), context.ask(inspections.grade_counts, None, code)
    return undated_words(grades, counts, context.ask(inspections.inspections, code))


def _shown(context: Context) -> dict[str, str]:
    """Code and name of the force and of those chosen."""
    forces = context.ask(figures.forces).set_index("force_code")["force_name"]
    return {code: str(forces[code]) for code in (context.selection.force.code, *context.selection.compared)}


@rests_on()
def regions(context: Context, as_of: date) -> dict[str, str]:
    """Regions whose inspections can be listed, with their words; every one first."""
    found = sorted(_followed(context, as_of)["region"].unique())
    return {EVERY: "Every region", **{slug(name): str(name) for name in found}}


@rests_on(FORCE, COMPARED)
def timeline(context: Context, as_of: date) -> View:
    """Inspections, monitoring and grades of the force on one time axis, those of the forces to compare with under them."""
    selected, shown = context.selection.force, _shown(context)
    frame = strips({name: _strip(context, as_of, code) for code, name in shown.items()})
    others = f" and {plural(len(shown) - 1, 'other force')}" if len(shown) > 1 else ""
    question = f"Timeline for {selected.actor}{others}"
    chart = inspection_timeline(
        frame,
        title=question,
        empty=f"We have found nothing dated about {selected.actor}{others}.",
        my_row=selected.name if others else None,
        as_of=as_of,
        finding=strip_sentence(frame),
    )
    return View(
        name=("follow-up", selected.slug, as_of.isoformat()),
        question=question,
        chart=chart,
        # Beside the lines, names of forces would leave a phone no room for dates.
        narrow=replace(chart, labels="above") if others else None,
        table=table_of(frame[list(HEADINGS)].rename(columns=HEADINGS)),
        notes=tuple(filter(None, [_not_on_the_timeline(context), _apart(context, *shown)])),
        **_told(context, *shown),
    )


def _apart(context: Context, *codes: str) -> str:
    """Which of the cycles on the timelines of these forces cannot be compared."""
    dated = pd.concat([context.ask(inspections.grades, None, code) for code in codes])
    return advice(context.ask(inspections.cycles), set(dated.loc[dated["grade"].notna(), "cycle"]))


def _told(context: Context, *codes: str) -> dict[str, Any]:
    """Who told the dates on the timelines of these forces."""
    kinds = []
    for code in codes:
        events, dated = context.ask(inspections.events, code), context.ask(inspections.grades, None, code)
        counts = context.ask(inspections.grade_counts, None, code)
        announced = counts[~counts["cycle"].isin(dated.loc[dated["published"].notna(), "cycle"])]
        held = context.ask(inspections.inspections, code)
        kinds += kinds_of_dates(held, dated, announced, spells(events, ENGAGE, date.max), spells(events, CONCERN, date.max))
    return context.dates_told(SHORT, kinds)


def _strip(context: Context, as_of: date, code: str) -> pd.DataFrame:
    """All that is dated about a force."""
    followed, events = _followed(context, as_of), context.ask(inspections.events, code)
    return strip(
        followed[followed["force_code"] == code],
        context.ask(inspections.inspections, code),
        context.ask(inspections.grades, None, code),
        context.ask(inspections.grade_counts, None, code),
        spells(events, ENGAGE, date.max),
        spells(events, CONCERN, date.max),
        events,
    )


@rests_on(FORCE)
def own_grades(context: Context) -> View:
    """Grades of the force by question and cycle; each letter opens its source."""
    selected = context.selection.force
    grades = context.ask(inspections.grades, None, selected.code)
    letters, _ = grade_key(context, statuses_without_grade(grades))
    caption = f"Grades of {selected.actor} by question and cycle. {letters}. Each letter opens its source."
    cycles, questions = context.ask(inspections.cycles), context.ask(inspections.questions)
    return View(
        name=("follow-up-grades", selected.slug, period(grades["published"])),
        question=f"How was {selected.actor} graded, cycle by cycle?",
        grid=force_grades(grades, cycles, questions, context.grade_words(), caption),
        data=grades_to_take_away(grades),
        notes=(f"{EMPTY_CELL} {SEAM} {MARKS_KEY}",),
        **context.grades_told(grades),
    )


@rests_on()
def parts(context: Context, as_of: date) -> dict[str, str]:
    """The list in parts of a length that is read at once, by their number."""
    many = len(_followed(context, as_of))
    starts = range(0, max(many, 1), MOST_ROWS)
    return {str(place + 1): f"{start + 1} to {min(start + MOST_ROWS, many)}" for place, start in enumerate(starts)}


@rests_on(FORCE, COMPARED)
def returns(context: Context, as_of: date, order: str, state: str, region: str, part: int | None = None) -> View:
    """Every inspection with what HMICFRS planned after it, my force and chosen ones first; one ``part`` (from 0), or all."""
    followed = _followed(context, as_of)
    kept = ordered(followed, order)
    if state != EVERY:
        kept = kept[kept["revisit_state"] == STATES[state]]
    if region != EVERY:
        kept = kept[kept["region"].map(slug) == region]
    code = context.selection.force.code
    kept = context.chosen_first(kept)
    shown = kept if part is None else kept.iloc[part * MOST_ROWS :][:MOST_ROWS]
    first = (part or 0) * MOST_ROWS
    caption = f"Inspections {first + 1} to {first + len(shown)} of {len(kept)}, and what HMICFRS planned after each."
    listed_rows = None if shown.empty else follow_up_list(shown, code, order, caption)
    return View(
        name=("follow-up", as_of.isoformat()),
        question=f"After which inspections had HMICFRS returned by {_day(as_of)}?",
        answer=counts_sentence(counted(followed)),
        grid=listed_rows,
        data=with_reporter(list_to_take_away(kept, as_of)),
        notes=(" ".join(f"{state}: {meaning}." for state, meaning in MEANINGS.items()), f"{PLAN} {RANGES}"),
        cautions=(NO_ACTION_PLANS,),
        **context.dates_told(SHORT, kinds_of_dates(shown)),
        empty="No inspection is left: none in this region is in this state. Choose another.",
    )


@rests_on(FORCE, COMPARED)
def concerns(context: Context, as_of: date) -> View:
    """Causes of concern that were issued, and whether they were closed."""
    found = context.chosen_first(spells(context.ask(inspections.events), CONCERN, as_of))
    many = plural(len(found), "cause of concern", "causes of concern")
    caption = f"{many} that were, or may have been, issued by {_day(as_of)}"
    code = context.selection.force.code
    return View(
        name=("causes-of-concern", as_of.isoformat()),
        question="Which causes of concern were issued, and which were closed?",
        grid=None if found.empty else spells_list(found, code, caption, "Issued", "Closed", topic=True),
        data=found.assign(as_of=as_of.isoformat()),
        notes=(CLOSINGS,),
        **context.dates_told(SHORT, kinds_of_dates(found)),
        empty="We have found no cause of concern by this day.",
    )


@rests_on(FORCE, COMPARED)
def engage(context: Context, as_of: date) -> View:
    """Enhanced monitoring of every force on one time axis."""
    every = context.chosen_first(spells(context.ask(inspections.events), ENGAGE, date.max))
    question = "Which forces were in enhanced monitoring (Engage), and for how long?"
    return View(
        name=("engage", as_of.isoformat()),
        question=question,
        chart=inspection_timeline(
            engage_rows(every),
            title=question,
            empty="We have found no record of enhanced monitoring.",
            my_row=context.selection.force.name,
            as_of=as_of,
            finding=engage_sentence(every),
        ),
        table=spells_to_read(every),
        data=every,
        notes=(HOW_DRAWN,),
        **context.dates_told(SHORT, kinds_of_dates(every)),
    )


@rests_on(FORCE, COMPARED)
def engage_list(context: Context, as_of: date) -> View:
    """Periods of enhanced monitoring that had begun by the day."""
    found = context.chosen_first(spells(context.ask(inspections.events), ENGAGE, as_of))
    caption = f"Periods of enhanced monitoring that had begun by {_day(as_of)}"
    code = context.selection.force.code
    return View(
        name=("engage-list", as_of.isoformat()),
        question=caption,
        grid=None if found.empty else spells_list(found, code, caption, "Began", "Ended", topic=False),
        data=found.assign(as_of=as_of.isoformat()),
        notes=(STANDINGS,),
        **context.dates_told(SHORT, kinds_of_dates(found)),
    )
