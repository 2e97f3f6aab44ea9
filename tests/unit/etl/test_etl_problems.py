"""Problems are told so that a person can act on them."""

from __future__ import annotations

import os

import pytest

from etl.problems import MOST_SHOWN, Problem, Refused, refuse
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
