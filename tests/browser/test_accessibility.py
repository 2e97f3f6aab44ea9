"""axe-core finds nothing on any page, at a desk or on a phone, with everything unfolded; the keyboard reaches everything."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from environment import TEST_EVERYTHING
from tests.app.surface import Page, pages
from tests.browser.axe import violations
from tests.browser.conftest import PHONE, TALLEST, WIDE, Reader, Server

pytestmark = pytest.mark.browser
# Streamlit 1.67 draws the sections of a phone's navigation as <ul data-testid="stSidebarNavItems"><div>…<li>…</li></div></ul>: a
# <div> stands where only <li> may, and no style or argument changes it. Excluded there alone: both rules hold everywhere else.
NOT_OURS = {"list": "stSidebarNavItems", "listitem": "stSidebarNavItems"}
PAGES = [pytest.param(page, id=page.url) for page in pages()]
BACKWARDS = 60
# Links within a sentence need no room of their own; small forces of the map with boundaries are tiles one click away.
SMALL = """() => [...document.querySelectorAll('[data-testid=stApp] :is(a, button, summary, [role=radio])')]
    .filter(one => one.getClientRects().length && one.tabIndex >= 0 && !one.closest('p, svg, .modebar, [data-testid=stSidebar]'))
    .map(one => [(one.innerText || one.title).slice(0, 30), one.getBoundingClientRect()])
    .filter(([, box]) => box.width > 1 && Math.min(box.width, box.height) < 23.5)
    .slice(0, 5).map(([text, box]) => `${text}: ${box.width} x ${box.height}`)"""


def _violations(reader: Reader) -> list[str]:
    found = violations(reader.page)
    for one in found:
        frame = NOT_OURS.get(one["id"])
        one["nodes"] = [node for node in one["nodes"] if not frame or not _inside(reader, node["target"][0], frame)]
    return [
        json.dumps({"rule": one["id"], "help": one["help"], "at": [node["target"] for node in one["nodes"]][:4],
                    "html": one["nodes"][0]["html"][:300], "why": one["nodes"][0]["failureSummary"][:300]}, indent=1)
        for one in found
        if one["nodes"]
    ]  # fmt: skip


def _inside(reader: Reader, target: str, frame: str) -> bool:
    return bool(reader.page.locator(target).first.evaluate("(one, frame) => !!one.closest(`[data-testid=${frame}]`)", frame))


# All at once: of folds that are opened one by one, the list of those that are left is another after each.
OPEN_FOLDS = """() => {
    const folds = [...document.querySelectorAll('[data-testid=stExpander] details:not([open]) > summary')]
        .filter(one => one.getClientRects().length)
    folds.forEach(one => one.click())
    return folds.length
}"""
LEFT_FOLDED = """() => [...document.querySelectorAll('[data-testid=stExpander] details:not([open]) > summary')]
    .filter(one => one.getClientRects().length).map(one => one.innerText)"""
AT_REST = "() => document.getAnimations().every(one => one.playState !== 'running')"


def _unfold(reader: Reader) -> None:
    """Open every fold, and what is behind each line under a view: data, else notes."""
    rows = [one for one in reader.page.get_by_role("radiogroup", name=re.compile("^More about")).all() if one.is_visible()]
    for row in rows:
        choices = row.get_by_role("radio")
        choices.nth(min(1, choices.count() - 1)).click()
    if rows:
        reader.settle()
    if reader.page.evaluate(OPEN_FOLDS):
        reader.settle()
        reader.page.wait_for_function(AT_REST)  # half-faded text of a fold that opens has too little contrast
        assert reader.page.evaluate(LEFT_FOLDED) == []


def _screens(place: int) -> list[dict[str, int]]:
    """Both widths for the part that a page opens with; the others in turn, or both with ``FORCE_TEST_EVERYTHING=1``."""
    both = [WIDE, PHONE]
    return both if place == 0 or os.environ.get(TEST_EVERYTHING.name) else both[place % 2 :][:1]


@pytest.mark.parametrize("page", PAGES)
def test_axe_finds_no_violation_on_any_part_of_a_page(page: Page, new_reader: Callable[..., Reader], server: Server) -> None:
    """Each tab or view at a desk and on a phone: short, and unfolded without a violation; nothing pushes the page sideways."""
    reader = new_reader(server)
    reader.open(page.address, force="essex", **{"with": "kent,gwent"})
    wrong = []
    for place, part in enumerate(reader.parts()):
        reader.turn_to(part)
        height = reader.page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
        if height > TALLEST:
            wrong.append(f"{part}: the page is {height} px tall")
        _unfold(reader)
        for screen in _screens(place):
            reader.at(screen)
            wrong += [f"{part} at {screen['width']}: {one}" for one in _violations(reader)]
            if (width := reader.page.evaluate("document.documentElement.scrollWidth")) > screen["width"]:
                wrong.append(f"{part}: the page is {width} px wide at {screen['width']}")
            wrong += [f"{part} at {screen['width']}: too small a target: {one}" for one in reader.page.evaluate(SMALL)]
        reader.page.set_viewport_size(WIDE)  # type: ignore[arg-type]
    assert not wrong, "\n".join(wrong)


def test_axe_finds_no_violation_where_a_welsh_force_and_a_wrong_address_are_told(reader: Reader) -> None:
    reader.open("force", force="gwent", year="1066")
    assert _violations(reader) == []


def test_keyboard_reaches_the_matrix_and_its_sources(reader: Reader) -> None:
    page = reader.open("grades", force="wiltshire")
    matrix = page.locator(".matrix").first
    matrix.focus()
    for _ in range(2):  # the name of the force leads to its page, its first grade to the source
        page.keyboard.press("Tab")
    focused = page.evaluate("[document.activeElement.tagName, document.activeElement.title]")
    assert focused[0] == "A"
    assert "Opens the source" in focused[1]


def test_tab_comes_to_the_view_that_is_chosen(reader: Reader) -> None:
    """It came to the first of the row: "Side by side" beside a page of all measures."""
    reader.open("compare", view="rug")
    page = reader.page
    page.get_by_role("combobox", name="Year").focus()
    for pressed in ("Tab", "Shift+Tab", "Tab"):
        page.keyboard.press(pressed)
    expect(page.get_by_role("radio", name="All measures")).to_be_focused()


def test_keyboard_opens_the_data_under_a_chart(reader: Reader) -> None:
    page = reader.open("compare", force="wiltshire", view="bars")
    row = page.get_by_role("radiogroup", name=re.compile("^More about")).first
    row.get_by_role("radio", name="Notes").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    expect(page.get_by_role("columnheader", name="Force", exact=True).first).to_be_visible()


WHERE = """() => {
    const one = document.activeElement
    if (one.matches('[data-testid=stMain]')) return 'other'  // it scrolls, so that the browser lets it be reached
    return one.closest('[data-testid=stHeader]') ? 'header' : one.closest('.st-key-masthead') ? 'masthead' :
        one.closest('.st-key-choices') ? 'choices' : one.closest('[data-testid=stMain]') ? 'page' : 'other'
}"""


def test_tab_walks_in_reading_order_from_the_masthead_through_the_choices_into_the_page(reader: Reader) -> None:
    page = reader.open("compare", force="wiltshire")
    reached: list[str] = []
    page.locator("body").press("Tab")
    for _ in range(60):
        where = str(page.evaluate(WHERE))
        if where != "other" and (not reached or reached[-1] != where):
            reached.append(where)
        page.keyboard.press("Tab")
        if where == "page":
            break
    assert [one for one in reached if one != "header"] == ["masthead", "choices", "page"]


SEEN = """() => {
    const one = document.activeElement
    if (!one.closest('table')) return ''
    const box = one.getClientRects()[0]
    const above = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2)
    return above && one.contains(above) ? '' : `${one.title || one.innerText} under ${above ? above.outerHTML.slice(0, 60) : 'nothing'}`
}"""


@pytest.mark.parametrize(
    ("page", "part"), [("grades", "forces"), ("protecting", "forces"), ("follow-up", "returns"), ("child-protection", "graded")]
)
def test_what_has_the_focus_is_not_under_a_cell_that_sticks(page: str, part: str, reader: Reader) -> None:
    """Backwards is the hard way: links come in from behind the head and the first column."""
    tab = reader.open(page, force="wiltshire", tab=part)
    hidden = []
    for screen in (WIDE, PHONE):
        reader.at(screen)
        tab.locator(".matrix table a:visible, .listing table a:visible").last.focus()
        for _ in range(BACKWARDS):
            tab.keyboard.press("Shift+Tab")
            hidden += [f"at {screen['width']}: {said}"] if (said := str(tab.evaluate(SEEN))) else []
    assert hidden == []


def test_focus_is_seen_on_the_links_of_the_navigation(reader: Reader) -> None:
    page = reader.open("grades", force="wiltshire")
    page.get_by_test_id("stTopNavLink").first.focus()
    page.keyboard.press("Tab")
    focused = page.locator("[data-testid=stTopNavLink]:focus")
    expect(focused).to_have_css("outline-style", "solid")
    expect(focused).to_have_css("outline-width", "3px")
    expect(focused).to_have_css("outline-color", "rgb(31, 91, 168)")


RING = """() => { const one = document.activeElement, style = getComputedStyle(one);
    return [one.dataset.testid || one.tagName, style.outlineStyle, style.outlineWidth, style.outlineColor].join(' ') }"""


def test_what_the_keyboard_reaches_is_ringed_in_blue_the_region_of_the_page_among_it(reader: Reader) -> None:
    page = reader.open("grades", force="wiltshire")
    rings = []
    for _ in range(30):
        page.keyboard.press("Tab")
        rings.append(page.evaluate(RING))
    assert any(ring.startswith("stMain ") for ring in rings), rings
    # Boxes have the ring about their frame, not about the field within.
    assert [ring for ring in rings if not ring.startswith("INPUT") and not ring.endswith("solid 3px rgb(31, 91, 168)")] == []


BOX = "() => getComputedStyle(document.activeElement.closest('[role=group]')).outline"


def test_a_choice_and_what_opens_over_the_page_are_ringed_too_and_tab_goes_into_it(reader: Reader) -> None:
    """A box had a blue hairline for a grey one; Tab passed what Cite and Briefing opened, to reach it after the whole page."""
    page = reader.open("force", force="wiltshire")
    page.get_by_role("combobox", name="Force", exact=True).focus()
    assert page.evaluate(BOX) == "rgb(31, 91, 168) solid 3px"
    page.get_by_test_id("stTopNavSection").first.focus()
    page.keyboard.press("Enter")
    entry = page.get_by_test_id("stTopNavDropdownLink").first
    expect(entry).to_be_focused()
    expect(entry).to_have_css("outline-color", "rgb(31, 91, 168)")
    page.keyboard.press("Escape")
    button = page.get_by_test_id("stPopoverButton").filter(has_text="Briefing")
    button.focus()
    page.keyboard.press("Enter")
    slides, pdf = (page.get_by_role("dialog").get_by_role("button", name=name) for name in ("slides", "PDF"))
    expect(pdf).to_be_visible()
    for stop in (slides, pdf, page.get_by_role("combobox", name="Force", exact=True)):
        page.keyboard.press("Tab")
        expect(stop).to_be_focused()
    slides.focus()
    page.keyboard.press("Shift+Tab")
    expect(button).to_be_focused()
    page.keyboard.press("Escape")
    expect(slides).to_have_count(0)
    expect(button).to_be_focused()


ROW = "<tr><th scope=row>Exampleshire</th><td class=a>1</td><td class=b>{b}</td></tr>"
PALE = "<span style='color: #eee; background: #fff'>hardly seen</span>"


@pytest.mark.parametrize("column", ["number", "word"])
def test_a_fault_in_one_row_among_many_is_found(column: str, reader: Reader) -> None:
    """Rows whose cells are all like others of their columns are taken out while axe looks, and put back."""
    head = "<tr><th scope=col>Force<th scope=col>Number<th scope=col>Word"
    page = f"<html lang=en><title>t</title><main><h1>Made up</h1><table><thead>{head}</thead><tbody>"
    rows = [ROW.format(b="said"), ROW.format(b="<b>said</b>"), ROW.replace("class=a", "class=b").format(b="said")] * 20
    reader.page.set_content(f"{page}{''.join(rows)}</tbody></table></main></html>")
    assert violations(reader.page) == []
    rows[30] = ROW.format(b=PALE) if column == "word" else ROW.replace("1", PALE).format(b="said")
    reader.page.set_content(f"{page}{''.join(rows)}</tbody></table></main></html>")
    assert [one["id"] for one in violations(reader.page)] == ["color-contrast"]
    expect(reader.page.locator("tbody tr")).to_have_count(60)
