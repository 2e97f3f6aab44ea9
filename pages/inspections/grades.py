"""Grades: every force on every question of a cycle, and how grades are spread from cycle to cycle."""

from __future__ import annotations

import streamlit as st

from insight.format import slug
from insight.views import grades
from insight.views.selection import Selection
from ui import blocks, url_state
from ui.data_access import context
from ui.selectors import selected
from ui.view import show


def one_cycle(selection: Selection) -> None:
    """Every force on every question of the chosen cycle."""
    read = context(selection)
    cycles = grades.cycles(read)
    left, right = st.columns(2)
    with left:
        named = {key: f"PEEL {cycle}" for key, cycle in cycles.items()}
        cycle = cycles[url_state.choose_one("cycle", "Cycle", named, slug(grades.newest_cycle(read)))]
    with right:
        region = url_state.choose_one("region", "Region", grades.regions(read, cycle), grades.EVERY)
    left, right = st.columns(2)
    with left:
        grade = url_state.choose_one("grade", "Grade", grades.held_grades(read, cycle, region), grades.EVERY)
    with right:
        order = url_state.choose_one("order", "Order by", grades.orders(read, cycle, region), "name")
    show(grades.matrix, selection, cycle, region, grade, order)
    show(grades.spread_by_question, selection, cycle, region)
    show(grades.announced, selection, cycle, region)


def one_question(selection: Selection) -> None:
    """One question over the cycles that asked it, in groups that may be compared."""
    read = context(selection)
    questions = grades.questions(read)
    question = questions[url_state.choose_one("question", "Question", questions, "protecting-vulnerable-people")]
    for group, why_parted in grades.groups_of_cycles(read, question):
        if why_parted:
            st.warning(f"Not comparable with the cycle before. {why_parted}", icon=":material/horizontal_rule:")
        show(grades.over_cycles, selection, question, group)
        show(grades.moved_between_cycles, selection, question, group)


def render() -> None:
    """The page."""
    selection = selected()
    blocks.heading("Inspection grades", grades.opening(context(selection)))
    one_cycle(selection)
    one_question(selection)


render()
