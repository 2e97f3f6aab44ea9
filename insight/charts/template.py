"""The house template: type, lines, margins, and how a figure becomes a Chart. Every figure is made here."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import plotly.graph_objects as go
import plotly.io as pio

from insight.charts import palette
from insight.charts.chart import Chart
from insight.charts.labels import PHONE, legend_rows, line_count, wrap
from insight.charts.model.common import KeyItem

FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif'
SMALL, BODY, LARGE, HEADING = 12, 14, 16, 20
FIGURE_SPACE = chr(0x2007)  # as wide as a digit
DESK, LEGEND_ROW = 740, 20  # pixels: a plot beside the sidebar, a row of a legend

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
        "yaxis": _AXIS,
        "annotationdefaults": {"showarrow": False, "font": {"size": SMALL, "color": palette.INK}},
    },
)


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

    The page sets the width. Traces are dictionaries, not trace objects: Plotly validates an object twice, and a dictionary once.
    """
    whole: dict[str, Any] = {
        "template": "insight",
        "meta": {"title": title, "alt": alt},
        "height": height,
        "autosize": True,
        **layout,
    }
    return Chart(go.Figure(data=list(traces), layout=whole), title, alt, _spare(traces, layout), key)


def _spare(traces: Sequence[Mapping[str, Any]], layout: Mapping[str, Any]) -> int:
    """The pixels at the foot that a legend below the plot needs on a phone and not on a desk."""
    if not layout.get("showlegend") or layout.get("legend", {}).get("yanchor") != "top":
        return 0
    names = list(dict.fromkeys(str(trace["name"]) for trace in traces if trace.get("showlegend", True) and "name" in trace))
    return LEGEND_ROW * max(0, legend_rows(names, PHONE) - legend_rows(names, DESK))


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


def legend_above(names: Sequence[str], plot_height: float, offset: float, width: int = PHONE) -> tuple[dict[str, Any], int]:
    """A horizontal legend whose foot stands `offset` pixels above the plot, and the height it needs in `width` pixels."""
    rows = legend_rows(names, width)
    return _legend(1 + offset / plot_height, "bottom"), rows * LEGEND_ROW + (8 if rows else 0)


def legend_below(names: Sequence[str], plot_height: float, offset: float, width: int = PHONE) -> tuple[dict[str, Any], int]:
    """A horizontal legend whose head stands `offset` pixels below the plot, and the height it needs in `width` pixels."""
    rows = legend_rows(names, width)
    return _legend(-offset / plot_height, "top"), rows * LEGEND_ROW + (8 if rows else 0)


def _legend(y: float, anchor: str) -> dict[str, Any]:
    return {
        "orientation": "h",
        "x": 1,  # from the right it may reach over the axis labels; at the left edge it would widen the margin
        "xanchor": "right",
        "y": y,
        "yanchor": anchor,
        "font": {"size": SMALL, "color": palette.INK},
        "itemclick": False,
        "itemdoubleclick": False,
        "itemsizing": "constant",
        "traceorder": "normal",
        "maxheight": 1,  # of the whole figure: a low one would make its legend scroll
        "bgcolor": "rgba(0,0,0,0)",
    }


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
