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
    audit_sentence,
    audits,
    audits_to_read,
    changes,
    changes_sentence,
    changes_to_read,
)
from insight.inspections.clock_words import NO_ACTION_PLANS, PLAN
from insight.inspections.grade_tables import MARKS_KEY
from insight.inspections.knowledge import (
    DEADLINES,
    knowledge,
    knowledge_sentence,
    recommendations_sentence,
    recommendations_to_read,
)
from insight.inspections.rows import every_visit, undated
from insight.queries import inspections
from insight.tables.judgments import inspections_to_read
from insight.views.context import Context
from insight.views.grades import grade_key
from insight.views.view import View

HOW_MARKED = (
    "A mark stands at the last day of the visit. Where no visit is dated, a cross stands at the day the report came out, which "
    "is later. Open marks: known to the month or year only."
)
IN_PART = "In part: dated to the month or year, or some of the counts published. Unknown does not mean none."
BY_ADDRESS = "The source is classified by the website it came from."


def opening(context: Context) -> str:
    """What inspectors found in the force's case files, and whether a review found better ones."""
    selected = context.selection.force
    return audit_sentence(_audits(context), _changes(context), selected.code, selected.name)


def _held(context: Context) -> pd.DataFrame:
    return context.ask(inspections.inspections)


def _audits(context: Context) -> pd.DataFrame:
    return audits(_held(context), context.selection.force.code)


def _changes(context: Context) -> pd.DataFrame:
    return changes(_held(context), context.ask(inspections.case_audit_changes), context.selection.force.code)


def _name(context: Context, part: str) -> tuple[str, ...]:
    return ("child-protection", part, period(_held(context)["published"]))


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
            every_visit(held), title=question, empty="Our sources show no inspection.", my_row=context.selection.force.name
        ),
        table=inspections_to_read(held, with_force=True),
        data=held,
        notes=(f"Not shown because no date is known: {many} ({names}).", HOW_MARKED, f"{NO_ACTION_PLANS} {PLAN}"),
        source=context.source_of_protection(),
    )


def case_files(context: Context, own_region_only: bool) -> View:
    """Audited case files by grade."""
    selected, audited = context.selection.force, _audits(context)
    kept = audited[audited["region"] == selected.region] if own_region_only else audited
    question = "What did inspectors find in the case files they audited?"
    return View(
        name=_name(context, "case-files"),
        question=question,
        chart=case_audits(
            kept,
            title=question,
            empty=f"Our sources show no audited case files of {selected.name} or its region.",
            my_force=selected.code,
        ),
        table=audits_to_read(kept),
        data=kept,
        source=context.source_of_protection(),
    )


def reviews(context: Context) -> View:
    """Whether a review found better case files than its inspection."""
    changed = _changes(context)
    return View(
        name=_name(context, "changes"),
        question="Did the review find better case files than the inspection?",
        answer=changes_sentence(changed),
        table=changes_to_read(changed),
        data=changed,
        notes=(METHOD,),
        source=context.source_of_protection(),
    )


def graded_areas(context: Context) -> View:
    """Areas of graded inspections; each letter opens its source."""
    found = context.ask(inspections.inspection_grades)
    many = plural(found["inspection_id"].nunique(), "graded child protection inspection")
    caption = f"{many} by area. Each letter opens its source. “Report of”: the date of the visit is not known."
    return View(
        name=("child-protection", "graded", period(found["published"])),
        question="How were the areas of graded inspections graded?",
        grid=graded_inspections.graded_areas(found, context.selection.force.code, context.grade_words(), caption),
        data=found,
        notes=(*grade_key(context, ("not_found",)), f"{MARKS_KEY} {BY_ADDRESS}"),
        source=context.source_of_protection(),
    )


def recommended(context: Context) -> View:
    """Recommendations by theme and deadline."""
    found = context.ask(inspections.recommendations)
    question = "What did inspectors recommend, and by when?"
    return View(
        name=_name(context, "themes"),
        question=question,
        chart=recommendation_themes(found, title=question, empty="Our sources show no recommendation.", deadlines=DEADLINES),
        table=recommendations_to_read(found, linked=True),
        data=found,
        notes=(recommendations_sentence(found, _held(context)),),
        source=context.source_of_protection(),
    )


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
    )
