"""Charts of the printed briefing: small drawings with real text, embedded as pictures with a text alternative."""

from __future__ import annotations

import textwrap
from html import escape

from insight.briefing.model import BarChart
from insight.charts import palette

WIDTH, HEIGHT = 480.0, 400.0
LETTERS = 66  # of a title in one line
TOP = 46.0
BAR_LEFT, BAR_RIGHT = 132.0, 92.0
HATCH = (
    '<defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    f'<rect width="6" height="6" fill="{palette.WHITE}"/><rect width="2" height="6" fill="{palette.ACCENT}"/></pattern></defs>'
)


def drawn(chart: BarChart) -> str:
    """The chart as SVG."""
    heading = f"{chart.title} ({chart.unit})" if chart.unit not in chart.title else chart.title
    title = "".join(
        _text(0, 13 + 15 * place, line, bold=True, size=12) for place, line in enumerate(textwrap.wrap(heading, LETTERS))
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH:.0f}" height="{HEIGHT:.0f}" viewBox="0 0 {WIDTH:.0f} '
        f'{HEIGHT:.0f}" font-family="Liberation Sans, Arial, DejaVu Sans, sans-serif">{title}{_bars(chart)}</svg>'
    )


def _bars(chart: BarChart) -> str:
    across, down = WIDTH - BAR_LEFT - BAR_RIGHT, HEIGHT - TOP
    top = max([*chart.values, 0.0]) or 1.0
    step = down / len(chart.values)
    parts = [HATCH] if chart.bound else []
    for place, (label, value, figure) in enumerate(zip(chart.categories, chart.values, chart.labels, strict=True)):
        mine = place == chart.mine
        fill = f'fill="{palette.ACCENT if mine else palette.OTHER}"'
        if mine and chart.bound:
            fill = f'fill="url(#hatch)" stroke="{palette.ACCENT}" stroke-width="1.5"'
        y, width = TOP + place * step, across * value / top
        parts.append(f'<rect x="{BAR_LEFT:.1f}" y="{y + step * 0.15:.1f}" width="{width:.1f}" height="{step * 0.7:.1f}" {fill}/>')
        middle = y + step / 2 + 4
        size = 11 if len(label) <= 22 else 8.5
        parts.append(_text(BAR_LEFT - 8, middle, label, anchor="end", bold=mine, size=size))
        parts.append(_text(BAR_LEFT + width + 6, middle, figure, bold=mine))
    return "".join(parts)


def _text(
    x: float, y: float, text: str, anchor: str = "start", colour: str = palette.INK, bold: bool = False, size: float = 11
) -> str:
    weight = ' font-weight="bold"' if bold else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}" fill="{colour}"{weight}>{escape(text)}</text>'
    )
