"""A column that the publisher renamed is read under its new name; a file of another topic is told what it is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from etl.problems import Refused
from etl.reference import Reference
from etl.sources import SOURCES, read_file
from tests.unit.sources.kinds import Refusal, Rows, Save

PLACE = "time_period,time_identifier,geographic_level,country_code,country_name,region_code,region_name,old_la_code,la_name,new_la_code"
NATION = "Reporting year,National,E92000001,England,,,,"
# As published: the first rows of release 2025, cut off; a row of another publication of the same service.
CUT_OFF = f"""{PLACE},missing_status,number
2025,{NATION},,Average number of away from placement without authorisation incidents per looked after child,4.5
2025,{NATION},,Average number of missing incidents per looked after child who went missing,6.8
2025,{NATION},,Children away from placement without authorisation at 31 March,60
2025,{NATION},,Children looked after during the year,115410
2025,{NATION},,Children missing at 31 March,220
"""
STAY_PUT = f"""{PLACE},age,stay_put,number,percentage
2024,{NATION},,Aged 18,Total living with former foster carers in the current year,2270,62
"""


def renamed(rows: Rows, **names: str) -> Rows:
    return [{names.get(column, column): cell for column, cell in row.items()} for row in rows]


def test_the_newer_name_of_a_column_is_read_as_the_older_one(looked_after: Rows, save: Save, reference: Reference) -> None:
    [older] = read_file(save(looked_after), reference)
    [newer] = read_file(save(renamed(looked_after, CLA_group="missing_status")), reference)
    assert newer.frame.equals(older.frame)


def test_the_cut_off_release_of_2025_is_recognised_and_refused_as_cut_off_only(tmp_path: Path, real_reference: Reference) -> None:
    path = tmp_path / "download.csv"
    path.write_text(CUT_OFF, encoding="utf-8")
    with pytest.raises(Refused) as refused:
        read_file(path, real_reference)
    assert {problem.column for problem in refused.value.problems} == {"missing_status"}
    assert all("cut off" in problem.mend for problem in refused.value.problems)


def test_a_name_that_is_not_known_is_told_which_names_are_taken(looked_after: Rows, save: Save, refusal: Refusal) -> None:
    report = refusal(save(renamed(looked_after, CLA_group="missing_state")))
    assert "row 1, column CLA_group: This looks like DfE looked-after children missing" in report
    assert "taken for it is the name CLA_group or missing_status (from the release of 2025)" in report
    assert "not known in this file: missing_state." in report


@pytest.mark.parametrize(
    ("rows", "column", "names"),
    [
        ("older", "CLA_MissIncs", "CLA_MissIncs or Miss_Miss_Incs (from the release of 2017)"),
        ("factors", "Going_missing", "Going_missing"),
        ("population", "population_estimate", "population_estimate"),
        ("table_b1", "calls_recorded", "calls_recorded or missing related calls or calls"),
    ],
)
def test_every_reader_says_which_names_it_takes(
    rows: str, column: str, names: str, save: Save, refusal: Refusal, request: pytest.FixtureRequest
) -> None:
    report = refusal(save(renamed(request.getfixturevalue(rows), **{column: "renamed_by_them"})), 2016)
    assert f"taken for it is the name {names}; not known in this file: " in report
    assert "renamed_by_them" in report


def test_every_later_name_is_a_spelling_of_its_layout() -> None:
    layouts = [layout for source in SOURCES for layout in source.LAYOUTS]
    assert any(layout.since for layout in layouts)
    for layout in layouts:
        assert set(layout.since) <= {name for names in layout.columns.values() for name in names[1:]}


@pytest.mark.parametrize("name", ["CLA_group", "missing_status"])
def test_national_figures_by_breakdown_are_another_publication(
    name: str, looked_after: Rows, save: Save, refusal: Refusal
) -> None:
    rows = [{**row, "breakdown": "Total"} for row in renamed(looked_after, CLA_group=name)]
    report = refusal(save(rows))
    assert "This is another publication, England's figures by age, placement and the like" in report
    narrow = [column for column in rows[0] if not column.startswith(("region", "old_la", "la_", "new_la"))]
    assert "by age, placement and the like" in refusal(save(rows, header=narrow))


def test_a_file_of_another_topic_is_not_told_to_restore_a_column(tmp_path: Path, refusal: Refusal) -> None:
    path = tmp_path / "download.csv"
    path.write_text(STAY_PUT, encoding="utf-8")
    report = refusal(path)
    assert "This is another publication, not one that is read here. It has the columns age, stay_put, percentage." in report
    assert "Restore" not in report
    assert "Recognised are: DfE looked-after" in report


def test_estimates_of_other_ages_are_not_told_to_restore_a_column(population: Rows, save: Save, refusal: Refusal) -> None:
    rows = [
        {**row, "sex": "Total", "age_group": "Aged 18 to 24"} for row in renamed(population, population_estimate="number_neet")
    ]
    report = refusal(save(rows))
    assert "This is another publication, not one that is read here. It has the columns number_neet, sex." in report
    assert "Restore" not in report


@pytest.mark.parametrize("rows", ["looked_after", "factors", "population"])
def test_a_file_that_counts_a_part_of_the_children_is_refused_at_the_column_that_says_so(
    rows: str, request: pytest.FixtureRequest, save: Save, reference: Reference
) -> None:
    """Girls only, with the columns of the file of every child: nothing else in it says that it is another."""
    published: Rows = request.getfixturevalue(rows)
    with pytest.raises(Refused) as refused:
        read_file(save([{**row, "sex": "Female"} for row in published]), reference)
    assert {problem.column for problem in refused.value.problems} == {"sex"}
    assert refused.value.problems[0].value == "Female"
    [whole] = read_file(save([{**row, "sex": "Total"} for row in published]), reference)
    assert len(whole.frame)
