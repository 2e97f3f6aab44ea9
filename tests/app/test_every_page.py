"""Every page, every force, every measure, every year: nothing raises, every page says something, nothing leaks from the code."""

from __future__ import annotations

import os
from itertools import cycle
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from environment import TEST_EVERYTHING, WAREHOUSE
from tests.app.driving import SECONDS, alternatives, choose, leaks, open_page, opening, problems, tables, words
from tests.app.product import Product, Seen
from tests.app.surface import CITY, PROJECT, WALES, Choice, Page, Stock, pages

SHARES, TURN = 80, 7
OF_MEASURES, OF_FORCES = 24, 9  # of so many choices one is tried in a reader's session
PAGES = [pytest.param(page, id=page.url) for page in pages()]


# ------------------------------------------------------------------------------------------- in a reader's session
@pytest.mark.parametrize("page", PAGES)
def test_a_sample_of_forces_measures_and_years_renders_in_one_session(page: Page, stock: Stock) -> None:
    """The choices that act on the page, changed run by run; which forces and years go round from page to page."""
    session = open_page(page)
    for choice in _sample(page, stock):
        choose(session, choice.query)
        assert problems(session) == [], choice
        assert session.title[0].value.strip(), choice
        assert len(opening(session)) > 20, choice
        assert [alt for alt in alternatives(session) if len(alt) < 20] == [], choice
        assert leaks(words(session)) == [], choice


def _sample(page: Page, stock: Stock) -> list[Choice]:
    """One of OF_MEASURES measures with years, each with another force; one of OF_FORCES forces; or one choice."""
    turn, whole = pages().index(page), bool(os.environ.get(TEST_EVERYTHING.name))
    if "measure" in page.choices:
        design, share = stock.with_rotating_forces(turn * TURN), OF_MEASURES
    else:
        design, share = stock.each_force(), OF_FORCES if "force" in page.choices else len(stock.forces)
    return design if whole else design[turn % share :: share]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("compared", [["essex"], ["essex", "kent", "gwent", CITY, "warwickshire", "metropolitan"]])
def test_forces_to_compare_with_render(page: Page, compared: list[str], stock: Stock) -> None:
    session = open_page(page, {"with": ",".join(compared)})
    assert problems(session) == []
    assert [one.value for one in session.multiselect] == ([compared] if "group" in page.choices else [])


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("force", WALES)
def test_welsh_force_has_its_own_page_and_a_word_on_what_is_missing(page: Page, force: str, stock: Stock) -> None:
    session = open_page(page, {"force": force})
    assert problems(session) == []
    if page.url in ("compare", "trends"):
        assert any("England only" in one.value and "Welsh Government" in one.value for one in session.info)
        assert stock.names[force] in opening(session)
    if page.url == "force":
        assert "Police" in session.title[0].value
        assert not [one for one in session.info if "England" in one.value], "one box says where Wales' figures are"
        assert sum("StatsWales" in one.proto.body for one in session.get("html")) == 1
        assert not any(table.empty for table in tables(session))


def test_welsh_force_has_no_figure_of_any_measure(every_page: Product, stock: Stock) -> None:
    page = next(page for page in pages() if page.url == "compare")
    for place, (measure, year) in enumerate(stock.first_and_last_years()):
        force = WALES[place % len(WALES)]
        seen = every_page.render(page, {**Choice(force, measure, year).query, "view": "bars"})
        assert any(f"{stock.names[force]} has no figure" in text and "not covered" in text for text in seen.texts)


# ------------------------------------------------------------------------------------- the whole product, page by page
@pytest.mark.parametrize("page", PAGES)
def test_every_force_meets_every_measure_and_every_year(page: Page, every_page: Product, stock: Stock) -> None:
    """Each page takes a share of a design in which every pair occurs; with ``FORCE_TEST_EVERYTHING=1`` the full product."""
    whole = bool(os.environ.get(TEST_EVERYTHING.name))
    share = stock.everything() if whole else stock.every_pair()[pages().index(page) % SHARES :: SHARES]
    for choice in share:
        _sound(every_page.render(page, choice.query), choice.query)


@pytest.mark.parametrize("page", PAGES)
def test_every_option_of_a_pages_own_controls_renders(page: Page, every_page: Product, stock: Stock) -> None:
    """Each option with a measure, a year and a force of its own; which ones goes round."""
    design = cycle(choice.query for choice in stock.with_rotating_forces()[::TURN])
    for query, seen in every_page.variants(page, design):
        _sound(seen, query)


def _sound(seen: Seen, query: dict[str, str]) -> None:
    assert all(len(alt) >= 20 for alt in seen.alternatives), (query, seen.alternatives)
    assert leaks(seen.words) == [], query


# -------------------------------------------------------------------------------------------------- City of London
def test_city_of_london_is_shown_but_never_ranked(every_page: Product, stock: Stock) -> None:
    page = next(page for page in pages() if page.url == "compare")
    for measure, year in stock.first_and_last_years():
        seen = every_page.render(page, {**Choice(CITY, measure, year).query, "view": "bars"})
        assert any("City of London is not ranked" in text for text in seen.texts), (measure, year)
        assert any("City of London" in str(name) for name in seen.tables[-1].iloc[:, 0]), (measure, year)


@pytest.mark.parametrize("page", PAGES)
def test_city_of_london_has_its_own_pages(page: Page) -> None:
    session = open_page(page, {"force": CITY})
    assert problems(session) == []


# ------------------------------------------------------------------------------------------------ what is not there
@pytest.mark.parametrize("page", PAGES)
def test_unknown_choices_are_told_and_replaced(page: Page) -> None:
    session = open_page(page, {"force": "atlantis", "measure": "happiness", "year": "1066", "with": "essex,lyonesse"})
    assert problems(session) == []
    told = " ".join(one.value for one in session.info)
    for wrong in ("atlantis", "happiness", "1066", "lyonesse"):
        assert wrong in told
    assert [one.value for one in session.multiselect] == ([["essex"]] if "group" in page.choices else [])


def test_a_slug_is_text_and_never_markup() -> None:
    session = open_page(pages()[0], {"force": "<script>alert(1)</script>"})
    assert problems(session) == []
    assert not any("<script>alert" in one.proto.body for one in session.get("html"))


def test_without_a_warehouse_the_reader_is_told_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(WAREHOUSE.name, str(tmp_path))
    session = open_page(next(page for page in pages() if page.default))
    assert [one.value for one in session.error] == [
        "There are no data to show. There is no warehouse yet. Run `make build`. Then reload this page."
    ]
    assert not session.exception
    assert not session.title


@pytest.mark.parametrize("page", PAGES)
def test_a_page_without_the_entry_refuses(page: Page) -> None:
    """A page's file on its own, as an old-style pages folder would run it: no figures without the entry's choices."""
    session = AppTest.from_file(PROJECT / page.path, default_timeout=SECONDS).run()
    assert [one.value for one in session.error] == ["Please open this page from the start page of the dashboard."]
    assert not session.exception
    assert not tables(session)
    assert not session.get("plotly_chart")
