"""Problems are told so that a person can act on them."""

from __future__ import annotations

import os
import random

import pytest

from etl.problems import MOST_ALIKE, MOST_SHOWN, Problem, Refused, by_row, problems_of_rows, refuse
from faults import readable


@pytest.mark.parametrize(
    ("problem", "said"),
    [
        (Problem("a.csv", "Wrong.", "Mend it."), "a.csv: Wrong. Mend it."),
        (Problem("a.csv", "Wrong.", "Mend it.", 3), "a.csv, row 3: Wrong. Mend it."),
        (Problem("a.csv", "Wrong.", "Mend it.", 3, "number", "-5"), "a.csv, row 3, column number, value '-5': Wrong. Mend it."),
        (Problem("a.csv", "Wrong.", "Mend it.", value=""), "a.csv, value '': Wrong. Mend it."),
    ],
)
def test_a_problem_names_what_is_known_of_its_place(problem: Problem, said: str) -> None:
    assert str(problem) == said


def test_a_long_value_is_cut_short() -> None:
    shown = str(Problem("a.csv", "Wrong.", "Mend it.", value="x" * 500))
    assert "x" * 79 + "…" in shown
    assert len(shown) < 130


def test_a_line_break_in_a_value_does_not_break_the_line() -> None:
    assert "\n" not in str(Problem("a.csv", "Wrong.", "Mend it.", value="one\ntwo"))


def test_a_report_shows_the_first_problems_and_counts_the_rest() -> None:
    problems = [Problem("a.csv", f"Wrong {row}.", "Mend it.", row) for row in range(1, MOST_SHOWN + 1_235)]
    lines = Refused(problems).report().splitlines()
    assert len(lines) == MOST_SHOWN + 1
    assert lines[0].startswith("a.csv, row 1:")
    assert lines[-1] == "… and 1,234 more of the same file or kind."


def test_one_fault_of_thousands_of_rows_takes_one_line_and_hides_no_other() -> None:
    same = [Problem("a.csv", "This year is out of range.", "Correct it.", row, "year", "2099") for row in range(2, 2_343)]
    other = Problem("a.csv", "Wrong.", "Mend it.", 9_000, "number", "-5")
    assert Refused([*same, other]).report().splitlines() == [
        "a.csv, row 2, column year, value '2099': This year is out of range. Correct it. (and 2,340 more rows)",
        str(other),
    ]


def test_a_fault_of_three_rows_is_told_row_by_row() -> None:
    problems = [Problem("a.csv", "Wrong.", "Mend it.", row, "year", "2099") for row in (2, 5, 9)]
    assert Refused(problems).report().splitlines() == [str(problem) for problem in problems]


def test_a_path_that_is_not_utf_8_can_be_printed() -> None:
    path = os.fsdecode(b"caf\xe9.csv")
    assert readable(path) == "caf\ufffd.csv"
    assert str(refuse(path, "Empty.", "Mend it.")).encode("utf-8")


def test_a_report_of_few_problems_shows_them_all() -> None:
    lines = Refused([Problem("a.csv", f"Wrong {row}.", "Mend it.", row) for row in range(MOST_SHOWN)]).report().splitlines()
    assert len(lines) == MOST_SHOWN


def test_a_refusal_of_a_file_as_a_whole_is_one_problem() -> None:
    refused = refuse("a.csv", "Empty.", "Download it again.")
    assert [str(problem) for problem in refused.problems] == ["a.csv: Empty. Download it again."]
    assert str(refused) == refused.report()


def test_of_many_rows_no_more_problems_are_made_than_are_told_and_the_report_is_that_of_all() -> None:
    chance = random.Random(14)
    for kinds in (1, 3, MOST_SHOWN - 1, MOST_SHOWN, MOST_SHOWN + 1, 500):
        faults = [(row, "number", f"v{chance.randrange(kinds)}", "Wrong.") for row in range(2, 900)]
        few = problems_of_rows("a.csv", "Mend it.", faults)
        every = [Problem("a.csv", why, "Mend it.", row, column, value) for row, column, value, why in faults]
        assert len(few) <= MOST_ALIKE * (MOST_SHOWN + 1)
        assert Refused(by_row(few)).report() == Refused(every).report()


def test_no_rows_have_no_problems() -> None:
    assert problems_of_rows("a.csv", "Mend it.", []) == []
