"""Templates to pages: the environment, and styles that a strict content security policy allows."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from jinja2 import Environment
from markupsafe import Markup, escape

from insight.tables.render_html import render_html
from insight.templates import templates

STRESSED = re.compile(r"\*([^*]+)\*")
HERE = Path(__file__).resolve().parent
# No script, no request to anyone else, no form, no frame: the page is text, pictures drawn in it and one style sheet.
POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'"


def emphasised(text: str) -> Markup:
    """A sentence of the findings as HTML: a word between asterisks is stressed."""
    return Markup(STRESSED.sub(r"<em>\1</em>", str(escape(text))))


def environment(**shared: Any) -> Environment:
    """Templates with what every page needs."""
    made = templates(HERE / "templates", trimmed=True)
    made.filters["emphasised"] = emphasised
    made.globals |= {"policy": POLICY, "table": render_html, **shared}
    return made
