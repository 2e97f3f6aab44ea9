"""How was every force graded on one question: on the map in the newest cycle, and in a table over all cycles."""

from __future__ import annotations

from insight.charts.tile_map import tile_map
from insight.format import is_missing, label_of, slug
from insight.inspections.grades import grades_to_take_away
from insight.queries import inspections
from insight.records import named_rows
from insight.tables.model import table_of
from insight.views import grades as of_cycle
from insight.views.context import Context
from insight.views.view import View
from vocabulary import Status


def newest_cycle(context: Context, question: str) -> str:
    """The newest cycle that asked the question."""
    return str(context.grades_of(question).sort_values("cycle_position")["cycle"].iloc[-1])


def answer(context: Context, question: str) -> str:
    """How many forces were given each grade in the newest cycle that asked the question, in a sentence."""
    return of_cycle.answer(context, newest_cycle(context, question), of_cycle.EVERY, of_cycle.EVERY, slug(question))


def on_the_map(context: Context, question: str) -> View:
    """Every force's grade in the newest cycle that asked the question, and which forces' grades are known as totals alone."""
    grades, newest = context.grades_of(question), newest_cycle(context, question)
    shown = grades[grades["cycle"] == newest]
    title = f"{question}: how was each force graded in {newest}?"
    chart = tile_map(
        shown.rename(columns={"force_code": "area_code", "force_name": "area_name"}),
        title=title,
        empty="No grades are known.",
        my_force=context.selection.force.code or None,
        colour_by="grade",
        words=context.grade_words(),
    )
    unknown = shown.loc[shown["status"] == Status.NOT_FOUND, "force_code"]
    every = context.ask(inspections.grades, newest, None)
    return View(
        ("question-map", slug(question), slug(newest)),
        title,
        chart=chart,
        data=grades_to_take_away(shown),
        **of_cycle.told_with_totals(context, shown, every[every["force_code"].isin(unknown)]),
    )


def every_force(context: Context, question: str) -> View:
    """One row per force, one column per cycle that asks the question, the newest first."""
    grades, words = context.grades_of(question), context.grade_words()
    said = [label_of(row.status, words) if is_missing(row.grade) else row.grade for row in named_rows(grades)]
    told = grades.assign(said=said)
    wide = told.pivot(index="force_name", columns="cycle", values="said")
    newest_first = [cycle for cycle in reversed(list(context.ask(inspections.cycles)["cycle"])) if cycle in wide.columns]
    return View(
        ("question-forces", slug(question)),
        f"{question}: every force, every cycle",
        table=table_of(wide[newest_first].reset_index().rename(columns={"force_name": "Force"})),
        data=grades_to_take_away(grades),
        **context.grades_told(grades),
    )
