"""Grades: every force on every question of a cycle, and how grades are spread from cycle to cycle."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from insight.charts.grade_counts import grade_counts_strip
from insight.findings import grades_of
from insight.format import listed, slug
from insight.inspections.grade_changes import changes, moves
from insight.inspections.grade_tables import MARKS_KEY, matrix_html
from insight.inspections.grades import (
    at_a_glance,
    comparable_groups,
    counts_to_read,
    distribution,
    force_orders,
    grades_to_take_away,
    incomplete,
    known_sentence,
    sorted_forces,
)
from insight.queries import inspections
from insight.views.selection import Selection
from ui import blocks, charts, chosen_figures, url_state
from ui.data_access import ask
from ui.selectors import selected
from ui.table import listing

EVERY = "every"


def regional(cycle: str) -> tuple[pd.DataFrame, str]:
    """Grades of the cycle in the region that the reader chose, and the name of that place."""
    grades = ask(inspections.grades, cycle, None)
    regions = {EVERY: "Every region", **{slug(name): name for name in sorted(grades["region"].unique())}}
    region = url_state.choose_one("region", "Region", regions, EVERY)
    if region == EVERY:
        return grades, "England and Wales"
    return grades[grades["region"] == regions[region]], regions[region]


def filtered(grades: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    """Grades of the forces that the reader's filter leaves, and the order of rows."""
    grade_column, order_column = st.columns(2)
    found = list(dict.fromkeys(grades.sort_values("grade_order")["grade"].dropna()))
    wanted = {EVERY: "Any grade", **{slug(name): f"At least one {name.lower()}" for name in found}}
    with grade_column:
        grade = url_state.choose_one("grade", "Grade", wanted, EVERY)
    with order_column:
        order = url_state.choose_one("order", "Order by", force_orders(grades), "name")
    if grade != EVERY:
        holders = grades.loc[grades["grade"].map(slug, na_action="ignore") == grade, "force_code"]
        grades = grades[grades["force_code"].isin(holders)]
    return grades, order


def matrix(cycle: str, every: pd.DataFrame, place: str, selection: Selection) -> None:
    """Forces and questions of a cycle as a table whose cells open their source."""
    st.header(f"What grade did each force get on each question in {cycle}?", anchor=False)
    grades, order = filtered(every)
    st.markdown(known_sentence(every, place))
    rows = sorted_forces(grades, order)
    said = force_orders(every).get(order, "Name").lower()
    caption = f"Grades of {len(rows)} forces in {cycle}, order: {said}. Each letter opens the page it was read from."
    sorting = "ascending" if order == "name" else ""
    questions = ask(inspections.questions)
    listing(matrix_html(grades, questions, rows, selection.force.code, chosen_figures.grade_words(), caption, sorting))
    blocks.grade_key(ask(inspections.grade_scale), ask(inspections.grade_statuses))
    st.caption(MARKS_KEY)
    st.caption(chosen_figures.inspection_source())
    with st.expander("Table and download"):
        columns = ["force_name", "region", "cycle", "question", "grade", "status", "published", "told_by"]
        taken, name = grades_to_take_away(grades), ("grades", slug(cycle), slug(place))
        title = f"Grades of {cycle}, {place}, as figures to take away"
        blocks.table_with_download(taken[columns], name, taken, title=title, source=chosen_figures.inspection_source())


def spread_by_question(cycle: str, grades: pd.DataFrame, place: str, selection: Selection) -> None:
    """How many forces stand at each grade of each question of the cycle."""
    counted = distribution(grades, "short_title")
    title = f"How are the grades of {cycle} spread over forces in {place}?"
    wide, narrow = charts.grade_spread(title, grades, "short_title", selection)
    table = at_a_glance(counted, "short_title", "Question")
    known = [f"{row['Question']} {row['Known']} of {row['Forces']}" for row in table.to_dict("records")]
    notes = [f"Forces whose grade is known: {', '.join(known)}."]
    blocks.chart(wide, table, chosen_figures.inspection_source(), ("spread", slug(cycle), slug(place)), notes, narrow=narrow)


def announced(cycle: str, grades: pd.DataFrame, selection: Selection) -> None:
    """Numbers of areas at each grade as announced, where grades by area are not all known."""
    found = incomplete(grades, ask(inspections.grade_counts, cycle, None))
    if found.empty:
        return
    strip = grade_counts_strip(
        found,
        title=f"How many areas at each grade were announced in {cycle}, where we do not know them all by area?",
        empty="No numbers were announced.",
        my_force=selection.force.code,
    )
    named = set(found["force_code"])
    lacking = grades[(grades["status"] == "not_found") & ~grades["force_code"].isin(named)]
    rest = sorted(lacking["force_name"].unique())
    notes = [f"Not even the numbers are in our sources for {listed(rest)}."] if rest else []
    blocks.chart(strip, counts_to_read(found), chosen_figures.inspection_source(), ("announced", slug(cycle)), notes, found)


def spread_by_cycle(selection: Selection) -> None:
    """One question over the cycles that asked it, in groups that may be compared."""
    questions, cycles = ask(inspections.questions), ask(inspections.cycles)
    names = {slug(name): name for name in questions["question"]}
    with st.container():
        picked = url_state.choose_one("question", "Question", names, "protecting-vulnerable-people")
    grades = ask(inspections.grades, None, None)
    grades = grades[grades["question"] == names[picked]]
    seams = ask(inspections.seams)
    for group in comparable_groups(cycles, grades):
        same = grades[grades["cycle"].isin(group)]
        counted = distribution(same, "cycle")
        span = group[0] if len(group) == 1 else f"{group[0]} to {group[-1]}"
        wide, narrow = charts.grade_spread(f"{names[picked]}: how were forces graded in {span}?", same, "cycle", selection)
        for reason in seams.loc[seams["cycle"] == group[0], "reason"]:
            st.warning(f"Not comparable with the cycle before. {reason}", icon=":material/horizontal_rule:")
        read, name = at_a_glance(counted, "cycle", "Cycle"), ("cycles", picked, slug(group[0]))
        blocks.chart(wide, read, chosen_figures.inspection_source(), name, narrow=narrow)
        moved(changes(same, cycles), names[picked], (picked, slug(group[0])))


def moved(changed: pd.DataFrame, question: str, name: tuple[str, str]) -> None:
    """How many forces got another grade from cycle to cycle, only where cycles may be compared."""
    if changed.empty:
        return
    title = f"{question}: how many forces got a higher, the same or a lower grade from one cycle to the next?"
    st.markdown(f"**{title}**")
    blocks.table_with_download(moves(changed), ("moves", *name), changed, title=title, source=chosen_figures.inspection_source())
    st.caption("Only between cycles that the inspectorate lets be compared. A place on the scale is compared, nothing averaged.")


def render() -> None:
    """The page."""
    selection = selected()
    cycles = ask(inspections.cycles)
    newest = cycles.iloc[-1]["cycle"]
    mine = ask(inspections.grades, newest, selection.force.code)
    blocks.heading("Inspection grades", grades_of(mine, selection.force.name, newest))
    names = {slug(cycle): f"PEEL {cycle}" for cycle in reversed(list(cycles["cycle"]))}
    cycle_column, region_column = st.columns(2)
    with cycle_column:
        picked = url_state.choose_one("cycle", "Cycle", names, slug(newest))
    cycle = next(cycle for cycle in cycles["cycle"] if slug(cycle) == picked)
    with region_column:
        grades, place = regional(cycle)
    matrix(cycle, grades, place, selection)
    spread_by_question(cycle, grades, place, selection)
    announced(cycle, grades, selection)
    spread_by_cycle(selection)


render()
