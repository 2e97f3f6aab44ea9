"""The briefing as PDF, from HTML: real text, tagged (PDF/UA-1), a heading a page, tables with heads, charts with alternatives."""

from __future__ import annotations

import base64
import logging
from html import escape

from insight.briefing import text_fit
from insight.briefing.model import Briefing, Chart, Page, Table
from insight.charts import palette
from insight.charts.chart import sentence
from insight.charts.key import key_text
from insight.charts.model.lines import LineChart
from insight.charts.render_svg import bars, lines
from insight.charts.render_svg.vega import standing_alone

NOTE_SIZE = 8.6  # points of what stands small under a page
STYLE = f"""
@page {{ size: A4 landscape; margin: 14mm 15mm 17mm;
  @bottom-left {{ content: string(foot); font: 7.5pt "Liberation Sans", Arial, sans-serif; color: {palette.MUTED}; width: 100%;
    white-space: pre-line; }} }}
html {{ font: 10.5pt/1.35 "Liberation Sans", Arial, "DejaVu Sans", sans-serif; color: {palette.INK}; }}
section {{ break-before: page; }} section:first-of-type {{ break-before: auto; }}
h1, h2 {{ font-size: 17pt; line-height: 1.2; margin: 0 0 5mm; border-bottom: 2pt solid {palette.ACCENT}; padding-bottom: 3mm; }}
.foot {{ string-set: foot content(text); font-size: 0.1pt; line-height: 0; color: #fff; margin: 0; height: 0; }}
ul {{ margin: 0; padding: 0 0 0 4mm; }} li {{ line-height: 1.25; margin: 0 0 2mm; }} table + ul {{ margin-top: 6mm; }}
.two {{ display: flex; gap: 8mm; }} .two > * {{ flex: 1 1 0; min-width: 0; }}
.two .wide {{ flex: 1.35 1 0; }}
img {{ width: 100%; }}
table {{ border-collapse: collapse; width: 100%; font-size: 8.6pt; line-height: 1.25; font-variant-numeric: tabular-nums; }}
caption {{ text-align: left; font-weight: bold; padding: 0 0 2mm; }}
th {{ text-align: left; background: {palette.MUTED}; color: #fff; vertical-align: bottom; }}
th, td {{ padding: 1.2mm 2mm; border-bottom: 0.5pt solid {palette.GRID}; vertical-align: top; }}
tbody th {{ background: none; color: {palette.INK}; font-weight: normal; }}
.chart {{ margin: 0 0 2mm; }} .note p {{ margin: 0 0 1.5mm; }}
.note {{ font-size: {NOTE_SIZE}pt; color: {palette.MUTED}; margin: 4mm 0 0; }}
"""
# What a page has room for, in inches: full width, a half, the narrower side beside a table, height under its heading.
WIDTH, HALF, NARROW_WIDTH, ROOM = 10.4, 5.0, 4.2, 5.2
BARS = bars.Size(width=440, row=34, names=156, figures=96)
LINES = lines.Size(width=440, height=290, left=48, right=118)
SIZES = (13, 12.5, 12, 11.5, 11, 10.5, 10, 9.5, 9, 8.5, 8)
NARROW, ROW, INDENT, GAP = 3, 0.36, 0.3, 7  # columns beside text; inches a row, inches of a bullet, points after a paragraph


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
        raise NoPrinter("A PDF needs Pango: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0")
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
    """The print layout, one section a page."""
    sections = "".join(_section(page, place, briefing) for place, page in enumerate(briefing.pages, start=1))
    created = briefing.day.isoformat()
    return (
        f'<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>{escape(briefing.title)}</title>'
        f'<meta name="author" content="Force performance dashboard"><meta name="description" content="Build '
        f'{escape(briefing.build_id)}. {escape(briefing.releases)}."><meta name="dcterms.created" content="{created}">'
        f"<style>{STYLE}</style></head><body>{sections}</body></html>"
    )


def _section(page: Page, place: int, briefing: Briefing) -> str:
    level = "h1" if place == 1 else "h2"
    heading = f"<{level}>{escape(page.title)}</{level}>"
    if page.chart is not None:
        body = f'<div class="two"><div>{_bullets(page.bullets, HALF, ROOM)}</div><div>{_chart(page.chart)}</div></div>'
    elif page.table is not None and page.bullets and len(page.table.head) <= NARROW:
        bullets = _bullets(page.bullets, NARROW_WIDTH, ROOM)
        body = f'<div class="two"><div>{bullets}</div><div class="wide">{_table(page.table)}</div></div>'
    elif page.table is not None:
        rows = len(page.table.rows) * ROW
        body = _table(page.table) + _bullets(page.bullets, WIDTH, max(ROOM - rows, ROOM / 4))
    else:
        under = text_fit.height([page.foot], NOTE_SIZE, WIDTH) if page.foot else 0
        body = _bullets(page.bullets, WIDTH, ROOM - under)
    note = f'<p class="note">{escape(page.foot)}</p>' if page.foot else ""
    foot = f'<p class="foot">{escape(briefing.foot(place))}</p>'
    return f"<section>{foot}{heading}{body}{note}</section>"


def _bullets(texts: tuple[str, ...], width: float, room: float) -> str:
    """Paragraphs in the largest type that fits the room, in inches."""
    if not texts:
        return ""
    size = text_fit.fitting_size(texts, width - INDENT, room, SIZES, GAP)
    items = "".join(f"<li>{escape(text)}</li>" for text in texts)
    return f'<ul style="font-size:{size}pt">{items}</ul>'


def _chart(chart: Chart) -> str:
    """A chart under its title and unit, with its key and what else must be known of it."""
    if isinstance(chart, LineChart):
        head, spec = f"{sentence(chart.unit)}; {chart.scale}", lines.spec(chart, LINES)
    else:
        head, spec = sentence(chart.unit), bars.spec(chart, BARS)
    key = f"<p>{key_text(chart.key)}</p>" if chart.key else ""
    return (
        f'<p class="chart"><b>{escape(chart.title)}</b><br>{escape(head)}</p>{_image(standing_alone(spec), chart.alt)}'
        f'<div class="note">{key}{f"<p>{escape(chart.note)}</p>" if chart.note else ""}</div>'
    )


def _image(svg: str, alt: str) -> str:
    data = base64.b64encode(svg.encode("utf-8")).decode("ascii")
    return f'<img src="data:image/svg+xml;base64,{data}" alt="{escape(alt)}">'


def _table(table: Table) -> str:
    head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in table.head)
    rows = "".join(
        f'<tr><th scope="row">{escape(row[0])}</th>{"".join(f"<td>{escape(cell)}</td>" for cell in row[1:])}</tr>'
        for row in table.rows
    )
    columns = "".join(f'<col style="width:{share / sum(table.shares) * 100:.1f}%">' for share in table.shares)
    return (
        f"<table><caption>{escape(table.caption)}</caption><colgroup>{columns}</colgroup>"
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    )
