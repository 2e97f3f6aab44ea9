"""The rules of style that Streamlit's theme cannot say: one sheet for the screen, one for paper."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import streamlit as st

from insight.templates import svg_address
from insight.views.render_html import style_rules
from ui.table import table_rules
from ui.templates import text_of

WIDE, NARROW = "wide", "narrow"
# A figure that needs another shape on a phone is drawn twice; the one that does not fit is not shown, to eyes or screen readers,
# nor is what Streamlit wraps it in, which would leave a gap.
SHAPES = f"""
@media (max-width: 640px) {{ [class*="st-key-{WIDE}-"], [data-testid="stLayoutWrapper"]:has(> [class*="st-key-{WIDE}-"])
  {{ display: none; }} }}
@media (min-width: 641px) {{ [class*="st-key-{NARROW}-"], [data-testid="stLayoutWrapper"]:has(> [class*="st-key-{NARROW}-"])
  {{ display: none; }} }}
svg.map {{ display: block; width: 100%; max-width: 600px; height: auto; margin: 0 auto; }}
svg.map a {{ text-decoration: none; }} svg.map text {{ font-family: inherit; }}
svg.map a:hover path, svg.map a:hover rect {{ stroke: #1a1f24; stroke-width: 5; }}
svg.map a:focus-visible {{ outline: none; }}
svg.map a:focus-visible path, svg.map a:focus-visible rect {{ stroke: var(--accent); stroke-width: 9; }}
"""


def apply() -> None:
    """Put the rules on the page. Call it once a run."""
    st.html(_sheet())


@cache
def _sheet() -> str:
    return f"<style>{text_of('frame.css')}{SHAPES}{table_rules()}{style_rules()}{text_of('print.css')}</style>"


@cache
def picture(name: str) -> str:
    """An SVG beside this module as an address that holds it: of a file, Streamlit would read and encode it at each run."""
    return svg_address((Path(__file__).parent / name).read_text(encoding="utf-8"))
