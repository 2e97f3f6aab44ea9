"""Grades: every force on every question of a cycle, how grades are spread, and one question from cycle to cycle."""

from __future__ import annotations

import streamlit as st

from insight.format import slug
from insight.views import grades
from insight.views.selection import Selection
from ui import blocks, url_state
from ui.data_access import context
from ui.selectors import selected
from ui.tabs import tab
from ui.view import show
from vocabulary import PROTECTING

PARTS = {"forces": "Forces", "grades": "Grades", "cycles": "Cycles", "totals": "Totals"}
Choice = dict[str, str]
WIDTH = 165  # pixels: two beside one another on a phone


def choices(selection: Selection) -> Choice:
    """The cycle, question and grade that the page is about, and what else its views let choose, each in the address."""
    read = context(selection)
    named = {key: f"PEEL {cycle}" for key, cycle in grades.cycles(read).items()}
    every = {grades.EVERY: "Every question", **grades.questions(read)}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        with st.container(width=WIDTH):
            cycle = grades.cycles(read)[url_state.choose_one("cycle", "Cycle", named, slug(grades.newest_cycle(read)))]
        grade_place = st.container(width=WIDTH)
        with st.container(width=240):
            question = url_state.choose_one("question", "Question", every, grades.EVERY)
        with st.popover("More", width="content"):
            region = url_state.choose_one("region", "Region", grades.regions(read, cycle), grades.EVERY)
            told = url_state.choose_one("sources", "Source", grades.sources(read, cycle), grades.EVERY)
            order = url_state.choose_one("order", "Order by", grades.orders(read, cycle, region), "name")
        with grade_place:
            grade = url_state.choose_one("grade", "Grade", grades.held_grades(read, cycle, region), grades.EVERY)
    return {"cycle": cycle, "question": question, "grade": grade, "region": region, "told": told, "order": order}


def one_question(selection: Selection, question: str, cycle: str, told: str) -> None:
    """One question over the cycles that asked it, newest first, in groups that may be compared."""
    read = context(selection)
    name = PROTECTING if question == grades.EVERY else grades.questions(read)[question]
    show(grades.by_grade, selection, cycle, name, told)
    for group, why_parted in reversed(grades.groups_of_cycles(read, name)):
        show(grades.over_cycles, selection, name, group, told)
        show(grades.moved_between_cycles, selection, name, group)
        if why_parted:
            st.caption(f"{group[0]} cannot be compared with the cycle before. {why_parted}")


def render() -> None:
    """The page."""
    selection = selected()
    read = context(selection)
    top = st.container()
    chosen = choices(selection)
    cycle, question, region, grade, told = (chosen[name] for name in ("cycle", "question", "region", "grade", "told"))
    with top:
        blocks.heading("Inspection grades", grades.opening(read, cycle))
    answer = grades.answer(read, cycle, region, grade, question, told)
    if answer:
        st.markdown(answer)
    part = tab(PARTS)
    if part == "forces":
        show(grades.matrix, selection, cycle, region, grade, chosen["order"], question, told, heading=False)
    elif part == "grades":
        show(grades.spread_by_question, selection, cycle, region, told)
    elif part == "cycles":
        one_question(selection, question, cycle, told)
    else:
        show(grades.announced, selection, cycle, region)


render()
