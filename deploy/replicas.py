"""Replicas of the dashboard on this machine: started, warmed, watched, and started again when one dies."""

from __future__ import annotations

import asyncio
import os
import resource
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from deploy.reader import HOST
from environment import PROJECT

START = 60  # seconds within which a server has to answer
STOP = 20
# Of the websockets package: the cookies of who is in many groups are longer than its 8,192 bytes, and the handshake hangs.
LONGEST_LINE = {"WEBSOCKETS_MAX_LINE_LENGTH": "65536"}
# As the unit says. Each reader takes one; where none is left a replica can neither open a build nor take a reader.
MOST_HANDLES = 65_536
Process = subprocess.Popen[bytes]


@dataclass
class Replica:
    """One process of the dashboard; ``ready`` once every page was opened on it."""

    port: int
    process: Process
    ready: bool = False
    tasks: set[asyncio.Task[None]] = field(default_factory=set)

    @property
    def alive(self) -> bool:
        """Whether its process runs."""
        return self.process.poll() is None


def start(port: int, logs: Path, told: Mapping[str, str]) -> Process:
    """Start the dashboard on a port of this machine.

    Args:
        logs: the folder for what it writes.
        told: further environment variables.
    """
    allow_handles()
    command = [sys.executable, "-m", "streamlit", "run", "dashboard.py"]
    options = ["--server.port", str(port), "--server.address", HOST, "--server.headless", "true"]
    with (logs / f"replica-{port}.log").open("ab") as log:
        return subprocess.Popen(
            [*command, *options], cwd=PROJECT, env={**os.environ, **LONGEST_LINE, **told}, stdout=log, stderr=log
        )


def allow_handles() -> None:
    """Let this process, and those that it starts, open as many files and connections as the system allows, within bounds."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_HANDLES if hard == resource.RLIM_INFINITY else min(hard, MOST_HANDLES)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def wait_for(address: str, process: Process | None = None, patience: float = 2) -> None:
    """Wait until an address answers that all is well.

    Args:
        address: to ask.
        process: that answers; once it has ended nobody waits.
        patience: seconds that one answer may take.

    Raises:
        TimeoutError: it does not within a minute, or its process has ended.
    """
    until = time.monotonic() + START
    while time.monotonic() < until and (process is None or process.poll() is None):
        try:
            with urllib.request.urlopen(address, timeout=patience):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise TimeoutError(f"{address} does not answer")


def health_of(port: int) -> str:
    """The address at which a replica says that it lives."""
    return f"http://{HOST}:{port}/_stcore/health"


def readiness_of(port: int) -> str:
    """The address at which a replica says that it opens a page."""
    return f"http://{HOST}:{port}/readyz"


def stop(process: Process) -> None:
    """End a process: politely, then not."""
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(STOP)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(STOP)
