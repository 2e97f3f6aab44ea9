"""Grades: every force on every question of a cycle, and how grades are spread from cycle to cycle."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from insight.charts.grade_counts import grade_distribution
from insight.findings import grades_of
from insight.grades import at_a_glance, comparable_groups, distribution, matrix_html, mine_by, sorted_forces
from insight.questions import inspections
from insight.words import slug
from ui import address, blocks, shown
from ui.choices import Choices, chosen
from ui.reading import ask

ORDERS = {
    "name": "Name",
    "region": "Region",
    "low": "Most areas requiring improvement or inadequate",
    "high": "Most areas good or outstanding",
    "known": "Most grades known",
}
EVERY = "every"


def filtered(grades: pd.DataFrame, choices: Choices) -> tuple[pd.DataFrame, str]:
    """Grades of the forces that the reader's filters leave, and the order of rows."""
    region_column, grade_column, order_column = st.columns(3)
    regions = {EVERY: "Every region", **{slug(name): name for name in sorted(grades["region"].unique())}}
    found = list(dict.fromkeys(grades.sort_values("grade_order")["grade"].dropna()))
    wanted = {EVERY: "Any grade", **{slug(name): f"At least one {name.lower()}" for name in found}}
    with region_column:
        region = address.choose_one("region", "Region", regions, EVERY)
    with grade_column:
        grade = address.choose_one("grade", "Grade", wanted, EVERY)
    with order_column:
        order = address.choose_one("order", "Order by", ORDERS, "name")
    if region != EVERY:
        grades = grades[grades["region"] == regions[region]]
    if grade != EVERY:
        holders = grades.loc[grades["grade"].map(slug, na_action="ignore") == grade, "force_code"]
        grades = grades[grades["force_code"].isin(holders)]
    return grades, order


def matrix(cycle: str, choices: Choices) -> None:
    """Forces and questions of a cycle as a table whose cells open their source."""
    every = ask(inspections.grades, cycle, None)
    st.subheader(f"What grade did each force get on each question in {cycle}?", anchor=False)
    grades, order = filtered(every, choices)
    if grades.empty:
        st.info("No force is left: none in this region has this grade. Choose another region or grade.")
        return
    rows = sorted_forces(grades, order)
    caption = f"Grades of {len(rows)} forces in {cycle}. Each letter opens the page it was read from."
    blocks.matrix(matrix_html(grades, rows, choices.force.code, shown.grade_words(), caption))
    blocks.grade_key(ask(inspections.grade_scale), ask(inspections.grade_statuses))
    st.caption(shown.inspection_source())
    with st.expander("Table and download"):
        columns = ["force_name", "region", "cycle", "question", "grade", "status", "published", "source_kind", "source_url"]
        blocks.table_with_download(grades[columns], ("grades", slug(cycle)))


def spread_by_question(cycle: str, choices: Choices) -> None:
    """How many forces stand at each grade of each question of the cycle."""
    grades = ask(inspections.grades, cycle, None)
    counted = distribution(grades, "short_title")
    drawn = grade_distribution(
        counted,
        title=f"How are the grades of {cycle} spread over forces?",
        empty="No grades are known.",
        group="short_title",
        words=shown.grade_words(),
        mine=mine_by(grades, choices.force.code, "short_title"),
        force_name=choices.force.name,
    )
    blocks.chart(drawn, at_a_glance(counted, "short_title", "Question"), shown.inspection_source(), ("spread", slug(cycle)))


def spread_by_cycle(choices: Choices) -> None:
    """One question over the cycles that asked it, in groups that may be compared."""
    questions, cycles = ask(inspections.questions), ask(inspections.cycles)
    names = {slug(name): name for name in questions["question"]}
    with st.container():
        picked = address.choose_one("question", "Question", names, "protecting-vulnerable-people")
    grades = ask(inspections.grades, None, None)
    grades = grades[grades["question"] == names[picked]]
    seams = ask(inspections.seams)
    for group in comparable_groups(cycles, grades):
        counted = distribution(grades[grades["cycle"].isin(group)], "cycle")
        span = group[0] if len(group) == 1 else f"{group[0]} to {group[-1]}"
        drawn = grade_distribution(
            counted,
            title=f"{names[picked]}: how were forces graded in {span}?",
            empty="No grades are known.",
            group="cycle",
            words=shown.grade_words(),
            mine=mine_by(grades[grades["cycle"].isin(group)], choices.force.code, "cycle"),
            force_name=choices.force.name,
        )
        for reason in seams.loc[seams["cycle"] == group[0], "reason"]:
            st.warning(f"Not comparable with the cycle before. {reason}", icon=":material/horizontal_rule:")
        blocks.chart(drawn, at_a_glance(counted, "cycle", "Cycle"), shown.inspection_source(), ("cycles", picked, slug(group[0])))


def render() -> None:
    """The page."""
    choices = chosen()
    cycles = ask(inspections.cycles)
    newest = cycles.iloc[-1]["cycle"]
    mine = ask(inspections.grades, newest, choices.force.code)
    blocks.heading("Inspection grades", grades_of(mine, choices.force.name, newest))
    names = {slug(cycle): f"PEEL {cycle}" for cycle in reversed(list(cycles["cycle"]))}
    picked = address.choose_one("cycle", "Cycle", names, slug(newest))
    cycle = next(cycle for cycle in cycles["cycle"] if slug(cycle) == picked)
    matrix(cycle, choices)
    spread_by_question(cycle, choices)
    spread_by_cycle(choices)


render()
