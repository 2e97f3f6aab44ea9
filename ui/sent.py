"""Views in the form in which they are kept and sent: texts and figures finished and packed, with nothing to compute from."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import Any

import orjson
import plotly.graph_objects as go

from insight.charts.chart import Chart
from insight.charts.key import key_html
from insight.charts.template import json_of


class Packed:
    """A text that takes a tenth of its room; it is unpacked in a fraction of a millisecond."""

    def __init__(self, text: str) -> None:
        self._packed = zlib.compress(text.encode(), 3)

    def __str__(self) -> str:
        return zlib.decompress(self._packed).decode()


class _Spec(dict[str, Any]):
    """The plain values of a figure whose JSON is finished: Plotly asks for ``to_plotly_json`` and writes that as it is."""

    def __init__(self, spec: Packed, height: float) -> None:
        super().__init__(data=[], layout={"height": height})
        self._spec = spec

    def to_plotly_json(self) -> orjson.Fragment:
        """The finished JSON."""
        return orjson.Fragment(str(self._spec))


class _FinishedFigure(go.Figure):  # type: ignore[misc]
    """A figure that is its JSON: Streamlit asks a figure for its plain values, and those for their height and JSON."""

    def __init__(self, spec: Packed, height: float) -> None:
        object.__setattr__(self, "_finished", (spec, height))

    def to_dict(self) -> dict[str, Any]:
        """Plain values."""
        return _Spec(*self._finished)


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
    spec = Packed(json_of(chart.spec))
    key = key_html(chart.key, as_images=True) if chart.key else ""
    height = chart.spec["layout"]["height"]
    return SentChart(_FinishedFigure(spec, height), chart.alt, str(key), height, not chart.spec["data"])
