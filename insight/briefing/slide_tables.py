"""Tables of a slide: native, in the largest type that fits, grades on their colours, figures to the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import ceil
from typing import Any

from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Inches, Pt

from insight.briefing import text_fit
from insight.charts import palette
from insight.charts.render_office.common import Box, rgb
from insight.tables.model import Cell, Grade, Kind, Table, is_heading, text_of

FONT = "Arial"
Look = tuple[float, float]
LOOKS = ((14, 0.09), (13, 0.09), (12, 0.09), (12, 0.05))  # points, and inches above and below the text of a cell together
INSET = 0.14  # inches left and right of it together
# In an empty cell Office and LibreOffice measure their own default of 18 points, and the table grows over what is below it.
BLANK = "\N{NO-BREAK SPACE}"


def first_rows(table: Table, count: int) -> Table:
    """Its first rows."""
    return replace(table, rows=table.rows[:count], mine=table.mine[:count])


def tall(table: Table, width: float) -> float:
    """Its height in inches in the smallest look."""
    return sum(_sizes(table, width, LOOKS[-1])[1])


def look_of(tables: Sequence[Table], widths: Sequence[float], room: float) -> Look:
    """The largest look in which none of some tables takes more slides than in the smallest, where it may fit on one."""
    placed = list(zip(tables, widths, strict=True))
    fewest = [_slides(table, width, LOOKS[-1], room) for table, width in placed]
    return next(look for look in LOOKS if [_slides(table, width, look, room) for table, width in placed] == fewest)


def add(slide: Any, table: Table, box: Box, look: Look) -> int:
    """Draw a table; how many of its rows had room."""
    left, top, width, room = box
    size, padding = look
    count = _even(table, width, look, room)
    shown = first_rows(table, count)
    widths, heights = _sizes(shown, width, look)
    held = slide.shapes.add_table(
        len(heights), len(widths), Inches(left), Inches(top), Inches(width), Inches(sum(heights))
    )  # fmt: skip
    held.name = table.caption
    held._element.nvGraphicFramePr.cNvPr.set("descr", table.caption)
    grid = held.table
    for column, wide in enumerate(widths):
        grid.columns[column].width = Inches(wide)
    for line, high in enumerate(heights):
        grid.rows[line].height = Inches(high)
    right = [column.kind == Kind.NUMBER for column in shown.columns]
    for place, heading in enumerate(shown.headings):
        _cell(grid.cell(0, place), (heading,), size, palette.MUTED, palette.WHITE, right[place], bold=True)
    for line, row in enumerate(shown.rows, start=1):
        for place, cell in enumerate(row):
            fill, ink = _colours(cell, palette.BAND if line % 2 == 0 else palette.WHITE)
            _cell(grid.cell(line, place), cell, size, fill, ink, right[place], bold=is_heading(row))
    for cell in grid.iter_cells():
        cell.margin_left = cell.margin_right = Inches(INSET / 2)
        cell.margin_top = cell.margin_bottom = Inches(padding / 2)
    return count


def _slides(table: Table, width: float, look: Look, room: float) -> int:
    """How many slides of a room its rows take."""
    return ceil(len(table.rows) / _even(table, width, look, room))


def _even(table: Table, width: float, look: Look, room: float) -> int:
    """How many of its rows a slide takes, so that the last one has no single row."""
    count = len(table.rows)
    while count > 1 and sum(_sizes(first_rows(table, count), width, look)[1]) > room:
        count -= 1
    return ceil(len(table.rows) / ceil(len(table.rows) / count))


def _sizes(table: Table, width: float, look: Look) -> tuple[list[float], list[float]]:
    """The widths of columns and the heights of rows, the head's first, in inches."""
    rows = [table.headings, *([text_of(cell) for cell in row] for row in table.rows)]
    widths = text_fit.column_widths(rows, width, look[0], INSET)
    return widths, text_fit.row_heights(rows, widths, *look, INSET)


def _colours(cell: Cell, plain: str) -> tuple[str, str]:
    grade = next((part for part in cell if isinstance(part, Grade)), None)
    style = palette.GRADES.get(grade.key) if grade is not None else None
    return (plain, palette.INK) if style is None else (style.fill, style.text)


def _cell(cell: Any, held: Cell, size: float, fill: str, ink: str, right: bool, bold: bool = False) -> None:
    cell.vertical_anchor = MSO_ANCHOR.TOP
    cell.fill.solid()
    cell.fill.fore_color.rgb = rgb(fill)
    frame = cell.text_frame
    frame.word_wrap = True
    frame.paragraphs[0].alignment = PP_ALIGN.RIGHT if right else PP_ALIGN.LEFT
    run = frame.paragraphs[0].add_run()
    run.text = text_of(held) or BLANK
    typed(run.font, size, ink, bold)


def typed(font: Any, size: float, colour: str, bold: bool = False) -> None:
    """Set the type of a run."""
    font.name, font.size, font.bold = FONT, Pt(size), bold
    font.color.rgb = rgb(colour)
