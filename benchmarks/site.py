"""What is given away: the public site by phase, a briefing cold and warm, and nginx that serves the site."""

from __future__ import annotations

import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from benchmarks.browser import drawn_picture
from benchmarks.report import Part, Row
from benchmarks.served import free_port
from deploy import front
from deploy.reader import HOST
from deploy.replicas import stop, wait_for
from environment import PROJECT
from insight.briefing import briefing_bytes, briefing_of
from insight.queries.ask import remembering
from insight.snapshot.builder import Options, build
from insight.views.context import Context
from insight.views.selection import register
from insight.warehouse import build_in_use, open_warehouse

DAY, FORCE = date(2026, 1, 31), "kent"
SECONDS, CONNECTIONS, ROUNDS = 4, 16, 3
MOST_BYTES = 100_000  # of a page of the public site with its style sheet, compressed
SERVER = """server {{ listen {host}:{port}; root {root}; gzip_static on; brotli_static on; etag on; }}"""


class Phases:
    """The steps of a snapshot with the seconds that each took."""

    def __init__(self) -> None:
        self.found: list[tuple[str, int, float]] = []

    def begin(self, text: str, total: int) -> None:
        """A step has begun."""
        self.end()
        self.found.append((text, total, time.perf_counter()))

    def advance(self) -> None:
        """One of its parts is done."""

    def end(self) -> None:
        """The step that ran has ended."""
        if self.found and self.found[-1][2] > 0:
            text, total, started = self.found[-1]
            self.found[-1] = (text, total, started - time.perf_counter())


def _briefings() -> list[Row]:
    """A briefing in a process of its own, and again where the figures are known already."""
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as room:
        command = [sys.executable, "-m", "insight.briefing", FORCE, "--out", f"{room}/one.pptx"]
        subprocess.run(command, cwd=PROJECT, check=True, capture_output=True)
    cold = time.perf_counter() - started
    ask = remembering(open_warehouse(build_in_use()))
    context = Context(ask, register(ask).newest(FORCE))
    taken = []
    for _ in range(ROUNDS + 1):
        started = time.perf_counter()
        briefing_bytes(briefing_of(context), "pptx")
        taken.append(time.perf_counter() - started)
    warm = statistics.median(taken[1:])
    return [
        ("briefing as slides, a new process", f"{cold:.1f} s", "1.0 ×"),
        ("the same, warm", f"{warm:.1f} s", f"{warm / cold:.2f} ×"),
    ]


def _requests(address: str) -> float:
    """Requests a second that nginx answers."""
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "-H", "Accept-Encoding: br", address]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return float(re.search(r"Requests/sec:\s*([\d.]+)", said)[1])  # type: ignore[index]


def _served(site: Path, room: Path) -> list[Row]:
    """The first page behind nginx beside one file of its compressed size."""
    page = site / "index.html.br"
    size = page.stat().st_size
    (site / "plain.bin").write_bytes(page.read_bytes())
    room.chmod(0o755)  # started by root, nginx reads as another user
    port = free_port()
    nginx = front.Nginx(room)
    nginx.write(SERVER.format(host=HOST, port=port, root=site))
    process = nginx.start()
    try:
        wait_for(f"http://{HOST}:{port}/plain.bin", process)
        pairs = [
            (_requests(f"http://{HOST}:{port}/index.html"), _requests(f"http://{HOST}:{port}/plain.bin")) for _ in range(ROUNDS)
        ]
        seconds = drawn_picture(f"http://{HOST}:{port}/index.html")
    finally:
        stop(process)
        (site / "plain.bin").unlink()
    mine, base = (statistics.median(column) for column in zip(*pairs, strict=True))
    return [
        (f"nginx, one file of {size:,} bytes", f"{base:,.0f} requests a second", "1.0 ×"),
        ("nginx, the first page of the site", f"{mine:,.0f} requests a second", f"{mine / base:.2f} ×"),
        ("first page of the site in Chromium, largest contentful paint", f"{seconds * 1000:.0f} ms", ""),
    ]


def run() -> Part:
    """Measure and put into a table."""
    phases, missed, notes = Phases(), [], []
    with tempfile.TemporaryDirectory() as folder:
        room = Path(folder)
        started = time.perf_counter()
        site = build(build_in_use(), room, DAY, Options(room / "charts", steps=phases)).folder
        phases.end()
        whole = time.perf_counter() - started
        rows: list[Row] = [("public site, whole", f"{whole:.1f} s", "1.00 ×")]
        for text, total, seconds in phases.found:
            rows.append((f"{text} ({total:,})", f"{-seconds:.1f} s", f"{-seconds / whole:.2f} ×"))
        rows += _briefings()
        if shutil.which("wrk") and shutil.which("nginx"):
            rows += _served(site, room)
        else:
            notes.append("**Skipped: nginx with wrk**: `apt-get install nginx wrk`.")
        files = [site / "index.html.gz", site / "static" / "site.css.gz", site / "static" / "icon.svg"]
        size = sum(file.stat().st_size for file in files)
        rows.append(
            ("first page with style sheet and icon, compressed", f"{size:,} bytes", f"{size / MOST_BYTES:.2f} × of the bar")
        )
        if size > MOST_BYTES:
            missed.append(f"the first page weighs {size:,} bytes")
    method = f"Wall time. Bar: a page of the public site weighs under {MOST_BYTES:,} bytes compressed."
    return Part("What is given away", method, ("what", "measured", "ratio"), tuple(rows), tuple(missed), tuple(notes))
