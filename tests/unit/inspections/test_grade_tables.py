"""Cells of grade tables: letters, links, who reported it, why there is no grade; grades in sentences."""

import re
from html.parser import HTMLParser

import pandas as pd
import pytest

from insight.inspections.grade_tables import grade_cell, grade_matrix
from insight.inspections.grades import (
    at_a_glance,
    counts_to_read,
    distribution,
    force_orders,
    held_sentence,
    holders,
    incomplete,
    known_sentence,
    only_read_from,
    sorted_forces,
    totals_only_sentence,
)
from insight.sources import reporters_caution, reporters_line
from insight.tables.model import Link
from insight.tables.render_html import render_html
from vocabulary import SourceKind

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
    assert read(html).scopes == ["col"] * 3 + ["row"] * 2


def test_the_press_says_so_to_eye_and_ear(grade, words) -> None:
    link = grade_cell(grade("c3", "Good"), words, "Care, Exampleshire").link
    assert isinstance(link, Link)
    assert (link.text, link.mark) == ("G", "p")
    assert link.said == "Good, as reported by the press"


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


def test_a_question_that_the_cycle_did_not_ask_is_no_column_and_the_chosen_one_comes_first(two_forces, words) -> None:
    html = render_html(grade_matrix(two_forces, QUESTIONS, ["X00000001"], "", words, "Grades", first="Calls"))
    assert [name.strip() for name in re.findall(r'scope="col"[^>]*>([^<]*)<', html)] == ["Force", "Calls", "Care"]
    assert "Not in this cycle" not in html


def test_the_head_of_a_column_counts_every_force_though_one_is_shown(two_forces, words) -> None:
    table = grade_matrix(two_forces, QUESTIONS, ["X00000001"], "", words, "Grades")
    assert [column.note for column in table.columns] == ["", "2 of 2 known; I\u00a01", "1 of 2 known; I\u00a01"]


def test_the_answer_names_the_forces_at_a_grade_and_what_they_were_given_since(two_forces, grade) -> None:
    later = pd.DataFrame([grade("c4", None, "Care", force_name="Mockford")])
    assert held_sentence(two_forces, "Care", "Inadequate", "c3", later) == (
        "HMICFRS graded 1 force “inadequate” for care in c3: Mockford. Since then (c4): Mockford not known."
    )
    assert held_sentence(two_forces, "", "Good", "c3", later.head(0)) == (
        "HMICFRS graded 1 force “good” in at least one area in c3: Exampleshire. 1 of 4 grades of c3 is not known."
    )
    assert held_sentence(two_forces, "Care", "Outstanding", "c3", later) == (
        "We know of no force that HMICFRS graded “outstanding” for care in c3."
    )


def test_forces_known_from_totals_alone_are_counted_with_the_forces_at_a_grade(two_forces) -> None:
    codes, names = two_forces["force_code"].unique(), two_forces["force_name"].unique()
    counts = pd.DataFrame({"force_code": codes, "force_name": names, "inadequate": 1, "good": [2, 1], "outstanding": 0})
    assert held_sentence(two_forces, "", "Good", "c3", two_forces.head(0), counts) == (
        "HMICFRS graded 2 forces “good” in at least one area in c3: Exampleshire and Mockford. For Mockford we know only how many "
        "areas, not which. 1 of 4 grades of c3 is not known."
    )
    assert "We know of no force" in held_sentence(two_forces, "", "Outstanding", "c3", two_forces.head(0), counts)
    assert "Exampleshire" not in held_sentence(two_forces, "Care", "Inadequate", "c3", two_forces.head(0), counts)


def test_grades_whose_areas_are_not_known_are_told_with_their_forces(two_forces) -> None:
    counts = pd.DataFrame(
        {"force_code": ["X00000001", "X00000002"], "force_name": ["Exampleshire", "Mockford"], "inadequate": [3, 2]}
    )
    assert totals_only_sentence(two_forces, counts) == (
        "3 “inadequate” grades are not shown, because their areas are not known to us: Exampleshire 3.",
    )
    assert totals_only_sentence(two_forces, counts.iloc[1:]) == ()


def test_grades_read_elsewhere_leave_no_trace_where_only_hmicfrs_is_wanted(two_forces) -> None:
    kept = only_read_from(two_forces, SourceKind.HMICFRS)
    assert kept["grade"].dropna().tolist() == ["Inadequate"]
    assert kept.loc[kept["grade"].isna(), "status"].tolist() == ["not_found"] * 3
    assert kept["source_url"].notna().sum() == 1


def test_forces_stand_by_grade_lowest_first_with_mine_marked(two_forces, words) -> None:
    table = holders(two_forces[two_forces["question"] == "Care"], ["c3"], False, "X00000001", words, "Care")
    assert [(row["Grade"], row["Forces in c3"]) for row in table.records() if row["Forces in c3"]] == [
        ("Inadequate", "Mockford"),
        ("Good", "Exampleshire"),
    ]
    assert [row[0][0] for row, mine in zip(table.rows, table.mine, strict=True) if mine] == ["Good"]


def test_who_reported_the_grades_is_counted(two_forces) -> None:
    assert reporters_line(two_forces) == "HMICFRS grades, 1 read from HMICFRS and 2 in the press"
    assert reporters_caution(two_forces) == ("2 of 3 grades were read in the press, not from HMICFRS.",)
    assert reporters_caution(two_forces[two_forces["source_kind"] == "hmicfrs"]) == ()
    press = two_forces[two_forces["source_kind"] == "press"]
    assert reporters_caution(press) == ("All 2 grades were read in the press, not from HMICFRS.",)
    one = press.head(1)
    assert reporters_caution(one) == ("The only grade found was read in the press, not from HMICFRS.",)  # not "1 of 1 grade"


def test_forces_can_stand_by_the_number_at_each_grade(two_forces) -> None:
    assert {"good", "inadequate"} <= set(force_orders(two_forces))
    assert sorted_forces(two_forces, "inadequate") == ["X00000002", "X00000001"]
    assert sorted_forces(two_forces, "good") == ["X00000001", "X00000002"]
    assert sorted_forces(two_forces, "known") == ["X00000002", "X00000001"]
    assert sorted_forces(two_forces, "name") == ["X00000001", "X00000002"]


def test_how_many_are_known_is_said(two_forces) -> None:
    assert known_sentence(two_forces) == "We know 3 grades: all for 1 of the 2 forces and some for 1."


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


def test_counts_head_a_reason_for_no_grade_by_its_own_words(grade, words) -> None:
    """The heading was made from the status itself: 'Not in report' beside 'Not in this report' everywhere else."""
    rows = [grade("c1", "Good"), grade("c1", None, status="not_in_report", force_code="X00000002")]
    frame = pd.DataFrame(rows).assign(short_title="Care")
    table = at_a_glance(distribution(frame, "short_title"), "short_title", "Question", words)
    assert table.headings == ["Question", "Forces", "Known", "Good", "Not in this report"]
