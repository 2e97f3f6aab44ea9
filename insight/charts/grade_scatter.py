"""Grade against measure: one column a grade, one point a force, spread sideways by rule so that none hides another."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from insight.charts import marks, palette, template
from insight.charts.chart import Chart, Row, hover, joined, need, partial
from insight.charts.labels import PHONE, place_labels, wrap
from insight.charts.model.common import KeyItem
from insight.format import FigureFormat, Words, is_missing, plural, upper_first
from insight.records import records

HEIGHT, FOOT = 340, 54  # pixels of the plot, and of the grades under it
_STEP = 0.085  # sideways, in columns: one point and a little
_NEAR = 0.024  # in shares of the axis: closer ones would touch
_PLAIN = palette.Hue(palette.COMPARED, palette.MUTED, "circle")  # of a force that nobody chose
_Placed = list[tuple[float, Row]]  # where in the columns each force stands


def grade_scatter(
    frame: pd.DataFrame,
    *,
    title: str,
    empty: str,
    my_force: str | None,
    unit: str,
    decimals: int,
    words: Words,
    compared: Sequence[str] = (),
) -> Chart:
    """Points of forces by grade, worst grade on the right; a lower bound is an asterisk, my force and chosen ones are named.

    frame: area_code, area_name (str), grade (str, missing where not known), value (float, NaN for none), status (str),
    hidden_parts (int), used (bool: whether the correlation counts it). The place within a column follows from the values alone.
    `compared`: codes of the chosen forces in the order of choice.
    """
    need(frame, ("area_code", "area_name", "grade", "value", "status", "hidden_parts", "used"), "grade_scatter")
    write = FigureFormat(unit, decimals, words)
    rows = [row for row in records(frame) if not is_missing(row["grade"]) and not is_missing(row["value"])]
    if not rows:
        return template.empty_chart(title, empty)
    grades = [grade for grade in palette.GRADES if any(row["grade"] == grade for row in rows)]
    top = max(float(row["value"]) for row in rows) * 1.12 or 1.0
    placed: _Placed = []
    for column, grade in enumerate(grades):
        same = [row for row in rows if row["grade"] == grade]
        placed += [(column + aside, row) for aside, row in zip(spread([float(r["value"]) for r in same], top), same, strict=True)]
    hues = palette.named_hues(compared, my_force)
    others = [(x, row) for x, row in placed if row["area_code"] not in hues]
    groups = [
        ("Forces", [one for one in others if one[1]["used"]]),
        ("Not counted", [one for one in others if not one[1]["used"]]),
    ]
    traces = [_points(name, _PLAIN, points, write) for name, points in groups if points]
    layout = {
        "margin": {"t": 34, "r": 8, "b": FOOT, "l": 8},
        "xaxis": {
            "range": [-0.6, len(grades) - 0.4],
            "tickvals": list(range(len(grades))),
            "ticktext": [_label(grade, sum(row["grade"] == grade for row in rows)) for grade in grades],
            "tickfont": {"size": template.SMALL, "color": palette.INK},
            "tickangle": 0,
        },
        "yaxis": {"range": [0, top], "showgrid": True, "nticks": 6},
        "shapes": [template.vertical(index + 0.5, 0, 1, "dot", palette.GRID) for index in range(len(grades) - 1)],
        "annotations": [template.note_above(wrap(upper_first(unit), 52), 6)],
    }
    traces += _named(placed, hues, len(grades), top, write)
    alt = _alt(rows, grades, list(hues)[::-1], write)
    return template.chart(traces, title=title, alt=alt, height=HEIGHT + FOOT, layout=layout, key=_key(rows, grades))


def _named(
    placed: _Placed, hues: Mapping[str, palette.Hue], columns: int, top: float, write: FigureFormat
) -> list[dict[str, Any]]:
    """My force and the chosen ones, each in its own look, its name where it covers fewest points on a phone."""

    def pixels(x: float, row: Row) -> tuple[float, float]:
        return (x + 0.6) / columns * (PHONE - 40), (1 - float(row["value"]) / top) * HEIGHT

    own = [(code, x, row) for code in list(hues)[::-1] for x, row in placed if row["area_code"] == code]
    names = [str(row["area_name"]) for *_, row in own]
    places = place_labels([pixels(x, row) for _, x, row in own], names, [pixels(*one) for one in placed], PHONE - 40)
    traces = []
    for (code, x, row), name, place in zip(own, names, places, strict=True):
        hue = hues[code]
        trace = _points("My force" if hue is palette.MINE else name, hue, [(x, row)], write)
        trace |= {"mode": "markers+text", "text": [f"<b>{name}</b>"], "textposition": place, "cliponaxis": False}
        traces.append(trace | {"textfont": {"size": template.SMALL, "color": hue.ink}})
    return traces[::-1]


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


def _points(name: str, hue: palette.Hue, points: _Placed, write: FigureFormat) -> dict[str, Any]:
    """Points in one colour; hollow where the correlation does not count them."""
    return template.scatter(
        name,
        "markers",
        [x for x, _ in points],
        [float(row["value"]) for _, row in points],
        [_hover(row, write) for _, row in points],
        marker={
            "size": 9 if hue is _PLAIN else 12,
            "color": [hue.colour if row["used"] or partial(row) else palette.WHITE for _, row in points],
            "symbol": [marks.PLOTLY_BOUND if partial(row) else hue.shape for _, row in points],
            "line": {"color": [palette.WHITE if row["used"] else hue.colour for _, row in points], "width": 1.5},
        },
    )


def _hover(row: Row, write: FigureFormat) -> str:
    return hover(str(row["area_name"]), str(row["grade"]), write.text(row), "" if row["used"] else "Not counted")


def _label(grade: str, count: int) -> str:
    style = palette.grade_style(grade)
    return f"<b>{style.mark}</b><br>{plural(count, 'force')}"


def _key(rows: list[Row], grades: list[str]) -> tuple[KeyItem, ...]:
    """What letters and marks stand for; of those that are drawn but not counted how many they are."""
    apart = [row for row in rows if not row["used"]]
    bounds = sum(partial(row) for row in apart)
    counted = (("bound", bounds, "A minimum"), ("open", len(apart) - bounds, "Another figure"))
    return (
        *(KeyItem(palette.grade_style(grade).mark, grade, palette.INK) for grade in grades),
        *(
            KeyItem(mark, f"{told}, drawn but not counted ({number})", palette.COMPARED)
            for mark, number, told in counted
            if number
        ),
    )


def _alt(rows: list[Row], grades: list[str], named: Sequence[str], write: FigureFormat) -> str:
    parts = [
        f"{row['area_name']}: {row['grade']}, {write.text(row)}" for code in named for row in rows if row["area_code"] == code
    ]  # fmt: skip
    for grade in grades:
        values = sorted(float(row["value"]) for row in rows if row["grade"] == grade)
        span = write.amount(values[0]) if len(values) == 1 else f"{write.amount(values[0])} to {write.amount(values[-1])}"
        parts.append(f"{grade}, {plural(len(values), 'force')}: {span}")
    return joined(parts)
