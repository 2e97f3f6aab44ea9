"""Grades: every force on every question of a cycle, how grades are spread, and one question from cycle to cycle."""

from __future__ import annotations

import streamlit as st

from insight.format import slug
from insight.views import grades
from insight.views.selection import Selection
from ui import blocks, url_state
from ui.data_access import made
from ui.raw_text import sentence
from ui.selectors import selected
from ui.tabs import tab
from ui.view import show
from vocabulary import PROTECTING

PARTS = {"forces": "Forces", "grades": "Grades", "cycles": "Cycles", "totals": "Totals"}
Choice = dict[str, str]
WIDTH = 165  # pixels: two beside one another on a phone


def choices(selection: Selection, part: str) -> Choice:
    """The cycle, question and grade that the page is about, and what else its views let choose, each in the address.

    Only what acts on the open part is shown; what the address says of the others holds for the part that it acts on.
    """
    named = {key: f"PEEL {cycle}" for key, cycle in made(grades.cycles, selection).items()}
    questions = made(grades.questions, selection)
    one = part == "cycles"  # it shows one question
    asked = questions if one else {grades.EVERY: "Every question", **questions}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        with st.container(width=WIDTH):
            newest = slug(made(grades.newest_cycle, selection))
            cycle = made(grades.cycles, selection)[url_state.choose_one("cycle", "Cycle", named, newest)]
        grade_place = st.container(width=WIDTH)
        with st.container(width=240):
            first = slug(PROTECTING) if one else grades.EVERY
            question = url_state.choose_one("question", "Question", asked, first, shown=one or part == "forces")
        with st.popover("More", width="content"):
            regions, read_where = made(grades.regions, selection, cycle), made(grades.sources, selection, cycle)
            region = url_state.choose_one("region", "Region", regions, grades.EVERY, shown=not one)
            told = url_state.choose_one("sources", "Source", read_where, grades.EVERY, shown=part != "totals")
            orders = made(grades.orders, selection, cycle, region)
            order = url_state.choose_one("order", "Order by", orders, "name", shown=part == "forces")
        with grade_place:
            held = made(grades.held_grades, selection, cycle, region)
            grade = url_state.choose_one("grade", "Grade", held, grades.EVERY, shown=part == "forces")
    return {"cycle": cycle, "question": question, "grade": grade, "region": region, "told": told, "order": order}


def one_question(selection: Selection, question: str, cycle: str, told: str) -> None:
    """One question over the cycles that asked it, newest first, in groups that may be compared."""
    name = made(grades.questions, selection)[question]
    show(grades.by_grade, selection, cycle, name, told)
    for group, why_parted in reversed(made(grades.groups_of_cycles, selection, name)):
        show(grades.over_cycles, selection, name, group, told)
        show(grades.moved_between_cycles, selection, name, group)
        if why_parted:
            st.caption(f"{group[0]} cannot be compared with the cycle before. {why_parted}")


def render() -> None:
    """The page."""
    selection = selected()
    top, above, answered = st.container(), st.container(), st.container()
    part = tab(PARTS)  # which choices act depends on it; they stand above it
    with above:
        chosen = choices(selection, part)
    cycle, question, region, grade, told = (chosen[name] for name in ("cycle", "question", "region", "grade", "told"))
    with top:
        blocks.heading("Inspection grades", made(grades.opening, selection, cycle))
    if part == "forces":
        if answer := made(grades.answer, selection, cycle, region, grade, question, told):
            answered.markdown(sentence(answer))
        show(grades.matrix, selection, cycle, region, grade, chosen["order"], question, told, heading=False)
    elif part == "grades":
        show(grades.spread_by_question, selection, cycle, region, told)
    elif part == "cycles":
        one_question(selection, question, cycle, told)
    else:
        show(grades.announced, selection, cycle, region)


render()
