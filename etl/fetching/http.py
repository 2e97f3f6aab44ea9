"""Requests to publishers: HTTPS to listed hosts only, with retries, timeouts and a limit of size; nothing else is ever asked."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import orjson
import urllib3
from urllib3.exceptions import HTTPError
from urllib3.util import Retry, Timeout

from etl.problems import BadAnswer, NoNetwork

USER_AGENT = "force-performance-dashboard (python -m etl fetch; published statistics on missing children)"
MOST_BYTES = 200_000_000
MOST_REDIRECTS = 5
CHUNK = 1 << 16
ATTEMPTS = 4
TRY_AGAIN = (429, 500, 502, 503, 504)
REDIRECTS = (301, 302, 303, 307, 308)
UNCHANGED, GONE, OK = 304, 404, 200
Progress = Callable[[int, int | None], None]


class NotThere(BadAnswer):
    """The address is not there any more (404)."""


@dataclass(frozen=True)
class Downloaded:
    """A file that was fetched; ``etag`` and ``last_modified`` let the next request ask for what is newer only."""

    path: Path
    address: str
    sha256: str
    etag: str
    last_modified: str


class Client:
    """Asks the hosts of a list.

    Args:
        hosts: host names, with their ports where one is named.
        patience: seconds to wait for a connection and between two pieces of an answer; waits between attempts grow from a
            tenth of it.
    """

    def __init__(self, hosts: frozenset[str], patience: float = 30.0) -> None:
        self._hosts = hosts
        retries = Retry(
            total=ATTEMPTS,
            connect=1,
            redirect=False,
            status_forcelist=TRY_AGAIN,
            backoff_factor=patience / 10,
            backoff_max=patience,
            retry_after_max=int(patience * 4),
            raise_on_status=False,
        )
        self._pool = urllib3.PoolManager(
            headers={"User-Agent": USER_AGENT}, timeout=Timeout(connect=patience, read=patience), retries=retries
        )

    def json(self, address: str, fields: Mapping[str, str | int] | None = None) -> dict[str, object]:
        """An object from the interface.

        Raises:
            NoNetwork, BadAnswer: see the classes.
        """
        answer = self._ask(address, fields, {})
        try:
            found = orjson.loads(self._whole(answer, address))
        except orjson.JSONDecodeError as error:
            raise BadAnswer(f"{address} did not answer with JSON ({_kind(answer)}).") from error
        if not isinstance(found, dict):
            raise BadAnswer(f"{address} answered with something else than an object.")
        return found

    def csv(
        self, address: str, path: Path, before: Mapping[str, str], progress: Progress = lambda done, total: None
    ) -> Downloaded | None:
        """A CSV file, written to ``path``; None where it is the one that we have.

        Args:
            before: ``etag`` and ``last_modified`` of the file that we have, or nothing.
            progress: told how many bytes are here, and of how many if the publisher says so.
        """
        known = {"If-None-Match": before.get("etag", ""), "If-Modified-Since": before.get("last_modified", "")}
        answer = self._ask(address, None, {name: value for name, value in known.items() if value})
        if answer.status == UNCHANGED:
            answer.release_conn()
            return None
        if "csv" not in _kind(answer) and "octet-stream" not in _kind(answer):
            answer.release_conn()
            raise BadAnswer(f"{address} did not answer with a CSV file ({_kind(answer) or 'no type given'}).")
        digest = hashlib.sha256()
        with path.open("wb") as file:
            for chunk in self._chunks(answer, address, progress):
                file.write(chunk)
                digest.update(chunk)
        headers = answer.headers
        return Downloaded(path, address, digest.hexdigest(), headers.get("ETag", ""), headers.get("Last-Modified", ""))

    def _ask(self, address: str, fields: Mapping[str, str | int] | None, headers: dict[str, str]) -> urllib3.BaseHTTPResponse:
        for _ in range(MOST_REDIRECTS + 1):
            self._allow(address)
            answer = self._request(address, fields, headers)
            if answer.status not in REDIRECTS:
                break
            address, fields = urljoin(address, answer.headers.get("Location", "")), None
            answer.release_conn()
        else:
            raise BadAnswer(f"{address} leads on and on (more than {MOST_REDIRECTS} redirects).")
        if answer.status == GONE:
            raise NotThere(f"{address} is not there (404).")
        if answer.status not in (OK, UNCHANGED):
            raise BadAnswer(f"{address} answered {answer.status} {answer.reason or ''}.")
        return answer

    def _request(self, address: str, fields: Mapping[str, str | int] | None, headers: dict[str, str]) -> urllib3.BaseHTTPResponse:
        sent = {"User-Agent": USER_AGENT, **headers}
        texts = {name: str(value) for name, value in (fields or {}).items()}
        try:
            return self._pool.request("GET", address, fields=texts or None, headers=sent, redirect=False, preload_content=False)
        except HTTPError as error:
            why = str(getattr(error, "reason", None) or error).split(": ", 1)[-1]
            raise NoNetwork(f"{urlsplit(address).netloc} cannot be reached ({why}). Is there a network?") from error

    def _allow(self, address: str) -> None:
        parts = urlsplit(address)
        if parts.netloc not in self._hosts:
            raise BadAnswer(f"{address} is on a host that data/reference/release_feeds.yaml does not name; it was not asked.")
        if parts.scheme != "https" and parts.hostname not in ("127.0.0.1", "localhost"):
            raise BadAnswer(f"{address} is not HTTPS; it was not asked.")

    def _whole(self, answer: urllib3.BaseHTTPResponse, address: str) -> bytes:
        return b"".join(self._chunks(answer, address, lambda done, total: None))

    def _chunks(self, answer: urllib3.BaseHTTPResponse, address: str, progress: Progress) -> Iterator[bytes]:
        """The pieces of an answer, unpacked; stops with an error at the limit of size, or where it is cut off."""
        length = answer.headers.get("Content-Length", "")
        total = int(length) if length.isdigit() else None
        done = 0
        try:
            for chunk in answer.stream(CHUNK, decode_content=True):
                done += len(chunk)
                if done > MOST_BYTES:
                    raise BadAnswer(f"{address} is larger than {MOST_BYTES:,} bytes.")
                progress(done, total)
                yield chunk
        except HTTPError as error:
            raise NoNetwork(f"{address} was cut off after {done:,} bytes: {error}") from error
        finally:
            answer.close()


def _kind(answer: urllib3.BaseHTTPResponse) -> str:
    return answer.headers.get("Content-Type", "").lower()
