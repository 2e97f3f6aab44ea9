"""Charts as pictures that can stand alone: title, source, date and licence are in the image. One browser for all of them."""

from __future__ import annotations

import atexit
import threading
from typing import Literal

import kaleido
import plotly.graph_objects as go

from insight.charts.chart import Chart
from insight.charts.key import key_text
from insight.charts.labels import line_count, text_width, wrap
from insight.charts.model.common import KeyItem
from insight.charts.template import HEADING, LARGE, SMALL

Kind = Literal["png", "svg"]
WIDTH = 1000  # pixels
SCALE = 2  # of a PNG, so that it can be projected
LINE, TITLE_LINE = 16, 26
LABELS = 220  # pixels: the widest labels beside a plot, under which no text can start
KEY_ROOM = "      "  # what a mark and the space before it take in a line of the key
MIME = {"png": "image/png", "svg": "image/svg+xml"}
_starting = threading.Lock()
_started: list[bool] = []


def image(drawn: Chart, source: str, kind: Kind, width: int = WIDTH) -> bytes:
    """The chart as PNG or SVG with its title above and its source line (releases, dates, licence, build) below.

    The first call of a process starts a browser (about three seconds); later ones use it (about a third of one).
    """
    _one_browser()
    figure = standing_alone(drawn, source, width)
    made = kaleido.calc_fig_sync(
        figure, opts={"format": kind, "width": width, "height": figure.layout.height, "scale": SCALE if kind == "png" else 1}
    )
    return made if isinstance(made, bytes) else str(made).encode("utf-8")


def standing_alone(drawn: Chart, source: str, width: int = WIDTH) -> go.Figure:
    """A copy of the figure with room above for its title and below for its key and source."""
    title = wrap(drawn.title, width // 13)
    key = _wrapped_key(drawn, width)
    foot = key + wrap(source, (width - LABELS) // 7)
    above, below = TITLE_LINE * line_count(title) + 12, LINE * line_count(foot) + 16
    figure = go.Figure(drawn.figure)
    margin = figure.layout.margin
    top, bottom = (margin.t if margin.t is not None else 12), (margin.b if margin.b is not None else 36)
    plot = max((figure.layout.height or 400) - top - bottom, 1)
    figure.update_layout(
        height=plot + top + bottom + above + below,
        width=width,
        margin={"t": top + above, "b": bottom + below},
    )
    # From the edge of the image: an annotation would start where the labels of the axis end.
    figure.update_layout(
        title={
            "text": f"<b>{title}</b>", "x": 0, "xref": "container", "xanchor": "left", "y": 1, "yref": "container",
            "yanchor": "top", "pad": {"l": 16, "t": TITLE_LINE}, "font": {"size": HEADING if width >= WIDTH else LARGE},
        }
    )  # fmt: skip
    figure.add_annotation(
        text=foot, x=0, xref="paper", xanchor="left", y=0, yref="paper", yanchor="bottom", align="left", showarrow=False,
        yshift=-(bottom + below - 6), font={"size": SMALL - 1},
    )  # fmt: skip
    return figure


def _wrapped_key(drawn: Chart, width: int) -> str:
    """The key in lines that fit beside the widest labels, each with its end; nothing for a chart without one."""
    lines: list[list[KeyItem]] = []
    for item in drawn.key:
        if not lines or text_width("".join(one.label + KEY_ROOM for one in [*lines[-1], item])) > width - LABELS:
            lines.append([])
        lines[-1].append(item)
    return "".join(f"{key_text(line)}<br>" for line in lines)


def _one_browser() -> None:
    with _starting:
        if not _started:
            kaleido.start_sync_server(silence_warnings=True)
            atexit.register(kaleido.stop_sync_server, silence_warnings=True)
            _started.append(True)
