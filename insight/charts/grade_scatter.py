"""Grade against measure: one column a grade, one point a force, spread sideways by rule so that none hides another."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from insight.charts import marks, palette, template
from insight.charts.chart import Chart, Row, hover, joined, need, partial, rows_of
from insight.charts.labels import line_count, wrap
from insight.format import FigureFormat, Words, is_missing, plural, upper_first

HEIGHT = 340
_STEP = 0.085  # sideways, in columns: one point and a little
_NEAR = 0.024  # in shares of the axis: closer ones would touch


def grade_scatter(
    frame: pd.DataFrame, *, title: str, empty: str, my_force: str | None, unit: str, decimals: int, words: Words
) -> Chart:
    """Points of forces by grade, worst grade on the right; a lower bound is an asterisk, my force is named.

    frame: area_code, area_name (str), grade (str, missing where not known), value (float, NaN for none), status (str),
    hidden_parts (int), used (bool: whether the correlation counts it). The place within a column follows from the values alone.
    """
    need(frame, ("area_code", "area_name", "grade", "value", "status", "hidden_parts", "used"), "grade_scatter")
    write = FigureFormat(unit, decimals, words)
    rows = [row for row in rows_of(frame) if not is_missing(row["grade"]) and not is_missing(row["value"])]
    if not rows:
        return template.empty_chart(title, empty)
    grades = [grade for grade in palette.GRADES if any(row["grade"] == grade for row in rows)]
    top = max(float(row["value"]) for row in rows) * 1.12 or 1.0
    placed: list[tuple[float, Row]] = []
    for column, grade in enumerate(grades):
        same = [row for row in rows if row["grade"] == grade]
        placed += [(column + aside, row) for aside, row in zip(spread([float(r["value"]) for r in same], top), same, strict=True)]
    groups = [
        ("Forces", palette.COMPARED, [(x, row) for x, row in placed if row["used"] and row["area_code"] != my_force]),
        ("Not counted", palette.COMPARED, [(x, row) for x, row in placed if not row["used"] and row["area_code"] != my_force]),
        ("My force", palette.ACCENT, [(x, row) for x, row in placed if row["area_code"] == my_force]),
    ]
    shown = [_points(name, colour, points, write) for name, colour, points in groups if points]
    own = [(x, row) for x, row in placed if row["area_code"] == my_force]
    note = wrap(upper_first(unit), 52)
    key = wrap(", ".join([*(f"{palette.grade_style(grade).mark} {grade}" for grade in grades), *_uncounted(rows)]), 46)
    foot = 62 + 16 * line_count(key)
    layout = {
        "margin": {"t": 34, "r": 8, "b": foot, "l": 8},
        "xaxis": {
            "range": [-0.6, len(grades) - 0.4],
            "tickvals": list(range(len(grades))),
            "ticktext": [_label(grade, sum(row["grade"] == grade for row in rows)) for grade in grades],
            "tickfont": {"size": template.SMALL, "color": palette.INK},
            "tickangle": 0,
        },
        "yaxis": {"range": [0, top], "showgrid": True, "nticks": 6},
        "shapes": [template.vertical(index + 0.5, 0, 1, "dot", palette.GRID) for index in range(len(grades) - 1)],
        "annotations": [template.note_above(note, 6), _key_below(key), *(_name(x, row) for x, row in own)],
    }
    alt = _alt(rows, grades, my_force, write)
    return template.chart(shown, title=title, alt=alt, height=HEIGHT + foot, layout=layout)


def spread(values: Sequence[float], top: float) -> list[float]:
    """How far aside of its column each value stands: 0 where there is room, else the next free place left or right.

    The order of the values does not matter: places are given from the smallest up.
    """
    asides = [0.0] * len(values)
    taken: list[tuple[float, float]] = []
    for index in sorted(range(len(values)), key=lambda one: (values[one], one)):
        height = values[index] / top
        used = {aside for aside, other in taken if abs(other - height) < _NEAR}
        aside = next(place for place in _places() if place not in used)
        asides[index] = aside
        taken.append((aside, height))
    return asides


def _places() -> Any:
    yield 0.0
    step = 1
    while True:
        yield round(step * _STEP, 6)
        yield round(-step * _STEP, 6)
        step += 1


def _points(name: str, colour: str, points: list[tuple[float, Row]], write: FigureFormat) -> dict[str, Any]:
    counted = name != "Not counted"
    return template.scatter(
        name,
        "markers",
        [x for x, _ in points],
        [float(row["value"]) for _, row in points],
        [_hover(row, write) for _, row in points],
        marker={
            "size": 11 if name == "My force" else 9,
            "color": [colour if row["used"] or partial(row) else palette.WHITE for _, row in points],
            "symbol": [marks.PLOTLY_BOUND if partial(row) else "circle" for _, row in points],
            "line": {"color": colour if not counted else palette.WHITE if name != "My force" else colour, "width": 1.5},
        },
    )


def _hover(row: Row, write: FigureFormat) -> str:
    return hover(str(row["area_name"]), str(row["grade"]), write.text(row), "" if row["used"] else "Not counted")


def _label(grade: str, count: int) -> str:
    style = palette.grade_style(grade)
    return f"<b>{style.mark}</b><br>{plural(count, 'force')}"


def _uncounted(rows: list[Row]) -> list[str]:
    """What the open marks are and how many: they are drawn, and in the numbers of the columns, but not in the sentence."""
    apart = [row for row in rows if not row["used"]]
    bounds = sum(partial(row) for row in apart)
    counted = ((bounds, f"{marks.BOUND_SIGN} a minimum"), (len(apart) - bounds, "○ another figure"))
    return [f"{mark}, drawn but not counted ({number})" for number, mark in counted if number]


def _key_below(text: str) -> dict[str, Any]:
    """What the letters stand for, under the axis: in words beside them they would not fit on a phone."""
    return {
        "text": text,
        "x": 0.5,
        "xref": "paper",
        "y": 0,
        "yref": "paper",
        "yanchor": "top",
        "yshift": -48,
        "font": {"size": template.SMALL, "color": palette.MUTED},
    }


def _name(x: float, row: Row) -> dict[str, Any]:
    return {
        "text": template.coloured(str(row["area_name"]), palette.ACCENT, bold=True),
        "x": x,
        "y": float(row["value"]),
        "yanchor": "bottom",
        "yshift": 8,
        "bgcolor": "rgba(255,255,255,0.8)",
    }


def _alt(rows: list[Row], grades: list[str], my_force: str | None, write: FigureFormat) -> str:
    parts = [
        f"{row['area_name']}: {row['grade']}, {write.text(row)}" for row in rows if row["area_code"] == my_force
    ]  # fmt: skip
    for grade in grades:
        values = sorted(float(row["value"]) for row in rows if row["grade"] == grade)
        span = write.amount(values[0]) if len(values) == 1 else f"{write.amount(values[0])} to {write.amount(values[-1])}"
        parts.append(f"{grade}, {plural(len(values), 'force')}: {span}")
    return joined(parts)
