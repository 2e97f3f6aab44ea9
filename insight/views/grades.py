"""How did the inspectorate grade forces: every force and question of a cycle, how grades are spread, one question over cycles."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Any

import pandas as pd

from insight.charts.grade_counts import grade_counts_strip, grade_distribution
from insight.cycles import are_apart, seams, why_apart
from insight.findings import cycle_of, grades_of
from insight.format import listed, lower_first, slug
from insight.inspections.grade_changes import changes, moves
from insight.inspections.grade_tables import MARKS_KEY, SEAM, SMALL_LETTERS, grade_matrix
from insight.inspections.grades import (
    at_a_glance,
    comparable_groups,
    counts_to_read,
    distribution,
    force_orders,
    grades_to_take_away,
    held_sentence,
    holders,
    incomplete,
    known_from_totals,
    known_sentence,
    mine_by,
    only_read_from,
    sorted_forces,
    spread_sentence,
    statuses_without_grade,
    totals_only_sentence,
)
from insight.queries import inspections
from insight.records import named_rows
from insight.sources import TOTALS, with_reporter
from insight.tables.model import table_of
from insight.views.context import Context
from insight.views.selection import COMPARED, FORCE, rests_on
from insight.views.view import Picture, View
from vocabulary import GRADES, SourceKind, Status

EVERY = "every"
EVERYWHERE = "England and Wales"
COLUMNS = ["force_name", "region", "cycle", "question", "grade", "status", "published", "told_by"]
ONLY_COMPARABLE = "Only between cycles that HMICFRS says can be compared. A place on the scale is compared; nothing is averaged."


@rests_on(FORCE)
def opening(context: Context, cycle: str) -> str:
    """The force's grades of a cycle in a sentence."""
    force = context.selection.force
    asked = context.ask(inspections.grades, cycle, force.code)
    counts = context.ask(inspections.grade_counts, cycle, force.code)
    return grades_of(cycle_of(asked, asked[asked["grade"].notna()], counts), force.actor)


@rests_on()
def newest_cycle(context: Context) -> str:
    """The cycle that is not over, or was last."""
    return str(context.ask(inspections.cycles).iloc[-1]["cycle"])


@rests_on()
def cycles(context: Context) -> dict[str, str]:
    """Every cycle by the name it has in an address, newest first."""
    return {slug(cycle): str(cycle) for cycle in reversed(list(context.ask(inspections.cycles)["cycle"]))}


@rests_on()
def regions(context: Context, cycle: str) -> dict[str, str]:
    """Regions whose forces can be shown, with their words; every one first."""
    found = context.ask(inspections.grades, cycle, None)["region"].unique()
    return {EVERY: "Every region", **{slug(name): name for name in sorted(found)}}


@rests_on()
def held_grades(context: Context, cycle: str, region: str) -> dict[str, str]:
    """Grades by which forces can be filtered, with their words: those that any force has, worst first."""
    grades = _grades(context, cycle, region)
    found = dict.fromkeys(grades.sort_values("grade_order", ascending=False)["grade"].dropna())
    return {EVERY: "Any grade", **{slug(name): str(name) for name in found}}


@rests_on()
def orders(context: Context, cycle: str, region: str) -> dict[str, str]:
    """The orders in which forces can stand, with their words."""
    return force_orders(_grades(context, cycle, region))


@rests_on()
def sources(context: Context, cycle: str) -> dict[str, str]:
    """By whom the grades that are shown may have been reported, with their words."""
    kinds = context.ask(inspections.grades, cycle, None)["source_kind"]
    own = int((kinds == SourceKind.HMICFRS).sum())
    return {EVERY: "Any source", slug(SourceKind.HMICFRS): f"Only read from HMICFRS ({own})"}


def _grades(context: Context, cycle: str, region: str, told: str = EVERY) -> pd.DataFrame:
    grades = _of(context.ask(inspections.grades, cycle, None), told)
    return grades if region == EVERY else grades[grades["region"].map(slug) == region]


def _totals(context: Context, cycle: str, told: str) -> pd.DataFrame:
    """Announced numbers of areas at each grade, those that the reader's choice of sources leaves."""
    counts = context.ask(inspections.grade_counts, cycle, None)
    return counts if told == EVERY else counts[counts["source_kind"] == SourceKind.HMICFRS]


def _grade_named(name: str) -> str:
    """A grade of the scale by the name that it has in an address."""
    return next(one for one in GRADES if slug(one) == name)


def _of(grades: pd.DataFrame, told: str) -> pd.DataFrame:
    return grades if told == EVERY else only_read_from(grades, told)


def _place(context: Context, cycle: str, region: str) -> str:
    return EVERYWHERE if region == EVERY else regions(context, cycle)[region]


@rests_on()
def answer(context: Context, cycle: str, region: str, grade: str, question: str, told: str = EVERY) -> str:
    """What the chosen question and grade come to in the cycle, in a sentence; nothing where none is chosen."""
    every, name = _grades(context, cycle, region, told), _asked(context, cycle, question)
    unasked = "" if name or question == EVERY else f"{questions(context)[question]} was not asked in {cycle}. "
    if grade == EVERY:
        return f"{unasked}{spread_sentence(every[every['question'] == name], name, cycle) if name else ''}"
    wanted = _grade_named(grade)
    later = _of(_later(context, cycle, name), told)
    return f"{unasked}{held_sentence(every, name, wanted, cycle, later, _totals(context, cycle, told))}"


def _asked(context: Context, cycle: str, question: str) -> str:
    """The name of a question that the cycle asked; nothing for one that it did not, or for every question."""
    name = questions(context).get(question, "")
    return name if (context.ask(inspections.grades, cycle, None)["question"] == name).any() else ""


def _later(context: Context, cycle: str, question: str) -> pd.DataFrame:
    """Grades of a question in the cycles after one, in order."""
    grades = context.grades_of(question).sort_values(["cycle_position", "force_name"])
    held = context.ask(inspections.cycles).set_index("cycle")["position"]
    return grades[grades["cycle_position"] > held[cycle]]


@rests_on(FORCE, COMPARED)
def matrix(context: Context, cycle: str, region: str, grade: str, order: str, question: str = EVERY, told: str = EVERY) -> View:
    """Forces and the questions that a cycle asked, the reader's own and chosen forces first; each cell opens its source."""
    every, place, name = _grades(context, cycle, region, told), _place(context, cycle, region), _asked(context, cycle, question)
    holders_of = every[every["question"] == name] if name else every
    kept = every
    if grade != EVERY:
        wanted = _grade_named(grade)
        holding = {*holders_of.loc[holders_of["grade"] == wanted, "force_code"]}
        # Totals are of all questions together: they say nothing of a chosen one.
        holding |= set() if name else set(known_from_totals(every, _totals(context, cycle, told), wanted))
        kept = every[every["force_code"].isin(holding)]
    rows = context.pinned_first(sorted_forces(kept, order))
    own, sorting = (
        context.selection.force.code,
        "ascending" if order == "name" and not set(context.first_forces) & set(rows) else "",
    )
    data = grades_to_take_away(kept)
    letters, symbols = grade_key(context, statuses_without_grade(every))
    asked = context.ask(inspections.questions)
    caption = f"{letters}. {known_sentence(every)}"
    return View(
        name=("grades", slug(cycle), slug(place)),
        question=f"What grade did each force get on each question in {cycle}?",
        grid=grade_matrix(every, asked, rows, own, context.grade_words(), caption, sorting, name) if rows else None,
        table=table_of(data[COLUMNS]),
        data=data,
        notes=("Each letter opens its source.", symbols, MARKS_KEY),
        empty="No force is left. Choose another grade, question or region.",
        **(told_with_totals(context, kept, every) if rows else context.grades_told(kept)),
    )


@rests_on(FORCE, COMPARED)
def by_grade(context: Context, cycle: str, question: str, told: str = EVERY) -> View:
    """The forces at each grade of one question: the chosen cycle first, beside it the others that asked it in the same way."""
    grades = _of(context.grades_of(question), told)
    level = grades.loc[grades["cycle"] == cycle, "level"]
    shown = [cycle, *(one for one in reversed(list(dict.fromkeys(grades["cycle"]))) if one != cycle)][:2] if len(level) else []
    kept = context.chosen_first(grades[grades["cycle"].isin(shown)].sort_values("force_name"))
    parted = len(shown) > 1 and are_apart(context.ask(inspections.cycles), *shown)
    title = f"Which forces were given which grade for {lower_first(question)}?"
    caption = f"Forces by grade, {question}: {listed(shown)}."
    return View(
        name=("by-grade", slug(question), slug(cycle)),
        question=title,
        answer=_lowest(context, kept[kept["cycle"] == cycle], question, cycle, told),
        grid=holders(kept, shown, parted, context.selection.force.code, context.grade_words(), caption) if shown else None,
        data=grades_to_take_away(kept),
        notes=(SEAM,) if parted else (),
        empty=f"{question} was not asked in {cycle}.",
        **context.grades_told(kept),
    )


def _lowest(context: Context, grades: pd.DataFrame, question: str, cycle: str, told: str) -> str:
    """Which forces were given the lowest grade of a cycle, and what since."""
    known = grades[grades["grade"].notna()].sort_values("grade_order")
    if known.empty:
        return ""
    return held_sentence(grades, question, str(known["grade"].iloc[-1]), cycle, _of(_later(context, cycle, question), told))


def grade_key(context: Context, statuses: Collection[str]) -> tuple[str, str]:
    """What the letters and the symbols of a grid of grades mean; ``statuses`` are those to explain."""
    letters = [f"{row.letter} {row.grade}" for row in named_rows(context.ask(inspections.grade_scale))]
    symbols = [f"{row.symbol} {row.label}: {row.meaning}" for row in named_rows(_statuses(context, statuses))]
    signs = grade_signs(context, statuses)
    return ", ".join((*letters, *([signs] if signs else []), SMALL_LETTERS)), "  ".join(symbols)


def grade_signs(context: Context, statuses: Collection[str]) -> str:
    """The symbols of a grid where there is no grade, each with its label; ``statuses`` are those to name."""
    return ", ".join(f"{row.symbol} {row.label.lower()}" for row in named_rows(_statuses(context, statuses)))


def _statuses(context: Context, statuses: Collection[str]) -> pd.DataFrame:
    frame = context.ask(inspections.grade_statuses)
    return frame[frame["status"].isin(statuses)]


@rests_on(FORCE)
def newest_at_a_glance(context: Context) -> View:
    """How many forces were given each grade in the newest cycle, question by question."""
    newest = newest_cycle(context)
    question = f"How did HMICFRS grade forces in {newest}?"
    notes = ("Grades of different cycles are not compared. “Not found” means that we have not found the grade.",)
    grades = context.ask(inspections.grades, newest, None)
    return replace(_spread(context, question, grades, ("grades", newest)), notes=notes)


@rests_on(FORCE)
def spread_by_question(context: Context, cycle: str, region: str, told: str = EVERY) -> View:
    """How many forces were given each grade on each question of the cycle, and which."""
    place = _place(context, cycle, region)
    question = f"How many forces in {place} were given each grade in {cycle}?"
    return _spread(context, question, _grades(context, cycle, region, told), ("spread", slug(cycle), slug(place)))


def _spread(context: Context, question: str, grades: pd.DataFrame, name: tuple[str, ...], group: str = "short_title") -> View:
    counted = distribution(grades, group)
    told = told_with_totals(context, grades) if group == "short_title" else context.grades_told(grades)
    wide, narrow = (_distribution_chart(context, question, grades, group, narrow) for narrow in (False, True))
    return View(
        name=name,
        question=question,
        chart=wide,
        table=at_a_glance(counted, group, {"short_title": "Question", "cycle": "Cycle"}[group], context.grade_words()),
        data=counted.assign(read_in_press=counted["read_in_press"].astype(int)),
        narrow=narrow,
        **told,
    )


def told_with_totals(context: Context, grades: pd.DataFrame, every: pd.DataFrame | None = None) -> dict[str, Any]:
    """Who reported the grades of one cycle, after how many “inadequate” ones are known as totals alone.

    ``every``: the grades that the totals are held against, where those are others than are shown.
    """
    told = context.grades_told(grades)
    counts = context.ask(inspections.grade_counts, str(grades["cycle"].iloc[0]), None)
    return told | {"cautions": (*totals_only_sentence(grades if every is None else every, counts), *told["cautions"])}


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


@rests_on(FORCE)
def announced(context: Context, cycle: str, region: str) -> View:
    """Numbers of areas at each grade as announced, where grades by area are not all known."""
    grades = _grades(context, cycle, region)
    found = incomplete(grades, context.ask(inspections.grade_counts, cycle, None))
    question = f"Totals by grade in {cycle}, for forces whose individual grades are incomplete"
    name = ("announced", slug(cycle))
    if found.empty:
        return View(name, question)
    lacking = grades[(grades["status"] == Status.NOT_FOUND) & ~grades["force_code"].isin(set(found["force_code"]))]
    rest = sorted(lacking["force_name"].unique())
    chart = grade_counts_strip(
        found, title=question, empty="No numbers were announced.", my_force=context.selection.force.code
    )  # fmt: skip
    return View(
        name=name,
        question=question,
        chart=chart,
        table=counts_to_read(found),
        data=with_reporter(found),
        notes=(f"For {listed(rest)} we have found neither grades nor totals.",) if rest else (),
        **context.grades_told(found.assign(grade="announced"), TOTALS),
    )


@rests_on()
def questions(context: Context) -> dict[str, str]:
    """Every question by the name it has in an address."""
    return {slug(name): str(name) for name in context.ask(inspections.questions)["question"]}


@rests_on()
def groups_of_cycles(context: Context, question: str) -> list[tuple[tuple[str, ...], str]]:
    """The cycles that asked the question in groups that may be compared, each with why it is parted from the one before."""
    cycles = context.ask(inspections.cycles)
    held, groups = seams(cycles), comparable_groups(cycles, context.grades_of(question))
    return [(tuple(group), why_apart(held[group[0]]) if group[0] in held else "") for group in groups]


@rests_on(FORCE)
def over_cycles(context: Context, question: str, group: tuple[str, ...], told: str = EVERY) -> View:
    """How forces were graded on one question in cycles that may be compared."""
    grades = _of(context.grades_of(question), told)
    span = group[0] if len(group) == 1 else f"{group[0]} to {group[-1]}"
    title = f"{question}: how were forces graded in {span}?"
    return _spread(
        context, title, grades[grades["cycle"].isin(group)], ("cycles", slug(question), slug(group[0])), group="cycle"
    )  # fmt: skip


@rests_on(FORCE)
def moved_between_cycles(context: Context, question: str, group: tuple[str, ...]) -> View:
    """How many forces got another grade from cycle to cycle, only where cycles may be compared."""
    grades = context.grades_of(question)
    changed = changes(grades[grades["cycle"].isin(group)], context.ask(inspections.cycles))
    title = f"{question}: how many forces got a higher, the same or a lower grade from one cycle to the next?"
    name = ("moves", slug(question), slug(group[0]))
    if changed.empty:
        return View(name, title)
    kept = grades[grades["cycle"].isin(group)]
    return View(name, title, table=moves(changed), data=changed, notes=(ONLY_COMPARABLE,), **context.grades_told(kept))
