"""Files in which every row is at fault: the work of telling it does not grow with the rows."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

import etl.problems
from etl.paths import PROJECT
from etl.problems import MOST_ALIKE, MOST_SHOWN, Problem, Refused
from etl.sources import read_file
from tests.exampland import PAGE, MadeUp, save_csv

Rows = list[dict[str, str]]
# Rules that may speak of one file at once, each with its own problems.
RULES = 12
MANY = RULES * MOST_ALIKE * (MOST_SHOWN + 1)
FORCE, OTHER = "E99000001", "E99000002"
ROWS = {
    "peel_grades": (FORCE, "2021/22", "area", "Investigating crime", "Good", "graded", "2022-04-05", PAGE, "hmicfrs"),
    "peel_grade_counts": (FORCE, "2021/22", "2", "0", "1", "0", "0", "0", "2022-04-05", PAGE, "hmicfrs"),
    "child_protection_inspections": (
        "first", FORCE, "NCPI", "2021-03", "2020", "2019-07-20", "40", "90", "20", "10", "8", "", PAGE, "hmicfrs",
    ),
    "child_protection_grades": ("first", FORCE, "Care of children", "Good", PAGE),
    "child_protection_recommendations": ("first", "1", FORCE, "Immediately", "Missing children"),
    "monitoring_events": (FORCE, "Engage started", "", "2022-06", PAGE, "hmicfrs"),
    "looked_after_missing_wales": ("2024-03-31", "force", FORCE, "children_missing", "7", "reported"),
}  # fmt: skip


@pytest.fixture
def few(made_up: MadeUp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], int]:
    """``few(text)``: how many problems were made for a file."""
    made = [0]
    real = Problem.__init__

    def counted(self: Problem, *given: object, **named: object) -> None:
        made[0] += 1
        real(self, *given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(etl.problems.Problem, "__init__", counted)

    def read(text: str) -> int:
        path = tmp_path / "many.csv"
        path.write_text(text, encoding="utf-8")
        made[0] = 0
        with suppress(Refused):  # of a column that takes any words there is none
            read_file(path, made_up.reference)
        return made[0]

    return read


def header(publication: str) -> str:
    return (PROJECT / "data" / "templates" / f"{publication}.csv").read_text(encoding="utf-8").splitlines()[0]


@pytest.mark.parametrize("publication", ROWS)
def test_a_row_that_stands_thousands_of_times(publication: str, few: Callable[[str], int]) -> None:
    row = ",".join(ROWS[publication])
    assert 0 < few("\n".join([header(publication), *[row] * 4 * MANY])) < 4 * MANY


@pytest.mark.parametrize("publication", ROWS)
def test_a_column_with_another_fault_in_each_of_thousands_of_rows(publication: str, few: Callable[[str], int]) -> None:
    columns = header(publication).split(",")
    for column in range(len(columns)):
        before, after = ROWS[publication][:column], ROWS[publication][column + 1 :]
        rows = [",".join([*before, f"x-{number}", *after]) for number in range(5 * MANY)]
        assert few("\n".join([header(publication), *rows])) < 5 * MANY, columns[column]


@pytest.mark.parametrize("kind", ["dfe", "a3"])
def test_a_publishers_column_with_another_fault_in_each_row(
    kind: str, made_up: MadeUp, few: Callable[[str], int], tmp_path: Path
) -> None:
    rows = made_up.dfe_rows() if kind == "dfe" else made_up.nca_rows()
    rows *= 5 * MANY // len(rows) + 1
    for column in rows[0]:
        if column == "population":  # is left out
            continue
        text = save_csv([row | {column: f"x {n}"} for n, row in enumerate(rows)], tmp_path / "made.csv").read_text()
        assert few(text) < 5 * MANY, column
