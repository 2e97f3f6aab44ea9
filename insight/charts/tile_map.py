"""The tile map: one equal tile a force, on the one grid that every map of this house uses."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Literal

import pandas as pd

from insight.charts import palette
from insight.charts.chart import (
    NOT_RANKED,
    PARTLY_HIDDEN,
    Row,
    bare_bound_key,
    extremes,
    grouped,
    joined,
    need,
    not_shown,
    partial,
)
from insight.charts.model.common import KeyItem
from insight.charts.model.tiles import Tile, TileMap
from insight.charts.palette import Style
from insight.format import AT_LEAST, AT_LEAST_SIGN, FigureFormat, Words, is_missing, plural, upper_first
from insight.records import records

ColourBy = Literal["shade", "verdict", "grade"]
UNRANKED, UNRANKED_STYLE = "not ranked", Style(palette.WHITE, palette.INK, palette.RULE)
_COLUMNS = ("area_code", "area_name", "short_code", "tile_column", "tile_row", "status")


def tile_map(
    frame: pd.DataFrame,
    *,
    title: str,
    empty: str,
    my_force: str | None,
    colour_by: ColourBy,
    words: Words,
    unit: str = "",
    decimals: int = 1,
    shade_labels: Sequence[str] = (),
    compared: Sequence[str] = (),
) -> TileMap:
    """Each force as a tile with its short code and its value, or its grade letter.

    frame: area_code, area_name, short_code (str), tile_column, tile_row (int, from 0, row 0 in the north), status (str).
    colour_by 'shade' and 'verdict' also need value (float, in `unit`), hidden_parts (int) and a column `shade` (1 to 5, the
    class of the value) or `verdict` (a word of insight.statistics); 'grade' needs grade (str, missing where status says
    why) and where known source_kind: a grade read in the press is hollow. `shade_labels` are the bounds of
    the five classes in words, lowest first, for the key. `compared`: codes of the chosen forces, outlined in their hues.
    """
    valued = colour_by != "grade"
    need(frame, (*_COLUMNS, colour_by, *(("value", "hidden_parts") if valued else ())), "tile_map")
    if frame.empty:
        return TileMap(title=title, alt=empty, unit=unit)
    write = FigureFormat(unit, decimals, words)
    rows = records(frame)
    edges = {code: hue.colour for code, hue in palette.hues(compared).items()} | ({my_force: palette.INK} if my_force else {})
    tiles = tuple(
        replace(_tile(row, colour_by, write), mine=row["area_code"] == my_force, edge=edges.get(row["area_code"], ""))
        for row in rows
    )
    return TileMap(
        title=title,
        alt=_alt(rows, [row for row in rows if row["area_code"] == my_force], colour_by, write),
        unit=unit,
        key=(*_key(tiles, rows, colour_by, shade_labels, write), *_outlined(tiles, edges)),
        tiles=tiles,
    )


def _outlined(tiles: Sequence[Tile], edges: Mapping[str, str]) -> tuple[KeyItem, ...]:
    """Entries for the reader's own and the chosen forces, then those in the order of choice."""
    names = {tile.code: tile.name for tile in tiles}
    ordered = sorted(edges, key=lambda code: edges[code] != palette.INK)
    return tuple(KeyItem("hollow", names[code], edges[code]) for code in ordered if code in names)


def _tile(row: Row, colour_by: ColourBy, write: FigureFormat) -> Tile:
    kind, style = _style(row, colour_by, write.words)
    sign, verdict = "", ""
    if colour_by == "grade":
        text, figure = style.mark, _said(row, write)
    elif is_missing(row["value"]):
        text, figure = style.mark, write.text(row)
    else:
        text, figure = write.short(row), upper_first(write.text(row))
        if colour_by == "verdict":
            sign, verdict = style.mark, str(row["verdict"])
    return Tile(
        code=str(row["area_code"]),
        name=str(row["area_name"]),
        short_code=str(row["short_code"]),
        column=int(row["tile_column"]),
        row=int(row["tile_row"]),
        text=text,
        said=(figure, verdict) if verdict else (figure,),
        kind=kind,
        style=style,
        sign=sign,
    )


def _style(row: Row, colour_by: ColourBy, words: Words) -> tuple[str, Style]:
    """What a tile is coloured by, in a word, and how that looks."""
    if is_missing(row["grade" if colour_by == "grade" else "value"]):
        return row["status"], palette.status_style(row["status"], words)
    if colour_by == "grade":
        return row["grade"], palette.reported_style(row["grade"], row.get("source_kind"))
    verdict = str(row["verdict"]) if colour_by == "verdict" else ""
    if partial(row):
        return AT_LEAST, palette.lower_bound_style(palette.verdict_style(verdict).mark if verdict else "")
    if verdict:
        return verdict, palette.verdict_style(verdict)
    if is_missing(row["shade"]):
        return UNRANKED, UNRANKED_STYLE
    return f"shade {int(row['shade'])}", palette.shade_style(int(row["shade"]))


def _said(row: Row, write: FigureFormat) -> str:
    return write.label(row["status"]) if is_missing(row["grade"]) else str(row["grade"])


def _key(
    tiles: Sequence[Tile], rows: Sequence[Row], colour_by: ColourBy, shade_labels: Sequence[str], write: FigureFormat
) -> tuple[KeyItem, ...]:
    """Entries for what is on this map, in the order of the scale, then what is not there."""
    kinds = {tile.kind: tile.style for tile in tiles}
    entries: list[tuple[str, Style]] = []
    if colour_by == "grade":
        entries += [(grade, style) for grade, style in palette.GRADES.items() if grade in kinds]
    elif colour_by == "verdict":
        entries += palette.verdict_entries(kinds)
    else:
        entries += [(label, palette.shade_style(index)) for index, label in enumerate(shade_labels, start=1)]
    if UNRANKED in kinds:
        entries.append((NOT_RANKED, kinds[UNRANKED]))
    if AT_LEAST in kinds:
        entries.append((f"{AT_LEAST_SIGN} {PARTLY_HIDDEN}", palette.lower_bound_style()))
    gone = dict.fromkeys(row["status"] for row in rows if row["status"] in kinds)
    entries += [(write.label(status), kinds[status]) for status in gone]
    press = palette.press_key(tile.style for tile in tiles)
    bare = () if colour_by == "grade" else bare_bound_key((row, write) for row in rows)
    return (*(palette.key_item(name, style) for name, style in entries), *bare, *press)


def _alt(rows: list[Row], mine: list[Row], colour_by: ColourBy, write: FigureFormat) -> str:
    if colour_by == "grade":
        parts = [f"{row['area_name']}: {_said(row, write)}" for row in mine]
        return joined([*parts, *grouped(rows, "grade", list(palette.GRADES)), _grades_absent(rows, write)])
    parts = [f"{row['area_name']} {write.text(row)}" for row in mine]
    if colour_by == "verdict":
        parts = [f"{p}, {row['verdict']}" if not is_missing(row["value"]) else p for p, row in zip(parts, mine, strict=True)]
        compared = [row for row in rows if not is_missing(row["value"]) and not partial(row)]
        parts += grouped(compared, "verdict", list(palette.VERDICTS))
    else:
        parts.append(extremes(rows, write))
    return joined([*parts, not_shown(rows, write)])


def _grades_absent(rows: list[Row], write: FigureFormat) -> str:
    counts = Counter(write.label(row["status"]) for row in rows if is_missing(row["grade"]))
    return "; ".join(f"{label.lower()} {plural(count, 'force')}" for label, count in counts.items())
