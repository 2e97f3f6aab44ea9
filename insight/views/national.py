"""England's answer: how many looked-after children go missing, how forces are graded for it, where to look."""

from __future__ import annotations

from typing import Any

import pandas as pd

from insight.charts.grade_counts import grade_distribution
from insight.charts.model.stacks import StackChart
from insight.charts.model.tiles import TileMap
from insight.charts.trends import trend_lines
from insight.comparing.watch_list import watch_list, watched_to_read
from insight.findings.finding import Link
from insight.format import figure_text, grade_name, is_missing, listed, number, plural
from insight.inspections.grades import distribution
from insight.over_time.changes import headlines
from insight.queries import figures
from insight.statistics import Trend
from insight.tables.figures import to_take_away
from insight.tables.model import grouped
from insight.verdicts import has_verdicts, is_tested
from insight.views import forces_compared
from insight.views.block import Block
from insight.views.context import ENGLAND, Context
from insight.views.england_detail import newer_england
from insight.views.selection import COMPARED, FORCE, MEASURE, rests_on
from insight.views.view import View
from vocabulary import LEADING_MEASURE, LOW_GRADES, PROTECTING

COUNTS = "Counts are not compared between forces, and incidents have no interval. Choose a rate or percentage of children."
BY_CHANCE = (
    "“By chance” is how many forces you would expect on the list if all were the same. Forces differ for many reasons, recording "
    "among them, so being listed is a reason to ask, not a conclusion. The average is over the forces that have a complete "
    "figure in a year, so a verdict can change because the average does."
)
NEITHER_GOOD = (
    "More recorded may be better recording: neither a rise nor a fall is good or bad by itself.",
    "The Department for Education rounds England's counts to the nearest 10.",
)
CHILDREN, INCIDENTS = "children_missing_number", "missing_incidents_number"
MOVED = {
    Trend.INCREASING: "and rising over five years",
    Trend.DECREASING: "and falling over five years",
    Trend.NO_SIGNIFICANT_CHANGE: "with no significant change over five years",
}


@rests_on()
def opening(context: Context) -> str:
    """How many looked-after children went missing in England, whether that changed, and how forces were graded."""
    share, children = _newest(context, LEADING_MEASURE), _newest(context, CHILDREN)
    if share is None or children is None:
        return _graded(context)
    moved = MOVED.get(share["recent_trend"], "")
    said = (
        f"{number(children['value'])} children in care in England went missing in the year to {share['period_end']:%B %Y}: "
        f"{_text(context, share)} of those looked after{', ' if moved else ''}{moved}."
    )
    return " ".join(part for part in (said, newer_england(context)[0], _graded(context)) if part)


def _graded(context: Context) -> str:
    """'Of 34 forces whose grade we know, HMICFRS graded 18 requires improvement and 1 inadequate at …'"""
    grades = _protecting(context)
    known = grades["grade"].notna()
    if not known.any():
        return ""
    counts = [(int((grades["grade"] == grade).sum()), grade) for grade in LOW_GRADES]
    low = listed([f"{count} {grade_name(grade)}" for count, grade in counts if count]) or f"none below {grade_name('Adequate')}"
    return (
        f"Of {plural(int(known.sum()), 'force')} whose grade we know, HMICFRS graded {low} at "
        f"{PROTECTING.lower()} (PEEL {grades['cycle'].iloc[0]})."
    )


def blocks(context: Context) -> tuple[Block, Block, Block]:
    """How many, how judged, where to look."""
    return how_many(context), how_judged(context), where_to_look(context)


@rests_on(MEASURE)
def how_many(context: Context) -> Block:
    """England's figure of the selected measure and year."""
    row, measure = context.nation_row(), context.measure
    choices = (("measure", measure.measure_id.replace("_", "-")),)
    if row is None:
        return Block("how-many", "How many", lines=(f"England has no figure for {measure.named}.",))
    series = context.series()
    line = trend_lines(
        series[series["role"] == "nation"],
        title=f"{measure.title}: England",
        empty="England has no figure.",
        my_force=None,
        unit=measure.unit,
        decimals=measure.decimals,
        words=context.figure_words(),
        breaks=context.breaks(),
    )
    moved = MOVED.get(row["recent_trend"], "")
    first = f"{measure.title}, England, {context.selection.year_text}{', ' if moved else ''}{moved}."
    counts = _counts(context) if measure.measure_id == LEADING_MEASURE else ()
    big = measure.unit.startswith("%") or not has_verdicts(measure.row)
    return Block(
        "how-many",
        "How many",
        big=_text(context, row),
        unit="" if big else measure.unit,
        lines=(first, *counts),
        picture=line,
        link=Link("trends", choices),
        link_text="See the trend",
    )


def _counts(context: Context) -> tuple[str, ...]:
    """How many children and how many incidents in the selected year."""
    of_england = context.ask(figures.force_all_measures, ENGLAND)
    year = of_england[of_england["period_end"] == pd.Timestamp(context.selection.period_end)].set_index("measure_id")["value"]
    children, incidents = (year.get(one) for one in (CHILDREN, INCIDENTS))
    if is_missing(children) or is_missing(incidents):
        return ()
    said = f"{number(float(children))} children went missing, {number(float(incidents))} times in all."
    return tuple(part for part in (said, newer_england(context)[1]) if part)


@rests_on()
def how_judged(context: Context) -> Block:
    """Grades for protecting vulnerable people in the newest cycle that asks it."""
    grades = _protecting(context)
    cycle, known = grades["cycle"].iloc[0], int(grades["grade"].notna().sum())
    question = f"{PROTECTING}, PEEL {cycle}"
    chart: StackChart = grade_distribution(
        distribution(grades, "cycle"),
        title=question,
        empty="No grades are known.",
        group="cycle",
        words=context.grade_words(),
    )
    return Block(
        "how-judged",
        "How judged",
        big=f"{known} of {len(grades)}",
        unit="forces whose grade we know",
        lines=(f"{question}.",),
        picture=chart,
        link=Link("protecting"),
        link_text="See every force's grade",
    )


@rests_on(FORCE, COMPARED, MEASURE)
def where_to_look(context: Context) -> Block:
    """The map of the selected measure and year; each tile leads to its force."""
    chart = forces_on_the_map(context, "tiles").chart
    assert isinstance(chart, TileMap)
    compared = has_verdicts(context.measure.row)
    what = "each force against the average of forces" if compared else "each force's number, compared with nothing"
    said = f"{context.measure.title}, {context.selection.year_text}: {what}."
    return Block(
        "where",
        "Where to look",
        lines=(said, "Choose a force to open its page."),
        picture=chart,
        link=Link("compare", (("view", "map"),)),
        link_text="See the map with boundaries and key",
    )


def _protecting(context: Context) -> pd.DataFrame:
    """Every force on protecting vulnerable people in the newest cycle that asks it."""
    asked = context.grades_of(PROTECTING)
    return asked[asked["cycle_position"] == asked["cycle_position"].max()]


def _newest(context: Context, measure_id: str) -> dict[str, Any] | None:
    """England's newest row of a measure that has a value, or None."""
    rows = context.ask(figures.force_all_measures, ENGLAND)
    held = rows[(rows["measure_id"] == measure_id) & rows["value"].notna()].sort_values("period_end")
    return None if held.empty else held.iloc[-1].to_dict()


def _text(context: Context, row: dict[str, Any]) -> str:
    measure = context.ask(figures.measures).set_index("measure_id").loc[row["measure_id"]]
    return figure_text(row, measure, context.figure_words())


@rests_on()
def every_measure(context: Context) -> View:
    """England's newest figure of every measure, group by group, with the change since the year before."""
    frame = context.ask(figures.force_all_measures, ENGLAND)
    made = headlines(frame, context.ask(figures.measures))
    rows = [
        {
            "Measure": one.label,
            "England": one.value,
            "Since the year before": one.change,
            "Year": one.year.replace("year ending ", ""),
        }
        for one in made
    ]
    source = context.source_of_figures()
    return View(
        name=("england", "every-measure", str(frame["period_end"].max().year)),
        question="Every measure of England",
        table=grouped([one.topic for one in made], rows),
        data=to_take_away(frame),
        notes=NEITHER_GOOD,
        source=source,
        short_source=context.publishers_of(source),
    )


def forces_on_the_map(context: Context, shape: forces_compared.Shape = "boundaries") -> View:
    """Which forces differ from the average? Of a count, where it is highest."""
    question = f"Which forces differ from the average on {context.measure.named}, {context.selection.year_text}?"
    question = question if has_verdicts(context.measure.row) else forces_compared.where_highest(context)
    return forces_compared.verdict_map(context, question, "forces", shape)


@rests_on(MEASURE)
def closer_look(context: Context) -> View:
    """Forces that stand out and move, with the number that would by chance alone."""
    measure, selection = context.measure, context.selection
    question = f"Which forces merit a closer look for {measure.named}, {selection.year_text}?"
    name = ("watch", measure.measure_id, str(selection.period_end.year))
    if not is_tested(measure.row):
        return View(name, question, empty=COUNTS)
    before = context.forces_the_year_before()
    table = watched_to_read(watch_list(context.forces(), before))
    cautions = []
    if before.empty:
        reasons = " ".join(context.breaks_this_year()["reason"])
        why = f"the series breaks between the two. {reasons}" if reasons else "there is none."
        cautions.append(f"Verdicts are not compared with those of the year before: {why}")
    return View(
        name,
        question,
        table=table,
        notes=(BY_CHANCE, *context.doubt_notes()),
        cautions=tuple(cautions),
        source=context.source(),
        short_source=context.short_source(),
    )
