"""A server on the loopback address that speaks the routes of explore education statistics, and feeds that name it."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import yaml

from etl.paths import DataFolder

TITLE = "Looked-after children of Exampland"
DATA_SET = "CLA who were missing or away from placement - by local authority"
CSV_PATH = "/v1/data-sets/7/csv"


@dataclass
class Publisher:
    """What the server says: ``csv`` is the file, ``faults`` are answers given first, in order, for the path of the file."""

    port: int = 0
    csv: bytes = b""
    version: str = "1.0"
    end: str = "2024"
    published: str = "2025-11-20T09:30:00Z"
    on_the_interface: bool = True
    in_the_catalogue: bool = True
    title_of_number: str = DATA_SET
    content_type: str = "text/csv"
    faults: list[tuple[int, dict[str, str], bytes]] = field(default_factory=list)
    cut_off: bool = False
    silent: bool = False
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def answer(self, path: str) -> tuple[int, dict[str, str], bytes]:
        parts = urlsplit(path)
        page = int(parse_qs(parts.query).get("page", ["1"])[0])
        if parts.path == "/v1/publications":  # two pages, so that one who reads only the first finds nothing
            titles = [["Something else", TITLE + ", technical notes"], [TITLE]][page - 1]
            return self._json([{"id": f"p{page}{place}", "title": title} for place, title in enumerate(titles)], 2)
        if parts.path == "/v1/publications/p20/data-sets":
            latest = {
                "version": self.version,
                "published": self.published,
                "timePeriods": {"start": "2020", "end": self.end},
            }
            rows = [{"id": "7", "title": DATA_SET, "latestVersion": latest}] if self.on_the_interface else []
            return self._json([{"id": "8", "title": "CLA by age - national", "latestVersion": latest}, *rows], 1)
        if parts.path == "/list":
            rows = [
                self._in_catalogue("0", "CLA by age - national"),
                self._in_catalogue("other", DATA_SET, "Another publication"),
            ]
            return self._json([rows, [self._in_catalogue("9", DATA_SET)] * self.in_the_catalogue][page - 1], 2)
        if parts.path == "/list/number":
            found = {
                "title": self.title_of_number,
                "release": {"published": self.published, "publication": {"title": TITLE}},
                "file": {"meta": {"timePeriodRange": {"from": "2020", "to": self.end}}},
            }
            return 200, {"Content-Type": "application/json"}, json.dumps(found).encode()
        if parts.path in (CSV_PATH, "/catalogue/number/csv", "/catalogue/9/csv"):
            return (200, {"Content-Type": self.content_type, "ETag": f'"{hash(self.csv)}"'}, self.csv)
        return 404, {}, b"no such page"

    def _in_catalogue(self, number: str, title: str, publication: str = TITLE) -> dict[str, Any]:
        meta = {"timePeriodRange": {"from": "2020", "to": self.end}}
        named = {"id": number, "title": title, "publication": {"title": publication}}
        return {**named, "published": self.published, "meta": meta}

    @staticmethod
    def _json(results: list[dict[str, Any]], pages: int) -> tuple[int, dict[str, str], bytes]:
        body = {"results": results, "paging": {"totalPages": pages}}
        return 200, {"Content-Type": "application/json"}, json.dumps(body).encode()


class Handler(BaseHTTPRequestHandler):
    """Answers as the publisher of its server does."""

    publisher: Publisher

    def do_GET(self) -> None:
        publisher = self.publisher
        publisher.asked.append((self.path, dict(self.headers)))
        status, headers, body = publisher.answer(self.path)
        is_file = "csv" in urlsplit(self.path).path
        if is_file and publisher.silent:
            threading.Event().wait(2)
            return
        if is_file and publisher.faults:
            status, headers, body = publisher.faults.pop(0)
        elif is_file and self.headers.get("If-None-Match") == headers.get("ETag"):
            status, body = 304, b""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[: len(body) // 2] if is_file and publisher.cut_off else body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def serving(publisher: Publisher) -> Iterator[Publisher]:
    """The publisher at a port of its own."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Bound", (Handler,), {"publisher": publisher}))
    publisher.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield publisher
    finally:
        server.shutdown()
        server.server_close()


def write_feeds(data: DataFolder, port: int, **changes: object) -> None:
    feed = {"publication": "looked_after_missing", "publication_title": TITLE, "title_has": ["missing", "away from placement"]}
    feeds = [
        {**feed, **changes},
        {"publication": "police_missing_children", "look_at": "https://example.org/bulletins", "published_in": 8},
        {
            "publication": "peel_grades",
            "look_at": "https://example.org/peel",
            "no_date": "force by force",
            "newest_published": "2025-07",
        },
        {"publication": "missing_related_calls", "look_at": "https://example.org/bulletins", "no_date": "none is known"},
    ]
    address = f"http://127.0.0.1:{port}"
    where = {"api": f"{address}/v1", "catalogue": f"{address}/catalogue", "catalogue_list": f"{address}/list"}
    text = yaml.safe_dump({**where, "feeds": feeds})
    (data.reference / "release_feeds.yaml").write_text(text, encoding="utf-8")
