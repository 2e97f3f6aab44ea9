"""How many forces, or how many areas of a force, stand at each grade. Counted, never averaged."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd

from insight.charts import palette
from insight.charts.chart import Row, joined, need
from insight.charts.model.stacks import Part, Stack, StackChart
from insight.charts.palette import Style
from insight.format import Words, is_missing, label_of, plural, symbol_of
from insight.records import records
from insight.sources import as_reported, reported
from vocabulary import SourceKind

_COUNTS = {grade: grade.lower().replace(" ", "_") for grade in palette.GRADES}  # the columns of table grade_count
_REPORTED = as_reported(SourceKind.PRESS)
_FEW = 4  # bars whose every number is in the text alternative


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
) -> StackChart:
    """How many forces stand at each grade, one bar per question or cycle, in the frame's order; the unknown hatched.

    frame: the column named by `group` (str), grade (str, missing where there is none), status (str), forces (int) and, where
    there are, names (str: which they are, written where there is room), read_in_press (int: how many of these grades the press
    reported) and names_in_press (str: of which forces). `mine` gives my force's grade, or status, in a group; it stands beside
    the bar's name. `narrow`: on a phone.
    """
    need(frame, (group, "grade", "status", "forces"), "grade_distribution")
    rows = [row for row in records(frame) if int(row["forces"]) > 0]
    if not rows:
        return StackChart(title=title, alt=empty, unit="number of forces", narrow=narrow)
    places = list(dict.fromkeys(str(row[group]) for row in rows))
    categories = _categories(rows, words)
    own = dict(mine or {})
    stacks = []
    for place in places:
        asides = tuple(f"{force_name}: {said}" for said in _said(own[place], words)) if place in own else ()
        stacks.append(Stack(_known(place, rows, group), _parts_of_place(categories, place, group), asides=asides))
    return StackChart(
        title=title,
        alt=_distribution_alt(categories, group, places, own, force_name, words),
        unit="number of forces",
        key=(
            *(palette.key_item(name, style) for name, style, _ in categories),
            *palette.press_key(part.style for stack in stacks for part in stack.parts if part.length),
        ),
        stacks=tuple(stacks),
        total=_longest(stacks),
        narrow=narrow,
    )


def _known(place: str, rows: list[Row], group: str) -> str:
    """'Investigating: 34 of 43 known', the name of a bar."""
    same = [row for row in rows if str(row[group]) == place]
    known = sum(int(row["forces"]) for row in same if not is_missing(row["grade"]))
    return f"{place}: {known} of {sum(int(row['forces']) for row in same)} known"


def _parts_of_place(categories: Sequence[tuple[str, Style, list[Row]]], place: str, group: str) -> tuple[Part, ...]:
    """The parts of one bar; what the press reported is hollow and follows the rest of its grade.

    Each has its own number in it, with its own names where there is room.
    """
    counts: list[tuple[str, Style, int, str]] = []
    names: dict[str, str] = {}
    totals: dict[str, str] = {}
    for name, style, same in categories:
        for row in (one for one in same if str(one[group]) == place):
            press = int(row.get("read_in_press") or 0)
            total, press_name = int(row["forces"]), f"{name}{_REPORTED}"
            totals |= dict.fromkeys((name, press_name), plural(total, "force"))
            if not is_missing(row["grade"]):
                names |= {name: _others(row), press_name: str(row.get("names_in_press") or "")}
            said = totals[name] + (f" ({row['names']})" if row.get("names") else "")
            among = f", {press} of them {reported(SourceKind.PRESS)}" if 0 < press < total else ""
            counts.append((name, style, total - press, f"{said}{among}"))
            if press:
                told = f"{press} of {said}" if press < total else said
                counts.append((press_name, palette.reported_style(name, SourceKind.PRESS), press, told))
    parts = (replace(part, total=totals[part.category]) for part in parts_of(counts))
    return tuple(_named(part, names.get(part.category, "")) for part in parts)


def _others(row: Row) -> str:
    """The forces of a grade that the press did not report."""
    press = str(row.get("names_in_press") or "").split(", ")
    return ", ".join(name for name in str(row.get("names") or "").split(", ") if name not in press)


def _named(part: Part, names: str) -> Part:
    """A part with the names of its forces after its number, for where there is room."""
    return replace(part, texts=(f"{part.texts[0]}: {names}", *part.texts)) if names and part.texts else part


def parts_of(counts: Sequence[tuple[str, Style, int, str]], scale: float = 1.0) -> tuple[Part, ...]:
    """Parts in a row, each as long as its number times `scale`.

    counts: category, its style, number, and what is told of it.
    """
    parts, start = [], 0.0
    for category, style, count, told in counts:
        # Where a number has no room beside its letter, the letter stands alone: a number alone would leave the grade to colour.
        texts = tuple(dict.fromkeys([f"{style.mark} {count}".strip(), f"{style.mark}{count}", style.mark or str(count)]))
        parts.append(Part(category, start, count * scale, texts if count else (), style, (f"{category}: {told}",)))
        start += count * scale
    return tuple(parts)


def _longest(stacks: Sequence[Stack]) -> float:
    return max(1.0, *(stack.parts[-1].start + stack.parts[-1].length for stack in stacks if stack.parts))


def _said(grade: str, words: Words) -> tuple[str, str]:
    """A grade or status in full, and as its letter or symbol."""
    if grade in palette.GRADES:
        return grade, palette.grade_style(grade).mark
    return label_of(grade, words), symbol_of(grade, words)


def _distribution_alt(
    categories: Sequence[tuple[str, Style, list[Row]]],
    group: str,
    places: list[str],
    mine: dict[str, str],
    force_name: str,
    words: Words,
) -> str:
    """Every number where there are few bars, else where each end of the scale and the unknown are most frequent."""
    own = [f"{force_name} {place}: {_said(mine[place], words)[0]}" for place in places if place in mine]
    if len(places) <= _FEW:
        counts = {
            place: [f"{name} {int(row['forces'])}" for name, _, same in categories for row in same if row[group] == place]
            for place in places
        }
        return joined([f"{place}: {', '.join(counts[place])}" for place in places] + own)
    parts = []
    for name, _, same in categories:
        if name not in list(palette.GRADES)[1:-1]:
            most = max(same, key=lambda row: int(row["forces"]))
            parts.append(f"{name} most often in {most[group]} ({plural(int(most['forces']), 'force')})")
    return joined([f"{len(places)} bars", *parts, *own[:_FEW]])


def _categories(rows: list[Row], words: Words) -> list[tuple[str, Style, list[Row]]]:
    """Grades best first, then each reason for having none; only what occurs."""
    found = []
    for grade, style in palette.GRADES.items():
        found.append((grade, style, [row for row in rows if not is_missing(row["grade"]) and row["grade"] == grade]))
    for status in dict.fromkeys(row["status"] for row in rows if is_missing(row["grade"])):
        same = [row for row in rows if is_missing(row["grade"]) and row["status"] == status]
        found.append((label_of(status, words), palette.status_style(status, words), same))
    return [entry for entry in found if entry[2]]


def grade_counts_strip(frame: pd.DataFrame, *, title: str, empty: str, my_force: str | None) -> StackChart:
    """Stacked bars of the number of areas at each grade, one a force, in the frame's order.

    frame: force_code, force_name (str), outstanding, good, adequate, requires_improvement, inadequate (int) and, where known,
    source_kind: totals that the press reported are hollow, as grades are elsewhere.
    """
    need(frame, ("force_code", "force_name", *_COUNTS.values()), "grade_counts_strip")
    if frame.empty:
        return StackChart(title=title, alt=empty, unit="number of areas")
    rows = records(frame)
    stacks, alt = [], []
    for row in rows:
        counts = {grade: int(row[column]) for grade, column in _COUNTS.items() if int(row[column])}
        mine = row["force_code"] == my_force
        kind = row.get("source_kind")
        told = _REPORTED if kind == SourceKind.PRESS else ""
        parts = parts_of(
            [(f"{grade}{told}", palette.reported_style(grade, kind), n, plural(n, "area")) for grade, n in counts.items()]
        )
        stacks.append(Stack(str(row["force_name"]), parts, mine))
        if mine:
            alt.append(f"{row['force_name']}: {', '.join(f'{grade} {count}' for grade, count in counts.items())}")
    total = {grade: sum(int(row[column]) for row in rows) for grade, column in _COUNTS.items()}
    alt.append(f"all {len(rows)} forces: " + ", ".join(f"{grade} {count}" for grade, count in total.items() if count))
    return StackChart(
        title=title,
        alt=joined(alt),
        unit="number of areas",
        key=(
            *(palette.key_item(grade, palette.grade_style(grade)) for grade, count in total.items() if count),
            *palette.press_key(part.style for stack in stacks for part in stack.parts),
        ),
        stacks=tuple(stacks),
        total=_longest(stacks),
        labels="beside",
        narrow=True,
    )
