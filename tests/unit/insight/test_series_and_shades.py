"""Series with roles, classes of a map, headline changes, and files that no spreadsheet takes for a formula."""

from __future__ import annotations

import math
from datetime import date

import pandas as pd

from insight.comparing.quantile_classes import shaded
from insight.downloads.files import csv_bytes
from insight.over_time.changes import drawn_for_a_force, headlines
from insight.over_time.series import by_trend, newest_rows, only_named, row_of, trend_words, with_roles


def series() -> pd.DataFrame:
    rows = [
        ("X1", "Exampleshire", "force", 2020, 10.0, "Increasing"),
        ("X1", "Exampleshire", "force", 2021, math.nan, "Cannot be calculated"),
        ("X2", "Sampleton", "force", 2020, 9.0, "Decreasing"),
        ("X2", "Sampleton", "force", 2021, 8.0, "Decreasing"),
        ("R1", "North", "region", 2021, 8.5, "No significant change"),
        ("R2", "South", "region", 2021, 8.7, "No significant change"),
        ("E", "Nation", "country", 2021, 8.6, "Increasing"),
        ("E", "Nation", "country", 2022, math.nan, "Cannot be calculated"),
    ]
    frame = pd.DataFrame(rows, columns=["area_code", "area_name", "area_level", "year", "value", "recent_trend"])
    return frame.assign(period_end=pd.to_datetime(frame["year"].astype(str) + "-03-31"))


def test_my_region_stays_and_other_regions_go() -> None:
    frame = with_roles(series(), "X1", "R1", "E", ["X2"])
    assert dict(zip(frame["area_code"], frame["role"], strict=True)) == {
        "X1": "mine", "X2": "compared", "R1": "region", "E": "nation",
    }  # fmt: skip


def test_a_year_in_which_nobody_has_a_value_is_left_out() -> None:
    assert 2022 not in set(with_roles(series(), "X1", "R1", "E", [])["year"])


def test_unnamed_forces_are_not_in_the_table() -> None:
    assert set(only_named(with_roles(series(), "X1", None, "E", []))["area_code"]) == {"X1", "E"}


def test_the_newest_row_is_the_newest_with_a_value() -> None:
    newest = newest_rows(series()).set_index("area_code")
    assert newest.loc["X1", "year"] == 2020
    assert newest.loc["X2", "year"] == 2021


def test_forces_are_ordered_by_trend_then_name() -> None:
    assert by_trend(series()) == ["X1", "E", "X2", "R1", "R2"]


def test_a_row_is_of_the_year_or_the_newest_before_it() -> None:
    found = row_of(series(), "X2", date(2025, 3, 31))
    assert found is not None
    assert found["year"] == 2021
    assert row_of(series(), "X2", date(2019, 3, 31)) is None


def test_ties_share_a_class_and_hidden_or_unranked_forces_have_none() -> None:
    frame = pd.DataFrame(
        {
            "value": [1.0, 2.0, 2.0, 3.0, 4.0, 5.0, 99.0, 7.0],
            "hidden_parts": [0, 0, 0, 0, 0, 0, 0, 1],
            "unranked_because": [None] * 6 + ["A handful of children.", None],
        }
    )
    shades, labels = shaded(frame, 1)
    assert shades["shade"].iloc[1] == shades["shade"].iloc[2]
    assert shades["shade"].iloc[6:].isna().all()
    assert labels[0].startswith("1.0 to")
    assert labels[-1].endswith("5.0")


def headline(values: list[tuple[int, float]], unit: str = "% of children", decimals: int = 1) -> list:
    frame = pd.DataFrame(values, columns=["year", "value"]).assign(measure_id="m", basis="published", hidden_parts=0)
    frame["period_end"] = pd.to_datetime(frame["year"].astype(str) + "-03-31")
    measure = {"measure_id": "m", "short_title": "M", "decimals": decimals, "unit": unit, "topic": "T"}
    return headlines(frame, pd.DataFrame([measure, {**measure, "measure_id": "no figure"}]))


def test_only_measures_that_have_a_place_are_shown_in_its_order() -> None:
    measures = pd.DataFrame({"measure_id": ["a", "b", "c"], "force_series": pd.array([2, None, 1], dtype="Int64")})
    assert drawn_for_a_force(measures) == ["c", "a"]


def test_a_change_is_the_difference_of_the_figures_as_printed() -> None:
    assert headline([(2023, 11.14), (2024, 11.16)])[0].change == "+0.1 percentage points since March 2023"
    assert headline([(2023, 11.11), (2024, 11.14)])[0].change == "no change since March 2023"
    assert headline([(2023, 400.0), (2024, 380.0)], "incidents", 0)[0].change == "−20 since March 2023"


def test_no_change_is_told_across_a_missing_year() -> None:
    assert headline([(2022, 11.0), (2024, 12.0)])[0].change == "no figure for the year before"


def test_no_cell_of_a_file_can_become_a_formula() -> None:
    starts = ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "plain"]
    lines = csv_bytes(pd.DataFrame({"text": starts, "number": [-1.5] * 7})).decode("utf-8-sig")
    for start in starts[:-1]:
        assert f"'{start}" in lines
    assert "plain,-1.5" in lines


def test_no_value_stands_in_two_classes_of_a_map() -> None:
    values = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0]
    frame = pd.DataFrame({"value": values, "hidden_parts": 0, "unranked_because": None})
    _, labels = shaded(frame, 0)
    ends = [float(end) for label in labels for end in label.split(" to ")]
    assert ends == sorted(set(ends))


def test_force_and_region_of_one_name_are_told_apart_and_too_few_are_not_said_to_move() -> None:
    frame = pd.DataFrame(
        {
            "area_code": ["X1", "R1", "X2"], "area_name": ["West Midlands", "West Midlands", "Tinytown"],
            "area_in_text": ["the West Midlands Police area", "the West Midlands region", "Tinytown"], "period_end": pd.Timestamp("2024-03-31"), "value": 1.0,
            "recent_trend": "Increasing", "verdict_basis": None,
        }
    )  # fmt: skip
    said = trend_words(frame, "X1", ["X2"])
    assert said == (
        "Over the five years to March 2024 it rose in the West Midlands Police area and the West Midlands region. "
        "Tinytown has too few children to compare."
    )
    assert trend_words(frame, "X2", ["X2"]).startswith("Tinytown has too few children to compare. Over the five years")
    # Of areas whose newest figures are of different years no one year can be named.
    frame["period_end"] = pd.to_datetime(["2024-03-31", "2023-03-31", "2021-03-31"])
    assert trend_words(frame, "X1", ["X2"]).startswith("Over five years it rose")
