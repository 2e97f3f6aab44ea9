"""Tools from outside Python that some tests need: without one a desk skips the test, CI runs it and fails."""

from __future__ import annotations

import os
import shutil
from typing import NoReturn

import pytest


def required() -> bool:
    """Whether what is absent is a failure."""
    return bool(os.environ.get("CI"))


def needs(command: str, package: str) -> pytest.MarkDecorator:
    """A mark for tests that need a command, which comes with a Debian package; ``.ci/run`` installs it."""
    absent = shutil.which(command) is None and not required()
    return pytest.mark.skipif(absent, reason=_words(command, package))


def absent(what: str, package: str) -> NoReturn:
    """End a test that has found, only as it ran, that what it needs is not here."""
    (pytest.fail if required() else pytest.skip)(_words(what, package))


def _words(what: str, package: str) -> str:
    return f"needs {what} (Debian: {package})"
