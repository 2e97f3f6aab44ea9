"""How did the inspectorate grade forces?"""

from __future__ import annotations

import pandas as pd

from insight.charts.chart import Chart
from insight.charts.grade_counts import grade_distribution
from insight.inspections.grades import at_a_glance, distribution, mine_by
from insight.queries import inspections
from insight.views.context import Context
from insight.views.view import View


def newest_at_a_glance(context: Context) -> View:
    """How many forces were given each grade in the newest cycle, question by question."""
    newest = str(context.ask(inspections.cycles).iloc[-1]["cycle"])
    grades = context.ask(inspections.grades, newest, None)
    question = f"How did the inspectorate grade forces in {newest}?"
    wide, narrow = grade_spread(context, question, grades, "short_title")
    return View(
        name=("grades", newest),
        question=question,
        chart=wide,
        table=at_a_glance(distribution(grades, "short_title"), "short_title", "Question"),
        notes=("Grades of different cycles are not compared. “Not found” means that our sources do not show the grade.",),
        source=context.source_of_grades(),
        narrow=narrow,
    )


def grade_spread(context: Context, question: str, grades: pd.DataFrame, group: str) -> tuple[Chart, Chart]:
    """How many forces were given each grade, for a wide screen and for a narrow one."""
    made = [
        grade_distribution(
            distribution(grades, group),
            title=question,
            empty="No grades are known.",
            group=group,
            words=context.grade_words(),
            mine=mine_by(grades, context.selection.force.code, group),
            force_name=context.selection.force.name,
            narrow=narrow,
        )
        for narrow in (False, True)
    ]
    return made[0], made[1]
