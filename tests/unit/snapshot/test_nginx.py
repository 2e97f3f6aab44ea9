"""`deploy/nginx.conf` as Debian's nginx serves a snapshot with it: types, caching, compressed files, headers, what is not there."""

from __future__ import annotations

import http.client
from collections.abc import Callable, Iterator
from pathlib import Path

import brotli
import pytest

from tests.needs import needs
from tests.nginx import free_port, running, with_changes

CONF = Path(__file__).resolve().parents[3] / "deploy" / "nginx.conf"
BROTLI = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")

pytestmark = needs("nginx", "nginx")
Answer = tuple[int, dict[str, str], bytes]


@pytest.fixture(scope="module")
def ask(small_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Answer]]:
    """``ask(path, method, **headers)`` of an nginx of its own."""
    port = free_port()
    changes = {
        "listen 80;": f"listen 127.0.0.1:{port};",
        "listen [::]:80;": "",
        "root /srv/snapshots;": f"root {small_site.parents[1]};",
        **({} if BROTLI.is_file() else {"brotli_static on;": ""}),
    }

    def get(path: str, method: str = "GET", **headers: str) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()

    module = BROTLI if BROTLI.is_file() else None
    with running(with_changes(CONF, changes), port, tmp_path_factory.mktemp("nginx"), module):
        yield get


@pytest.fixture
def day(small_site: Path) -> str:
    return f"/snapshots/{small_site.name}"


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/index.html", "text/html; charset=utf-8"),
        ("/static/site.css", "text/css; charset=utf-8"),
        ("/static/icon.svg", "image/svg+xml; charset=utf-8"),
        ("/data/force.csv", "text/csv; charset=utf-8"),
        ("/data/force.parquet", "application/vnd.apache.parquet"),
        ("/manifest.json", "application/json; charset=utf-8"),
        ("/", "text/html; charset=utf-8"),
    ],
)
def test_a_dated_snapshot_is_served_for_good(path: str, kind: str, ask: Callable[..., Answer], day: str) -> None:
    status, headers, _ = ask(day + path)
    assert (status, headers["content-type"]) == (200, kind)
    assert headers["cache-control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize("path", ["/", "/index.html", "/snapshots/", "/snapshots/latest/index.html", "/snapshots/feed.xml"])
def test_what_follows_the_newest_is_kept_for_minutes_only(path: str, ask: Callable[..., Answer]) -> None:
    status, headers, _ = ask(path)
    assert (status, headers["cache-control"]) == (200, "public, max-age=300")


def test_every_answer_carries_the_security_headers(ask: Callable[..., Answer], day: str) -> None:
    for path in (f"{day}/index.html", "/nowhere"):
        headers = ask(path)[1]
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "script-src" not in headers["content-security-policy"]
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert "camera=()" in headers["permissions-policy"]
        assert headers["server"] == "nginx"


def test_compressed_files_are_sent_as_they_were_written(ask: Callable[..., Answer], day: str, small_site: Path) -> None:
    plain = (small_site / "index.html").read_bytes()
    _, headers, body = ask(f"{day}/index.html", Accept_Encoding="gzip")
    assert headers["content-encoding"] == "gzip"
    assert body == (small_site / "index.html.gz").read_bytes()
    assert "Accept-Encoding" in headers["vary"]
    assert ask(f"{day}/index.html")[2] == plain
    if BROTLI.is_file():
        _, headers, body = ask(f"{day}/index.html", Accept_Encoding="gzip, br")
        assert headers["content-encoding"] == "br"
        assert brotli.decompress(body) == plain


def test_data_may_be_used_from_other_pages_and_pages_not(ask: Callable[..., Answer], day: str) -> None:
    assert ask(f"{day}/api/v1/forces.json")[1]["access-control-allow-origin"] == "*"
    assert "access-control-allow-origin" not in ask(f"{day}/index.html")[1]


@pytest.mark.parametrize("path", ["/nowhere", "/snapshots/1999-01-01/index.html", "/snapshots/.lock", "/../etc/passwd"])
def test_what_is_not_there_has_a_page_of_its_own(path: str, ask: Callable[..., Answer]) -> None:
    status, headers, body = ask(path)
    assert status in (400, 404)
    if status == 404:
        assert b"There is no such page" in body
        assert headers["content-type"].startswith("text/html")


def test_nothing_but_reading_is_allowed(ask: Callable[..., Answer], day: str) -> None:
    assert ask(f"{day}/index.html", "HEAD")[0] == 200
    for method in ("POST", "PUT", "DELETE"):
        assert ask(f"{day}/index.html", method)[0] in (403, 405)
