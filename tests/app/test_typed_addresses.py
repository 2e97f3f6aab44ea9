"""A force typed by any of its names is found; a name that there is not is told, and nobody is left with another force unawares."""

from __future__ import annotations

import pytest

from tests.app.driving import open_page, problems
from tests.app.surface import Page, pages

TYPED = [
    ("Kent", "Kent Police"),
    ("KENT", "Kent Police"),
    ("metropolitan-police", "Metropolitan Police Service"),
    ("Metropolitan Police Service", "Metropolitan Police Service"),
    ("avon and somerset", "Avon and Somerset Police"),
    ("Devon & Cornwall Police", "Devon & Cornwall Police"),
    ("gmp", "Greater Manchester Police"),
]
LED_TO = [
    ("swindon", "Wiltshire Police", "Swindon lies in the area of Wiltshire Police"),
    ("Isle of Wight", "Hampshire and Isle of Wight Constabulary", "Isle of Wight lies in the area of"),
    ("Met", "Metropolitan Police Service", ""),
    ("cardiff", "South Wales Police", "Cardiff lies in the area of South Wales Police"),
    ("Hampshire Constabulary", "Hampshire and Isle of Wight Constabulary", ""),
    ("Heddlu Gwent", "Gwent Police", "Heddlu Gwent is another name of Gwent Police"),
]


def _page(url: str) -> Page:
    return next(page for page in pages() if page.url == url)


@pytest.mark.parametrize(("typed", "organisation"), TYPED)
def test_a_force_is_found_by_any_of_its_names(typed: str, organisation: str) -> None:
    session = open_page(_page("force"), {"force": typed})
    assert problems(session) == []
    assert session.title[0].value == organisation
    assert not [one.value for one in session.info if "There is no" in one.value]


@pytest.mark.parametrize(("typed", "organisation", "remark"), LED_TO)
def test_a_council_or_another_name_leads_to_its_force_with_a_remark(typed: str, organisation: str, remark: str) -> None:
    session = open_page(_page("force"), {"force": typed})
    assert session.title[0].value == organisation
    said = " ".join(one.value for one in session.info)
    assert remark in said
    assert "There is no force" not in said


def test_what_the_search_finds_becomes_the_readers_force_on_its_page() -> None:
    session = open_page(_page("grades"), {"force": "kent"})
    session.selectbox(key="_found").select("Swindon council: Wiltshire Police").run()
    assert problems(session) == []
    assert session.title[0].value == "Wiltshire Police"
    assert session.session_state["force"] == "wiltshire"
    assert session.selectbox(key="_found").value is None


def test_a_council_opens_the_councils_of_its_force() -> None:
    found = (
        open_page(_page("grades"), {"force": "kent"}).selectbox(key="_found").select("Swindon council: Wiltshire Police").run()
    )
    for session in (found, open_page(_page("force"), {"force": "swindon"})):
        assert "How do the councils in Wiltshire Police's area compare?" in [one.value for one in session.header]
    welsh = open_page(_page("force"), {"force": "cardiff"})
    assert not [one.value for one in welsh.info if "There is no part" in one.value]


def test_an_unknown_force_is_told() -> None:
    session = open_page(_page("force"), {"force": "Atlantis Police"})
    assert any("There is no force “Atlantis Police” here." in one.value for one in session.info)


def test_forces_to_compare_with_are_found_by_any_of_their_names() -> None:
    session = open_page(_page("compare"), {"force": "kent", "with": "Essex Police,SURREY,Kent Police,atlantis"})
    assert session.multiselect[0].value == ["essex", "surrey"]
    assert "Kent" not in session.multiselect[0].options
    assert any("Not here to compare with: atlantis." in one.value for one in session.info)


def test_forces_beyond_the_most_that_can_be_compared_are_named() -> None:
    session = open_page(
        _page("compare"), {"force": "kent", "with": "essex,surrey,sussex,dorset,kent,durham,cleveland,suffolk,norfolk"}
    )
    assert len(session.multiselect[0].value) == 6
    assert any("Forces to compare with: six at most. Left out: Suffolk and Norfolk." in one.value for one in session.info)


def test_measure_and_order_are_found_in_any_case() -> None:
    session = open_page(_page("compare"), {"measure": "Missing-Incidents-Per-1000", "view": "Bars", "order": "Name"})
    assert problems(session) == []
    assert session.selectbox(key="measure_widget").value == "missing-incidents-per-1000"
    assert not [one.value for one in session.info if "There is no" in one.value]


def test_only_choices_that_stand_in_the_address_have_a_field() -> None:
    """Each costs as much as a select box: Grades had thirteen of them at every click."""
    session = open_page(_page("grades"), {"force": "kent", "cycle": "2021-22"})
    assert {one.key for one in session.text_input} == {"force", "cycle"}
