"""The charts of a slide."""

from __future__ import annotations

from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_TICK_LABEL_POSITION
from pptx.enum.dml import MSO_PATTERN
from pptx.util import Pt

from insight.briefing.model import BarChart, Chart
from insight.charts import palette
from insight.charts.render_office import lines
from insight.charts.render_office.common import SIZE, Box, axes, number_format, place, rgb, write_label


def add_chart(slide: Any, chart: Chart, box: Box) -> None:
    """Draw a chart in a box of inches (left, top, width, height), with its text alternative."""
    if isinstance(chart, BarChart):
        _bars(slide, chart, box)
    else:
        lines.add(slide, chart, box)


def _bars(slide: Any, chart: BarChart, box: Box) -> None:
    figures = number_format(chart.decimals, chart.unit)
    data: Any = CategoryChartData(number_format=figures)
    data.categories = list(chart.categories)
    data.add_series(chart.unit, chart.values)
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
    series = plot.series[0]
    # On the series: a label of one point's own puts labels of the plot out of force.
    labels = series.data_labels
    labels.show_value = True
    labels.number_format, labels.number_format_is_linked = figures, False
    labels.font.size, labels.position = Pt(SIZE), XL_LABEL_POSITION.OUTSIDE_END
    series.format.fill.solid()
    series.format.fill.fore_color.rgb = rgb(palette.OTHER)
    if chart.mine is not None:
        point = series.points[chart.mine]
        if chart.bound:
            point.format.fill.patterned()
            point.format.fill.pattern = MSO_PATTERN.WIDE_UPWARD_DIAGONAL
            point.format.fill.fore_color.rgb, point.format.fill.back_color.rgb = rgb(palette.ACCENT), rgb(palette.WHITE)
            point.format.line.color.rgb, point.format.line.width = rgb(palette.ACCENT), Pt(1.5)
        else:
            point.format.fill.solid()
            point.format.fill.fore_color.rgb = rgb(palette.ACCENT)
        write_label(point.data_label, chart.labels[chart.mine], XL_LABEL_POSITION.OUTSIDE_END)
