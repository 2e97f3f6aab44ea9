"""Stacked bars on screen: names above the bars or beside them, numbers in the parts that have room, intervals below."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from insight.charts import palette, template
from insight.charts.cells import stack
from insight.charts.chart import Chart, hover
from insight.charts.labels import PHONE, fitting, line_count, text_width, wrap
from insight.charts.model.stacks import Interval, Part, Stack, StackChart

ROW, BAR, TEXT = 24, 24, 16  # pixels of a row with its name beside it, of a bar, of a line of text
WIDE = 600  # pixels of the narrowest figure that is not a phone's
LETTERS = 42  # of a name above a bar, in one line
CAPTION = 46  # letters of a line under a bar
_EDGE = 1.004  # of the longest bar, or its outline at the right is cut off
_DROPS = {False: 20, True: 34}  # pixels from a bar's middle to its intervals: those from the left, those from the right


def draw(chart: StackChart) -> Chart:
    """The figure; one that says why where there is nothing to see."""
    if not chart.stacks:
        return template.empty_chart(chart.title, chart.alt)
    return _beside(chart) if chart.labels == "beside" else _above(chart)


def _beside(chart: StackChart) -> Chart:
    height = ROW * len(chart.stacks)
    room = PHONE - max(text_width(one.label) for one in chart.stacks)
    names = [template.coloured(one.label, palette.ACCENT if one.mine else palette.INK, one.mine) for one in chart.stacks]
    layout = {
        "margin": {"t": 8, "r": 8, "b": 12},
        "xaxis": {"visible": False},
        "yaxis": {"range": [len(names) - 0.5, -0.5], "tickvals": list(range(len(names))), "ticktext": names},
    }
    traces = _parts(chart, room / chart.total, 0.8)
    return template.chart(traces, title=chart.title, alt=chart.alt, height=height + 20, layout=layout, key=chart.key)


def _above(chart: StackChart) -> Chart:
    labels = [wrap(one.label, LETTERS) for one in chart.stacks]
    ranged = any(one.intervals for one in chart.stacks)
    unit = (PHONE if chart.narrow else WIDE) / chart.total
    captions = [wrap(one.narrow_parts(unit), CAPTION) for one in chart.stacks]
    drop = BAR / 2 + (30 if ranged else 0)  # pixels from a bar's middle to what is said of its narrow parts
    lines = max(line_count(caption) if caption else 0 for caption in captions)
    below = drop + (6 if lines or not ranged else 0) + TEXT * lines  # intervals alone keep their own distance
    pixels = BAR / 2 + 6 + TEXT * max(line_count(label) for label in labels) + below
    height, foot = pixels * len(labels), 36 if chart.ticks else 8
    side = 22 if chart.ticks else 4
    layout = {
        "margin": {"l": side, "r": side, "t": 8, "b": foot, "pad": 0},
        "xaxis": {
            "visible": bool(chart.ticks),
            "range": [-0.001 * chart.total, _EDGE * chart.total],
            "tickvals": [value for value, _ in chart.ticks],
            "ticktext": [text for _, text in chart.ticks],
        },
        "yaxis": {"visible": False, "range": [len(labels) - 1 + below / pixels, below / pixels - 1]},
        "annotations": [
            *(note for index, label in enumerate(labels) for note in _label(chart, index, label, pixels)),
            *(_caption(caption, index + drop / pixels) for index, caption in enumerate(captions) if caption),
        ],
    }
    traces = _parts(chart, unit, BAR / pixels)
    traces += [trace for from_right in _DROPS for trace in _intervals(chart.stacks, from_right, pixels)]
    return template.chart(traces, title=chart.title, alt=chart.alt, height=round(height + 8 + foot), layout=layout, key=chart.key)


def _parts(chart: StackChart, unit: float, width: float) -> list[dict[str, Any]]:
    """A trace a category, each part where it starts. unit: pixels that one takes."""
    groups: dict[str, list[tuple[int, Stack, Part]]] = {}
    for index, one in enumerate(chart.stacks):
        for part in one.parts:
            if part.length:
                groups.setdefault(part.category, []).append((index, one, part))
    return [
        stack(
            category,
            group[0][2].style,
            [index for index, *_ in group],
            [part.length for *_, part in group],
            [fitting(part.texts, part.length * unit) for *_, part in group],
            [hover(one.label, *part.said) for _, one, part in group],
            width=width,
        )
        | {"base": [part.start for *_, part in group], "showlegend": False}
        for category, group in groups.items()
    ]


def _label(chart: StackChart, index: int, label: str, pixels: float) -> list[dict[str, Any]]:
    """A bar's name above it, and at the right end of that line what is said of the reader's own force."""
    one = chart.stacks[index]
    written = template.coloured(label, palette.ACCENT if one.mine else palette.INK, one.mine)
    notes = [_note(written, index - BAR / 2 / pixels, "left")]
    if one.asides:
        aside = template.coloured(one.asides[-1 if chart.narrow else 0], palette.ACCENT, bold=True)
        notes.append(_note(aside, index - BAR / 2 / pixels, "right"))
    return notes


def _caption(text: str, y: float) -> dict[str, Any]:
    """What a bar's narrow parts are, under it."""
    font = {"size": template.SMALL, "color": palette.MUTED}
    return _note(text, y, "left") | {"yanchor": "top", "font": font}


def _note(text: str, y: float, side: str) -> dict[str, Any]:
    return {
        "text": text,
        "x": 0 if side == "left" else 1,
        "xref": "paper",
        "xanchor": side,
        "align": side,
        "y": y,
        "yanchor": "bottom",
        "borderpad": 2,
    }


def _intervals(stacks: Sequence[Stack], from_right: bool, pixels: float) -> list[dict[str, Any]]:
    """Intervals under the bars that start at one edge, each with its letter."""
    found = [
        (interval, index + _DROPS[from_right] / pixels)
        for index, one in enumerate(stacks)
        for interval in one.intervals
        if interval.from_right == from_right
    ]
    return [_lines(found), _letters(found, from_right)] if found else []


def _lines(found: Sequence[tuple[Interval, float]]) -> dict[str, Any]:
    return template.scatter(
        f"95% interval of {found[0][0].name}",
        "lines+markers",
        template.joined_with_gaps([one.low, one.high] for one, _ in found),
        template.joined_with_gaps([y, y] for _, y in found),
        cliponaxis=False,
        line={"color": palette.INK, "width": 1.2},
        marker={"symbol": "line-ns-open", "size": 6, "color": palette.INK},
    )


def _letters(found: Sequence[tuple[Interval, float]], from_right: bool) -> dict[str, Any]:
    """A trace of their own: beside gaps in a line Plotly puts texts to the wrong points."""
    return template.scatter(
        found[0][0].letter,
        "text",
        [one.low - 1 if from_right else one.high + 1 for one, _ in found],
        [y for _, y in found],
        cliponaxis=False,
        text=[one.letter for one, _ in found],
        textposition="middle left" if from_right else "middle right",
        textfont={"size": template.SMALL, "color": palette.INK},
    )
