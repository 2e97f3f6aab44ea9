"""Ranked bars: all forces on one measure and year, sorted, with the nation's and the region's line."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Literal

import pandas as pd

from insight.charts import palette
from insight.charts.chart import (
    PARTLY_HIDDEN,
    Row,
    doubt_key,
    extremes,
    grouped,
    has_interval,
    joined,
    listed,
    need,
    not_shown,
    ordinal,
    partial,
    whole,
)
from insight.charts.model.bars import Bar, BarChart, Reference, Role
from insight.charts.model.common import KeyItem
from insight.charts.palette import Style
from insight.charts.series import axis_from_zero
from insight.format import FigureFormat, Words, is_missing, reason_to_doubt, upper_first
from insight.records import records

_LEVELS = ("region", "average", "country")
_FILLS: dict[Role, str] = {"mine": palette.ACCENT, "compared": palette.COMPARED, "other": palette.OTHER}

Order = Literal["highest", "lowest", "name"] | Sequence[str]


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
    compared: Sequence[str] = (),
    not_ranked: Collection[str] = (),
    verdicts: str | None = None,
) -> BarChart:
    """One horizontal bar a force, from zero, sorted by value.

    frame: area_code (str), area_name (str), value (float, in `unit`, NaN for none), status (str), hidden_parts (int); and
    where known lower_95, upper_95 (float). lines: area_name, area_level ('country', 'average' or 'region'), value. `order` is
    'highest', 'lowest', 'name' or the area codes in the reader's order. Lower bounds,
    figures that `doubtful` gives a reason to doubt, forces in `not_ranked` and forces without a figure stand below the others,
    the last with the word for their status in place of a bar. `verdicts` names the column whose words fill the bars, whose
    outline then says whose they are; without it the fill does.
    """
    need(frame, ("area_code", "area_name", "value", "status", "hidden_parts"), "ranked_bars")
    if frame.empty:
        return BarChart(title=title, alt=empty, unit=unit)
    write = FigureFormat(unit, decimals, words)
    rows = records(frame)
    references = _references(lines, write)
    ranked = _sorted(
        [row for row in rows if whole(row) and not reason_to_doubt(row) and row["area_code"] not in not_ranked], order
    )
    codes = {row["area_code"] for row in ranked}
    apart = _sorted([row for row in rows if not is_missing(row["value"]) and row["area_code"] not in codes], order)
    absent = sorted((row for row in rows if is_missing(row["value"])), key=lambda row: str(row["area_name"]))
    bars = []
    for row in [*ranked, *apart, *absent]:
        role: Role = "mine" if row["area_code"] == my_force else "compared" if row["area_code"] in compared else "other"
        bars.append(_bar(row, role, row["area_code"] in codes, write, verdicts, palette.hues(compared).get(row["area_code"])))
    reach, ticks = axis_from_zero(_highest(bars, references, not_ranked))
    return BarChart(
        title=title,
        alt=_alt(rows, ranked, references, my_force, write, verdicts),
        unit=unit,
        key=bar_key(bars),
        bars=tuple(bars),
        references=references,
        reach=reach,
        ticks=ticks,
        decimals=decimals,
    )


def _sorted(rows: list[Row], order: Order) -> list[Row]:
    if order == "name":
        return sorted(rows, key=lambda row: str(row["area_name"]))
    if isinstance(order, str):
        sign = 1 if order == "lowest" else -1
        return sorted(rows, key=lambda row: (sign * float(row["value"]), str(row["area_name"])))
    position = {code: index for index, code in enumerate(order)}
    return sorted(rows, key=lambda row: position.get(row["area_code"], len(position)))


def _references(lines: pd.DataFrame | None, write: FigureFormat) -> tuple[Reference, ...]:
    """The reference lines that have a value: region, the average that verdicts rest on, the nation, which stands on top."""
    if lines is None:
        return ()
    need(lines, ("area_name", "area_level", "value"), "ranked_bars lines")
    found = [row for row in records(lines) if not is_missing(row["value"])]
    found.sort(key=lambda row: _LEVELS.index(row["area_level"]))
    return tuple(
        Reference(str(row["area_name"]), row["area_level"], float(row["value"]), write.amount(row["value"])) for row in found
    )


def _bar(row: Row, role: Role, ranked: bool, write: FigureFormat, verdicts: str | None, hue: palette.Hue | None) -> Bar:
    verdict = str(row[verdicts]) if verdicts else ""
    own = bar_style(role, partial(row), hue)
    ranged = has_interval(row) and whole(row)
    told = (upper_first(write.text(row)), write.interval(row) if ranged else "", verdict)
    return Bar(
        code=str(row["area_code"]),
        name=str(row["area_name"]),
        value=None if is_missing(row["value"]) else float(row["value"]),
        text=write.text(row),
        style=_filled(verdict, role, own) if verdict and whole(row) else own,
        verdict=verdict,
        role=role,
        hue=hue,
        ranked=ranked,
        said=tuple(line for line in told if line),
        lower=float(row["lower_95"]) if ranged else None,
        upper=float(row["upper_95"]) if ranged else None,
    )


def _filled(verdict: str, role: Role, own: Style) -> Style:
    """The style of a verdict in an outline by whose the bar is: a pale one would not be seen as a length in its own."""
    return replace(palette.verdict_style(verdict), outline=palette.RULE if role == "other" else own.outline)


def bar_style(role: Role, bound: bool = False, hue: palette.Hue | None = None) -> Style:
    """How the bar of a force is drawn by whose it is; a lower bound is hatched."""
    colour = _FILLS[role] if hue is None else hue.colour
    return Style(palette.WHITE, palette.INK, colour, "/") if bound else Style(colour, palette.INK, colour)


def _highest(bars: Sequence[Bar], references: Sequence[Reference], not_ranked: Collection[str]) -> float:
    """What the axis must hold. The interval of a force that is never ranked may run off: it would set everyone's scale."""
    ends = [bar.value if bar.upper is None or bar.code in not_ranked else bar.upper for bar in bars if bar.value is not None]
    return max([*ends, *(one.value for one in references)], default=0)


def bar_key(bars: Sequence[Bar]) -> tuple[KeyItem, ...]:
    """The marks that need a word: the verdicts that fill bars; forces are named at theirs."""
    filled = {bar.verdict for bar in bars if bar.value is not None and not bar.bound}
    items = [palette.key_item(name, style) for name, style in palette.verdict_entries(filled)]
    bounds = [bar for bar in bars if bar.bound]
    if bounds:
        items.append(palette.key_item(PARTLY_HIDDEN, bounds[0].style))
    if any(bar.lower is not None for bar in bars):
        items.append(KeyItem("line", "95% interval", palette.INK))
    return (*items, *doubt_key(bar.text for bar in bars))


def _alt(
    rows: list[Row],
    ranked: list[Row],
    references: Sequence[Reference],
    my_force: str | None,
    write: FigureFormat,
    verdicts: str | None,
) -> str:
    parts = []
    for row in rows:
        if row["area_code"] == my_force:
            verdict = f", {str(row[verdicts]).lower()}" if verdicts else ""
            parts.append(f"{row['area_name']} {write.text(row)}{_position(row, ranked)}{verdict}")
    parts += [f"{line.name} {line.text}" for line in reversed(references)]
    parts += grouped(ranked, verdicts, palette.VERDICTS) if verdicts else []
    parts += [extremes(ranked, write), not_shown(rows, write)]
    codes = {row["area_code"] for row in ranked}
    aside = [f"{row['area_name']} {write.text(row)}" for row in rows if whole(row) and row["area_code"] not in codes]
    parts.append(f"{listed(aside)} shown, not ranked" if aside else "")
    return joined(parts)


def _position(row: Row, ranked: list[Row]) -> str:
    if all(row["area_code"] != other["area_code"] for other in ranked):
        return ""
    higher = sum(float(other["value"]) > float(row["value"]) for other in ranked)
    return f", {ordinal(higher + 1)} highest of {len(ranked)}"
