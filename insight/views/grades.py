"""How did the inspectorate grade forces: every force and question of a cycle, how grades are spread, one question over cycles."""

from __future__ import annotations

import pandas as pd

from insight.charts.grade_counts import grade_counts_strip, grade_distribution
from insight.findings import grades_of
from insight.format import listed, slug
from insight.inspections.grade_changes import changes, moves
from insight.inspections.grade_tables import MARKS_KEY, grade_matrix
from insight.inspections.grades import (
    at_a_glance,
    comparable_groups,
    counts_to_read,
    distribution,
    force_orders,
    grades_to_take_away,
    incomplete,
    known_sentence,
    mine_by,
    sorted_forces,
)
from insight.queries import inspections
from insight.tables.model import table_of
from insight.views.context import Context
from insight.views.view import Picture, View

EVERY = "every"
EVERYWHERE = "England and Wales"
COLUMNS = ["force_name", "region", "cycle", "question", "grade", "status", "published", "told_by"]
ONLY_COMPARABLE = (
    "Only between cycles that the inspectorate lets be compared. A place on the scale is compared, nothing averaged."
)


def opening(context: Context) -> str:
    """The force's grades of the newest cycle in a sentence."""
    cycle, selected = newest_cycle(context), context.selection.force
    return grades_of(context.ask(inspections.grades, cycle, selected.code), selected.name, cycle)


def newest_cycle(context: Context) -> str:
    """The cycle that is not over, or was last."""
    return str(context.ask(inspections.cycles).iloc[-1]["cycle"])


def cycles(context: Context) -> dict[str, str]:
    """Every cycle by the name it has in an address, newest first."""
    return {slug(cycle): str(cycle) for cycle in reversed(list(context.ask(inspections.cycles)["cycle"]))}


def regions(context: Context, cycle: str) -> dict[str, str]:
    """Regions whose forces can be shown, with their words; every one first."""
    found = context.ask(inspections.grades, cycle, None)["region"].unique()
    return {EVERY: "Every region", **{slug(name): name for name in sorted(found)}}


def held_grades(context: Context, cycle: str, region: str) -> dict[str, str]:
    """Grades by which forces can be filtered, with their words: those that any force has, best first."""
    grades = _grades(context, cycle, region)
    found = dict.fromkeys(grades.sort_values("grade_order")["grade"].dropna())
    return {EVERY: "Any grade", **{slug(name): f"At least one {name.lower()}" for name in found}}


def orders(context: Context, cycle: str, region: str) -> dict[str, str]:
    """The orders in which forces can stand, with their words."""
    return force_orders(_grades(context, cycle, region))


def _grades(context: Context, cycle: str, region: str) -> pd.DataFrame:
    grades = context.ask(inspections.grades, cycle, None)
    return grades if region == EVERY else grades[grades["region"].map(slug) == region]


def _place(context: Context, cycle: str, region: str) -> str:
    return EVERYWHERE if region == EVERY else regions(context, cycle)[region]


def matrix(context: Context, cycle: str, region: str, grade: str, order: str) -> View:
    """Forces and questions of a cycle; each cell opens its source."""
    every, place = _grades(context, cycle, region), _place(context, cycle, region)
    grades = every
    if grade != EVERY:
        holders = every.loc[every["grade"].map(slug, na_action="ignore") == grade, "force_code"]
        grades = every[every["force_code"].isin(holders)]
    rows = sorted_forces(grades, order)
    said = force_orders(every).get(order, "Name").lower()
    caption = f"Grades of {len(rows)} forces in {cycle}, order: {said}. Each letter opens the page it was read from."
    own, sorting = context.selection.force.code, "ascending" if order == "name" else ""
    data = grades_to_take_away(grades)
    return View(
        name=("grades", slug(cycle), slug(place)),
        question=f"What grade did each force get on each question in {cycle}?",
        answer=known_sentence(every, place),
        grid=grade_matrix(grades, context.ask(inspections.questions), rows, own, context.grade_words(), caption, sorting),
        table=table_of(data[COLUMNS]),
        data=data,
        notes=(*grade_key(context), MARKS_KEY),
        source=context.source_of_grades(),
    )


def grade_key(context: Context, statuses: tuple[str, ...] = ()) -> tuple[str, str]:
    """What the letters and the symbols of a grid of grades mean; ``statuses`` are those to explain, all if left out."""
    frame = context.ask(inspections.grade_statuses)
    wanted = frame[frame["status"].isin(statuses)] if statuses else frame
    letters = [f"{row.letter} {row.grade}" for row in context.ask(inspections.grade_scale).itertuples()]
    symbols = [f"{row.symbol} {row.label}: {row.meaning}" for row in wanted.itertuples()]
    return " · ".join(letters), "  ".join(symbols)


def newest_at_a_glance(context: Context) -> View:
    """How many forces were given each grade in the newest cycle, question by question."""
    newest = newest_cycle(context)
    question = f"How did the inspectorate grade forces in {newest}?"
    notes = ("Grades of different cycles are not compared. “Not found” means that our sources do not show the grade.",)
    return _spread(context, question, context.ask(inspections.grades, newest, None), ("grades", newest), notes)


def spread_by_question(context: Context, cycle: str, region: str) -> View:
    """How many forces were given each grade on each question of the cycle."""
    place = _place(context, cycle, region)
    question = f"How are the grades of {cycle} spread over forces in {place}?"
    view = _spread(context, question, _grades(context, cycle, region), ("spread", slug(cycle), slug(place)))
    assert view.table is not None
    known = [f"{row['Question']} {row['Known']} of {row['Forces']}" for row in view.table.records()]
    return view.with_notes(f"Forces whose grade is known: {', '.join(known)}.")


def _spread(
    context: Context,
    question: str,
    grades: pd.DataFrame,
    name: tuple[str, ...],
    notes: tuple[str, ...] = (),
    group: str = "short_title",
) -> View:
    counted = distribution(grades, group)
    wide, narrow = (_distribution_chart(context, question, grades, group, narrow) for narrow in (False, True))
    return View(
        name=name,
        question=question,
        chart=wide,
        table=at_a_glance(counted, group, {"short_title": "Question", "cycle": "Cycle"}[group]),
        notes=notes,
        source=context.source_of_grades(),
        narrow=narrow,
    )


def _distribution_chart(context: Context, question: str, grades: pd.DataFrame, group: str, narrow: bool) -> Picture:
    return grade_distribution(
        distribution(grades, group),
        title=question,
        empty="No grades are known.",
        group=group,
        words=context.grade_words(),
        mine=mine_by(grades, context.selection.force.code, group),
        force_name=context.selection.force.name,
        narrow=narrow,
    )


def announced(context: Context, cycle: str, region: str) -> View:
    """Numbers of areas at each grade as announced, where grades by area are not all known."""
    grades = _grades(context, cycle, region)
    found = incomplete(grades, context.ask(inspections.grade_counts, cycle, None))
    question = f"Totals by grade in {cycle}, for forces whose individual grades are incomplete"
    name = ("announced", slug(cycle))
    if found.empty:
        return View(name, question)
    lacking = grades[(grades["status"] == "not_found") & ~grades["force_code"].isin(set(found["force_code"]))]
    rest = sorted(lacking["force_name"].unique())
    chart = grade_counts_strip(
        found, title=question, empty="No numbers were announced.", my_force=context.selection.force.code
    )  # fmt: skip
    return View(
        name=name,
        question=question,
        chart=chart,
        table=counts_to_read(found),
        data=found,
        notes=(f"For {listed(rest)} we have found neither grades nor totals.",) if rest else (),
        source=context.source_of_grades(),
    )


def questions(context: Context) -> dict[str, str]:
    """Every question by the name it has in an address."""
    return {slug(name): str(name) for name in context.ask(inspections.questions)["question"]}


def groups_of_cycles(context: Context, question: str) -> list[tuple[tuple[str, ...], str]]:
    """The cycles that asked the question in groups that may be compared, each with why it is parted from the one before."""
    seams = dict(context.ask(inspections.seams).itertuples(index=False, name=None))
    groups = comparable_groups(context.ask(inspections.cycles), _of_question(context, question))
    return [(tuple(group), str(seams.get(group[0], ""))) for group in groups]


def _of_question(context: Context, question: str) -> pd.DataFrame:
    grades = context.ask(inspections.grades, None, None)
    return grades[grades["question"] == question]


def over_cycles(context: Context, question: str, group: tuple[str, ...]) -> View:
    """How forces were graded on one question in cycles that may be compared."""
    grades = _of_question(context, question)
    span = group[0] if len(group) == 1 else f"{group[0]} to {group[-1]}"
    title = f"{question}: how were forces graded in {span}?"
    return _spread(
        context, title, grades[grades["cycle"].isin(group)], ("cycles", slug(question), slug(group[0])), group="cycle"
    )  # fmt: skip


def moved_between_cycles(context: Context, question: str, group: tuple[str, ...]) -> View:
    """How many forces got another grade from cycle to cycle, only where cycles may be compared."""
    grades = _of_question(context, question)
    changed = changes(grades[grades["cycle"].isin(group)], context.ask(inspections.cycles))
    title = f"{question}: how many forces got a higher, the same or a lower grade from one cycle to the next?"
    name = ("moves", slug(question), slug(group[0]))
    if changed.empty:
        return View(name, title)
    return View(name, title, table=moves(changed), data=changed, notes=(ONLY_COMPARABLE,), source=context.source_of_grades())
