"""The few rules of style that Streamlit's theme cannot say."""

from __future__ import annotations

import streamlit as st

WIDE, NARROW = "wide", "narrow"
# A figure that needs another shape on a phone is drawn twice; the one that does not fit is not shown, to eyes or screen readers.
STYLE = f"""<style>
.js-plotly-plot text {{ font-variant-numeric: tabular-nums; }}
[data-testid="stMainBlockContainer"] {{ padding-top: 3.5rem; max-width: 1280px; }}
@media (min-width: 1200px) {{ [data-testid="stMainBlockContainer"] {{ padding-left: 3rem; padding-right: 3rem; }} }}
[data-testid="stSidebar"] input[role="combobox"] {{ font-size: 14px; }}
[data-testid="stMain"] {{ scroll-padding: 4.5rem 0 1rem; }}
[data-testid="stSidebarNavLink"]:focus-visible {{ outline: 3px solid #1d4f91; outline-offset: -3px; }}
[data-testid="stTable"] table {{ font-size: 14px; font-variant-numeric: tabular-nums; }}
[data-testid="stCaptionContainer"] {{ opacity: 1; color: #4b5560; }}
svg.map {{ display: block; width: 100%; max-width: 600px; height: auto; }} svg.map text {{ font-family: inherit; }}
svg.map a:hover path, svg.map a:hover rect {{ stroke: #1a1f24; stroke-width: 5; }}
svg.map a:focus-visible {{ outline: none; }}
svg.map a:focus-visible path, svg.map a:focus-visible rect {{ stroke: #1d4f91; stroke-width: 9; }}
@media (max-width: 640px) {{ [class*="st-key-{WIDE}-"] {{ display: none; }} }}
@media (min-width: 641px) {{ [class*="st-key-{NARROW}-"] {{ display: none; }} }}
</style>"""


def apply() -> None:
    """Put the rules on the page. Call it once a run."""
    st.html(STYLE)
