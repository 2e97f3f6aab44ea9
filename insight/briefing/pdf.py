"""The briefing as PDF, a document on upright A4: real text, tagged (PDF/UA-1), tables with heads, charts with alternatives."""

from __future__ import annotations

import logging
from dataclasses import replace
from pathlib import Path

from markupsafe import Markup

from insight.briefing import text_fit
from insight.briefing.model import Briefing, Chart
from insight.charts import palette
from insight.charts.key import key_text
from insight.charts.model.lines import LineChart
from insight.charts.render_svg import bars, lines
from insight.charts.render_svg.vega import standing_alone
from insight.format import upper_first
from insight.tables.model import Table, text_of
from insight.tables.render_html import grade_rules, render_html
from insight.templates import filled, svg_address
from insight.views.block import Block
from insight.views.render_html import render_blocks

TEMPLATES = Path(__file__).resolve().parent / "templates"
BARS = bars.Size(width=640, row=16, names=190, figures=110)
LINES = lines.Size(width=640, height=165, left=48, right=130)
WIDTH, TABLE_SIZE, INSET = 7.08, 8.5, 0.12  # inches of a page, points of a table, inches left and right of a cell's text
COLOURS = f":root {{ --ink: {palette.INK}; --muted: {palette.MUTED}; --accent: {palette.ACCENT}; --grid: {palette.GRID}; }}"


NO_PANGO = "A PDF needs Pango: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"


class NoPrinter(Exception):
    """This machine lacks Pango, which lays out the text of a PDF."""


def can_print() -> bool:
    """Whether this machine has what a PDF needs (Debian: libpango-1.0-0, libpangoft2-1.0-0, libharfbuzz-subset0)."""
    try:
        import weasyprint  # noqa: F401  # loads Pango as it is imported, so it is not imported with this module
    except OSError:
        return False
    return True


def pdf(briefing: Briefing) -> bytes:
    """The file, tagged for assistive technology.

    Raises:
        NoPrinter: the machine lacks Pango.
    """
    if not can_print():
        raise NoPrinter(NO_PANGO)
    from weasyprint import HTML
    from weasyprint.text.fonts import FontConfiguration

    logging.getLogger("fontTools").setLevel(logging.WARNING)
    html = page_html(briefing)
    made: bytes | None = HTML(string=html).write_pdf(
        pdf_variant="pdf/ua-1", font_config=FontConfiguration(), pdf_tags=True, custom_metadata=True
    )
    if made is None:
        raise RuntimeError("no PDF was made")
    return made


def page_html(briefing: Briefing) -> str:
    """The document as HTML: a head, then a section for each page of content, one after another."""
    style = Markup((TEMPLATES / "document.css").read_text(encoding="utf-8") + COLOURS + grade_rules())
    return filled(
        TEMPLATES / "document.html", briefing=briefing, style=style, width=WIDTH, blocks=_blocks, chart=_chart, render=_table
    )


def _blocks(blocks: tuple[Block, ...]) -> Markup:
    """Blocks without links, which lead nowhere on paper, and without pictures, which stand below in full."""
    return render_blocks(
        [replace(one, link=None, link_text="", picture=None) for one in blocks], lambda link: "", lambda name: ""
    )


def _table(table: Table, width: float) -> Markup:
    """A table whose columns are as wide as on a slide; ``width`` in inches."""
    rows = [table.headings, *([text_of(cell) for cell in row] for row in table.rows)]
    widths = text_fit.column_widths(rows, width, TABLE_SIZE, INSET)
    columns = Markup().join(Markup('<col style="width:{:.2f}in">').format(one) for one in widths)
    head = Markup("<thead")
    return Markup(render_html(table).replace(head, Markup("<colgroup>{}</colgroup>").format(columns) + head, 1))


def _chart(chart: Chart) -> Markup:
    """A chart under its title and unit, with its key and what else must be known of it."""
    if isinstance(chart, LineChart):
        head, spec = f"{upper_first(chart.unit)}; {chart.scale}", lines.spec(chart, LINES)
    else:
        head, spec = upper_first(chart.unit), bars.spec(chart, BARS)
    image = Markup('<img src="{}" alt="{}">').format(svg_address(standing_alone(spec)), chart.alt)
    notes = Markup().join(
        Markup('<p class="note">{}</p>').format(one) for one in (Markup(key_text(chart.key)), chart.note) if one
    )
    return Markup("<figure><figcaption><b>{}</b><br>{}</figcaption>{}{}</figure>").format(chart.title, head, image, notes)
