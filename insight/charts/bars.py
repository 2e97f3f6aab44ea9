"""Ranked bars: all forces on one measure and year, sorted, with the nation's and the region's line."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Literal

import pandas as pd

from insight.charts import palette, template
from insight.charts.chart import (
    NOT_RANKED,
    PARTLY_HIDDEN,
    Chart,
    Row,
    extremes,
    has_interval,
    hover,
    joined,
    listed,
    missing,
    need,
    not_shown,
    ordinal,
    partial,
    rows_of,
    sentence,
    whole,
)
from insight.charts.labels import PHONE, text_width
from insight.format import FigureFormat, Words

ROW = 21  # pixels a bar
LINE = 18  # pixels a line of text above the plot
_DASHES = {"region": "dot", "average": "dash", "country": "solid"}
FIGURE_SPACE = chr(0x2007)  # as wide as a digit

Order = Literal["highest", "lowest", "name"] | Sequence[str]
Place = Mapping[str, int]


def ranked_bars(
    frame: pd.DataFrame,
    *,
    title: str,
    empty: str,
    my_force: str | None,
    unit: str,
    decimals: int,
    words: Words,
    lines: pd.DataFrame | None = None,
    order: Order = "highest",
    compared: Collection[str] = (),
    not_ranked: Collection[str] = (),
) -> Chart:
    """One horizontal bar a force, from zero, sorted by value.

    frame: area_code (str), area_name (str), value (float, in `unit`, NaN for none), status (str), hidden_parts (int); and
    where known lower_95, upper_95 (float). lines: area_name, area_level ('country', 'average' or 'region'), value. `order` is
    'highest', 'lowest', 'name' or the area codes in the reader's order. Lower bounds, forces in `not_ranked` and forces
    without a figure stand below the others, the last with the word for their status in place of a bar.
    """
    need(frame, ("area_code", "area_name", "value", "status", "hidden_parts"), "ranked_bars")
    if frame.empty:
        return template.empty_chart(title, empty)
    write = FigureFormat(unit, decimals, words)
    rows = rows_of(frame)
    references = _references(lines)
    ranked = _sorted([row for row in rows if whole(row) and row["area_code"] not in not_ranked], order)
    codes = {row["area_code"] for row in ranked}
    apart = _sorted([row for row in rows if not missing(row["value"]) and row["area_code"] not in codes], order)
    absent = sorted((row for row in rows if missing(row["value"])), key=lambda row: str(row["area_name"]))
    apart += absent
    gap = 1 if ranked and apart else 0
    place = {row["area_code"]: position for position, row in enumerate(ranked)}
    place |= {row["area_code"]: len(ranked) + gap + position for position, row in enumerate(apart)}
    count = len(rows) + gap

    drawn = [row for row in rows if not missing(row["value"])]
    # The interval of a force that is never ranked may run off the chart: a handful of children would set everyone's scale.
    ends = [float(row["upper_95"] if has_interval(row) and row["area_code"] not in not_ranked else row["value"]) for row in drawn]
    furthest = max([*ends, *(float(line["value"]) for line in references)], default=0) * 1.03 or 1
    traces = _bars(drawn, place, my_force, compared, write)
    height = count * ROW
    named = [trace["name"] for trace in traces if trace["showlegend"]]
    legend, legend_height = template.legend_above(named, height, LINE * (1 + len(references)) + 8)
    top = 14 + LINE * (1 + len(references)) + legend_height
    layout = {
        "margin": {"t": top, "r": 16 + _overhang(apart, furthest, write), "b": 32},
        "xaxis": {"range": [0, furthest], "showgrid": True, "nticks": 6, "tickformat": ",.0f" if furthest >= 10 else ""},
        "yaxis": {
            "range": [count - 0.5, -0.5],
            "tickmode": "array",
            **_names(rows, place, my_force, len(ranked) if gap else None, write),
        },
        "shapes": _reference_lines(references, len(absent) * ROW / height, height),
        "annotations": [
            template.note_above(sentence(unit), 6 + LINE * len(references), "right"),
            *_reference_labels(references, furthest, write),
            *(_beside(row, place, write) for row in apart if not whole(row)),
        ],
        "showlegend": bool(named),
        "legend": legend,
    }
    alt = _alt(rows, ranked, references, my_force, not_ranked, write)
    return template.chart(traces, title=title, alt=alt, height=round(top + height + 32), layout=layout)


def _sorted(rows: list[Row], order: Order) -> list[Row]:
    if order == "name":
        return sorted(rows, key=lambda row: str(row["area_name"]))
    if isinstance(order, str):
        sign = 1 if order == "lowest" else -1
        return sorted(rows, key=lambda row: (sign * float(row["value"]), str(row["area_name"])))
    position = {code: index for index, code in enumerate(order)}
    return sorted(rows, key=lambda row: position.get(row["area_code"], len(position)))


def _references(lines: pd.DataFrame | None) -> list[Row]:
    """The reference lines that have a value: region, the average that verdicts rest on, the nation, which stands on top."""
    if lines is None:
        return []
    need(lines, ("area_name", "area_level", "value"), "ranked_bars lines")
    found = [row for row in rows_of(lines) if not missing(row["value"])]
    return sorted(found, key=lambda row: list(_DASHES).index(row["area_level"]))


def _bars(
    drawn: list[Row], place: Place, my_force: str | None, compared: Collection[str], write: FigureFormat
) -> list[dict[str, Any]]:
    """Bar traces, everyone else first and my force last, so that it lies on top."""
    mine = [row for row in drawn if row["area_code"] == my_force]
    others = [row for row in drawn if row["area_code"] != my_force]
    groups = [
        ("Other forces", palette.OTHER, False, [r for r in others if whole(r) and r["area_code"] not in compared]),
        ("Compared forces", palette.COMPARED, True, [r for r in others if whole(r) and r["area_code"] in compared]),
        (PARTLY_HIDDEN, palette.OTHER, True, [r for r in others if partial(r)]),
        ("My force", palette.ACCENT, False, mine),
    ]
    return [_trace(name, colour, named, rows, place, write) for name, colour, named, rows in groups if rows]


def _trace(name: str, colour: str, named: bool, rows: list[Row], place: Place, write: FigureFormat) -> dict[str, Any]:
    hatched = partial(rows[0])  # one group is hatched as a whole: with a list of colours Plotly draws its own hatch
    trace: dict[str, Any] = {
        "type": "bar",
        "orientation": "h",
        "name": name,
        "showlegend": named,
        "x": [float(row["value"]) for row in rows],
        "y": [place[row["area_code"]] for row in rows],
        "width": 0.75,
        "marker": {
            "color": palette.WHITE if hatched else colour,
            "line": {"color": colour, "width": 1},
            "pattern": {"shape": "/" if hatched else "", "fgcolor": colour},
        },
        "hovertext": [hover(str(row["area_name"]), sentence(write.text(row)), write.interval(row)) for row in rows],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }
    if any(has_interval(row) for row in rows):
        trace["error_x"] = {
            "type": "data",
            "symmetric": False,
            "array": [float(r["upper_95"]) - float(r["value"]) if has_interval(r) else None for r in rows],
            "arrayminus": [float(r["value"]) - float(r["lower_95"]) if has_interval(r) else None for r in rows],
            "color": palette.INK,
            "thickness": 1.1,
            "width": 2,
        }
    return trace


def _names(rows: list[Row], place: Place, my_force: str | None, gap: int | None, write: FigureFormat) -> dict[str, Any]:
    """Ticks of the axis of names: the value stands after each name, so that both read as a table."""
    figures = {row["area_code"]: write.text(row) if whole(row) else "" for row in rows}
    widest = max(len(figure) for figure in figures.values())
    labels = {}
    for row in rows:
        mine = row["area_code"] == my_force
        text = f"{row['area_name']}  {figures[row['area_code']].rjust(widest, FIGURE_SPACE)}"
        labels[place[row["area_code"]]] = template.coloured(text, palette.ACCENT if mine else palette.INK, bold=mine)
    if gap is not None:
        labels[gap] = template.coloured(f"<i>{NOT_RANKED}</i>{FIGURE_SPACE * (widest + 1)}", palette.MUTED)
    return {"tickvals": list(labels), "ticktext": list(labels.values())}


def _beside(row: Row, place: Place, write: FigureFormat) -> dict[str, Any]:
    """The words beside the bar of a lower bound, or in place of a bar."""
    return {
        "text": write.text(row),
        "x": 0 if missing(row["value"]) else float(row["value"]),
        "y": place[row["area_code"]],
        "xanchor": "left",
        "xshift": 2,
        "bgcolor": palette.WHITE,
        "borderpad": 1,
        "font": {"size": template.SMALL, "color": palette.MUTED if missing(row["value"]) else palette.INK},
    }


def _overhang(apart: list[Row], furthest: float, write: FigureFormat) -> float:
    """Pixels by which words beside a bar need more than the plot has on a phone."""
    ends = [(write.text(row), 1 - float(row["value"]) / furthest) for row in apart if partial(row)]
    return max([0.0, *(text_width(text) - left * PHONE / 2 for text, left in ends)])


def _reference_lines(references: list[Row], foot: float, height: float) -> list[dict[str, Any]]:
    """Lines from their labels down to the last bar, `foot`: forces without a figure have words in their rows."""
    lines = []
    for level, row in enumerate(references):
        head = 1 + (8 + LINE * level) / height
        colour = palette.MUTED if row["area_level"] == "region" else palette.INK
        lines.append(template.vertical(float(row["value"]), foot, head, _DASHES[row["area_level"]], colour))
    return lines


def _reference_labels(references: list[Row], furthest: float, write: FigureFormat) -> list[dict[str, Any]]:
    labels = []
    for level, row in enumerate(references):
        text = f"{row['area_name']} {write.amount(row['value'])}"
        room = (1 - float(row["value"]) / furthest) * PHONE / 2
        to_the_right = text_width(text) + 6 <= room
        labels.append(
            {
                "text": text,
                "x": float(row["value"]),
                "y": 1,
                "yref": "paper",
                "yshift": 3 + LINE * level,
                "yanchor": "bottom",
                "xanchor": "left" if to_the_right else "right",
                "xshift": 4 if to_the_right else -4,
            }
        )
    return labels


def _alt(
    rows: list[Row],
    ranked: list[Row],
    references: list[Row],
    my_force: str | None,
    not_ranked: Collection[str],
    write: FigureFormat,
) -> str:
    parts = []
    for row in rows:
        if row["area_code"] == my_force:
            parts.append(f"{row['area_name']} {write.text(row)}{_position(row, ranked)}")
    parts += [f"{line['area_name']} {write.amount(line['value'])}" for line in reversed(references)]
    parts += [extremes(ranked, write), not_shown(rows, write)]
    aside = [str(row["area_name"]) for row in rows if row["area_code"] in not_ranked and whole(row)]
    parts.append(f"{listed(aside)} shown, not ranked" if aside else "")
    return joined(parts)


def _position(row: Row, ranked: list[Row]) -> str:
    if all(row["area_code"] != other["area_code"] for other in ranked):
        return ""
    higher = sum(float(other["value"]) > float(row["value"]) for other in ranked)
    return f", {ordinal(higher + 1)} highest of {len(ranked)}"
