"""Case files that inspectors audited: how many were good, required improvement or were inadequate."""

from typing import Any

import pandas as pd

from insight.charts import hatches, palette
from insight.charts.chart import Row, joined, need
from insight.charts.grade_counts import parts_of
from insight.charts.model.common import KeyItem
from insight.charts.model.stacks import Interval, Stack, StackChart
from insight.charts.palette import Style
from insight.format import is_missing, plural
from insight.records import records

_AUDIT = {"Good": "good", "Requires improvement": "requires_improvement", "Inadequate": "inadequate"}
_NOT_PUBLISHED, _UNGRADED = "Grade not published", Style(palette.WHITE, palette.INK, palette.RULE, "/")
_INTERVALS = "95% interval of good (G, from the left) and inadequate (I, from the right)"
NO_BREAK = "\u00a0"
_TICKS = ((0.0, "0%"), (25.0, "25%"), (50.0, "50%"), (75.0, "75%"), (100.0, "100%"))


def case_audits(frame: pd.DataFrame, *, title: str, empty: str, my_force: str | None) -> StackChart:
    """Audited case files by grade, as shares of the files, a bar an inspection labelled with their number, in the frame's order.

    frame: force_code (str), label (str, e.g. force, kind and month), audited (int), good, requires_improvement, inadequate
    (int, missing where not known); and where known good_lower_95, good_upper_95, inadequate_lower_95, inadequate_upper_95
    (per cent), drawn as lines under the bar.
    """
    need(frame, ("force_code", "label", "audited", *_AUDIT.values()), "case_audits")
    rows = [row for row in records(frame) if not is_missing(row["audited"]) and int(row["audited"]) > 0]
    if not rows:
        return StackChart(title=title, alt=empty, unit="% of case files")
    stacks = tuple(_stack(row, row["force_code"] == my_force) for row in rows)
    found = {part.category for stack in stacks for part in stack.parts if part.length}
    key = [palette.key_item(grade, palette.grade_style(grade)) for grade in _AUDIT]
    key.insert(-1, palette.key_item(_NOT_PUBLISHED, _UNGRADED))
    key = [item for item in key if item.mark not in hatches.SIGNS or _NOT_PUBLISHED in found]
    if any(stack.intervals for stack in stacks):
        key.append(KeyItem("line", _INTERVALS, palette.INK))
    return StackChart(
        title=title,
        alt=_alt(rows, my_force),
        unit="% of case files",
        key=tuple(key),
        stacks=stacks,
        total=100.0,
        ticks=_TICKS,
        narrow=True,
    )


def _stack(row: Row, mine: bool) -> Stack:
    total = int(row["audited"])
    counts = [
        (grade, palette.grade_style(grade), _number(row, grade) or 0, f"{_said(row, grade)} of {total}") for grade in _AUDIT
    ]
    rest = total - sum(count for _, _, count, _ in counts)
    # Before the inadequate ones, so that these always end at the right, where their interval is measured from.
    counts.insert(-1, (_NOT_PUBLISHED, _UNGRADED, rest, f"{rest} of {total}"))
    label = f"{row['label']}, {plural(total, 'file').replace(' ', NO_BREAK)}"
    return Stack(label, parts_of(counts, 100 / total), mine, intervals=_intervals(row))


def _number(row: Row, grade: str) -> int | None:
    value = row[_AUDIT[grade]]
    return None if is_missing(value) else int(value)


def _said(row: Row, grade: str) -> str:
    """A number, which may be zero, or that it is not known, which is not zero."""
    count = _number(row, grade)
    return "not known" if count is None else str(count)


def _intervals(row: Row) -> tuple[Interval, ...]:
    """Of good, and of inadequate, which is measured from the right edge."""
    found = []
    for name, letter, from_right in (("good", "G", False), ("inadequate", "I", True)):
        lower: Any = row.get(f"{name}_lower_95")
        upper: Any = row.get(f"{name}_upper_95")
        if not is_missing(lower) and not is_missing(upper):
            low, high = (100 - float(upper), 100 - float(lower)) if from_right else (float(lower), float(upper))
            found.append(Interval(name, letter, low, high, from_right))
    return tuple(found)


def _alt(rows: list[Row], my_force: str | None) -> str:
    said = [
        f"{row['label']}: {', '.join(f'{grade.lower()} {_said(row, grade)}' for grade in _AUDIT)} of {int(row['audited'])}"
        for row in rows
    ]
    own = [text for text, row in zip(said, rows, strict=True) if row["force_code"] == my_force]
    count = len({row["force_code"] for row in rows})
    return joined([*(own or said[:2]), f"{len(rows)} audits of {plural(count, 'force')}" if count > 1 else ""])
