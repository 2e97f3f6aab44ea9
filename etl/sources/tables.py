"""Find a known header in lines of text, and the table under it.

A ``Layout`` says which columns a publisher's file has, in every spelling that is known. Spelling is compared without case and
punctuation, so that "2015/16" of a spreadsheet is "2015_16" of a CSV file, and "Police force" is "police_force".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain, islice, pairwise, repeat

import pandas as pd

from etl.characters import REMEDY, only_seen, unseen, with_plain_spaces
from etl.problems import Problem, Refused, by_row, problems_of_rows
from etl.sources.files import DOWNLOAD_AGAIN, Line, Lines
from etl.sources.years import year_columns

HEADER_WITHIN = 40
# A published table has some dozen columns; a line of many more is no header, and is not compared with every layout.
MOST_COLUMNS = 500
# A header that lacks more than this is some other file, not one of ours with a fault.
MOST_LACKING = 2
# Of fewer columns that publications have in common nothing follows.
FEWEST_SHARED = 4


@lru_cache(maxsize=2048)  # of one line: every layout asks for the keys of its cells several times
def key(cell: str) -> str:
    """A column name without case, punctuation and the unseen; a per cent sign is a word: it tells shares from counts."""
    return re.sub(r"[^0-9a-z]+", "_", only_seen(cell).casefold().replace("%", " percent ")).strip("_")


def plain(cell: str) -> str:
    """The words of a cell without case and runs of spaces."""
    return " ".join(cell.split()).casefold()


@dataclass(frozen=True)
class Layout:
    """The header of a publisher's file.

    Attributes:
        publication: key of ``reference.publications``.
        title: what a person calls the file.
        columns: our name of each needed column, with the publishers' spellings, the usual one first.
        own: our names of the columns that no other layout has, by which a faulty header is still known.
        years: the layout needs at least one column that names a financial year.
        exact: no further column is allowed, but those that are ``optional``.
        remarks: remarks may stand under the table of a CSV file too, not only of a sheet.
        since: of a spelling that came later, the year of the release from which it holds.
        words: what the rows say (``plain``) if they are of this topic, where the columns alone do not tell.
        elsewhere: keys of columns that only another publication has, with what that is.
    """

    publication: str
    title: str
    columns: Mapping[str, tuple[str, ...]]
    own: frozenset[str]
    years: bool = False
    exact: bool = False
    optional: frozenset[str] = frozenset()
    remarks: bool = False
    since: Mapping[str, int] = field(default_factory=dict)
    words: frozenset[str] = frozenset()
    elsewhere: Mapping[str, str] = field(default_factory=dict)

    def names(self, header: list[str]) -> list[str]:
        """Our name for each cell of a header; the key of the cell where it is no column of the layout."""
        ours = {key(spelling): name for name, spellings in self.columns.items() for spelling in spellings}
        return [ours.get(key(cell), key(cell)) for cell in header]

    def lacking(self, header: list[str]) -> list[str]:
        """The needed columns that a header does not have, as the publisher spells them."""
        present = set(self.names(header))
        absent = [spellings[0] for name, spellings in self.columns.items() if name not in present]
        return [*absent, "a year such as 2020_21"] if self.years and not year_columns(present) else absent

    def surplus(self, header: list[str]) -> list[str]:
        """The columns that an exact layout does not allow."""
        named = zip(header, self.names(header), strict=True)
        allowed = {"", *self.columns, *self.optional}
        return [cell for cell, name in named if name not in allowed] if self.exact else []

    def fits(self, header: list[str]) -> bool:
        """Whether a header has what the layout needs, and nothing that only another publication has."""
        return not self.lacking(header) and not self.surplus(header) and not self.beyond(header)

    def resembles(self, header: list[str]) -> bool:
        """Whether a header is this layout's but for a column or two."""
        present = set(self.names(header))
        marked = bool(present & self.own) or (self.years and len(year_columns(present)) > 1)
        faults = len(self.lacking(header)) + len(self.surplus(header))
        return marked and 0 < faults <= MOST_LACKING and not self.beyond(header)

    def beyond(self, header: list[str]) -> str:
        """What the file is that has a column of ``elsewhere`` beside one of our own; empty if it has none."""
        present = set(self.names(header))
        return next((said for name, said in self.elsewhere.items() if name in present and present & self.own), "")

    def shares(self, header: list[str]) -> bool:
        """Whether a header has all that the layout has in common with other files of its publisher: time, place."""
        common = set(self.columns) - self.own
        return not self.exact and len(common) >= FEWEST_SHARED and common <= set(self.names(header))

    def unknown(self, header: list[str]) -> list[str]:
        """The columns of a header that are none of the layout's."""
        named = zip(header, self.names(header), strict=True)
        return [cell.strip() for cell, name in named if name and name not in self.columns]

    def taken(self, column: str) -> str:
        """Every name that is taken for a column that is ``lacking``, with the release from which a later one holds."""
        spellings = next((names for names in self.columns.values() if names[0] == column), ())
        said = [f"{name} (from the release of {self.since[name]})" if name in self.since else name for name in spellings]
        return " or ".join(said)


@dataclass(frozen=True)
class Table:
    """A table whose header is a known layout's.

    Attributes:
        file: as the person named it.
        place: how a problem names it: the file, and the sheet if it is one of a workbook.
        layout: whose header it is.
        title: name of the sheet and what stands above the header.
        header_row: line of the header.
        spelled: our name of each column, with the file's spelling.
        cells: text of the rows; index: the line of the original; columns: the keys of ``spelled``.
        footnotes: how many lines of mere text under the table were passed over.
        sha256: of the whole file.
        stated: a person said that it is of the layout's publication.
        month_starts: line and our name of the column of cells that a spreadsheet holds as the first day of a month: it makes
            such a day of a month that was typed without one.
    """

    file: str
    place: str
    layout: Layout
    title: str
    header_row: int
    spelled: dict[str, str]
    cells: pd.DataFrame
    footnotes: int
    sha256: str
    stated: bool = False
    month_starts: frozenset[tuple[int, str]] = frozenset()

    def problem(self, row: int, column: str, why: str, mend: str) -> Problem:
        """A problem of one cell, in the file's own terms."""
        return Problem(self.place, why, mend, row, self.spelled[column], str(self.cells.at[row, column]))

    def problems(self, rows: Iterable[int], column: str, why: str | Iterable[str], mend: str) -> list[Problem]:
        """Problems of cells of one column, with one reason or one for each; of very many those that can be told."""
        lines = list(rows)
        values = map(str, self.cells[column].reindex(lines).tolist())
        said = repeat(why) if isinstance(why, str) else why
        return problems_of_rows(self.place, mend, zip(lines, repeat(self.spelled[column]), values, said, strict=False))


@dataclass(frozen=True)
class NearMiss:
    """A header that is a layout's but for a column or two; or, with ``other_topic``, one of another publication of its kind."""

    row: int
    header: list[str]
    layout: Layout
    other_topic: bool = False


def find_table(lines: Lines, layouts: Iterable[Layout], sha256: str) -> Table | NearMiss | None:
    """The table under the first header that fits a layout; else the header that comes nearest; else None.

    Raises:
        Refused: the header names a column twice, or the rows do not have the header's width.
    """
    layouts = list(layouts)
    head = list(islice(lines.lines, HEADER_WITHIN))
    nearest: list[NearMiss] = []
    for position, (number, cells) in enumerate(head):
        if len(cells) > MOST_COLUMNS:
            continue
        _refuse_other_separator(lines, number, cells, layouts)
        for layout in layouts:
            if layout.fits(cells):
                rows = chain(head[position + 1 :], lines.lines)
                return _table(lines, layout, (number, cells), rows, head[:position], sha256)
            near = layout.resembles(cells) and _is_meant(layout, cells, head[position + 1 :])
            if near or layout.beyond(cells) or layout.shares(cells):
                nearest.append(NearMiss(number, cells, layout, other_topic=not near))
    # One that is meant comes first; of several layouts the one that lacks least, and of those the one with most columns.
    return min(nearest, key=_farness, default=None)


def _is_meant(layout: Layout, header: list[str], rows: list[Line]) -> bool:
    """Whether a header that resembles a layout's is not another topic's: by the rows' words, or as it has no other column."""
    spoken = (plain(cell) in layout.words for _, cells in rows for cell in cells)
    return not layout.words or not layout.unknown(header) or any(spoken)


def _farness(near: NearMiss) -> tuple[bool, bool, int, int]:
    return near.other_topic, not near.layout.beyond(near.header), _faults(near), -len(near.layout.columns)


def _refuse_other_separator(lines: Lines, row: int, cells: list[str], layouts: list[Layout]) -> None:
    """Spreadsheets of other countries write CSV with semicolons; a copied table has tabs."""
    for name, separator in (("semicolons", ";"), ("tabs", "\t")):
        header = ",".join(cells).split(separator)
        if lines.sheet is None and any(layout.fits(header) for layout in layouts):
            why = f"The columns are separated by {name}, not by commas."
            raise Refused(Problem(lines.place, why, "Save the file as comma-separated CSV.", row))


def _faults(near: NearMiss) -> int:
    return len(near.layout.lacking(near.header)) + len(near.layout.surplus(near.header))


def _table(lines: Lines, layout: Layout, header_line: Line, rows: Iterable[Line], above: list[Line], sha256: str) -> Table:
    number, header = header_line
    names = layout.names(header)
    _refuse_twins(lines.place, number, header, names)
    body = list(rows)
    _refuse_unseen(lines, header_line, above, body)
    if lines.sheet is None:
        _refuse_uneven(lines.place, header_line, body)
    footnotes = 0
    if lines.sheet is not None or layout.remarks:
        body, footnotes = _without_remarks(body, columns=len([name for name in names if name]))
    if not body:
        mend = "Download the file again; a template of ours is first filled in."
        raise Refused(Problem(lines.place, "The header has no rows under it.", mend, number))
    width = len(header)
    cells = pd.DataFrame(
        [[with_plain_spaces(cell) for cell in line] + [""] * (width - len(line)) for _, line in body],
        index=[line for line, _ in body],
        columns=names,
        dtype="str",
    )
    _refuse_nameless(lines.place, number, cells)
    spelled = {name: with_plain_spaces(cell) for name, cell in zip(names, header, strict=True) if name}
    said_above = [" ".join(cell for cell in line if cell) for _, line in above]
    title = " ".join(filter(None, [lines.sheet, *said_above]))
    starts = frozenset((row, names[column]) for row, column in lines.month_starts if column < width)
    return Table(
        lines.file, lines.place, layout, title, number, spelled, cells[list(spelled)], footnotes, sha256, month_starts=starts
    )


def _refuse_twins(file: str, row: int, header: list[str], names: list[str]) -> None:
    twins = {name for name, times in Counter(filter(None, names)).items() if times > 1}
    problems = [
        Problem(file, "The header names this column more than once.", "Remove or rename one of them.", row, cell)
        for cell, name in zip(header, names, strict=True)
        if name in twins
    ]
    if problems:
        raise Refused(problems)


def _refuse_unseen(lines: Lines, header_line: Line, above: list[Line], body: list[Line]) -> None:
    """A cell that is read with a character that cannot be seen: of the title, the header, the table, or the sheet's name."""
    header_row, header = header_line
    problems = []
    if lines.sheet and (why := unseen(lines.sheet)):
        problems.append(Problem(lines.place, why, "Give the sheet its name anew.", value=lines.sheet))

    def faults() -> Iterator[tuple[int, str, str, str]]:
        for number, cells in [*above, header_line, *body]:
            if (line := "".join(cells)).isascii() and line.isprintable():
                continue
            for position, cell in enumerate(cells):
                if why := unseen(cell):
                    named = only_seen(header[position]).strip() if position < len(header) and number >= header_row else ""
                    yield number, named or str(position + 1), cell, why

    problems += problems_of_rows(lines.place, REMEDY, faults())
    if problems:
        raise Refused(problems)


def _refuse_uneven(file: str, header_line: Line, body: list[Line]) -> None:
    """A CSV row of another width than the header's: a file cut off, or a separator too many."""
    header_row, header = header_line
    uneven = [(number, cells) for number, cells in body if len(cells) != len(header)]
    if not uneven:
        return
    widths = {len(cells) for _, cells in body}
    if len(widths) == 1 and len(body) > 1:
        why = f"The header names {len(header)} columns, but every row has {widths.pop()} cells."
        raise Refused(Problem(file, why, "Restore the column's name, or download the file again.", header_row))
    short = (
        (number, None, ",".join(cells), f"This row ends after {len(cells)} of {len(header)} cells.")
        for number, cells in uneven
        if len(cells) < len(header)
    )
    long = (
        (number, None, ",".join(cells), f"This row has {len(cells)} cells, the header has {len(header)}.")
        for number, cells in uneven
        if len(cells) > len(header)
    )
    mend = "Put text that holds a comma between quotation marks."
    raise Refused(by_row([*problems_of_rows(file, DOWNLOAD_AGAIN, short), *problems_of_rows(file, mend, long)]))


def _without_remarks(body: list[Line], columns: int) -> tuple[list[Line], int]:
    """Rows without remarks, and how many those were.

    A row of a single cell is a remark. After a blank line so is one of two cells in a wider table: a footnote's number in one
    cell, its words in the next.
    """
    numbers = [number for number, _ in body]
    gaps = [number for number, following in pairwise(numbers) if following - number > 1]
    last_of_table = gaps[0] if gaps else max(numbers, default=0)

    def is_remark(line: Line) -> bool:
        number, cells = line
        filled = sum(1 for cell in cells if cell.strip())
        return filled <= (2 if columns > 3 and number > last_of_table else 1)

    kept = [line for line in body if not is_remark(line)]
    return kept, len(body) - len(kept)


def _refuse_nameless(file: str, row: int, cells: pd.DataFrame) -> None:
    """A column without a name may be empty; with figures in it, its name was lost."""
    for position, name in enumerate(cells.columns):
        filled = cells.iloc[:, position].str.len() > 0
        if not name and filled.any():
            value = str(cells.iloc[:, position][filled].iloc[0])
            why = f"Column {position + 1} holds cells but has no name."
            raise Refused(Problem(file, why, "Restore the name in the header.", row, value=value))
