"""The hatches of cells, bars and tiles: what each is called in a key, and how it is drawn where Plotly does not draw it."""

from __future__ import annotations

from collections.abc import Iterable

# Plotly's shape of a pattern: its mark in a key, and that mark in a line of text.
MARKS = {
    "/": ("hatch", "▨"), "\\": ("hatch-falling", "▧"), "x": ("hatch-crossed", "▩"), "|": ("hatch-upright", "▥"),
    "-": ("hatch-level", "▤"), "+": ("hatch-squared", "▦"), ".": ("hatch-dotted", "░"),
}  # fmt: skip
SIGNS = dict(MARKS.values())
_TILES = {
    "hatch": "M-1 1L1-1M0 6L6 0M5 7L7 5", "hatch-falling": "M-1 5L1 7M0 0L6 6M5-1L7 1", "hatch-upright": "M3 0V6",
    "hatch-level": "M0 3H6", "hatch-dotted": "M2 3H4",
}  # fmt: skip
_SWATCHES = {
    "hatch": "M3 12L9 2M8 12L14 2M13 12L19 2", "hatch-falling": "M3 2L9 12M8 2L14 12M13 2L19 12",
    "hatch-upright": "M7 2V12M12 2V12M17 2V12", "hatch-level": "M3 5H21M3 9H21",
    "hatch-dotted": "M5 5H7M10 5H12M15 5H17M8 9H10M13 9H15M18 9H20",
}  # fmt: skip
_BOTH = {"hatch-crossed": ("hatch", "hatch-falling"), "hatch-squared": ("hatch-upright", "hatch-level")}


def mark_of(pattern: str) -> str:
    """The mark of a pattern of a style in a key."""
    return MARKS[pattern][0]


def swatch(mark: str) -> str:
    """The lines of a hatch in a key's mark of 24 by 14 pixels, as an SVG path."""
    return _path(mark, _SWATCHES)


def patterns(marks: Iterable[str], name: str, colour: str, side: float = 6) -> str:
    """SVG patterns, each on white with the id '{name}-{mark}'.

    Args:
        side: units of the drawing after which a hatch repeats.
    """
    return "".join(
        f'<pattern id="{name}-{mark}" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="scale({side / 6:g})">'
        f'<path d="M0 0H6V6H0Z" fill="#ffffff"/><path d="{_path(mark, _TILES)}" stroke="{colour}" stroke-width="1"/></pattern>'
        for mark in sorted(set(marks))
    )


def _path(mark: str, paths: dict[str, str]) -> str:
    return "".join(paths[one] for one in _BOTH.get(mark, (mark,)))
