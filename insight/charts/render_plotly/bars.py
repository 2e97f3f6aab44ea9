"""Ranked bars on screen: names with their figures, bars with their intervals, reference lines named above the plot."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from insight.charts import palette, template
from insight.charts.chart import NOT_RANKED, Chart, hover
from insight.charts.labels import PHONE, line_count, text_width, wrap
from insight.charts.model.bars import Bar, BarChart, Reference
from insight.format import upper_first

ROW = 20  # pixels a bar
LINE = 18  # pixels a line of text above the plot
NAME_LINE = 14  # pixels by which each further line of the longest name makes rows higher
NAME = 32  # letters a line of a name: what leaves room for bars on a phone
PLOT = PHONE / 3  # pixels that names and figures leave to the bars on a phone
THICK = 0.75  # of a row of one line
_DASHES = {"region": "dot", "average": "dash", "country": "solid"}
_NAMES = {"other": "Other forces", "compared": "Compared forces", "mine": "My force"}


def draw(chart: BarChart) -> Chart:
    """The figure; one that says why where there is nothing to see."""
    if not chart.bars:
        return template.empty_chart(chart.title, chart.alt)
    ranked = sum(bar.ranked for bar in chart.bars)
    gap = ranked if 0 < ranked < len(chart.bars) else None
    rows = {bar.code: index + (gap is not None and index >= ranked) for index, bar in enumerate(chart.bars)}
    count = len(chart.bars) + (gap is not None)
    row = ROW + NAME_LINE * (max(line_count(wrap(bar.written_name, NAME)) for bar in chart.bars) - 1)
    height, top = count * row, 14 + LINE * (1 + len(chart.references))
    absent = sum(bar.value is None for bar in chart.bars)
    layout = {
        "margin": {"t": top, "r": 16 + _overhang(chart), "b": 32},
        "xaxis": {
            "range": [0, chart.reach],
            "showgrid": True,
            "tickmode": "array",
            "tickvals": [value for value, _ in chart.ticks],
            "ticktext": [text for _, text in chart.ticks],
        },
        "yaxis": {"range": [count - 0.5, -0.5], "tickmode": "array", **_names(chart.bars, rows, gap)},
        "shapes": _reference_lines(chart.references, absent * row / height, height),
        "annotations": [
            template.note_above(upper_first(chart.unit), 6 + LINE * len(chart.references), "right"),
            *_reference_labels(chart.references, chart.reach),
            *(_beside(bar, rows[bar.code]) for bar in chart.bars if _written_beside(bar)),
        ],
    }
    traces = _traces([bar for bar in chart.bars if bar.value is not None], rows, THICK * ROW / row)
    return template.chart(traces, title=chart.title, alt=chart.alt, height=top + height + 32, layout=layout, key=chart.key)


def _traces(bars: Sequence[Bar], rows: dict[str, int], thick: float) -> list[dict[str, Any]]:
    """A trace for bars of one look, everyone else's first and my force's last, so that it lies on top.

    Bars without an interval have their own: of a missing one Plotly draws the ends, one upon the other.
    """
    groups: dict[tuple[str, palette.Style, bool], list[Bar]] = {}
    for role in _NAMES:
        for bar in bars:
            if bar.role == role:
                groups.setdefault((role, bar.style, bar.upper is None), []).append(bar)
    return [_trace(_NAMES[role], style, group, rows, thick) for (role, style, _), group in groups.items()]


def _trace(name: str, style: palette.Style, bars: Sequence[Bar], rows: dict[str, int], thick: float) -> dict[str, Any]:
    trace: dict[str, Any] = {
        "type": "bar",
        "orientation": "h",
        "name": name,
        "x": [bar.value for bar in bars],
        "y": [rows[bar.code] for bar in bars],
        "width": thick,
        "marker": {
            "color": style.fill,
            "line": {"color": style.outline, "width": 2 if bars[0].verdict and bars[0].role != "other" else 1},
            "pattern": {"shape": style.pattern, "fgcolor": style.outline},
        },
        "hovertext": [hover(bar.name, *bar.said) for bar in bars],
        "hovertemplate": template.HOVER,
    }
    if any(bar.upper is not None for bar in bars):
        trace["error_x"] = {
            "type": "data",
            "symmetric": False,
            "array": [None if bar.upper is None or bar.value is None else bar.upper - bar.value for bar in bars],
            "arrayminus": [None if bar.lower is None or bar.value is None else bar.value - bar.lower for bar in bars],
            "color": palette.INK,
            "thickness": 1.1,
            "width": 2,
        }
    return trace


def _written_beside(bar: Bar) -> bool:
    """Whether the figure stands beside the bar: that of a lower bound, or the words in place of a bar."""
    return bar.value is None or bar.bound


def _names(bars: Sequence[Bar], rows: dict[str, int], gap: int | None) -> dict[str, Any]:
    """Ticks of the axis of names: the value stands after each name, so that both read as a table."""
    figures = {bar.code: "" if _written_beside(bar) else bar.text for bar in bars}
    widest = max(len(figure) for figure in figures.values())
    labels = {}
    for bar in bars:
        mine = bar.role == "mine"
        sign = f" {bar.style.mark}" if bar.style.mark else ""  # before the figure, so that figures line up
        text = f"{wrap(bar.written_name, NAME)}{sign}  {figures[bar.code].rjust(widest, template.FIGURE_SPACE)}"
        ink = palette.ACCENT if mine else bar.hue.ink if bar.hue else palette.INK
        labels[rows[bar.code]] = template.coloured(text, ink, bold=mine or bar.hue is not None)
    if gap is not None:
        labels[gap] = template.coloured(f"<i>{NOT_RANKED}</i>{template.FIGURE_SPACE * (widest + 1)}", palette.MUTED)
    return {"tickvals": list(labels), "ticktext": list(labels.values())}


def _beside(bar: Bar, row: int) -> dict[str, Any]:
    return {
        "text": bar.text,
        "x": bar.value or 0,
        "y": row,
        "xanchor": "left",
        "xshift": 2,
        "bgcolor": palette.WHITE,
        "borderpad": 1,
        "font": {"size": template.SMALL, "color": palette.MUTED if bar.value is None else palette.INK},
    }


def _overhang(chart: BarChart) -> float:
    """Pixels by which words beside a bar need more than the plot has on a phone."""
    ends = [(bar.text, 1 - bar.value / chart.reach) for bar in chart.bars if bar.bound and bar.value is not None]
    return max([0.0, *(text_width(text) - left * PLOT for text, left in ends)])


def _reference_lines(references: Sequence[Reference], foot: float, height: float) -> list[dict[str, Any]]:
    """Lines from their labels down to the last bar, `foot`: forces without a figure have words in their rows."""
    lines = []
    for level, one in enumerate(references):
        head = 1 + (8 + LINE * level) / height
        colour = palette.MUTED if one.level == "region" else palette.INK
        lines.append(template.vertical(one.value, foot, head, _DASHES[one.level], colour))
    return lines


def _reference_labels(references: Sequence[Reference], reach: float) -> list[dict[str, Any]]:
    labels = []
    for level, one in enumerate(references):
        text = f"{one.name} {one.text}"
        to_the_right = text_width(text) + 6 <= (1 - one.value / reach) * PLOT
        labels.append(
            {
                "text": text,
                "x": one.value,
                "y": 1,
                "yref": "paper",
                "yshift": 3 + LINE * level,
                "yanchor": "bottom",
                "xanchor": "left" if to_the_right else "right",
                "xshift": 4 if to_the_right else -4,
                "bgcolor": palette.WHITE,  # or the lines of the labels above run through it
                "borderpad": 0,
            }
        )
    return labels
