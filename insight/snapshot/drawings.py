"""The charts of the public site as Vega-Lite specifications: a frame in, a drawing out; nothing is measured or fetched."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from insight.charts import palette
from insight.charts.labels import push_apart
from insight.charts.series import bounds, breaks_of, segments, series_of
from insight.snapshot.svg import HATCH, WIDTH, Drawing, Spec
from insight.words import figure_text, is_lower_bound, is_missing, short_value, year_ending

SMALL = 12
LINE = 14  # pixels between two labels
NAMES = 126  # room for a force's name
VALUES = 74  # room for a figure at the end of a bar
COLOURS = {"mine": palette.ACCENT, "region": palette.COMPARED, "nation": palette.INK}
DASHES: dict[str, list[int]] = {"mine": [1, 0], "region": [1, 0], "nation": [5, 3]}
Row = dict[str, Any]
Measure = Mapping[str, Any]


def lines(
    key: str, series: pd.DataFrame, measure: Measure, labels: Mapping[str, str], breaks: pd.DataFrame, title: str
) -> Drawing | None:
    """A measure over the years, a line an area; None where there is no whole figure.

    Args:
        series: rows of ``insight.questions.figures.series`` with ``role`` (mine, region or nation).
        measure: unit, decimals.
        labels: words for each status.
        breaks: rows of ``insight.questions.figures.breaks``.
    """
    areas = series_of(series.to_dict("records"))
    marks = breaks_of(breaks)
    whole = [row for rows in areas.values() for run in segments(rows, marks) for row in run]
    if not whole:
        return None
    low, high, step = bounds([float(row["value"]) for row in whole] + _limits(whole))
    years = sorted({row["period_end"].year for row in whole})
    height, left, right = 190, 46, 96
    x = {
        "field": "year", "type": "quantitative", "axis": {"values": years[::-1][:: -(-len(years) // 5)][::-1], "format": "d", "title": None},
        "scale": {"domain": [years[0] - 0.2, years[-1] + 0.2], "nice": False, "zero": False},
    }  # fmt: skip
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
    layers += [_break_line(row, height) for row in marks if row["kind"] == "break"]
    layers += _end_labels(ends, height, low, high, measure)
    description = "; ".join(_said(rows, measure, labels) for rows in areas.values()) + "."
    spec = _spec(layers, WIDTH - left - right, height, {"left": left, "right": right, "top": 14, "bottom": 26})
    return Drawing(key, title, description, spec)


def _limits(rows: Sequence[Row]) -> list[float]:
    return [
        float(row[name]) for row in rows if row["role"] == "mine" for name in ("lower_95", "upper_95") if not is_missing(row[name])
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


def _break_line(row: Row, height: int) -> Spec:
    mark = {"type": "rule", "color": palette.MUTED, "strokeDash": [2, 2], "y": 0, "y2": height}
    x = {"datum": row["starts"].year - 0.5, "type": "quantitative"}
    return {"data": {"values": [{}]}, "mark": mark, "encoding": {"x": x}}


def _end_labels(ends: Sequence[tuple[Row, str]], height: int, low: float, high: float, measure: Measure) -> list[Spec]:
    """Name and newest figure of every line at its end, kept clear of one another."""
    wished = [height * (1 - (float(row["value"]) - low) / (high - low)) for row, _ in ends]
    placed = push_apart(wished, [2 * LINE] * len(ends), 0, height)
    layers = []
    for (row, role), y in zip(ends, placed, strict=True):
        value = short_value(float(row["value"]), int(measure["decimals"]), str(measure["unit"]))
        name = str(row["area_name"])
        for offset, text, bold in ((-LINE / 2, name if len(name) < 15 else row.get("short_code") or name[:14], role == "mine"), (LINE / 2, value, False)):
            mark = {
                "type": "text", "text": text, "x": WIDTH - 46 - 96 + 8, "y": round(y + offset, 1), "align": "left",
                "baseline": "middle", "color": COLOURS[role] if role != "region" else palette.MUTED, "fontSize": SMALL,
                "fontWeight": "bold" if bold else "normal",
            }  # fmt: skip
            layers.append({"data": {"values": [{}]}, "mark": mark})
    return layers


def _said(rows: Sequence[Row], measure: Measure, labels: Mapping[str, str]) -> str:
    decimals, unit = int(measure["decimals"]), str(measure["unit"])
    first, last = rows[0], rows[-1]
    said = f"{last['area_name']}: {figure_text(last, decimals, unit, labels)}, {year_ending(last['period_end'])}"
    if first is not last:
        said += f" ({figure_text(first, decimals, unit, labels)}, {year_ending(first['period_end'])})"
    return said


def bars(key: str, frame: pd.DataFrame, measure: Measure, verdicts: str | None, average: float | None, title: str) -> Drawing | None:
    """Every force with a figure as a bar, highest first, with its 95% interval; None where no force has one.

    Args:
        frame: rows of ``forces_in_year``.
        measure: unit, decimals.
        verdicts: the column whose words colour the bars; None leaves them grey.
        average: what they are compared with, drawn as a line.
    """
    rows = [row for row in frame.to_dict("records") if not is_missing(row["value"])]
    if not rows:
        return None
    rows.sort(key=lambda row: (is_lower_bound(row), -float(row["value"]), row["area_name"]))
    decimals, unit = int(measure["decimals"]), str(measure["unit"])
    values = [_bar(row, verdicts, decimals, unit) for row in rows]
    most = max(max(one["value"], one.get("upper", 0)) for one in values) or 1.0
    step = 16
    height = step * len(values)
    names = [one["name"] for one in values]
    y = {"field": "name", "type": "nominal", "sort": names, "scale": {"paddingInner": 0.3}, "axis": {"title": None}}
    scale = {"domain": [0, most * 1.02], "nice": False}
    x = {"field": "value", "type": "quantitative", "scale": scale, "axis": None}
    data = {"values": values}
    layers: list[Spec] = [
        {
            "data": data,
            "mark": {"type": "bar", "stroke": palette.RULE, "strokeWidth": 0.5},
            "encoding": {"x": x, "y": y, "fill": {"field": "fill", "type": "nominal", "scale": None}},
        },
        {
            "data": {"values": [one for one in values if "upper" in one]},
            "mark": {"type": "rule", "color": palette.INK, "strokeWidth": 1},
            "encoding": {"x": {**x, "field": "lower"}, "x2": {"field": "upper"}, "y": y},
        },
    ]
    if average is not None:
        rule = {"type": "rule", "color": palette.INK, "strokeWidth": 1.5, "strokeDash": [5, 3], "y": -4, "y2": height}
        layers.append({"data": {"values": [{}]}, "mark": rule, "encoding": {"x": {"datum": average, **_typed(scale)}}})
        named = {"type": "text", "text": f"England {short_value(average, decimals, unit)}", "y": -10, "fontSize": SMALL, "color": palette.INK}
        layers.append({"data": {"values": [{}]}, "mark": named, "encoding": {"x": {"datum": average, **_typed(scale)}}})
    layers.append(
        {
            "data": data,
            "mark": {"type": "text", "align": "left", "x": WIDTH - NAMES - VALUES + 6, "fontSize": SMALL, "color": palette.INK},
            "encoding": {"y": y, "text": {"field": "text", "type": "nominal"}},
        }
    )
    padding = {"left": NAMES, "right": VALUES, "top": 22, "bottom": 6}
    return Drawing(key, title, _extremes(rows, decimals, unit), _spec(layers, WIDTH - NAMES - VALUES, height, padding))


def _typed(scale: Spec) -> Spec:
    return {"type": "quantitative", "scale": scale, "axis": None}


def _bar(row: Row, verdicts: str | None, decimals: int, unit: str) -> Row:
    style = palette.verdict_style(str(row[verdicts])) if verdicts else palette.Style(palette.OTHER, palette.INK, palette.OTHER)
    bound = is_lower_bound(row)
    value = short_value(float(row["value"]), decimals, unit)
    made: Row = {
        "name": row["area_name"],
        "value": round(float(row["value"]), 4),
        "fill": HATCH if bound else style.fill,
        "text": f"≥ {value}" if bound else f"{value} {style.mark}".strip(),
    }
    if not is_missing(row["lower_95"]) and not bound:
        made |= {"lower": round(float(row["lower_95"]), 4), "upper": round(float(row["upper_95"]), 4)}
    return made


def _extremes(rows: Sequence[Row], decimals: int, unit: str) -> str:
    whole = [row for row in rows if not is_lower_bound(row)]
    partial = len(rows) - len(whole)
    said = "" if not whole else (
        f"Highest: {whole[0]['area_name']}, {short_value(float(whole[0]['value']), decimals, unit)}. "
        f"Lowest: {whole[-1]['area_name']}, {short_value(float(whole[-1]['value']), decimals, unit)}. "
    )  # fmt: skip
    return f"{said}{len(whole)} forces with a whole figure" + (f", {partial} with a lower bound." if partial else ".")


def stacked_grades(key: str, counted: pd.DataFrame, group: str, words: Mapping[str, str], title: str) -> Drawing:
    """How many forces stand at each grade, a bar a question or cycle.

    Args:
        counted: rows of ``insight.grades.distribution``.
        group: its first column.
        words: labels of the statuses.
    """
    groups = list(dict.fromkeys(counted[group]))
    values = []
    for name in groups:
        start = 0
        for row in counted[counted[group] == name].to_dict("records"):
            graded = not is_missing(row["grade"])
            style = palette.GRADES[row["grade"]] if graded else None
            count = int(row["forces"])
            values.append(
                {
                    "name": name, "from": start, "to": start + count, "middle": start + count / 2,
                    "fill": style.fill if style else HATCH, "ink": style.text if style else palette.INK,
                    "text": "" if count < 3 else (f"{style.mark} {count}" if style else str(count)),
                    "back": palette.WHITE,
                }
            )  # fmt: skip
            start += count
    most = max(value["to"] for value in values)
    height = 30 * len(groups)
    y = {"field": "name", "type": "nominal", "sort": groups, "scale": {"paddingInner": 0.25}, "axis": {"title": None}}
    scale = {"domain": [0, most], "nice": False}
    x = {"field": "from", "type": "quantitative", "scale": scale, "axis": None}
    data = {"values": values}
    layers: list[Spec] = [
        {
            "data": data,
            "mark": {"type": "bar", "stroke": palette.WHITE, "strokeWidth": 1},
            "encoding": {"x": x, "x2": {"field": "to"}, "y": y, "fill": {"field": "fill", "type": "nominal", "scale": None}},
        },
        {
            "data": data,
            "mark": {"type": "text", "fontSize": SMALL},
            "encoding": {
                "x": {**x, "field": "middle"}, "y": y, "text": {"field": "text", "type": "nominal"},
                "color": {"field": "ink", "type": "nominal", "scale": None},
            },
        },
    ]  # fmt: skip
    said = []
    for name in groups:
        parts = [
            f"{row['forces']} {row['grade'] if not is_missing(row['grade']) else words[row['status']].lower()}"
            for row in counted[counted[group] == name].to_dict("records")
        ]
        said.append(f"{name}: {', '.join(parts)}")
    padding = {"left": NAMES, "right": 8, "top": 4, "bottom": 4}
    return Drawing(key, title, "; ".join(said) + ".", _spec(layers, WIDTH - NAMES - 8, height, padding))


def audited(key: str, audits: pd.DataFrame, title: str) -> Drawing | None:
    """Audited case files by grade, a bar an audit whose three numbers are all published; None where there is none."""
    rows = [row for row in audits.to_dict("records") if not any(is_missing(row[name]) for name in CASES)]
    if not rows:
        return None
    values = []
    for row in rows:
        start, total = 0.0, sum(int(row[name]) for name in CASES)
        for name, grade in CASES.items():
            share = int(row[name]) / total * 100
            style = palette.GRADES[grade]
            values.append(
                {
                    "name": row["label"], "from": start, "to": start + share, "middle": start + share / 2, "fill": style.fill,
                    "ink": style.text, "text": f"{style.mark} {int(row[name])}" if share > 9 else "",
                }
            )  # fmt: skip
            start += share
    names = [row["label"] for row in rows]
    y = {"field": "name", "type": "nominal", "sort": names, "scale": {"paddingInner": 0.55, "paddingOuter": 0.3}, "axis": None}
    x = {"field": "from", "type": "quantitative", "scale": {"domain": [0, 100], "nice": False}, "axis": None}
    width, height = WIDTH - 8, 40 * len(names)
    padding = {"left": 4, "right": 4, "top": 10, "bottom": 0}
    layers: list[Spec] = [
        {
            "data": {"values": values},
            "mark": {"type": "bar", "stroke": palette.WHITE, "strokeWidth": 1},
            "encoding": {"x": x, "x2": {"field": "to"}, "y": y, "fill": {"field": "fill", "type": "nominal", "scale": None}},
        },
        {
            "data": {"values": values},
            "mark": {"type": "text", "fontSize": SMALL},
            "encoding": {
                "x": {**x, "field": "middle"}, "y": y, "text": {"field": "text", "type": "nominal"},
                "color": {"field": "ink", "type": "nominal", "scale": None},
            },
        },
        {
            "data": {"values": [{"name": name} for name in names]},
            "mark": {"type": "text", "fontSize": SMALL, "align": "left", "x": 0, "dy": -18, "color": palette.INK},
            "encoding": {"y": y, "text": {"field": "name", "type": "nominal"}},
        },
    ]  # fmt: skip
    said = "; ".join(f"{row['label']}: {', '.join(f'{int(row[n])} {g.lower()}' for n, g in CASES.items())}" for row in rows)
    return Drawing(key, title, f"{said}.", _spec(layers, width, height, padding))


CASES = {"good": "Good", "requires_improvement": "Requires improvement", "inadequate": "Inadequate"}


def _spec(layers: list[Spec], width: int, height: int, padding: Spec) -> Spec:
    axis = {
        "domain": False, "ticks": False, "labelFontSize": SMALL, "labelColor": palette.MUTED, "gridColor": palette.GRID,
        "labelLimit": 0, "labelOverlap": False, "labelPadding": 6,
    }  # fmt: skip
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": width,
        "height": height,
        "padding": padding,
        "autosize": {"type": "none"},
        "background": None,
        "layer": layers,
        "config": {
            "font": "Arial",
            "view": {"stroke": None},
            "axis": axis,
            "axisX": {"grid": False},
            "axisY": {"labelColor": palette.INK},
        },
    }
