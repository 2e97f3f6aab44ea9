"""Templates to pages: the environment, and styles that a strict content security policy allows."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from insight.charts.render_svg.vega import Drawing
from insight.format import slug
from insight.tables.model import Table
from insight.tables.render_html import class_of, render_html

HERE = Path(__file__).resolve().parent
# No script, no request to anyone else, no form, no frame: the page is text, pictures drawn in it and one style sheet.
POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'"


@dataclass(frozen=True)
class Chart:
    """A drawing with the same figures as a table, how to read it and where it is from."""

    drawing: Drawing
    table: Table
    source: str = ""
    notes: tuple[str, ...] = ()


def environment(**shared: Any) -> Environment:
    """Templates with what every page needs."""
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"slug": slug, "class_of": class_of}
    made.globals |= {"policy": POLICY, "table": render_html, **shared}
    return made
