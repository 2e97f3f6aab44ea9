"""Printed from Chromium on A4: charts whole or broken between their rows, without the frame, nothing cut at the right."""

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


def test_a_chart_of_all_forces_is_printed_whole_without_the_frame(reader: Reader) -> None:
    page = reader.open("compare", force="wiltshire", view="bars")
    expect(page.locator(".js-plotly-plot").get_by_text("Metropolitan").first).to_be_visible()  # drawn, so that it can be printed
    sheets = _sheets(reader)
    assert "Metropolitan" in sheets[0], "the chart begins under the page's title"
    for name in ("Lincolnshire", "City of London"):
        assert sum(name in sheet for sheet in sheets) == 1, name
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
    sheets = _sheets(reader)
    assert "How do forces compare on" in next(sheet for sheet in sheets if "Metropolitan" in sheet)
    assert "Source:" in next(sheet for sheet in sheets if "City of London" in sheet), "the source with the last row"


@pytest.mark.parametrize("address", ["child-protection?force=lincolnshire&tab=files", "compare?force=kent&view=bars"])
def test_a_chart_in_strips_begins_with_its_key_and_axis(address: str, reader: Reader) -> None:
    """They stood on the last sheet alone: on the first nobody could tell what a colour is, or how long a bar."""
    page, _, choices = address.partition("?")
    opened = reader.open(page, **dict(parse_qsl(choices)))
    expect(opened.locator(".js-plotly-plot").get_by_text("Lincolnshire").first).to_be_visible()
    opened.evaluate("dispatchEvent(new Event('beforeprint'))")
    opened.emulate_media(media="print")
    tops = [
        opened.locator(f".strips {one}").first.bounding_box()["y"] for one in (".key", "svg.axis", "svg:not(.axis, .key svg)")
    ]  # type: ignore[index]
    assert tops == sorted(tops)
    assert opened.locator(".strips .key").count() == opened.locator(".strips > :first-child .key").count()


def test_no_sheet_ends_with_the_heading_of_rows(reader: Reader) -> None:
    reader.open("compare", force="kent", **{"with": "lincolnshire", "view": "side"})
    sheets = _sheets(reader)
    found = next(sheet for sheet in sheets if "What assessments found" in sheet)
    assert "Assessments noting going missing" in found.partition("What assessments found")[2]


@pytest.mark.parametrize(
    ("page", "part", "drawn"),
    [
        ("grades", "cycles", "Forces in 2023-25"), ("child-protection", "visits", "Avon and Somerset"),
        ("child-protection", "recommendations", "Information sharing"), ("child-protection", "files", "Lincolnshire, inspection"),
    ],
)  # fmt: skip
def test_the_first_sheet_has_the_first_chart_or_table(page: str, part: str, drawn: str, reader: Reader) -> None:
    """It was left with title and lead."""
    tab = reader.open(page, force="lincolnshire", tab=part)
    expect(tab.locator("[data-testid=stMain]").get_by_text(drawn).first).to_be_visible()
    expect(tab.locator(".strip").last).to_be_attached()  # what the foot of a sheet says comes last
    assert drawn in _sheets(reader)[0].partition("Last updated")[2]


STRIPS = """() => {
    dispatchEvent(new Event('beforeprint'))
    const names = [...document.querySelectorAll('.js-plotly-plot text')].filter(one => one.textContent)
    const found = [...document.querySelectorAll('.strips svg:not(.axis, .key svg)')].map(one => one.viewBox.baseVal).map(one => [one.y, one.y + one.height])
    const frame = document.querySelector('.main-svg').getBoundingClientRect()
    const boxes = names.map(one => one.getBoundingClientRect()).map(one => [one.top - frame.top, one.bottom - frame.top])
    return {strips: found, boxes: boxes}
}"""


def test_a_chart_higher_than_a_sheet_breaks_between_its_rows_in_letters_that_can_be_read(reader: Reader) -> None:
    """Case files were printed on one sheet, their letters 2.3 points."""
    page = reader.open("child-protection", force="lincolnshire", tab="files")
    expect(page.locator(".js-plotly-plot").get_by_text(" files").first).to_be_visible()
    found = page.evaluate(STRIPS)
    ends = [end for _, end in found["strips"][:-1]]
    assert len(ends) > 10
    assert [start for start, _ in found["strips"][1:]] == pytest.approx(ends), "nothing is left out"
    cut = [box for box in found["boxes"] for end in ends if box[0] < end < box[1]]
    assert cut == [], "no word is cut"
    page.emulate_media(media="print")
    zoom = page.locator(".strips svg").first.evaluate("one => Number(getComputedStyle(one).zoom)")
    assert zoom * 12 * 0.75 >= 7, "points of its letters"
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(page.locator(".strips, .in-strips")).to_have_count(0)


def test_a_high_chart_is_not_cut(reader: Reader) -> None:
    page = reader.open("", force="kent")
    expect(page.locator(".js-plotly-plot").get_by_text("of 43 known").first).to_be_visible()
    drawn = [sheet for sheet in _sheets(reader) if "of 43 known" in sheet and "How did HMICFRS grade" in sheet]
    assert len(drawn) == 1
    assert drawn[0].count("of 43 known") == 9
    assert "Hollow: as reported" in drawn[0]


def test_the_highest_chart_is_printed_whole(reader: Reader) -> None:
    """Its rows were cut over two sheets."""
    page = reader.open("child-protection", force="wiltshire", tab="files")
    expect(page.locator(".js-plotly-plot").get_by_text(" files").first).to_be_visible()
    drawn = page.locator(".js-plotly-plot text").filter(has_text="files").all_text_contents()
    bars = [text.split(",")[0] for text in drawn if "," in text]
    printed = unicodedata.normalize("NFKC", "".join(_sheets(reader)))  # a PDF writes the two letters of "ff" as one
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
