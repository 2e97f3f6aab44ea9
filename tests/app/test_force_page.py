"""The Force page in few words: what a reader meets before opening anything, and its tabs."""

from __future__ import annotations

import re

import pytest
from streamlit.testing.v1 import AppTest

from tests.app.driving import open_page, problems
from tests.app.surface import Page, pages

FORCES = ("wiltshire", "lincolnshire", "west-midlands", "south-wales", "city-of-london", "metropolitan")
MOST_WORDS = 350
# Tables, charts and their keys, folds, and the frame that every page has are no prose of this page.
NOT_PROSE = re.compile(
    r"<(table|style|svg|select|details)\b.*?</\1>|<ul class=\"key\".*?</ul>|<p class=\"(dates|share)\".*?</p>", re.DOTALL
)
PROSE = re.compile(r"<(p|li|h2)\b[^>]*>(.*?)</\1>", re.DOTALL)


def _page() -> Page:
    return next(page for page in pages() if page.url == "force")


def _prose(session: AppTest) -> str:
    """What is written in sentences outside tables, charts, choices and folds."""
    blocks = [NOT_PROSE.sub(" ", one.proto.body) for one in session.main.get("html")]
    paragraphs = [re.sub(r"<[^>]*>", " ", text) for block in blocks for _, text in PROSE.findall(block)]
    markdown = [one.value for kind in ("title", "header", "markdown", "caption", "info") for one in getattr(session.main, kind)]
    return " ".join([*paragraphs, *markdown])


@pytest.mark.parametrize("force", FORCES)
def test_the_page_opens_in_fewer_words_than_a_reader_would_skip(force: str) -> None:
    session = open_page(_page(), {"force": force})
    assert problems(session) == []
    words = _prose(session).split()
    assert 60 < len(words) < MOST_WORDS, len(words)


def test_a_welsh_force_has_no_part_on_missing_children() -> None:
    (parts,) = [one for one in open_page(_page(), {"force": "south-wales"}).get("button_group") if one.key == "tab_widget"]
    assert list(parts.options) == ["Judgements", "Findings"]


def test_a_force_without_similar_forces_has_no_part_on_them_and_an_address_that_names_it_is_told_why() -> None:
    session = open_page(_page(), {"force": "city-of-london", "tab": "similar"})
    (parts,) = [one for one in session.get("button_group") if one.key == "tab_widget"]
    assert "Similar forces" not in parts.options
    assert "Councils" in parts.options
    (told,) = [one.value for one in session.info if "Shown instead" in one.value]
    assert "has no part “Similar forces”: no similar forces can be found. Shown instead: Judgements." in told


def test_a_welsh_force_has_no_choice_that_acts_on_nothing_and_is_told_why_a_part_is_missing() -> None:
    session = open_page(_page(), {"force": "south-wales", "tab": "missing"})
    assert [one.key for one in session.selectbox] == ["_found", "force_widget"]
    assert not session.multiselect
    (told,) = [one.value for one in session.info if "Shown instead" in one.value]
    assert told == (
        "South Wales Police has no part “Missing children”: the Department for Education's figures cover England only. "
        "Shown instead: Judgements."
    )
    linked = [one.proto.body for one in session.get("html") if 'href="https://statswales.gov.wales/"' in one.proto.body]
    assert len(linked) == 1


@pytest.mark.parametrize("tab", ["judgements", "missing", "exploitation", "councils", "similar", "revisions", "about"])
def test_every_part_opens_by_its_address(tab: str) -> None:
    assert problems(open_page(_page(), {"force": "wiltshire", "tab": tab})) == []


def test_a_phone_that_is_shown_one_force_is_asked_about_one_force() -> None:
    """The heading and the order of all forces stood over it."""
    compare = next(page for page in pages() if page.url == "compare")
    session = open_page(compare, {"force": "wiltshire", "view": "rug"})
    headings = [one.value for one in session.main.header]
    assert headings == [
        "Where does each force differ from the average? Children missing, every measure",
        "How does Wiltshire compare on every measure? Children missing",
    ]


@pytest.mark.parametrize("view", ["side", "bars", "funnel", "ranks", "map", "spread", "rug"])
def test_every_view_of_compare_opens_by_its_address_with_forces_pinned(view: str) -> None:
    compare = next(page for page in pages() if page.url == "compare")
    assert problems(open_page(compare, {"force": "wiltshire", "with": "kent,essex", "view": view})) == []


def test_a_welsh_force_is_not_told_that_its_series_have_no_year_in_common() -> None:
    police = _page_named("police")
    session = open_page(police, {"force": "south-wales"})
    assert problems(session) == []
    assert "no year in common" not in _prose(session)
    assert any("the two show the same trend" in one.value or " series " in one.value for one in open_page(police).markdown)


@pytest.mark.parametrize("url", ["police", "trends"])
def test_a_welsh_force_has_no_picture_of_england_alone(url: str) -> None:
    """One box says where the figures of Wales are; England's line under a Welsh heading said nothing of the force."""
    session = open_page(_page_named(url), {"force": "south-wales"})
    assert problems(session) == []
    assert not [one.value for one in session.header if "rising or falling?" in one.value and "forces" not in one.value]
    assert not [one.value for one in session.header if "same trend" in one.value]
    assert len([one for one in session.info if "Welsh Government" in one.value]) == 1


def _page_named(url: str) -> Page:
    return next(page for page in pages() if page.url == url)


def test_no_choice_stands_where_it_would_do_nothing() -> None:
    added = open_page(_page_named("follow-up"), {"tab": "own", "as-of": "2024-05-17"})
    assert not added.date_input
    turned = open_page(_page_named("follow-up"), {"tab": "returns", "as-of": "2024-05-17"})
    assert [one.key for one in turned.date_input] == ["as-of_widget"]
    count = open_page(_page_named("compare"), {"view": "funnel", "measure": "missing-incidents-number"})
    rate = open_page(_page_named("compare"), {"view": "funnel"})
    hidden = open_page(
        _page_named("compare"), {"view": "funnel", "measure": "children-away-percent"}
    )  # every figure is "at least"
    assert "limits_widget" not in [one.key for one in (*count.get("button_group"), *hidden.get("button_group"))]
    assert "limits_widget" in [one.key for one in rate.get("button_group")]
