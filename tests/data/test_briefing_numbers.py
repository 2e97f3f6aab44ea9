"""Ten forces drawn at random: findings, page, slides, PDF and CSV say the same numbers to the digit."""

from __future__ import annotations

import io
import random
import re
from pathlib import Path

import pandas as pd
import pytest
from pptx import Presentation
from pptx.enum.chart import XL_CHART_TYPE
from pypdf import PdfReader
from streamlit.testing.v1 import AppTest

from insight.briefing import briefing_of, pdf, slides
from insight.comparing.spine import spine_rows
from insight.downloads.files import csv_bytes
from insight.findings import Profile, findings_of, headlines
from insight.format import DOUBT_MARK, NO_BOUND, figure_text, is_missing, short_value, slug
from insight.profile.reading import gather
from insight.queries import figures
from insight.queries.ask import asking
from insight.tables.figures import to_take_away
from insight.warehouse import Warehouse

PROJECT = Path(__file__).resolve().parents[2]
DRAWN = 10
SEED = 43


def drawn_forces(real: Warehouse) -> list[tuple[str, str]]:
    forces = figures.forces(real)
    english = forces[forces["country"] == "England"]
    rows = list(zip(english["force_code"], english["force_name"], strict=True))
    return random.Random(SEED).sample(rows, DRAWN)


def squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def slide_texts(content: bytes) -> str:
    texts: list[str] = []
    for slide in Presentation(io.BytesIO(content)).slides:
        for shape in slide.shapes:
            if shape.has_text_frame:
                texts.append(shape.text_frame.text)
            if getattr(shape, "has_table", False) and shape.has_table:
                texts += [cell.text for row in shape.table.rows for cell in row.cells]
    return squeezed(" ".join(texts))


def pdf_text(content: bytes) -> str:
    return squeezed(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages))


def page_text(force: str, monkeypatch: pytest.MonkeyPatch, real_warehouse: Path) -> str:
    monkeypatch.setenv("FORCE_WAREHOUSE", str(real_warehouse.parent))
    app = AppTest.from_file(str(PROJECT / "dashboard.py"), default_timeout=60)
    app.query_params["force"] = force
    app.run()
    app.switch_page("pages/overview/force.py").run()
    assert not app.exception
    html = " ".join(block.proto.body for block in app.get("html"))
    return squeezed(re.sub(r"<[^>]+>", " ", html).replace("&amp;", "&").replace("&#x27;", "'").replace("&#39;", "'"))


def printed_figures(facts: Profile) -> dict[str, str]:
    return {
        str(row["measure_id"]): figure_text(row, int(row["decimals"]), str(row["unit"]), facts.labels)
        for row in spine_rows(facts).to_dict("records")
    }


def csv_figures(facts: Profile) -> dict[str, str]:
    """The figures of the CSV, rounded as the measure is printed."""
    table = pd.read_csv(io.BytesIO(csv_bytes(to_take_away(spine_rows(facts)))), dtype={"measure_id": str})
    kinds = {row["measure_id"]: row for row in facts.newest()}
    said = {}
    for row in table.to_dict("records"):
        kind = kinds[row["measure_id"]]
        if is_missing(row["value"]):
            said[row["measure_id"]] = facts.labels[row["status"]]
        else:
            decimals = int(kind["decimals"])
            text = short_value(float(row["value"]), decimals, str(kind["unit"]))
            text += "" if is_missing(kind["doubtful"]) else DOUBT_MARK
            bound = NO_BOUND if round(float(row["value"]), decimals) == 0 else f"at least {text}"
            said[row["measure_id"]] = bound if row["hidden_parts"] > 0 else text
    return said


def test_findings_page_slides_pdf_and_csv_say_the_same_numbers(
    real: Warehouse, real_warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for code, name in drawn_forces(real):
        facts = gather(asking(real), code)
        made = briefing_of(facts)
        deck, print_out = slides(made), pdf(made)
        in_slides, in_pdf, on_page = slide_texts(deck), pdf_text(print_out), page_text(slug(name), monkeypatch, real_warehouse)
        found = findings_of(facts)
        assert csv_figures(facts) == printed_figures(facts), name
        for sentence in (one.headline for one in headlines(found)):
            assert sentence in on_page, (name, sentence)
            said = sentence.rstrip(".")  # one of them is the title
            assert said in in_slides, (name, said)
            assert said.replace(" ", "") in in_pdf.replace(" ", ""), (name, said)
        for one in found:
            assert one.sentence in on_page, (name, one.sentence)
            if one.rule in ("level", "repeat missing"):
                assert one.figures[0].text == csv_figures(facts)[one.figures[0].subject], (name, one.sentence)
        for row in spine_rows(facts).to_dict("records"):
            figure = printed_figures(facts)[str(row["measure_id"])]
            cells = f"{row['short_title']} {row['period_end']:%B %Y} {figure}"
            assert cells in on_page, (name, cells)
            assert cells in in_slides, (name, cells)
            assert cells.replace(" ", "") in in_pdf.replace(" ", ""), (name, cells)


def test_the_values_behind_the_native_charts_are_the_stored_ones(real: Warehouse) -> None:
    for code, name in drawn_forces(real)[:3]:
        facts = gather(asking(real), code)
        moved = next((one.figures[0].subject for one in findings_of(facts) if one.rule in ("trend", "no trend")), None)
        charts = line_values(slides(briefing_of(facts)))
        assert len(charts) == 2
        for series, measure in zip(charts, (moved, "missing_more_than_once_percent"), strict=True):
            assert measure
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
