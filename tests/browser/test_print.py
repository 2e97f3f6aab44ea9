"""Printed from Chromium on A4: whole charts, one to a sheet at most, without the frame, nothing cut at the right."""

from __future__ import annotations

import unicodedata
from io import BytesIO
from urllib.parse import parse_qsl

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


@pytest.mark.parametrize(
    "address",
    [
        "force?force=wiltshire", "force?force=west-midlands&with=kent", "compare?force=wiltshire",
        "compare?force=kent&with=lincolnshire&view=side", "compare?force=wiltshire&view=bars", "grades?force=wiltshire",
        "trends?force=wiltshire", "?force=wiltshire",
    ],
)  # fmt: skip
def test_every_sheet_says_of_when_the_figures_are_and_has_more_than_that(address: str, reader: Reader) -> None:
    """A sheet was left with the page's foot alone, first or last, and once that was gone, one without anything."""
    page, _, choices = address.partition("?")
    reader.open(page, **dict(parse_qsl(choices)))
    reader.page.wait_for_timeout(500)
    for place, sheet in enumerate(sheets := _sheets(reader), 1):
        assert "Missing children by force to March" in sheet, place
        assert "Last updated" in sheet, place
        said = sheet.split("Missing children by force to March")[0] + sheet.partition(f"{place} of {len(sheets)}")[2]
        assert len(said.strip()) > 60, f"sheet {place} of {len(sheets)}: {sheet}"


def test_a_heading_stands_on_the_sheet_of_its_chart(reader: Reader) -> None:
    page = reader.open("compare", force="wiltshire", view="bars")
    expect(page.locator(".js-plotly-plot").get_by_text("Metropolitan").first).to_be_visible()
    drawn = next(sheet for sheet in _sheets(reader) if "City of London" in sheet)
    assert "How do forces compare on" in drawn
    assert "Source:" in drawn


def test_a_high_chart_is_not_cut(reader: Reader) -> None:
    page = reader.open("", force="kent")
    expect(page.locator(".js-plotly-plot").get_by_text("of 43 known").first).to_be_visible()
    drawn = [sheet for sheet in _sheets(reader) if "of 43 known" in sheet and "How did HMICFRS grade" in sheet]
    assert len(drawn) == 1
    assert drawn[0].count("of 43 known") == 9
    assert "Hollow: as reported" in drawn[0]


def test_the_highest_chart_stands_whole_on_one_sheet(reader: Reader) -> None:
    """The case files of every force were cut over two."""
    page = reader.open("child-protection", force="wiltshire", tab="files")
    expect(page.locator(".js-plotly-plot").get_by_text(" files").first).to_be_visible()
    drawn = page.locator(".js-plotly-plot text").filter(has_text="files").all_text_contents()
    bars = [text.split(",")[0] for text in drawn if "," in text]
    sheets = [sheet for sheet in _sheets(reader) if bars[0] in sheet and "What did inspectors find" in sheet]
    assert len(sheets) == 1
    printed = unicodedata.normalize("NFKC", sheets[0])  # a PDF writes the two letters of "ff" as one
    assert [name for name in bars if name not in printed] == []


@pytest.mark.parametrize("address", ["grades", "police"])
def test_no_control_is_printed(address: str, reader: Reader) -> None:
    page = reader.open(address, force="kent")
    boxes = page.locator("[data-testid=stMain] [data-testid=stSelectbox]")
    expect(boxes.filter(visible=True)).not_to_have_count(0)  # there is one to leave out
    page.emulate_media(media="print")
    assert not any(one.is_visible() for one in boxes.all())


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
