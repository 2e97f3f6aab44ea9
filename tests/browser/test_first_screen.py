"""The answer on the first screen, at a desk and on a phone: where the first picture begins, how tall a page is, what is cut."""

from __future__ import annotations

import os
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from environment import TEST_EVERYTHING
from tests.app.surface import Page, Stock, pages
from tests.browser.conftest import PHONE, TALLEST, WIDE, Reader, Server

pytestmark = pytest.mark.browser
FORCES = ["wiltshire", "lincolnshire", "west-midlands", "south-wales", "city-of-london", "metropolitan"]
# A picture or big figure; the pages of comparison and of grades begin with their table, coloured by verdict or grade.
PICTURES = (
    "[data-testid=stPlotlyChart], .block .big, .block .chip, .block .sparkline, .tiles, svg.map, .listing table, .matrix table"
)
# About's pages are text: what counts there is the first table, and on Downloads alone the first file to take away.
OF_TEXT = {"data": "table", "methods": "table", "downloads": "[data-testid=stDownloadButton]"}
MEASURED = """pictures => {
    const main = document.querySelector('[data-testid=stMain]')
    const seen = [...main.querySelectorAll(pictures)].filter(one => one.getClientRects().length)
    return {
        first: seen.length ? Math.min(...seen.map(one => one.getBoundingClientRect().top + main.scrollTop)) : 99999,
        height: main.scrollHeight,
        width: document.documentElement.scrollWidth,
        silent: [...main.querySelectorAll('.figures, .matrix, .listing')].filter(one =>
            one.scrollHeight > one.clientHeight + 2 && !one.parentElement.parentElement.querySelector('.more-rows')).length,
        untrue: [...main.querySelectorAll('.more-rows')].filter(one => one.getClientRects().length &&
            one.previousElementSibling.firstElementChild.scrollHeight <= one.previousElementSibling.firstElementChild.clientHeight).length,
    }
}"""
FIRST = {WIDE["width"]: 600, PHONE["width"]: 700}


def measured(tab: object, page: Page) -> dict[str, float]:
    """Pixels from the page's top to its first picture, its height and width, and tables whose hidden rows are told wrongly."""
    found: dict[str, float] = tab.evaluate(MEASURED, OF_TEXT.get(page.url, PICTURES))  # type: ignore[attr-defined]
    return found


def forces_of(page: Page) -> list[str]:
    """The forces that a page is tried with."""
    if "force" not in page.choices:
        return FORCES[:1]
    turn = pages().index(page)
    others = FORCES[1:] if os.environ.get(TEST_EVERYTHING.name) else [FORCES[1 + (turn + step) % 5] for step in range(3)]
    return [FORCES[0], *others]


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.url)
def test_every_page_opens_by_its_address_with_its_first_picture_on_the_first_screen_and_is_short(
    page: Page, new_reader: Callable[..., Reader], server: Server, stock: Stock
) -> None:
    """The first of the forces stands in the address, the others are chosen on the page: three of the five, which go round from page
    to page, or all with ``FORCE_TEST_EVERYTHING=1``."""
    reader = new_reader(server)
    tab = reader.open(page.address, force=FORCES[0])
    expect(tab.get_by_role("dialog")).to_have_count(0)
    wrong = []
    for force in forces_of(page):
        if force != FORCES[0]:
            reader.pick("Force", stock.names[force])
        expect(tab).to_have_title(re.compile(f"^{page.title}: {stock.names[force]}"))
        for screen in (WIDE, PHONE):
            reader.at(screen)
            found = measured(tab, page)
            if found["first"] > FIRST[screen["width"]]:
                wrong.append(f"{force} at {screen['width']}: the first picture begins at {found['first']:.0f}")
            if screen is WIDE and found["height"] > TALLEST:
                wrong.append(f"{force}: the page is {found['height']} px tall")
            if found["width"] > screen["width"]:
                wrong.append(f"{force} at {screen['width']}: the page is {found['width']} px wide")
            if found["silent"]:
                wrong.append(f"{force} at {screen['width']}: {found['silent']} tables hide rows without a sign")
            if found["untrue"]:
                wrong.append(f"{force} at {screen['width']}: {found['untrue']} tables that hide no row tell to scroll")
        tab.set_viewport_size(WIDE)  # type: ignore[arg-type]
    assert wrong == []


CUT = "box => { const all = box.scrollWidth; return all > box.clientWidth ? `${box.value}: ${all} of ${box.clientWidth}` : '' }"


def test_closed_boxes_tell_years_and_units_apart(reader: Reader) -> None:
    for year in ("", "2019"):
        tab = reader.open("compare", force="wiltshire", measure="children-missing-per-10000", year=year)
        assert tab.get_by_role("combobox", name="Year", exact=True).evaluate(CUT) == ""
        measure = tab.get_by_role("combobox", name="Measure", exact=True)
        assert measure.input_value().startswith("Per 10,000 children · Looked-after children who went missing")


@pytest.mark.parametrize("chosen", ["", "south-wales,cheshire", "kent,essex,surrey,sussex,dorset,suffolk"])
def test_the_closed_box_holds_the_longest_name_of_a_force(chosen: str, reader: Reader) -> None:
    tab = reader.open("compare", **{"force": "greater-manchester", "with": chosen})
    assert tab.get_by_role("combobox", name="Force", exact=True).evaluate(CUT) == ""


SIX = "kent,avon-and-somerset,devon-and-cornwall,cambridgeshire,west-yorkshire,metropolitan"


@pytest.mark.parametrize("page", ["force", "compare"])
def test_every_part_stays_short_with_six_chosen_forces(page: str, reader: Reader) -> None:
    """Their names, sentences, marks and columns made Force's assessments and Compare's first view the tallest. Axe's test asks
    the same of every part with two."""
    reader.open(page, **{"force": "lincolnshire", "with": SIX})
    tall = {}
    for place, part in enumerate(reader.parts()):
        tab = reader.turn_to(part) if place else reader.page
        tall[part] = tab.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
    assert len(tall) > 1
    assert {part: height for part, height in tall.items() if height > TALLEST} == {}


HIDDEN_CHIPS = """box => { const frame = box.getBoundingClientRect(); return [...box.querySelectorAll('[data-tag]')].filter(one => {
    const chip = one.getBoundingClientRect(); return chip.right > frame.right || chip.bottom > frame.bottom || chip.width < 24
}).map(one => one.ariaLabel) }"""


@pytest.mark.parametrize("screen", [WIDE, PHONE], ids=lambda one: str(one["width"]))
def test_all_chosen_forces_are_read_in_the_closed_choice(
    screen: dict[str, int], new_reader: Callable[..., Reader], server: Server
) -> None:
    tab = new_reader(server, screen).open("compare", **{"force": "wiltshire", "with": SIX})
    if screen is PHONE:
        tab.locator(".fold summary").click()
    box = tab.get_by_test_id("stMultiSelect").first
    expect(box.locator("[data-tag]:visible")).to_have_count(6)
    assert box.evaluate(HIDDEN_CHIPS) == []
    chips = box.get_by_test_id("stMultiSelectTagsContainer").first
    assert chips.evaluate("one => one.scrollWidth <= one.clientWidth"), "the names are moved sideways"


CUT_WORDS = """() => [...document.querySelectorAll('.js-plotly-plot')].filter(one => one.getClientRects().length).flatMap(plot => {
    const frame = plot.getBoundingClientRect()
    return [...plot.querySelectorAll('text')].filter(one => one.textContent).filter(one => {
        const words = one.getBoundingClientRect(); return words.width && (words.left < frame.left - 1 || words.right > frame.right + 1)
    }).map(one => one.textContent) })"""


@pytest.mark.parametrize(("page", "view"), [("compare", "bars"), ("police", "")])
def test_no_word_of_bars_is_cut_on_a_phone(page: str, view: str, new_reader: Callable[..., Reader], server: Server) -> None:
    """'at least 11.4%' and 'South West 35.4' ran out of their charts: names leave bars less than half of the width."""
    tab = new_reader(server, PHONE).open(page, force="wiltshire", **({"view": view} if view else {}))
    assert tab.evaluate(CUT_WORDS) == []


SCROLLING = """() => [...document.querySelectorAll('[data-testid=stMain] :is(.figures, .listing)')].filter(one => one.getClientRects().length
    && (one.scrollHeight > one.clientHeight + 2 || one.scrollWidth > one.clientWidth + 2)).map(one => one.ariaLabel)"""


def test_a_long_list_shows_more_of_itself_on_a_phone_where_it_is_asked_to(
    new_reader: Callable[..., Reader], server: Server
) -> None:
    """Coverage and Revisions scrolled in a frame within the page that scrolls, the checks both ways."""
    reader = new_reader(server, PHONE)
    for part in ("coverage", "revisions"):
        tab = reader.open("data", tab=part)
        if part == "coverage":
            tab.get_by_text("Every check with what").click()
            expect(tab.get_by_text("The download has all of them.")).to_be_visible()
        assert tab.evaluate(SCROLLING) == [], part
        rows = tab.locator(".framed.long").first.locator("tbody tr:visible")
        expect(rows).to_have_count(25)
        tab.locator("details.more-here summary").first.press("Enter")
        assert rows.count() > 250
        assert tab.evaluate(SCROLLING) == [], part
