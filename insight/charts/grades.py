"""Inspection grades of one force over the cycles, question by question. Never averaged."""

from collections.abc import Collection, Mapping
from itertools import pairwise
from typing import Any

import pandas as pd

from insight.charts import palette, template
from insight.charts.cells import Cell, cells
from insight.charts.chart import Chart, Row, hover, joined, need
from insight.charts.labels import wrap
from insight.charts.model.common import KeyItem
from insight.charts.palette import Style
from insight.cycles import may_be_compared, seams
from insight.format import Words, is_missing, label_of
from insight.records import records

NOT_COMPARABLE = "Grades on either side of a dashed line cannot be compared."
HIGHER, LOWER = "↑", "↓"  # a grade beside that of the cycle before
_MOVES = {
    HIGHER: "A higher grade than in the cycle before",
    LOWER: "A lower grade than in the cycle before",
}
JOINED = "These two cycles can be compared"
CELL = 0.78  # width of a cell in a band of 1
ROW = 36


def grade_timeline(
    frame: pd.DataFrame,
    *,
    title: str,
    empty: str,
    force_name: str,
    cycles: pd.DataFrame,
    questions: pd.DataFrame,
    words: Words,
) -> Chart:
    """One force's grades: a row a question, a band a cycle, and a seam wherever the inspectorate allows no comparison.

    Newest first: the newest cycle at the left, and above the questions of which the newest grades are.

    frame: cycle, question, grade (str, missing where there is none), status (str), published (str as precise as known, or
    missing), and where known source_kind: a grade read in the press is hollow. cycles: cycle, position, comparable_with_previous
    (bool, missing for the first). questions: question, position, short_title. A line joins two grades only where the later
    cycle is comparable with the one right before it; there an arrow beside the letter says that the grade is higher or lower.
    """
    need(frame, ("cycle", "question", "grade", "status", "published"), "grade_timeline")
    need(cycles, ("cycle", "position", "comparable_with_previous"), "grade_timeline cycles")
    need(questions, ("question", "position", "short_title"), "grade_timeline questions")
    if frame.empty:
        return template.empty_chart(title, empty)
    columns = sorted(records(cycles), key=lambda row: int(row["position"]))
    x = {row["cycle"]: index for index, row in enumerate(reversed(columns))}
    lines = _newest_asked_first(records(questions), frame, x)
    y = {row["question"]: index for index, row in enumerate(lines)}
    held = {(row["question"], row["cycle"]): row for row in records(frame) if row["question"] in y and row["cycle"] in x}
    parted = seams(cycles)
    places = [x[cycle] + 0.5 for cycle in parted]
    steps = _steps(held, columns, y)
    height = ROW * len(lines)
    note_height = 34 if parted else 0
    traces: list[dict[str, Any]] = [
        _joins(steps, x, y),
        *cells([_cell(row, x, y, steps, held, words) for row in held.values()], name="Grades", width=CELL, height=0.8),
    ]
    layout = {
        "margin": {"t": 44, "r": 4, "b": 12 + note_height, "pad": 6},
        "xaxis": {
            "side": "top",
            "range": [-0.5, len(columns) - 0.5],
            "tickvals": list(x.values()),
            "ticktext": [_two_lines(str(cycle)) for cycle in x],
            "tickangle": 0,
            "tickfont": {"size": template.SMALL, "color": palette.INK},
        },
        "yaxis": {
            "range": [len(lines) - 0.5, -0.5],
            "tickvals": list(y.values()),
            "ticktext": [wrap(str(row["short_title"]), 13) for row in lines],
            "tickfont": {"size": template.SMALL, "color": palette.INK},
        },
        "shapes": [*_bands(len(columns)), *(template.vertical(seam, 0, 1.02, "dash", palette.INK) for seam in places)],
        "annotations": [_note_below(NOT_COMPARABLE)] if parted else [],
    }
    alt = _timeline_alt(force_name, list(held.values()), columns, parted, words)
    key = (*_key(list(held.values()), words), *_moves_key(steps, held))
    return template.chart(traces, title=title, alt=alt, height=height + 56 + note_height, layout=layout, key=key)


def _newest_asked_first(questions: list[Row], frame: pd.DataFrame, x: Mapping[str, int]) -> list[Row]:
    """The questions that are asked in the frame, those that a newer cycle asked above, else by their position."""
    first = {question: min(x.get(cycle, len(x)) for cycle in same) for question, same in frame.groupby("question")["cycle"]}
    asked = [row for row in questions if row["question"] in first]
    return sorted(asked, key=lambda row: (first[row["question"]], int(row["position"])))


def _joins(steps: list[tuple[str, str, str]], x: Mapping[str, int], y: Mapping[str, int]) -> dict[str, Any]:
    """A line between each two grades that may be compared."""
    return template.scatter(
        "Comparable cycles",
        "lines",
        template.joined_with_gaps([x[later] + CELL / 2, x[earlier] - CELL / 2] for _, earlier, later in steps),
        template.joined_with_gaps([y[question]] * 2 for question, _, _ in steps),
        showlegend=False,
        line={"color": palette.RULE, "width": 2},
    )


def _two_lines(cycle: str) -> str:
    """2018/19 and 2023-25 in two lines, for they stand above narrow bands."""
    return cycle if len(cycle) <= 4 else f"{cycle[:4]}<br>{cycle[4:]}"


def _steps(held: Mapping[tuple[str, str], Row], columns: list[Row], y: Mapping[str, int]) -> list[tuple[str, str, str]]:
    """Question, earlier and later cycle of two grades next to each other that may be compared."""
    steps = []
    for before, after in pairwise(columns):
        if not may_be_compared(after):
            continue
        for question in y:
            pair = [held.get((question, row["cycle"])) for row in (before, after)]
            if all(row is not None and not is_missing(row["grade"]) for row in pair):
                steps.append((question, before["cycle"], after["cycle"]))
    return steps


def _style(row: Row, words: Words) -> Style:
    if is_missing(row["grade"]):
        return palette.status_style(row["status"], words)
    return palette.reported_style(str(row["grade"]), row.get("source_kind"))


def _cell(
    row: Row,
    x: Mapping[str, int],
    y: Mapping[str, int],
    steps: list[tuple[str, str, str]],
    held: Mapping[tuple[str, str], Row],
    words: Words,
) -> Cell:
    style = _style(row, words)
    said = label_of(row["status"], words) if is_missing(row["grade"]) else str(row["grade"])
    before = next((a for question, a, b in steps if question == row["question"] and b == row["cycle"]), None)
    was = f"{held[(row['question'], before)]['grade']} in {before}" if before is not None else ""
    published = "" if is_missing(row["published"]) else f"published {row['published']}"
    text = hover(str(row["question"]), f"{row['cycle']}: {said}", published, was)
    arrow = "" if before is None else _moved(str(held[(row["question"], before)]["grade"]), str(row["grade"]))
    moved = f" {arrow}" if arrow else ""
    return Cell(x[row["cycle"]], y[row["question"]], style, f"<b>{style.mark}</b>{moved}", text)


def _moved(before: str, after: str) -> str:
    """An arrow beside the letter of a grade that differs from that of the cycle before, for cycles that may be compared."""
    scale = list(palette.GRADES)
    if before == after:
        return ""
    return HIGHER if scale.index(after) < scale.index(before) else LOWER


def _moves_key(steps: list[tuple[str, str, str]], held: Mapping[tuple[str, str], Row]) -> list[KeyItem]:
    """What the arrows beside letters, and the lines between cells, stand for; only those that are drawn."""
    there = {_moved(str(held[(one, before)]["grade"]), str(held[(one, after)]["grade"])) for one, before, after in steps}
    arrows = [KeyItem(arrow, told, palette.INK) for arrow, told in _MOVES.items() if arrow in there]
    return [*arrows, *([KeyItem("line", JOINED, palette.RULE)] if steps else [])]


def _bands(count: int) -> list[dict[str, Any]]:
    return [
        {
            "type": "rect",
            "layer": "below",
            "x0": index - 0.5,
            "x1": index + 0.5,
            "y0": 0,
            "y1": 1,
            "yref": "paper",
            "fillcolor": palette.BAND if index % 2 == 0 else palette.WHITE,
            "line": {"width": 0},
        }
        for index in range(count)
    ]


def _note_below(text: str) -> dict[str, Any]:
    return {
        "text": wrap(text, 46),
        "x": 1,
        "xref": "paper",
        "xanchor": "right",
        "y": 0,
        "yref": "paper",
        "yanchor": "top",
        "yshift": -8,
        "align": "right",
        "font": {"size": template.SMALL, "color": palette.MUTED},
    }


def _key(rows: list[Row], words: Words) -> tuple[KeyItem, ...]:
    there = {row["grade"] for row in rows if not is_missing(row["grade"])}
    entries = [(grade, style) for grade, style in palette.GRADES.items() if grade in there]
    entries += [
        (label_of(status, words), palette.status_style(status, words))
        for status in dict.fromkeys(row["status"] for row in rows if is_missing(row["grade"]))
    ]
    press = palette.press_key(_style(row, words) for row in rows)
    return (*(palette.key_item(name, style) for name, style in entries), *press)


def _timeline_alt(force_name: str, rows: list[Row], columns: list[Row], parted: Collection[str], words: Words) -> str:
    """The newest cycle and the one before it, question counts only: grades are never compared across a seam."""
    known = [column for column in columns if any(row["cycle"] == column["cycle"] for row in rows)]
    parts = []
    for column in reversed(known[-2:]):
        own = [row for row in rows if row["cycle"] == column["cycle"]]
        said = [label_of(row["status"], words) if is_missing(row["grade"]) else str(row["grade"]) for row in own]
        order = dict.fromkeys([*(grade for grade in palette.GRADES if grade in said), *said])
        counted = ", ".join(f"{word} {said.count(word)}" for word in order)
        seam = " (not comparable with the cycle before)" if column["cycle"] in parted else ""
        parts.append(f"{column['cycle']}{seam}: {counted}")
    earlier = f"grades since {known[0]['cycle']}" if len(known) > 2 else ""
    return joined([f"{force_name}, questions at each grade in {parts[0]}", *parts[1:], earlier])
