"""The tile map as a list of links: one equal tile a force, real text, no script, placed by classes."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from insight.charts.palette import grade_cell_style
from insight.format import Words, figure_text, is_lower_bound, is_missing, number, slug
from insight.snapshot.edition import Book, Row
from insight.tables.render_html import class_of


@dataclass(frozen=True)
class Tile:
    """A force on the map: where it stands, what is written on it, what is read out, how it is filled."""

    column: int
    row: int
    code: str
    shown: str
    said: str
    style: str
    slug: str


def value_tiles(book: Book, frame: pd.DataFrame, measure: Row) -> list[Tile]:
    """Forces with their value, filled by ``shade`` 1 to 5.

    Args:
        frame: rows of ``forces_in_year`` with ``shade``.
    """
    decimals, unit = int(measure["decimals"]), str(measure["unit"])
    return [
        Tile(
            int(row["tile_column"]) + 1,
            int(row["tile_row"]) + 1,
            str(row["short_code"]),
            _value(row, decimals),
            f"{row['area_name']}: {figure_text(row, decimals, unit, book.labels)}",
            "k-none" if is_missing(row["shade"]) else f"k-shade-{int(row['shade'])}",
            slug(str(row["area_name"])),
        )
        for row in frame.to_dict("records")
    ]


def grade_tiles(grades: pd.DataFrame, words: Words) -> list[Tile]:
    """Forces with the letter of their grade in one question and cycle, or the symbol of why there is none."""
    tiles = []
    for row in grades.to_dict("records"):
        style = grade_cell_style(str(row["status"] if is_missing(row["grade"]) else row["grade"]), words)
        tiles.append(
            Tile(
                int(row["tile_column"]) + 1,
                int(row["tile_row"]) + 1,
                str(row["short_code"]),
                style.letter,
                f"{row['force_name']}: {style.name}",
                class_of(str(row["status"] if is_missing(row["grade"]) else row["grade"])),
                slug(str(row["force_name"])),
            )
        )
    return tiles


def _value(row: Row, decimals: int) -> str:
    if is_missing(row["value"]):
        return "–"
    return ("≥" if is_lower_bound(row) else "") + number(float(row["value"]), decimals)
