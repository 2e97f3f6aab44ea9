"""Years as headings and titles name them: read with their marks, or known not to be understood; never passed over."""

from __future__ import annotations

import pytest

from etl.sources.tables import key
from etl.sources.years import YearHeading, compared_years, revision_in, unread_years, year_heading, years_in

READ = {
    "2023/24": YearHeading(2024),
    "2023_24": YearHeading(2024),
    "2023-2024": YearHeading(2024),
    "FY 2023/24": YearHeading(2024),
    "2023/24 financial year": YearHeading(2024),
    "2023/24 [p]": YearHeading(2024, "provisional"),
    "2023/24\n(provisional)": YearHeading(2024, "provisional"),
    "2023/24p": YearHeading(2024, "provisional"),
    "2022/23 (r)": YearHeading(2023, "revised"),
    "2022/23 [r] [note 1, 2]": YearHeading(2023, "revised"),
    "2023/24 [r][p]": YearHeading(2024, "provisional"),
    "2023/24 [note 3]": YearHeading(2024),
    "2023/24 ¹": YearHeading(2024),
    "2023/24 2": YearHeading(2024),
    "2023/24 (number)": YearHeading(2024),
    "April 2020 to March 2021": YearHeading(2021),
    "1 April 2020 – 31 March 2021": YearHeading(2021),
    "Apr 2020 - Mar 2021 [p]": YearHeading(2021, "provisional"),
    "Year ending 31 March 2021": YearHeading(2021),
    "year to March 2021 (revised)": YearHeading(2021, "revised"),
    "12 months to March 2021": YearHeading(2021),
}
NOT_UNDERSTOOD = [
    "2023/24 [e]", "2023/24 [b]", "2023/24 estimate", "2023/24 adults", "2023/24 Q4", "2023/24 total", "2023", "23/24", "FY23/24",
    "2020/22", "2020/211", "April 2020 to December 2020", "April 2020 to March 2022", "Apr-20 to Mar-21", "March 2021",
]  # fmt: skip
NO_COUNTS_OF_A_YEAR = [
    "diff_to_2019_20_number",
    "% change 2019/20 to 2020/21",
    "2020/21 %",
    "Rate 2020/21",
    "Population",
    "Notes",
]


@pytest.mark.parametrize("heading", READ)
def test_a_heading_of_a_year_is_read_with_its_mark(heading: str) -> None:
    assert year_heading(key(heading)) == READ[heading]
    assert unread_years([key(heading)]) == []


@pytest.mark.parametrize("heading", NOT_UNDERSTOOD)
def test_a_heading_that_names_a_year_in_another_way_is_known_not_to_be_understood(heading: str) -> None:
    assert year_heading(key(heading)) is None
    assert unread_years([key(heading)]) == [key(heading)]


@pytest.mark.parametrize("heading", NO_COUNTS_OF_A_YEAR)
def test_differences_shares_and_rates_are_no_counts_of_a_year(heading: str) -> None:
    assert year_heading(key(heading)) is None
    assert unread_years([key(heading)]) == []


def test_a_column_of_differences_says_which_year_is_the_last() -> None:
    assert compared_years(["2020_21", "diff_to_2019_20_number"]) == {2021}
    assert compared_years([key("% change 2019/20 to 2020/21"), key("2022/23 (%)")]) == {2021}


@pytest.mark.parametrize(
    ("title", "years"),
    [
        ("Calls, 2020/21", {2021}), ("B1_2020_21", {2021}), ("April 2020 to March 2021", {2021}), ("to 31 Mar 2021", {2021}),
        ("2019/20 and 2020/21", {2020, 2021}), ("2020/22", set()), ("No year", set()),
    ],
)  # fmt: skip
def test_years_in_a_title(title: str, years: set[int]) -> None:
    assert years_in(title) == years


@pytest.mark.parametrize(
    ("title", "mark"),
    [("Calls, 2020/21 [p]", "provisional"), ("Provisional figures", "provisional"), ("(revised)", "revised"), ("Calls", "")],
)
def test_a_title_marks_its_whole_table(title: str, mark: str) -> None:
    assert revision_in(title) == mark
