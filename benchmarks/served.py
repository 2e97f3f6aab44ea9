"""Servers that benchmarks ask: the dashboard and the floor, each a process of its own on a free port of this machine."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from deploy.reader import HOST
from deploy.replicas import wait_for
from environment import PROJECT, warehouse_root

FLOOR = PROJECT / "benchmarks" / "floor"


@dataclass(frozen=True)
class Server:
    """A running server, and the file that says what its runs cost."""

    port: int
    process: subprocess.Popen[bytes]
    log: Path

    def runs(self) -> list[dict[str, Any]]:
        """What each run of a script cost, oldest first."""
        return [json.loads(line) for line in self.log.read_text(encoding="utf-8").splitlines()]

    def memory(self) -> float:
        """Megabytes of memory that the process holds."""
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="utf-8")
        return int(status.split("VmRSS:")[1].split()[0]) / 1024

    def processor(self) -> float:
        """Seconds of processor time that the process has taken."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(folder: Path, room: Path, *, profiled: bool = False) -> Iterator[Server]:
    """A Streamlit server of ``folder``/dashboard.py, stopped afterwards.

    Args:
        profiled: whether each run tells where its time goes.

    Raises:
        TimeoutError: it does not answer.
    """
    port = free_port()
    log = room / f"runs-{port}.jsonl"
    log.touch()
    told = {"RUN_LOG": str(log), "FORCE_WAREHOUSE": str(warehouse_root()), "PYTHONPATH": str(PROJECT)}
    told |= {"RUN_PROFILE": "1"} if profiled else {}
    options = ["--server.port", str(port), "--server.address", HOST, "--server.headless", "true"]
    # The floor runs with the settings of the dashboard: what they save is no merit of our pages.
    options += ["--runner.postScriptGC", "false", "--server.fileWatcherType", "none"]
    process = subprocess.Popen(
        [sys.executable, str(PROJECT / "benchmarks" / "timed_server.py"), "dashboard.py", *options],
        cwd=folder,
        env={**os.environ, **told},
        stdout=subprocess.DEVNULL,
        stderr=(room / f"errors-{port}.txt").open("wb"),
    )
    try:
        wait_for(f"http://{HOST}:{port}/_stcore/health", process)
        yield Server(port, process, log)
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(5)
