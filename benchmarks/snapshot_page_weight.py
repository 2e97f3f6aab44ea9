"""What a page of the public site weighs and how fast it shows, beside the same page of the live dashboard on this machine.

Run by ``make bench``. Builds one snapshot (or takes ``--site DIR``), serves it compressed, starts the dashboard, and opens both
in headless Chromium: largest contentful paint, the median of several loads with an empty cache, and their ratio.
"""

from __future__ import annotations

import argparse
import functools
import http.server
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from environment import CHROMIUM as BROWSER
from environment import PROJECT
from insight.snapshot.builder import Options, build
from insight.warehouse import build_in_use

LOADS = 5
MOST_BYTES, MOST_RATIO = 100_000, 0.5
PAIRS = {"index.html": "", "forces/wiltshire.html": "force?force=wiltshire"}
CHROMIUM = BROWSER.value or "/usr/bin/chromium"
PAINT = """() => new Promise(done => {
    new PerformanceObserver(list => { window.painted = list.getEntries().at(-1).startTime; })
        .observe({type: 'largest-contentful-paint', buffered: true});
    setTimeout(() => done(window.painted ?? null), 300);
})"""


class Compressed(http.server.SimpleHTTPRequestHandler):
    """Sends the ``.gz`` beside a file, as nginx does."""

    def do_GET(self) -> None:
        """One file."""
        path = Path(self.translate_path(self.path))
        zipped = path.with_name(f"{path.name}.gz")
        sent = zipped if zipped.is_file() else path
        if not sent.is_file():
            self.send_error(404)
            return
        content = sent.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Length", str(len(content)))
        if sent == zipped:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


@contextmanager
def site_served(folder: Path) -> Iterator[str]:
    """The address of a snapshot."""
    handler = functools.partial(Compressed, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@contextmanager
def dashboard_served() -> Iterator[str]:
    """The address of the live dashboard, warm."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "dashboard.py", "--server.port", str(port), "--server.headless", "true"]
    process = subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(240):
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=2):
                    break
            except OSError:
                time.sleep(0.25)
        yield f"http://127.0.0.1:{port}/"
    finally:
        process.terminate()
        process.wait(20)


def paint(browser: Browser, url: str, live: bool) -> float:
    """Largest contentful paint of one load in milliseconds, with an empty cache."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, bypass_csp=True)
    page = context.new_page()
    page.goto(url, wait_until="load")
    if live:
        page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]', timeout=60_000)
        page.wait_for_selector("h1", timeout=60_000)
    painted = page.evaluate(PAINT)
    context.close()
    return float(painted)


def median_paint(browser: Browser, url: str, live: bool) -> float:
    paint(browser, url, live)  # warms the server, not the browser
    return statistics.median(paint(browser, url, live) for _ in range(LOADS))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--site", type=Path, help="a published snapshot; one is built if left out")
    site = parser.parse_args().site
    held = True
    with tempfile.TemporaryDirectory() as room:
        if site is None:
            started = time.perf_counter()
            site = build(build_in_use(), Path(room), date(2026, 1, 31), Options(PROJECT / "build" / "charts")).folder
            print(f"built in {time.perf_counter() - started:.1f} s")
        with site_served(site) as static, dashboard_served() as live, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
            for path, page in PAIRS.items():
                files = [site / f"{path}.gz", site / "static" / "site.css.gz", site / "static" / "icon.svg"]
                size = sum(file.stat().st_size for file in files)
                fast, slow = median_paint(browser, static + path, False), median_paint(browser, live + page, True)
                ratio = fast / slow
                good = size < MOST_BYTES and ratio < MOST_RATIO
                held = held and good
                print(
                    f"{path}: {size:,} bytes compressed (under {MOST_BYTES:,}); largest contentful paint {fast:.0f} ms, live "
                    f"{slow:.0f} ms, ratio {ratio:.2f} (under {MOST_RATIO}): {'held' if good else 'NOT HELD'}"
                )
            browser.close()
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
