"""Tables as HTML that a screen reader can walk, for the dashboard and the public site; looks are classes, never style attributes.

A caption, headings with a scope, and a frame that scrolls and that the keyboard can reach.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from markupsafe import Markup

from insight.charts import palette
from insight.inspections.clock_words import DOES_NOT_APPLY
from insight.tables.model import Cell, Column, Grade, Kind, Link, Table, text_of
from insight.templates import class_of, filled

TEMPLATES = Path(__file__).resolve().parent / "templates"


def render_html(table: Table, root: str = "", new_tab: bool = False) -> Markup:
    """A table as HTML.

    Args:
        table: what to print; one without rows is a sentence that says so.
        root: the way from the page to the site's top, for links to its own pages.
        new_tab: whether sources open beside the page.
    """
    if not table.rows:
        return Markup("<p>{}: nothing to list.</p>").format(table.caption)
    marks = {"column_class": _column_class, "cell_class": _cell_class, "text_alone": _text_alone}
    return filled(TEMPLATES / "table.html", table=table, root=root, new_tab=new_tab, **marks)


def rule_of(word: str, css: Mapping[str, str]) -> str:
    """A rule of style for the class of a word."""
    return f".{class_of(word)}{{{';'.join(f'{name}:{value}' for name, value in css.items())}}}"


@cache
def card_rules() -> str:
    """Rules of style that make a card of each row of a wide table on a phone."""
    return (TEMPLATES / "cards.css").read_text(encoding="utf-8")


@cache
def grade_rules() -> str:
    """Rules of style for all grades and statuses, from the palette."""
    return "\n".join(rule_of(name, palette.grade_cell_style(name, {}).css) for name in (*palette.GRADES, *palette.STATUSES))


def _column_class(column: Column) -> str:
    return " ".join(["n"] * (column.kind == Kind.NUMBER) + ["seam"] * column.seam)


def _text_alone(cell: Cell) -> str | None:
    """The text of a cell that holds one text or number and no more, as most do: a macro of the template takes much longer."""
    if not cell:
        return ""
    first, *more = cell
    if more or isinstance(first, Grade | Link):
        return None
    return first if isinstance(first, str) else first.text


def _cell_class(column: Column, cell: Cell) -> str:
    grades = [f"grade {class_of(part.key)}" for part in cell if isinstance(part, Grade)]
    moot = ["moot"] * (text_of(cell) == DOES_NOT_APPLY)  # a card leaves out what does not apply to its row
    return " ".join(part for part in (_column_class(column), *grades, *moot) if part)
