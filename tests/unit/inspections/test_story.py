"""One force's grades, inspections and monitoring as rows of one timeline."""

from datetime import date

import pandas as pd

from insight.inspections.monitoring import CONCERN, ENGAGE, spells
from insight.inspections.story import NOT_DATED, grades_sentence, story_rows
from vocabulary import PROTECTING

CYCLES = pd.DataFrame(
    {"cycle": ["2021/22", "2023-25"], "first_published": ["2021-10-28", "2024-03-12"], "last_published": ["2023-04-13", None]}
)
NO_INSPECTIONS = pd.DataFrame(columns=["kind"])
NO_EVENTS = pd.DataFrame(columns=["force_code", "force_name", "short_code", "date", "event", "topic"])


def graded(question: str, cycle: str, grade: str | None, published: str | None, source_kind: str) -> dict:
    return {
        "question": question,
        "short_title": question,
        "question_position": 1,
        "cycle": cycle,
        "cycle_position": ["2021/22", "2023-25"].index(cycle),
        "grade": grade,
        "published": published,
        "source_kind": source_kind,
    }


GRADES = pd.DataFrame(
    [
        graded(PROTECTING, "2021/22", "Inadequate", None, "press"),
        graded(PROTECTING, "2023-25", "Good", "2024-05-01", "hmicfrs"),
        graded("Something else", "2023-25", "Adequate", "2024-05-01", "hmicfrs"),
    ]
)


def rows(grades: pd.DataFrame) -> list[dict]:
    none = [spells(NO_EVENTS, kinds, date.max) for kinds in (ENGAGE, CONCERN)]
    return story_rows(grades, CYCLES, NO_INSPECTIONS, *none, NO_EVENTS).to_dict("records")


def test_a_grade_without_a_day_lies_within_the_days_on_which_its_cycle_was_published() -> None:
    undated, dated = rows(GRADES)
    assert (undated["start"], undated["end"]) == (date(2021, 10, 28), date(2023, 4, 13))
    assert undated["detail"] == f"PEEL 2021/22, as reported by the press, {NOT_DATED}"
    assert (dated["start"], dated["end"], dated["told_by"]) == (date(2024, 5, 1), date(2024, 5, 1), "hmicfrs")


def test_a_grade_of_a_cycle_that_is_not_over_and_has_no_day_is_not_drawn() -> None:
    assert len(rows(GRADES.assign(published=None))) == 1


def test_grades_are_told_newest_first() -> None:
    assert grades_sentence(GRADES) == "Protecting vulnerable people: good (2023-25) and inadequate (2021/22)."
    assert grades_sentence(GRADES.head(0)) == ""
