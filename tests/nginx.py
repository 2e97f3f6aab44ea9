"""A Debian nginx of a test's own, with one of the project's configurations in it."""

from __future__ import annotations

import http.client
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def with_changes(conf: Path, changes: dict[str, str]) -> str:
    """The text of a configuration with ports and folders of the test; every text that is replaced has to be there."""
    text = conf.read_text(encoding="utf-8")
    for old, new in changes.items():
        assert old in text, old
        text = text.replace(old, new)
    return text


@contextmanager
def running(text: str, port: int, room: Path, module: Path | None = None) -> Iterator[None]:
    """nginx with a configuration of ``http {}``, stopped afterwards; ``module`` is loaded first."""
    (room / "site.conf").write_text(text, encoding="utf-8")
    temporary = "".join(f"{kind}_temp_path {room}/{kind}; " for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    (room / "nginx.conf").write_text(
        (f"load_module {module};\n" if module else "")
        + f"daemon off; user root; worker_processes 1; pid {room}/pid; error_log {room}/error.log;\n"
        f"events {{}}\nhttp {{ access_log off; {temporary}\ninclude {room}/site.conf; }}\n",
        encoding="utf-8",
    )
    run = ["nginx", "-c", str(room / "nginx.conf"), "-p", str(room), "-e", str(room / "error.log")]
    checked = subprocess.run([*run, "-t"], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr
    process = subprocess.Popen(run)
    try:
        _wait_for(port)
        yield
    finally:
        process.terminate()
        process.wait(10)


def _wait_for(port: int) -> None:
    for _ in range(100):
        try:
            http.client.HTTPConnection("127.0.0.1", port, timeout=1).connect()
        except OSError:
            time.sleep(0.05)
        else:
            return
