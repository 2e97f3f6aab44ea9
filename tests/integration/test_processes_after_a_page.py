"""Processes that draw begin in a worker of tests in which a page was run: they are not to run that page."""

from __future__ import annotations

import sys

import pytest
from streamlit.testing.v1 import AppTest

from insight.charts.render_svg.vega import Renderer


@pytest.fixture
def page_that_was_run() -> AppTest:
    return AppTest.from_string("import streamlit as st\nst.write(1 / st.session_state.asked)", default_timeout=60).run()


@pytest.mark.usefixtures("page_that_was_run")
def test_charts_are_drawn_by_processes_in_a_worker_that_ran_a_page() -> None:
    assert getattr(sys.modules["__main__"], "st", None) is None
    mark = {"$schema": "https://vega.github.io/schema/vega-lite/v6.json", "mark": "bar", "data": {"values": [{}]}}
    renderer = Renderer(None, workers=2)
    renderer.prepare({**mark, "width": width} for width in range(100, 500, 100))
    assert renderer.drawn == 4
