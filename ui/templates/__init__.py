"""Parts of pages as HTML, each from a template in this folder; what is put in is escaped."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from insight.templates import filled

FOLDER = Path(__file__).resolve().parent


def from_template(name: str, **values: Any) -> str:
    """A template filled in."""
    return str(filled(FOLDER / name, **values))


@cache
def text_of(name: str) -> str:
    """A file of this folder as it stands."""
    return (FOLDER / name).read_text(encoding="utf-8")
