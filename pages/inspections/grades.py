"""Grades: every force on every question of a cycle, how grades are spread, and one question from cycle to cycle."""

from __future__ import annotations

import streamlit as st

from insight.format import slug
from insight.views import grades
from insight.views.selection import Selection
from ui import blocks, url_state
from ui.data_access import context
from ui.selectors import selected
from ui.view import show
from vocabulary import PROTECTING

PARTS = {"forces": "Every force", "grades": "Grade by grade", "cycles": "Cycle by cycle", "totals": "Totals"}
Choice = dict[str, str]


def choices(selection: Selection, cycle: str) -> Choice:
    """What else the reader chose, each in the address."""
    read = context(selection)
    question = url_state.choose_one(
        "question", "Question", {grades.EVERY: "Every question", **grades.questions(read)}, grades.EVERY
    )
    region = url_state.choose_one("region", "Region", grades.regions(read, cycle), grades.EVERY)
    grade = url_state.choose_one("grade", "Grade", grades.held_grades(read, cycle, region), grades.EVERY)
    told = url_state.choose_one("sources", "Source", grades.sources(read, cycle), grades.EVERY)
    order = url_state.choose_one("order", "Order by", grades.orders(read, cycle, region), "name")
    return {"question": question, "region": region, "grade": grade, "told": told, "order": order}


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
    with st.container(horizontal=True, key="choices"):
        named = {key: f"PEEL {cycle}" for key, cycle in grades.cycles(read).items()}
        cycle = grades.cycles(read)[url_state.choose_one("cycle", "Cycle", named, slug(grades.newest_cycle(read)))]
        chosen = choices(selection, cycle)
    with top:
        blocks.heading("Inspection grades", grades.opening(read, cycle))
    question, region, grade, told = (chosen[name] for name in ("question", "region", "grade", "told"))
    st.markdown(grades.answer(read, cycle, region, grade, question, told))
    part = url_state.choose_one("part", "Show", PARTS, "forces")
    if part == "forces":
        show(grades.matrix, selection, cycle, region, grade, chosen["order"], question, told)
    elif part == "grades":
        show(grades.spread_by_question, selection, cycle, region, told)
    elif part == "cycles":
        one_question(selection, question, cycle, told)
    else:
        show(grades.announced, selection, cycle, region)


render()
