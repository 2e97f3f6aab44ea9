"""Our own layout: every rule refuses with file, row, column, value, what is wrong and how to mend it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from etl import tidy
from etl.dates import in_range
from etl.layout import DATE_REMEDY
from etl.problems import Problem, Refused
from etl.reference import Reference
from etl.tidy import COLUMNS, KEYS, read_tidy, tidy_text, validate, write_tidy

PUBLICATIONS = {
    "figures": "looked_after_missing/2024",
    "grades": "peel_grades/2025",
    "grade_counts": "peel_grade_counts/2025",
    "inspections": "child_protection_inspections/2025",
    "inspection_grades": "child_protection_grades/2025",
    "recommendations": "child_protection_recommendations/2025",
    "monitoring_events": "monitoring_events/2025",
}
NO_NUMBER = ("This is not a whole number.", "Write digits only, without separators or decimals.")
NEGATIVE = ("A count cannot be negative.", "Correct the number at its source.")
NO_FORCE = ("This is not one of the 43 force codes.", "Use a code of data/reference/forces.csv.")
NO_DATE = ("This is not a date.", DATE_REMEDY)
NO_DAY = ("There is no such day.", "Correct the date.")
NO_PAGE = ("This is not a web address.", "Give the page that the row was read from.")
OUT_OF_RANGE = ("This year is out of range.", "correct the year.")
EMPTY = ("This cell is empty.", "Fill it in.")


@pytest.fixture
def rows(made_up: Any) -> Callable[[str], pd.DataFrame]:
    """The rows of a grain as text, without a fault."""

    def read(grain: str) -> pd.DataFrame:
        path = made_up.folder.published / f"{PUBLICATIONS[grain]}.csv"
        return pd.read_csv(path, dtype="str", keep_default_na=False)

    return read


@pytest.fixture
def problems(tmp_path: Path, reference: Reference) -> Callable[..., list[Problem]]:
    """The problems of a file that has to be refused."""

    def read(frame: pd.DataFrame, grain: str) -> list[Problem]:
        path = tmp_path / "2024.csv"
        frame.to_csv(path, index=False)
        with pytest.raises(Refused) as refused:
            read_tidy(path, grain, reference)
        assert {problem.file for problem in refused.value.problems} == {str(path)}
        return refused.value.problems

    return read


@pytest.mark.parametrize("grain", PUBLICATIONS)
def test_what_is_written_is_read_back_and_written_the_same(grain: str, made_up: Any, tmp_path: Path) -> None:
    path = made_up.folder.published / f"{PUBLICATIONS[grain]}.csv"
    frame = read_tidy(path, grain, made_up.reference)
    assert list(frame.columns) == COLUMNS[grain]
    write_tidy(frame.sample(frac=1, random_state=1), tmp_path / "again.csv", grain)
    assert (tmp_path / "again.csv").read_bytes() == path.read_bytes()


@pytest.mark.parametrize(
    ("grain", "column", "value", "said"),
    [
        ("figures", "period_end", "2024", ("This is not a date.", "Write YYYY-MM-DD.")),
        ("figures", "period_end", "31/03/2024", ("This is not a date.", "Write YYYY-MM-DD.")),
        ("figures", "period_end", "2024-02-31", NO_DAY),
        ("figures", "period_end", "1066-03-31", ("This year is out of range.", "correct the year.")),
        ("figures", "period_end", "2099-03-31", ("This year is out of range.", "correct the year.")),
        ("figures", "area_level", "county", ("This is not an area level.", "Use one of: country, region, force")),
        ("figures", "area_code", "E99199999", ("This area is not known.", "data/reference/local_authorities.csv")),
        ("figures", "figure_id", "children_lost", ("This is not a base figure.", "See data/reference/figures.yaml.")),
        ("figures", "value", "-5", NEGATIVE),
        ("figures", "value", "1.5", NO_NUMBER),
        ("figures", "value", "1e3", NO_NUMBER),
        ("figures", "value", "1,234", NO_NUMBER),
        ("figures", "value", "many", NO_NUMBER),
        ("figures", "value", "9" * 20, NO_NUMBER),
        ("figures", "status", "hidden", ("This is not a status.", "See data/reference/statuses.yaml.")),
        ("grades", "force_code", "E00000000", NO_FORCE),
        ("grades", "cycle", "2022/23", ("This is not an inspection cycle.", "Use one of: 2014")),
        ("grades", "level", "question", ("This is not a level.", "Use pillar or area.")),
        ("grades", "question", "Good manners", ("This question is not known.", "data/reference/questions.yaml")),
        ("grades", "grade", "Excellent", ("This is not a grade.", "Use one of: Outstanding")),
        ("grades", "status", "suppressed", ("This is not a status.", "Use graded or not_graded.")),
        ("grades", "published", "in spring", NO_DATE),
        ("grades", "published", "0000", NO_DATE),
        ("grades", "published", "9999-12", NO_DATE),
        ("grades", "published", "2024-13", NO_DATE),
        ("grades", "published", "2023-02-29", NO_DAY),
        ("grades", "published", "1922", OUT_OF_RANGE),
        ("grades", "published", "2099-03", OUT_OF_RANGE),
        ("grade_counts", "published", "2009-12-31", OUT_OF_RANGE),
        ("inspections", "inspected_from", "1922-11-24", OUT_OF_RANGE),
        ("monitoring_events", "date", "2099", OUT_OF_RANGE),
        ("grades", "source_url", "example.org", NO_PAGE),
        ("grades", "source_url", "javascript:alert(1)", NO_PAGE),
        ("grades", "source_kind", "rumour", ("This is not a kind of source.", "Use one of: hmicfrs")),
        ("grade_counts", "areas_graded", "-1", NEGATIVE),
        ("grade_counts", "areas_graded", "7", ("The areas at each grade add up to 9, not to this number.", "Correct the total")),
        ("grade_counts", "good", "two", NO_NUMBER),
        ("inspections", "inspection_id", "First 2021", ("This is not a key.", "Use small letters, digits and hyphens.")),
        ("inspections", "kind", "Visit", ("This is not a kind.", "Use one of: NCPI")),
        ("inspections", "inspected_to", "2021-3", NO_DATE),
        ("inspections", "cases_audited", "-40", NEGATIVE),
        ("inspections", "cases_audited", "0", ("An audit of no case files is none.", "Leave the cell empty")),
        ("recommendations", "number", "0", ("Recommendations are numbered from 1.", "Correct the number")),
        ("inspection_grades", "grade", "good", ("This is not a grade.", "Use one of: Outstanding")),
        ("recommendations", "number", "first", NO_NUMBER),
        ("monitoring_events", "event", "Engage paused", ("This is not a kind of event.", "Use one of: Engage started")),
        ("monitoring_events", "date", "2022-06-31", NO_DAY),
    ],
)
def test_a_cell_that_breaks_a_rule_is_named_with_its_mend(
    grain: str, column: str, value: str, said: tuple[str, str], rows: Callable[..., pd.DataFrame], problems: Callable[..., Any]
) -> None:
    frame = rows(grain)
    at = len(frame) // 2
    frame.loc[at, column] = value
    found = problems(frame, grain)
    assert {(problem.row, problem.column, problem.value) for problem in found} == {(at + 2, column, value)}
    why, mend = said
    [problem] = [problem for problem in found if problem.why == why]
    assert mend in problem.mend
    report = str(problem)
    assert all(part in report for part in (f"row {at + 2}", f"column {column}", f"value {value!r}", why, mend))


@pytest.mark.parametrize(
    ("grain", "column"),
    [
        ("figures", "period_end"), ("figures", "status"), ("grades", "source_url"), ("grade_counts", "areas_graded"),
        ("inspections", "kind"), ("recommendations", "theme"), ("monitoring_events", "date"),
    ],
)  # fmt: skip
def test_a_cell_that_has_to_be_filled_and_is_empty_is_named(
    grain: str, column: str, rows: Callable[..., pd.DataFrame], problems: Callable[..., Any]
) -> None:
    frame = rows(grain)
    frame.loc[0, column] = ""
    assert (2, column, *EMPTY) in [(problem.row, problem.column, problem.why, problem.mend) for problem in problems(frame, grain)]


def test_a_reported_figure_without_a_value_is_refused(rows: Callable[..., pd.DataFrame], problems: Callable[..., Any]) -> None:
    frame = rows("figures")
    frame.loc[3, "value"] = ""
    [problem] = problems(frame, "figures")
    assert (problem.row, problem.column, problem.why) == (5, "value", "A reported figure has no value.")
    assert problem.mend == "Give the value or its status."


def test_a_value_that_is_not_reported_is_refused(rows: Callable[..., pd.DataFrame], problems: Callable[..., Any]) -> None:
    frame = rows("figures")
    frame.loc[3, "status"] = "suppressed"
    [problem] = problems(frame, "figures")
    assert (problem.row, problem.column, problem.value) == (5, "value", frame.loc[3, "value"])
    assert problem.why == "A figure that is not reported has a value."


@pytest.mark.parametrize("grain", PUBLICATIONS)
def test_a_row_that_stands_twice_is_named_by_its_key(
    grain: str, rows: Callable[..., pd.DataFrame], problems: Callable[..., Any]
) -> None:
    frame = rows(grain)
    again = pd.concat([frame, frame.iloc[[0]]], ignore_index=True)
    [problem] = problems(again, grain)
    key = ", ".join(str(frame.loc[0, column]) for column in KEYS[grain])
    assert (problem.row, problem.why) == (len(frame) + 2, f"This row gives {key} a second time.")
    assert problem.mend == "Keep one row of the two."


def test_a_part_above_its_whole_is_refused_with_both_numbers(
    rows: Callable[..., pd.DataFrame], problems: Callable[..., Any]
) -> None:
    frame = rows("figures")
    [at] = frame.index[
        (frame["area_code"] == "E99100301")
        & (frame["period_end"] == "2024-03-31")
        & (frame["figure_id"] == "children_missing_at_31_march")
    ]
    [whole] = frame[
        (frame["area_code"] == "E99100301")
        & (frame["period_end"] == "2024-03-31")
        & (frame["figure_id"] == "children_looked_after")
    ]["value"]
    frame.loc[at, "value"] = str(int(whole) + 1)
    [problem] = problems(frame, "figures")
    assert (problem.row, problem.column, problem.value) == (at + 2, "value", str(int(whole) + 1))
    assert problem.why == (
        f"children_missing_at_31_march of E99100301 in 2024-03-31 is above children_looked_after ({int(whole):,})."
    )
    assert problem.mend == "One of the two is wrong; ask the publisher."


@pytest.mark.parametrize(("above", "refused"), [(10, False), (11, True)])
def test_rounded_totals_may_exceed_each_other_by_their_rounding_only(
    above: int, refused: bool, rows: Callable[..., pd.DataFrame], tmp_path: Path, reference: Reference
) -> None:
    frame = rows("figures")
    nation = (frame["area_code"] == "E99900001") & (frame["period_end"] == "2024-03-31")
    whole = int(frame.loc[nation & (frame["figure_id"] == "children_missing"), "value"].iloc[0])
    frame.loc[nation & (frame["figure_id"] == "children_missing_more_than_once"), "value"] = str(whole + above)
    frame.to_csv(tmp_path / "2024.csv", index=False)
    if refused:
        with pytest.raises(Refused, match="is above children_missing"):
            read_tidy(tmp_path / "2024.csv", "figures", reference)
    else:
        read_tidy(tmp_path / "2024.csv", "figures", reference)


@pytest.mark.parametrize(("grade", "status"), [("", "graded"), ("Good", "not_graded")])
def test_grade_and_status_have_to_agree(
    grade: str, status: str, rows: Callable[..., pd.DataFrame], problems: Callable[..., Any]
) -> None:
    frame = rows("grades")
    frame.loc[1, ["grade", "status"]] = [grade, status]
    [problem] = problems(frame, "grades")
    assert (problem.row, problem.column, problem.why) == (3, "grade", "Grade and status do not agree.")


def test_a_question_that_the_cycle_does_not_ask_is_refused(
    rows: Callable[..., pd.DataFrame], problems: Callable[..., Any]
) -> None:
    frame = rows("grades")
    frame.loc[0, "cycle"] = "2014"
    [problem] = problems(frame, "grades")
    assert (problem.column, problem.why) == ("question", "The cycle 2014 does not ask this question.")


def test_nothing_is_of_a_day_to_come(rows: Callable[..., pd.DataFrame], problems: Callable[..., Any]) -> None:
    """A month or a year that is not over may be meant up to today."""
    today = date.today()
    frame = rows("monitoring_events")
    frame.loc[0, "date"] = (today + timedelta(days=1)).isoformat()
    [problem] = problems(frame, "monitoring_events")
    assert (problem.column, problem.why) == ("date", "This year is out of range.")


@pytest.mark.parametrize("length", [4, 7, 10])
def test_today_this_month_and_this_year_are_dates(
    length: int, rows: Callable[..., pd.DataFrame], tmp_path: Path, reference: Reference
) -> None:
    frame = rows("monitoring_events")
    frame.loc[0, "date"] = date.today().isoformat()[:length]
    frame.to_csv(tmp_path / "2025.csv", index=False)
    assert len(read_tidy(tmp_path / "2025.csv", "monitoring_events", reference)) == len(frame)


@pytest.mark.parametrize(
    ("inspected_from", "inspected_to", "published", "wrong"),
    [
        ("2023-08-24", "2023-07-04", "2023-11-24", "inspected_from (2023-08-24) is after inspected_to (2023-07-04)."),
        ("2023-03", "2023-07-04", "2023-06", "inspected_to (2023-07-04) is after published (2023-06)."),
        ("2024", "", "2023-06-30", "inspected_from (2024) is after published (2023-06-30)."),
        ("2023-07-04", "2023-07", "2023", ""),
        ("2023-07", "2023-07-01", "", ""),
    ],
)
def test_an_inspection_begins_before_it_ends_before_it_is_published(
    inspected_from: str, inspected_to: str, published: str, wrong: str,
    rows: Callable[..., pd.DataFrame], tmp_path: Path, reference: Reference,
) -> None:  # fmt: skip
    """As far as the less precise of two dates tells."""
    frame = rows("inspections")
    frame.loc[0, ["inspected_from", "inspected_to", "published"]] = [inspected_from, inspected_to, published]
    frame.to_csv(tmp_path / "2025.csv", index=False)
    if not wrong:
        read_tidy(tmp_path / "2025.csv", "inspections", reference)
        return
    with pytest.raises(Refused) as refused:
        read_tidy(tmp_path / "2025.csv", "inspections", reference)
    assert [(problem.row, problem.why) for problem in refused.value.problems] == [(2, wrong)]


def test_case_files_at_each_grade_are_not_more_than_were_audited(
    rows: Callable[..., pd.DataFrame], problems: Callable[..., Any]
) -> None:
    frame = rows("inspections")
    frame.loc[0, ["cases_audited", "cases_good", "cases_requires_improvement", "cases_inadequate"]] = ["10", "18", "30", "22"]
    [problem] = problems(frame, "inspections")
    assert (problem.row, problem.column, problem.value) == (2, "cases_audited", "10")
    assert problem.why == "The case files at each grade add up to 70, more than were audited."


@pytest.mark.parametrize("column", COLUMNS["figures"])
def test_a_missing_column_is_named(column: str, rows: Callable[..., pd.DataFrame], problems: Callable[..., Any]) -> None:
    [problem] = problems(rows("figures").drop(columns=column), "figures")
    assert (problem.row, problem.why) == (1, f"The column {column} is missing.")


def test_every_fault_of_a_file_is_told_in_the_order_of_its_rows(
    rows: Callable[..., pd.DataFrame], problems: Callable[..., Any]
) -> None:
    frame = rows("figures")
    frame.loc[7, "status"] = "hidden"
    frame.loc[2, "area_code"] = "E99199999"
    assert [(problem.row, problem.column) for problem in problems(frame, "figures")] == [(4, "area_code"), (9, "status")]


def test_a_file_that_is_not_utf_8_is_refused(tmp_path: Path, reference: Reference) -> None:
    (tmp_path / "2024.csv").write_bytes("période".encode("cp1252"))
    with pytest.raises(Refused, match=r"This file cannot be read: .*Restore it\."):
        read_tidy(tmp_path / "2024.csv", "figures", reference)


def test_a_fault_of_a_publishers_file_is_told_in_its_own_terms(
    released: Callable[..., pd.DataFrame], reference: Reference
) -> None:
    frame = released(("E99100301", "children_missing", -4)).assign(row=17, column="CLA_MissDuringYear", raw="-4 ")
    with pytest.raises(Refused) as refused:
        validate(frame, "figures", reference, "download.csv")
    [problem] = refused.value.problems
    assert (problem.file, problem.row, problem.column, problem.value) == ("download.csv", 17, "CLA_MissDuringYear", "-4 ")


def test_the_canonical_text_puts_totals_before_their_parts(released: Callable[..., pd.DataFrame]) -> None:
    frame = released(*((area, "children_missing", 1) for area in ("E99100301", "E99800001", "E99900001", "E99000001")))
    assert [line.split(",")[1] for line in tidy_text(frame, "figures").splitlines()[1:]] == [
        "country", "region", "force", "local_authority",
    ]  # fmt: skip


def test_rules_of_columns_are_made_once_and_asked_of_distinct_texts(made_up: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(tidy, "in_range", lambda text: bool(asked.append(text)) or in_range(text))
    frame = read_tidy(made_up.folder.published / f"{PUBLICATIONS['figures']}.csv", "figures", made_up.reference)
    assert len(frame) > len(asked)
    assert sorted(asked) == sorted(frame["period_end"].unique())
    assert tidy._schema("figures", made_up.reference) is tidy._schema("figures", made_up.reference)
