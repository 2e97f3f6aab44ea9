"""A replica is waited for until a page opens, by the unit that starts it too."""

from __future__ import annotations

import http.server
import re
import resource
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from typer.testing import CliRunner

from deploy import replicas, warm
from deploy.__main__ import app
from tests.app.surface import pages

UNIT = Path(__file__).resolve().parents[3] / "deploy" / "dashboard@.service"


@contextmanager
def replica(*codes: int) -> Iterator[int]:
    """Answers ``/readyz`` with one code after the other, the last for good, and all else with 404."""
    left = list(codes)

    class Answers(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            code = (left.pop(0) if len(left) > 1 else left[0]) if self.path == "/readyz" else 404
            self.send_response(code)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()


def test_a_replica_is_waited_for_until_it_opens_a_page() -> None:
    with replica(503, 503, 200) as port:
        assert CliRunner().invoke(app, ["ready", str(port)]).exit_code == 0


def test_a_replica_that_opens_none_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replicas, "START", 0.3)
    with replica(503) as port:
        done = CliRunner().invoke(app, ["ready", str(port)])
    assert done.exit_code == 1
    assert "does not answer" in done.output


def test_the_unit_waits_for_its_own_port_and_runs_on_without_it() -> None:
    [command] = re.findall(r"^ExecStartPost=-\S+ -m deploy (.+)$", UNIT.read_text(encoding="utf-8"), re.MULTILINE)
    assert command == "ready %i"


def test_replicas_may_have_as_many_files_open_as_the_unit_says() -> None:
    """In a process of its own, whose limit is as low as a shell's."""
    program = "from deploy.replicas import allow_handles; allow_handles(); import resource; print(*resource.getrlimit(resource.RLIMIT_NOFILE))"
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=UNIT.parents[1],
        env={"PYTHONPATH": ""},
        capture_output=True,
        text=True,
        check=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (256, hard)),
    )
    most = replicas.MOST_HANDLES
    assert done.stdout.split() == [str(most if hard == resource.RLIM_INFINITY else min(hard, most)), str(hard)]
    assert f"\nLimitNOFILE={most}\n" in UNIT.read_text(encoding="utf-8")


def test_every_page_that_a_force_acts_on_is_made_ready_for_all_of_them() -> None:
    """The first page keeps the force that was chosen elsewhere."""
    of_a_force = {page.address for page in pages() if page.default or "force" in page.choices}
    assert set(warm.OF_A_FORCE) == of_a_force
