"""A line chart so small that it stands in a sentence or block: runs, lone points and the newest figure, no axis and no text."""

from __future__ import annotations

from markupsafe import Markup

from insight.charts.model.lines import LineChart, Point

WIDTH, HEIGHT, EDGE = 160, 40, 5  # pixels
_SVG = Markup('<svg class="sparkline" viewBox="0 0 {} {}" width="{}" height="{}" role="img" aria-label="{}">{}</svg>')
_RUN = Markup('<polyline points="{}" fill="none" stroke="{}" stroke-width="2"/>')
_POINT = Markup('<circle cx="{:.1f}" cy="{:.1f}" r="{}" fill="{}" stroke="{}"/>')


def sparkline(chart: LineChart) -> Markup:
    """The line drawn last (the reader's own) as inline SVG without style attributes; its text alternative is the chart's.

    Nothing where the chart has no line.
    """
    if not chart.lines:
        return Markup()
    line = chart.lines[-1]
    points = [point for run in line.runs for point in run] + list(line.bounds)
    low, high = min(point.value for point in points), max(point.value for point in points)
    first, last = chart.periods[0].toordinal(), chart.periods[-1].toordinal()

    def place(point: Point) -> tuple[float, float]:
        across = (point.when.toordinal() - first) / ((last - first) or 1)
        up = (point.value - low) / (high - low) if high > low else 0.5
        return EDGE + across * (WIDTH - 2 * EDGE), HEIGHT - EDGE - up * (HEIGHT - 2 * EDGE)

    marks = [_RUN.format(" ".join("{:.1f},{:.1f}".format(*place(one)) for one in run), line.style.colour) for run in line.runs]
    lone = [run[0] for run in line.runs if len(run) == 1]
    marks += [_POINT.format(*place(one), 2, line.style.colour, line.style.colour) for one in lone]
    marks += [_POINT.format(*place(one), 3, "#ffffff", line.style.colour) for one in line.bounds]
    if line.newest is not None and line.newest not in line.bounds:
        marks.append(_POINT.format(*place(line.newest), 4, line.style.colour, "#ffffff"))
    return _SVG.format(WIDTH, HEIGHT, WIDTH, HEIGHT, chart.alt, Markup().join(marks))
