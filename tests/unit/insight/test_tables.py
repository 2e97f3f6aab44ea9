"""Tables of typed cells: how they read, how they are rendered and what a download takes from them."""

import re

import pandas as pd
import pytest

from insight.charts import palette
from insight.tables.model import (
    Column,
    Grade,
    Kind,
    Link,
    Look,
    Number,
    PartialDate,
    Table,
    link_to,
    table_from,
    table_of,
)  # fmt: skip
from insight.tables.render_html import grade_rules, render_html
from insight.templates import class_of

PAGE = "https://example.org/report"
TOLD = link_to(PAGE, "press", "publisher")


def names(table: Table) -> list[str]:
    """What is read out for each link."""
    links = re.findall(r"<a [^>]+>(.*?)</a>", render_html(table))
    return [re.sub(r'<span aria-hidden="true">.*?</span>|<[^>]+>', "", link) for link in links]


def test_a_link_that_says_only_who_told_is_read_out_with_its_row() -> None:
    table = table_of([{"Force": name, "Files": Number("30"), "Source": TOLD} for name in ("Mock", "Sample")])
    assert names(table) == ["the press: Mock", "the press: Sample"]


def test_a_link_that_names_what_it_opens_is_left_as_it_is() -> None:
    named = link_to(PAGE, "press", "publisher", "Mock, review of May 2023")
    assert names(table_of([{"Inspection": named, "Then": "1 of 9"}])) == ["Mock, review of May 2023 (the press)"]


def test_several_links_stand_in_one_cell() -> None:
    assert names(table_of([{"Theme": "Care", "Forces": (Link(PAGE, "Mock"), Link(PAGE, "Sample"))}])) == ["Mock", "Sample"]


def test_no_page_is_no_link() -> None:
    assert link_to(None, "press", "publisher") == ""
    assert link_to(None, "press", "publisher", "report") == "report"


@pytest.mark.parametrize("text", ["124.5†", "at least 12.7%†", "12 [p]", "hidden in part", "Suppressed"])
def test_figures_stand_to_the_right_with_their_marks(text: str) -> None:
    html = render_html(table_of([{"Force": "Mock", "Figure": Number(text), "Note": "5"}]))
    assert f'<td class="n">{text}</td>' in html
    assert '<th scope="col" class="n">Figure</th>' in html
    assert "<td>5</td>" in html, "a text of digits is no figure"


def test_no_look_is_a_style_attribute() -> None:
    grade = Grade("Good", "G", "Good", Link(PAGE, "G", "Good: care", "Good, told by the press", "p"))
    html = render_html(table_from("Grades", [Column("Force"), Column("Care", seam=True)], [["Mock", grade]], look=Look.MATRIX))
    assert "style=" not in html
    assert '<td class="seam grade k-good">' in html
    assert "<sup>p</sup>" in html


def test_every_grade_and_status_has_a_rule_of_style() -> None:
    assert all(f".{class_of(name)}{{" in grade_rules() for name in (*palette.GRADES, *palette.STATUSES))


def test_text_of_a_table_is_escaped() -> None:
    link = Link("https://example.org/?a=1&b=2", "<i>", title='"><b>')
    html = render_html(table_from("A & B", [Column("<b>")], [[("<script>", link)]]))
    assert not re.search("<script>|<b>|<i>", html)
    assert 'aria-label="A &amp; B"' in html
    assert 'href="https://example.org/?a=1&amp;b=2"' in html


def test_my_force_and_the_order_are_marked() -> None:
    html = render_html(table_from("List", [Column("Force", order="ascending")], [["Mock"], ["Sample"]], [False, True]))
    assert html.count('<tr class="mine"><th scope="row">Sample') == html.count('class="mine"') == 1
    assert 'aria-sort="ascending"' in html


def test_pages_of_the_site_are_linked_from_where_the_table_stands() -> None:
    table = table_of([{"Force": "Mock", "Source": TOLD}, {"Force": "Elsewhere", "Source": ""}]).linked(
        {"Mock": "forces/mock.html"}
    )
    html = render_html(table, "../", new_tab=True)
    assert '<a href="../forces/mock.html">Mock</a>' in html
    assert html.count('target="_blank"') == 1, "sources alone open beside the page"


def test_a_table_without_rows_says_so() -> None:
    assert render_html(table_of([], ["Force"]).titled("Reviews & more")) == "<p>Reviews &amp; more: nothing to list.</p>"


def test_a_download_holds_plain_values_and_loses_nothing() -> None:
    table = table_of(
        [
            {
                "Title": Link(PAGE, "Figures"), "Counted": 5, "Figure": Number("at least 12.7%†"), "Published": PartialDate("2022-03"),
                "Grade": Grade("Good", "G", "Good"), "Missing": float("nan"), "Note": ("a", "b"),
            }
        ]
    )  # fmt: skip
    assert table.plain().to_dict("records") == [
        {
            "Title": "Figures", "Title: address": PAGE, "Counted": 5, "Figure": "at least 12.7%†", "Published": "2022-03",
            "Grade": "Good", "Missing": "", "Note": "a; b",
        }
    ]  # fmt: skip


def test_rows_read_as_texts() -> None:
    table = table_of(pd.DataFrame({"Force": ["Mock"], "Published": [PartialDate(None)], "Files": [3], "Source": [TOLD]}))
    assert table.records() == [{"Force": "Mock", "Published": "not known", "Files": "3", "Source": "the press"}]
    assert [column.kind for column in table.columns] == [Kind.TEXT, Kind.TEXT, Kind.NUMBER, Kind.TEXT]


def test_a_table_of_the_wrong_width_is_refused() -> None:
    with pytest.raises(ValueError, match="row 2 of 'A' has 1 cells for 2 columns"):
        table_from("A", [Column("one"), Column("two")], [["x", "y"], ["x"]])


def test_two_columns_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match="the same name: one, one"):
        table_from("A", [Column("one"), Column("one")], [])


def test_marks_for_other_rows_are_refused() -> None:
    with pytest.raises(ValueError, match="1 marks for 2 rows"):
        table_from("A", [Column("one")], [["x"], ["y"]], [True])
