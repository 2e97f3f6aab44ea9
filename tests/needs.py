"""Tools from outside Python that some tests need: without one a desk skips the test, CI runs it and fails."""

from __future__ import annotations

import os
import shutil

import pytest


def needs(command: str, package: str) -> pytest.MarkDecorator:
    """A mark for tests that need a command, which comes with a Debian package; ``.ci/run`` installs it."""
    absent = shutil.which(command) is None and not os.environ.get("CI")
    return pytest.mark.skipif(absent, reason=f"needs {command} (Debian: {package})")
