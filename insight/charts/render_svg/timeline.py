"""A timeline as inline SVG without style attributes: the public site and print."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from markupsafe import Markup

from insight.charts import marks, palette
from insight.charts.model.timeline import Event, Period, Timeline

WIDTH, EDGE = 360, 8  # pixels: what a phone shows without shrinking the type
LANE, HEAD, FOOT = 46, 16, 22  # pixels of a lane, of its name above its marks, of the axis
BAR, BADGE = 14, 18  # pixels of a bar's height, of a box with a letter
_SVG = Markup('<svg class="chart timeline" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>')
_TEXT = Markup('<text x="{:.1f}" y="{:.1f}" font-size="12" text-anchor="{}" fill="{}"{}>{}</text>')
_RECT = Markup('<rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{}" fill="{}" stroke="{}" stroke-width="{}">{}</rect>')
_MARK = Markup('<path d="{}" transform="translate({:.1f} {:.1f})" fill="{}" stroke="{}" stroke-width="1.5">{}</path>')
_HATCH = Markup('<path d="{}" stroke="{}"/>')
HATCH = 6  # pixels from one stroke of a hatch to the next
_LINE = Markup('<path d="M{:.1f} {:.1f}L{:.1f} {:.1f}" stroke="{}"{}/>')
_TITLE = Markup("<title>{}</title>")


def timeline(chart: Timeline) -> Markup:
    """The picture with its text alternative; every mark tells what it is when pointed at. Nothing where there are no lanes."""
    if not chart.lanes:
        return Markup()
    first, last = chart.span
    head = FOOT if chart.tall else 0
    height = head + LANE * len(chart.lanes) + FOOT

    def across(day: date) -> float:
        return EDGE + (day - first) / (last - first) * (WIDTH - 2 * EDGE)

    drawn = []
    for day in chart.years:
        drawn.append(_LINE.format(across(day), head, across(day), height - FOOT, palette.GRID, ""))
        for line in (FOOT - 6, height - 6) if chart.tall else (height - 6,):
            drawn.append(_TEXT.format(across(day), line, "middle", palette.MUTED, "", day.year))
    if chart.as_of is not None:
        dashes = Markup(' stroke-dasharray="2 3"')
        drawn.append(_LINE.format(across(chart.as_of), head, across(chart.as_of), height - FOOT, palette.INK, dashes))
    for place, lane in enumerate(chart.lanes):
        colour, weight = (palette.ACCENT, Markup(' font-weight="bold"')) if lane.mine else (palette.INK, "")
        drawn.append(_TEXT.format(EDGE, head + place * LANE + 12, "start", colour, weight, lane.label))
        middle = head + place * LANE + HEAD + (LANE - HEAD) / 2
        drawn += [_period(one, across(one.start), across(one.end), middle, across) for one in lane.periods]
        drawn += [_event(one, across(one.start), across(one.end), middle) for one in lane.events]
    return _SVG.format(WIDTH, height, chart.alt, Markup().join(drawn))


def _period(one: Period, start: float, end: float, middle: float, across: Callable[[date], float]) -> Markup:
    """The whole of it hatched, and on it the part that is certain."""
    said = _TITLE.format(". ".join(one.said))
    whole = _RECT.format(start, middle - BAR / 2, max(end - start, 2), BAR, palette.WHITE, palette.COMPARED, 1, said)
    whole += _HATCH.format(_strokes(start, max(end, start + 2), middle), palette.COMPARED)
    if not one.certain:
        return whole
    sure_from, sure_to = across(one.certain_from), across(one.certain_to)
    return whole + _RECT.format(
        sure_from, middle - BAR / 2, max(sure_to - sure_from, 2), BAR, palette.OTHER, palette.COMPARED, 1, said
    )


def _strokes(start: float, end: float, middle: float) -> str:
    """Slanting strokes over a bar, as a path: a pattern would need an id, which must be one of a kind on a page."""
    path, foot, at = "", middle + BAR / 2, start - BAR
    while at < end:
        left, right = max(at, start), min(at + BAR, end)
        if right > left:
            path += f"M{left:.1f} {foot - (left - at):.1f}L{right:.1f} {foot - (right - at):.1f}"
        at += HATCH
    return path


def _event(one: Event, start: float, end: float, middle: float) -> Markup:
    said, centre = _TITLE.format(". ".join(one.said)), (start + end) / 2
    if one.shape != "badge":
        return _MARK.format(marks.PATHS[one.shape], centre, middle, one.style.fill, one.style.outline, said)
    wide = max(end - start, BADGE)
    width = 2.5 if one.style.hollow else 1
    box = _RECT.format(centre - wide / 2, middle - BADGE / 2, wide, BADGE, one.style.fill, one.style.outline, width, said)
    return box + _TEXT.format(centre, middle + 4, "middle", one.style.text, Markup(' font-weight="bold"'), one.text)
