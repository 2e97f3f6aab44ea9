"""Behind the project's nginx, with the headers that it sends, every page is drawn and the browser complains of no policy."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser

from deploy import front
from deploy.replicas import stop, wait_for
from tests.app.surface import pages
from tests.browser.conftest import QUIET, Server, free_port
from tests.needs import needs

pytestmark = [pytest.mark.browser, needs("nginx", "nginx")]
HOST = "127.0.0.1"


@pytest.fixture
def behind_nginx(server: Server, tmp_path: Path) -> Iterator[Server]:
    """The dashboard by way of nginx; Streamlit's files come from the replica."""
    port = free_port()
    nginx = front.Nginx(tmp_path)
    nginx.write(front.configuration(f"{HOST}:{port}", {int(urlsplit(server.root).port or 0): True}, tmp_path))
    process = nginx.start()
    try:
        wait_for(f"http://{HOST}:{port}/healthz", process, 20)
        yield Server(f"http://{HOST}:{port}", server.log)
    finally:
        stop(process)


def test_no_page_needs_what_the_policy_forbids(chromium: Browser, behind_nginx: Server) -> None:
    told: list[str] = []
    page = chromium.new_page()
    page.on("console", lambda message: told.append(f"{page.url}: {message.text}"))
    answer = page.goto(behind_nginx.url())
    assert answer is not None
    assert "script-src 'self'" in answer.headers["content-security-policy"]
    for one in pages():
        page.goto(behind_nginx.url("" if one.default else one.url), wait_until="commit")
        page.locator(QUIET).wait_for()
        page.locator("h1").first.wait_for()
    page.close()
    assert [text for text in told if "Content Security Policy" in text or "Permissions" in text] == []
