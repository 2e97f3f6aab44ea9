"""Tables on a page: their look, and what a phone makes of it."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from insight.tables.model import Look, Table
from insight.tables.render_html import grade_rules, render_html

TABLE_STYLE = """<style>
.figures { overflow: auto; max-height: 420px; position: relative; font-size: 14px; line-height: 1.4;
  font-variant-numeric: tabular-nums; border: 1px solid #d3d8dd; border-radius: 4px; }
.figures:focus-visible { outline: 3px solid #1d4f91; outline-offset: 1px; }
.figures table { border-collapse: separate; border-spacing: 0; width: 100%; margin: 0; }
.figures caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.figures th, .figures td { padding: 5px 10px; border: 0; border-bottom: 1px solid #e3e7ea; vertical-align: top; text-align: left;
  font-weight: 400; min-width: 64px; }
.figures { scroll-padding: 112px 8px 8px; }  /* more than the head: a link that is partly seen is not scrolled to */
.figures .said { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.figures td:has(a) { min-width: 112px; }
.figures .n { text-align: right; }
.figures thead th { position: sticky; top: 0; z-index: 1; background: #f5f6f8; font-weight: 600; vertical-align: bottom; }
.figures tbody tr:last-child > * { border-bottom: 0; }
.figures a { color: #1d4f91; text-decoration: underline; overflow-wrap: anywhere; display: inline-block; min-height: 24px; }
@media (max-width: 640px) { .figures { font-size: 12px; } .figures th, .figures td { padding: 4px 6px; } }
</style>"""
MATRIX_STYLE = """<style>
.matrix { overflow: auto; max-height: 70vh; border: 1px solid #d3d8dd; font-size: 14px; font-variant-numeric: tabular-nums; }
.matrix { scroll-padding: 76px 8px 8px 230px; } .matrix a { scroll-margin: 4px; }
.matrix table { border-collapse: separate; border-spacing: 2px; }
.matrix caption { text-align: left; padding: 4px 6px; color: #4b5560; }
.matrix thead th { position: sticky; top: 0; z-index: 2; background: #fff; vertical-align: bottom; padding: 4px; max-width: 92px;
  font-weight: 600; font-size: 12px; line-height: 1.25; }
.matrix tbody th { position: sticky; left: 0; z-index: 1; background: #fff; text-align: left; font-weight: 400; padding: 2px 8px;
  white-space: nowrap; }
.matrix thead th:first-child { left: 0; z-index: 3; text-align: left; }
.matrix tr.mine th { font-weight: 700; color: #1d4f91; box-shadow: inset 4px 0 0 #1d4f91; }
.matrix td { text-align: center; padding: 0; min-width: 44px; height: 28px; font-weight: 600; }
.matrix td a { display: block; padding: 3px; color: inherit !important; text-decoration: none; min-height: 24px; }
.matrix td a:focus-visible, .matrix:focus-visible { outline: 3px solid #1d4f91; outline-offset: 1px; }
.matrix .said { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@media (max-width: 640px) { .matrix { scroll-padding: 84px 70px 8px 184px; }
  .matrix tbody th { min-width: 112px; max-width: 112px; white-space: normal; padding: 2px 4px; font-size: 12px; } }
</style>"""
LISTING_STYLE = """<style>
.listing { overflow: auto; max-height: 75vh; border: 1px solid #d3d8dd; font-size: 14px; line-height: 1.35;
  font-variant-numeric: tabular-nums; }
.listing { scroll-padding: 64px 8px 8px 230px; } .listing a { scroll-margin: 4px; }
.listing table { border-collapse: separate; border-spacing: 0; width: 100%; }
.listing caption { text-align: left; padding: 6px 8px; color: #4b5560; }
.listing th, .listing td { text-align: left; vertical-align: top; padding: 6px 8px; border-bottom: 1px solid #e3e7ea; }
.listing thead th { position: sticky; top: 0; z-index: 2; background: #f5f6f8; font-weight: 600; vertical-align: bottom; }
.listing tbody th { position: sticky; left: 0; z-index: 1; background: #fff; font-weight: 400; }
.listing thead th:first-child { left: 0; z-index: 3; }
.listing th[aria-sort="ascending"]::after { content: " ▲"; } .listing th[aria-sort="descending"]::after { content: " ▼"; }
.listing tr.mine th { font-weight: 700; color: #1d4f91; box-shadow: inset 4px 0 0 #1d4f91; }
.listing td { min-width: 96px; }
.listing a { color: #1d4f91; text-decoration: underline; }
.listing a:focus-visible, .listing:focus-visible { outline: 3px solid #1d4f91; outline-offset: 1px; }
.listing .said { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.listing .seam, .matrix .seam { border-left: 4px double #1a1f24 !important; }
.listing, .matrix { position: relative; }
.listing td.grade { text-align: center; vertical-align: middle; font-weight: 600; min-width: 64px; }
.listing td.grade a { display: block; color: inherit; text-decoration: none; }
.matrix sup, .listing sup { font-size: 10px; font-weight: 400; margin-left: 1px; }
.listing.whole { max-height: none; } .listing.whole tbody th { min-width: 210px; }
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
  .matrix.cycles thead th { max-width: 38px; overflow-wrap: anywhere; padding: 2px 0; font-size: 11px; }
  .matrix.cycles thead th:first-child { max-width: 104px; } .matrix.cycles tbody th { max-width: 92px; overflow-wrap: anywhere; }
}
</style>"""


def show_table(table: Table) -> None:
    """A table that scrolls inside its own frame; its caption is read out, and no two tables of a page may have the same.

    Not ``st.table``: on a phone the keyboard cannot scroll its frame, or all frames of a page have the same name.
    """
    st.html(ready(table))


def ready(table: Table) -> str:
    """A table with its style, as it is sent."""
    style = TABLE_STYLE if table.look == Look.FIGURES else f"{MATRIX_STYLE}{LISTING_STYLE}<style>{grade_rules()}</style>"
    # Both are safe to send as they are; a plain text added to markup would be escaped.
    return str(Markup(style) + render_html(table, new_tab=True))
