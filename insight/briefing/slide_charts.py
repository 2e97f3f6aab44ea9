"""Native charts of a slide: their figures lie in the file and can be edited."""

from __future__ import annotations

from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_MARKER_STYLE, XL_TICK_LABEL_POSITION
from pptx.enum.dml import MSO_LINE, MSO_PATTERN
from pptx.util import Inches, Pt

from insight.briefing.model import BarChart, Chart, LineChart
from insight.charts import palette
from insight.format import DOUBT_MARK

FONT, SIZE, TITLE_SIZE = "Arial", 11, 13
ROLES = {
    "mine": (palette.ACCENT, 3.0, MSO_LINE.SOLID, XL_MARKER_STYLE.CIRCLE),
    "region": (palette.COMPARED, 1.75, MSO_LINE.SQUARE_DOT, XL_MARKER_STYLE.SQUARE),
    "nation": (palette.INK, 1.75, MSO_LINE.DASH, XL_MARKER_STYLE.DIAMOND),
}


def add_chart(slide: Any, chart: Chart, box: tuple[float, float, float, float]) -> None:
    """Draw a chart in a box of inches (left, top, width, height), with its text alternative."""
    frame = slide.shapes.add_chart(_kind(chart), *(Inches(side) for side in box), _data(chart))
    frame.name = chart.title
    frame._element.nvGraphicFramePr.cNvPr.set("descr", chart.alt)
    drawn = frame.chart
    drawn.font.name, drawn.font.size = FONT, Pt(SIZE)
    drawn.font.color.rgb = rgb(palette.INK)
    drawn.has_title = True
    drawn.chart_title.include_in_layout = False
    run = drawn.chart_title.text_frame.paragraphs[0].add_run()
    run.text = f"{chart.title} ({chart.unit})" if chart.unit not in chart.title else chart.title
    run.font.name, run.font.size, run.font.bold = FONT, Pt(TITLE_SIZE), True
    if isinstance(chart, LineChart):
        _lines(drawn, chart)
    else:
        _bars(drawn, chart)


def number_format(chart: Chart) -> str:
    """How Office prints the figures: the per cent sign is text, for the values are per cent already."""
    digits = "#,##0" + ("." + "0" * chart.decimals if chart.decimals else "")
    return f'{digits}"%"' if chart.unit.startswith("%") else digits


def _kind(chart: Chart) -> Any:
    return XL_CHART_TYPE.LINE_MARKERS if isinstance(chart, LineChart) else XL_CHART_TYPE.BAR_CLUSTERED


def _data(chart: Chart) -> Any:
    data: Any = CategoryChartData(number_format=number_format(chart))
    data.categories = list(chart.categories)
    if isinstance(chart, LineChart):
        for line in chart.lines:
            data.add_series(line.name, line.values)
    else:
        data.add_series(chart.unit, chart.values)
    return data


def _lines(drawn: Any, chart: LineChart) -> None:
    drawn.has_legend = True
    drawn.legend.position, drawn.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    _axes(drawn, chart)
    for series, line in zip(drawn.plots[0].series, chart.lines, strict=True):
        colour, width, dash, marker = ROLES[line.role]
        series.smooth = False
        series.format.line.color.rgb, series.format.line.width, series.format.line.dash_style = rgb(colour), Pt(width), dash
        series.marker.style, series.marker.size = marker, 7
        series.marker.format.fill.solid()
        series.marker.format.fill.fore_color.rgb = rgb(colour)
        series.marker.format.line.color.rgb = rgb(colour)
        if line.role == "mine":
            _label_last(series, line.values, chart)


def _label_last(series: Any, values: tuple[float | None, ...], chart: LineChart) -> None:
    """The newest figure of the force's own line stands beside its point, on the side away from the other lines."""
    held = [place for place, value in enumerate(values) if value is not None]
    if held:
        label = series.points[held[-1]].data_label
        others = [line.values[held[-1]] for line in chart.lines if line.role != "mine"]
        lowest = all(other is None or other >= (values[held[-1]] or 0) for other in others)
        label.position = XL_LABEL_POSITION.BELOW if lowest and others else XL_LABEL_POSITION.ABOVE
        run = label.text_frame.paragraphs[0].add_run()
        year = chart.categories[held[-1]]
        run.text = f"{values[held[-1]]:,.{chart.decimals}f}{'%' if chart.unit.startswith('%') else ''}"
        run.text += DOUBT_MARK if year in chart.doubtful else ""
        run.text += "" if held[-1] == len(values) - 1 else f" ({year})"
        run.font.name, run.font.size, run.font.bold = FONT, Pt(SIZE), True
        run.font.color.rgb = rgb(palette.ACCENT)


def _bars(drawn: Any, chart: BarChart) -> None:
    drawn.has_legend = False
    _axes(drawn, chart)
    drawn.category_axis.reverse_order = True
    drawn.value_axis.tick_label_position = XL_TICK_LABEL_POSITION.NONE
    drawn.value_axis.has_major_gridlines = False
    plot = drawn.plots[0]
    plot.gap_width, plot.vary_by_categories = 45, False
    series = plot.series[0]
    # On the series: a label of one point's own puts labels of the plot out of force.
    labels = series.data_labels
    labels.show_value = True
    labels.number_format, labels.number_format_is_linked = number_format(chart), False
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
        _write_label(point.data_label, chart.labels[chart.mine])


def _write_label(label: Any, text: str) -> None:
    """A figure as the briefing prints it, with its 'at least' or mark, which no number format can say."""
    label.position = XL_LABEL_POSITION.OUTSIDE_END
    run = label.text_frame.paragraphs[0].add_run()
    run.text = text
    run.font.name, run.font.size, run.font.bold = FONT, Pt(SIZE), True
    run.font.color.rgb = rgb(palette.ACCENT)


def _axes(drawn: Any, chart: Chart) -> None:
    value, category = drawn.value_axis, drawn.category_axis
    value.tick_labels.number_format, value.tick_labels.number_format_is_linked = number_format(chart), False
    value.major_gridlines.format.line.color.rgb = rgb(palette.GRID)
    value.format.line.fill.background()
    value.minimum_scale = 0
    category.format.line.color.rgb = rgb(palette.RULE)
    category.tick_labels.font.size = Pt(SIZE)


def rgb(colour: str) -> RGBColor:
    """A colour of the palette as Office takes it."""
    return RGBColor(*(int(colour[place : place + 2], 16) for place in (1, 3, 5)))
