"""Tables of ``insight.real_table`` on a page: their look, and what a phone makes of it."""

from __future__ import annotations

import streamlit as st

from ui.blocks import MATRIX_STYLE

LISTING_STYLE = """<style>
.listing { overflow: auto; max-height: 75vh; border: 1px solid #d3d8dd; font-size: 14px; line-height: 1.35;
  font-variant-numeric: tabular-nums; }
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
.listing td a.cell { text-decoration: none; }
.matrix sup { font-size: 10px; font-weight: 400; margin-left: 1px; }
.matrix.wide thead th { max-width: 150px; }
.matrix.tall { max-height: none; }
@media (max-width: 640px) { .listing { font-size: 12px; } .listing tbody th { max-width: 96px; } }
</style>"""


def listing(html: str) -> None:
    """A table of ``insight.real_table.table_html``."""
    st.html(MATRIX_STYLE + LISTING_STYLE + html)
