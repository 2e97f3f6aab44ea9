"""The briefing as PowerPoint: native charts and tables that can be edited, a title a slide, notes for the speaker."""

from __future__ import annotations

import io
from datetime import datetime, time
from typing import Any

from pptx import Presentation
from pptx.enum.shapes import MSO_CONNECTOR
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

from insight.briefing import text_fit
from insight.briefing.model import Briefing, Chart, Page, Table
from insight.charts import palette
from insight.charts.chart import sentence
from insight.charts.model.lines import LineChart
from insight.charts.render_office import bars, lines
from insight.charts.render_office.common import rgb

WIDTH, HEIGHT = 13.333, 7.5  # inches
LEFT, BODY_WIDTH = 0.6, 12.13
TITLE_TOP, TITLE_HEIGHT = 0.4, 1.0
BODY_TOP, BODY_BOTTOM = 1.7, 6.75
FOOT_TOP, FOOT_HEIGHT = 6.98, 0.3
FONT = "Arial"
TITLE_SIZES = (26, 24, 22, 20, 18)
TEXT_SIZES = (18, 16, 15, 14, 13, 12, 11, 10.5, 10)
TABLE_SIZES = (12, 11, 10.5, 10, 9)
FOOT_SIZES = (9, 8, 7)
NOTE_SIZES, MOST_NOTE = (10, 9, 8), 0.9  # of the note under a page's body, and inches that it may take
HANG = 0.2  # inches of a bullet
GAP = 8  # points after a paragraph
PADDING, INSET = 0.09, 0.16  # inches in a cell: above and below together, left and right together
BETWEEN = 0.2
# In an empty cell Office and LibreOffice measure their own default of 18 points, and the table grows over what is below it.
BLANK = "\N{NO-BREAK SPACE}"
NARROW = 3  # columns of a table that may stand beside text
LEFT_OUT = "And {count} more: see the page of the force."


def slides(briefing: Briefing) -> bytes:
    """The file."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(WIDTH), Inches(HEIGHT)
    _properties(deck, briefing)
    for place, page in enumerate(briefing.pages, start=1):
        _slide(deck, page, briefing.foot(place))
    out = io.BytesIO()
    deck.save(out)
    return out.getvalue()


def _properties(deck: Any, briefing: Briefing) -> None:
    held = deck.core_properties
    held.title, held.author, held.language = briefing.title, "Force performance dashboard", "en-GB"
    held.subject, held.comments = f"Build {briefing.build_id}", briefing.releases
    held.created = held.modified = datetime.combine(briefing.day, time())
    held.last_modified_by = held.author


def _slide(deck: Any, page: Page, foot: str) -> None:
    slide = deck.slides.add_slide(deck.slide_layouts[5])  # title only
    _title(slide, page.title)
    top, bottom = BODY_TOP, BODY_BOTTOM
    if page.foot:
        size = text_fit.fitting_size([page.foot], BODY_WIDTH, MOST_NOTE, NOTE_SIZES, 0)
        room = text_fit.height([page.foot], size, BODY_WIDTH) + 0.1
        _text(slide, [page.foot], (LEFT, bottom - room, BODY_WIDTH, room), (size,), palette.MUTED)
        bottom -= room + 0.05
    if page.chart is not None:
        half = (BODY_WIDTH - BETWEEN) / 2
        _chart(slide, page.chart, (LEFT + half + BETWEEN, top, half, bottom - top))
        _text(slide, list(page.bullets), (LEFT, top, half, bottom - top), TEXT_SIZES, palette.INK)
    elif page.table is not None and page.bullets and len(page.table.head) > NARROW:
        tall = _table(slide, page.table, (LEFT, top, BODY_WIDTH, (bottom - top) * 0.6))
        text_top = top + tall + BETWEEN
        _text(slide, list(page.bullets), (LEFT, text_top, BODY_WIDTH, bottom - text_top), TEXT_SIZES, palette.INK)
    elif page.table is not None and page.bullets:
        share = (BODY_WIDTH - BETWEEN) * 0.42
        _table(slide, page.table, (LEFT + share + BETWEEN, top, BODY_WIDTH - BETWEEN - share, bottom - top))
        _text(slide, list(page.bullets), (LEFT, top, share, bottom - top), TEXT_SIZES, palette.INK)
    elif page.table is not None:
        _table(slide, page.table, (LEFT, top, BODY_WIDTH, bottom - top))
    else:
        _text(slide, list(page.bullets), (LEFT, top, BODY_WIDTH, bottom - top), TEXT_SIZES, palette.INK)
    _text(slide, [foot], (LEFT, FOOT_TOP, BODY_WIDTH, FOOT_HEIGHT), FOOT_SIZES, palette.MUTED)
    slide.notes_slide.notes_text_frame.text = page.notes


def _chart(slide: Any, chart: Chart, box: tuple[float, float, float, float]) -> None:
    """A chart, and under a line chart its unit, its axis and what must be known of its breaks and doubtful figures."""
    left, top, width, height = box
    if not isinstance(chart, LineChart):
        bars.add(slide, chart, box)
        return
    note = f"{sentence(chart.unit)}; {chart.scale}. {chart.note}".strip()
    size = text_fit.fitting_size([note], width, MOST_NOTE, NOTE_SIZES, 0)
    room = text_fit.height([note], size, width) + 0.1
    _text(slide, [note], (left, top + height - room, width, room), (size,), palette.MUTED)
    lines.add(slide, chart, (left, top, width, height - room - 0.05))


def _title(slide: Any, text: str) -> None:
    shape = slide.shapes.title
    shape.left, shape.top, shape.width, shape.height = (
        Inches(LEFT), Inches(TITLE_TOP), Inches(BODY_WIDTH), Inches(TITLE_HEIGHT)
    )  # fmt: skip
    size = text_fit.fitting_size([text], BODY_WIDTH, TITLE_HEIGHT, TITLE_SIZES, 0, bold=True)
    _fill(shape.text_frame, [text], size, palette.INK, bold=True, gap=0)
    shape.text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM
    under = Inches(TITLE_TOP + TITLE_HEIGHT + 0.08)
    rule = slide.shapes.add_connector(MSO_CONNECTOR.STRAIGHT, Inches(LEFT), under, Inches(LEFT + BODY_WIDTH), under)
    rule.line.color.rgb, rule.line.width = rgb(palette.ACCENT), Pt(2)


def _text(slide: Any, texts: list[str], box: tuple[float, float, float, float], sizes: tuple[float, ...], colour: str) -> None:
    """Paragraphs in the largest size that fits; what does not fit in the smallest is counted, not cut."""
    left, top, width, height = box
    gap = GAP if len(texts) > 1 else 0
    listed = len(texts) > 1
    room = width - HANG if listed else width
    size = text_fit.fitting_size(texts, room, height, sizes, gap)
    shown = text_fit.kept(texts, room, height, size, gap, LEFT_OUT)
    shape = slide.shapes.add_textbox(Inches(left), Inches(top), Inches(width), Inches(height))
    _fill(shape.text_frame, shown, size, colour, bold=False, gap=gap)
    if listed:
        for paragraph in shape.text_frame.paragraphs:
            _bullet(paragraph)


def _bullet(paragraph: Any) -> None:
    """A real list item: a bullet that hangs, so that assistive technology and Office know it for one."""
    properties = paragraph._p.get_or_add_pPr()
    properties.set("marL", str(Inches(HANG)))
    properties.set("indent", str(-Inches(HANG)))
    mark = properties.makeelement(qn("a:buChar"), {"char": "•"})
    properties.append(mark)


def _fill(frame: Any, texts: list[str], size: float, colour: str, bold: bool, gap: float) -> None:
    frame.word_wrap, frame.auto_size = True, MSO_AUTO_SIZE.NONE
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    for place, text in enumerate(texts):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        paragraph.space_after, paragraph.space_before, paragraph.line_spacing = Pt(gap), Pt(0), 1.0
        paragraph.alignment = 1  # left
        run = paragraph.add_run()
        run.text = text
        _type(run.font, size, colour, bold)


def _type(font: Any, size: float, colour: str, bold: bool = False) -> None:
    font.name, font.size, font.bold = FONT, Pt(size), bold
    font.color.rgb = rgb(colour)


def _table(slide: Any, table: Table, box: tuple[float, float, float, float]) -> float:
    """Draw a table in the largest type that fits, rows that do not fit left out; its height in inches."""
    left, top, width, room = box
    widths = [share / sum(table.shares) * width for share in table.shares]
    rows = [table.head, *table.rows]
    size = next((one for one in TABLE_SIZES if _tall(rows, widths, one) <= room), TABLE_SIZES[-1])
    while _tall(rows, widths, size) > room and len(rows) > 2:
        rows = rows[:-1]
    heights = text_fit.row_heights(rows, widths, size, PADDING, INSET)
    held = slide.shapes.add_table(
        len(rows), len(widths), Inches(left), Inches(top), Inches(width), Inches(sum(heights))
    )  # fmt: skip
    held.name = table.caption
    held._element.nvGraphicFramePr.cNvPr.set("descr", table.caption)
    grid = held.table
    for column, wide in enumerate(widths):
        grid.columns[column].width = Inches(wide)
    for line, (row, tall) in enumerate(zip(rows, heights, strict=True)):
        grid.rows[line].height = Inches(tall)
        for column, text in enumerate(row):
            _cell(grid.cell(line, column), text, size, head=line == 0, striped=line % 2 == 0)
    return sum(heights)


def _tall(rows: list[tuple[str, ...]], widths: list[float], size: float) -> float:
    return sum(text_fit.row_heights(rows, widths, size, PADDING, INSET))


def _cell(cell: Any, text: str, size: float, head: bool, striped: bool) -> None:
    cell.margin_left = cell.margin_right = Inches(INSET / 2)
    cell.margin_top = cell.margin_bottom = Inches(PADDING / 2)
    cell.vertical_anchor = MSO_ANCHOR.TOP
    cell.fill.solid()
    fill = palette.MUTED if head else (palette.BAND if striped else palette.WHITE)
    cell.fill.fore_color.rgb = rgb(fill)
    frame = cell.text_frame
    frame.word_wrap = True
    run = frame.paragraphs[0].add_run()
    run.text = text or BLANK
    _type(run.font, size, palette.WHITE if head else palette.INK, bold=head)
