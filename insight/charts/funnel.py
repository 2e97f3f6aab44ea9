"""The funnel plot: each force by its size, with the limits within which chance alone would leave most of them."""

from collections.abc import Collection, Sequence
from typing import Any

import pandas as pd

from insight.charts import palette, template
from insight.charts.chart import Chart, Row, hover, joined, listed, need, not_shown, whole
from insight.charts.labels import PHONE, line_count, place_labels, push_apart, text_width, wrap
from insight.charts.model.common import KeyItem
from insight.charts.series import bounds, places_of
from insight.format import FigureFormat, Words, doubt_mark, is_missing, lower_first, plural, upper_first
from insight.records import records
from insight.statistics import Verdict

TOO_FEW = f"Not shown, {lower_first(Verdict.TOO_FEW)}"
HEIGHT = 340  # pixels of the plot itself
_LIMITS = {
    "lower_998": ("99.8%", "solid"),
    "lower_95": ("95%", "dash"),
    "upper_95": ("95%", "dash"),
    "upper_998": ("99.8%", "solid"),
}
SYMBOLS = dict.fromkeys("▲△▴", "triangle-up") | dict.fromkeys("▼▽▾", "triangle-down") | {"": "circle"}


def funnel(
    frame: pd.DataFrame,
    *,
    title: str,
    empty: str,
    my_force: str | None,
    limits: pd.DataFrame,
    average: float,
    average_name: str,
    size_title: str,
    unit: str,
    decimals: int,
    words: Words,
    not_ranked: Collection[str] = (),
    compared: Sequence[str] = (),
) -> Chart:
    """Points of all forces with a complete value, pairs of limit lines, and outliers named on the chart.

    frame: area_code, area_name, short_code (str), size (float, the denominator), value (float, in `unit`), status (str),
    hidden_parts (int), flag (a verdict as shown, or a flag of insight.statistics for limits of chance alone). limits, in the
    order in which each line runs: limit ('lower_998', 'lower_95', 'upper_95', 'upper_998'), size, value; both on the scale of
    `unit`. Forces in `not_ranked` have too few children to compare: limits say nothing of them, so they are no points, and a
    line over the picture names them. `compared`: codes of the chosen forces in the order of choice; they are named.
    """
    need(frame, ("area_code", "area_name", "short_code", "size", "value", "status", "hidden_parts", "flag"), "funnel")
    need(limits, ("limit", "size", "value"), "funnel limits")
    write = FigureFormat(unit, decimals, words)
    every = records(frame)
    complete = [row for row in every if whole(row) and not is_missing(row["size"])]
    rows = [row for row in complete if row["area_code"] not in not_ranked]
    if not rows:
        return template.empty_chart(title, empty)
    low, high, step = bounds([*(float(row["value"]) for row in rows), average, *_limits_at_the_middle(limits, rows)])
    widest = max(float(row["size"]) for row in rows) * 1.04
    lines = _lines_of(limits)
    hues = palette.named_hues(compared, my_force)
    named = [row for code in reversed(hues) for row in rows if row["area_code"] == code]
    others = [row for row in rows if row["area_code"] not in hues]
    traces = [*_limit_lines(lines), _average_line(average, widest)]
    for flag, style in palette.VERDICTS.items():
        if group := [row for row in others if row["flag"] == flag]:
            traces.append(_points(flag, group, style, write, (low, high)))
    labelled = [row for row in others if _outlying(row) or not low <= float(row["value"]) <= high]
    positions = _positions([*named, *labelled], rows, set(hues), widest, (low, high), write)
    traces.append(_texts(labelled, positions[len(named) :], write, low, high))
    own = [_named(row, hues[row["area_code"]], place, write, (low, high)) for row, place in zip(named, positions, strict=False)]
    ends, margin = _ends(lines, average, f"{average_name} {write.amount(average)}", widest, (low, high))
    few = listed([str(row["area_name"]) for row in complete if row["area_code"] in not_ranked])
    above = _above(unit, few)
    layout = {
        "margin": {"t": 28 + 16 * line_count(above), "r": margin, "b": 58, "l": 8},
        **_axes(widest, (low, high, step), size_title),
        "annotations": [template.note_above(above, 12), *ends],
    }
    alt = _alt(every, rows, my_force, few, average, average_name, write)
    traces += own[::-1]
    return template.chart(
        traces, title=title, alt=alt, height=HEIGHT + 86 + 16 * line_count(above), layout=layout, key=_key(rows)
    )


def _above(unit: str, few: str) -> str:
    """The unit, and on lines of their own the forces that are left out."""
    left_out = [wrap(f"{TOO_FEW}: {few}", 46)] if few else []
    return "<br>".join([wrap(upper_first(unit), 46), *left_out])


def _axes(widest: float, scale: tuple[float, float, float], size_title: str) -> dict[str, Any]:
    """The axis of sizes and that of values: scale is its bounds and its step."""
    low, high, step = scale
    across = {"range": [0, widest], "nticks": 5, "tickformat": ",.0f" if widest < 20_000 else "~s", "showline": True}
    up = {"range": [low, high], "dtick": step, "tick0": low, "showgrid": True, "tickformat": f",.{places_of(step)}f"}
    return {"xaxis": across | {"title": {"text": upper_first(size_title)}}, "yaxis": up}


def _key(rows: list[Row]) -> tuple[KeyItem, ...]:
    """The words that marks stand for, the grey dots among them."""
    found = {str(row["flag"]) for row in rows if not is_missing(row["flag"])}
    return tuple(palette.point_item(name, style, SYMBOLS[style.mark]) for name, style in palette.verdict_entries(found))


def _limits_at_the_middle(limits: pd.DataFrame, rows: list[Row]) -> list[float]:
    """The limits at the middle size: the axis must reach them, or a reader cannot see that a force lies inside."""
    middle = sorted(float(row["size"]) for row in rows)[len(rows) // 2]
    known = limits[limits["value"].notna()]
    nearest = known.assign(away=(known["size"].astype(float) - middle).abs()).sort_values("away").groupby("limit").head(1)
    return nearest["value"].astype(float).tolist()


def _outlying(row: Row) -> bool:
    """Whether a force lies beyond the limits, and not only off the average."""
    return not is_missing(row["flag"]) and palette.verdict_style(str(row["flag"])).mark in tuple("▲△▼▽")


def _lines_of(limits: pd.DataFrame) -> dict[str, list[Row]]:
    lines: dict[str, list[Row]] = {limit: [] for limit in _LIMITS}
    for row in records(limits):
        if row["limit"] not in lines:
            raise ValueError(f"funnel: no line for the limit {row['limit']!r}")
        lines[row["limit"]].append(row)
    return lines


def _limit_lines(limits: dict[str, list[Row]]) -> list[dict[str, Any]]:
    """Each line runs through the points given for it, lower and upper apart."""
    lines = []
    for limit, (name, dash) in _LIMITS.items():
        points = limits[limit]
        if points:
            lines.append(
                template.scatter(
                    f"{name} limit, {limit.split('_')[0]}",
                    "lines",
                    [float(row["size"]) for row in points],
                    [None if is_missing(row["value"]) else float(row["value"]) for row in points],
                    line={"color": palette.RULE, "width": 1.3, "dash": dash},
                )
            )
    return lines


def _average_line(average: float, widest: float) -> dict[str, Any]:
    return template.scatter("Average", "lines", [0, widest], [average, average], line={"color": palette.INK, "width": 1.3})


def _held(value: Any, low: float, high: float) -> float:
    return min(max(float(value), low), high)


def _points(name: str, rows: list[Row], style: palette.Style, write: FigureFormat, scale: tuple[float, float]) -> dict[str, Any]:
    plain = style.mark == ""
    return template.scatter(
        name,
        "markers",
        [float(row["size"]) for row in rows],
        [_held(row["value"], *scale) for row in rows],
        [
            hover(
                str(row["area_name"]),
                write.text(row),
                f"of {float(row['size']):,.0f}",
                "" if is_missing(row["flag"]) else str(row["flag"]),
            )
            for row in rows
        ],
        cliponaxis=False,
        marker={
            "symbol": SYMBOLS[style.mark],
            "size": 8 if plain else 11,
            "color": palette.point_colour(style),
            "line": {"color": palette.COMPARED if plain else palette.INK, "width": 1},
        },
    )


def _named(row: Row, hue: palette.Hue, position: str, write: FigureFormat, scale: tuple[float, float]) -> dict[str, Any]:
    """My force, or a chosen one: its verdict's shape and colour in an outline of its own colour, with its name."""
    mine = hue is palette.MINE
    style = palette.VERDICTS[Verdict.NOT_COMPARED] if is_missing(row["flag"]) else palette.verdict_style(str(row["flag"]))
    mark = style.mark
    own = _points("My force" if mine else str(row["area_name"]), [row], style, write, scale)
    own |= {"mode": "markers+text", "text": [f"<b>{row['area_name']}</b>"], "textposition": position}
    own["marker"] |= {"size": 14, "symbol": SYMBOLS[mark] if mark else hue.shape, "line": {"color": hue.colour, "width": 3}}
    own["textfont"] = {"size": template.BODY if mine else template.SMALL, "color": hue.ink}
    return own


def _name(row: Row, named: Collection[str], low: float, high: float, write: FigureFormat) -> str:
    if row["area_code"] in named:
        return str(row["area_name"])
    value = float(row["value"])
    if low <= value <= high:
        return f"{row['short_code']}{doubt_mark(row)}"
    return f"{row['short_code']} {write.text(row)} {'↑' if value > high else '↓'}"


def _positions(
    labels: list[Row], rows: list[Row], named: Collection[str], widest: float, scale: tuple[float, float], write: FigureFormat
) -> list[str]:
    """Where each label stands beside its point, worked out for a phone, where room is scarce."""
    low, high = scale
    plot = PHONE - 110

    def pixels(row: Row) -> tuple[float, float]:
        return float(row["size"]) / widest * plot, (high - _held(row["value"], low, high)) / (high - low) * HEIGHT

    texts = [_name(row, named, low, high, write) for row in labels]
    return place_labels([pixels(row) for row in labels], texts, [pixels(row) for row in rows], plot)


def _texts(rows: list[Row], positions: list[str], write: FigureFormat, low: float, high: float) -> dict[str, Any]:
    return template.scatter(
        "Outliers",
        "markers+text",
        [float(row["size"]) for row in rows],
        [_held(row["value"], low, high) for row in rows],
        marker={"size": 10, "opacity": 0},  # unseen: it keeps the text off the point
        cliponaxis=False,
        text=[_name(row, (), low, high, write) for row in rows],
        textposition=positions,
        textfont={"size": template.SMALL, "color": palette.INK},
    )


def _ends(
    limits: dict[str, list[Row]], average: float, average_text: str, widest: float, scale: tuple[float, float]
) -> tuple[list[dict[str, Any]], float]:
    """Labels of average and limits right of the plot, pushed apart, and the room they need."""
    low, high = scale
    ends = [(average, wrap(average_text, 12))]
    for limit, (name, _) in _LIMITS.items():
        points = [row for row in limits[limit] if not is_missing(row["value"])]
        inside = [row for row in points if float(row["size"]) <= widest]
        if inside and low <= float(inside[-1]["value"]) <= high:
            ends.append((float(inside[-1]["value"]), f"{name} limit"))
    centres = [(high - value) / (high - low) * HEIGHT for value, _ in ends]
    placed = push_apart(centres, [15.0 * (text.count("<br>") + 1) for _, text in ends], 0, HEIGHT)
    labels = []
    for (value, text), centre, target in zip(ends, centres, placed, strict=True):
        labels.append(
            {
                "text": text,
                "x": widest,
                "y": value,
                "showarrow": True,
                "arrowhead": 0,
                "arrowwidth": 0.8,
                "arrowcolor": palette.RULE,
                "ax": 14,
                "ay": target - centre,
                "xanchor": "left",
                "align": "left",
                "borderpad": 0,
                "font": {"size": template.SMALL, "color": palette.INK if value == average else palette.MUTED},
            }
        )
    return labels, 20 + max(text_width(text) for _, text in ends)


def _alt(
    every: list[Row], rows: list[Row], my_force: str | None, few: str, average: float, average_name: str, write: FigureFormat
) -> str:
    mine = [row for row in rows if row["area_code"] == my_force]
    parts = [f"{row['area_name']} {write.amount(row['value'])}, {str(row['flag']).lower()}" for row in mine]
    parts.append(f"{average_name} {write.amount(average)}")
    for flag in palette.VERDICTS:
        names = [str(row["area_name"]) for row in rows if not is_missing(row["flag"]) and row["flag"] == flag]
        if names and palette.VERDICTS[flag].mark:
            parts.append(f"{flag} {plural(len(names), 'force')}: {listed(names, 6)}")
    if not any(_outlying(row) for row in rows):
        parts.append("no force lies beyond the limits")
    return joined([*parts, f"{TOO_FEW}: {few}" if few else "", not_shown(every, write)])
