"""Templates to pages: the environment, tables as HTML, and styles that a strict content security policy allows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any

import pandas as pd
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from insight.charts import palette
from insight.charts.palette import CellStyle, grade_cell_style
from insight.charts.render_svg.vega import Drawing
from insight.charts.tile_map import UNRANKED, UNRANKED_STYLE
from insight.comparing.quantile_classes import CLASSES
from insight.format import AT_LEAST, DOUBT_MARK, NO_BOUND, Words, is_missing, slug
from insight.tables.html import NEW_TAB, Cell, Heading, Link, table_html

HERE = Path(__file__).resolve().parent
MARKDOWN_LINK = re.compile(r"\[([^\]]+)\]\((https?://[^)\s]+)\)")
FIGURE_CELL = re.compile(rf"<td>((?:{AT_LEAST} )?[−+]?\d[\d,.]*%?{DOUBT_MARK}?|{NO_BOUND})</td>")
STYLED = re.compile(r'<(?P<tag>\w+)(?P<before>[^<>]*?) style="(?P<css>[^"]*)"(?P<after>[^<>]*)>')
ROWS_WITHOUT_SCROLLING = 20
COLUMNS = ROWS = 12  # room on the tile map
# No script, no request to anyone else, no form, no frame: the page is text, pictures drawn in it and one style sheet.
POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'"


@dataclass(frozen=True)
class Table:
    """A table to read: a caption, columns in words, and the pages that names in the first column link to."""

    caption: str
    frame: pd.DataFrame
    links: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Chart:
    """A drawing with the same figures as a table, how to read it and where it is from."""

    drawing: Drawing
    table: Table
    source: str = ""
    notes: tuple[str, ...] = ()


class Classes:
    """Styles of grades as classes, because a strict policy forbids styles in elements."""

    def __init__(self, words: Words) -> None:
        names = [*palette.GRADES, *(status for status in palette.STATUSES if status in words or status == "not_in_cycle")]
        self.styles: dict[str, CellStyle] = {name: grade_cell_style(name, words) for name in names}
        self._by_css = {_css(style.css): class_of(name) for name, style in self.styles.items()}

    def sheet(self) -> str:
        """Rules of grades, statuses, verdicts and shades."""
        rules = [f".{class_of(name)}{{{_css(style.css)}}}" for name, style in self.styles.items()]
        looks: dict[str, palette.Style] = dict(palette.VERDICTS)
        looks |= {status: style for status, style in palette.STATUSES.items() if status not in self.styles}
        looks |= {f"shade {shade}": palette.shade_style(shade) for shade in range(1, CLASSES + 1)}
        looks |= {AT_LEAST: palette.lower_bound_style(), UNRANKED: UNRANKED_STYLE}
        rules += [f".{class_of(name)}{{{_css(palette.css_of(style))}}}" for name, style in looks.items()]
        rules += [f".c{place}{{grid-column:{place}}}" for place in range(1, COLUMNS + 1)]
        rules += [f".r{place}{{grid-row:{place}}}" for place in range(1, ROWS + 1)]
        return "\n".join(rules) + "\n"

    def classed(self, html: str) -> str:
        """HTML with each style attribute replaced by the class of the same declarations.

        Raises:
            KeyError: for declarations that are no grade's.
        """

        def swap(match: re.Match[str]) -> str:
            css = match["css"].replace("&#x27;", "'").replace("&amp;", "&")
            rest = match["before"] + match["after"]
            name = self._by_css[css]
            held = re.search(r' class="([^"]*)"', rest)
            if held:
                return f"<{match['tag']}{rest.replace(held[0], f' class={chr(34)}{held[1]} {name}{chr(34)}')}>"
            return f'<{match["tag"]}{rest} class="{name}">'

        return STYLED.sub(swap, html.replace(NEW_TAB, ""))


def class_of(word: str) -> str:
    """The class of a grade, status, verdict: 'Higher (99.8%)' is ``k-higher-99-8``."""
    return f"k-{slug(word)}"


def _css(declarations: Mapping[str, str]) -> str:
    return ";".join(f"{name}:{value}" for name, value in declarations.items())


def environment(classes: Classes, **shared: Any) -> Environment:
    """Templates with what every page needs."""
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"slug": slug, "class_of": class_of, "classed": lambda html: Markup(classes.classed(str(html)))}
    made.globals |= {"policy": POLICY, "table": lambda table, root="": Markup(table_of(table, root)), **shared}
    return made


def table_of(table: Table, root: str = "") -> str:
    """A table as HTML: headings with a scope, links for sources and forces, figures right-aligned.

    Args:
        table: what to print.
        root: the way from the page to the snapshot's top, for links to forces.
    """
    frame = table.frame
    if frame.empty:
        return f"<p>{escape(table.caption)}: nothing to list.</p>"
    headings = [Heading(str(column)) for column in frame.columns]
    rows = [
        [_cell(value, table.links, root, first=index == 0) for index, value in enumerate(row)]
        for row in frame.itertuples(index=False)
    ]
    frame_class = "listing long" if len(frame) > ROWS_WITHOUT_SCROLLING else "listing"
    html = table_html(table.caption, headings, rows, css_class=frame_class).replace(NEW_TAB, "")
    return FIGURE_CELL.sub(r'<td class="n">\1</td>', html)


def _cell(value: Any, links: dict[str, str], root: str, first: bool) -> Cell:
    text = "" if is_missing(value) else str(value)
    if first and text in links:
        return Cell((Link(root + links[text], text),))
    match = MARKDOWN_LINK.fullmatch(text)
    if match:
        return Cell((Link(match[2], match[1]),))
    if re.fullmatch(r"https?://\S+", text):
        return Cell((Link(text, re.sub(r"^https?://(www\.)?([^/]+).*$", r"\2", text)),))
    return Cell((text,))
