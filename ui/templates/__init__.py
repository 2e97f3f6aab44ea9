"""Parts of pages as HTML, each from a template in this folder; what is put in is escaped."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined


def from_template(name: str, **values: Any) -> str:
    """A template filled in."""
    return _environment().get_template(name).render(**values)


@cache
def text_of(name: str) -> str:
    """A file of this folder as it stands."""
    return (Path(__file__).resolve().parent / name).read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    return Environment(loader=FileSystemLoader(Path(__file__).resolve().parent), autoescape=True, undefined=StrictUndefined)
