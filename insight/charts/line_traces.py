"""The traces of a trend chart: bands, lines that stop where they must, and marks for every kind of point."""

from typing import Any

from insight.charts import palette, template
from insight.charts.chart import Row, has_interval, hover, missing, partial, sentence
from insight.charts.labels import wrap
from insight.charts.series import doubt, segments
from insight.format import AT_LEAST, FigureFormat, symbol_of, year_ending

LOWER_BOUND = f"{sentence(AT_LEAST)}: a part is hidden"
DOUBTFUL = "Doubtful figure, as published"
BAND = "95% interval"


def other_lines(group: list[list[Row]], breaks: list[Row], write: FigureFormat) -> list[dict[str, Any]]:
    """All unselected forces as one grey trace with gaps; a point without neighbours is a dot of its own."""
    runs = [run for points in group for run in segments(points, breaks)]
    lines = [run for run in runs if len(run) > 1]
    alone = [run[0] for run in runs if len(run) == 1]
    traces = []
    if lines:
        traces.append(
            {
                "type": "scatter",
                "mode": "lines",
                "name": "Other forces",
                "showlegend": True,
                "x": template.joined_with_gaps([point["day"] for point in run] for run in lines),
                "y": template.joined_with_gaps([float(point["value"]) for point in run] for run in lines),
                "hovertext": template.joined_with_gaps([_hover(point, breaks, write) for point in run] for run in lines),
                "hovertemplate": "%{hovertext}<extra></extra>",
                "line": {"color": palette.OTHER_LINE, "width": 1},
            }
        )
    if alone:
        traces.append(_marks("Other forces, single years", alone, breaks, write, palette.OTHER, "circle", 4, False))
    return traces


def band(points: list[Row], breaks: list[Row]) -> list[dict[str, Any]]:
    """The 95% interval of my force, one closed shape for each unbroken run of intervals."""
    shapes_x, shapes_y = [], []
    for run in segments(points, breaks):
        inside = [point for point in run if has_interval(point)]
        if len(inside) < 2 or len(inside) < len(run):
            continue
        times = [point["day"] for point in inside]
        shapes_x.append([*times, *times[::-1], times[0]])
        lower = [float(point["lower_95"]) for point in inside]
        upper = [float(point["upper_95"]) for point in inside]
        shapes_y.append([*upper, *lower[::-1], upper[0]])
    if not shapes_x:
        return []
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "name": BAND,
            "showlegend": True,
            "x": template.joined_with_gaps(shapes_x),
            "y": template.joined_with_gaps(shapes_y),
            "fill": "toself",
            "fillcolor": palette.ACCENT_PALE,
            "line": {"width": 0, "color": palette.ACCENT_PALE},
            "hoverinfo": "skip",
        }
    ]


def named_line(
    points: list[Row], breaks: list[Row], write: FigureFormat, style: dict[str, Any], foot: float
) -> list[dict[str, Any]]:
    """Line and marks of one named area; for my force the symbols of missing figures too, at `foot`."""
    mine = points[0]["role"] == "mine"
    runs = segments(points, breaks)
    name = str(points[0]["area_name"])
    traces: list[dict[str, Any]] = []
    sure = [point for run in runs for point in run if not doubt(point, breaks)]
    unsure = [point for run in runs for point in run if doubt(point, breaks)]
    bounds_only = [point for point in points if partial(point)]
    if runs:
        traces.append(
            {
                "type": "scatter",
                "mode": "lines",
                "name": name,
                "showlegend": False,
                "x": template.joined_with_gaps([point["day"] for point in run] for run in runs),
                "y": template.joined_with_gaps([float(point["value"]) for point in run] for run in runs),
                "line": style,
                "hoverinfo": "skip",
            }
        )
    colour, size = style["color"], 7 if mine else 5
    if sure:
        traces.append(_marks(name, sure, breaks, write, colour, "circle", size, False))
    if unsure:
        traces.append(_marks(DOUBTFUL, unsure, breaks, write, colour, "circle-open", size + 3, True))
    if bounds_only:
        traces.append(_marks(LOWER_BOUND, bounds_only, breaks, write, colour, "triangle-up-open", size + 3, True))
    absent = [point for point in points if missing(point["value"])]
    if mine and absent:
        traces.append(
            {
                **_marks(f"{name}, no figure", absent, breaks, write, colour, "circle", size, False),
                "mode": "text",
                "y": [foot] * len(absent),
                "text": [symbol_of(point["status"], write.words) for point in absent],
                "textposition": "top center",
                "textfont": {"size": template.SMALL, "color": colour},
            }
        )
    return traces


def _marks(
    name: str, points: list[Row], breaks: list[Row], write: FigureFormat, colour: str, symbol: str, size: int, listed: bool
) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "name": name,
        "legendgroup": name,
        "showlegend": listed,
        "cliponaxis": False,
        "x": [point["day"] for point in points],
        "y": [None if missing(point["value"]) else float(point["value"]) for point in points],
        "marker": {"color": colour, "symbol": symbol, "size": size, "line": {"color": colour, "width": 2}},
        "hovertext": [_hover(point, breaks, write) for point in points],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def _hover(point: Row, breaks: list[Row], write: FigureFormat) -> str:
    reason = wrap(doubt(point, breaks), 40)
    when = sentence(year_ending(point["period_end"]))
    return hover(str(point["area_name"]), f"{when}: {write.text(point)}", write.interval(point), reason)
