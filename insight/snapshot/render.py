"""Templates to pages: the environment, and styles that a strict content security policy allows."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from insight.format import slug
from insight.tables.render_html import class_of, render_html

STRESSED = re.compile(r"\*([^*]+)\*")
HERE = Path(__file__).resolve().parent
# No script, no request to anyone else, no form, no frame: the page is text, pictures drawn in it and one style sheet.
POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'"


def emphasised(text: str) -> Markup:
    """A sentence of the findings as HTML: a word between asterisks is stressed."""
    return Markup(STRESSED.sub(r"<em>\1</em>", str(escape(text))))


def environment(**shared: Any) -> Environment:
    """Templates with what every page needs."""
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"slug": slug, "class_of": class_of, "emphasised": emphasised}
    made.globals |= {"policy": POLICY, "table": render_html, **shared}
    return made
