"""A line chart so small that it stands in a block: runs, lone points, lower bounds, and its ends with year and figure."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from insight.charts import marks, palette
from insight.charts.model.lines import Line, LineChart, Point
from insight.format import AT_LEAST

WIDTH, HEIGHT, EDGE = 260, 40, 5  # pixels: of the drawing, of its line, around the line
TEXT = 15  # pixels of a line of text under it
_SVG = Markup('<svg class="sparkline" viewBox="0 0 {} {}" width="{}" height="{}" role="img" aria-label="{}">{}</svg>')
_RUN = Markup('<polyline points="{}" fill="none" stroke="{}" stroke-width="2"/>')
# Its font is named, for a page may show the drawing as an image, which inherits none.
_FONT = 'font-family="system-ui, Liberation Sans, Arial, DejaVu Sans, sans-serif"'
_TEXT = Markup(f'<text x="{{}}" y="{{}}" {_FONT} font-size="12" text-anchor="{{}}" fill="{{}}">{{}}</text>')
_POINT = Markup('<circle cx="{:.1f}" cy="{:.1f}" r="{}" fill="{}" stroke="{}"/>')
_BOUND = Markup('<path d="{}" transform="translate({:.1f} {:.1f}) scale(0.7)" stroke="{}" stroke-width="2"/>')


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

    drawn = [_RUN.format(" ".join("{:.1f},{:.1f}".format(*place(one)) for one in run), line.style.colour) for run in line.runs]
    lone = [run[0] for run in line.runs if len(run) == 1]
    drawn += [_POINT.format(*place(one), 2, line.style.colour, line.style.colour) for one in lone]
    drawn += [_BOUND.format(marks.PATHS[marks.BOUND], *place(one), line.style.colour) for one in line.bounds]
    if line.newest is not None and line.newest not in line.bounds:
        drawn.append(_POINT.format(*place(line.newest), 4, line.style.colour, "#ffffff"))
    explained = "; ".join(_explained(line, chart))
    drawn += _ends(sorted(points, key=lambda point: point.when))
    drawn += [_TEXT.format(0, HEIGHT + 2 * TEXT - 3, "start", palette.MUTED, explained)] if explained else []
    height = HEIGHT + TEXT * (2 if explained else 1)
    return _SVG.format(WIDTH, height, WIDTH, height, chart.alt, Markup().join(drawn))


def _ends(points: Sequence[Point]) -> list[Markup]:
    """Year and figure of the oldest and of the newest point, under the two ends."""
    told = [f"{point.when:%Y}: {point.text}" for point in points]
    ends = [(told[0], 0, "start"), (told[-1], WIDTH, "end")] if len(told) > 1 else [(told[0], 0, "start")]
    return [_TEXT.format(x, HEIGHT + TEXT - 3, anchor, palette.MUTED, text) for text, x, anchor in ends]


def _explained(line: Line, chart: LineChart) -> list[str]:
    """What its marks and the holes in it are."""
    # Why a figure is one is told where there is room: in the key of the large chart and in the glossary.
    told = [f"{marks.BOUND_SIGN} {AT_LEAST}"] if line.bounds else []
    told += ["gap: no figure"] if line.gaps else []
    return told + (["gap: the series changes"] if chart.breaks else [])
