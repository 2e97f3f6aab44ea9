"""A fresh server over the real build and a real Chromium that can speak to nobody else: all other hosts are blocked."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, TimeoutError, expect, sync_playwright

from environment import CHROMIUM, WAREHOUSE
from tests.app.surface import PROJECT, Stock, sections, stock_of
from tests.needs import absent

WIDE, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
TALLEST = 3000  # pixels of a page, folded as it opens, at a desk
QUIET = '[data-testid="stApp"][data-test-script-state="notRunning"]'
OWN = "127.0.0.1"  # the only host that the browser finds: every other name and address is blocked
# The same Chromium without what draws a window: a page costs it a third less than the whole one, which serves where it is missing.
BROWSERS = ("chromium-headless-shell", "chromium")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", f"--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE {OWN}",
]  # fmt: skip
# Between a choice and the run that it starts the page is quiet for a moment: it must stay so, with nothing left of the run before
# and no part whose code is still on its way.
STAYS_QUIET = f"""() => {{
    const busy = !document.querySelector('{QUIET}') || document.querySelector('[data-stale="true"], [data-testid="stSkeleton"]');
    window.quietSince = busy ? null : window.quietSince ?? performance.now();
    return window.quietSince !== null && performance.now() - window.quietSince > 400;
}}"""
PARTS_OF_A_PAGE = re.compile("^(Part of this page|View)$")
CLICKED = "a reader clicked"
COUNT_CLICKS = f"addEventListener('pointerdown', () => console.debug('{CLICKED}'), true)"
START_SECONDS, STEP_MILLISECONDS, PART_MILLISECONDS = 60, 20_000, 2_000
LOOK_AGAIN_MILLISECONDS = 50  # at every frame, which is Playwright's default, the browser would draw without end
# A page is awaited as long as a step may take: two browsers share a machine with everything else that tests run.
expect.set_options(timeout=STEP_MILLISECONDS)


@dataclass
class Server:
    """A running dashboard."""

    root: str
    log: Path

    def url(self, page: str = "", **query: str) -> str:
        """The address of a page with choices."""
        return f"{self.root}/{page}" + (f"?{urlencode(query, safe=',')}" if query else "")


@contextmanager
def served(warehouse: Path, folder: Path, told: Callable[[str], Mapping[str, str]] = lambda _: {}) -> Iterator[Server]:
    """A new server that reads the build in use in a folder; it is stopped afterwards.

    Args:
        warehouse: the folder of builds.
        folder: for its log.
        told: from its address to further environment variables.
    """
    port = free_port()
    server = Server(f"http://127.0.0.1:{port}", folder / f"server-{port}.log")
    command = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        "dashboard.py",
        "--server.port",
        str(port),
        "--server.address",
        "127.0.0.1",
    ]
    with server.log.open("w") as log:
        process = subprocess.Popen(
            command,
            cwd=PROJECT,
            env={**os.environ, WAREHOUSE.name: str(warehouse), **told(server.root)},
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            wait_for(server.url("_stcore/health"), process, server.log)
            yield server
        finally:
            ended(process)


def ended(process: subprocess.Popen[bytes]) -> None:
    """End a process: politely, then not."""
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def wait_for(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until a process answers at an address."""
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(address, timeout=1) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            if process.poll() is not None:
                break
            time.sleep(0.1)
    raise RuntimeError(f"{address} does not answer:\n{log.read_text()}")


@dataclass
class Reader:
    """A reader's tab, and all that it asked for and complained of."""

    page: Page
    server: Server
    hosts: set[str] = field(default_factory=set)
    complaints: list[str] = field(default_factory=list)
    clicks: int = 0
    listens: dict[str, Callable[[Any], None]] = field(default_factory=dict)

    def watch(self) -> Reader:
        """Note every request's host, every click, every console error and every exception in the page."""
        self.listens = {
            "request": lambda request: self.hosts.add(urlsplit(request.url).hostname or urlsplit(request.url).scheme),
            "console": self._hear,
            "pageerror": lambda error: self.complaints.append(str(error)),
        }
        for event, heard in self.listens.items():
            self.page.on(event, heard)  # type: ignore[call-overload]
        return self

    def leave(self) -> None:
        """Note nothing more: the tab may be another reader's next."""
        for event, heard in self.listens.items():
            self.page.remove_listener(event, heard)

    def open(self, page: str = "", **query: str) -> Page:
        """Come in at an address and wait until all is drawn."""
        self.page.goto(self.server.url(page, **query))
        return self.settle()

    def settle(self) -> Page:
        """Wait until the run is over and every chart is drawn."""
        self.page.locator("h1").first.wait_for(timeout=STEP_MILLISECONDS)  # before its first run a page is quiet, too
        self.page.evaluate("window.quietSince = null")
        self.page.wait_for_function(STAYS_QUIET, timeout=STEP_MILLISECONDS, polling=LOOK_AGAIN_MILLISECONDS)
        self.page.wait_for_function(
            "() => [...document.querySelectorAll('[data-testid=stPlotlyChart]')]"
            ".every(one => one.querySelector('.main-svg') || one.offsetParent === null)",
            polling=LOOK_AGAIN_MILLISECONDS,
        )
        return self.page

    def at(self, screen: dict[str, int]) -> Page:
        """Look at it on a screen of this size. What is settled at that size already is not waited for again."""
        if self.page.viewport_size == screen:
            return self.page
        self.page.set_viewport_size(screen)  # type: ignore[arg-type]
        return self.settle()

    def pick(self, label: str, option: str) -> Page:
        """Choose from a select box by its label: write the option's name, for a long list is drawn in part only."""
        box = self.page.get_by_role("combobox", name=label, exact=True).first
        box.click()
        box.fill(option)
        self.page.get_by_role("option", name=option, exact=True).click()
        return self.settle()

    def parts(self) -> list[str]:
        """The tabs or views of the page by name; a page that has none is one part without a name."""
        row = self.page.get_by_role("radiogroup", name=PARTS_OF_A_PAGE)
        with suppress(TimeoutError):
            row.wait_for(timeout=PART_MILLISECONDS)
        return [one.inner_text() for one in row.get_by_role("radio").all()] if row.count() else [""]

    def turn_to(self, part: str) -> Page:
        """Open a part of the page."""
        if part:
            self.page.get_by_role("radiogroup", name=PARTS_OF_A_PAGE).get_by_role("radio", name=part, exact=True).click()
            self.page.wait_for_timeout(150)
        return self.settle()

    def go_to(self, title: str) -> Page:
        """Follow the navigation to a page."""
        link = self.page.get_by_test_id("stTopNavLink").filter(has_text=re.compile(f"^{re.escape(title)}$"))
        if not link.count():
            section = next(name for name, pages in self.sections.items() if title in pages)
            self.page.get_by_test_id("stTopNavSection").filter(has_text=section).click()
            link = self.page.get_by_test_id("stTopNavDropdownLink").filter(has_text=re.compile(f"^{re.escape(title)}$"))
        link.click()
        self.page.wait_for_timeout(150)
        return self.settle()

    @property
    def sections(self) -> dict[str, list[str]]:
        """The titles of the pages in each menu."""
        return {section: [page.title for page in entries] for section, entries in sections().items()}

    @property
    def query(self) -> str:
        """What stands in the address after the question mark."""
        return urlsplit(self.page.url).query

    def heading(self) -> Locator:
        """The page's title."""
        return self.page.locator("h1")

    def _hear(self, message: ConsoleMessage) -> None:
        self.clicks += message.text == CLICKED
        # Streamlit looks for its own health address beneath a page's path before it finds it at the root. What is missing on the
        # provider's pages (fonts, when the moment allows) is not ours; that ours ask nobody else, ``hosts`` holds.
        where = message.location.get("url", "")
        of_another = urlsplit(where).scheme == "http" and not where.startswith(f"{self.server.root}/")
        if message.type == "error" and "/_stcore/" not in where and not of_another:
            self.complaints.append(f"{message.text} {where}")


@pytest.fixture(scope="session")
def stock(real_warehouse: Path) -> Stock:
    """What the real build holds."""
    return stock_of(real_warehouse.parent)


@pytest.fixture(scope="session")
def server(real_warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server for tests that do not need a fresh one."""
    with served(real_warehouse.parent, tmp_path_factory.mktemp("server")) as running:
        yield running


@pytest.fixture
def fresh_server(real_warehouse: Path, tmp_path: Path) -> Iterator[Server]:
    """A server that no one has visited."""
    with served(real_warehouse.parent, tmp_path) as running:
        yield running


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The installed Chromium; ``CHROMIUM`` names another one."""
    command = CHROMIUM.value or next(filter(None, map(shutil.which, BROWSERS)), None)
    if command is None:
        absent("chromium", "chromium-headless-shell")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=command, args=FLAGS)
        yield browser
        browser.close()


def _context(chromium: Browser) -> BrowserContext:
    """A memory of its own. What moves is drawn again and again, a fifth of what a page costs: this reader wishes it still."""
    context = chromium.new_context(accept_downloads=True, reduced_motion="reduce")
    context.add_init_script(COUNT_CLICKS)
    context.set_default_timeout(STEP_MILLISECONDS)
    return context


@pytest.fixture(scope="session")
def kept_context(chromium: Browser) -> Iterator[BrowserContext]:
    """One memory and one tab for a worker's tests: to fetch and compile the files of Streamlit anew costs more than all the rest of
    an opening (2 s of 4 for a page with charts)."""
    context = _context(chromium)
    context.new_page()
    yield context
    context.close()


def emptied(context: BrowserContext) -> None:
    """All that a reader left behind is gone, but for the files that the browser fetched; the first tab stays, and shows nothing."""
    kept = context.pages[0] if context.pages else context.new_page()
    places = {f"{at.scheme}://{at.netloc}" for at in (urlsplit(page.url) for page in context.pages) if at.scheme == "http"}
    if urlsplit(kept.url).scheme == "http":
        kept.evaluate("sessionStorage.clear()")  # a tab's own, which outlives its pages
    for page in context.pages[1:]:
        page.close()
    kept.emulate_media(media="null")
    kept.mouse.move(0, 0)  # what lies under it would be lit
    kept.goto("about:blank")  # before the stores are emptied, lest the page write again
    session = context.new_cdp_session(kept)
    for place in places:
        told = {"origin": place, "storageTypes": "local_storage,indexeddb,service_workers,cache_storage"}
        session.send("Storage.clearDataForOrigin", told)
    session.detach()
    context.clear_cookies()
    context.clear_permissions()


@pytest.fixture
def new_reader(chromium: Browser, kept_context: BrowserContext) -> Iterator[Callable[..., Reader]]:
    """``new_reader(server, screen)`` gives a tab, each as of another person: the first of a test that of the kept context, emptied,
    any other one in a context of its own. At the end it must have spoken to its server alone, and quietly."""
    readers: list[Reader] = []

    def make(server: Server, screen: dict[str, int] = WIDE) -> Reader:
        page = _context(chromium).new_page() if readers else kept_context.pages[0]
        page.set_viewport_size(screen)  # type: ignore[arg-type]
        readers.append(Reader(page, server).watch())
        return readers[-1]

    yield make
    for reader in readers:
        reader.leave()
    emptied(kept_context)
    for reader in readers[1:]:
        reader.page.context.close()
    for reader in readers:
        assert reader.hosts <= {OWN, "data", "blob", "about"}, f"the page asked {reader.hosts}"
        assert reader.complaints == [], reader.complaints


@pytest.fixture
def reader(new_reader: Callable[..., Reader], server: Server) -> Reader:
    """A reader at a desk."""
    return new_reader(server)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """A failed test shows what its server said."""
    report = yield
    server = getattr(item, "funcargs", {}).get("fresh_server") or getattr(item, "funcargs", {}).get("server")
    if report.failed and isinstance(server, Server) and server.log.exists():
        report.sections.append(("dashboard server", server.log.read_text()[-8000:]))
    return report
