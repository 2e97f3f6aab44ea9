"""Charts of the printed briefing: small drawings with real text, embedded as pictures with a text alternative."""

from __future__ import annotations

import textwrap
from html import escape

from insight.briefing.model import BarChart, Chart, LineChart
from insight.charts import palette
from insight.charts.labels import push_apart
from insight.charts.series import bounds
from insight.format import DOUBT_MARK

WIDTH, HEIGHT = 480.0, 400.0
LETTERS = 66  # of a title in one line
TOP, FOOT, LEFT, RIGHT = 46.0, 24.0, 42.0, 108.0
BAR_LEFT, BAR_RIGHT = 132.0, 92.0
HATCH = (
    '<defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    f'<rect width="6" height="6" fill="{palette.WHITE}"/><rect width="2" height="6" fill="{palette.ACCENT}"/></pattern></defs>'
)
STYLES = {"mine": (palette.ACCENT, 3.0, ""), "region": (palette.COMPARED, 1.6, "2 3"), "nation": (palette.INK, 1.6, "7 4")}


def drawn(chart: Chart) -> str:
    """The chart as SVG."""
    inside = _lines(chart) if isinstance(chart, LineChart) else _bars(chart)
    heading = f"{chart.title} ({chart.unit})" if chart.unit not in chart.title else chart.title
    title = "".join(
        _text(0, 13 + 15 * place, line, bold=True, size=12) for place, line in enumerate(textwrap.wrap(heading, LETTERS))
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH:.0f}" height="{HEIGHT:.0f}" viewBox="0 0 {WIDTH:.0f} '
        f'{HEIGHT:.0f}" font-family="Liberation Sans, Arial, DejaVu Sans, sans-serif">{title}{inside}</svg>'
    )


def printed(value: float, chart: Chart) -> str:
    """A figure as the briefing prints it."""
    return f"{value:,.{chart.decimals}f}{'%' if chart.unit.startswith('%') else ''}"


def _lines(chart: LineChart) -> str:
    values = [value for line in chart.lines for value in line.values if value is not None]
    if not values:
        return _text(LEFT, HEIGHT / 2, "No whole figure in any year.")
    _, high, step = bounds([0.0, *values])
    across, down = WIDTH - LEFT - RIGHT, HEIGHT - TOP - FOOT
    count = len(chart.categories)
    xs = [LEFT + across * (place / (count - 1) if count > 1 else 0.5) for place in range(count)]

    def y(value: float) -> float:
        return TOP + down * (1 - value / high)

    parts = []
    for tick in range(round(high / step) + 1):
        value = tick * step
        parts.append(_rule(LEFT, y(value), LEFT + across, y(value), palette.GRID, 1))
        parts.append(_text(LEFT - 6, y(value) + 4, f"{value:,.{0 if step >= 1 else 1}f}", anchor="end", colour=palette.MUTED))
    for x, label in zip(xs, chart.categories, strict=True):
        parts.append(_text(x, HEIGHT - 6, label, anchor="middle", colour=palette.MUTED))
    ends = []
    for line in chart.lines:
        colour, width, dash = STYLES[line.role]
        points = [(x, None if value is None else y(value)) for x, value in zip(xs, line.values, strict=True)]
        parts += [_path(run, colour, width, dash) for run in _runs(points)]
        parts += [_dot(x, at, colour) for x, at in points if at is not None and line.role == "mine"]
        place, last = next((pair for pair in reversed(list(enumerate(line.values))) if pair[1] is not None), (0, None))
        if last is None:
            continue
        mark = DOUBT_MARK if line.role == "mine" and chart.categories[place] in chart.doubtful else ""
        label = f"{line.name} {printed(last, chart)}{mark}"
        if place == count - 1:
            ends.append((y(last), label, colour, line.role == "mine"))
        else:  # at the right end it would be read as a figure of the newest year
            parts.append(_text(xs[place], y(last) - 10, f"{label} ({chart.categories[place]})", "middle", colour, size=9.5))
    if ends:
        placed = push_apart([at for at, *_ in ends], [14.0] * len(ends), TOP, HEIGHT - FOOT)
        for at, (_, label, colour, bold) in zip(placed, ends, strict=True):
            parts.append(_label(label, at + 4, colour, bold))
    return "".join(parts)


def _label(text: str, y: float, colour: str, bold: bool) -> str:
    """A line's name and newest figure at its end; a long name gives its last word to the figure's side."""
    size = 11 if len(text) <= 18 else 9.5 if len(text) <= 22 else 8
    return _text(WIDTH - RIGHT + 8, y, text, colour=colour, bold=bold, size=size)


def _runs(points: list[tuple[float, float | None]]) -> list[list[tuple[float, float]]]:
    """Points without gaps between them."""
    runs: list[list[tuple[float, float]]] = [[]]
    for x, y in points:
        if y is None:
            runs.append([])
        else:
            runs[-1].append((x, y))
    return [run for run in runs if len(run) > 1]


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


def _rule(x: float, y: float, to_x: float, to_y: float, colour: str, width: float) -> str:
    return f'<line x1="{x:.1f}" y1="{y:.1f}" x2="{to_x:.1f}" y2="{to_y:.1f}" stroke="{colour}" stroke-width="{width}"/>'


def _path(run: list[tuple[float, float]], colour: str, width: float, dash: str) -> str:
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in run)
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="{width}"{dashed}/>'


def _dot(x: float, y: float, colour: str) -> str:
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{colour}"/>'
