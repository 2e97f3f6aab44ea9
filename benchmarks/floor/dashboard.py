"""The floor: the least that a Streamlit page with one chart of the forces and one cached query can cost on this machine.

The baseline of the benchmarks of pages and sessions. It reads the build that ``FORCE_WAREHOUSE`` names.
"""

from __future__ import annotations

import os
from pathlib import Path

import duckdb
import pandas as pd
import plotly.graph_objects as go
import streamlit as st

MEASURE = "children_missing_percent"
QUERY = """
SELECT force_name, value FROM force LEFT JOIN indicator ON area_code = force_code AND measure_id = $measure
    AND period_end = (SELECT max(period_end) FROM indicator WHERE measure_id = $measure)
ORDER BY value NULLS FIRST
"""


@st.cache_resource
def connection(path: str) -> duckdb.DuckDBPyConnection:
    """The build, open for reading."""
    return duckdb.connect(path, read_only=True, config={"threads": 2})


@st.cache_data(max_entries=100, show_spinner=False)
def figures(path: str, measure: str) -> pd.DataFrame:
    """Every force's newest figure."""
    with connection(path).cursor() as cursor:
        return cursor.execute(QUERY, {"measure": measure}).df()


st.set_page_config(page_title="Floor", layout="wide")
frame = figures(str((Path(os.environ["FORCE_WAREHOUSE"]) / "current").resolve()), MEASURE)
force = st.selectbox("Force", sorted(frame["force_name"]), key="force_widget")
st.title("Floor")
colours = ["#1d4f91" if name == force else "#b8c2cc" for name in frame["force_name"]]
chart = go.Figure(go.Bar(x=frame["value"], y=frame["force_name"], orientation="h", marker_color=colours))
chart.update_layout(height=900, title="Children missing, % of looked after")
st.plotly_chart(chart, width="stretch", key="chart")
