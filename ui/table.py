"""Tables of ``insight.tables.html`` on a page: their look, and what a phone makes of it."""

from __future__ import annotations

import streamlit as st

from ui.blocks import MATRIX_STYLE

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
.listing td[style] { text-align: center; vertical-align: middle; font-weight: 600; min-width: 64px; }
.listing td[style] a { display: block; color: inherit; text-decoration: none; }
.matrix sup, .listing sup { font-size: 10px; font-weight: 400; margin-left: 1px; }
.matrix.wide thead th { max-width: 150px; }
.listing caption span, .matrix caption span { position: sticky; left: 8px; display: inline-block; max-width: min(100%, 88vw); }
@media (max-width: 640px) {
  .listing { font-size: 12px; scroll-padding: 132px 60px 8px 200px; }
  .listing tbody th { min-width: 130px; max-width: 130px; overflow-wrap: break-word; }
  .listing th, .listing td { padding: 5px 6px; } .listing td { min-width: 84px; }
  .matrix.cycles td { min-width: 30px; }
  .matrix.cycles thead th { max-width: 38px; overflow-wrap: anywhere; padding: 2px 0; font-size: 11px; }
  .matrix.cycles thead th:first-child { max-width: 104px; } .matrix.cycles tbody th { max-width: 92px; overflow-wrap: anywhere; }
}
</style>"""


def listing(html: str) -> None:
    """A table of ``insight.tables.html.table_html``."""
    st.html(MATRIX_STYLE + LISTING_STYLE + html)
