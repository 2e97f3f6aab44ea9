"""Child protection inspections: when they were, what they found in case files, graded areas, recommendations, gaps."""

from __future__ import annotations

import pandas as pd

from insight.charts.case_audits import case_audits
from insight.charts.inspections import inspection_timeline
from insight.charts.recommendations import recommendation_themes
from insight.downloads.files import period
from insight.format import listed, plural
from insight.inspections import graded_inspections
from insight.inspections.case_audits import (
    METHOD,
    audits,
    audits_to_read,
    changes,
    changes_sentence,
    changes_to_read,
    in_part_note,
)
from insight.inspections.clock import by_visit
from insight.inspections.clock_words import NO_ACTION_PLANS, PLAN
from insight.inspections.grade_tables import MARKS_KEY
from insight.inspections.graded_inspections import teller_of
from insight.inspections.knowledge import (
    DEADLINES,
    knowledge,
    knowledge_sentence,
    recommendations_sentence,
    recommendations_to_read,
)
from insight.inspections.newest_judgement import judgement_sentence
from insight.inspections.rows import every_visit, kinds_of_dates, undated
from insight.queries import inspections
from insight.sources import reporters_caution, reporters_line, with_reporter
from insight.tables.judgements import inspections_to_read
from insight.views.context import Context
from insight.views.grades import grade_key
from insight.views.selection import COMPARED, FORCE, rests_on
from insight.views.view import View
from vocabulary import Status

HOW_MARKED = (
    "A mark stands at the last day of the visit. Where no visit is dated, a cross stands at the day the report came out, which "
    "is later. Open marks: known to the month or year only."
)
IN_PART = "In part: dated to the month or year, or some of the counts published."
REPORT_OF = "“Report of”: the date of the visit is not known."
SHORT = "HMICFRS, child protection inspections and reviews"
BY_ADDRESS = "The source is classified by the website it came from."


@rests_on(FORCE)
def opening(context: Context) -> str:
    """What inspectors judged last of the force, and whether a review found better case files."""
    selected, changed = context.selection.force, _changes(context)
    return judgement_sentence(
        context.ask(inspections.inspections, selected.code),
        context.ask(inspections.inspection_grades, selected.code),
        changed[changed["force_code"] == selected.code],
        selected.actor,
    )


def _held(context: Context) -> pd.DataFrame:
    return context.ask(inspections.inspections)


def _audits(context: Context) -> pd.DataFrame:
    return context.chosen_first(audits(_held(context)))


def _changes(context: Context) -> pd.DataFrame:
    return context.chosen_first(changes(_held(context), context.ask(inspections.case_audit_changes)))


def _name(context: Context, part: str) -> tuple[str, ...]:
    return ("child-protection", part, period(_held(context)["published"]))


@rests_on(FORCE, COMPARED)
def visits(context: Context) -> View:
    """Every inspection and review on one time axis."""
    held = _held(context)
    question = "When was child protection inspected, force by force?"
    lacking = undated(held)
    names = listed(sorted(lacking["force_name"].unique()))
    many = plural(len(lacking), "inspection or review", "inspections and reviews")
    return View(
        name=_name(context, "inspections"),
        question=question,
        chart=inspection_timeline(
            every_visit(context.chosen_first(held.sort_values("force_name", kind="stable"))),
            title=question,
            empty="We have found no inspection.",
            my_row=context.selection.force.name,
        ),
        table=inspections_to_read(by_visit(held), with_force=True),
        data=with_reporter(held),
        notes=(
            f"Not shown, because no date is known: inspections or reviews of {names}.",
            HOW_MARKED,
            f"{NO_ACTION_PLANS} {PLAN}",
        ),
        cautions=(f"{many} not shown: no date is known.",) if len(lacking) else (),
        **context.dates_told(SHORT, kinds_of_dates(held)),
    )


@rests_on(FORCE, COMPARED)
def case_files(context: Context, own_region_only: bool) -> View:
    """Audited case files by grade."""
    selected, audited, held = context.selection.force, _audits(context), _held(context)
    kept = audited[audited["region"] == selected.region] if own_region_only else audited
    question = "What did inspectors find in the case files they audited?"
    return View(
        name=_name(context, "case-files"),
        question=question,
        chart=case_audits(
            kept,
            title=question,
            empty=f"We have found no results of audited case files of {selected.actor} or its region.",
            my_force=selected.code,
        ),
        table=audits_to_read(kept),
        data=with_reporter(kept),
        source=context.source_of_protection(),
        cautions=in_part_note(kept, held[held["force_code"].isin(kept["force_code"])] if own_region_only else held),
        short_source=SHORT,
    )


@rests_on(FORCE, COMPARED)
def reviews(context: Context) -> View:
    """Whether a review found better case files than its inspection; pairs that could be tested first."""
    changed = _changes(context)
    tested = changed["review_id"].isin(changed.loc[changed["p_value"].notna(), "review_id"])
    changed = pd.concat([changed[tested], changed[~tested]])
    return View(
        name=_name(context, "changes"),
        question="Did the review find better case files than the inspection?",
        answer=changes_sentence(changed),
        table=changes_to_read(changed),
        data=changed,
        notes=(METHOD,),
        source=context.source_of_protection(),
        short_source=SHORT,
    )


@rests_on(FORCE, COMPARED)
def graded_areas(context: Context) -> View:
    """Areas of graded inspections; each letter opens its source."""
    found = context.chosen_first(context.ask(inspections.inspection_grades))
    found = found.assign(source_kind=[teller_of(url) for url in found["source_url"]])
    letters, symbols = grade_key(context, (Status.NOT_FOUND,))
    short = reporters_line(found)
    caption = f"{letters}. Each letter opens its source."
    return View(
        name=("child-protection", "graded", period(found["published"])),
        question="How were the areas of graded inspections graded?",
        answer=graded_inspections.areas_sentence(found),
        grid=graded_inspections.graded_areas(found, context.selection.force.code, context.grade_words(), caption),
        data=with_reporter(found),
        notes=(f"{symbols} {MARKS_KEY}", REPORT_OF, BY_ADDRESS),
        source=f"{short}. {context.source_of_protection()}",
        cautions=reporters_caution(found),
        short_source=short,
    )


@rests_on(FORCE)
def recommended(context: Context) -> View:
    """Recommendations by theme and deadline."""
    found = context.ask(inspections.recommendations)
    question = "What did inspectors recommend, and by when?"
    return View(
        name=_name(context, "themes"),
        question=question,
        chart=recommendation_themes(found, title=question, empty="We have found no recommendation.", deadlines=DEADLINES),
        table=recommendations_to_read(found),
        data=found,
        cautions=(recommendations_sentence(found, _held(context)),),
        source=context.source_of_protection(),
        short_source=SHORT,
    )


@rests_on(FORCE)
def completeness(context: Context) -> View:
    """How complete the data are."""
    held = _held(context)
    return View(
        name=_name(context, "knowledge"),
        question="How complete are the data?",
        answer=knowledge_sentence(held),
        table=knowledge(held, context.ask(inspections.recommendations)),
        notes=(IN_PART,),
        source=context.source_of_protection(),
        short_source=SHORT,
    )
