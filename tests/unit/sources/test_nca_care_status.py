"""Table F1 of the National Crime Agency: children reported missing, in care and not in care."""

from __future__ import annotations

from pathlib import Path

import pytest

from etl.reference import Reference
from etl.sources import read_file
from tests.unit.sources.kinds import Refusal, Rows, Save

COLUMNS = ("care_incidents", "care_individuals", "care_ratio", "not_care_incidents", "not_care_individuals", "not_care_ratio")


@pytest.fixture
def table_f1() -> Rows:
    """Made-up forces: one whole with a footnote mark, one without any figure, one with incidents alone."""
    cells = {
        "Exampleshire 2": ("1,936", "256", "7.6", "861", "409", "2.1"),
        "Sampleton": ("x", "x", "x", "x", "x", "x"),
        "Northmoor 2, 3": ("112", "x", "x", "x", "x", "x"),
        "Southmoor": ("0", "0", "0", "1", "1", "1"),
    }
    return [{"police_force": name, **dict(zip(COLUMNS, row, strict=True))} for name, row in cells.items()]


def test_counts_are_carried_over_and_averages_left_out(table_f1: Rows, save: Save, reference: Reference) -> None:
    [reading] = read_file(save(table_f1, "table_f1.csv"), reference, year=2022)
    assert (reading.publication, reading.release) == ("police_missing_care_status", "2022")
    rows = reading.frame.set_index(["area_code", "figure_id"])
    assert rows.loc[("E99000001", "police_incidents_in_care"), "value"] == 1936
    assert rows.loc[("E99000001", "police_children_not_in_care"), "value"] == 409
    assert rows.loc[("E99000003", "police_incidents_in_care"), "value"] == 112
    assert rows.loc[("E99000003", "police_children_in_care"), "status"] == "not_available"
    assert set(reading.frame["period_end"]) == {"2022-03-31"}
    assert len(rows) == 4 * 4
    assert "Columns left out: care_ratio, not_care_ratio." in reading.notes


def test_the_year_is_asked_for_where_nothing_says_it(table_f1: Rows, save: Save, refusal: Refusal) -> None:
    assert "does not say its year" in refusal(save(table_f1, "table_f1.csv"))


def test_more_children_than_incidents_are_refused(table_f1: Rows, save: Save, reference: Reference, refusal: Refusal) -> None:
    table_f1[0]["care_individuals"] = "2,000"
    report = refusal(save(table_f1, "table_f1.csv"), 2022)
    assert "row 2, column care_individuals, value '2,000': police_children_in_care of E99000001" in report


def test_a_force_that_is_absent_and_a_column_that_is_missing_are_refused(table_f1: Rows, save: Save, refusal: Refusal) -> None:
    assert "There is no row of Southmoor." in refusal(save(table_f1[:-1], "table_f1.csv"), 2022)
    without = [{name: cell for name, cell in row.items() if name != "not_care_incidents"} for row in table_f1]
    assert "column not_care_incidents: This looks like NCA missing persons data report, table F1" in refusal(
        save(without, "table_f1.csv"), 2022
    )


def test_a_table_that_says_that_it_is_of_adults_is_refused(table_f1: Rows, tmp_path: Path, refusal: Refusal) -> None:
    lines = ["Table F1: Missing adults in care, 2021/22", ",".join(table_f1[0])]
    lines += [",".join(f'"{cell}"' for cell in row.values()) for row in table_f1]
    path = tmp_path / "book.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert "adults" in refusal(path)
