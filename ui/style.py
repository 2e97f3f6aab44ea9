"""The rules of style that Streamlit's theme cannot say: one sheet for the screen, one for paper."""

from __future__ import annotations

from functools import cache

import streamlit as st

from insight.views.render_html import style_rules
from ui.templates import text_of

WIDE, NARROW, SPARE = "wide", "narrow", "spare"
ROW, MOST_SPARE = 20, 160  # pixels
# The foot of a figure that only a phone's legend needs is taken off on a desk.
WITHOUT_SPARE = " ".join(
    f'[class*="st-key-{SPARE}-{pixels}-"] {{ margin-bottom: -{pixels}px; }}' for pixels in range(ROW, MOST_SPARE + ROW, ROW)
)
# A figure that needs another shape on a phone is drawn twice; the one that does not fit is not shown, to eyes or screen readers.
SHAPES = f"""
@media (max-width: 640px) {{ [class*="st-key-{WIDE}-"] {{ display: none; }} }}
@media (min-width: 641px) {{ [class*="st-key-{NARROW}-"] {{ display: none; }} }}
@media (min-width: 1200px) {{ {WITHOUT_SPARE} }}
"""


def apply() -> None:
    """Put the rules on the page. Call it once a run."""
    st.html(_sheet())


@cache
def _sheet() -> str:
    return f"<style>{text_of('frame.css')}{SHAPES}{style_rules()}{text_of('print.css')}</style>"
