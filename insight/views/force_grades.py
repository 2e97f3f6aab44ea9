"""The grades of one force in words: the newest cycles question by question, the pillars of earlier cycles by themselves."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from insight.cycles import advice
from insight.inspections.grade_tables import grade_in_full
from insight.inspections.grades import grades_to_take_away
from insight.queries import inspections
from insight.records import records
from insight.tables.model import Column, Grade, Look, Table, table_from
from insight.views.context import Context
from insight.views.view import View

AREAS, PILLARS = "area", "pillar"
NOT_ASKED = "not asked"


def newest_cycles(context: Context) -> View:
    """Every question of the cycles since areas are graded, the newest cycle first."""
    own, cycles = _own(context, AREAS), _cycles(context, AREAS)
    name = context.selection.force.actor
    asked = own.sort_values("question_position").groupby("question", sort=False)["cycle"].agg(set)
    newest_first = sorted(asked.index, key=lambda question: cycles[0] not in asked[question] if cycles else False)
    grade = _cells(context, own)
    rows = [[question, *(grade(question, cycle) for cycle in cycles)] for question in newest_first]
    caption = f"Grades of {name} since {cycles[-1]}, newest first" if cycles else ""
    return _view(
        context, f"How was {name} graded?", own, table_from(caption, _columns("Question", cycles), rows, look=Look.LISTING)
    )


def earlier_cycles(context: Context) -> View:
    """Pillars, as they were graded before: one row per cycle, newest first."""
    own, cycles = _own(context, PILLARS), _cycles(context, PILLARS)
    name = context.selection.force.actor
    pillars = list(dict.fromkeys(own.sort_values("question_position")["question"]))
    grade = _cells(context, own)
    rows = [[cycle, *(grade(pillar, cycle) for pillar in pillars)] for cycle in cycles]
    caption = f"Pillars, {cycles[-1]} to {cycles[0]}: how was {name} graded before?" if cycles else ""
    return _view(context, caption, own, table_from(caption, _columns("Cycle", pillars), rows, look=Look.LISTING))


def _view(context: Context, question: str, own: pd.DataFrame, table: Table) -> View:
    force = context.selection.force
    level = own["level"].iloc[0] if len(own) else ""
    apart = advice(context.ask(inspections.cycles), set(own["cycle"]))
    return View(
        ("force-grades", force.slug, level),
        question,
        table=table if table.rows else None,
        data=grades_to_take_away(own),
        notes=(apart,) if apart and level == AREAS else (),
        **context.grades_told(own),
    )


def _own(context: Context, level: str) -> pd.DataFrame:
    grades = context.ask(inspections.grades, None, context.selection.force.code)
    return grades[grades["level"] == level]


def _cycles(context: Context, level: str) -> list[str]:
    """Cycles that the force was graded in at a level, newest first."""
    own = _own(context, level).sort_values("cycle_position", ascending=False)
    return list(dict.fromkeys(own["cycle"]))


def _columns(first: str, others: list[str]) -> list[Column]:
    return [Column(first), *map(Column, others)]


def _cells(context: Context, own: pd.DataFrame) -> Callable[[str, str], Grade | str]:
    """A question and a cycle's grade by its whole name, linked to its source; or why there is none."""
    words, held = context.grade_words(), {(row["question"], row["cycle"]): row for row in records(own)}

    def grade(question: str, cycle: str) -> Grade | str:
        row = held.get((question, cycle))
        return NOT_ASKED if row is None else grade_in_full(row, words, f"{question}, {cycle}")

    return grade
