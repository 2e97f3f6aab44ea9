"""Views in the form in which they are kept and sent: texts and figures finished and packed, with nothing to compute from."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import Any

import orjson
import plotly.graph_objects as go
import plotly.io

from insight.charts.chart import Chart
from insight.charts.key import key_html


class Packed:
    """A text that takes a tenth of its room; it is unpacked in a fraction of a millisecond."""

    def __init__(self, text: str) -> None:
        self._packed = zlib.compress(text.encode(), 3)

    def __str__(self) -> str:
        return zlib.decompress(self._packed).decode()


class _FinishedFigure(go.Figure):  # type: ignore[misc]
    """A figure that is its JSON: Streamlit asks a figure for its plain values and for nothing else."""

    def __init__(self, spec: Packed) -> None:
        object.__setattr__(self, "_spec", spec)

    def to_dict(self) -> dict[str, Any]:
        """Plain values."""
        plain: dict[str, Any] = orjson.loads(str(self._spec))
        return plain


@dataclass(frozen=True, eq=False)
class SentChart:
    """A chart as it is sent: its figure, its text alternative, the key under it as HTML, its height in pixels if it has one."""

    figure: go.Figure
    alt: str
    key: str
    height: float
    empty: bool


def sent(chart: Chart) -> SentChart:
    """A chart, finished."""
    spec = Packed(plotly.io.to_json(chart.figure, validate=False))
    key = key_html(chart.key, as_images=True) if chart.key else ""
    return SentChart(_FinishedFigure(spec), chart.alt, str(key), chart.figure.layout.height or 0, not chart.figure.data)
