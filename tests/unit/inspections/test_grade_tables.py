"""Cells of grade tables: letters, links, who told it, and why there is no grade."""

import re
from html.parser import HTMLParser

import pandas as pd
import pytest

from insight.inspections.grade_tables import grade_cell, grade_matrix
from insight.inspections.grades import counts_to_read, force_orders, incomplete, known_sentence, sorted_forces
from insight.tables.model import Link
from insight.tables.render_html import render_html

QUESTIONS = pd.DataFrame(
    {"question": ["Care", "Calls", "Older"], "short_title": ["Care", "Calls", "Older"], "position": [1, 2, 3], "level": "area"}
)


class Cells(HTMLParser):
    """Links and heads of a table."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.scopes: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = dict(attrs)
        if tag == "a":
            self.links.append(held["href"] or "")
        if tag == "th":
            self.scopes.append(held["scope"] or "")


def read(html: str) -> Cells:
    cells = Cells()
    cells.feed(html)
    return cells


@pytest.fixture
def two_forces(grade) -> pd.DataFrame:
    other = {"force_code": "X00000002", "force_name": "Mockford"}
    return pd.DataFrame(
        [
            grade("c3", "Good", "Care"),
            grade("c3", None, "Calls"),
            grade("c3", "Inadequate", "Care", **other),
            grade("c3", "Inadequate", "Calls", source_kind="hmicfrs", **other),
        ]
    )


def test_every_grade_links_to_its_source(two_forces, words) -> None:
    html = render_html(grade_matrix(two_forces, QUESTIONS, ["X00000001", "X00000002"], "X00000001", words, "Grades"))
    assert len(read(html).links) == two_forces["grade"].notna().sum()
    assert read(html).scopes == ["col"] * 4 + ["row"] * 2


def test_the_press_says_so_to_eye_and_ear(grade, words) -> None:
    link = grade_cell(grade("c3", "Good"), words, "Care, Exampleshire").link
    assert isinstance(link, Link)
    assert (link.text, link.mark) == ("G", "p")
    assert link.said == "Good, told by the press"


def test_what_a_user_added_is_marked(grade, words) -> None:
    link = grade_cell(grade("c3", "Good", source_kind="hmicfrs", origin="added by a user"), words, "Care").link
    assert isinstance(link, Link)
    assert link.mark == "u"
    assert "added by a user" in link.said


def test_the_reasons_for_no_grade_differ(grade, words) -> None:
    rows = [grade("c3", None, status=status) for status in ("not_graded", "not_found", "not_in_report")]
    cells = [grade_cell(row, words, "Care") for row in rows] + [grade_cell(None, words, "Care")]
    assert len({cell.letter for cell in cells}) == 4
    assert len({cell.text for cell in cells}) == 4
    assert len({cell.key for cell in cells}) == 4


def test_a_question_that_the_cycle_does_not_ask_stands_last_and_says_so(two_forces, words) -> None:
    html = render_html(grade_matrix(two_forces, QUESTIONS, ["X00000001"], "", words, "Grades"))
    assert re.findall(r'scope="col"[^>]*>([^<]*)<', html) == ["Force", "Care", "Calls", "Older"]
    assert html.count("Not in this cycle") == 1


def test_forces_can_stand_by_the_number_at_each_grade(two_forces) -> None:
    assert {"good", "inadequate"} <= set(force_orders(two_forces))
    assert sorted_forces(two_forces, "inadequate") == ["X00000002", "X00000001"]
    assert sorted_forces(two_forces, "good") == ["X00000001", "X00000002"]
    assert sorted_forces(two_forces, "known") == ["X00000002", "X00000001"]
    assert sorted_forces(two_forces, "name") == ["X00000001", "X00000002"]


def test_how_many_are_known_is_said(two_forces) -> None:
    assert known_sentence(two_forces, "Mockland") == (
        "Mockland: 3 grades are known. Of 1 of 2 forces every one is known, of 1 force some."
    )


def test_announced_numbers_are_shown_where_areas_are_not_all_known(two_forces) -> None:
    grades = {"outstanding": 0, "good": 2, "adequate": 0, "requires_improvement": 0, "inadequate": 0}
    told = {"source_url": "https://example.org", "source_kind": "press", "origin": "publisher", "published": None}
    counts = pd.DataFrame(
        [
            {"force_code": code, "force_name": name, "areas_graded": 2, **grades, **told}
            for code, name in (("X00000001", "Exampleshire"), ("X00000002", "Mockford"))
        ]
    )
    found = incomplete(two_forces, counts)
    assert found["force_name"].tolist() == ["Exampleshire"]
    row = counts_to_read(found).plain().iloc[0]
    assert (row["Areas graded"], row["Known by area"], row["Good"]) == (2, 1, 2)
    assert (row["Source"], row["Source: address"]) == ("the press", "https://example.org")
