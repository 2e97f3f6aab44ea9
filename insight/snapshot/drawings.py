"""Bars of the public site as Vega-Lite specifications: forces by value, forces by grade, audited case files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from insight.charts import palette
from insight.charts.render_svg.vega import HATCH, SMALL, WIDTH, Drawing, Spec, house_spec
from insight.format import is_lower_bound, is_missing, short_value
from insight.verdicts import has_verdicts, shown_verdict

NAMES = 126  # room for a force's name
VALUES = 74  # room for a figure at the end of a bar
CHARACTER = 7  # pixels of one, at most
SIGNS = (
    "▲ unusually high, ▼ unusually low (99.8%); △ ▽ the same (95%); ▴ above, ▾ below average; no sign: about average or not "
    "compared. "
)
Row = dict[str, Any]
Measure = Mapping[str, Any]


def bars(key: str, frame: pd.DataFrame, measure: Measure, average: float | None, title: str) -> Drawing | None:
    """Every force with a figure as a bar, highest first, with its 95% interval; None where no force has one.

    Args:
        frame: rows of ``forces_in_year``.
        measure: kind, unit, decimals; bars of a measure without verdicts stay grey.
        average: what they are compared with, drawn as a line.
    """
    rows = [row for row in frame.to_dict("records") if not is_missing(row["value"])]
    if not rows:
        return None
    rows.sort(key=lambda row: (is_lower_bound(row), -float(row["value"]), row["area_name"]))
    decimals, unit, judged = int(measure["decimals"]), str(measure["unit"]), has_verdicts(measure)
    values = [_bar(row, judged, decimals, unit) for row in rows]
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
        named = {
            "type": "text",
            "text": f"Average {short_value(average, decimals, unit)}",
            "y": -10,
            "fontSize": SMALL,
            "color": palette.INK,
        }
        layers.append({"data": {"values": [{}]}, "mark": named, "encoding": {"x": {"datum": average, **_typed(scale)}}})
    layers.append(
        {
            "data": data,
            "mark": {"type": "text", "align": "left", "x": WIDTH - NAMES - VALUES + 6, "fontSize": SMALL, "color": palette.INK},
            "encoding": {"y": y, "text": {"field": "text", "type": "nominal"}},
        }
    )
    padding = {"left": NAMES, "right": VALUES, "top": 22, "bottom": 6}
    signs = SIGNS if judged else ""
    partial = "≥ and hatched: at least, a part is hidden." if any(is_lower_bound(row) for row in rows) else ""
    spec = house_spec(layers, WIDTH - NAMES - VALUES, height, padding)
    return Drawing(key, title, _extremes(rows, decimals, unit), spec, f"Unit: {unit}. {signs}{partial}".strip())


def _typed(scale: Spec) -> Spec:
    return {"type": "quantitative", "scale": scale, "axis": None}


def _bar(row: Row, judged: bool, decimals: int, unit: str) -> Row:
    style = palette.verdict_style(shown_verdict(row)) if judged else palette.Style(palette.OTHER, palette.INK, palette.OTHER)
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
        counted: rows of ``insight.inspections.grades.distribution``.
        group: its first column.
        words: labels of the statuses.
    """
    groups = list(dict.fromkeys(counted[group]))
    width = WIDTH - 8
    most = int(counted.groupby(group)["forces"].sum().max())
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
                    "text": _fitting([f"{style.mark} {count}" if style else "", str(count)], count / most * width),
                    "back": palette.WHITE,
                }
            )  # fmt: skip
            start += count
    height = 44 * len(groups)
    y = {"field": "name", "type": "nominal", "sort": groups, "scale": {"paddingInner": 0.5, "paddingOuter": 0.3}, "axis": None}
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
        _named_above(groups, y),
    ]  # fmt: skip
    said = []
    for name in groups:
        parts = [
            f"{row['forces']} {row['grade'] if not is_missing(row['grade']) else words[row['status']].lower()}"
            for row in counted[counted[group] == name].to_dict("records")
        ]
        said.append(f"{name}: {', '.join(parts)}")
    padding = {"left": 4, "right": 4, "top": 12, "bottom": 0}
    return Drawing(key, title, "; ".join(said) + ".", house_spec(layers, width, height, padding))


def _fitting(texts: Sequence[str], room: float) -> str:
    """The first text that a segment has room for; none if it has room for none."""
    return next((text for text in texts if text and len(text) * CHARACTER + 4 <= room), "")


def _named_above(names: Sequence[str], y: Spec) -> Spec:
    """The name of each bar above it, from the left edge, so that none is cut."""
    return {
        "data": {"values": [{"name": name} for name in names]},
        "mark": {"type": "text", "fontSize": SMALL, "align": "left", "x": 0, "dy": -18, "color": palette.INK},
        "encoding": {"y": y, "text": {"field": "name", "type": "nominal"}},
    }


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
        _named_above(names, y),
    ]  # fmt: skip
    said = "; ".join(f"{row['label']}: {', '.join(f'{int(row[n])} {g.lower()}' for n, g in CASES.items())}" for row in rows)
    return Drawing(key, title, f"{said}.", house_spec(layers, width, height, padding))


CASES = {"good": "Good", "requires_improvement": "Requires improvement", "inadequate": "Inadequate"}
