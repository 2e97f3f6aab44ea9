"""Tests share a browser's memory of files and nothing else: what one reader left behind the next does not find."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext

from tests.browser.conftest import Reader, Server, emptied

pytestmark = pytest.mark.browser
LEFT = "[localStorage.left, sessionStorage.left, document.cookie].filter(one => one?.includes('left=1')).length"


def test_what_a_reader_left_behind_is_gone_for_the_next(kept_context: BrowserContext, server: Server) -> None:
    [page] = kept_context.pages
    kept_context.new_page()
    page.goto(server.url("_stcore/health"))
    page.evaluate("localStorage.left = sessionStorage.left = document.cookie = 'left=1'")
    assert page.evaluate(LEFT) == 3
    page.emulate_media(media="print")
    emptied(kept_context)
    assert kept_context.pages == [page]
    page.goto(server.url("_stcore/health"))
    assert page.evaluate(LEFT) == 0
    assert page.evaluate("matchMedia('screen').matches")
    emptied(kept_context)


def test_a_tab_that_is_another_readers_counts_clicks_and_complaints_for_that_one_alone(
    new_reader: Callable[..., Reader], kept_context: BrowserContext, server: Server
) -> None:
    first, second = new_reader(server), Reader(kept_context.pages[0], server)
    first.page.goto(server.url("_stcore/health"))
    first.page.mouse.click(5, 5)
    assert first.page.evaluate("1 + 1") == 2  # what the browser tells comes in order: by now the click was told
    first.leave()
    second.watch()
    second.page.mouse.click(5, 5)
    second.page.evaluate("console.error('a fault')")
    second.leave()
    assert (first.clicks, second.clicks) == (1, 1)
    assert (first.complaints, [said.strip() for said in second.complaints]) == ([], ["a fault"])
    assert first.hosts == {"127.0.0.1"}
