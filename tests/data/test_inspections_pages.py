"""The follow-up page reads its day from the address; what a user adds is marked; pages show what the warehouse holds."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from environment import WAREHOUSE
from etl.build import build
from etl.ingest import About, ingest
from etl.paths import PROJECT, DataFolder
from insight.format import words_from
from insight.inspections.clock import follow_up
from insight.inspections.clock_words import NO_ACTION_PLANS
from insight.inspections.follow_up_tables import follow_up_list
from insight.inspections.grade_tables import grade_matrix
from insight.inspections.grades import sorted_forces
from insight.inspections.own_data import templates
from insight.queries import inspections
from insight.tables.render_html import render_html
from insight.warehouse import build_in_use, open_warehouse

Open = Callable[..., AppTest]


@pytest.fixture
def page(real_warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Open]:
    """Open a page of the section with an address."""
    monkeypatch.setenv(WAREHOUSE.name, str(real_warehouse.parent))
    logging.disable(logging.WARNING)

    def at(name: str, **query: str) -> AppTest:
        session = AppTest.from_file(PROJECT / "dashboard.py", default_timeout=30)
        for key, value in query.items():
            session.query_params[key.replace("_", "-")] = value
        session.run()
        session.switch_page(f"pages/inspections/{name}.py").run()
        assert not session.exception
        return session

    yield at
    logging.disable(logging.NOTSET)


def texts(session: AppTest) -> str:
    return " ".join(one.value for one in [*session.main.markdown, *session.caption, *session.info])


def matrix(session: AppTest) -> str:
    return next(one.proto.body for one in session.get("html") if '<div class="matrix"' in one.proto.body)


def test_the_day_asked_about_stands_in_the_address(page: Open) -> None:
    said = texts(page("follow_up", as_of="2023-03-01"))
    assert "The planned date had passed by 24 days; HMICFRS returned later, in April 2023." in said
    said = texts(page("follow_up", as_of="2023-03-01", tab="returns"))
    assert "the planned date had passed without a return after 1" in said


def test_the_page_says_first_that_no_source_shows_action_plans(page: Open) -> None:
    lead = next(one.value for one in page("follow_up").main.markdown if one.value.startswith("**"))
    assert lead.startswith(f"**{NO_ACTION_PLANS}")


@pytest.mark.parametrize("wrong", ["yesterday", "2023-02-30", "20230301", "2023", "2022-W32-5"])
def test_a_day_that_is_none_is_told_and_today_is_shown(page: Open, wrong: str) -> None:
    session = page("follow_up", as_of=wrong)
    assert f"“{wrong}” is no date" in texts(session)


@pytest.mark.parametrize("outside", ["1999-01-01", "2999-01-01"])
def test_a_day_out_of_bounds_is_told(page: Open, outside: str) -> None:
    assert f"{outside} lies outside" in texts(page("follow_up", as_of=outside))


def test_a_force_without_dates_is_told_what_cannot_be_said(page: Open) -> None:
    said = texts(page("follow_up", force="greater-manchester", as_of="2020-01-01"))
    assert "The date of its report is not known to us" in said


def test_wiltshire_on_screen(page: Open) -> None:
    said = texts(page("follow_up", as_of="2025-01-01"))
    for part in (
        "published its report on 5 August 2022 with 13 recommendations",
        "An action plan was expected by 16 September 2022 and HMICFRS planned to return by 5 February 2023",
        "55 to 84 days after the planned return date",
        "from 24 June 2022 to 21 May 2024 (697 days)",
        "Three causes of concern were issued on 7 July 2022",
    ):
        assert part in said
    opening = texts(page("child_protection"))
    assert "graded 12 “good”, 4 “requires improvement” and 14 “inadequate”" in opening


@pytest.mark.parametrize("cycle", ["2014", "2015", "2016", "2017", "2018-19", "2021-22", "2023-25"])
def test_every_grade_of_a_cycles_matrix_links_to_its_source(page: Open, cycle: str, real_warehouse: Path) -> None:
    held = inspections.grades(open_warehouse(real_warehouse), cycle.replace("-19", "/19").replace("-22", "/22"))
    told = held[held["source_url"].notna()]
    drawn = matrix(page("grades", cycle=cycle))
    assert drawn.count('<a href="http') == len(told)
    assert drawn.count('<a href="force?force=') == held["force_code"].nunique()
    assert drawn.count("as reported by the press") == (told["source_kind"] == "press").sum()


def test_the_protecting_page_says_what_the_correlation_is_not(page: Open) -> None:
    session = page("protecting", cycle="2021-22", tab="link")
    assert any("says nothing about cause" in one.proto.body for one in session.get("html"))
    said = texts(session)
    assert any(word in said for word in ("There is no clear link", "That is an association, not a cause", "We cannot say"))


def test_one_choice_of_question_and_grade_is_answered_in_a_sentence(page: Open) -> None:
    chosen = {"cycle": "2021-22", "question": "protecting-vulnerable-people", "grade": "inadequate"}
    session = page("grades", **chosen)
    said = texts(session)
    assert (
        "HMICFRS graded 2 forces “inadequate” for protecting vulnerable people in 2021/22: Gloucestershire and Wiltshire." in said
    )
    assert "Since then (2023-25): Wiltshire “requires improvement”; Gloucestershire not known." in said
    assert "In PEEL 2021/22" in said  # the lead follows the chosen cycle
    assert matrix(session).count("<tr") == 1 + 2


def test_my_force_stands_first_in_the_grid(page: Open) -> None:
    drawn = matrix(page("grades", force="wiltshire"))
    assert drawn.index(">Wiltshire<") < drawn.index(">Avon and Somerset<")


def test_only_grades_read_from_hmicfrs_can_be_shown(page: Open, real_warehouse: Path) -> None:
    held = inspections.grades(open_warehouse(real_warehouse), "2023-25")
    drawn = matrix(page("grades", sources="hmicfrs"))
    assert drawn.count('<a href="http') == (held["source_kind"] == "hmicfrs").sum()
    assert "as reported by the press" not in drawn


def test_a_force_whose_newest_inspection_has_no_date_starts_with_its_judgement(page: Open) -> None:
    said = texts(page("follow_up", force="south-wales"))
    assert "grading it “good” in the only area whose grade we know" in said
    assert "planned to return" not in said


def test_what_a_user_adds_is_marked_on_the_page(made_up_data: DataFolder, tmp_path: Path) -> None:
    """Our own worked example, with the code of a force of the made-up country, from file to cell."""
    examples = {one.name: one.example for one in templates()}
    files = []
    for name in ("peel_grades", "child_protection_inspections"):
        files.append(tmp_path / f"{name}.csv")
        files[-1].write_bytes(examples[name].replace(b"X00000001", b"E99000003"))
    ingest(made_up_data, files, About(), dry_run=False, replace=False)
    build(made_up_data)
    warehouse = open_warehouse(build_in_use(made_up_data.warehouse))
    words = words_from(inspections.grade_statuses(warehouse))
    grades = inspections.grades(warehouse, "2021/22")
    drawn = render_html(
        grade_matrix(grades, inspections.questions(warehouse), sorted_forces(grades, "name"), "", words, "Grades")
    )
    assert "<sup>u</sup>" in drawn
    assert "Good, as reported by HMICFRS, added by a user" in drawn
    day = pd.Timestamp("2025-01-01").date()
    listed = render_html(follow_up_list(follow_up(inspections.inspections(warehouse), day, day), "", "newest", "List"))
    assert "HMICFRS, added by a user" in listed
    assert "22 August 2024" in listed
    assert "11 January 2025" in listed
