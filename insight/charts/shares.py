"""Parts of one whole as bars, in the order in which they are given: ages, durations, placements."""

from __future__ import annotations

import pandas as pd

from insight.charts.bars import bar_style
from insight.charts.chart import need
from insight.charts.model.bars import Bar, BarChart
from insight.charts.series import axis_from_zero
from insight.format import Words, is_missing, label_of, number, short_value
from insight.records import records


def shares(frame: pd.DataFrame, *, title: str, empty: str, unit: str, counted: str, words: Words) -> BarChart:
    """One bar a part, as long as its share of the whole; a part without a figure has the word for its status.

    frame: category (str), amount and total (float), share (float, per cent, NaN for none), status (str). ``counted``: what is
    counted, for the text of a bar ('incidents').
    """
    need(frame, ("category", "amount", "total", "share", "status"), "shares")
    rows = records(frame)
    if not rows:
        return BarChart(title=title, alt=empty, unit=unit)
    bars = []
    for row in rows:
        known = not is_missing(row["share"])
        text = short_value(float(row["share"]), 1, unit) if known else label_of(str(row["status"]), words)
        said = (f"{text}: {number(float(row['amount']))} of {number(float(row['total']))} {counted}",) if known else (text,)
        value = float(row["share"]) if known else None
        bars.append(Bar(str(row["category"]), str(row["category"]), value, text, bar_style("other"), ranked=known, said=said))
    reach, ticks = axis_from_zero(max((bar.value for bar in bars if bar.value is not None), default=0.0))
    return BarChart(
        title=title,
        alt="; ".join(f"{bar.name} {bar.text}" for bar in bars) + ".",
        unit=unit,
        bars=tuple(bars),
        reach=reach,
        ticks=ticks,
        decimals=1,
    )
