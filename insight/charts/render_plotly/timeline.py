"""A timeline on screen: marks for days, bars for periods, lanes named above or beside."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from insight.charts import palette, template
from insight.charts.chart import Chart, hover
from insight.charts.labels import wrap
from insight.charts.model.timeline import Event, Period, Timeline
from insight.format import long_day

ROW = {"beside": 26, "above": 52}  # pixels of a lane
BAR = {"beside": 0.5, "above": 0.3}  # a bar's height, in lanes
DROP = {"beside": 0.0, "above": 0.14}  # how far below a lane's middle its marks stand: above them stands its name
YEARS = 18  # pixels of the years over a tall picture
BADGE = 20  # pixels of a box with a letter


def draw(chart: Timeline) -> Chart:
    """The figure; one that says why where there is nothing to see."""
    if not chart.lanes:
        return template.empty_chart(chart.title, chart.alt)
    height = ROW[chart.labels] * len(chart.lanes)
    top = (26 if chart.as_of else 8) + (YEARS if chart.tall else 0)
    beside = chart.labels == "beside"
    names = [template.coloured(one.label, palette.ACCENT if one.mine else palette.INK, one.mine) for one in chart.lanes]
    layout = {
        "margin": {"t": top, "r": 12, "b": 30, **({} if beside else {"l": 12})},
        "xaxis": {
            "type": "date",
            "range": list(chart.span),
            "showgrid": True,
            "tickmode": "array",
            "tickvals": [day.isoformat() for day in chart.years],
            "ticktext": [f"{day:%Y}" for day in chart.years],
            "showline": True,
        },
        "yaxis": {
            "range": [len(names) - 0.5, -0.5],
            **({"tickvals": list(range(len(names))), "ticktext": names} if beside else {"visible": False}),
        },
        "shapes": _shapes(chart),
        "annotations": [
            *([_as_of_label(chart)] if chart.as_of is not None else []),
            *(_years_above(chart) if chart.tall else []),
            *([] if beside else [_above(name, place) for place, name in enumerate(names)]),
        ],
    }
    traces = [*_periods(chart), *_events(chart)]
    return template.chart(traces, title=chart.title, alt=chart.alt, height=height + top + 30, layout=layout, key=chart.key)


def _shapes(chart: Timeline) -> list[dict[str, Any]]:
    """My force's band, lines between lanes named above, the day asked about."""
    lines: list[dict[str, Any]] = [
        {"type": "line", "layer": "below", "xref": "paper", "x0": 0, "x1": 1, "y0": place - 0.5, "y1": place - 0.5}
        | {"line": {"color": palette.GRID, "width": 1}}
        for place in range(1, len(chart.lanes))
        if chart.labels == "above"
    ]
    bands = [
        {"type": "rect", "layer": "below", "xref": "paper", "x0": 0, "x1": 1, "y0": place - 0.5, "y1": place + 0.5}
        | {"fillcolor": palette.ACCENT_PALE, "line": {"width": 0}}
        for place, one in enumerate(chart.lanes)
        if one.mine
    ]
    asked = [] if chart.as_of is None else [template.vertical(chart.as_of.isoformat(), 0, 1, "dot", palette.INK)]
    return [*lines, *bands, *asked]


def _placed(chart: Timeline, part: str) -> list[tuple[float, Any]]:
    return [(place + DROP[chart.labels], one) for place, lane in enumerate(chart.lanes) for one in getattr(lane, part)]


def _bar(
    name: str, placed: Sequence[tuple[float, tuple[date, date], tuple[str, ...]]], width: float, **marker: Any
) -> dict[str, Any]:
    """Horizontal bars from one date to another; Plotly measures a bar on a date axis in milliseconds."""
    return {
        "type": "bar",
        "orientation": "h",
        "name": name,
        "base": [start.isoformat() for _, (start, _), _ in placed],
        "x": [(end - start + timedelta(days=1)).total_seconds() * 1000 for _, (start, end), _ in placed],
        "y": [y for y, *_ in placed],
        "width": width,
        "marker": marker,
        "hovertext": [_told(said) for *_, said in placed],
        "hovertemplate": template.HOVER,
    }


def _told(said: Sequence[str]) -> str:
    return hover(*(wrap(line, 46) for line in said))


def _periods(chart: Timeline) -> list[dict[str, Any]]:
    """The whole of each hatched, and on it the part that is certain."""
    traces = []
    placed: list[tuple[float, Period]] = _placed(chart, "periods")
    edge = {"color": palette.COMPARED, "width": 1}
    for kind in dict.fromkeys(one.kind for _, one in placed):
        same = [(y, one) for y, one in placed if one.kind == kind]
        whole = [(y, (one.start, one.end), one.said) for y, one in same]
        hatch = {"shape": "/", "fgcolor": palette.COMPARED}
        traces.append(_bar(kind, whole, BAR[chart.labels], color=palette.WHITE, line=edge, pattern=hatch))
        certain = [(y, (one.certain_from, one.certain_to), one.said) for y, one in same if one.certain]
        if certain:
            traces.append(_bar(kind, certain, BAR[chart.labels], color=palette.OTHER, line=edge))
    return traces


def _events(chart: Timeline) -> list[dict[str, Any]]:
    """Filled marks for days that are known; open ones, on a bar as long as the month or year, for those that are not."""
    traces = []
    placed: list[tuple[float, Event]] = _placed(chart, "events")
    for kind, hollow in dict.fromkeys((one.kind, one.style.hollow) for _, one in placed):
        same = [(y, one) for y, one in placed if (one.kind, one.style.hollow) == (kind, hollow)]
        vague = [(y, (one.start, one.end), one.said) for y, one in same if not one.exact]
        if vague:
            traces.append(_vague(kind, vague, same[0][1], chart))
        marked = [(y, one) for y, one in same if one.exact or one.shape != "badge"]
        traces += [_marks(kind, marked)] if marked else []
        texts = [(y, one) for y, one in same if one.text]
        traces += [_letters(kind, texts)] if texts else []
    return traces


def _vague(kind: str, vague: Sequence[Any], one: Event, chart: Timeline) -> dict[str, Any]:
    if one.shape != "badge":
        edge = {"color": palette.RULE, "width": 1}
        return _bar(kind, vague, BAR[chart.labels] * 0.6, color=palette.GRID, line=edge)
    edge = {"color": one.style.outline, "width": 2.5 if one.style.hollow else 1}
    return _bar(kind, vague, BADGE / ROW[chart.labels], color=one.style.fill, line=edge)


def _marks(kind: str, marked: Sequence[tuple[float, Event]]) -> dict[str, Any]:
    badge = marked[0][1].shape == "badge"
    return template.scatter(
        kind,
        "markers",
        [one.middle.isoformat() for _, one in marked],
        [y for y, _ in marked],
        [_told(one.said) for _, one in marked],
        marker={
            "symbol": "square" if badge else marked[0][1].shape,
            "size": BADGE if badge else 10,
            "color": [one.style.fill for _, one in marked],
            "line": {"color": [one.style.outline for _, one in marked], "width": 2.5 if marked[0][1].style.hollow else 1.5},
        },
    )


def _letters(kind: str, texts: Sequence[tuple[float, Event]]) -> dict[str, Any]:
    return template.scatter(
        f"{kind}, letter",
        "text",
        [one.middle.isoformat() for _, one in texts],
        [y for y, _ in texts],
        text=[f"<b>{one.text}</b>" for _, one in texts],
        textfont={"size": template.SMALL, "color": [one.style.text for _, one in texts]},
    )


def _above(name: str, place: int) -> dict[str, Any]:
    return {"text": name, "x": 0, "xref": "paper", "xanchor": "left", "y": place - 0.44, "yanchor": "top", "borderpad": 0}


def _years_above(chart: Timeline) -> list[dict[str, Any]]:
    """The axis's years once more, over lanes so many that the axis is out of sight."""
    at = {"y": 1, "yref": "paper", "yanchor": "bottom", "xanchor": "center", "yshift": 2}
    font = {"size": template.SMALL, "color": palette.MUTED}
    return [{"text": f"{day:%Y}", "x": day.isoformat(), **at, "font": font} for day in chart.years]


def _as_of_label(chart: Timeline) -> dict[str, Any]:
    day = chart.as_of or chart.last
    return {
        "text": f"As of {long_day(day)}",
        "x": day.isoformat(),
        "y": 1,
        "yref": "paper",
        "xanchor": "right",
        "yanchor": "bottom",
        "yshift": 2 + (YEARS if chart.tall else 0),
        "font": {"size": template.SMALL, "color": palette.MUTED},
    }
