"""Tables on a page: their look, and what a phone makes of it."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from insight.tables.model import WHOLE, Look, Table
from insight.tables.render_html import card_rules, grade_rules, render_html

TABLE_STYLE = """<style>
.figures { overflow: auto; max-height: 640px; position: relative; font-size: 14px; line-height: 1.4;
  font-variant-numeric: tabular-nums; border: 1px solid #d3d8dd; border-radius: 4px; }
.figures:not(:has(tbody tr:nth-child(26))) { max-height: none; }
.figures:has(tbody tr:nth-child(26)) { box-shadow: inset 0 -14px 12px -12px #8a939c; }
.figures:focus-visible { outline: 3px solid #1d4f91; outline-offset: 1px; }
.figures table { border-collapse: separate; border-spacing: 0; width: 100%; margin: 0; }
.figures caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.figures th, .figures td { padding: 4px 10px; border: 0; border-bottom: 1px solid #e3e7ea; vertical-align: top; text-align: left;
  font-weight: 400; min-width: 64px; }
.figures { scroll-padding: 112px 8px 8px; }  /* more than the head: a link that is partly seen is not scrolled to */
.figures .said { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.figures td:has(a) { min-width: 112px; }
.figures:has(thead th:nth-child(9)) :is(th, td) { padding: 5px 6px; min-width: 48px; }
.figures:has(thead th:nth-child(9)) td:has(a) { min-width: 72px; }
.figures .n { text-align: right; }
.figures thead th { position: sticky; top: 0; z-index: 1; background: #f5f6f8; font-weight: 600; vertical-align: bottom; }
.figures tr.section th { background: #f5f6f8; font-weight: 600; padding-top: 10px; }
.figures tbody tr:last-child > * { border-bottom: 0; }
.figures a { color: #1d4f91; text-decoration: underline; overflow-wrap: break-word; display: inline-block; min-height: 24px; }
@media (max-width: 640px) { .figures { font-size: 12px; } .figures th, .figures td { padding: 4px 6px; }
  .figures:not(.cards):has(thead th:nth-child(5)) tbody th { position: sticky; left: 0; z-index: 1; background: #fff; } }
</style>"""
MATRIX_STYLE = """<style>
.matrix { overflow-x: auto; font-size: 14px; font-variant-numeric: tabular-nums; }
.matrix { scroll-padding: 76px 8px 8px 230px; } .matrix a { scroll-margin: 4px; }
.matrix table { border-collapse: separate; border-spacing: 2px; }
.matrix caption { text-align: left; padding: 4px 6px; color: #4b5560; }
.matrix thead th { position: sticky; top: 0; z-index: 2; background: #fff; vertical-align: bottom; padding: 4px; max-width: 92px;
  font-weight: 600; font-size: 12px; line-height: 1.25; }
.matrix small { display: block; font-weight: 400; font-size: 11px; color: #4b5560; margin-top: 2px; }
.matrix tbody th { position: sticky; left: 0; z-index: 1; background: #fff; text-align: left; font-weight: 400; padding: 2px 8px;
  white-space: nowrap; }
.matrix thead th:first-child { left: 0; z-index: 3; text-align: left; }
.matrix tr.mine th { font-weight: 700; color: #1d4f91; box-shadow: inset 4px 0 0 #1d4f91; }
.matrix td { text-align: center; padding: 0; min-width: 44px; height: 28px; font-weight: 600; }
.matrix td a { display: block; padding: 3px; color: inherit !important;
  text-decoration: none; min-width: 24px; min-height: 24px; }
.matrix td a:focus-visible, .matrix:focus-visible { outline: 3px solid #1d4f91; outline-offset: 1px; }
.matrix .said { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@media (max-width: 640px) { .matrix { scroll-padding: 84px 70px 8px 184px; }
  .matrix tbody th { min-width: 106px; max-width: 106px; white-space: normal; overflow-wrap: break-word; hyphens: auto;
    padding: 2px 3px; font-size: 11px; letter-spacing: -.25px; }
  .matrix td { min-width: 26px; } .matrix table { border-spacing: 1px; } .matrix small { display: none; }
  .matrix td sup { font-size: 9px; margin-left: 0; } .matrix td a { padding: 3px 0; }
  .matrix:not(.cycles) thead th:not(:first-child) { writing-mode: vertical-rl; transform: rotate(180deg); max-width: none;
    text-align: left; padding: 2px 0; } }
</style>"""
LISTING_STYLE = """<style>
.listing { overflow-x: auto; border: 1px solid #d3d8dd; font-size: 14px; line-height: 1.35;
  font-variant-numeric: tabular-nums; }
.listing { scroll-padding: 64px 8px 8px 230px; } .listing a { scroll-margin: 4px; }
.listing table { border-collapse: separate; border-spacing: 0; width: 100%; }
.listing caption { text-align: left; padding: 6px 8px; color: #4b5560; }
.listing th, .listing td { text-align: left; vertical-align: top; padding: 6px 8px; border-bottom: 1px solid #e3e7ea; }
.listing thead th { position: sticky; top: 0; z-index: 2; background: #f5f6f8; font-weight: 600; vertical-align: bottom; }
.listing tbody th { position: sticky; left: 0; z-index: 1; background: #fff; font-weight: 400; }
.listing thead th:first-child { left: 0; z-index: 3; }
.listing th[aria-sort="ascending"]::after { content: " ▲"; } .listing th[aria-sort="descending"]::after { content: " ▼"; }
.listing small { display: block; font-weight: 400; font-size: 12px; color: #4b5560; }
.matrix tbody th a, .listing tbody :is(th, td:not(.grade)) a { display: inline-block; min-height: 24px; padding: 2px 0; }
.listing tbody :is(th, td:not(.grade)):has(> a) { padding-top: 3px; padding-bottom: 3px; }
.matrix tbody th a, .listing tbody th a { color: inherit; text-decoration: none; }
.matrix tbody th a:hover, .listing tbody th a:hover { text-decoration: underline; }
.listing tr.mine th { font-weight: 700; color: #1d4f91; box-shadow: inset 4px 0 0 #1d4f91; }
.listing td { min-width: 96px; }
.listing a { color: #1d4f91; text-decoration: underline; }
.listing a:focus-visible, .listing:focus-visible { outline: 3px solid #1d4f91; outline-offset: 1px; }
.listing .said { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.listing .seam, .matrix .seam { border-left: 4px double #1a1f24 !important; }
.listing, .matrix { position: relative; }
.listing td.grade { text-align: center; vertical-align: middle; font-weight: 600; min-width: 64px; }
.listing td.grade a { display: block; min-width: 24px; min-height: 24px; color: inherit; text-decoration: none; }
.matrix sup, .listing sup { font-size: 10px; font-weight: 400; margin-left: 1px; }
.listing.whole tbody th { min-width: 190px; } .listing.whole td { min-width: 84px; }
.listing.whole:has(thead th:nth-child(9)) :is(th, td) { padding: 5px 4px; font-size: 13px; }
.listing.whole:has(thead th:nth-child(9)) tbody th { min-width: 150px; }
.listing.whole { font-size: 13px; line-height: 1.3; } .listing.whole th, .listing.whole td { padding: 4px 8px; }
.listing.whole td:nth-last-child(2):not(:nth-child(2)) { min-width: 112px; } .listing.whole tr.section th { padding-top: 10px; }
.listing.whole caption, .listing.names caption { position: absolute; width: 1px; height: 1px; overflow: hidden;
  clip-path: inset(50%); }
.listing.names thead th:nth-child(even) { white-space: nowrap; }
.listing.whole td:nth-child(2):not(.grade) { background: #f3f7fc; } .listing.whole thead th:nth-child(2) { color: #1d4f91; }
.listing tr.section th { position: static; background: #f5f6f8; font-weight: 600; padding-top: 14px; }
.matrix.wide thead th { max-width: 150px; }
.listing caption span, .matrix caption span { position: sticky; left: 8px; display: inline-block; max-width: min(100%, 88vw); }
@media (max-width: 640px) {
  .listing { font-size: 12px; scroll-padding: 132px 60px 8px 200px; }
  .listing tbody th { min-width: 130px; max-width: 130px; overflow-wrap: break-word; }
  .listing th, .listing td { padding: 5px 6px; } .listing td { min-width: 84px; }
  .listing.whole tbody th { min-width: 130px; }
  .matrix.cycles td { min-width: 30px; }
  .matrix.cycles thead th { max-width: 38px; overflow-wrap: anywhere; padding: 2px 1px; font-size: 10px; letter-spacing: -.3px; }
  .matrix.cycles thead th:first-child { max-width: 104px; } .matrix.cycles tbody th { max-width: 92px; overflow-wrap: anywhere; }
}
</style>"""


# Shadows at the edges behind which there is more; they are painted under the cells and go where an edge is reached.
FRAME_STYLE = """<style>
.whole > .figures, .whole > .matrix, .whole > .listing { max-height: none; }
.more-here { display: none; }
/* No frame scrolls within a phone's page: of a long table the first rows stand on it, the others once they are asked for. */
@media (max-width: 640px) { .framed > .figures { max-height: none; } .framed + .more-rows { display: none; }
  .framed > .figures:has(tbody tr:nth-child(26)) { box-shadow: none; }
  .framed.long:not(:has(> details[open])) tbody > tr:nth-child(n+26) { display: none; }
  .more-here { display: block; margin: 4px 0 0; font-size: 14px; }
  details.more-here summary { min-height: 44px; padding: 11px 12px; border: 1px solid #d3d8dd; border-radius: 4px; color: #1d4f91;
    font-weight: 600; cursor: pointer; list-style: none; text-align: center; }
  details.more-here summary::-webkit-details-marker { display: none; }
  details.more-here[open] .closed, details.more-here:not([open]) .open { display: none; } }
.figures, .matrix, .listing { background:
  linear-gradient(to right, #fff 50%, #fff0) left / 40px 100% no-repeat local,
  linear-gradient(to left, #fff 50%, #fff0) right / 40px 100% no-repeat local,
  linear-gradient(#fff0, #fff 50%) bottom / 100% 40px no-repeat local,
  linear-gradient(to right, #1a1f2440, #1a1f2400) left / 14px 100% no-repeat scroll,
  linear-gradient(to left, #1a1f2440, #1a1f2400) right / 14px 100% no-repeat scroll,
  linear-gradient(to top, #1a1f2440, #1a1f2400) bottom / 100% 14px no-repeat scroll, #fff; }
.more-rows { margin: 4px 0 0; font-size: 14px; color: #4b5560; }
</style>"""
MOST_WHOLE_ON_PHONE, MOST_ON_PHONE = 50, 500  # rows that stand whole on a phone's page; rows that can be asked for on it
MORE_ROWS = Markup('<p class="more-rows">{} rows in all. Scroll within the table to see the others.</p>')
ASK_FOR_MORE = Markup(
    '<details class="more-here"><summary><span class="closed">Show all {many} rows</span>'
    '<span class="open">Show the first {first} rows only</span></summary></details>'
)
NO_MORE = Markup('<p class="more-here">The first {first} of {many} rows. The download has all of them.</p>')


def show_table(table: Table) -> None:
    """A table in a frame, in which a desk scrolls; its caption is read out, and no two tables of a page may have the same.

    Not ``st.table``: on a phone the keyboard cannot scroll its frame, or all frames of a page have the same name.
    """
    st.html(ready(table))


def ready(table: Table) -> str:
    """A table with its style, as it is sent."""
    style = TABLE_STYLE if table.look == Look.FIGURES else f"{MATRIX_STYLE}{LISTING_STYLE}<style>{grade_rules()}</style>"
    whole = len(table.rows) <= WHOLE or table.look != Look.FIGURES  # of the other looks every row stands on the page
    frame = Markup('<div class="whole">{}</div>') if whole else _framed(len(table.rows))
    # All are safe to send as they are; a plain text added to markup would be escaped.
    return str(Markup(f"{style}{FRAME_STYLE}<style>{card_rules()}</style>") + frame.format(render_html(table, new_tab=True)))


def _framed(rows: int) -> Markup:
    """What stands around a table of more rows than a page has at once: a desk scrolls in it, a phone asks for more of it."""
    more = Markup() if rows <= MOST_WHOLE_ON_PHONE else ASK_FOR_MORE if rows <= MOST_ON_PHONE else NO_MORE
    many = {"many": f"{rows:,}", "first": WHOLE}
    opened = Markup('<div class="framed{}">').format(" long" if more else "")
    return opened + Markup("{}") + more.format(**many) + Markup("</div>") + MORE_ROWS.format(many["many"])
