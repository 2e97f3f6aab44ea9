"""A frame as a table: links that are known by their names, several in a cell."""

import re

import pandas as pd
from insight.tables.plain import plain_table_html

PAGE = "https://example.org/report"


def names(frame: pd.DataFrame) -> list[str]:
    """What is read out for each link."""
    links = re.findall(r"<a [^>]+>(.*?)</a>", plain_table_html(frame, "A table"))
    return [re.sub(r'<span aria-hidden="true">.*?</span>|<[^>]+>', "", link) for link in links]


def test_a_link_that_says_only_who_told_is_read_out_with_its_row() -> None:
    frame = pd.DataFrame({"Force": ["Mock", "Sample"], "Files": ["30", "9"], "Source": [f"[the press]({PAGE})"] * 2})
    assert names(frame) == ["the press: Mock", "the press: Sample"]


def test_a_link_that_names_what_it_opens_is_left_as_it_is() -> None:
    assert names(pd.DataFrame({"Inspection": [f"[Mock, review of May 2023 (the press)]({PAGE})"], "Then": ["1 of 9"]})) == [
        "Mock, review of May 2023 (the press)"
    ]


def test_several_links_stand_in_one_cell() -> None:
    assert names(pd.DataFrame({"Theme": ["Care"], "Forces": [f"[Mock]({PAGE}); [Sample]({PAGE})"]})) == ["Mock", "Sample"]
