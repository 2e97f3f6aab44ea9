"""What tests of readers are handed: rows of a file, how to save them, and how to read what a file is refused for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

Rows = list[dict[str, str]]
Save = Callable[..., Path]
Refusal = Callable[..., str]
