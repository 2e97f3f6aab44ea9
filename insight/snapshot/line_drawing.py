"""A measure over the years as a Vega-Lite specification: my force, its region and England, with breaks and gaps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from insight.charts import palette
from insight.charts.labels import push_apart
from insight.charts.render_svg.vega import SMALL, WIDTH, Drawing, Spec, house_spec
from insight.charts.series import bounds, breaks_of, segments, series_of
from insight.format import figure_text, is_missing, listed, number, short_value, year_ending
from insight.snapshot.tables import WITHHELD

LINE = 14  # pixels between two labels
LEFT, RIGHT, HEIGHT = 46, 108, 190
COLOURS = {"mine": palette.ACCENT, "region": palette.COMPARED, "nation": palette.INK}
DASHES: dict[str, list[int]] = {"mine": [1, 0], "region": [1, 0], "nation": [5, 3]}
Row = dict[str, Any]
Measure = Mapping[str, Any]


def lines(
    key: str, series: pd.DataFrame, measure: Measure, labels: Mapping[str, str], breaks: pd.DataFrame, title: str
) -> Drawing | None:
    """A measure over the years, a line an area; None where there is no whole figure.

    Args:
        series: rows of ``insight.queries.figures.series`` with ``role`` (mine, region or nation).
        measure: unit, decimals.
        labels: words for each status.
        breaks: rows of ``insight.queries.figures.breaks``.
    """
    areas = series_of(series.to_dict("records"))
    marks = breaks_of(breaks)
    whole = [row for rows in areas.values() for run in segments(rows, marks) for row in run]
    if not whole:
        return None
    low, high, step = bounds([float(row["value"]) for row in whole] + _limits(whole))
    years = sorted({row["period_end"].year for row in whole})
    shown = years[::-1][:: -(-len(years) // 5)][::-1]
    x: Spec = {
        "field": "year",
        "type": "quantitative",
        "axis": {"values": shown, "format": "d", "title": None},
        "scale": {"domain": [years[0] - 0.2, years[-1] + 0.2], "nice": False, "zero": False},
    }
    ticks = [low + step * index for index in range(round((high - low) / step) + 1)]
    y_axis = {"values": ticks, "title": None, "format": f",.{0 if step >= 1 and float(step).is_integer() else 1}f"}
    y = {"type": "quantitative", "scale": {"domain": [low, high], "nice": False, "zero": False}, "axis": y_axis}
    layers: list[Spec] = [_band(areas, marks, x, y)] if any(row["role"] == "mine" for row in whole) else []
    ends = []
    for role in ("region", "nation", "mine"):
        for rows in areas.values():
            runs = segments(rows, marks) if rows[0]["role"] == role else []
            layers += [_line(run, role, x, y) for run in runs]
            if runs:
                ends.append((runs[-1][-1], role))
    layers += [_break_line(row) for row in marks if row["kind"] == "break"]
    layers += _end_labels(ends, low, high, measure)
    description = "; ".join(_said(rows, measure, labels) for rows in areas.values()) + "."
    spec = house_spec(layers, WIDTH - LEFT - RIGHT, HEIGHT, {"left": LEFT, "right": RIGHT, "top": 14, "bottom": 26})
    decimals = 0 if step >= 1 and float(step).is_integer() else 1
    reading = f"Unit: {measure['unit']}. The scale runs from {number(low, decimals)} to {number(high, decimals)}."
    reading += _withheld(areas.values())
    return Drawing(key, title, description, spec, reading)


def _limits(rows: Sequence[Row]) -> list[float]:
    return [
        float(row[name])
        for row in rows
        if row["role"] == "mine"
        for name in ("lower_95", "upper_95")
        if not is_missing(row[name])
    ]


def _points(run: Sequence[Row]) -> list[Row]:
    return [{"year": row["period_end"].year, "value": round(float(row["value"]), 4)} for row in run]


def _line(run: Sequence[Row], role: str, x: Spec, y: Spec) -> Spec:
    mark = {
        "type": "line", "color": COLOURS[role], "strokeWidth": 2.5 if role == "mine" else 1.5, "strokeDash": DASHES[role],
        "point": {"color": COLOURS[role], "filled": True, "size": 34 if role == "mine" else 12},
    }  # fmt: skip
    return {"data": {"values": _points(run)}, "mark": mark, "encoding": {"x": x, "y": {**y, "field": "value"}}}


def _band(areas: Mapping[str, list[Row]], marks: Sequence[Row], x: Spec, y: Spec) -> Spec:
    """The 95% interval of my force, run by run."""
    values = []
    for rows in areas.values():
        if rows[0]["role"] != "mine":
            continue
        for index, run in enumerate(segments(rows, marks)):
            values += [
                {"run": index, "year": row["period_end"].year, "lower": float(row["lower_95"]), "upper": float(row["upper_95"])}
                for row in run
                if not is_missing(row["lower_95"])
            ]
    encoding = {"x": x, "y": {**y, "field": "lower"}, "y2": {"field": "upper"}, "detail": {"field": "run", "type": "nominal"}}
    return {"data": {"values": values}, "mark": {"type": "area", "color": palette.ACCENT_PALE}, "encoding": encoding}


def _break_line(row: Row) -> Spec:
    mark = {"type": "rule", "color": palette.MUTED, "strokeDash": [2, 2], "y": 0, "y2": HEIGHT}
    x = {"datum": row["starts"].year - 0.5, "type": "quantitative"}
    return {"data": {"values": [{}]}, "mark": mark, "encoding": {"x": x}}


def _end_labels(ends: Sequence[tuple[Row, str]], low: float, high: float, measure: Measure) -> list[Spec]:
    """Name and newest figure of every line at its end, kept clear of one another."""
    wished = [HEIGHT * (1 - (float(row["value"]) - low) / (high - low)) for row, _ in ends]
    placed = push_apart(wished, [2 * LINE] * len(ends), 0, HEIGHT)
    layers = []
    for (row, role), y in zip(ends, placed, strict=True):
        value = short_value(float(row["value"]), int(measure["decimals"]), str(measure["unit"]))
        name = str(row["area_name"])
        for offset, text, bold in (
            (-LINE / 2, name if len(name) < 15 else row.get("short_code") or name[:14], role == "mine"),
            (LINE / 2, value, False),
        ):
            mark = {
                "type": "text", "text": text, "x": WIDTH - RIGHT - LEFT + 8, "y": round(y + offset, 1), "align": "left",
                "baseline": "middle", "color": COLOURS[role] if role != "region" else palette.MUTED, "fontSize": SMALL,
                "fontWeight": "bold" if bold else "normal",
            }  # fmt: skip
            layers.append({"data": {"values": [{}]}, "mark": mark})
    return layers


def _withheld(areas: Iterable[Sequence[Row]]) -> str:
    """Which years stop a line because we leave a figure out, or nothing."""
    gaps = []
    for rows in areas:
        years = [str(row["period_end"].year) for row in rows if row["status"] == WITHHELD]
        gaps += [f"{rows[0]['area_name']} {listed(years)}"] if years else []
    return f" Left out here, to protect a hidden figure: {'; '.join(gaps)}." if gaps else ""


def _said(rows: Sequence[Row], measure: Measure, labels: Mapping[str, str]) -> str:
    decimals, unit = int(measure["decimals"]), str(measure["unit"])
    valued = [row for row in rows if not is_missing(row["value"])]
    first, last = (valued[0] if valued else rows[0]), rows[-1]
    said = f"{last['area_name']}: {figure_text(last, decimals, unit, labels)}, {year_ending(last['period_end'])}"
    if first is not last:
        said += f" ({figure_text(first, decimals, unit, labels)}, {year_ending(first['period_end'])})"
    return said
