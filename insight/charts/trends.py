"""Trend lines: my force over time, beside forces it is compared with, its region and the nation. Gaps stay gaps."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from insight.charts import palette, template
from insight.charts.chart import Chart, Row, has_interval, joined, missing, need, rows_of, sentence, whole
from insight.charts.labels import line_count, push_apart, text_width, wrap
from insight.charts.line_traces import band, named_line, other_lines
from insight.charts.series import bounds, breaks_of, series_of, year_ticks
from insight.format import FigureFormat, Words, year_ending

HEIGHT = 300  # pixels of the plot itself
DASHES = ("solid", "dot", "dash", "dashdot", "longdash")
_COLUMNS = (
    "area_code", "area_name", "area_level", "period_end", "value", "lower_95", "upper_95", "status", "hidden_parts", "role",
)  # fmt: skip


def trend_lines(
    frame: pd.DataFrame,
    *,
    title: str,
    empty: str,
    my_force: str | None,
    unit: str,
    decimals: int,
    words: Words,
    breaks: pd.DataFrame | None = None,
    break_label: str = "series changes",
) -> Chart:
    """Lines over the years, labelled at their ends; no line crosses a missing year, a hidden figure or a break.

    frame, one row an area and period: area_code, area_name, area_level (str), period_end (date), value, lower_95, upper_95
    (float, NaN for none), status (str), hidden_parts (int), role ('mine', 'compared', 'region', 'nation', 'other'). breaks:
    rows of table series_break for this series (kind, starts, area_code, reason). Others are one grey trace without labels.
    """
    need(frame, _COLUMNS, "trend_lines")
    write = FigureFormat(unit, decimals, words)
    areas = _from_first_figure(series_of(rows_of(frame)))
    if not areas:
        return template.empty_chart(title, empty)
    known = breaks_of(breaks)
    periods = [point["period_end"] for points in areas.values() for point in points]
    low, high, step = bounds(_extent(areas))
    named = [code for code, points in areas.items() if points[0]["role"] != "other"]
    named.sort(key=lambda code: _RANK[areas[code][0]["role"]])
    styles = _styles(areas, named)
    traces = other_lines([points for code, points in areas.items() if code not in named], known, write)
    traces += band(areas[named[-1]], known) if named and named[-1] == my_force else []
    for code in named:
        traces += named_line(areas[code], known, write, styles[code], low)
    seams = [row for row in known if row["kind"] == "break" and _concerns(row, my_force) and row["starts"] > min(periods)]
    traces += _seam_reasons(seams, high)
    labels, margin = _end_labels(areas, named, styles, max(periods), (low, high), write)
    shown = _once(traces)
    legend, legend_height = template.legend_below(shown, HEIGHT, 34)
    scale = f"axis from {_plain(low, step)} to {_plain(high, step)}".replace(" ", "\u00a0")
    first, last = min(periods), max(periods)
    layout = {
        "margin": {"t": 58, "r": margin, "b": 36 + legend_height, "l": 8},
        "xaxis": {
            "type": "date",
            **year_ticks(periods),
            "range": [first - pd.Timedelta(days=90), last + pd.Timedelta(days=40)],
            "showline": True,
            "ticks": "outside",
            "ticklen": 4,
            "tickcolor": palette.RULE,
        },
        "yaxis": {"range": [low, high], "dtick": step, "tick0": low, "showgrid": True, "tickformat": f",.{_places(step)}f"},
        "shapes": [template.vertical(_before(row), 0, 1.04, "dash", palette.MUTED) for row in seams],
        "annotations": [
            template.note_above(wrap(f"{sentence(unit)}; {scale}", 46), 20),
            *(_seam_label(row, break_label, first, last) for row in seams),
            *labels,
        ],
        "showlegend": bool(shown),
        "legend": legend,
    }
    alt = _alt(areas, named, my_force, seams, write)
    return template.chart(traces, title=title, alt=alt, height=HEIGHT + 94 + legend_height, layout=layout)


def _once(traces: list[dict[str, Any]]) -> list[str]:
    """The names in the legend; of traces with the same name only the last is listed."""
    last = {str(trace["name"]): index for index, trace in enumerate(traces) if trace["showlegend"]}
    for index, trace in enumerate(traces):
        trace["showlegend"] = last.get(str(trace["name"])) == index
    return list(last)


def _from_first_figure(areas: dict[str, list[Row]]) -> dict[str, list[Row]]:
    """The series from the first period in which any area has a figure: before it there is nothing to miss."""
    known = [point["period_end"] for points in areas.values() for point in points if not missing(point["value"])]
    if not known:
        return {}
    kept = {code: [p for p in points if p["period_end"] >= min(known)] for code, points in areas.items()}
    return {code: points for code, points in kept.items() if points}


_RANK = {"other": 0, "compared": 1, "region": 2, "nation": 3, "mine": 4}


def _extent(areas: dict[str, list[Row]]) -> list[float]:
    """Every value drawn, and the limits of the band."""
    values = []
    for points in areas.values():
        for point in points:
            if not missing(point["value"]):
                values.append(float(point["value"]))
            if point["role"] == "mine" and has_interval(point):
                values += [float(point["lower_95"]), float(point["upper_95"])]
    return values


def _styles(areas: dict[str, list[Row]], named: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Line of each named area: accent for mine, ink for the nation, greys told apart by their dashes for the rest."""
    styles: dict[str, dict[str, Any]] = {}
    compared = 0
    for code in named:
        role = areas[code][0]["role"]
        if role == "mine":
            styles[code] = {"color": palette.ACCENT, "width": 3, "dash": "solid"}
        elif role == "nation":
            styles[code] = {"color": palette.INK, "width": 1.8, "dash": "solid"}
        elif role == "region":
            styles[code] = {"color": palette.MUTED, "width": 1.8, "dash": "4px,2px"}
        else:
            styles[code] = {"color": palette.COMPARED, "width": 1.5, "dash": DASHES[compared % len(DASHES)]}
            compared += 1
    return styles


def _concerns(row: Row, my_force: str | None) -> bool:
    return missing(row["area_code"]) or row["area_code"] == my_force


def _before(row: Row) -> Any:
    """The seam stands half a year before the first period after the change: between two points."""
    return row["starts"] - pd.Timedelta(days=182)


def _seam_label(row: Row, label: str, first: Any, last: Any) -> dict[str, Any]:
    early = row["starts"] < first + (last - first) / 2
    return {
        "text": label,
        "x": _before(row),
        "y": 1,
        "yref": "paper",
        "yanchor": "bottom",
        "xanchor": "left" if early else "right",
        "xshift": 3 if early else -3,
        "font": {"size": template.SMALL, "color": palette.MUTED},
    }


def _seam_reasons(seams: list[Row], high: float) -> list[dict[str, Any]]:
    """Invisible marks on the seams, for the reason to be read on hover."""
    if not seams:
        return []
    return [
        {
            "type": "scatter",
            "mode": "markers",
            "name": "Seams",
            "showlegend": False,
            "x": [_before(row) for row in seams],
            "y": [high] * len(seams),
            "marker": {"size": 18, "color": "rgba(0,0,0,0)"},
            "hovertext": [wrap(str(row["reason"]), 40) for row in seams],
            "hovertemplate": "%{hovertext}<extra></extra>",
        }
    ]


def _places(step: float) -> int:
    """Decimals that steps of this size need."""
    return next((places for places in range(3) if round(step, places) == step), 3)


def _plain(value: float, step: float) -> str:
    return f"{value:,.{_places(step)}f}"


def _end_labels(
    areas: dict[str, list[Row]],
    named: list[str],
    styles: dict[str, dict[str, Any]],
    last: Any,
    scale: tuple[float, float],
    write: FigureFormat,
) -> tuple[list[dict[str, Any]], float]:
    """Names and newest values right of the lines, pushed apart, each with a hair line to its own; and their width."""
    low, high = scale
    ends = [(code, [point for point in areas[code] if not missing(point["value"])]) for code in named]
    newest = [(code, points[-1]) for code, points in ends if points]
    texts = []
    for _, point in newest:
        year = "" if point["period_end"] == last else f" ({point['period_end']:%Y})"
        texts.append(wrap(f"{point['area_name']} {write.text(point)}{year}", 17))
    centres = [(high - float(point["value"])) / (high - low) * HEIGHT for _, point in newest]
    heights = [15.0 * line_count(text) + 1 for text in texts]
    placed = push_apart(centres, heights, -10, HEIGHT + 10)
    labels = []
    for (code, point), text, centre, target in zip(newest, texts, centres, placed, strict=True):
        labels.append(
            {
                "text": f"<b>{text}</b>" if point["role"] == "mine" else text,
                "x": last,
                "y": float(point["value"]),
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
                "font": {"size": template.SMALL, "color": _text_colour(styles[code]["color"])},
            }
        )
    return labels, 24 + max((text_width(text) for text in texts), default=0)


def _text_colour(line: str) -> str:
    return palette.MUTED if line == palette.COMPARED else line


def _alt(areas: dict[str, list[Row]], named: list[str], my_force: str | None, seams: list[Row], write: FigureFormat) -> str:
    parts = []
    for code in reversed(named):
        points = [point for point in areas[code] if not missing(point["value"])]
        if not points:
            continue
        newest, oldest = points[-1], points[0]
        said = f"{newest['area_name']} {write.text(newest)} in the {year_ending(newest['period_end'])}"
        if code != my_force:
            parts.append(said)
            continue
        sure = [point for point in points if whole(point)]
        if oldest is not newest:
            said += f", {write.text(oldest)} in {oldest['period_end']:%Y}"
        if len(sure) > 2:
            top = max(sure, key=lambda point: float(point["value"]))
            bottom = min(sure, key=lambda point: float(point["value"]))
            said += (
                f", highest {write.amount(top['value'])} in {top['period_end']:%Y}"
                f", lowest {write.amount(bottom['value'])} in {bottom['period_end']:%Y}"
            )
        parts.append(said)
        absent = [f"{point['period_end']:%Y}" for point in areas[code] if missing(point["value"])]
        parts.append(f"no figure for {', '.join(absent)}" if absent else "")
    parts += [f"the series changes before {row['starts']:%Y} and is not joined there" for row in seams]
    return joined(parts)
