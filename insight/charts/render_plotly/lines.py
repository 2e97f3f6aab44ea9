"""A line chart on screen: lines that stop where they must, marks of every kind of point, names at the ends of lines."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from insight.charts import marks, palette, template
from insight.charts.chart import Chart, hover
from insight.charts.labels import line_count, push_apart, text_width, wrap
from insight.charts.model.lines import Break, Gap, Line, LineChart, LineStyle, Point
from insight.format import upper_first

HEIGHT = 300  # pixels of the plot itself
BOLD = 1.1  # how much wider bold letters may be
SYMBOLS = {"open": "circle-open", "bound": marks.PLOTLY_BOUND}


def draw(chart: LineChart) -> Chart:
    """The figure; one that says why where there is nothing to see."""
    if not chart.lines:
        return template.empty_chart(chart.title, chart.alt)
    traces = _others([line for line in chart.lines if line.role == "other"])
    traces += [trace for line in chart.named for trace in _band(line)]  # below every named line
    traces += [trace for line in chart.named for trace in _named(line, chart.axis.low)]
    traces += _reasons(chart.breaks, chart.axis.high)
    labels, margin = _end_labels(chart)
    low, high = chart.axis.low, chart.axis.high
    first, last = chart.periods[0], chart.periods[-1]
    layout = {
        "margin": {"t": 58, "r": margin, "b": 36, "l": 8},
        "xaxis": {
            "type": "date",
            "tickmode": "array",
            "tickvals": [day.isoformat() for day in chart.ticks],
            "ticktext": [f"{day:%Y}" for day in chart.ticks],
            "range": [first - timedelta(days=90), last + timedelta(days=40)],
            "showline": True,
            "ticks": "outside",
            "ticklen": 4,
            "tickcolor": palette.RULE,
        },
        "yaxis": {
            "range": [low, high],
            "tickmode": "array",
            "tickvals": [value for value, _ in chart.axis.ticks],
            "ticktext": [text for _, text in chart.axis.ticks],
            "showgrid": True,
        },
        "shapes": [template.vertical(one.where, 0, 1.04, "dash", palette.MUTED) for one in chart.breaks],
        "annotations": [
            template.note_above(wrap(f"{upper_first(chart.unit)}; {chart.scale.replace(' ', chr(0xA0))}", 46), 20),
            *(_break_label(one, first, last) for one in chart.breaks),
            *labels,
        ],
    }
    return template.chart(traces, title=chart.title, alt=chart.alt, height=HEIGHT + 94, layout=layout, key=chart.key)


def _others(group: list[Line]) -> list[dict[str, Any]]:
    """All unselected forces as one grey trace with gaps; a point without neighbours is a dot of its own."""
    runs = [run for line in group for run in line.runs]
    lines = [run for run in runs if len(run) > 1]
    alone = [run[0] for run in runs if len(run) == 1]
    traces = []
    if lines:
        told = template.joined_with_gaps([_told(point) for point in run] for run in lines)
        traces.append({**_line("Other forces", lines, group[0].style), "hovertext": told, "hovertemplate": template.HOVER})
    if alone:
        traces.append(_marks("Other forces, single years", alone, palette.OTHER, "circle", 4))
    return traces


def _band(line: Line) -> list[dict[str, Any]]:
    """The 95% interval of my force, one closed shape for each unbroken run of intervals."""
    if line.role != "mine" or not line.bands:
        return []
    days = [[point.when.isoformat() for point in run] for run in line.bands]
    return [
        template.scatter(
            "95% interval",
            "lines",
            template.joined_with_gaps([*times, *times[::-1], times[0]] for times in days),
            template.joined_with_gaps(
                [*(point.upper for point in run), *(point.lower for point in run[::-1]), run[0].upper] for run in line.bands
            ),
            fill="toself",
            fillcolor=palette.ACCENT_PALE,
            line={"width": 0, "color": palette.ACCENT_PALE},
        )
    ]


def _named(line: Line, foot: float) -> list[dict[str, Any]]:
    """Line and marks of one named area; for my force the symbols of missing figures too, at `foot`."""
    mine = line.role == "mine"
    colour, size = line.style.colour, 7 if mine or line.style.shape != "circle" else 5
    traces: list[dict[str, Any]] = []
    if line.runs:
        traces.append({**_line(line.name, line.runs, line.style), "hoverinfo": "skip"})
    points = [*(point for run in line.runs for point in run), *line.bounds]
    for mark, name, wide in (
        ("filled", line.name, size), ("open", f"{line.name}, doubtful", size + 3), ("bound", f"{line.name}, at least", size + 3),
    ):  # fmt: skip
        marked = [point for point in points if point.mark == mark]
        if marked:
            traces.append(_marks(name, marked, colour, SYMBOLS.get(mark, line.style.shape), wide))
    if mine and line.gaps:
        traces.append(_symbols(line.name, line.gaps, foot, colour))
    return traces


def _line(name: str, runs: Sequence[Sequence[Point]], style: LineStyle) -> dict[str, Any]:
    dash = ",".join(f"{pixels}px" for pixels in style.dash) or "solid"
    return {
        "type": "scatter",
        "mode": "lines",
        "name": name,
        "x": template.joined_with_gaps([point.when.isoformat() for point in run] for run in runs),
        "y": template.joined_with_gaps([point.value for point in run] for run in runs),
        "line": {"color": style.colour, "width": style.width, "dash": dash},
    }


def _marks(name: str, points: Sequence[Point], colour: str, symbol: str, size: int) -> dict[str, Any]:
    return template.scatter(
        name,
        "markers",
        [point.when.isoformat() for point in points],
        [point.value for point in points],
        [_told(point) for point in points],
        cliponaxis=False,
        marker={"color": colour, "symbol": symbol, "size": size, "line": {"color": colour, "width": 2}},
    )


def _symbols(name: str, gaps: Sequence[Gap], foot: float, colour: str) -> dict[str, Any]:
    return template.scatter(
        f"{name}, no figure",
        "text",
        [gap.when.isoformat() for gap in gaps],
        [foot] * len(gaps),
        [_told(gap) for gap in gaps],
        cliponaxis=False,
        text=[gap.symbol for gap in gaps],
        textposition="top center",
        textfont={"size": template.SMALL, "color": colour},
    )


def _told(point: Point | Gap) -> str:
    return hover(*(wrap(text, 40) for text in point.said))


def _break_label(one: Break, first: date, last: date) -> dict[str, Any]:
    early = one.starts < first + (last - first) / 2
    return {
        "text": one.label,
        "x": one.where,
        "y": 1,
        "yref": "paper",
        "yanchor": "bottom",
        "xanchor": "left" if early else "right",
        "xshift": 3 if early else -3,
        "font": {"size": template.SMALL, "color": palette.MUTED},
    }


def _reasons(breaks: Sequence[Break], high: float) -> list[dict[str, Any]]:
    """Invisible marks on the breaks, for the reason to be read on hover."""
    if not breaks:
        return []
    return [
        template.scatter(
            "Breaks",
            "markers",
            [one.where for one in breaks],
            [high] * len(breaks),
            [wrap(one.reason, 40) for one in breaks],
            marker={"size": 18, "color": "rgba(0,0,0,0)"},
        )
    ]


def _end_labels(chart: LineChart) -> tuple[list[dict[str, Any]], float]:
    """Names and newest figures right of the lines, pushed apart, each with a hair line to its own; and their width."""
    low, high = chart.axis.low, chart.axis.high
    ends = [(line, line.newest, wrap(" ".join(line.end), 17)) for line in chart.named if line.newest is not None]
    centres = [(high - point.value) / (high - low) * HEIGHT for _, point, _ in ends]
    placed = push_apart(centres, [15.0 * line_count(text) + 1 for *_, text in ends], -10, HEIGHT + 10)
    labels = []
    for (line, point, text), centre, target in zip(ends, centres, placed, strict=True):
        labels.append(
            {
                "text": f"<b>{text}</b>" if line.role == "mine" else text,
                "x": chart.periods[-1],
                "y": point.value,
                "showarrow": True,
                "arrowhead": 0,
                "arrowwidth": 0.8,
                "arrowcolor": palette.RULE,
                "ax": 20,
                "ay": target - centre,
                "xanchor": "left",
                "align": "left",
                "standoff": 5,
                "borderpad": 0,
                "font": {"size": template.SMALL, "color": line.style.ink},
            }
        )
    return labels, 24 + BOLD * max((text_width(text) for *_, text in ends), default=0)
