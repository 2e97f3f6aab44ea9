"""In Chromium: from a click to the drawn chart, the first visit with and without nginx, public site beside the dashboard."""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, Response, sync_playwright

from benchmarks.report import Part, Row
from benchmarks.served import FLOOR, Server, free_port, serving
from deploy import front
from deploy.reader import HOST
from deploy.replicas import stop, wait_for
from deploy.warm import open_pages
from environment import CHROMIUM, PROJECT

ROUNDS = 5
MOST = 1.5  # times the floor, from the address to the drawn chart
READY = '[data-testid="stApp"][data-test-script-state="notRunning"]'
DRAWN = ".js-plotly-plot .main-svg"
PAINT = """() => new Promise(done => {
    new PerformanceObserver(list => { window.painted = list.getEntries().at(-1).startTime; })
        .observe({type: 'largest-contentful-paint', buffered: true});
    setTimeout(() => done(window.painted ?? null), 300);
})"""
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run"]


@contextmanager
def nginx_before(server: Server, room: Path) -> Iterator[int]:
    """The project's nginx before one replica; its port."""
    port = free_port()
    nginx = front.Nginx(room)
    nginx.write(front.configuration(f"{HOST}:{port}", {server.port: True}, front.compressed(PROJECT / "build" / "streamlit")))
    process = nginx.start()
    try:
        wait_for(f"http://{HOST}:{port}/healthz", process)
        yield port
    finally:
        stop(process)


def drawn(page: Page, address: str) -> float:
    """Seconds from asking for an address until its chart is drawn."""
    started = time.perf_counter()
    page.goto(address, wait_until="commit")
    page.locator(DRAWN).first.wait_for(timeout=60_000)
    return time.perf_counter() - started


def responses(page: Page) -> list[Response]:
    """All answers that a page gets from now on."""
    answers: list[Response] = []
    page.on("response", lambda one: answers.append(one))  # Playwright takes no built-in
    return answers


def first_visit(browser: Browser, address: str) -> tuple[float, float, int]:
    """Seconds to the drawn chart with an empty cache, megabytes over the wire, requests."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    answers = responses(page)
    seconds = drawn(page, address)
    page.locator(READY).wait_for(timeout=60_000)
    sizes = [one.request.sizes()["responseBodySize"] for one in answers if one.status == 200]
    context.close()
    return seconds, sum(sizes) / 1e6, len(answers)


def clicked(browser: Browser, address: str, label: str, names: tuple[str, str]) -> float:
    """Median seconds from picking a force until the page has run and a chart stands."""
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    drawn(page, address)
    page.locator(READY).wait_for(timeout=60_000)
    taken = []
    for turn in range(ROUNDS):
        box = page.get_by_role("combobox", name=label, exact=True).first
        box.click()
        box.fill(names[turn % 2])
        option = page.get_by_role("option", name=names[turn % 2], exact=True)
        option.wait_for()
        started = time.perf_counter()
        option.click()
        page.wait_for_timeout(20)
        page.locator(READY).wait_for(timeout=60_000)
        page.locator(DRAWN).first.wait_for(timeout=60_000)
        taken.append(time.perf_counter() - started)
    page.close()
    return statistics.median(taken)


def drawn_picture(address: str) -> float:
    """Seconds until the largest part of a page without scripts stands, with an empty cache, the median of several loads."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM.value or "/usr/bin/chromium", args=ARGUMENTS)
        taken = []
        for _ in range(ROUNDS):
            context = browser.new_context(viewport={"width": 1440, "height": 900}, bypass_csp=True)
            page = context.new_page()
            page.goto(address, wait_until="load")
            taken.append(float(page.evaluate(PAINT)) / 1000)
            context.close()
        browser.close()
    return statistics.median(taken)


def warm(port: int) -> None:
    """In a thread of its own: Playwright's loop runs in this one."""
    thread = threading.Thread(target=lambda: asyncio.run(open_pages(port)))
    thread.start()
    thread.join()


def run() -> Part:
    """Measure and put into a table."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        room = Path(folder)
        browser = playwright.chromium.launch(executable_path=CHROMIUM.value or "/usr/bin/chromium", args=ARGUMENTS)
        with serving(PROJECT, room) as ours, serving(FLOOR, room) as floor, nginx_before(ours, room) as port:
            warm(ours.port)
            addresses = {
                "floor": f"http://{HOST}:{floor.port}/",
                "dashboard": f"http://{HOST}:{ours.port}/compare?view=bars",
                "dashboard behind nginx": f"http://{HOST}:{port}/compare?view=bars",
            }
            visits: dict[str, list[tuple[float, float, int]]] = {name: [] for name in addresses}
            for _ in range(ROUNDS):
                for name, address in addresses.items():
                    visits[name].append(first_visit(browser, address))
            names = ("Essex", "Surrey")
            clicks = {name: clicked(browser, address, "Force", names) for name, address in addresses.items()}
        browser.close()
    base = statistics.median(one[0] for one in visits["floor"])
    rows: list[Row] = []
    missed = []
    for name, found in visits.items():
        seconds = statistics.median(one[0] for one in found)
        rows.append(
            (
                name,
                f"{seconds:.2f} s",
                f"{seconds / base:.1f} ×",
                f"{statistics.median(one[1] for one in found):.2f} MB",
                f"{statistics.median(one[2] for one in found):.0f}",
                f"{clicks[name]:.2f} s",
                f"{clicks[name] / clicks['floor']:.1f} ×",
            )
        )
        if seconds > MOST * base:
            missed.append(f"{name}: first chart after {seconds / base:.1f} × the floor")
    header = ("Compare, ranked bars", "first chart", "to the floor", "bytes", "requests", "click to chart", "to the floor")
    method = (
        f"Chromium, medians of {ROUNDS}, alternating, warm servers, an empty cache at a first visit. Bar: the first chart within "
        f"{MOST} × the floor's."
    )
    return Part("In a browser", method, header, tuple(rows), tuple(missed))
