"""The morning after a report: what a page of the public site weighs with all that it shows, and how many of them a core serves.

    python -m benchmarks.press_morning [--site FOLDER] [--seconds 10]

Serves a public site (made anew without ``--site``) with Debian's nginx and ``deploy/nginx.conf`` on the loopback address, asks
with ``wrk`` (Debian: wrk) for some seconds, and reads from ``/proc`` what nginx worked for it, so that a busy machine does not
change the figure. Prints Markdown with the sums for a million readers in an hour.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urljoin

from benchmarks.machine import machine
from environment import PROJECT
from insight.snapshot.builder import Options, build
from insight.warehouse import build_in_use
from tests.nginx import free_port, running, with_changes

READERS, PAGES_EACH, SECONDS_AN_HOUR = 1_000_000, 5, 3600
PAGES = ("", "forces/wiltshire.html", "methods.html")
SHOWN = re.compile(r'<(?:img|link rel="stylesheet")[^>]*?(?:src|href)="([^"]+)"')
MODULE = next(Path("/usr/lib/nginx/modules").glob("*brotli_static*"), None)


@contextmanager
def _served(site: Path) -> Iterator[str]:
    port = free_port()
    changes = {"listen 80;": f"listen 127.0.0.1:{port};", "    listen [::]:80;\n": "", "root /srv/snapshots;": f"root {site};"}
    text = with_changes(PROJECT / "deploy" / "nginx.conf", changes)
    with tempfile.TemporaryDirectory() as room:
        Path(room).chmod(0o755)
        with running(text if MODULE else text.replace("brotli_static on;", ""), port, Path(room), MODULE):
            yield f"http://127.0.0.1:{port}/"


def _fetched(address: str) -> tuple[int, str]:
    """Bytes as they are sent, and the text of the page."""
    sent = urllib.request.Request(address, headers={"Accept-Encoding": "br, gzip"})
    with urllib.request.urlopen(sent) as answer:
        weight = len(answer.read())
    with urllib.request.urlopen(address) as answer:
        return weight, answer.read().decode("utf-8", errors="replace")


def _page(address: str) -> tuple[int, int, int]:
    """Requests, bytes of the page itself, bytes of all that it shows."""
    weight, text = _fetched(address)
    shown = sorted({urljoin(address, one) for one in SHOWN.findall(text)})
    return 1 + len(shown), weight, weight + sum(_fetched(one)[0] for one in shown)


def _worked(port: str) -> float:
    """Seconds of processor time of the nginx that listens there, workers included."""
    ticks = 0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            name, stat = (folder / "comm").read_text().strip(), (folder / "stat").read_text().rpartition(")")[2].split()
            mine = name == "nginx" and (folder / "stat").stat().st_uid == os.getuid() and _is_ours(folder, port)
        except OSError:
            continue
        ticks += int(stat[11]) + int(stat[12]) if mine else 0
    return ticks / os.sysconf("SC_CLK_TCK")


def _is_ours(folder: Path, port: str) -> bool:
    """Whether a process, or the one that started it, holds the port's configuration."""
    parent = re.search(r"PPid:\s*(\d+)", (folder / "status").read_text())
    around = [folder, Path("/proc") / parent[1]] if parent else [folder]
    return any(f":{port};" in _configuration(one) for one in around)


def _configuration(folder: Path) -> str:
    command = (folder / "cmdline").read_text().replace("\0", " ")
    found = re.search(r"-c (\S+)/nginx\.conf", command)
    return (Path(found[1]) / "site.conf").read_text() if found else ""


def _asked(address: str, seconds: int) -> tuple[float, float]:
    """Requests a second over 50 connections, and microseconds of nginx's processor time for each."""
    port = address.split(":")[2].split("/")[0]
    before = _worked(port)
    command = ["wrk", "-t1", "-c50", f"-d{seconds}s", "-H", "Accept-Encoding: br, gzip", address]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    assert "Non-2xx" not in said, said
    requests = int(re.findall(r"(\d+) requests in", said)[0])
    rate = float(re.findall(r"Requests/sec:\s+([\d.]+)", said)[0])
    return rate, (_worked(port) - before) / requests * 1e6


def main() -> None:
    """Serve, weigh, ask, reckon."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--site", type=Path, help="The folder of a published site.")
    parser.add_argument("--seconds", type=int, default=10)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as room:
        site = asked.site or Path(room) / "site"
        if asked.site is None:
            build(build_in_use(), site, datetime.now(UTC).date(), Options(PROJECT / "build" / "charts"))
        newest = max((site / "snapshots").glob("2*")).name
        print(f"{machine()}\n\n| page | requests | KB of the page | KB with all it shows ", end="")
        print("| requests a second | µs of nginx a request |")
        print("|---|---:|---:|---:|---:|---:|")
        with _served(site) as address:
            measured = []
            for path in PAGES:
                requests, own, whole = _page(f"{address}snapshots/{newest}/{path}")
                rate, work = _asked(f"{address}snapshots/{newest}/{path}", asked.seconds)
                measured.append((requests, whole, work))
                name = path or "the first page"
                print(f"| {name} | {requests} | {own / 1000:.1f} | {whole / 1000:.1f} | {rate:,.0f} | {work:.0f} |", flush=True)
    requests, whole, work = (sum(column) / len(measured) for column in zip(*measured, strict=True))
    views = READERS * PAGES_EACH
    print(
        f"\n{READERS:,} readers, {PAGES_EACH} pages each, nothing kept by their browsers: "
        f"{views / SECONDS_AN_HOUR:,.0f} pages and {views * requests / SECONDS_AN_HOUR:,.0f} requests a second, "
        f"{views * whole / SECONDS_AN_HOUR * 8 / 1e9:.2f} Gbit/s, "
        f"{views * whole / 1e12:.2f} TB in the hour, {views * requests / SECONDS_AN_HOUR * work / 1e6:.2f} cores of nginx."
    )


if __name__ == "__main__":
    main()
