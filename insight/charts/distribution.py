"""The distribution of one measure over all forces: a box with the extremes, every force as a dot, my force named."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import pandas as pd

from insight.charts import palette, template
from insight.charts.chart import Chart, Row, extremes, hover, joined, need, whole
from insight.charts.labels import PHONE, text_width, wrap
from insight.format import FigureFormat, Words, is_missing, reason_to_doubt, upper_first
from insight.records import records

BOX = ("minimum", "p5", "p25", "p50", "p75", "p95", "maximum")
KEY = (
    "Dots: forces. Box: the middle half of them, with the middle force. Long ticks: 5th and 95th percentile. Short ticks: lowest "
    "and highest force."
)


def distribution(
    frame: pd.DataFrame,
    *,
    title: str,
    empty: str,
    my_force: str | None,
    box: Mapping[str, float] | None,
    unit: str,
    decimals: int,
    words: Words,
    not_ranked: Collection[str] = (),
    compared: Sequence[str] = (),
) -> Chart:
    """A horizontal box (5, 25, 50, 75, 95 and the extremes) above the forces' own dots.

    frame: area_code, area_name (str), value (float), status (str), hidden_parts (int). box: minimum, p5, p25, p50, p75, p95,
    maximum on the scale of the values, or None where there are too few values for one. Forces in `not_ranked`,
    lower bounds and figures that `doubtful` gives a reason to doubt are left out. `compared`: codes of the chosen forces in the
    order of choice; they are named in the key.
    """
    need(frame, ("area_code", "area_name", "value", "status", "hidden_parts"), "distribution")
    every = records(frame)
    rows = [row for row in every if whole(row) and not reason_to_doubt(row) and row["area_code"] not in not_ranked]
    if not rows or box is None:
        return template.empty_chart(title, empty)
    if absent := [key for key in BOX if key not in box]:
        raise ValueError(f"distribution: the box has no {', '.join(absent)}")
    write = FigureFormat(unit, decimals, words)
    mine = [row for row in rows if row["area_code"] == my_force]
    low, high = float(box["minimum"]), float(box["maximum"])
    span = (high - low) or 1.0
    chosen = {code: hue for code, hue in palette.hues(compared).items() if any(row["area_code"] == code for row in rows)}
    others = [row for row in rows if row["area_code"] not in {*chosen, my_force}]
    traces = [_whiskers(box), _dots("Forces", others, write, None)]
    for code, hue in chosen.items():
        same = [row for row in rows if row["area_code"] == code]
        traces.append(_dots(str(same[0]["area_name"]), same, write, hue))
    if mine:
        traces.append(_dots("My force", mine, write, palette.MINE))
    notes = [template.note_above(wrap(f"{upper_first(unit)}. {KEY}", 50), 22)]
    notes += [_note(f"<b>{row['area_name']} {write.amount(row['value'])}</b>", float(row["value"]), low, span) for row in mine]
    layout = {
        "margin": {"t": 92, "r": 12, "b": 30, "l": 12},
        "showlegend": False,
        "xaxis": {"range": [low - span * 0.05, high + span * 0.05], "showgrid": True, "nticks": 6, "showline": True},
        "yaxis": {"visible": False, "range": [-0.2, 2]},
        "shapes": _shapes(box, [float(row["value"]) for row in mine]),
        "annotations": notes,
    }
    named = {row["area_code"]: f"{row['area_name']} {write.amount(row['value'])}" for row in rows}
    return template.chart(
        traces,
        title=title,
        alt=_alt([row for row in every if row["area_code"] == my_force and is_missing(row["value"])], rows, mine, box, write),
        height=252,
        layout=layout,
        key=tuple(palette.hue_items(named, compared)),
    )


def _whiskers(box: Mapping[str, float]) -> dict[str, Any]:
    return template.scatter(
        "Whiskers",
        "lines",
        [box["p5"], box["p25"], None, box["p75"], box["p95"]],
        [1, 1, None, 1, 1],
        line={"color": palette.INK, "width": 1.3},
    )


def _dots(name: str, rows: list[Row], write: FigureFormat, hue: palette.Hue | None) -> dict[str, Any]:
    """Forces on their values; a named one is larger and has its own colour and shape."""
    plain = {"color": palette.OTHER, "size": 9, "line": {"color": palette.COMPARED, "width": 1}, "opacity": 0.8}
    own = (
        {}
        if hue is None
        else {"color": hue.colour, "size": 13, "symbol": hue.shape, "line": {"color": palette.WHITE, "width": 1}}
    )
    return template.scatter(
        name,
        "markers",
        [float(row["value"]) for row in rows],
        [0.25] * len(rows),
        [hover(str(row["area_name"]), write.amount(row["value"])) for row in rows],
        marker=own or plain,
    )


def _alt(absent: list[Row], rows: list[Row], mine: list[Row], box: Mapping[str, float], write: FigureFormat) -> str:
    parts = [f"{row['area_name']} {write.amount(row['value'])}" for row in mine]
    parts += [write.text(row) for row in absent]
    parts.append(
        f"median {write.amount(box['p50'])}, the middle half from {write.amount(box['p25'])} to {write.amount(box['p75'])}"
    )
    return joined([*parts, extremes(rows, write)])


def _shapes(box: Mapping[str, float], mine: list[float]) -> list[dict[str, Any]]:
    """The box, its median, ticks at the extremes, and a line from my force's dot up to its label."""
    line = {"color": palette.INK, "width": 1.3}

    def upright(x: float, bottom: float, top: float, **style: Any) -> dict[str, Any]:
        return {"type": "line", "x0": x, "x1": x, "y0": bottom, "y1": top, "line": line | style}

    middle = {"type": "rect", "x0": box["p25"], "x1": box["p75"], "y0": 0.7, "y1": 1.3, "line": line}
    return [
        {**middle, "fillcolor": palette.SEQUENCE[0], "layer": "between"},
        upright(box["p50"], 0.7, 1.3, width=3),
        *(upright(box[key], 0.85, 1.15) for key in ("p5", "p95")),
        *(upright(box[key], 0.93, 1.07, width=2) for key in ("minimum", "maximum")),
        *(upright(value, 0.25, 1.6, color=palette.ACCENT, width=2) for value in mine),
    ]


def _note(text: str, x: float, low: float, span: float) -> dict[str, Any]:
    """My force's name and figure over `x`, anchored so that they stay within a phone's width."""
    half = text_width(text.replace("<b>", "").replace("</b>", ""), template.BODY) / 2 / (PHONE - 24)
    share = (x - low) / span
    anchor = "left" if share < half else "right" if share > 1 - half else "center"
    font = {"size": template.BODY, "color": palette.ACCENT}
    return {"text": text, "x": x, "y": 1.8, "xanchor": anchor, "font": font}
