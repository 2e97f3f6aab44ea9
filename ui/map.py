"""A map on a page: every force is a link to its page, with the same choices."""

from __future__ import annotations

import streamlit as st

from insight.charts.key import key_html
from insight.charts.model.areas import AreaMap
from insight.charts.model.tiles import TileMap
from insight.charts.render_svg.maps import draw
from ui import url_state
from ui.blocks import force_address

SHAPES = {"boundaries": "Boundaries", "tiles": "Equal tiles"}


def choose_shape() -> str:
    """Boundaries or equal tiles, kept in the address."""
    return url_state.choose_one("shape", "Map", SHAPES, "boundaries", as_buttons=True)


def show_map(chart: AreaMap | TileMap) -> None:
    """The map with its key; boundaries with the attribution that their publisher asks for."""
    svg = draw(chart, force_address, in_place=True)
    # A block of Markdown, which keeps the links of an SVG element; st.html takes it out.
    st.markdown(f"<div>{svg}</div>", unsafe_allow_html=True)
    st.html(key_html(chart.key, as_images=True))
    if isinstance(chart, AreaMap):
        st.caption(chart.attribution)
