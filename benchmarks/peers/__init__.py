"""Other open-source ways to publish the same figures, set up from their published packages in environments of their own.

The same data and the same two questions: all forces on one measure, ranked, one of them marked; one force's series.
"""

from __future__ import annotations

import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path

import pandas as pd
from playwright.sync_api import Browser, sync_playwright

from benchmarks.browser import ARGUMENTS, DRAWN, responses, warm
from benchmarks.peers import datasette, evidence
from benchmarks.report import Part, Row
from benchmarks.served import serving
from deploy.reader import HOST
from environment import CHROMIUM, PROJECT
from insight.snapshot.builder import Options, build
from insight.warehouse import build_in_use, open_warehouse

ROOM, ROUNDS = PROJECT / "build" / "peers", 3
FIGURES = """
SELECT force_name AS force, i.period_end, i.value FROM indicator i JOIN force ON force_code = area_code
WHERE measure_id = 'children_missing_percent' AND value IS NOT NULL ORDER BY force, period_end
"""
SITE = {"ranked": "measures/children-missing-percent.html", "series": "forces/kent.html"}
OURS = {"ranked": "compare?force=kent&view=bars", "series": "trends?force=kent"}
PICTURE = "main svg, main img, figure svg, figure img"
Times = dict[str, tuple[float, float]]


def _rows() -> pd.DataFrame:
    frame = open_warehouse(build_in_use()).rows("figures for peers", FIGURES)
    return frame.assign(period_end=frame["period_end"].dt.strftime("%Y-%m-%d"))


def _answered(browser: Browser, address: str, drawn: str) -> tuple[float, float]:
    """Seconds until the answer stands, and megabytes, with an empty cache; medians."""
    taken, sizes = [], []
    for _ in range(ROUNDS):
        context = browser.new_context(viewport={"width": 1440, "height": 900})
        page = context.new_page()
        answers = responses(page)
        started = time.perf_counter()
        page.goto(address, wait_until="commit")
        page.locator(drawn).first.wait_for(timeout=60_000)
        taken.append(time.perf_counter() - started)
        sizes.append(sum(one.request.sizes()["responseBodySize"] for one in answers if one.status == 200) / 1e6)
        context.close()
    return statistics.median(taken), statistics.median(sizes)


def _asked(browser: Browser, served: AbstractContextManager[dict[str, str]], drawn: str) -> Times:
    with served as addresses:
        return {name: _answered(browser, address, drawn) for name, address in addresses.items()}


def _peers(browser: Browser, rows: pd.DataFrame, room: Path) -> tuple[dict[str, tuple[float, Times]], list[str]]:
    """Each peer that could be set up: seconds of its build, and times; why the others could not."""
    found, skipped = {}, []
    ROOM.mkdir(parents=True, exist_ok=True)

    def of_datasette() -> tuple[float, Times]:
        command = datasette.install(ROOM)
        file, seconds = datasette.built(rows, room)
        return seconds, _asked(browser, datasette.serving(command, file), datasette.DRAWN)

    def of_evidence() -> tuple[float, Times]:
        site, seconds = evidence.built(evidence.install(ROOM), rows)
        return seconds, _asked(browser, evidence.serving(site), evidence.DRAWN)

    peers: dict[str, Callable[[], tuple[float, Times]]] = {"Datasette": of_datasette, "Evidence": of_evidence}
    for name, peer in peers.items():
        try:
            found[name] = peer()
        except (subprocess.SubprocessError, OSError, TimeoutError) as error:
            told = getattr(error, "stderr", None) or b""
            skipped.append(
                f"**SKIPPED: {name}** could not be set up: {error} {bytes(told)[-300:].decode(errors='replace')}".strip()
            )
    return found, skipped


def run() -> Part:
    """Measure and put into a table."""
    rows = _rows()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        room = Path(folder)
        browser = playwright.chromium.launch(executable_path=CHROMIUM.value or "/usr/bin/chromium", args=ARGUMENTS)
        found, skipped = _peers(browser, rows, room)
        started = time.perf_counter()
        site = build(build_in_use(), room / "site", date(2026, 1, 31), Options(PROJECT / "build" / "charts")).folder
        made = time.perf_counter() - started
        missing = [path for path in SITE.values() if not (site / path).is_file()]
        pages = {name: path for name, path in SITE.items() if path not in missing}
        with evidence.serving(site) as base:
            root = base["ranked"]
            found["public site"] = (made, {n: _answered(browser, f"{root}{path}", PICTURE) for n, path in pages.items()})
        with serving(PROJECT, room) as ours:
            warm(ours.port)
            times = {n: _answered(browser, f"http://{HOST}:{ours.port}/{path}", DRAWN) for n, path in OURS.items()}
            found["dashboard"] = (0.0, times)
        browser.close()
    table: list[Row] = []
    missed = []
    for name, (seconds, asked) in found.items():
        cells = [name, f"{seconds:.1f} s" if seconds else "–"]
        for question in ("ranked", "series"):
            cells += [f"{asked[question][0]:.2f} s", f"{asked[question][1]:.2f} MB"] if question in asked else ["–", "–"]
        table.append(tuple(cells))
        site_times = found["public site"][1]
        for question, (taken, _) in asked.items():
            if name in ("Datasette", "Evidence") and question in site_times and site_times[question][0] > taken:
                missed.append(f"public site, {question}: {site_times[question][0]:.2f} s, {name} {taken:.2f} s")
    header = ("", "build", "ranked, drawn after", "bytes", "series, drawn after", "bytes")
    method = (
        "All forces on one measure, ranked, one marked; one force's series. Chromium with an empty cache, medians of "
        f"{ROUNDS}. Datasette answers with a table, for it draws nothing by itself; Evidence is {evidence.VERSION}, its newest "
        "that asks no server of DuckDB's for an extension; our build has everything, theirs "
        "these figures only. Bar: the public site's picture stands no later than theirs."
    )
    return Part("Peers", method, header, tuple(table), tuple(missed), tuple(skipped))
