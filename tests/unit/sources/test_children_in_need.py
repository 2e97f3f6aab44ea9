"""The five tables of children in need, read by one reader that has an entry for each."""

from __future__ import annotations

import pytest

from etl.problems import Refused
from etl.reference import Reference
from etl.sources import children_in_need, read_file
from tests.unit.sources.conftest import in_need
from tests.unit.sources.kinds import Refusal, Rows, Save

PUBLICATIONS = [layout.publication for layout in children_in_need.LAYOUTS]
PARTS = {
    "referrals": ("rereferral_count", "re_referrals_within_12_months", "referrals"),
    "assessment_factors": ("Neglect", "assessments_neglect", "assessments_with_factors"),
    "section_47_enquiries": ("Section47_child", "children_subject_of_section_47", "section_47_enquiries"),
    "child_protection_plans_started": (
        "CPP_subsequent", "child_protection_plans_second_or_subsequent", "child_protection_plans_started",
    ),
}  # fmt: skip


@pytest.mark.parametrize("publication", PUBLICATIONS)
def test_the_columns_of_each_table_are_carried_over_and_no_others(publication: str, save: Save, reference: Reference) -> None:
    rows = in_need(publication, Days_made_up=3)
    [reading] = read_file(save(rows), reference)
    [layout] = [one for one in children_in_need.LAYOUTS if one.publication == publication]
    assert (reading.publication, reading.release) == (publication, "2025")
    assert set(reading.frame["figure_id"]) == layout.own
    assert len(reading.frame) == 2 * 8 * len(layout.own)
    assert "1 other columns left out." in reading.notes
    held = reading.frame.set_index(["period_end", "area_code", "figure_id"])
    for place, (name, (column,)) in enumerate((one, layout.columns[one]) for one in layout.columns if one in layout.own):
        region = held.loc[("2025-03-31", "E99800002", name)]
        assert (region["value"], region["column"]) == (2 * (400 - place), column)


def test_all_nineteen_factors_are_read() -> None:
    [factors] = [one for one in children_in_need.LAYOUTS if one.publication == "assessment_factors"]
    assert len(factors.own) == 19


def test_every_figure_of_a_table_is_one_of_its_publication(reference: Reference) -> None:
    for layout in children_in_need.LAYOUTS:
        known = {one.figure_id for one in reference.figures.values() if one.publication == layout.publication}
        assert layout.own == known


@pytest.mark.parametrize("publication", PARTS)
def test_a_part_above_its_whole_is_refused_at_its_cell(publication: str, save: Save, refusal: Refusal) -> None:
    column, part, whole = PARTS[publication]
    rows = in_need(publication)
    rows[4][column] = "401"
    report = refusal(save(rows))
    assert f"row 6, column {column}, value '401': {part} of E99100002 in 2024-03-31 is above {whole} (400)." in report
    assert "ask the publisher" in report


@pytest.mark.parametrize(
    ("cell", "why"),
    [("12.5", "A count cannot have decimals."), ("q", "This is neither a count nor a known symbol."), ("", "The cell is empty.")],
)
def test_a_cell_that_is_no_count_is_refused_with_row_column_value_and_remedy(
    cell: str, why: str, save: Save, refusal: Refusal
) -> None:
    rows = in_need("section_47_enquiries")
    rows[3]["ICPC_child"] = cell
    report = refusal(save(rows))
    assert f"row 5, column ICPC_child, value '{cell}': {why}" in report
    assert "symbol" in report or "publisher's file" in report


def test_a_count_that_was_changed_shows_in_the_sum_of_its_region(save: Save, refusal: Refusal) -> None:
    rows = in_need("child_protection_plans_at_31_march")
    rows[5]["CPP_At31"] = "300"
    expected = "The authorities of E99800001 add up to 1,100 children_on_child_protection_plan_at_31_march in 2024"
    assert expected in refusal(save(rows))


def test_signs_of_the_publisher_are_statuses(save: Save, reference: Reference) -> None:
    rows = in_need("child_protection_plans_started")
    rows[3]["CPP_subsequent"], rows[4]["CPP_subsequent"], rows[5]["CPP_subsequent"] = "c", "u", "x"
    [reading] = read_file(save(rows), reference)
    held = reading.frame.set_index(["period_end", "area_code", "figure_id"])["status"]
    said = [
        held["2024-03-31", code, "child_protection_plans_second_or_subsequent"]
        for code in ("E99100001", "E99100002", "E99100003")
    ]
    assert said == ["suppressed", "low_reliability", "not_available"]


@pytest.mark.parametrize("publication", PUBLICATIONS)
def test_a_table_cut_off_within_a_year_is_refused(publication: str, save: Save, refusal: Refusal) -> None:
    rows = in_need(publication)
    for kept in (3, len(rows) - 1):
        assert "download" in refusal(save(rows[:kept]))


def test_a_table_without_one_of_its_columns_names_it_and_no_other_table_takes_it(save: Save, refusal: Refusal) -> None:
    rows = in_need("section_47_enquiries")
    report = refusal(save(rows, header=[name for name in rows[0] if name != "ICPC_child"]))
    assert "row 1, column ICPC_child: This looks like DfE children in need, table C4" in report


@pytest.mark.slow
def test_a_file_of_assessment_factors_cut_off_at_the_end_of_a_line_is_refused(
    factors: Rows, save: Save, reference: Reference
) -> None:
    for rows in range(1, len(factors)):
        if rows != len(factors) // 2:  # a whole year is whole
            with pytest.raises(Refused):
                read_file(save(factors[:rows]), reference)
