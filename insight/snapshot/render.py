"""Templates to pages: the environment, and styles that a strict content security policy allows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from insight.charts import palette
from insight.charts.tile_map import UNRANKED, UNRANKED_STYLE
from insight.comparing.quantile_classes import CLASSES
from insight.format import AT_LEAST, slug
from insight.tables.render_html import class_of, grade_rules, render_html, rule_of

HERE = Path(__file__).resolve().parent
COLUMNS = ROWS = 12  # room on the tile map
# No script, no request to anyone else, no form, no frame: the page is text, pictures drawn in it and one style sheet.
POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'"


def style_rules() -> str:
    """Rules of grades, statuses, verdicts and shades, and of places on the tile map: classes, for the policy forbids styles."""
    looks: dict[str, palette.Style] = dict(palette.VERDICTS)
    looks |= {f"shade {shade}": palette.shade_style(shade) for shade in range(1, CLASSES + 1)}
    looks |= {AT_LEAST: palette.lower_bound_style(), UNRANKED: UNRANKED_STYLE}
    rules = [grade_rules(), *(rule_of(name, palette.css_of(style)) for name, style in looks.items())]
    rules += [f".c{place}{{grid-column:{place}}}" for place in range(1, COLUMNS + 1)]
    rules += [f".r{place}{{grid-row:{place}}}" for place in range(1, ROWS + 1)]
    return "\n".join(rules) + "\n"


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
