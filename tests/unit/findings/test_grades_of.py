"""A force's grades of one cycle in a sentence, from grades by area and from announced numbers."""

from __future__ import annotations

import pandas as pd
import pytest

from insight.findings import cycle_of, grades_of

ORGANISATION = "North Sampleshire Police"
AREAS = ("Investigating crime", "Preventing crime", "Managing offenders")
ORDERS = {"Good": 1, "Inadequate": 4}


def sentence(*grades: str | None, announced: dict[str, int] | None = None) -> str:
    """The sentence on a cycle that asked as many questions as there are grades; None is a grade that was not found."""
    rows = [
        {
            "cycle": "2023-25", "level": "area", "question": area, "question_position": place, "grade": grade,
            "grade_order": ORDERS.get(str(grade)), "status": "graded" if grade else "not_found",
        }
        for place, (area, grade) in enumerate(zip(AREAS, grades, strict=False))
    ]  # fmt: skip
    counts = {"outstanding": 0, "good": 0, "adequate": 0, "requires_improvement": 0, "inadequate": 0, **(announced or {})}
    asked = pd.DataFrame(rows)
    told = pd.DataFrame([{"areas_graded": sum(counts.values()), **counts}] if announced else [])
    return grades_of(cycle_of(asked, asked[asked["grade"].notna()], told), ORGANISATION)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (sentence(None, None, None), f"We have found no grade of {ORGANISATION} in PEEL 2023-25."),
        (
            sentence("Good", "Inadequate", "Good"),
            f"In PEEL 2023-25, HMICFRS graded {ORGANISATION} “inadequate” in 1 and “good” in 2 of 3 areas.",
        ),
        (
            sentence("Good", "Inadequate", None),
            f"In PEEL 2023-25, HMICFRS graded {ORGANISATION} “inadequate” in 1 and “good” in 1 of the 2 areas whose grade we know.",
        ),
        (
            sentence(None, None, None, announced={"inadequate": 2, "good": 1}),
            f"In PEEL 2023-25, HMICFRS graded {ORGANISATION} “inadequate” in 2 and “good” in 1 of 3 areas. "
            "We do not know which areas.",
        ),
        (
            sentence("Inadequate", None, None, announced={"inadequate": 2, "good": 1}),
            f"In PEEL 2023-25, HMICFRS graded {ORGANISATION} “inadequate” in 2 and “good” in 1 of 3 areas. "
            "We do not know the areas of two of these grades.",
        ),
    ],
    ids=["none found", "all by area", "some by area", "numbers alone", "numbers and some by area"],
)  # fmt: skip
def test_the_sentence_says_what_is_known(said: str, expected: str) -> None:
    assert said == expected
