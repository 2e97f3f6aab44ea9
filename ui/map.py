"""A map on a page: every force is a link to its page, with the same choices."""

from __future__ import annotations

import streamlit as st

from insight.charts.key import key_html
from insight.charts.model.areas import AreaMap
from insight.charts.model.tiles import TileMap
from insight.charts.render_svg.maps import draw
from insight.format import slug
from ui import url_state
from ui.blocks import KEY_STYLE

SHAPES = {"boundaries": "Boundaries", "tiles": "Equal tiles"}


def choose_shape() -> str:
    """Boundaries or equal tiles, kept in the address."""
    return url_state.choose_one("shape", "Map", SHAPES, "boundaries")


def show_map(chart: AreaMap | TileMap) -> None:
    """The map with its key; boundaries with the attribution that their publisher asks for."""
    svg = draw(chart, lambda name: f"force{url_state.query(force=slug(name))}", in_place=True)
    # A block of Markdown, which keeps the links of an SVG element; st.html takes it out.
    st.markdown(f"<div>{svg}</div>", unsafe_allow_html=True)
    st.html(KEY_STYLE + key_html(chart.key, as_images=True))
    if isinstance(chart, AreaMap):
        st.caption(chart.attribution)
