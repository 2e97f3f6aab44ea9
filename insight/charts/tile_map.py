"""The tile map: one equal tile a force, on the one grid that every map of this house uses."""

from collections.abc import Sequence
from typing import Literal

import pandas as pd

from insight.charts import palette, template
from insight.charts.cells import Cell, cells, legend_swatch
from insight.charts.chart import (
    Chart,
    Row,
    extremes,
    forces,
    hover,
    joined,
    listed,
    missing,
    need,
    not_shown,
    partial,
    rows_of,
    sentence,
)
from insight.charts.palette import Style
from insight.format import AT_LEAST, FigureFormat, Words, label_of

TILE = 50  # pixels, where the figure is wide enough

ColourBy = Literal["shade", "verdict", "grade"]
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
) -> Chart:
    """Each force as a tile with its short code and its value, or its grade letter.

    frame: area_code, area_name, short_code (str), tile_column, tile_row (int, from 0, row 0 in the north), status (str).
    colour_by 'shade' and 'verdict' also need value (float, in `unit`), hidden_parts (int) and a column `shade` (1 to 5, the
    class of the value) or `verdict` (a word of insight.statistics); 'grade' needs grade (str, missing where status says
    why). `shade_labels` are the bounds of the five classes in words, lowest first, for the legend.
    """
    valued = colour_by != "grade"
    need(frame, (*_COLUMNS, colour_by, *(("value", "hidden_parts") if valued else ())), "tile_map")
    if frame.empty:
        return template.empty_chart(title, empty)
    write = FigureFormat(unit, decimals, words)
    rows = rows_of(frame)
    mine = [row for row in rows if row["area_code"] == my_force]
    others = [row for row in rows if row["area_code"] != my_force]
    traces = [
        trace
        for name, group, bold in (("Forces", others, False), ("My force", mine, True))
        for trace in cells([_tile(row, colour_by, write) for row in group], name=name, bold=bold)
    ]
    entries = _legend(rows, colour_by, shade_labels, words)
    left, right = min(row["tile_column"] for row in rows), max(row["tile_column"] for row in rows)
    north, south = min(row["tile_row"] for row in rows), max(row["tile_row"] for row in rows)
    height = TILE * (south - north + 1)
    legend, legend_height = template.legend_below([name for name, _ in entries], height, 6)
    layout = {
        "margin": {"l": 4, "r": 4, "t": 4, "b": legend_height + 8, "pad": 0},
        "xaxis": {"visible": False, "range": [left - 0.5, right + 0.5], "constrain": "domain"},
        "yaxis": {
            "visible": False,
            "range": [south + 0.5, north - 0.5],
            "scaleanchor": "x",
            "constrain": "domain",
            "constraintoward": "top",
        },
        "showlegend": True,
        "legend": {**legend, "x": 0.5, "xanchor": "center"},
    }
    traces += [legend_swatch(name, style) for name, style in entries]
    alt = _alt(rows, mine, colour_by, write)
    return template.chart(traces, title=title, alt=alt, height=round(height + legend_height + 12), layout=layout)


def _tile(row: Row, colour_by: ColourBy, write: FigureFormat) -> Cell:
    style = _style(row, colour_by, write.words)
    first = str(row["short_code"])
    if colour_by == "grade":
        second, said = style.mark, _said(row, colour_by, write)
    elif missing(row["value"]):
        second, said = style.mark, write.text(row)
    else:
        second = write.short(row)
        first += style.mark if colour_by == "verdict" else ""
        said = sentence(write.text(row))
    verdict = str(row["verdict"]) if colour_by == "verdict" and not missing(row["value"]) else ""
    text = f"<b>{first}</b><br>{second}"
    return Cell(float(row["tile_column"]), float(row["tile_row"]), style, text, hover(str(row["area_name"]), said, verdict))


def _style(row: Row, colour_by: ColourBy, words: Words) -> Style:
    if colour_by == "grade":
        if missing(row["grade"]):
            return palette.status_style(row["status"], words)
        return palette.grade_style(row["grade"])
    if missing(row["value"]):
        return palette.status_style(row["status"], words)
    if colour_by == "verdict":
        style = palette.verdict_style(str(row["verdict"]))
    elif missing(row["shade"]):
        style = Style(palette.WHITE, palette.INK, palette.RULE)
    else:
        style = palette.shade_style(int(row["shade"]))
    if partial(row):
        return Style(palette.WHITE, palette.INK, palette.RULE, "/", style.mark)
    return style


def _said(row: Row, colour_by: ColourBy, write: FigureFormat) -> str:
    if missing(row["grade"]):
        return label_of(row["status"], write.words)
    return str(row["grade"])


def _legend(rows: list[Row], colour_by: ColourBy, shade_labels: Sequence[str], words: Words) -> list[tuple[str, Style]]:
    """Entries for what is on this map, in the order of the scale, then what is not there."""
    entries: list[tuple[str, Style]] = []
    gone = "grade" if colour_by == "grade" else "value"
    if colour_by == "grade":
        there = {row["grade"] for row in rows if not missing(row["grade"])}
        entries += [(f"{style.mark} {grade}", style) for grade, style in palette.GRADES.items() if grade in there]
    elif colour_by == "verdict":
        there = {row["verdict"] for row in rows if not missing(row["value"]) and not partial(row)}
        entries += palette.verdict_entries(there)
    else:
        entries += [(label, palette.shade_style(index)) for index, label in enumerate(shade_labels, start=1)]
    if gone == "value" and any(partial(row) for row in rows):
        entries.append((f"≥ {sentence(AT_LEAST)}", Style(palette.WHITE, palette.INK, palette.RULE, "/")))
    for status in dict.fromkeys(row["status"] for row in rows if missing(row[gone])):
        style = palette.status_style(status, words)
        entries.append((f"{style.mark} {label_of(status, words)}".strip(), style))
    return entries


def _alt(rows: list[Row], mine: list[Row], colour_by: ColourBy, write: FigureFormat) -> str:
    if colour_by == "grade":
        parts = [f"{row['area_name']}: {_said(row, colour_by, write)}" for row in mine]
        return joined([*parts, *_grouped(rows, "grade", list(palette.GRADES)), _grades_absent(rows, write.words)])
    parts = [f"{row['area_name']} {write.text(row)}" for row in mine]
    if colour_by == "verdict":
        parts = [f"{p}, {row['verdict']}" if not missing(row["value"]) else p for p, row in zip(parts, mine, strict=True)]
        compared = [row for row in rows if not missing(row["value"]) and not partial(row)]
        parts += _grouped(compared, "verdict", list(palette.VERDICTS))
    else:
        parts.append(extremes(rows, write))
    return joined([*parts, not_shown(rows, write)])


def _grouped(rows: list[Row], column: str, order: list[str]) -> list[str]:
    """'Higher (99.8%) in 3 forces: X, Y, Z' for each word that occurs, names only where they are few."""
    parts = []
    for word in order:
        names = [str(row["area_name"]) for row in rows if not missing(row[column]) and row[column] == word]
        if names:
            parts.append(f"{word} {forces(len(names))}" + (f" ({listed(names)})" if len(names) <= 4 else ""))
    return parts


def _grades_absent(rows: list[Row], words: Words) -> str:
    counts: dict[str, int] = {}
    for row in rows:
        if missing(row["grade"]):
            label = label_of(row["status"], words)
            counts[label] = counts.get(label, 0) + 1
    return "; ".join(f"{label.lower()} {forces(count)}" for label, count in counts.items())
