"""The lines of the public site: the model that the dashboard draws, as a drawing with its key and how it is read."""

from __future__ import annotations

import pandas as pd

from insight.charts.model.lines import LineChart
from insight.charts.render_svg.lines import Size, spec
from insight.charts.render_svg.vega import Drawing
from insight.charts.trends import trend_lines
from insight.format import listed
from insight.snapshot.edition import Book, Row


def series_drawing(book: Book, key: str, frame: pd.DataFrame, measure: Row, my_force: str | None, title: str) -> Drawing | None:
    """A measure over the years, a line an area; None where no year has a complete figure.

    Args:
        key: the drawing's id on its page.
        frame: rows of ``book.series`` with ``role``.
        my_force: the code of the page's force.
        title: the question that it answers.
    """
    chart = trend_lines(
        frame,
        title=title,
        empty="",
        my_force=my_force,
        unit=str(measure["unit"]),
        decimals=int(measure["decimals"]),
        words=book.figure_words,
        breaks=book.breaks(str(measure["measure_id"])),
    )
    if not any(line.runs for line in chart.lines):
        return None
    reading = f"Unit: {chart.unit}; {chart.scale}.{_withheld(chart)}"
    return Drawing(key, title, chart.alt, spec(chart, Size()), reading, chart.key)


def _withheld(chart: LineChart) -> str:
    """Which years stop a line because we leave a figure out, or nothing."""
    years = {line.name: [str(gap.when.year) for gap in line.gaps if gap.status == "withheld"] for line in chart.lines}
    gaps = [f"{name} {listed(left_out)}" for name, left_out in years.items() if left_out]
    return f" Left out here, to protect a hidden figure: {'; '.join(gaps)}." if gaps else ""
