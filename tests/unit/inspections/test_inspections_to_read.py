"""The table of a force's inspections: one rule for when inspectors came back, words where nothing is known."""

from typing import Any

import pandas as pd

from insight.tables.judgments import FOLLOWED, inspections_to_read


def read(*rows: dict[str, Any]) -> list[dict[str, str]]:
    return inspections_to_read(pd.DataFrame(rows)).to_dict("records")


def test_inspectors_came_back_when_they_visited_not_when_the_review_came_out(inspection) -> None:
    first, _ = read(
        inspection("a", published="2021-01-26"), inspection("b", follows="a", inspected_from="2021-06", published="2021-09-21")
    )
    assert first["Inspectors came back"] == "June 2021"
    assert first["Review published"] == "21 September 2021"
    assert first["How late"] == "26 to 55 days early"


def test_a_month_of_publication_leaves_spans(inspection) -> None:
    (row,) = read(inspection("a", published="2021-07"))
    assert (row["Answer due"], row["Revisit due"]) == ("12 August to 11 September 2021", "1 to 31 January 2022")
    assert row["Inspectors came back"] == "not found"


def test_a_review_has_no_clock_of_its_own(inspection) -> None:
    _, review = read(inspection("a", published="2021-01-26"), inspection("b", follows="a", published="2021-09-21"))
    assert {review[name] for name in FOLLOWED} == {"does not apply"}


def test_a_whole_inspection_that_returns_is_a_re_inspection_with_a_clock(inspection) -> None:
    _, again = read(inspection("a", published="2021-01-26"), inspection("b", follows="a", kind="NCPI", published="2022-09-21"))
    assert again["Inspection"] == "NCPI, re-inspection"
    assert again["Revisit due"] == "21 March 2023"


def test_no_cell_is_left_blank(inspection) -> None:
    rows = read(inspection("a"), inspection("b", follows="a"), inspection("c", inspected_to="2024-12"))
    assert not [name for row in rows for name, said in row.items() if not said]
    assert rows[2]["Inspected"] == "December 2024"
