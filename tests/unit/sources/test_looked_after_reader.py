"""Looked-after children who went missing, in the layout of explore education statistics."""

from __future__ import annotations

import pytest

from etl.reference import Reference
from etl.sources import read_file
from tests.unit.sources.kinds import Refusal, Rows, Save

INCIDENTS = "Number of missing incidents during the year"


def find(rows: Rows, label: str, code: str = "E99100003", year: str = "2024") -> dict[str, str]:
    [row] = [
        row
        for row in rows
        if row["CLA_group"] == label and code in (row["new_la_code"] or row["region_code"] or row["country_code"])
        and row["time_period"] == year
    ]  # fmt: skip
    return row


def test_a_file_gives_counts_of_every_area_and_year_and_is_named_after_its_newest_year(
    looked_after: Rows, save: Save, reference: Reference
) -> None:
    [reading] = read_file(save(looked_after), reference)
    assert (reading.publication, reading.release) == ("looked_after_missing", "2024")
    assert set(reading.frame["period_end"]) == {"2023-03-31", "2024-03-31"}
    assert len(reading.frame) == 2 * 8 * 9
    figures = reading.frame.set_index(["period_end", "area_code", "figure_id"])["value"]
    assert figures["2024-03-31", "E99100003", "missing_incidents"] == 60
    assert figures["2024-03-31", "E99800001", "children_looked_after"] == 300
    assert figures["2023-03-31", "E99900001", "children_away_at_31_march"] == 5


def test_averages_and_percentages_are_left_out_and_counted(looked_after: Rows, save: Save, reference: Reference) -> None:
    [reading] = read_file(save(looked_after), reference)
    assert reading.left_out == 2 * 8 * 2
    assert "32 rows of averages and percentages left out" in reading.notes[0]


def test_a_figure_is_found_again_in_the_original(looked_after: Rows, save: Save, reference: Reference) -> None:
    path = save(looked_after)
    [reading] = read_file(path, reference)
    lines = path.read_text(encoding="utf-8").splitlines()
    for figure in reading.frame.head(40).to_dict("records"):
        line = lines[figure["row"] - 1]
        assert line.endswith("," + figure["raw"])
        assert figure["area_code"] in line
        assert figure["column"] == "number"


@pytest.mark.parametrize("spelled", ["CLA_group", "cla_group"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_the_case_of_cla_group_a_byte_order_mark_and_the_order_of_columns_do_not_matter(
    looked_after: Rows, save: Save, reference: Reference, spelled: str, encoding: str
) -> None:
    [plain] = read_file(save(looked_after), reference)
    rows = [{spelled if name == "CLA_group" else name: cell for name, cell in row.items()} for row in looked_after]
    [reading] = read_file(save(rows, encoding=encoding, header=sorted(rows[0])), reference)
    assert reading.frame.equals(plain.frame)


def test_case_and_spaces_of_a_label_do_not_matter(looked_after: Rows, save: Save, reference: Reference) -> None:
    [plain] = read_file(save(looked_after), reference)
    rows = [{**row, "CLA_group": row["CLA_group"].upper().replace(" ", "  ") + " "} for row in looked_after]
    [reading] = read_file(save(rows), reference)
    assert reading.frame.equals(plain.frame)


@pytest.mark.parametrize(
    ("symbol", "status"),
    [
        ("c", "suppressed"),
        ("x", "not_available"),
        ("z", "not_applicable"),
        ("u", "low_reliability"),
        ("[c]", "suppressed"),
    ],
)
def test_a_symbol_is_a_status_and_no_value(
    looked_after: Rows, save: Save, reference: Reference, symbol: str, status: str
) -> None:
    find(looked_after, "Children missing at 31 March")["number"] = symbol
    [reading] = read_file(save(looked_after), reference)
    figures = reading.frame.set_index(["period_end", "area_code", "figure_id"])
    figure = figures.loc[("2024-03-31", "E99100003", "children_missing_at_31_march")]
    assert figure["status"] == status
    assert figure["value"] is not figure["value"] or str(figure["value"]) == "<NA>"


def test_k_on_a_percentage_is_left_out_with_it_and_on_a_count_is_a_hidden_number_and_said(
    looked_after: Rows, save: Save, reference: Reference
) -> None:
    find(looked_after, "Percentage of children who had a missing incident during the year")["number"] = "k"
    [reading] = read_file(save(looked_after), reference)
    assert set(reading.frame["status"]) == {"reported"}
    find(looked_after, "Children missing at 31 March", "E99800002")["number"] = "k"
    [reading] = read_file(save(looked_after), reference)
    assert list(reading.frame.loc[reading.frame["raw"] == "k", "status"]) == ["suppressed"]
    assert any("1 counts marked k" in note for note in reading.notes)


def test_thousands_separators_are_read(looked_after: Rows, save: Save, reference: Reference) -> None:
    for code, count in {"E99100003": "1,060", "E99800001": "1 180", "E99900001": "1,300"}.items():
        find(looked_after, INCIDENTS, code)["number"] = count
    [reading] = read_file(save(looked_after), reference)
    figures = reading.frame.set_index(["period_end", "area_code", "figure_id"])["value"]
    assert figures["2024-03-31", "E99100003", "missing_incidents"] == 1060
    assert figures["2024-03-31", "E99800001", "missing_incidents"] == 1180


def test_a_label_that_is_not_known_is_refused_once_with_its_first_row(looked_after: Rows, save: Save, refusal: Refusal) -> None:
    for row in looked_after:
        row["CLA_group"] = row["CLA_group"].replace("Children missing at", "Children still missing at")
    report = refusal(save(looked_after))
    assert "row 6, column CLA_group, value 'Children still missing at 31 March'" in report
    assert "not known (in 16 rows)" in report
    assert "No row has the label 'children missing at 31 march'" in report


def test_another_file_of_the_service_with_the_same_columns_is_not_recognised(
    looked_after: Rows, save: Save, refusal: Refusal
) -> None:
    rows = [{**row, "CLA_group": "Age group"} for row in looked_after]
    assert "No table in this file has a layout that is known. Recognised are: DfE looked-after" in refusal(save(rows))


def test_a_symbol_that_is_not_known_is_refused(looked_after: Rows, save: Save, refusal: Refusal) -> None:
    find(looked_after, INCIDENTS)["number"] = "~"
    report = refusal(save(looked_after))
    assert "column number, value '~': This is neither a count nor a known symbol." in report
    assert "c (suppressed), x (not available)" in report


def test_decimals_in_a_count_and_an_empty_cell_are_refused_together(looked_after: Rows, save: Save, refusal: Refusal) -> None:
    find(looked_after, INCIDENTS)["number"] = "6.5"
    find(looked_after, INCIDENTS, year="2023")["number"] = ""
    report = refusal(save(looked_after))
    assert "value '6.5': A count cannot have decimals." in report
    assert "value '': The cell is empty." in report


def test_a_period_that_is_no_reporting_year_and_an_unknown_level_are_refused(
    looked_after: Rows, save: Save, refusal: Refusal
) -> None:
    looked_after[0]["time_identifier"] = "Financial year"
    looked_after[1]["time_period"] = "202324"
    looked_after[2]["geographic_level"] = "Ward"
    report = refusal(save(looked_after))
    assert "row 2, column time_identifier, value 'Financial year': Only figures of reporting years are read." in report
    assert "row 3, column time_period, value '202324': This is not a year." in report
    assert "row 4, column geographic_level, value 'Ward': This is not a geographic level that is known." in report


def test_a_year_that_contradicts_the_file_is_refused(looked_after: Rows, save: Save, refusal: Refusal) -> None:
    assert "The file says that it is of 2024, not of 2016." in refusal(save(looked_after), 2016)


@pytest.mark.slow
def test_a_file_cut_off_at_the_end_of_a_line_is_refused_wherever_that_is(
    looked_after: Rows, save: Save, refusal: Refusal
) -> None:
    for rows in [*range(1, len(looked_after), 9), *range(len(looked_after) - 12, len(looked_after))]:
        refusal(save(looked_after[:rows]))
    assert "E99100005 has 10 of 11 labels for 2024" in refusal(save(looked_after[:-1]))
    assert "For 2024 there is no authority of Southmoor." in refusal(save(looked_after[:-11]))


def test_a_file_without_the_nation_or_a_region_of_a_year_is_refused(looked_after: Rows, save: Save, refusal: Refusal) -> None:
    without = [row for row in looked_after if (row["geographic_level"], row["time_period"]) != ("National", "2023")]
    assert "For 2023 there is no figure of the nation." in refusal(save(without))
    without = [row for row in looked_after if (row["region_code"], row["new_la_code"]) != ("E99800002", "")]
    assert "For 2024 there is no figure of the region E99800002, in which authorities lie." in refusal(save(without))


def test_authorities_that_do_not_add_up_to_their_region_are_refused(
    looked_after: Rows, save: Save, refusal: Refusal, reference: Reference
) -> None:
    row = find(looked_after, INCIDENTS, "E99800001")
    row["number"] = "185"
    read_file(save(looked_after), reference)  # within rounding
    row["number"] = "190"
    report = refusal(save(looked_after))
    assert "value '190': The authorities of E99800001 add up to 180 missing_incidents in 2024" in report


def test_a_region_may_exceed_its_authorities_where_a_figure_is_hidden_but_never_fall_short(
    looked_after: Rows, save: Save, refusal: Refusal, reference: Reference
) -> None:
    row = find(looked_after, "Children missing at 31 March", "E99800001")
    find(looked_after, "Children missing at 31 March")["number"] = "c"
    row["number"] = "15"
    read_file(save(looked_after), reference)
    find(looked_after, "Children missing at 31 March", "E99100001")["number"] = "19"
    assert "add up to 21 children_missing_at_31_march" in refusal(save(looked_after))
