"""What native charts of a slide share: their place, type and colours. Their figures lie in the file and can be edited."""

from __future__ import annotations

from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.util import Inches, Pt

from insight.charts import palette

FONT, SIZE, TITLE_SIZE = "Arial", 12, 13
Box = tuple[float, float, float, float]  # left, top, width, height, in inches


def place(slide: Any, kind: Any, data: CategoryChartData, title: str, alt: str, box: Box) -> Any:
    """Put a native chart on a slide, with its title and text alternative; the chart to be styled."""
    frame = slide.shapes.add_chart(kind, *(Inches(side) for side in box), data)
    frame.name = title
    frame._element.nvGraphicFramePr.cNvPr.set("descr", alt)
    drawn = frame.chart
    drawn.font.name, drawn.font.size = FONT, Pt(SIZE)
    drawn.font.color.rgb = rgb(palette.INK)
    drawn.has_title = True
    drawn.chart_title.include_in_layout = False
    run = drawn.chart_title.text_frame.paragraphs[0].add_run()
    run.text = title
    run.font.name, run.font.size, run.font.bold = FONT, Pt(TITLE_SIZE), True
    return drawn


def axes(drawn: Any, figures: str) -> None:
    """Axes in house style; ``figures`` is the number format of the vertical one."""
    value, category = drawn.value_axis, drawn.category_axis
    value.tick_labels.number_format, value.tick_labels.number_format_is_linked = figures, False
    value.major_gridlines.format.line.color.rgb = rgb(palette.GRID)
    value.format.line.fill.background()
    category.format.line.color.rgb = rgb(palette.RULE)
    category.tick_labels.font.size = Pt(SIZE)


def write_label(label: Any, text: str, position: Any, colour: str = palette.ACCENT) -> None:
    """A figure beside its point as it is written everywhere, with its 'at least' or mark, which no number format can say."""
    label.position = position
    run = label.text_frame.paragraphs[0].add_run()
    run.text = text
    run.font.name, run.font.size, run.font.bold = FONT, Pt(SIZE), True
    run.font.color.rgb = rgb(colour)


def number_format(decimals: int, unit: str) -> str:
    """How Office prints figures: the per cent sign is text, for the values are per cent already."""
    digits = "#,##0" + ("." + "0" * decimals if decimals else "")
    return f'{digits}"%"' if unit.startswith("%") else digits


def rgb(colour: str) -> RGBColor:
    """A colour of the palette as Office takes it."""
    return RGBColor(*(int(colour[place : place + 2], 16) for place in (1, 3, 5)))
