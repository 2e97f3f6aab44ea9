"""What every kind of chart has: its question, what it shows in words, its unit and the key of its marks."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class KeyItem:
    """One entry of the key under a chart.

    ``mark`` names how it is drawn: ``line``, ``dash``, ``point``, ``open`` (an open circle), ``bound`` (an asterisk),
    ``band``, ``box``, a hatch of ``insight.charts.hatches``, ``hollow``, ``wide``, a shape of ``insight.charts.marks`` or
    a sign such as ``▲``. ``colour`` is a hex colour of the palette.
    """

    mark: str
    label: str
    colour: str


@dataclass(frozen=True, kw_only=True)
class ChartModel:
    """A chart's ``title`` is the question that it answers, ``alt`` states what it shows, ``key`` explains its marks.

    ``unit`` is that of its values, as published ('% of children'). ``note`` says what else a reader must know of the
    picture: a break in a series, figures left out; empty where there is nothing.
    """

    title: str
    alt: str
    unit: str
    key: tuple[KeyItem, ...] = ()
    note: str = ""
