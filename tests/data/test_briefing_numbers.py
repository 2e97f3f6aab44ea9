"""Every number in a briefing is one of a view's, the profile's or a finding's, and slides, PDF and CSV say the same ones."""

from __future__ import annotations

import io
import random
import re

import pandas as pd
import pytest
from pptx import Presentation
from pptx.enum.chart import XL_CHART_TYPE
from pypdf import PdfReader

from insight.briefing import Briefing, pdf
from insight.briefing.content import with_few_beside
from insight.comparing.spine import spine_rows
from insight.downloads.files import csv_bytes
from insight.findings import Profile, findings_of
from insight.format import DOUBT_MARK, NO_BOUND, figure_text, is_missing, label_of, short_value
from insight.tables.figures import to_take_away
from insight.views import force_blocks, forces_compared, profile, side_by_side
from insight.views.context import Context

DRAWN, SEED = 5, 43
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


@pytest.fixture(scope="module")
def drawn(contexts: dict[str, Context]) -> dict[str, Context]:
    english = [name for name, context in contexts.items() if not context.selection.force.in_wales]
    return {name: contexts[name] for name in random.Random(SEED).sample(english, DRAWN)}


def squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def numbers(texts: list[str]) -> set[str]:
    return {number.rstrip(",") for text in texts for number in NUMBER.findall(text)}


def slide_texts(content: bytes) -> list[str]:
    texts: list[str] = []
    for slide in list(Presentation(io.BytesIO(content)).slides)[1:]:
        for shape in slide.shapes:
            texts += [shape.text_frame.text] if shape.has_text_frame else []
            if getattr(shape, "has_table", False) and shape.has_table:
                texts += [" ".join(cell.text for cell in row.cells) for row in shape.table.rows]
            if getattr(shape, "has_chart", False) and shape.has_chart:
                texts += [
                    text.text for text in shape.chart._chartSpace.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}t")
                ]
    return [squeezed(text) for text in texts]


def told(context: Context) -> list[str]:
    """All that views, findings and the profile say of a force, in words."""
    facts = context.profile()
    said = [text for one in findings_of(facts) for text in (one.headline, one.sentence, *(figure.text for figure in one.figures))]
    views = [
        profile.every_measure(context), profile.grades_by_cycle(context), profile.inspections_of_child_protection(context),
        profile.monitoring(context), side_by_side.beside_others(with_few_beside(context)), forces_compared.ranked(context),
    ]  # fmt: skip
    for view in views:
        said += [view.question, view.answer, view.short_source, *view.notes, *view.cautions]
        said += [cell for row in view.table.records() for cell in (*row, *row.values())] if view.table else []
    for block in force_blocks.force_blocks(context):
        said += [block.big, *block.lines, *(text for chip in block.chips for text in (chip.label, chip.word))]
    rows = facts.newest()
    said += [figure_text(row, row, facts.words) for row in rows]
    return said + [str(row["average"]) for row in rows]


def test_every_number_of_every_briefing_is_told_by_a_view_a_finding_or_the_profile(
    contexts: dict[str, Context], briefings: dict[str, Briefing], decks: dict[str, bytes]
) -> None:
    for name, context in contexts.items():
        made = briefings[name]
        allowed = numbers(told(context)) | numbers(
            [made.foot, *(text for page in made.pages for text in (page.source, *page.cautions))]
        )
        charts = [page.chart for page in made.pages if page.chart is not None]
        allowed |= numbers([text for chart in charts for text in (chart.title, chart.note, chart.alt, chart.unit)])
        allowed |= numbers([text for chart in charts for bar in getattr(chart, "bars", ()) for text in (bar.text, bar.name)])
        allowed |= numbers([text for chart in charts for _, text in getattr(getattr(chart, "axis", None), "ticks", ())])
        slide_numbers = {str(number) for number in range(1, 30)}
        assert numbers(slide_texts(decks[name])) - allowed - slide_numbers == set(), name


def csv_figures(facts: Profile) -> dict[str, str]:
    """The figures of the CSV, rounded as the measure is printed."""
    table = pd.read_csv(io.BytesIO(csv_bytes(to_take_away(spine_rows(facts)))), dtype={"measure_id": str})
    kinds = {row["measure_id"]: row for row in facts.newest()}
    said = {}
    for row in table.to_dict("records"):
        kind = kinds[row["measure_id"]]
        if is_missing(row["value"]):
            said[row["measure_id"]] = label_of(row["status"], facts.words)
        else:
            decimals = int(kind["decimals"])
            text = short_value(float(row["value"]), decimals, str(kind["unit"]))
            text += "" if is_missing(kind["doubtful"]) else DOUBT_MARK
            bound = NO_BOUND if round(float(row["value"]), decimals) == 0 else f"at least {text}"
            said[row["measure_id"]] = bound if row["hidden_parts"] > 0 else text
    return said


def test_slides_pdf_and_csv_say_the_same_figures(
    drawn: dict[str, Context], briefings: dict[str, Briefing], decks: dict[str, bytes]
) -> None:
    for name, context in drawn.items():
        facts, made = context.profile(), briefings[name]
        in_slides = " ".join(slide_texts(decks[name]))
        in_pdf = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf(made))).pages)
        figures = csv_figures(facts)
        for row in spine_rows(facts.of_measures(wider=False)).to_dict("records"):  # the briefing tells the main measures
            figure = figures[str(row["measure_id"])]
            cells = f"{row['short_title']} {row['period_end']:%B %Y} {figure}"
            assert cells in in_slides, (name, cells)
            assert re.sub(r"\s", "", cells) in re.sub(r"\s", "", in_pdf), (name, cells)


def test_the_values_behind_the_native_charts_are_the_stored_ones(drawn: dict[str, Context], decks: dict[str, bytes]) -> None:
    for name, context in list(drawn.items())[:3]:
        facts = context.profile()
        moved = next((one.figures[0].subject for one in findings_of(facts) if one.rule == "trend"), "children_missing_percent")
        charts = line_values(decks[name])
        assert len(charts) == 2
        for series, measure in zip(charts, (moved, "missing_more_than_once_percent"), strict=True):
            rows = facts.series(measure)
            whole = [None if is_missing(row["value"]) or int(row["hidden_parts"]) else float(row["value"]) for row in rows]
            bounds = [float(row["value"]) if not is_missing(row["value"]) and int(row["hidden_parts"]) else None for row in rows]
            own = [values for title, values in series if title in (name, f"{name} (not joined)")]
            assert together(own, len(rows)) == whole, (name, measure)
            assert together([values for title, values in series if title.startswith(f"{name} (at least")], len(rows)) == bounds


def line_values(content: bytes) -> list[list[tuple[str, list[float | None]]]]:
    """Series names and values of every chart of lines."""
    charts = [
        shape.chart
        for slide in Presentation(io.BytesIO(content)).slides
        for shape in slide.shapes
        if getattr(shape, "has_chart", False) and shape.has_chart
    ]
    return [
        [(series.name, list(series.values)) for series in chart.plots[0].series]
        for chart in charts
        if chart.chart_type == XL_CHART_TYPE.LINE_MARKERS
    ]


def together(series: list[list[float | None]], count: int) -> list[float | None]:
    """The values of several series, of which no two have one in the same year."""
    held = [[values[at] for values in series if values[at] is not None] for at in range(count)]
    assert all(len(values) <= 1 for values in held)
    return [values[0] if values else None for values in held]
