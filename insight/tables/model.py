"""A table as typed cells: what every output renders, and what downloads take their plain values from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

import pandas as pd

from insight.format import Words, figure_text, is_missing, partial_date
from insight.glossary import SYMBOLS
from insight.records import plain_rows
from insight.sources import source_name


@dataclass(frozen=True)
class Number:
    """A figure as printed, with its marks, or the words for why there is none; ``value`` where it is a bare number."""

    text: str
    value: float | None = None


@dataclass(frozen=True)
class PartialDate:
    """A date as precise as it was published: '2022-03' reads 'March 2022'; None is not known."""

    published: str | None

    @property
    def text(self) -> str:
        """The date in words."""
        return partial_date(self.published)


@dataclass(frozen=True)
class Link:
    """A page that a cell was read from, or a page of the site where ``url`` is a path.

    ``said`` is read out instead of ``text`` where that alone does not tell one link from others; ``mark`` is a small sign after
    it that is seen only; ``teller``: the text says only who told.
    """

    url: str
    text: str
    title: str = ""
    said: str = ""
    mark: str = ""
    teller: bool = False


@dataclass(frozen=True)
class Grade:
    """A grade, or the status of one that is not there, by its letter or symbol; ``text`` is its name, ``link`` its source."""

    key: str
    letter: str
    text: str
    link: Link | None = None


@dataclass(frozen=True)
class Heading:
    """The name of the rows that follow; the only cell of its row that says anything."""

    text: str
    heads: bool = True


WHOLE = 25  # rows that stand on a page in full
MOST_BESIDE, MOST_CARDS = 4, 12  # columns that a phone can show beside one another; rows that are read one by one
MOST_SIDEWAYS = 7  # columns of a table that a phone can be moved over; of more, each row is read as a card
MOST_LISTED = 60  # rows of a list that are cards: the dashboard turns over a list, the public site folds it
LONG_TEXT, MOST_LONG = 80, 24  # letters of a cell that would make a tall row in a column; rows with such a cell

Part = str | Number | PartialDate | Link | Grade | Heading
Cell = tuple[Part, ...]  # parts under one another


class Kind(StrEnum):
    """What a column holds; numbers stand to the right."""

    TEXT = "text"
    NUMBER = "number"
    GRADE = "grade"


class Look(StrEnum):
    """How a table is laid out: plain figures, a list with my force marked, a grid of grades."""

    FIGURES = "figures"
    LISTING = "listing"
    LISTING_WHOLE = "listing whole"
    LISTING_NAMES = "listing names"
    MATRIX = "matrix"
    MATRIX_WIDE = "matrix wide"
    MATRIX_CYCLES = "matrix cycles"


CARDS = (Look.FIGURES, Look.LISTING, Look.LISTING_NAMES, Look.LISTING_WHOLE)  # looks whose rows can be read one by one


@dataclass(frozen=True)
class Column:
    """A column. ``order``: 'ascending' or 'descending' where the rows stand in its order; ``seam`` draws a line before it.

    ``note`` is small print under the heading: how many of its cells are known.
    """

    heading: str
    kind: Kind = Kind.TEXT
    title: str = ""
    order: str = ""
    seam: bool = False
    note: str = ""


@dataclass(frozen=True)
class Table:
    """A table whose first column heads its rows; ``caption`` says what it is, ``mine`` which rows are of the reader's force.

    Raises:
        ValueError: for a row of another width, two columns of one name, or marks for other rows than there are.
    """

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    mine: tuple[bool, ...] = ()
    look: Look = Look.FIGURES

    def __post_init__(self) -> None:
        wrong = next((place for place, row in enumerate(self.rows, 1) if len(row) != len(self.columns)), None)
        if wrong:
            raise ValueError(
                f"row {wrong} of {self.caption!r} has {len(self.rows[wrong - 1])} cells for {len(self.columns)} columns"
            )
        if len(set(self.headings)) != len(self.columns):
            raise ValueError(f"two columns of {self.caption!r} have the same name: {', '.join(self.headings)}")
        if self.mine and len(self.mine) != len(self.rows):
            raise ValueError(f"{self.caption!r} has {len(self.mine)} marks for {len(self.rows)} rows")

    @property
    def is_cards(self) -> bool:
        """Whether a phone shows each row as a card: too many columns to stand beside one another, few enough rows to read so.

        Figures of more rows than stand on a page are cards too: who scrolls down them must not scroll sideways as well.
        So are forces side by side, however many rows they have: their cells hold verdicts, and one force's column off the screen
        would leave nothing to compare. So is a list of what happened, whose rows are read one by one, not one of grades.
        """
        sides = self.look is Look.LISTING_WHOLE
        events = self.look is Look.LISTING and all(column.kind is not Kind.GRADE for column in self.columns)
        wordy = sides or any(len(text_of(cell)) > LONG_TEXT for row in self.rows for cell in row)
        broad = self.look in (Look.LISTING, Look.FIGURES) and len(self.columns) > MOST_SIDEWAYS
        few = len(self.rows) <= (MOST_LISTED if events else WHOLE if broad else MOST_LONG if wordy else MOST_CARDS)
        long = self.look is Look.FIGURES and len(self.rows) > WHOLE
        many = len(self.columns) > MOST_BESIDE - wordy  # a wordy column takes the room of two
        return self.look in CARDS and many and (few or long or sides)

    @property
    def has_symbols(self) -> bool:
        """Whether a sign or a word of the glossary stands in a cell, beside or in place of a figure or grade."""
        return any(_is_symbol(part) for row in self.rows for cell in row[1:] for part in cell)

    @property
    def headings(self) -> list[str]:
        """The columns' headings in order."""
        return [column.heading for column in self.columns]

    def titled(self, caption: str) -> Table:
        """The same table under a caption."""
        return replace(self, caption=caption)

    def without(self, *headings: str) -> Table:
        """The same table less the columns of these headings, for an output with less room; one that it has not is no error."""
        kept = [place for place, heading in enumerate(self.headings) if heading not in headings]
        rows = tuple(tuple(row[place] for place in kept) for row in self.rows)
        return replace(self, columns=tuple(self.columns[place] for place in kept), rows=rows)

    def part(self, heading: str, text: str) -> Table:
        """The rows that say ``text`` under a heading, without that column: one cycle of a table of several."""
        at = self.headings.index(heading)
        kept = [place for place, row in enumerate(self.rows) if text_of(row[at]) == text]
        mine = tuple(self.mine[place] for place in kept) if self.mine else ()
        return replace(self, rows=tuple(self.rows[place] for place in kept), mine=mine).without(heading)

    def linked(self, pages: Mapping[str, str]) -> Table:
        """The same table with the names in its first column as links to pages of the site: path by name."""
        rows = [
            (tuple(Link(pages[part], part) if isinstance(part, str) and part in pages else part for part in row[0]), *row[1:])
            for row in self.rows
        ]
        return replace(self, rows=tuple(rows))

    def records(self) -> list[dict[str, str]]:
        """The rows as texts by heading, without those that only name the rows after them."""
        named = [row for row in self.rows if not is_heading(row)]
        return [{name: text_of(cell) for name, cell in zip(self.headings, row, strict=True)} for row in named]

    def plain(self) -> pd.DataFrame:
        """Plain values for a download: a link is its text, with its address in a column beside it; no markup."""
        values: dict[str, list[Any]] = {}
        for place, name in enumerate(self.headings):
            cells = [row[place] for row in self.rows]
            values[name] = [_plain(cell) for cell in cells]
            addresses = ["; ".join(part.url for part in cell if isinstance(part, Link)) for cell in cells]
            if any(addresses):
                values[f"{name}: address"] = addresses
        return pd.DataFrame(values, columns=list(values))


def is_heading(row: tuple[Cell, ...]) -> bool:
    """Whether a row only names those that follow."""
    return bool(row[0]) and isinstance(row[0][0], Heading)


def _is_symbol(part: Part) -> bool:
    if isinstance(part, Grade):
        return part.link is None or bool(part.link.mark)
    return SYMBOLS.search(part if isinstance(part, str) else part.text) is not None


def text_of(cell: Cell) -> str:
    """What a cell says."""
    return "; ".join(part if isinstance(part, str) else part.text for part in cell)


def figure(row: Mapping[str, Any], measure: Mapping[str, Any], words: Words) -> Number:
    """A figure as ``figure_text`` writes it."""
    return Number(figure_text(row, measure, words))


def link_to(url: object, kind: object, origin: object, text: str = "", about: str = "") -> Link | str:
    """A link to a source with its teller as text, or the text alone where there is none.

    ``about`` is read out after the text, for a list of links in which each must be known by its name alone.
    """
    if is_missing(url) or not url:
        return text
    told = source_name(kind, origin)
    shown = f"{text} ({told})" if text else told
    return Link(str(url), shown, said=f"{shown}: {about}" if about else "", teller=not text)


def source_of(row: Mapping[str, Any]) -> Link | str:
    """The page that a judgement was read from, named by who told it."""
    return link_to(row["source_url"], row["source_kind"], row["origin"])


def table_of(rows: pd.DataFrame | Sequence[Mapping[str, Any]], columns: Sequence[str] = ()) -> Table:
    """A table without a caption from rows by heading; ``columns`` names those of a table that may have no rows."""
    if isinstance(rows, pd.DataFrame):
        return table_from("", [Column(str(name)) for name in rows.columns], list(plain_rows(rows)))
    names = list(columns or (rows[0] if rows else ()))
    return table_from("", [Column(name) for name in names], [[row[name] for name in names] for row in rows])


def grouped(groups: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> Table:
    """A table without a caption from rows by heading, each group of them under its name; a single group needs none.

    Args:
        groups: the group of each row; rows of one group stand together.
        rows: as of ``table_of``.
    """
    names = list(rows[0]) if rows else []
    made: list[list[Any]] = []
    for place, (group, row) in enumerate(zip(groups, rows, strict=True)):
        if len(set(groups)) > 1 and (not place or group != groups[place - 1]):
            made.append([Heading(group), *[""] * (len(names) - 1)])
        made.append([row[name] for name in names])
    return table_from("", [Column(name) for name in names], made)


def table_from(
    caption: str,
    columns: Sequence[Column],
    rows: Sequence[Sequence[Any]],
    mine: Sequence[bool] = (),
    look: Look = Look.FIGURES,
) -> Table:
    """A table from values: a part or several under one another, a bare number, or a missing value; kinds come from the cells."""
    cells = [_told_apart(tuple(_cell(value) for value in row)) for row in rows]
    kinds = [_kind([row[place] for row in cells if place < len(row)]) for place in range(len(columns))]
    typed = tuple(replace(column, kind=kind) for column, kind in zip(columns, kinds, strict=True))
    return Table(caption, typed, tuple(cells), tuple(mine), look)


def _cell(value: Any) -> Cell:
    if isinstance(value, tuple):
        return tuple(part for one in value for part in _cell(one))
    if isinstance(value, Number | PartialDate | Link | Grade | Heading):
        return (value,)
    if is_missing(value) or value == "":
        return ()
    if isinstance(value, str | bool):
        return (str(value),)
    return (Number(str(value), value),) if hasattr(value, "__float__") else (str(value),)


def _kind(cells: Sequence[Cell]) -> Kind:
    parts = [part for cell in cells for part in cell]
    if any(isinstance(part, Grade) for part in parts):
        return Kind.GRADE
    return Kind.NUMBER if parts and all(isinstance(part, Number) for part in parts) else Kind.TEXT


def _told_apart(row: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """A link that names only who told is read out with the first cells of its row."""
    if not any(_is_bare(part) for cell in row for part in cell):
        return row
    texts = (part for cell in row[:3] for part in cell if not isinstance(part, Number | Grade | Link))
    about = ", ".join(part if isinstance(part, str) else part.text for part in texts)

    def told(part: Part) -> Part:
        return replace(part, said=f"{part.text}: {about}") if about and isinstance(part, Link) and _is_bare(part) else part

    return tuple(tuple(told(part) for part in cell) for cell in row)


def _is_bare(part: Part) -> bool:
    return isinstance(part, Link) and part.teller and not part.said


def _plain(cell: Cell) -> Any:
    if len(cell) == 1 and isinstance(cell[0], Number) and cell[0].value is not None:
        return cell[0].value
    if len(cell) == 1 and isinstance(cell[0], PartialDate):
        return "" if is_missing(cell[0].published) else cell[0].published
    return text_of(cell)
