"""Templates of a folder: whatever is put in is escaped, and what a template names must be there."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from insight.format import slug, upper_first


def class_of(word: str) -> str:
    """The class of a grade, status or verdict: 'Higher (99.8%)' is ``k-higher-99-8``."""
    return f"k-{slug(word)}"


def svg_address(svg: str) -> str:
    """A drawing as an address that holds it, for what takes images and fetches none."""
    return f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"


def templates(folder: Path, *, trimmed: bool = False) -> Environment:
    """The templates of a folder.

    Args:
        trimmed: whether lines that hold only a statement of the template leave no line behind.
    """
    made = Environment(
        loader=FileSystemLoader(folder), autoescape=True, undefined=StrictUndefined, trim_blocks=trimmed, lstrip_blocks=trimmed
    )
    made.filters |= {"class_of": class_of, "sentence": upper_first, "slug": slug}
    return made


@cache
def template(path: Path) -> Template:
    """One template, read once."""
    return templates(path.parent).get_template(path.name)


def filled(path: Path, **values: object) -> Markup:
    """A template filled in."""
    return Markup(template(path).render(**values))
