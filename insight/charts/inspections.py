"""Inspections, monitoring and grades in time: one force or all, with every date drawn as precisely as it is known."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Literal

import pandas as pd

from insight.charts import palette
from insight.charts.chart import Row, joined, need
from insight.charts.model.common import KeyItem
from insight.charts.model.timeline import Event, Lane, Period, Timeline
from insight.charts.palette import Style
from insight.format import is_missing, long_day
from insight.records import records

UNSURE = "Open mark: known to the month or year only"
WIDE_BADGE = "Wide box: published within these dates, on a day not known to us"
# One mark a kind, so that it means the same in every figure and whichever kinds a force has.
MARKS = {
    "Report published": ("circle", palette.INK),
    "Report only; date of the visit not known": ("x", palette.COMPARED),
    "Inspection": ("diamond", palette.INK),
    "Re-inspection": ("hexagon", palette.INK),
    "Graded inspection": ("star", palette.INK),
    "Review": ("square", palette.COMPARED),
    "Action plan expected": ("triangle-up", palette.COMPARED),
    "Return planned": ("triangle-down", palette.INK),
    "Issued": ("cross", palette.INK),
    "Revisited": ("hash", palette.INK),
    "Closed": ("x", palette.COMPARED),
    "Began; end not known": ("triangle-right", palette.INK),
    "Ended; beginning not known": ("triangle-left", palette.COMPARED),
}
_OTHER_MARKS = ("hourglass", "bowtie", "pentagon", "diamond-tall")
_COLUMNS = ("row", "kind", "start", "end", "shape", "detail")


def inspection_timeline(
    frame: pd.DataFrame,
    *,
    title: str,
    empty: str,
    my_row: str | None = None,
    as_of: date | None = None,
    finding: str = "",
    labels: Literal["above", "beside"] = "beside",
) -> Timeline:
    """Events and periods on a time axis, a lane for each value of `row` (forces, or kinds of one force), in the frame's order.

    frame: row, kind (str, the words of the key), start, end (dates), shape ('event', 'spell' or 'grade'), detail (str, told of
    it). An event known to the day has start = end; one known to the month or year has the first and last day of it. A spell
    runs from start to end; where its ends are not known to the day, optional certain_from and certain_to bound its solid part.
    The kind of a grade is the grade; optional told_by says who reported it. `as_of` is drawn as a line. `finding`: what it
    shows, for the text alternative.
    """
    need(frame, _COLUMNS, "inspection_timeline")
    if frame.empty:
        return Timeline(title=title, alt=empty, unit="date")
    rows = [{**row, "start": _day(row["start"]), "end": _day(row["end"])} for row in records(frame)]
    kinds = list(dict.fromkeys(str(row["kind"]) for row in rows if row["shape"] == "event"))
    marks = {kind: _mark(kind, kinds) for kind in kinds}
    names = list(dict.fromkeys(str(row["row"]) for row in rows))
    lanes = tuple(_lane(name, [row for row in rows if row["row"] == name], marks, _is_mine(name, my_row)) for name in names)
    days = [*(row["start"] for row in rows), *(row["end"] for row in rows)]
    return Timeline(
        title=title,
        alt=" ".join(part for part in (finding, _alt(rows, my_row, len(lanes))) if part),
        unit="date",
        key=_key(lanes, marks),
        lanes=lanes,
        first=min(days),
        last=max([*days, *([_day(as_of)] if as_of is not None else [])]),
        as_of=None if as_of is None else _day(as_of),
        labels=labels,
    )


def _is_mine(name: str, my_row: str | None) -> bool:
    """Whether a lane is of my force: of its name, or one of its kinds ('Kent: Engage')."""
    return my_row is not None and (name == my_row or name.startswith(f"{my_row}: "))


def _lane(name: str, rows: Sequence[Row], marks: dict[str, tuple[str, str]], mine: bool) -> Lane:
    events = tuple(
        _grade(row) if row["shape"] == "grade" else _event(row, *marks[row["kind"]]) for row in rows if not _lasts(row)
    )
    return Lane(name, events, tuple(_period(row) for row in rows if _lasts(row)), mine)


def _lasts(row: Row) -> bool:
    return bool(row["shape"] == "spell")


def _event(row: Row, shape: str, colour: str) -> Event:
    fill = colour if row["start"] == row["end"] else palette.WHITE
    return Event(str(row["kind"]), shape, row["start"], row["end"], Style(fill, palette.INK, colour), _said(row))


def _grade(row: Row) -> Event:
    """A box with the grade's letter; hollow where the press reported the grade."""
    style = palette.reported_style(str(row["kind"]), None if is_missing(row.get("told_by")) else str(row["told_by"]))
    return Event(str(row["kind"]), "badge", row["start"], row["end"], style, _said(row), style.mark)


def _period(row: Row) -> Period:
    start = row["start"] if is_missing(row.get("certain_from")) else _day(row["certain_from"])
    end = row["end"] if is_missing(row.get("certain_to")) else _day(row["certain_to"])
    return Period(str(row["kind"]), row["start"], row["end"], start, end, _said(row))


def _mark(kind: str, kinds: list[str]) -> tuple[str, str]:
    """Shape and colour of a kind; a visit is marked as the kind of inspection that it is."""
    plain = kind.removesuffix(": visit")
    others = [one for one in kinds if one.removesuffix(": visit") not in MARKS]
    return MARKS[plain] if plain in MARKS else (_OTHER_MARKS[others.index(kind) % len(_OTHER_MARKS)], palette.INK)


def _day(value: Any) -> date:
    return pd.Timestamp(value).date()


def _when(row: Row) -> str:
    """A day, or the span within which it lies."""
    if row["start"] == row["end"]:
        return long_day(row["start"])
    joint = "to" if _lasts(row) else "and"
    between = "" if _lasts(row) else "some day between "
    return f"{between}{long_day(row['start'])} {joint} {long_day(row['end'])}"


def _said(row: Row) -> tuple[str, ...]:
    told = (str(row["row"]), str(row["kind"]), _when(row), "" if is_missing(row["detail"]) else str(row["detail"]))
    return tuple(line for line in told if line)


def _key(lanes: Sequence[Lane], marks: dict[str, tuple[str, str]]) -> tuple[KeyItem, ...]:
    """Every kind once: grades, events, periods; then what an open mark means."""
    events = [event for lane in lanes for event in lane.events]
    held = {event.kind for event in events if event.shape == "badge"}
    items = [palette.key_item(grade, style) for grade, style in palette.GRADES.items() if grade in held]
    items += palette.press_key(event.style for event in events)
    if any(event.shape == "badge" and not event.exact for event in events):
        items.append(KeyItem("wide", WIDE_BADGE, palette.RULE))
    items += [KeyItem(shape, kind.removesuffix(": visit"), colour) for kind, (shape, colour) in marks.items()]
    periods = [period for lane in lanes for period in lane.periods]
    for kind in dict.fromkeys(period.kind for period in periods):
        items.append(KeyItem("box", kind, palette.OTHER))
    if any(period.certain_from > period.start or period.certain_to < period.end for period in periods):
        items.append(KeyItem("hatch", "Its beginning or end lies in this part", palette.COMPARED))
    if any(not event.exact and event.shape != "badge" for event in events):
        items.append(KeyItem("open", UNSURE, palette.INK))
    return tuple(items)


def _alt(rows: list[Row], my_row: str | None, lanes: int) -> str:
    own = sorted((row for row in rows if row["row"] == my_row), key=lambda row: row["start"])
    shown = own or (sorted(rows, key=lambda row: row["start"]) if lanes == 1 else [])
    parts = [f"{row['kind']}: {_when(row)}" for row in shown[-4:]]
    if parts and shown is own:
        parts[0] = f"{my_row}, {parts[0]}"
    newest = max(rows, key=lambda row: row["end"])
    name = newest["kind"] if newest["kind"] == newest["row"] else f"{newest['row']}, {newest['kind']}"
    parts.append(f"{len(rows)} entries on {lanes} lines, the newest {name} ({_when(newest)})")
    return joined(parts)
