"""Tests share a browser's memory of files and nothing else: what one reader left behind the next does not find."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext

from tests.browser.conftest import Server, emptied

pytestmark = pytest.mark.browser
LEFT = "[localStorage.left, sessionStorage.left, document.cookie].filter(one => one?.includes('left=1')).length"


def test_what_a_reader_left_behind_is_gone_for_the_next(kept_context: BrowserContext, server: Server) -> None:
    page = kept_context.new_page()
    page.goto(server.url("_stcore/health"))
    page.evaluate("localStorage.left = sessionStorage.left = document.cookie = 'left=1'")
    assert page.evaluate(LEFT) == 3
    emptied(kept_context)
    assert kept_context.pages == []
    page = kept_context.new_page()
    page.goto(server.url("_stcore/health"))
    assert page.evaluate(LEFT) == 0
    emptied(kept_context)
