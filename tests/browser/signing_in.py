"""The provider of ``provider.py`` as a process, and how a person signs in at its form."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from filelock import FileLock

from tests.app.surface import PROJECT
from tests.browser import provider
from tests.browser.conftest import Reader, ended, free_port, wait_for

LOCK = PROJECT / "requirements-provider.txt"
PLACE = PROJECT / "build" / "provider"
UV = PROJECT / ".venv" / "bin" / "uv"


def environment_of_provider() -> Path:
    """The interpreter of an environment that holds what is locked for the provider; made where it is not there."""
    PLACE.parent.mkdir(exist_ok=True)
    with FileLock(PLACE.with_suffix(".lock")):
        made = PLACE / "locked.txt"
        if not made.is_file() or made.read_bytes() != LOCK.read_bytes():
            python = PROJECT / ".venv" / "bin" / "python"
            _run(UV, "venv", "--quiet", "--clear", "--python", python, PLACE)
            _run(UV, "pip", "install", "--quiet", "--python", PLACE, "--require-hashes", "-r", LOCK)
            made.write_bytes(LOCK.read_bytes())
    return PLACE / "bin" / "python"


def _run(*command: Path | str) -> None:
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@contextmanager
def running_provider(dashboard: str, folder: Path) -> Iterator[str]:
    """A provider that knows a dashboard; gives the address of what it says of itself."""
    port, log = free_port(), folder / "provider.log"
    address = f"http://127.0.0.1:{port}/.well-known/openid-configuration"
    command = [environment_of_provider(), Path(provider.__file__), str(port), dashboard]
    with log.open("wb") as out, TemporaryDirectory() as room:
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT, cwd=room)
        try:
            wait_for(address, process, log)
            yield address
        finally:
            ended(process)


def sign_in(reader: Reader, name: str) -> None:
    """From the sign-in page through the provider's own form and back."""
    page = reader.page
    page.get_by_role("link", name="Sign in").click()
    page.locator("input[name=login]").fill(name)
    page.keyboard.press("Enter")
    page.locator("input[type=password]").fill(provider.WORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{reader.server.root}/**")
    reader.settle()


def sign_out(reader: Reader) -> None:
    """Out, by way of the provider, and back at the root."""
    reader.page.get_by_role("button", name="Sign out").click()
    reader.page.wait_for_url(f"{reader.server.root}/")
    reader.settle()
