"""The browser of these tests cannot reach any other host: a page that needed one would fail here, not only be noticed."""

from __future__ import annotations

import threading
import urllib.request
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Browser, Error

OTHER = "127.0.0.2"  # of this machine too, so that it is the browser that blocks it and not an absent network


class _Answers(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()

    def log_message(self, format: str, *arguments: object) -> None:
        """Nothing."""


@pytest.fixture
def other_host() -> Iterator[str]:
    """The address of a server that answers anyone who finds it."""
    with ThreadingHTTPServer((OTHER, 0), _Answers) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://{OTHER}:{server.server_port}/"
        server.shutdown()


def test_no_other_host_can_be_reached(chromium: Browser, other_host: str) -> None:
    with urllib.request.urlopen(other_host, timeout=5) as answer:
        assert answer.status == 200
    page = chromium.new_page()
    with pytest.raises(Error, match="ERR_NAME_NOT_RESOLVED"):
        page.goto(other_host)
    page.close()
