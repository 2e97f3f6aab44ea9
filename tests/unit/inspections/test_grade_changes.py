"""Nothing is compared across a seam: neither in data nor in figures."""

import re

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from insight.inspections.grade_changes import HIGHER, LOWER, NOT_KNOWN, SAME, changes, changes_sentence, comparable_pairs, moves
from insight.inspections.grade_tables import force_grades
from insight.tables.render_html import render_html

SCALE = ["Outstanding", "Good", "Adequate", "Requires improvement", "Inadequate"]


def test_only_cycles_that_may_be_compared_are_paired(cycles) -> None:
    assert comparable_pairs(cycles) == [("c1", "c2")]


def test_a_change_knows_its_direction(grade, cycles) -> None:
    rows = [
        grade("c1", "Good", "Care"), grade("c2", "Inadequate", "Care"),
        grade("c1", "Good", "Calls"), grade("c2", "Outstanding", "Calls"),
        grade("c1", "Good", "Cases"), grade("c2", "Good", "Cases"),
        grade("c1", "Good", "Crime"), grade("c2", None, "Crime"),
    ]  # fmt: skip
    found = changes(pd.DataFrame(rows), cycles)
    assert dict(zip(found["question"], found["change"], strict=True)) == {
        "Care": LOWER,
        "Calls": HIGHER,
        "Cases": SAME,
        "Crime": NOT_KNOWN,
    }


@given(
    st.lists(st.sampled_from([None, True, False]), min_size=2, max_size=6),
    st.lists(st.sampled_from([None, *SCALE]), min_size=6, max_size=6),
)
def test_no_change_is_ever_computed_across_a_seam(comparable, held) -> None:
    names = [f"c{index}" for index in range(len(comparable))]
    frame = pd.DataFrame(
        {"cycle": names, "position": range(len(names)), "comparable_with_previous": pd.Series(comparable, dtype="object")}
    )
    rows = [
        {
            "force_code": "X1", "force_name": "Exampleshire", "question": "Care", "question_position": 1, "cycle": cycle,
            "grade": grade, "grade_order": SCALE.index(grade) + 1 if grade else None,
        }
        for cycle, grade in zip(names, held, strict=False)
    ]  # fmt: skip
    allowed = {(names[index - 1], names[index]) for index in range(1, len(names)) if comparable[index] is True}
    found = changes(pd.DataFrame(rows), frame)
    assert set(zip(found["from_cycle"], found["to_cycle"], strict=True)) == allowed


def test_a_cycle_between_is_not_leapt_over(grade, cycles) -> None:
    rows = pd.DataFrame([grade("c1", "Good"), grade("c3", "Inadequate"), grade("c4", "Good")])
    assert changes(rows, cycles).empty


def test_moves_are_counted_by_question_and_pair(grade, cycles) -> None:
    rows = [
        grade(cycle, value, force_code=f"X{force}")
        for force, pair in enumerate((("Good", "Good"), ("Good", "Inadequate"), (None, "Good")))
        for cycle, value in zip(("c1", "c2"), pair, strict=True)
    ]
    assert moves(changes(pd.DataFrame(rows), cycles)).plain().to_dict("records") == [
        {"Question": "Care", "From": "c1", "To": "c2", HIGHER: 0, SAME: 1, LOWER: 1, NOT_KNOWN: 1}
    ]


def test_the_sentence_names_each_change_with_its_cycles(grade, cycles) -> None:
    said = changes_sentence(changes(pd.DataFrame([grade("c1", "Good"), grade("c2", "Inadequate"), grade("c3", "Good")]), cycles))
    assert "Care from “good” (c1) to “inadequate” (c2)" in said
    assert "c3" not in said
    assert "grades changed once and" in said


def test_the_sentence_says_when_nothing_can_be_compared(grade, cycles) -> None:
    assert "We do not know grades of two cycles" in changes_sentence(
        changes(pd.DataFrame([grade("c3", "Good"), grade("c4", "Good")]), cycles)
    )


def test_the_table_draws_a_line_at_every_seam_and_nowhere_else(grade, cycles, words) -> None:
    questions = pd.DataFrame({"question": ["Care"], "position": [1], "cycles": [["c1", "c3"]]})
    table = force_grades(pd.DataFrame([grade("c1", "Good"), grade("c3", "Good")]), cycles, questions, words, "Grades")
    heads = re.findall(r"<th scope=\"col\"([^>]*)>([^<]*)</th>", render_html(table))
    assert [name for marks, name in heads if "seam" in marks] == ["c3", "c2"]  # newest first
