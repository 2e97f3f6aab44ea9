"""The briefing as PowerPoint: native charts and tables that can be edited, a title a slide, notes for the speaker.

Nothing is smaller than 12 points: what a slide has no room for goes on to the next one.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time
from typing import Any

from pptx import Presentation
from pptx.enum.shapes import MSO_CONNECTOR
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

from insight.briefing import slide_tables, text_fit
from insight.briefing.model import Briefing, Chart, Page
from insight.briefing.slide_tables import typed
from insight.charts import palette
from insight.charts.model.lines import LineChart
from insight.charts.render_office import bars, lines
from insight.charts.render_office.common import Box, rgb
from insight.format import lower_first, upper_first
from insight.tables.model import Table
from insight.views.block import Block, Chip

WIDTH, HEIGHT = 13.333, 7.5  # inches
LEFT, BODY_WIDTH = 0.6, 12.13
TITLE_TOP, TITLE_HEIGHT = 0.35, 0.95
BODY_TOP, BODY_BOTTOM = 1.6, 6.8
FOOT_TOP, FOOT_HEIGHT = 6.98, 0.3
TITLE_SIZES, TEXT_SIZES = (26, 24, 22, 20, 18), (18, 16, 15, 14, 13, 12)
SMALL, MOST_SMALL = 12, 1.3  # points, and inches of what stands under a page's body
GAP = 8  # points after a paragraph
BETWEEN, HANG = 0.25, 0.2  # inches between parts of a slide, of a bullet
TEXT_SHARE = 0.4  # of the width, beside a chart or a narrow table
NARROW, FEW_ROWS = 3, 4  # columns of a table that may stand beside text; rows with which it may begin below text
CAPTION, BIG_SHARE = 0.32, 0.36  # inches; of the width of a block whose figure has words beside it
BIG, FIGURES = (32, 28, 24), 1.8  # points of a block's figure, inches of a row of them
CONTINUED = ", continued"


def slides(briefing: Briefing) -> bytes:
    """The file."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(WIDTH), Inches(HEIGHT)
    _properties(deck, briefing)
    _cover(deck, briefing)
    for page in briefing.pages:
        rest: Page | None = page
        while rest is not None:
            rest = _slide(deck, rest, briefing.foot)
    out = io.BytesIO()
    deck.save(out)
    return out.getvalue()


def _properties(deck: Any, briefing: Briefing) -> None:
    held = deck.core_properties
    held.title, held.author, held.language = briefing.title, "Force performance dashboard", "en-GB"
    held.subject, held.comments = briefing.subject, f"Build {briefing.build_id}"
    held.created = held.modified = datetime.combine(briefing.day, time())
    held.last_modified_by = held.author


def _cover(deck: Any, briefing: Briefing) -> None:
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    _titled(slide, briefing.organisation, (LEFT, 1.1, BODY_WIDTH, 0.9), (44, 40, 36, 32, 28))
    _rule(slide, LEFT, 2.1, 3.0)
    _text(slide, [briefing.subject], (LEFT, 2.3, BODY_WIDTH, 0.5), (24,), palette.INK)
    _text(slide, [upper_first(briefing.date_line)], (LEFT, 2.85, BODY_WIDTH, 0.4), (18,), palette.INK)
    _text(slide, ["Prepared from"], (LEFT, 3.75, BODY_WIDTH, 0.3), (14,), palette.MUTED, bold=True)
    _text(slide, list(briefing.prepared_from), (LEFT, 4.1, BODY_WIDTH, 2.6), (14, 13, 12), palette.INK)
    _text(slide, [f"Build {briefing.build_id}"], (LEFT, FOOT_TOP, BODY_WIDTH, FOOT_HEIGHT), (SMALL,), palette.MUTED)
    slide.notes_slide.notes_text_frame.text = f"Source: {'; '.join(briefing.prepared_from)}\nBuild {briefing.build_id}."


def _slide(deck: Any, page: Page, foot: str) -> Page | None:
    """Draw as much of a page as a slide has room for; the rest of it, or None."""
    slide = deck.slides.add_slide(deck.slide_layouts[5])  # title only
    _titled(slide, page.title, (LEFT, TITLE_TOP, BODY_WIDTH, TITLE_HEIGHT), TITLE_SIZES)
    _rule(slide, LEFT, TITLE_TOP + TITLE_HEIGHT + 0.08, BODY_WIDTH)
    number = len(deck.slides)
    _text(slide, [f"{foot} · {number}"], (LEFT, FOOT_TOP, BODY_WIDTH, FOOT_HEIGHT), (SMALL,), palette.MUTED)
    bottom = _small_print(slide, page)
    slide.notes_slide.notes_text_frame.text = page.notes
    box = (LEFT, BODY_TOP, BODY_WIDTH, bottom - BODY_TOP)
    if page.blocks:
        return _blocks(slide, page, box)
    if page.chart is not None:
        _chart(slide, page.chart, _beside(box)[1])
        return _rest(page, _said(slide, page.sentences, _beside(box)[0]), ())
    if page.tables:
        return _tables(slide, page, box)
    return _rest(page, _said(slide, page.sentences, box), ())


def _rest(page: Page, sentences: Sequence[str], tables: tuple[Table, ...]) -> Page | None:
    """What is left of a page for the next slide."""
    if not sentences and not tables:
        return None
    title = page.title if page.title.endswith(CONTINUED) else page.title + CONTINUED
    return replace(page, title=title, sentences=tuple(sentences), tables=tables, chart=None, blocks=(), cautions=())


def _small_print(slide: Any, page: Page) -> float:
    """Cautions and source under the body; where the body ends."""
    texts = [text for text in (*page.cautions, page.source) if text]
    while len(texts) > 1 and text_fit.height(texts, SMALL, BODY_WIDTH) > MOST_SMALL:
        texts.pop()  # the source, which the notes have in full
    if not texts:
        return BODY_BOTTOM
    tall = text_fit.height(texts, SMALL, BODY_WIDTH) + 0.05
    _text(slide, texts, (LEFT, BODY_BOTTOM - tall, BODY_WIDTH, tall), (SMALL,), palette.MUTED, listed=False)
    return BODY_BOTTOM - tall - 0.1


def _beside(box: Box) -> tuple[Box, Box]:
    """Two boxes beside each other: for text, and for what it is about."""
    left, top, width, height = box
    text = (width - BETWEEN) * TEXT_SHARE
    return (left, top, text, height), (left + text + BETWEEN, top, width - BETWEEN - text, height)


def _said(slide: Any, sentences: Sequence[str], box: Box) -> Sequence[str]:
    """Write what fits; what does not."""
    if not sentences:
        return ()
    room = box[2] - (HANG if len(sentences) > 1 else 0)
    size = text_fit.fitting_size(sentences, room, box[3], TEXT_SIZES, GAP)
    count = text_fit.fitting(sentences, room, box[3], size, GAP)
    _text(slide, list(sentences[:count]), box, (size,), palette.INK)
    return sentences[count:]


def _tables(slide: Any, page: Page, box: Box) -> Page | None:
    """Tables with their sentences: beside a narrow one, above a wide one or two."""
    left, top, width, height = box
    narrow = len(page.tables) == 1 and len(page.tables[0].columns) <= NARROW
    if page.sentences and narrow:
        beside, at = _beside(box)
        unsaid, undrawn = _said(slide, page.sentences, beside), _side_by_side(slide, page.tables, at)
        return _rest(page, unsaid, undrawn)
    if not page.sentences:
        return _rest(page, (), _side_by_side(slide, page.tables, box))
    shares = list(zip(page.tables, _shares(page.tables, width), strict=True))
    whole = max(slide_tables.tall(one, share) for one, share in shares) + _head(page.tables)
    begun = max(slide_tables.tall(slide_tables.first_rows(one, FEW_ROWS), share) for one, share in shares)
    said = text_fit.height(page.sentences, SMALL, width - HANG, GAP) + BETWEEN
    room = height - BETWEEN - (whole if said + whole <= height else begun + _head(page.tables))
    if (said + whole > height and whole <= height) or said > room + BETWEEN:
        return _rest(page, _said(slide, page.sentences, box), page.tables)
    size = text_fit.fitting_size(page.sentences, width - HANG, room, TEXT_SIZES[1:], GAP)
    used = text_fit.height(page.sentences, size, width - HANG, GAP)
    _text(slide, list(page.sentences), (left, top, width, used + 0.05), (size,), palette.INK)
    below = (left, top + used + BETWEEN, width, height - used - BETWEEN)
    return _rest(page, (), _side_by_side(slide, page.tables, below))


def _head(tables: Sequence[Table]) -> float:
    """What the captions of several tables take, or of one that goes on alone: its caption says which it is."""
    return CAPTION if len(tables) > 1 or tables[0].caption.endswith(CONTINUED) else 0.0


def _shares(tables: Sequence[Table], width: float) -> list[float]:
    """Widths of tables beside each other, by how many columns they have: of three the names would wrap in half the width."""
    room, columns = width - BETWEEN * (len(tables) - 1), [len(table.columns) + 1 for table in tables]
    return [room * count / sum(columns) for count in columns]


def _side_by_side(slide: Any, tables: tuple[Table, ...], box: Box) -> tuple[Table, ...]:
    """Draw tables beside each other, each with its caption where there are several; the rows that had no room."""
    left, top, width, height = box
    shares, head = _shares(tables, width), _head(tables)
    look = slide_tables.look_of(tables, shares, height - head)
    left_over = []
    for table, share in zip(tables, shares, strict=True):
        if head:
            _text(slide, [table.caption], (left, top, share, head - 0.04), (14, 13, 12), palette.INK, bold=True)
        drawn = slide_tables.add(slide, table, (left, top + head, share, height - head), look)
        if drawn < len(table.rows):
            caption = f"{table.caption.removesuffix(CONTINUED)}{CONTINUED}" if head else table.caption
            rest = replace(table, rows=table.rows[drawn:], mine=table.mine[drawn:])
            left_over.append(rest.titled(caption))
        left += share + BETWEEN
    return tuple(left_over)


def _chart(slide: Any, chart: Chart, box: Box) -> None:
    """A chart; under bars their key, under lines their unit, axis and what must be known of breaks and doubtful figures."""
    left, top, width, height = box
    note = f"{upper_first(chart.unit)}; {chart.scale}. {chart.note}".strip() if isinstance(chart, LineChart) else bars.key(chart)
    room = text_fit.height([note], SMALL, width) + 0.05 if note else 0.0
    if note:
        _text(slide, [note], (left, top + height - room, width, room), (SMALL,), palette.MUTED)
    rest = (left, top, width, height - room - (0.05 if note else 0.0))
    if isinstance(chart, LineChart):
        lines.add(slide, chart, rest)
    else:
        bars.add(slide, chart, rest)


def _blocks(slide: Any, page: Page, box: Box) -> Page | None:
    """The blocks with a big figure in a row, then the others."""
    left, top, width, height = box
    rows = [row for row in ([one for one in page.blocks if one.big], [one for one in page.blocks if not one.big]) if row]
    y = top - BETWEEN + 0.12  # clear of the rule under the title
    for row in rows:
        y += BETWEEN
        room = FIGURES if len(rows) > 1 and row[0].big else top + height - y
        shares = [1.9 if one.big and one.chips else 1.0 for one in row]
        x = left
        for one, share in zip(row, shares, strict=True):
            wide = (width - BETWEEN * (len(row) - 1)) * share / sum(shares)
            _block(slide, one, (x, y, wide, room))
            x += wide + BETWEEN
        y += room
    return None


def _block(slide: Any, block: Block, box: Box) -> None:
    left, top, width, height = box
    _rule(slide, left, top, width, 1)
    titled = text_fit.height([block.title], 14, width, bold=True)
    y = top + 0.08
    _text(slide, [block.title], (left, y, width, titled), (14,), palette.MUTED, bold=True)
    y += titled + 0.06
    words = [f"{chip.label}: {lower_first(chip.word)}".removeprefix(": ") for chip in block.chips]
    if block.big:
        wide = width * BIG_SHARE if words else width
        _text(slide, [block.big], (left, y, wide, 0.55), BIG, palette.ACCENT, bold=True)
        if block.unit:
            _text(slide, [block.unit], (left, y + 0.55, wide, 0.42), (SMALL,), palette.INK)
        if words:
            _text(slide, words, (left + wide, y + 0.05, width - wide, 0.9), (14, 13, 12), palette.INK, listed=False)
        y += 1.0 if block.unit else 0.6
    for chip in () if block.big else block.chips:
        _chip(slide, chip, (left, y, width, 0.36))
        y += 0.44
    if block.lines:
        _text(slide, list(block.lines), (left, y, width, top + height - y), (14, 13, 12), palette.INK, listed=not block.big)


def _chip(slide: Any, chip: Chip, box: Box) -> None:
    """What it is about, and the word on its colour."""
    left, top, width, height = box
    about = min(text_fit.text_width(chip.label, 14) + 0.15, width / 2)
    _text(slide, [chip.label], (left, top + 0.06, about, height - 0.06), (14,), palette.INK)
    style = palette.GRADES.get(chip.kind) or palette.VERDICTS.get(chip.kind)
    wide = min(text_fit.text_width(chip.word, 14, bold=True) + 0.3, width - about)
    shape = _box(slide, (left + about, top, wide, height))
    if style is not None:
        shape.fill.solid()
        shape.fill.fore_color.rgb = rgb(style.fill)
    _fill(shape.text_frame, [chip.word], 14, palette.INK if style is None else style.text, bold=True, gap=0)
    shape.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    shape.text_frame.margin_left = Inches(0.1)


def _titled(slide: Any, text: str, box: Box, sizes: Sequence[float]) -> None:
    shape = slide.shapes.title
    shape.left, shape.top, shape.width, shape.height = (Inches(side) for side in box)
    size = text_fit.fitting_size([text], box[2], box[3], sizes, 0, bold=True)
    _fill(shape.text_frame, [text], size, palette.INK, bold=True, gap=0)
    shape.text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM


def _rule(slide: Any, left: float, top: float, width: float, thick: float = 2) -> None:
    rule = slide.shapes.add_connector(
        MSO_CONNECTOR.STRAIGHT, Inches(left), Inches(top), Inches(left + width), Inches(top)
    )  # fmt: skip
    rule.line.color.rgb, rule.line.width = rgb(palette.ACCENT), Pt(thick)


def _box(slide: Any, box: Box) -> Any:
    return slide.shapes.add_textbox(*(Inches(side) for side in box))


def _text(
    slide: Any, texts: list[str], box: Box, sizes: Sequence[float], colour: str, bold: bool = False, listed: bool = True
) -> None:
    """Paragraphs in the largest size that fits; several are a list."""
    listed = listed and len(texts) > 1
    gap = GAP if listed else 0
    size = text_fit.fitting_size(texts, box[2] - (HANG if listed else 0), box[3], sizes, gap, bold)
    shape = _box(slide, box)
    _fill(shape.text_frame, texts, size, colour, bold=bold, gap=gap)
    for paragraph in shape.text_frame.paragraphs if listed else ():
        _bullet(paragraph)


def _bullet(paragraph: Any) -> None:
    """A real list item: a bullet that hangs, so that assistive technology and Office know it for one."""
    properties = paragraph._p.get_or_add_pPr()
    properties.set("marL", str(Inches(HANG)))
    properties.set("indent", str(-Inches(HANG)))
    properties.append(properties.makeelement(qn("a:buChar"), {"char": "•"}))


def _fill(frame: Any, texts: list[str], size: float, colour: str, bold: bool, gap: float) -> None:
    frame.word_wrap, frame.auto_size = True, MSO_AUTO_SIZE.NONE
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    for place, text in enumerate(texts):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        paragraph.space_after, paragraph.space_before, paragraph.line_spacing = Pt(gap), Pt(0), 1.0
        paragraph.alignment = 1  # left
        run = paragraph.add_run()
        run.text = text
        typed(run.font, size, colour, bold)
