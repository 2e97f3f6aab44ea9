"""Bars as a native Office chart."""

from __future__ import annotations

from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_TICK_LABEL_POSITION
from pptx.enum.dml import MSO_PATTERN
from pptx.util import Pt

from insight.charts import palette
from insight.charts.model.bars import Bar, BarChart
from insight.charts.render_office.common import Box, axes, number_format, place, rgb, write_label
from insight.format import lower_first


def add(slide: Any, chart: BarChart, box: Box) -> None:
    """Draw a chart that has bars in a box. Its labels are texts, for no number format can say 'at least' or bear a mark."""
    figures = number_format(chart.decimals, chart.unit)
    data: Any = CategoryChartData(number_format=figures)
    data.categories = [bar.name for bar in chart.bars]
    data.add_series(chart.unit, [bar.value for bar in chart.bars])
    title = f"{chart.title} ({chart.unit})" if chart.unit not in chart.title else chart.title
    drawn = place(slide, XL_CHART_TYPE.BAR_CLUSTERED, data, title, chart.alt, box)
    drawn.has_legend = False
    axes(drawn, figures)
    drawn.value_axis.minimum_scale = 0
    drawn.category_axis.reverse_order = True
    drawn.value_axis.tick_label_position = XL_TICK_LABEL_POSITION.NONE
    drawn.value_axis.has_major_gridlines = False
    plot = drawn.plots[0]
    plot.gap_width, plot.vary_by_categories = 45, False
    for point, bar in zip(_points(plot.series[0], chart), chart.bars, strict=True):
        _fill(point, bar)
        colour = palette.ACCENT if bar.role == "mine" else palette.INK
        write_label(point.data_label, bar.written_figure, XL_LABEL_POSITION.OUTSIDE_END, colour)


def key(chart: BarChart) -> str:
    """The words of signs and hatches in a line: '▴ Above average · no sign: about average'. No intervals are drawn here."""
    plain = {"box": "no sign: ", "hatch": "hatched: "}
    return " · ".join(
        item.label if item.label[0] in palette.SIGNS else plain[item.mark] + lower_first(item.label)
        for item in chart.key
        if item.mark in plain
    )


def _points(series: Any, chart: BarChart) -> list[Any]:
    return [series.points[index] for index in range(len(chart.bars))]


def _fill(point: Any, bar: Bar) -> None:
    fill, outline = point.format.fill, rgb(bar.style.outline)
    if bar.bound:
        fill.patterned()
        fill.pattern = MSO_PATTERN.WIDE_UPWARD_DIAGONAL
        fill.fore_color.rgb, fill.back_color.rgb = outline, rgb(palette.WHITE)
        point.format.line.color.rgb, point.format.line.width = outline, Pt(1.5)
    else:
        fill.solid()
        fill.fore_color.rgb = rgb(bar.style.fill)
    if bar.verdict and not bar.bound:
        point.format.line.color.rgb, point.format.line.width = outline, Pt(0.5 if bar.role == "other" else 2)
