"""Is a measure rising or falling: the series of a force, of every force, and how releases revised it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pandas as pd

from insight.charts.multiples import small_multiples
from insight.charts.trends import trend_lines
from insight.downloads.files import period
from insight.format import DOUBT_MARK, WHY_A_MINIMUM, listed, number, spelt_plural, year_ending, years_to
from insight.notes import provisional_notes
from insight.over_time.series import by_trend, named_apart, only_named, trend_words, with_newest_trend
from insight.queries import figures
from insight.records import records
from insight.tables.about import NOT_IN_RELEASE, revised_years_to_read
from insight.tables.comparisons import trends_to_read
from insight.tables.figures import to_take_away, years_to_read
from insight.verdicts import has_verdicts, is_tested
from insight.views.context import Context
from insight.views.selection import FORCE, MEASURE, rests_on
from insight.views.view import Picture, View
from vocabulary import AreaLevel, Status

PANELS, PANELS_ON_A_PHONE = 5, 2
MOST_TOLD = 3  # years whose revision is told in a sentence
NOT_TESTED = "Counts are shown, not tested. Use a rate to see a trend."
REPEATED = "Trends of incidents, enquiries and referrals are not tested, because one child can have many."
BOUNDS = f"An asterisk (✱), or “at least”, marks a minimum: {WHY_A_MINIMUM}."
NO_LINE_ACROSS = "No line is drawn across a missing year, a suppressed figure or a break."


def series(
    context: Context, question: str, name: str, notes: tuple[str, ...], every_force: bool = False, as_of: str = ""
) -> View:
    """The selected force with its region, England and the forces compared; all others in grey where ``every_force``."""
    frame = context.series(as_of)
    if _england_alone(context, frame):
        return View((name, context.selection.force.slug, context.measure.measure_id), question)
    counts = not has_verdicts(context.measure.row)
    if counts:
        # England's figure would press a force's onto the axis; without a force it is what the chart is about
        frame = frame[frame["area_level"] == AreaLevel.FORCE] if context.selection.force.code else only_named(frame)
    named = only_named(frame)
    read = named_apart(named)
    answer = _untested(context) or trend_words(named, context.selection.force.code, context.not_ranked())
    parts = (f"{name}{as_of}", context.selection.force.slug, context.measure.measure_id, period(named["period_end"]))
    return View(
        name=parts,
        question=question,
        answer=f"{answer} {_not_drawn(context, frame)}".strip(),
        chart=_lines(context, named_apart(frame) if every_force and not counts else read, question),
        table=years_to_read(read, context.measure.row, context.figure_words()),
        data=to_take_away(named),
        notes=(*notes, *provisional_notes(named)),
        source=context.source(every_year=True),
        cautions=_cautions(named),
        short_source=context.short_source(years_to(frame["period_end"])),
    )


def _england_alone(context: Context, frame: pd.DataFrame) -> bool:
    """Whether the force is Welsh and has no figure: England's line alone says nothing of it, and a box says where to look."""
    force = context.selection.force
    return force.in_wales and bool(frame.loc[frame["area_code"] == force.code, "value"].isna().all())


def _not_drawn(context: Context, frame: pd.DataFrame) -> str:
    """Which of the chosen forces have no line, since they have no figure in any year."""
    absent, forces = context.without_a_figure(frame), context.forces()
    return context.not_drawn(forces.loc[forces["area_code"].isin(absent) & forces["value"].isna(), "area_code"])


def _untested(context: Context) -> str:
    """Why the measure has no trends; nothing where it has."""
    if is_tested(context.measure.row):
        return ""
    return REPEATED if has_verdicts(context.measure.row) else NOT_TESTED


def _cautions(named: pd.DataFrame) -> tuple[str, ...]:
    """What changes the reading of the lines and is not in their key: why figures are doubtful, the force's own first."""
    marked = named[named["doubtful"].notna()].sort_values("role", key=lambda roles: roles != "mine", kind="stable")
    rows = records(marked)
    return tuple(dict.fromkeys(f"{DOUBT_MARK} {row['period_end']:%B %Y}: {row['doubtful']}" for row in rows))


def _lines(context: Context, frame: pd.DataFrame, title: str) -> Picture:
    return trend_lines(
        frame,
        title=title,
        empty=f"No year has a figure of {context.selection.force.area} for this measure.",
        breaks=context.breaks(),
        compared=context.selection.compared,
        **context.drawn(),
    )


@rests_on(MEASURE)
def earlier_releases(context: Context) -> list[str]:
    """Releases of the measure before the newest, oldest first."""
    return list(context.ask(figures.releases_of_measure, context.measure.measure_id)["release"])[:-1]


def is_it_rising(context: Context, as_of: str = "") -> View:
    """The measure over the years, as known today or at an earlier release."""
    measure = context.measure
    once = published_once(context)
    if once:
        return View(("trend", measure.measure_id), rising(context), empty=once)
    notes = (f"{measure.definition} {measure.caveats}", *context.break_notes(), NO_LINE_ACROSS)
    return series(context, rising(context), "trend", notes, every_force=True, as_of=as_of)


def published_once(context: Context) -> str:
    """That a measure has one year only, so that nothing can be drawn over time; nothing where it has more."""
    years = context.selection.years
    return f"This measure is published for one year only, the {year_ending(years[0])}." if len(years) == 1 else ""


def rising(context: Context) -> str:
    """The question of a measure's trend; of a bare number, which is not tested, how it has changed."""
    measure = context.measure
    return f"Is {measure.named} rising or falling?" if has_verdicts(measure.row) else f"How has {measure.named} changed?"


def police_series(context: Context, age: str = "") -> View:
    """Children reported missing to the police, over the years; ``age``: that the newest figures are old, in words."""
    view = _with_definition(context, "Is the rate of children reported missing rising or falling?", every_break=True)
    return replace(view, cautions=(*([age] if age else []), *view.cautions))


def care_series(context: Context) -> View:
    """Looked-after children who went missing, over the years, for the same area."""
    return _with_definition(context, "Do looked-after children who went missing show the same trend?")


def _with_definition(context: Context, question: str, every_break: bool = False) -> View:
    measure = context.measure
    notes = (f"{measure.definition} {measure.caveats}", *context.break_notes(every_force=every_break))
    return series(context, question, "police", notes)


def of_one_force(context: Context) -> View:
    """The selected force, its region and England."""
    question = f"How has {context.measure.named} changed?"
    return series(context, question, "series", tuple(context.break_notes()))


def england_and_regions(context: Context) -> View:
    """England and its regions over the years, as a table."""
    measure = context.measure
    every = context.ask(figures.series, measure.measure_id)
    frame = every[every["area_level"].isin([AreaLevel.COUNTRY, AreaLevel.REGION])]
    frame = frame[frame.groupby("period_end")["value"].transform("count") > 0]
    return View(
        name=("regions", measure.measure_id, period(frame["period_end"])),
        question=f"How has {measure.named} changed in England and its regions?",
        table=years_to_read(frame, measure.row, context.figure_words()) if len(frame) else None,
        data=to_take_away(frame),
        source=context.source(every_year=True),
    )


def every_force(context: Context, as_of: str = "") -> View:
    """A small line for each force, those that rise first, then those that fall, then the rest; nothing of one year."""
    measure = context.measure
    if published_once(context):
        return View(("trends", measure.measure_id), rising(context))
    frame = context.series(as_of)
    frame = with_newest_trend(frame[frame["area_level"] == AreaLevel.FORCE], context.not_ranked())
    untested = _untested(context)
    asked = f"How has {measure.named} changed in each force?"
    question = asked if untested else f"In which forces is {measure.named} rising or falling?"
    draw = partial(
        small_multiples,
        frame.assign(recent_trend=None) if untested else frame,
        title=question,
        empty="No force has a figure.",
        order=by_trend(frame),
        compared=context.selection.compared,
        breaks=context.breaks(),
        **context.drawn(),
    )
    tested = "A trend is shown when five years of data change by more than chance would explain (99.8% level)."
    notes = (*(() if untested else (tested,)), BOUNDS, *context.break_notes(every_force=True))
    return View(
        name=("trends", measure.measure_id, period(frame["period_end"]), f"as-of-{as_of}" if as_of else ""),
        question=question,
        answer=untested,
        chart=draw(columns=PANELS),
        table=trends_to_read(frame, measure.row, context.figure_words()),
        data=to_take_away(frame),
        notes=notes,
        source=context.source(every_year=True),
        short_source=context.short_source(),
        narrow=draw(columns=PANELS_ON_A_PHONE),
    )


def _revised(frame: pd.DataFrame, label: str, area: str) -> str:
    """In which years the number changed from one release to a later one, and what the table counts."""
    repeated = bool((frame.groupby("period_end")["release"].nunique() > 1).any())
    known = frame.dropna(subset=["value"]).sort_values("release")
    held = known.groupby("period_end")["value"].agg(["first", "last", "nunique", "size"])
    unknown = f"{NOT_IN_RELEASE} means that a release does not have the year."
    counts = f"The table gives the number of {label} in {area}, as published in each release; {unknown}"
    if repeated and not (held["size"] > 1).any():
        return f"We cannot say: no year has a number in more than one release. {counts}"
    if not repeated:
        return f"No year is in more than one release. {counts}"
    moved = held[held["nunique"] > 1]
    if moved.empty:
        return f"No: no year changed from one release to the next. {counts}"
    told = [f"{end.year} ({number(row['first'])}, now {number(row['last'])})" for end, row in moved.tail(MOST_TOLD).iterrows()]
    rest = len(moved) - len(told)
    others = [spelt_plural(rest, "earlier year", "earlier years")] if rest else []
    return f"Yes, for {listed([*told, *others])}. {counts}"


@rests_on(FORCE, MEASURE)
def revisions(context: Context) -> View:
    """The numerator of the measure as each release gives it; nothing where there is one year, which stands on Compare."""
    force, numerator = context.selection.force, context.measure.numerator
    if published_once(context):
        return View(("revisions", force.slug, numerator), "Did a later release change earlier years?")
    revised = context.ask(figures.revisions, force.code, numerator)
    table = revised_years_to_read(revised, context.figure_words())
    if not table.rows and context.own_row()["status"] == Status.NOT_COVERED:  # the page has said so, and where to look
        return View(("revisions", force.slug, numerator), "Did a later release change earlier years?")
    label = context.figure_label(numerator)
    return View(
        name=("revisions", force.slug, numerator, period(revised["period_end"])),
        question="Did a later release change earlier years?",
        answer=_revised(revised, label, force.area) if table.rows else "",
        table=table if table.rows else None,
        data=revised,
        source=context.source_of_rows(revised),
        empty=f"No release has this figure for {force.area}.",
        short_source=context.short_source(years_to(revised["period_end"])),
    )
