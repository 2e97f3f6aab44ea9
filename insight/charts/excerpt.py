"""A chart of all forces cut down to the bars that a slide or half a page has room for."""

from __future__ import annotations

from dataclasses import replace

from insight.charts.bars import bar_key
from insight.charts.chart import ordinal
from insight.charts.model.bars import Bar, BarChart, Reference
from insight.charts.palette import MUTED, WHITE, Style

ENDS = 3  # bars of the highest forces, and of the lowest
WHOLE = 12  # bars that need no cutting


def excerpt(chart: BarChart) -> BarChart:
    """Highest and lowest forces, the reader's own with its neighbours, those compared; each with its place.

    Reference lines become bars in the same order, so that each has its name and figure beside it. Forces that are not ranked
    stay only where they are the reader's own or compared, and have a figure. ``chart`` is in the order of its values.
    """
    ranked = [bar for bar in chart.bars if bar.ranked]
    places = set(range(len(ranked))) if len(ranked) <= WHOLE else _chosen(ranked)
    shown = [_placed(ranked[at], ranked) for at in sorted(places)]
    both = sorted([*shown, *map(_bar, chart.references)], key=lambda bar: -(bar.value or 0.0))
    apart = [bar for bar in chart.bars if not bar.ranked and bar.role != "other" and bar.value is not None]
    bars = (*both, *apart)
    return replace(chart, bars=bars, references=(), key=bar_key(bars))


def _chosen(ranked: list[Bar]) -> set[int]:
    last = len(ranked) - 1
    named = [at for at, bar in enumerate(ranked) if bar.role != "other"]
    beside = [at + step for at in named if ranked[at].role == "mine" for step in (-1, 1)]
    return {at for at in (*range(ENDS), *range(last - ENDS + 1, last + 1), *named, *beside) if 0 <= at <= last}


def _placed(bar: Bar, ranked: list[Bar]) -> Bar:
    """'9th Wiltshire'; forces of one value share a place."""
    higher = sum((other.value or 0.0) > (bar.value or 0.0) for other in ranked)
    return replace(bar, name=f"{ordinal(higher + 1)} {bar.name}")


def _bar(line: Reference) -> Bar:
    return Bar(line.level, line.name, line.value, line.text, Style(MUTED, WHITE, MUTED))
