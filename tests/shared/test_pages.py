"""Every page says and draws from the shared warehouse what it does from the file."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from environment import WAREHOUSE
from tests.app.driving import open_page, problems, words
from tests.app.surface import Page, pages
from tests.catalogue import Catalogue, Server, forget

ESSEX = {"force": "essex"}


@pytest.fixture(autouse=True, scope="module")
def _full_errors() -> Iterator[None]:
    st.config.set_option("client.showErrorDetails", "full")
    logging.disable(logging.WARNING)  # Streamlit warns of each call outside a reader's session
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture(autouse=True)
def _forgotten() -> Iterator[None]:
    yield
    st.cache_data.clear()
    st.cache_resource.clear()


Said = dict[str, tuple[list[str], list[str]]]


def _all_pages() -> Said:
    """What is wrong on each page, and its words; nothing that another build left behind is used."""
    st.cache_data.clear()
    st.cache_resource.clear()
    sessions = {page.url: open_page(page, ESSEX) for page in pages()}
    return {url: (problems(session), list(words(session))) for url, session in sessions.items()}


@pytest.fixture(scope="module")
def from_both(shared_data: Catalogue, real_warehouse: Path) -> tuple[Said, Said]:
    """Every page from the shared warehouse, then every page from the file: one after another they share what a build is asked."""
    with shared_data.named():
        shared = _all_pages()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(WAREHOUSE.name, str(real_warehouse.parent))
        return shared, _all_pages()


@pytest.mark.parametrize("page", [pytest.param(page, id=page.url) for page in pages()])
def test_a_page_is_the_same_from_both(page: Page, from_both: tuple[Said, Said]) -> None:
    (wrong, shared), (wrong_too, file) = (said[page.url] for said in from_both)
    assert wrong == wrong_too == []
    assert shared == file
    assert len(file) > 3


def test_a_link_to_an_earlier_build_opens_it_and_says_so(
    publish: Callable[..., Path], catalogue: Catalogue, real_warehouse: Path
) -> None:
    for build_id in ("a", "b"):
        publish(build_id, real_warehouse)
    session = _entry({"build": "a"})
    assert problems(session) == []
    said = " ".join(words(session))
    assert "This link is to build a, which is not the newest" in said
    assert "Open the newest, b" in said


def test_a_catalogue_that_is_away_is_told_in_words(
    publish: Callable[..., Path], catalogue: Catalogue, catalogue_server: Server
) -> None:
    publish("a")
    catalogue_server.stop()
    try:
        forget()
        session = _entry({})
    finally:
        catalogue_server.start()
    assert not session.exception
    (said,) = problems(session)
    assert said.startswith("The figures cannot be read just now. The shared warehouse does not answer just now")
    assert catalogue.address.removeprefix("ducklake:postgres:") not in said


def _entry(query: dict[str, str]) -> AppTest:
    return open_page(next(page for page in pages() if page.default), query)
