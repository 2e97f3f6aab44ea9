"""Printed from Chromium on A4: whole charts, one to a sheet at most, without the frame, nothing cut at the right."""

from __future__ import annotations

from io import BytesIO

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.browser.conftest import Reader

pytestmark = pytest.mark.browser
SHEET = 1047  # pixels between the margins of A4 across
FRAME = (".st-key-masthead", ".st-key-choices", "[data-testid=stHeader]", "[data-testid=stButtonGroup]")


def _sheets(reader: Reader) -> list[str]:
    return [sheet.extract_text() for sheet in PdfReader(BytesIO(reader.page.pdf(prefer_css_page_size=True))).pages]


def test_a_chart_of_all_forces_stands_on_one_sheet_without_the_frame(reader: Reader) -> None:
    page = reader.open("compare", force="wiltshire", view="bars")
    expect(page.locator(".js-plotly-plot").get_by_text("Metropolitan").first).to_be_visible()  # drawn, so that it can be printed
    sheets = _sheets(reader)
    drawn = [sheet for sheet in sheets if "Metropolitan" in sheet]
    assert len(drawn) == 1
    assert "Lincolnshire" in drawn[0]
    assert "City of London" in drawn[0]
    assert len(sheets) <= 3
    said = "\n".join(sheets)
    for word in ("Forces to compare with", "Inspections", "Briefing", "Notes"):
        assert word not in said, word


def test_nobody_is_told_to_scroll_on_paper(reader: Reader) -> None:
    page = reader.open("", force="wiltshire")
    expect(page.get_by_text("Scroll within the table").first).to_be_visible()
    sheets = _sheets(reader)
    assert any("Calls to police about missing people" in sheet for sheet in sheets), "the whole table is printed"
    assert not any("Scroll within the table" in sheet for sheet in sheets)


def test_nothing_of_a_printed_page_is_wider_than_the_sheet(reader: Reader) -> None:
    page = reader.open("force", force="wiltshire")
    expect(page.locator(".js-plotly-plot").first).to_be_visible()
    page.emulate_media(media="print")
    widths = page.evaluate(
        "[...document.querySelectorAll('[data-testid=stPlotlyChart]')].map(one => one.getBoundingClientRect().width)"
    )
    assert widths
    assert max(widths) <= SHEET
    for selector in FRAME:
        assert not page.locator(selector).first.is_visible(), selector
