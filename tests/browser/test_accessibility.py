"""axe-core finds nothing on any page, at a desk or on a phone, with everything unfolded; the keyboard reaches everything."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.app.surface import Page, pages
from tests.browser.conftest import PHONE, WIDE, Reader, Server

pytestmark = pytest.mark.browser
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
# Streamlit 1.67 draws the sections of its navigation as <ul data-testid="stSidebarNavItems"><div>…<li>…</li></div></ul>: a <div>
# stands where only <li> may, and no style or argument changes it. Excluded there alone: both rules hold everywhere else.
NOT_OURS = {"list": "stSidebarNavItems", "listitem": "stSidebarNavItems"}
OPTIONS: dict[str, Any] = {"runOnly": {"type": "tag", "values": STANDARDS}, "resultTypes": ["violations"]}
PAGES = [pytest.param(page, id=page.url) for page in pages()]
BACKWARDS = 60
SCREENS = [pytest.param(WIDE, id="1440"), pytest.param(PHONE, id="390")]


def _violations(reader: Reader) -> list[str]:
    found = Axe().run(reader.page, options=OPTIONS).response["violations"]
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


def _unfold(reader: Reader) -> None:
    for one in reader.page.locator("[data-testid=stExpander] details:not([open]) > summary").all():
        if one.is_visible():
            one.click()
    reader.settle()
    reader.page.wait_for_timeout(400)  # the expander's own animation: half-faded text has too little contrast


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("page", PAGES)
def test_axe_finds_no_violation(page: Page, screen: dict[str, int], new_reader: Callable[..., Reader], server: Server) -> None:
    reader = new_reader(server, screen)
    reader.open(page.address, force="essex", **{"with": "kent,gwent"})
    _unfold(reader)
    assert _violations(reader) == []
    # Nothing may push the page itself sideways: wide tables and charts scroll or shrink inside their own frame.
    assert reader.page.evaluate("document.documentElement.scrollWidth") <= screen["width"]


def test_axe_finds_no_violation_where_a_welsh_force_and_a_wrong_address_are_told(reader: Reader) -> None:
    reader.open("force", force="gwent", year="1066")
    assert _violations(reader) == []


def test_keyboard_reaches_the_matrix_and_its_sources(reader: Reader) -> None:
    page = reader.open("grades", force="wiltshire")
    matrix = page.locator(".matrix").first
    matrix.focus()
    page.keyboard.press("Tab")
    focused = page.evaluate("[document.activeElement.tagName, document.activeElement.title]")
    assert focused[0] == "A"
    assert "Opens the source" in focused[1]


def test_keyboard_opens_the_table_under_a_chart(reader: Reader) -> None:
    page = reader.open("compare", force="wiltshire")
    summary = page.locator("[data-testid=stExpander] summary").last
    summary.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("columnheader", name="Force", exact=True).first).to_be_visible()


def test_tab_walks_from_the_choices_into_the_page(reader: Reader) -> None:
    """No trap: from the last choice in the sidebar Tab goes on to the page's own links and buttons."""
    page = reader.open("compare", force="wiltshire")
    reached = set()
    page.locator("body").press("Tab")
    for _ in range(60):
        reached.add(
            page.evaluate(
                "document.activeElement.closest('[data-testid=stSidebar]') ? 'sidebar' : "
                "document.activeElement.closest('[data-testid=stExpander]') ? 'expander' : "
                "document.activeElement.closest('[data-testid=stMain]') ? 'main' : 'other'"
            )
        )
        if reached >= {"sidebar", "main", "expander"}:
            return
        page.keyboard.press("Tab")
    pytest.fail(f"Tab reached only {reached}")


SEEN = """() => {
    const one = document.activeElement
    if (!one.closest('table')) return ''
    const box = one.getClientRects()[0]
    const above = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2)
    return above && one.contains(above) ? '' : `${one.title || one.innerText} under ${above ? above.outerHTML.slice(0, 60) : 'nothing'}`
}"""


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("page", ["grades", "protecting", "follow-up", "child-protection"])
def test_what_has_the_focus_is_not_under_a_cell_that_sticks(
    page: str, screen: dict[str, int], new_reader: Callable[..., Reader], server: Server
) -> None:
    """Backwards is the hard way: links come in from behind the head and the first column."""
    reader = new_reader(server, screen)
    tab = reader.open(page, force="wiltshire")
    links = tab.locator(".matrix table a:visible, .listing table a:visible")
    links.last.focus()
    hidden = []
    for _ in range(BACKWARDS):
        tab.keyboard.press("Shift+Tab")
        hidden += [said] if (said := str(tab.evaluate(SEEN))) else []
    assert hidden == []


def test_focus_is_seen_on_the_links_of_the_navigation(reader: Reader) -> None:
    page = reader.open("grades", force="wiltshire")
    page.get_by_test_id("stSidebarNavLink").first.focus()
    page.keyboard.press("Tab")
    style = page.evaluate("[document.activeElement.dataset.testid, getComputedStyle(document.activeElement).outline]")
    assert style[0] == "stSidebarNavLink"
    assert style[1] == "rgb(29, 79, 145) solid 3px"
