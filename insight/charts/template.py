"""The house template: type, lines, margins, and how a figure becomes a Chart. Every figure is made here."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import plotly.graph_objects as go
import plotly.io as pio

from insight.charts import palette
from insight.charts.chart import Chart
from insight.charts.labels import line_count, wrap
from insight.charts.model.common import KeyItem

FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif'
SMALL, BODY, LARGE, HEADING = 12, 14, 16, 20
HOVER = "%{hovertext}<extra></extra>"  # a label holds its text and nothing of Plotly's own
FIGURE_SPACE = chr(0x2007)  # as wide as a digit

# For st.plotly_chart(config=…) and to_html: a figure to read, not to operate; it never takes a finger's scrolling away.
CONFIG: dict[str, Any] = {
    "displayModeBar": False,
    "displaylogo": False,
    "scrollZoom": False,
    "doubleClick": False,
    "showTips": False,
    "responsive": True,
}

_AXIS = {
    "automargin": True,
    "fixedrange": True,
    "showgrid": False,
    "zeroline": False,
    "showline": False,
    "ticks": "",
    "gridcolor": palette.GRID,
    "linecolor": palette.RULE,
    "tickfont": {"size": SMALL, "color": palette.MUTED},
    "title": {"font": {"size": SMALL, "color": palette.MUTED}, "standoff": 8},
}

pio.templates["insight"] = go.layout.Template(
    data={"bar": [{"marker": {"pattern": {"fillmode": "overlay", "fgopacity": 1, "size": 6, "solidity": 0.4}}}]},
    layout={
        "font": {"family": FONT, "size": SMALL, "color": palette.INK},
        "paper_bgcolor": palette.WHITE,
        "plot_bgcolor": palette.WHITE,
        "colorway": [palette.COMPARED, palette.OTHER],
        "margin": {"l": 8, "r": 16, "t": 12, "b": 36, "pad": 4},
        "hovermode": "closest",
        "dragmode": False,
        "barmode": "overlay",
        "separators": ".,",
        "showlegend": False,
        "hoverlabel": {
            "bgcolor": palette.WHITE,
            "bordercolor": palette.RULE,
            "font": {"family": FONT, "size": BODY, "color": palette.INK},
            "align": "left",
        },
        "xaxis": _AXIS,
        # Margins fit their labels: to look for some past them is half of what a chart costs in the browser.
        "yaxis": {**_AXIS, "ticklabeloverflow": "allow"},
        "annotationdefaults": {"showarrow": False, "font": {"size": SMALL, "color": palette.INK}},
    },
)
_TEMPLATE_SENT = pio.templates["insight"].to_plotly_json()


def chart(
    traces: Sequence[Mapping[str, Any]],
    *,
    title: str,
    alt: str,
    height: int,
    layout: Mapping[str, Any],
    key: tuple[KeyItem, ...] = (),
) -> Chart:
    """The figure in house style with its title and text alternative, both also in `layout.meta`.

    The page sets the width. Traces are dictionaries, not trace objects: they are sent as they are.
    """
    whole: dict[str, Any] = {
        "template": "insight",
        "meta": {"title": title, "alt": alt},
        "height": height,
        "autosize": True,
        **{name: value for name, value in layout.items() if value != []},  # as Plotly leaves out what is empty
    }
    return Chart({"data": list(traces), "layout": whole}, title, alt, key)


def json_of(spec: Mapping[str, Any]) -> str:
    """The JSON of a figure as Plotly would write it, without its checks, which take a hundred times as long."""
    layout = {**spec["layout"], "template": _TEMPLATE_SENT}
    return str(pio.to_json({"data": spec["data"], "layout": layout}, validate=False))


def scatter(name: str, mode: str, x: Any, y: Any, told: Any = None, **look: Any) -> dict[str, Any]:
    """A trace of marks, lines or texts; ``told`` are the texts of its hover labels, without which it has none."""
    hover = {"hoverinfo": "skip"} if told is None else {"hovertext": told, "hovertemplate": HOVER}
    return {"type": "scatter", "name": name, "mode": mode, "x": x, "y": y, **hover, **look}


def empty_chart(title: str, reason: str) -> Chart:
    """A chart that says why there is nothing to see."""
    text = wrap(reason, 38)
    font = {"size": BODY, "color": palette.MUTED}
    layout = {
        "annotations": [{"text": text, "x": 0.5, "y": 0.5, "xref": "paper", "yref": "paper", "font": font}],
        "xaxis": {"visible": False},
        "yaxis": {"visible": False},
    }
    return chart([], title=title, alt=reason, height=80 + 22 * line_count(text), layout=layout)


def note_above(text: str, pixels: float, side: str = "left") -> dict[str, Any]:
    """An annotation `pixels` above the plot, at its left or right edge: the unit, or the range of the axis."""
    return {
        "text": text,
        "x": 0 if side == "left" else 1,
        "xref": "paper",
        "y": 1,
        "yref": "paper",
        "yshift": pixels,
        "xanchor": side,
        "yanchor": "bottom",
        "align": side,
        "font": {"size": SMALL, "color": palette.MUTED},
    }


def coloured(text: str, colour: str, bold: bool = False) -> str:
    """Text of an axis or annotation in a colour of its own."""
    spoken = f"<b>{text}</b>" if bold else text
    return f'<span style="color:{colour}">{spoken}</span>'


def vertical(x: Any, bottom: float = 0, top: float = 1, dash: str = "solid", colour: str = palette.INK) -> dict[str, Any]:
    """A vertical line at `x` from one share of the plot's height to another (1 is its top)."""
    line = {"color": colour, "width": 1.2, "dash": dash}
    return {"type": "line", "x0": x, "x1": x, "y0": bottom, "y1": top, "yref": "paper", "line": line}


def joined_with_gaps(segments: Iterable[Sequence[Any]]) -> list[Any]:
    """Segments of one trace with None between them, so that nothing is drawn from one to the next."""
    out: list[Any] = []
    for segment in segments:
        if out:
            out.append(None)
        out.extend(segment)
    return out
