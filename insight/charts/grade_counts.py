"""How many forces, or how many areas of a force, stand at each grade. Counted, never averaged."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from insight.charts import palette, template
from insight.charts.cells import stack
from insight.charts.chart import Chart, Row, forces, hover, joined, missing, need, rows_of
from insight.charts.labels import PHONE, text_width
from insight.charts.palette import Style
from insight.format import Words, label_of, symbol_of

ROW = 24
WIDE = 600  # pixels of the narrowest figure that is not a phone's
_EDGE = 1.004  # of the longest bar, or its outline at the right is cut off
_COUNTS = {grade: grade.lower().replace(" ", "_") for grade in palette.GRADES}  # the columns of table grade_count


def grade_distribution(
    frame: pd.DataFrame,
    *,
    title: str,
    empty: str,
    group: str,
    words: Words,
    mine: Mapping[str, str] | None = None,
    force_name: str = "",
    narrow: bool = False,
) -> Chart:
    """How many forces stand at each grade, a bar a question or a cycle, in the frame's order; the unknown hatched.

    frame: the column named by `group` (str), grade (str, missing where there is none), status (str), forces (int). `mine`
    gives my force's grade, or status, in a group; it is written at the right end of the line above the bar. `narrow`: for a
    phone, where it is a letter only, and a part too narrow for its number has none.
    """
    need(frame, (group, "grade", "status", "forces"), "grade_distribution")
    rows = [row for row in rows_of(frame) if int(row["forces"]) > 0]
    if not rows:
        return template.empty_chart(title, empty)
    places = {name: index for index, name in enumerate(dict.fromkeys(str(row[group]) for row in rows))}
    height = 50 * len(places)
    widest = max(sum(int(row["forces"]) for row in rows if str(row[group]) == place) for place in places)
    unit = (PHONE if narrow else WIDE) / widest
    traces = []
    for name, style, same in _categories(rows, words):
        traces.append(
            stack(
                f"{style.mark} {name}".strip(),
                style,
                [places[str(row[group])] for row in same],
                [int(row["forces"]) for row in same],
                [_count(style.mark, int(row["forces"]), unit) for row in same],
                [hover(str(row[group]), f"{name}: {forces(int(row['forces']))}") for row in same],
                width=0.5,
            )
        )
    legend, legend_height = template.legend_below([trace["name"] for trace in traces], height, 8)
    notes = [_above_bar(place, index, "left") for place, index in places.items()]
    for place, index in places.items():
        if mine and place in mine:
            said = _said(mine[place], words, narrow)
            notes.append(_above_bar(template.coloured(f"{force_name}: {said}", palette.ACCENT, bold=True), index, "right"))
    layout = {
        "barmode": "stack",
        "margin": {"l": 4, "r": 4, "t": 8, "b": 16 + legend_height, "pad": 0},
        "xaxis": {"visible": False, "range": [0, widest * _EDGE]},
        "yaxis": {"visible": False, "range": [len(places) - 0.6, -0.75]},
        "annotations": notes,
        "showlegend": True,
        "legend": legend,
    }
    alt = _distribution_alt(rows, group, list(places), dict(mine or {}), force_name, words)
    return template.chart(traces, title=title, alt=alt, height=height + legend_height + 24, layout=layout)


def _count(mark: str, count: int, unit: float) -> str:
    """Mark and number, the number alone where the part is too narrow for both, nothing where it is too narrow for either.

    unit: pixels that one takes.
    """
    room = count * unit - 4
    return next((text for text in (f"{mark} {count}", str(count)) if count and text_width(text) <= room), "")


def _said(grade: str, words: Words, narrow: bool) -> str:
    """A grade or status in full, or as its letter or symbol."""
    if narrow:
        return palette.grade_style(grade).mark if grade in palette.GRADES else symbol_of(grade, words)
    return grade if grade in palette.GRADES else label_of(grade, words)


def _distribution_alt(rows: list[Row], group: str, places: list[str], mine: dict[str, str], force_name: str, words: Words) -> str:
    """Every number where there are few bars, else where each end of the scale and the unknown are most frequent."""
    own = [
        f"{force_name} {place}: {mine[place] if mine[place] in palette.GRADES else label_of(mine[place], words)}"
        for place in places
        if place in mine
    ]
    categories = _categories(rows, words)
    if len(places) <= 4:
        counts = {
            place: [f"{name} {int(r['forces'])}" for name, _, same in categories for r in same if r[group] == place]
            for place in places
        }
        return joined([f"{place}: {', '.join(counts[place])}" for place in places] + own)
    parts = []
    for name, _, same in categories:
        if name not in list(palette.GRADES)[1:-1]:
            most = max(same, key=lambda row: int(row["forces"]))
            parts.append(f"{name} most often in {most[group]} ({forces(int(most['forces']))})")
    return joined([f"{len(places)} bars", *parts, *own[:4]])


def _categories(rows: list[Row], words: Words) -> list[tuple[str, Style, list[Row]]]:
    """Grades best first, then each reason for having none; only what occurs."""
    found = []
    for grade, style in palette.GRADES.items():
        found.append((grade, style, [row for row in rows if not missing(row["grade"]) and row["grade"] == grade]))
    for status in dict.fromkeys(row["status"] for row in rows if missing(row["grade"])):
        same = [row for row in rows if missing(row["grade"]) and row["status"] == status]
        found.append((label_of(status, words), palette.status_style(status, words), same))
    return [entry for entry in found if entry[2]]


def _above_bar(text: str, index: int, side: str) -> dict[str, Any]:
    return {
        "text": text,
        "x": 0 if side == "left" else 1,
        "xref": "paper",
        "xanchor": side,
        "y": index - 0.27,
        "yanchor": "bottom",
    }


def grade_counts_strip(frame: pd.DataFrame, *, title: str, empty: str, my_force: str | None) -> Chart:
    """Stacked bars of the number of areas at each grade, one a force, in the frame's order.

    frame: force_code, force_name (str), outstanding, good, adequate, requires_improvement, inadequate (int).
    """
    need(frame, ("force_code", "force_name", *_COUNTS.values()), "grade_counts_strip")
    if frame.empty:
        return template.empty_chart(title, empty)
    rows = rows_of(frame)
    widest = max(sum(int(row[column]) for column in _COUNTS.values()) for row in rows)
    unit = (PHONE - max(text_width(str(row["force_name"])) for row in rows)) / max(widest, 1)
    traces, alt = [], []
    for grade, column in _COUNTS.items():
        style = palette.grade_style(grade)
        counts = [int(row[column]) for row in rows]
        if any(counts):
            hovers = [
                hover(str(row["force_name"]), f"{grade}: {count} area{'' if count == 1 else 's'}")
                for row, count in zip(rows, counts, strict=True)
            ]
            text = [_count(style.mark, count, unit) for count in counts]
            traces.append(stack(f"{style.mark} {grade}", style, list(range(len(rows))), counts, text, hovers, width=0.8))
    for row in rows:
        if row["force_code"] == my_force:
            said = [f"{grade} {int(row[column])}" for grade, column in _COUNTS.items() if int(row[column])]
            alt.append(f"{row['force_name']}: {', '.join(said)}")
    total = {grade: sum(int(row[column]) for row in rows) for grade, column in _COUNTS.items()}
    alt.append(f"all {len(rows)} forces: " + ", ".join(f"{grade} {count}" for grade, count in total.items() if count))
    names = [
        template.coloured(
            str(row["force_name"]),
            palette.ACCENT if row["force_code"] == my_force else palette.INK,
            row["force_code"] == my_force,
        )
        for row in rows
    ]
    height = ROW * len(rows)
    legend, legend_height = template.legend_below([trace["name"] for trace in traces], height, 8)
    layout = {
        "barmode": "stack",
        "margin": {"t": 8, "r": 8, "b": 12 + legend_height},
        "xaxis": {"visible": False},
        "yaxis": {"range": [len(rows) - 0.5, -0.5], "tickvals": list(range(len(rows))), "ticktext": names},
        "showlegend": True,
        "legend": legend,
    }
    return template.chart(traces, title=title, alt=joined(alt), height=height + legend_height + 20, layout=layout)
