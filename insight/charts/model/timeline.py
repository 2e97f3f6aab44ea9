"""What a timeline shows: lanes with marks for days and bars for periods, every date as precise as it is known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from insight.charts.model.common import ChartModel
from insight.charts.palette import Style

MOST_IN_SIGHT = 20  # lanes


@dataclass(frozen=True)
class Event:
    """Something that happened on one day between ``start`` and ``end``, which are the same where the day is known.

    ``shape`` names a mark of ``insight.charts.marks``, or is 'badge': a box with ``text`` in it, such as a grade's letter, as
    wide as the days between. ``style`` fills the mark; ``said`` is told of it, line by line.
    """

    kind: str
    shape: str
    start: date
    end: date
    style: Style
    said: tuple[str, ...]
    text: str = ""

    @property
    def exact(self) -> bool:
        """Whether the day is known."""
        return self.start == self.end

    @property
    def middle(self) -> date:
        """The day half way."""
        return self.start + (self.end - self.start) / 2


@dataclass(frozen=True)
class Period:
    """Something that lasted from ``start`` to ``end``, certainly from ``certain_from`` to ``certain_to`` if in order."""

    kind: str
    start: date
    end: date
    certain_from: date
    certain_to: date
    said: tuple[str, ...]

    @property
    def certain(self) -> bool:
        """Whether any day is certain."""
        return self.certain_from <= self.certain_to


@dataclass(frozen=True)
class Lane:
    """One line of the picture: a force, or a kind of event of one force. ``mine``: of the reader's own force."""

    label: str
    events: tuple[Event, ...] = ()
    periods: tuple[Period, ...] = ()
    mine: bool = False


@dataclass(frozen=True, kw_only=True)
class Timeline(ChartModel):
    """Lanes from the top down. No lanes: ``alt`` says why.

    ``labels`` stand above the lanes (few of them, the whole width for the picture) or beside them. ``as_of``: a day to be marked.
    """

    lanes: tuple[Lane, ...] = ()
    first: date = date.min
    last: date = date.max
    as_of: date | None = None
    labels: Literal["above", "beside"] = "beside"

    @property
    def years(self) -> tuple[date, ...]:
        """Beginnings of the years that are named on the axis, so many that they stand apart on a phone."""
        every = [date(year, 1, 1) for year in range(self.first.year + 1, self.last.year + 1)]
        return tuple(every[::-1][:: -(-len(every) // 6) or 1][::-1])

    @property
    def tall(self) -> bool:
        """Whether the axis below is out of sight beside the first lanes, so that its years stand above them as well."""
        return len(self.lanes) > MOST_IN_SIGHT

    @property
    def span(self) -> tuple[date, date]:
        """The axis: a little more than from the first day to the last."""
        room = (self.last - self.first) * 0.03 + timedelta(days=20)
        return self.first - room, self.last + room
