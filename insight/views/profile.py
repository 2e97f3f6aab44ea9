"""What is known of one force: its findings, every measure, its councils, its judgements, what later releases changed."""

from __future__ import annotations

from functools import partial

import pandas as pd

from insight.charts.grades import grade_timeline
from insight.charts.spine import spine
from insight.comparing.spine import spine_rows, spine_to_read
from insight.cycles import seams, why_apart
from insight.downloads.files import period
from insight.findings import ENGLAND_ONLY, welsh
from insight.format import DOUBT_MARK, WHY_A_MINIMUM, is_lower_bound, listed, lower_first, plural
from insight.inspections.clock import by_visit
from insight.inspections.clock_words import NO_ACTION_PLANS, PLAN
from insight.inspections.grade_changes import changes, changes_sentence
from insight.inspections.grades import grades_to_take_away, own_grades
from insight.notes import BY_FORCE, doubt_notes
from insight.over_time.changes_since_release import since_release, since_sentence, since_to_take_away
from insight.queries import beside, figures, force, inspections
from insight.records import named_rows, records
from insight.sources import source_line
from insight.tables.figures import Row, areas_to_read, percentages_to_read, to_take_away, verdict_word
from insight.tables.judgements import events_to_read, inspections_to_read
from insight.verdicts import KEY_LINES, with_shown_verdicts
from insight.views.context import Context
from insight.views.selection import FORCE, MEASURE, rests_on
from insight.views.story import story as story
from insight.views.view import View
from vocabulary import AreaLevel

MOST_COUNCILS = 3  # named in a sentence
NEWEST = "newest year of each measure"
SPINE_NOTES = (
    "Each bar shows the range from the lowest to the highest force. The darker part is the middle half; the line is the average. "
    "Above or below is neither good nor bad: more recorded may be better recording.",
    *KEY_LINES,
)
MISSING = ("looked_after_missing", "police_missing_children", "missing_related_calls")  # publications
ASSESSED = ("assessment_factors",)
PROCESS = (
    "referrals", "section_47_enquiries", "child_protection_plans_started", "child_protection_plans_at_31_march",
)  # fmt: skip


def every_measure(context: Context, publications: tuple[str, ...] = (), part: str = "every-measure", topic: str = "") -> View:
    """Every measure on the range of all forces; those of some ``publications`` alone, under the name of their ``part``.

    Args:
        topic: those of one group alone.
    """
    profile, selected = context.profile(), context.selection.force
    rows = spine_rows(profile)
    rows = rows[rows["topic"] == topic] if topic else rows
    rows = rows[rows["publication"].isin(publications)] if publications else rows
    question = f"How does {profile.area} compare on every measure?{f' {topic}' if topic else ''}"
    if publications == MISSING:
        question = f"How does {profile.area} compare on children who go missing?"
    elif publications == ASSESSED:
        question = f"How does {profile.area} compare on exploitation and other factors in assessments?"
    elif publications == PROCESS:
        question = f"How does {profile.area} compare on referrals, section 47 enquiries and child protection plans?"
    parts = ("spine", selected.slug, part, str(context.selection.period_end.year))
    if profile.judgements_only:
        return View(parts, question, empty=welsh(profile.held))
    others = _beside(context, rows)
    draw = partial(
        spine,
        with_shown_verdicts(rows),
        title=question,
        empty=f"There is no figure of {profile.area}.",
        force_name=selected.name,
        words=context.figure_words(),
        others=others,
        compared=context.selection.compared,
    )
    drawn = set(rows["publication"]) | {"child_population"}
    bounds = sum(is_lower_bound(row) for row in records(rows))
    return View(
        name=parts,
        question=question,
        answer="" if others is None else context.not_drawn(context.without_a_figure(others), "Without figures"),
        chart=draw(),
        narrow=draw(narrow=True),
        table=spine_to_read(rows, selected.name, context.figure_words()),
        data=to_take_away(rows),
        notes=(*SPINE_NOTES, *doubt_notes(rows), *_doubts(others)),
        source=source_line(profile.sources[profile.sources["publication"].isin(drawn)]),
        short_source=context.publishers_of(source_line(profile.sources[profile.sources["publication"].isin(drawn)]), NEWEST),
        cautions=(f"{plural(bounds, 'figure is a minimum', 'figures are minimums')}: {WHY_A_MINIMUM}.",) if bounds else (),
    )


def _beside(context: Context, rows: pd.DataFrame) -> pd.DataFrame | None:
    """The chosen forces' figures of the same measures and periods; None where no force is chosen."""
    names = context.ask(figures.forces).set_index("force_code")["force_name"]
    chosen = [
        context.ask(figures.force_all_measures, code).assign(area_code=code, area_name=names[code])
        for code in context.selection.compared
    ]
    periods = rows[["measure_id", "period_end"]]
    return pd.concat([frame.merge(periods, on=["measure_id", "period_end"]) for frame in chosen]) if chosen else None


def _doubts(others: pd.DataFrame | None) -> list[str]:
    """Why figures of the chosen forces are doubtful, each reason once."""
    reasons = [] if others is None else others["doubtful"].dropna().unique()
    return [f"{DOUBT_MARK} {reason}" for reason in reasons]


def exploitation(context: Context) -> View:
    """The measures of assessments on the range of all forces."""
    return every_measure(context, ASSESSED, "assessments")


def protection(context: Context) -> View:
    """The measures of the child protection process on the range of all forces."""
    return every_measure(context, PROCESS, "child-protection")


def missing_children(context: Context) -> View:
    """The measures of children who go missing on the range of all forces."""
    return every_measure(context, MISSING, "missing-children")


@rests_on(FORCE, MEASURE)
def councils(context: Context) -> View:
    """The councils whose figures the force's figure is the sum of, highest first, each compared with England."""
    selection, measure = context.selection, context.measure
    question = f"How do the councils in {context.profile().organisation}'s area compare?"
    name = ("authorities", selection.force.slug, measure.measure_id, str(selection.period_end.year))
    parts = context.ask(figures.parts, selection.force.code, measure.measure_id, selection.period_end)
    if parts.empty:
        why = "The police publish it by force." if measure.publication in BY_FORCE else ENGLAND_ONLY
        area = selection.force.area
        return View(name, question, empty=f"This measure has no figures of councils for {area}. {why}")
    doubtful = int(parts["doubtful"].notna().sum())
    ordered = parts.sort_values(["value", "area_name"], ascending=[False, True], na_position="last")
    return View(
        name=name,
        question=question,
        answer=f"{measure.short_title}, {selection.year_text}, highest first.{_against_england(ordered, measure.row)}",
        table=areas_to_read(ordered, measure.row, context.figure_words(), "Council"),
        data=to_take_away(parts),
        source=context.source(),
        cautions=doubtful_figures(doubtful),
        short_source=context.short_source(),
    )


def _against_england(councils: pd.DataFrame, measure: Row) -> str:
    """' Compared with England: Swindon above average; Wiltshire about average.': few are named, many counted."""
    said: dict[str, list[str]] = {}
    for row in records(councils):
        said.setdefault(verdict_word(row, measure), []).append(str(row["area_name"]))
    parts = [
        f"{listed(names) if len(names) <= MOST_COUNCILS else plural(len(names), 'council')} {lower_first(word)}"
        for word, names in said.items()
        if word
    ]
    return f" Compared with England: {'; '.join(parts)}." if parts else ""


def doubtful_figures(count: int) -> tuple[str, ...]:
    """How many figures of a table are doubtful; nothing where none is."""
    return (f"{plural(count, 'figure is', 'figures are')} doubtful (†), shown as published.",) if count else ()


@rests_on(FORCE)
def council_percentages(context: Context) -> View:
    """Percentages that are published for councils only: newest year of each, beside England."""
    selected = context.selection.force
    question = f"What else is published for councils in {selected.actor}'s area?"
    rows = context.ask(beside.percentages_of_councils, selected.code)
    if not (rows["area_level"] == AreaLevel.AUTHORITY).any():
        return View(
            ("council-percentages", selected.slug), question, empty="No such percentages are published for these councils."
        )
    newest = rows[rows["period_end"] == rows.groupby("percentage_id")["period_end"].transform("max")]
    year = f"year to {newest['period_end'].max():%B %Y}"
    source = context.source_of("authority_percentages")
    doubts = newest["doubtful"].dropna()
    return View(
        name=("council-percentages", selected.slug, period(rows["period_end"])),
        question=question,
        answer=f"Percentages, {year}, as the Department for Education publishes them.",
        table=percentages_to_read(newest, context.figure_words()),
        data=rows,
        notes=(*(f"{one.short_title}: {one.definition}" for one in named_rows(context.ask(beside.percentages))), *doubts),
        source=source,
        cautions=(*doubtful_figures(len(doubts)), *context.ask(beside.percentages)["no_force"].unique()),
        short_source=context.publishers_of(source, year),
    )


@rests_on(FORCE)
def grades_by_cycle(context: Context) -> View:
    """Grades by question and cycle, parted where cycles cannot be compared."""
    selected = context.selection.force
    own, cycles = context.ask(inspections.grades, None, selected.code), context.ask(inspections.cycles)
    question = f"How was {selected.actor} graded, cycle by cycle?"
    chart = grade_timeline(
        own,
        title=question,
        empty="No grades are known.",
        force_name=selected.name,
        cycles=cycles,
        questions=context.ask(inspections.questions),
        words=context.grade_words(),
    )
    return View(
        name=("grades", selected.slug, "every-cycle", period(own["published"])),
        question=question,
        chart=chart,
        table=own_grades(own, context.grade_words()),
        data=grades_to_take_away(own),
        notes=(changes_sentence(changes(own, cycles)), *(f"{cycle}: {why_apart(seam)}" for cycle, seam in seams(cycles).items())),
        **context.grades_told(own),
    )


@rests_on(FORCE)
def inspections_of_child_protection(context: Context) -> View:
    """Child protection inspections of the force and what followed each."""
    selected = context.selection.force
    held = context.ask(inspections.inspections, selected.code)
    dates = pd.concat([held["inspected_from"], held["published"]])
    return View(
        name=("inspections", selected.slug, period(dates)),
        question=f"Child protection inspections of {selected.actor}",
        table=None if held.empty else inspections_to_read(by_visit(held)),
        data=held,
        notes=(f"{NO_ACTION_PLANS} {PLAN}",),
        source=context.source_of_protection(),
        short_source="HMICFRS, child protection inspections",
        empty=f"We have found no child protection inspection of {selected.actor}.",
    )


@rests_on(FORCE)
def monitoring(context: Context) -> View:
    """Enhanced monitoring and causes of concern, event by event."""
    selected = context.selection.force
    events = context.ask(inspections.events, selected.code)
    return View(
        name=("monitoring", selected.slug, period(events["date"])),
        question=f"Enhanced monitoring (Engage) and causes of concern: {selected.actor}",
        table=None if events.empty else events_to_read(events),
        data=events,
        source=context.source_of_protection(),
        short_source="HMICFRS, enhanced monitoring and causes of concern",
        empty="We have found no record of enhanced monitoring or of a cause of concern for this force.",
    )


@rests_on(FORCE)
def earlier_releases(context: Context) -> list[str]:
    """Releases with which the force can be compared, newest first; none for a Welsh force."""
    releases = list(context.ask(force.releases)["release"])[:-1]
    return [] if context.selection.force.in_wales else releases[::-1]


def since(context: Context, release: str) -> View:
    """What changed since a release."""
    profile, selected = context.profile(), context.selection.force
    then = context.ask(force.as_of, selected.code, release)
    table = since_release(then, profile, release)
    return View(
        name=("since-release", selected.slug, release, profile.period),
        question=f"What changed for {profile.area} since release {release}?",
        answer=since_sentence(table, release),
        table=table if table.rows else None,
        data=since_to_take_away(then, profile),
        source=context.source_of_figures(then["measure_id"].unique()),
    )
