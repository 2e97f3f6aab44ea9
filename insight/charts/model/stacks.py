"""What stacked bars show: parts of a whole by category, counted and never averaged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from insight.charts.labels import fitting
from insight.charts.model.common import ChartModel
from insight.charts.palette import Style


@dataclass(frozen=True)
class Part:
    """A category's part of a bar, from ``start`` on. ``texts``: the widest that it has room for is written, or none.

    ``said`` is told of the part alone, line by line; ``total`` is how many its grade or reason has in all, which a part that
    the press reported shares with the rest of its grade: '3 forces'.
    """

    category: str
    start: float
    length: float
    texts: tuple[str, ...]
    style: Style
    said: tuple[str, ...] = ()
    total: str = ""

    def lacks(self, unit: float) -> str:
        """Letter and number of the part where it has no room for both; nothing where it has, or shows nothing.

        unit: pixels that one takes.
        """
        letter = self.style.mark
        if not (self.texts and letter and self.length) or letter in fitting(self.texts, self.length * unit):
            return ""
        short = next(text for text in self.texts if ":" not in text)
        return f"{short} (press)" if self.style.hollow else short


@dataclass(frozen=True)
class Interval:
    """A 95% interval of a part that starts at one edge of the bar; ``letter`` is written at its inner end."""

    name: str
    letter: str
    low: float
    high: float
    from_right: bool


@dataclass(frozen=True)
class Stack:
    """One bar, best part first. ``mine``: of the reader's own force. ``asides``: what is said of it, in full and in short."""

    label: str
    parts: tuple[Part, ...]
    mine: bool = False
    asides: tuple[str, ...] = ()
    intervals: tuple[Interval, ...] = ()

    def narrow_parts(self, unit: float) -> str:
        """The line under the bar that says what its parts too narrow for their letter are, so that no colour stands alone."""
        lacking = [text for part in self.parts if (text := part.lacks(unit))]
        return f"Narrow, left to right: {', '.join(lacking)}" if lacking else ""


@dataclass(frozen=True, kw_only=True)
class StackChart(ChartModel):
    """Bars from the top down, on a scale from 0 to ``total``. No bars: ``alt`` says why.

    ``labels`` stand above the bars or beside them; ``ticks`` are places on the scale with their texts. ``narrow``: the texts
    must have room on a phone.
    """

    stacks: tuple[Stack, ...] = ()
    total: float = 1.0
    labels: Literal["above", "beside"] = "above"
    ticks: tuple[tuple[float, str], ...] = ()
    narrow: bool = False
