"""Tables as HTML that a screen reader can walk: a caption, headings with a scope, cells that link to their source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from insight.format import is_missing
from insight.sources import source_name

NEW_TAB = ' target="_blank" rel="noopener"'


@dataclass(frozen=True)
class Link:
    """A page that a cell was read from.

    ``said`` is read out instead of ``text`` where that is a letter only; ``mark`` is a small sign after it that is seen only.
    """

    url: str
    text: str
    title: str = ""
    said: str = ""
    mark: str = ""


@dataclass(frozen=True)
class Cell:
    """A cell: lines of text and links under one another. ``css``: style of a grade; ``said``: read out instead of the lines."""

    lines: tuple[str | Link, ...]
    css: str = ""
    said: str = ""


@dataclass(frozen=True)
class Heading:
    """A column. ``sorted``: 'ascending' or 'descending' where the rows stand in its order; ``seam`` draws a line before it."""

    text: str
    title: str = ""
    sorted: str = ""
    seam: bool = False
    css: str = ""


def link_to(url: object, kind: object, origin: object, text: str = "", title: str = "", about: str = "") -> Link | str:
    """A link to a source with its teller as text, or the text alone where there is none.

    ``about`` is read out after the text, for a list of links in which each must be known by its name alone.
    """
    if is_missing(url) or not url:
        return text
    told = source_name(kind, origin)
    shown = f"{text} ({told})" if text else told
    return Link(str(url), shown, title, f"{shown}: {about}" if about else "")


def table_html(
    caption: str,
    headings: Sequence[Heading],
    rows: Sequence[Sequence[Cell]],
    mine: Sequence[bool] = (),
    css_class: str = "listing",
) -> str:
    """A table whose first column heads its rows, in a frame that scrolls and that the keyboard can reach.

    Args:
        caption: what the table is, read out before it.
        headings: one a column.
        rows: cells, as many as headings.
        mine: which rows are of the reader's force; they are marked.
        css_class: class of the frame.
    """
    marked = mine or [False] * len(rows)
    body = "".join(_row(cells, headings, own) for cells, own in zip(rows, marked, strict=True))
    return (
        f'<div class="{css_class}" tabindex="0" role="region" aria-label="{escape(caption)}">'
        f"<table><caption><span>{escape(caption)}</span></caption><thead><tr>{''.join(map(_heading, headings))}</tr></thead>"
        f"<tbody>{body}</tbody></table></div>"
    )


def _heading(heading: Heading) -> str:
    title = f' title="{escape(heading.title)}"' if heading.title else ""
    order = f' aria-sort="{heading.sorted}"' if heading.sorted else ""
    seam = ' class="seam"' if heading.seam else ""
    style = f' style="{escape(heading.css)}"' if heading.css else ""
    return f'<th scope="col"{seam}{style}{title}{order}>{escape(heading.text)}</th>'


def _row(cells: Sequence[Cell], headings: Sequence[Heading], mine: bool) -> str:
    inside = [f'<th scope="row">{_inside(cells[0])}</th>']
    for cell, heading in zip(cells[1:], headings[1:], strict=True):
        style = f' style="{escape(cell.css)}"' if cell.css else ""
        marked = ' class="seam"' if heading.seam else ""
        inside.append(f"<td{marked}{style}>{_inside(cell)}</td>")
    marked = ' class="mine"' if mine else ""
    return f"<tr{marked}>{''.join(inside)}</tr>"


def _inside(cell: Cell) -> str:
    return _seen_and_said("<br>".join(_line(line) for line in cell.lines if line), cell.said)


def _line(line: str | Link) -> str:
    if isinstance(line, str):
        return escape(line)
    title = f' title="{escape(line.title)}"' if line.title else ""
    mark = f"<sup>{escape(line.mark)}</sup>" if line.mark else ""
    inside = _seen_and_said(escape(line.text) + mark, line.said)
    return f'<a href="{escape(line.url)}"{NEW_TAB}{title}>{inside}</a>'


def _seen_and_said(seen: str, said: str) -> str:
    return f'<span aria-hidden="true">{seen}</span><span class="said">{escape(said)}</span>' if said else seen
