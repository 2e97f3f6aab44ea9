"""What a chart of bars shows: areas by value, those in order first, then the ones that have no place in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from insight.charts.model.common import ChartModel
from insight.charts.palette import Hue, Style

Role = Literal["mine", "compared", "other"]


@dataclass(frozen=True)
class Bar:
    """One area or statistic. No ``value``: no bar, ``text`` says why; a hatched one (``bound``) is a lower bound.

    ``text`` is the figure as it is written ('at least 12.7%†'), ``said`` what is told of the bar below its name, line by line,
    ``verdict`` the word that fills it (empty: none), ``style.mark`` that word's sign. ``lower`` and ``upper`` are the 95%
    limits; ``ranked`` is false for one that has no place in the order and stands below. ``hue`` is that of a chosen force.
    """

    code: str
    name: str
    value: float | None
    text: str
    style: Style
    role: Role = "other"
    ranked: bool = True
    said: tuple[str, ...] = ()
    lower: float | None = None
    upper: float | None = None
    hue: Hue | None = None
    verdict: str = ""

    @property
    def written_name(self) -> str:
        """The name, after the sign of its hue where it is one of the chosen forces."""
        return self.name if self.hue is None else f"{self.hue.sign} {self.name}"

    @property
    def written_figure(self) -> str:
        """The figure with the sign of its verdict after it."""
        return f"{self.text} {self.style.mark}".rstrip()

    @property
    def bound(self) -> bool:
        """Whether the value is a lower bound."""
        return bool(self.style.pattern)


@dataclass(frozen=True)
class Reference:
    """A line across the bars: a region, the average that verdicts rest on, or the nation."""

    name: str
    level: Literal["region", "average", "country"]
    value: float
    text: str


@dataclass(frozen=True, kw_only=True)
class BarChart(ChartModel):
    """Bars from the top down, from zero to ``reach``. No bars: ``alt`` says why.

    ``ticks`` are places on the axis with their texts. ``decimals`` is for a program that is given the values and writes them.
    """

    bars: tuple[Bar, ...] = ()
    references: tuple[Reference, ...] = ()
    reach: float = 1.0
    ticks: tuple[tuple[float, str], ...] = ()
    decimals: int = 0
