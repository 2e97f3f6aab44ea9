"""Counts of what the dashboard does, for an operator to scrape (``/metrics``), and a line of the log for each run of a page."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

import streamlit as st
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

import events
from insight.queries import about
from insight.warehouse import NoWarehouse, QueryFailed, build_id, build_in_use, kept_builds, opened
from ui.sign_in.gate import SignInOver

# Of a module that Streamlit imports once; the entry itself is run anew for each reader.
REGISTRY = CollectorRegistry()
RUNS = Counter(
    "force_page_runs",
    "Runs of a page, by page and how they ended; act on error and on unreadable.",
    ["page", "outcome"],
    registry=REGISTRY,
)
SECONDS = Histogram(
    "force_page_run_seconds", "How long runs took.", ["page"], registry=REGISTRY, buckets=(0.1, 0.25, 0.5, 1, 2, 5, 10, 30)
)
DOWNLOADS = Counter(
    "force_downloads",
    "Files made for readers, by kind and how that ended; act on error and on unreadable.",
    ["kind", "outcome"],
    registry=REGISTRY,
)
READABLE = Gauge("force_warehouse_readable", "1 while the warehouse in use can be read.", registry=REGISTRY)
BUILT = Gauge("force_build_timestamp_seconds", "When the build in use was made.", ["build"], registry=REGISTRY)
BUILDS = Gauge("force_builds_kept", "Builds that can be gone back to, the one in use counted.", registry=REGISTRY)
NEWEST = Gauge("force_newest_period_timestamp_seconds", "The end of the newest period with figures.", registry=REGISTRY)

PAGE = "_counted_page"  # of a session: what it ran last
# Of the run that is being counted: how parts of it failed that told it in words, so that the page itself went on.
PARTS: ContextVar[list[str] | None] = ContextVar("PARTS", default=None)


@contextmanager
def counted(page: str, ended: str = "done") -> Iterator[None]:
    """Count a run of a page and log it: how long it took, and how it ended.

    Runs that an operator has to act on are ``error`` (of the program) and ``unreadable`` (the warehouse, told in words).

    Args:
        ended: what is said of a run that came to its end.
    """
    st.session_state[PAGE] = page
    parts = list[str]()

    def count(outcome: str, seconds: float) -> None:
        outcome = parts[0] if parts else outcome
        RUNS.labels(page, outcome).inc()
        SECONDS.labels(page).observe(seconds)
        events.tell("page run", page=page, outcome=outcome, ms=_milliseconds(seconds))

    token = PARTS.set(parts)
    try:
        with _told_at_its_end(count, ended):
            yield
    finally:
        PARTS.reset(token)


@contextmanager
def part_counted() -> Iterator[None]:
    """Count a part of a page that fails as a failed run of the page; a part that does not is no run.

    Where it runs with its page, the page's own run is counted as that, once. Where it runs by itself, past the entry, it is
    counted and logged here.
    """
    try:
        yield
    except Exception as error:
        outcome, parts = _ending(error), PARTS.get()
        if parts is None:
            page = str(st.session_state[PAGE])
            RUNS.labels(page, outcome).inc()
            events.tell("page part", page=page, outcome=outcome)
        else:
            parts.append(outcome)
        raise


@contextmanager
def download_counted(kind: str) -> Iterator[None]:
    """Count a file that is made for a reader and log it, by its kind alone: its name says what the reader chose."""

    def count(outcome: str, seconds: float) -> None:
        DOWNLOADS.labels(kind, outcome).inc()
        events.tell("download", kind=kind, outcome=outcome, ms=_milliseconds(seconds))

    with _told_at_its_end(count):
        yield


@contextmanager
def _told_at_its_end(count: Callable[[str, float], None], ended: str = "done") -> Iterator[None]:
    """Tell how something ended and how many seconds it took, whatever ends it."""
    started, outcome = time.perf_counter(), ended
    try:
        yield
    except BaseException as error:
        outcome = _ending(error)
        raise
    finally:
        count(outcome, time.perf_counter() - started)


def _milliseconds(seconds: float) -> int:
    return round(seconds * 1000)


def _ending(error: BaseException) -> str:
    if isinstance(error, SignInOver):
        return "expired"
    if isinstance(error, NoWarehouse | QueryFailed):
        return "unreadable"
    # Else it is Streamlit's own: a page stopped, or run anew since the reader went on.
    return "error" if isinstance(error, Exception) else "stopped"


def routes() -> list[Route]:
    """The route that is scraped."""

    async def metrics(_: Request) -> Response:
        return Response(await run_in_threadpool(scraped), headers={"Content-Type": CONTENT_TYPE_LATEST})

    return [Route("/metrics", metrics)]


def scraped() -> bytes:
    """All counts in the text form of Prometheus, those of the warehouse as of now."""
    BUILT.clear()
    try:
        path = build_in_use()
        with opened(path) as warehouse:
            row = about.build(warehouse).iloc[0]
            periods = about.sources(warehouse)["last_period"].dropna()
            kept = kept_builds(path)
    except (NoWarehouse, QueryFailed, OSError):
        READABLE.set(0)
        return generate_latest(REGISTRY)
    READABLE.set(1)
    BUILT.labels(build_id(path)).set(row["built_at"].replace(tzinfo=UTC).timestamp())
    BUILDS.set(kept)
    if len(periods):
        NEWEST.set(datetime.fromisoformat(str(periods.max())[:10]).replace(tzinfo=UTC).timestamp())
    return generate_latest(REGISTRY)
