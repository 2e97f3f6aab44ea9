"""What a chart of lines over the years shows: runs that may be joined, points that stand alone, breaks with their reasons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from insight.charts.model.common import ChartModel

Role = Literal["mine", "compared", "region", "nation", "other"]
Mark = Literal["filled", "open", "bound"]


@dataclass(frozen=True)
class Point:
    """A figure of one period, which ends on ``when``; ``lower`` and ``upper`` are its 95% limits.

    ``text`` is the figure as it is written ('at least 12.7%†'), ``said`` what is told of the point, line by line. ``mark`` is
    ``open`` for a doubtful figure and ``bound`` for a lower bound.
    """

    when: date
    value: float
    text: str
    said: tuple[str, ...]
    mark: Mark = "filled"
    lower: float | None = None
    upper: float | None = None


@dataclass(frozen=True)
class Gap:
    """A period without a figure: the status that says why, and its symbol."""

    when: date
    status: str
    symbol: str
    said: tuple[str, ...]


@dataclass(frozen=True)
class LineStyle:
    """Colour of line and marks, colour of text beside it, width in pixels, dashes as pixels on and off (none: solid), mark."""

    colour: str
    ink: str
    width: float
    dash: tuple[int, ...] = ()
    shape: str = "circle"


@dataclass(frozen=True)
class Line:
    """One area. ``runs`` are joined, each within itself; ``bounds`` are lower bounds, which no line joins.

    ``bands`` are runs whose every point has its 95% limits. ``newest`` is the last point that has a figure, ``end`` what is
    written beside it: the area's name, then the figure, with its year where that is not the chart's last.
    """

    code: str
    name: str
    role: Role
    style: LineStyle
    runs: tuple[tuple[Point, ...], ...]
    bounds: tuple[Point, ...] = ()
    gaps: tuple[Gap, ...] = ()
    bands: tuple[tuple[Point, ...], ...] = ()
    newest: Point | None = None
    end: tuple[str, str] = ("", "")


@dataclass(frozen=True)
class Break:
    """Where a series changes its meaning: ``starts`` is the first period after it, ``where`` lies between two points."""

    starts: date
    where: date
    label: str
    reason: str


@dataclass(frozen=True)
class Axis:
    """The vertical scale: its bounds, and its ticks with their texts from the lowest to the highest."""

    low: float
    high: float
    ticks: tuple[tuple[float, str], ...]


@dataclass(frozen=True, kw_only=True)
class LineChart(ChartModel):
    """Lines in the order in which they are drawn, the reader's own force last. No lines: ``alt`` says why.

    ``periods`` are the ends of all periods, ``ticks`` those that are named on the axis; ``scale`` states the axis in words.
    ``decimals`` is for a program that is given the values and writes them itself.
    """

    decimals: int = 0
    lines: tuple[Line, ...] = ()
    periods: tuple[date, ...] = ()
    ticks: tuple[date, ...] = ()
    axis: Axis = Axis(0.0, 1.0, ())
    scale: str = ""
    breaks: tuple[Break, ...] = ()

    @property
    def named(self) -> tuple[Line, ...]:
        """The lines that have a name at their end."""
        return tuple(line for line in self.lines if line.role != "other")


@dataclass(frozen=True)
class Panel:
    """A sparkline with its name, the word of its trend (with an arrow), its newest figure in short, and its own scale."""

    line: Line
    trend: str
    figure: str
    low: float = 0.0
    high: float = 1.0


@dataclass(frozen=True, kw_only=True)
class MultiplesChart(ChartModel):
    """A grid of panels, row by row, all over the same years. No panels: ``alt`` says why."""

    panels: tuple[Panel, ...] = ()
    columns: int = 2
    first: date = date.min
    last: date = date.max
    scale: str = ""
