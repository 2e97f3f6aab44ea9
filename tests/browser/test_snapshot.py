"""The public site in a real Chromium, from an ordinary file server: axe, no script, nothing from elsewhere, phone and paper."""

from __future__ import annotations

import functools
import http.server
import re
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from tests.browser.axe import violations
from tests.browser.conftest import PHONE, TALLEST, WIDE

SCREENS = {"phone": PHONE, "desktop": WIDE}
PAPER = {"width": 688, "height": 1002}  # A4 less the margins of the style sheet, at 96 to the inch
WIDTH = "document.documentElement.scrollWidth"
KINDS = ["index.html", "forces/index.html", "forces/wiltshire.html", "forces/gwent.html", "measures/index.html",
    "measures/children-missing-percent.html", "measures/missing-incidents-number.html", "questions/index.html",
    "questions/protecting-vulnerable-people.html", "grades/index.html", "grades/2023-25.html", "find.html", "grades/2014.html",
    "child-protection.html", "methods.html", "hidden-figures.html", "data.html", "accessibility.html",
    "changes.html"]  # fmt: skip
FORCES = ["lincolnshire", "west-midlands", "south-wales", "city-of-london", "metropolitan"]
PAGES = [
    *KINDS,
    *(f"forces/{force}.html" for force in FORCES),
    "grades/2021-22.html",
    "england.html",
    "measures/physical-abuse-by-child-per-10000.html",
    "measures/police-missing-per-10000.html",
]
LONG = {"find.html": "one list, A to Z, of councils: a fold would hide the name that a reader looks for"}
FOLDING = ["index.html", "forces/wiltshire.html", "methods.html", "child-protection.html", "grades/2023-25.html", "data.html"]
OF_TEXT = {"hidden-figures.html"}  # explains in sentences before its table of words
FIRST = {"desktop": 600, "phone": 700}
# The first picture or big figure, or table, for some pages begin with their table; nothing of it where a page is a list or a text.
MEASURED = """() => {
    const seen = [...document.querySelectorAll('main :is(.chart, .map, .tiles, .big, .chip, .sparkline, table)')].filter(one =>
        one.checkVisibility()).map(one => one.getBoundingClientRect()).filter(box => box.height > 1).map(box => box.top + scrollY)
    const frames = [...document.querySelectorAll('.figures, .listing, .matrix')].filter(one => one.checkVisibility())
    return {
        height: document.documentElement.scrollHeight,
        first: seen.length ? Math.min(...seen) : 0,
        cut: frames.filter(one => one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 2)
            .map(one => one.ariaLabel),
    }
}"""
# Frames whose hint to scroll sideways is there without need, or missing.
HINTED = """() => [...document.querySelectorAll('.figures, .listing')].filter(one => {
    const hint = getComputedStyle(one.querySelector('caption span'), '::after')
    const seen = !['none', 'normal'].includes(hint.content) && hint.display !== 'none' && hint.visibility === 'visible'
    return one.checkVisibility() && seen !== one.scrollWidth > one.clientWidth
}).map(one => one.ariaLabel)"""
pytestmark = pytest.mark.browser
Visit = Callable[..., Page]


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


@pytest.fixture(scope="module")
def address(public_site: Path) -> Iterator[str]:
    """Where the newest snapshot is served."""
    handler = functools.partial(Quiet, directory=str(public_site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/snapshots/latest/"
        server.shutdown()


@pytest.fixture
def visit(chromium: Browser, address: str) -> Iterator[Visit]:
    """``visit(path, screen)``: a page that was opened without JavaScript of its own, and what it asked for and complained of."""
    contexts = []

    def open_page(path: str, screen: dict[str, int] = WIDE, script: bool = False, base: str = address) -> Page:
        contexts.append(chromium.new_context(viewport=screen, java_script_enabled=script, bypass_csp=script))  # type: ignore[arg-type]
        page = contexts[-1].new_page()
        page.goto(base + path)
        return page

    yield open_page
    for context in contexts:
        context.close()


@dataclass(frozen=True)
class Look:
    """What a page showed that was opened once: its width on a phone and on paper, folded; what axe found at each width, on a phone folded, too."""

    on_a_phone: int
    on_paper: int
    violations: dict[str, list[tuple[str, list[object]]]]


@pytest.fixture(scope="module")
def look(chromium: Browser, address: str) -> Iterator[Callable[[str], Look]]:
    """``look(path)``: each page is opened by the first test that asks for it, and by it alone."""
    # Axe is a script, so scripts are allowed here; the policy that forbids them is tested by itself.
    page = chromium.new_context(bypass_csp=True).new_page()
    yield cache(lambda path: _looked_at(page, address + path))
    page.context.close()


def _looked_at(page: Page, url: str) -> Look:
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.goto(url)
    on_a_phone = page.evaluate(WIDTH)
    page.set_viewport_size(PAPER)  # type: ignore[arg-type]
    page.emulate_media(media="print")
    on_paper = page.evaluate(WIDTH)
    page.emulate_media(media="screen")
    found: dict[str, list[tuple[str, list[object]]]] = {name: [] for name in SCREENS}
    # Folded, a page is the same few lines at any width: they are looked at on the phone, where they are tightest.
    for is_open, name in ((False, "phone"), (True, "phone"), (True, "desktop")):
        page.evaluate("is => document.querySelectorAll('details').forEach(one => one.open = is)", is_open)
        page.set_viewport_size(SCREENS[name])  # type: ignore[arg-type]
        found[name] += [(one["id"], [node["target"] for node in one["nodes"]][:3]) for one in violations(page)]
    return Look(on_a_phone, on_paper, found)


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("path", KINDS)
def test_axe_finds_nothing(path: str, screen: str, look: Callable[[str], Look]) -> None:
    assert look(path).violations[screen] == []


@pytest.mark.parametrize("path", KINDS)
def test_nothing_is_wider_than_a_phone_or_the_print_area_of_a4(path: str, look: Callable[[str], Look]) -> None:
    seen = look(path)
    assert (seen.on_a_phone <= PHONE["width"], seen.on_paper <= PAPER["width"]) == (True, True), (seen.on_a_phone, seen.on_paper)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_opens_short_with_its_picture_on_the_first_screen_and_no_table_cut(path: str, visit: Visit) -> None:
    """Pages of forces were 6,400 px tall; on a phone the comparison with the average, and most questions of a cycle, were cut."""
    page = visit(path, script=True)
    wrong = []
    for name, screen in SCREENS.items():
        page.set_viewport_size(screen)  # type: ignore[arg-type]
        found = page.evaluate(MEASURED)
        if name == "desktop" and found["height"] > TALLEST and path not in LONG:
            wrong.append(f"{found['height']} px tall")
        if found["first"] > FIRST[name] and path not in OF_TEXT:
            wrong.append(f"{name}: the first picture begins at {found['first']:.0f}")
        wrong += [f"{name}: cut: {one}" for one in found["cut"]]
    assert wrong == []


@pytest.mark.parametrize("path", ["grades/2023-25.html", "grades/2021-22.html", "data.html", "methods.html"])
def test_no_table_of_a_folded_part_is_cut_on_a_phone(path: str, visit: Visit) -> None:
    page = visit(path, PHONE, script=True)
    page.evaluate("document.querySelectorAll('.part').forEach(one => one.open = true)")
    assert page.evaluate(MEASURED)["cut"] == []


@pytest.mark.parametrize("path", [*(f"forces/{force}.html" for force in (*FORCES, "wiltshire")), "child-protection.html"])
def test_a_table_says_that_it_goes_on_if_and_only_if_it_does(path: str, visit: Visit) -> None:
    """The hint stood over nearly every table of four columns, though all of it was in sight."""
    page = visit(path, PHONE, script=True)
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert page.evaluate(HINTED) == []
    if path == "child-protection.html":
        assert page.evaluate(MEASURED)["cut"] == []


@pytest.mark.parametrize("path", FOLDING)
def test_an_address_opens_the_part_that_it_ends_in(path: str, visit: Visit, address: str) -> None:
    """An address whose target is the heading itself would leave it closed: the id is inside."""
    page = visit(path, script=True)
    parts = page.locator(".part > .opened").evaluate_all("all => all.map(one => one.id)")
    assert parts
    for part in parts:
        page.goto("about:blank")
        page.goto(f"{address}{path}#{part}")
        folded = page.locator(f".part:has(> [id='{part}'])")
        assert folded.evaluate("one => one.open"), part
        assert folded.locator("summary").first.evaluate("one => one.getBoundingClientRect().top >= 0"), part


def test_the_keyboard_opens_a_part_and_paper_has_it_open(visit: Visit) -> None:
    page = visit("methods.html", PHONE, script=True)
    folded = page.locator(".part").first
    heading, text = folded.locator("summary").first, folded.locator(".opened > p").first
    assert not text.is_visible()
    printed = "".join(sheet.extract_text() for sheet in PdfReader(BytesIO(page.pdf())).pages)
    assert text.text_content()[:60].split()[:6] == printed.partition(heading.inner_text())[2].split()[:6]  # type: ignore[index]
    heading.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    assert heading.evaluate("one => [document.activeElement === one, getComputedStyle(one).outlineStyle]") == [True, "solid"]
    assert all(tall >= 24 for tall in page.locator("summary:visible").evaluate_all("all => all.map(one => one.offsetHeight)"))
    page.keyboard.press("Enter")
    assert text.is_visible()


def test_a_force_uses_the_width_of_a_desktop_and_is_one_column_on_a_phone(visit: Visit) -> None:
    """The list of grades stands beside their story; nothing of it by a script."""
    page = visit("forces/wiltshire.html", WIDE, script=True)

    def top_and_left(selector: str) -> list[list[int]]:
        found = "all => all.map(one => one.getBoundingClientRect()).map(box => [Math.round(box.top), Math.round(box.left)])"
        return page.locator(selector).evaluate_all(found)  # type: ignore[no-any-return]

    listed, story = top_and_left(".views:has(> .tall) > .view")[:2]
    assert listed[0] == story[0]
    assert listed[1] < story[1]
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    assert len({left for _, left in top_and_left("main .view")}) == 1


@pytest.mark.parametrize(
    ("path", "said"), [("grades/2023-25.html", "34 of 43"), ("child-protection.html", "HMICFRS had returned after")]
)
def test_the_first_screen_answers_and_shows(path: str, said: str, visit: Visit) -> None:
    """Grades opened with why they cannot be compared, child protection with what is not known."""
    page = visit(path, WIDE, script=True)
    assert said in page.locator(".lead").inner_text()
    assert page.locator(".chart").first.bounding_box()["y"] < 600  # type: ignore[index]


def test_a_reader_without_javascript_goes_from_the_map_to_a_force_and_opens_a_table(visit: Visit) -> None:
    page = visit("index.html", PHONE)
    page.get_by_role("link", name="Wiltshire: ").first.click()
    assert page.get_by_role("heading", level=1).inner_text() == "Wiltshire Police"
    table = page.locator("details table").first
    assert not table.is_visible()
    page.locator("details:has(table) summary").first.click()
    assert table.is_visible()


def test_nothing_is_asked_of_anyone_else_and_the_policy_is_kept(visit: Visit, address: str, chromium: Browser) -> None:
    context = chromium.new_context()
    page = context.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    for path in KINDS:
        page.goto(address + path)
    context.close()
    assert [url for url in asked if not url.startswith(address)] == []
    assert said == []


def test_the_policy_stops_a_script_that_was_put_into_a_page(public_site: Path, chromium: Browser, tmp_path: Path) -> None:
    text = (public_site / "snapshots" / "latest" / "index.html").read_text(encoding="utf-8")
    (tmp_path / "index.html").write_text(text.replace("<h1>", "<script>document.title='run'</script><h1>"), encoding="utf-8")
    page = chromium.new_page()
    page.goto((tmp_path / "index.html").as_uri())
    assert page.title() != "run"
    page.close()


def test_the_pages_open_from_a_folder_with_their_style(public_site: Path, visit: Visit) -> None:
    folder = (public_site / "snapshots" / "latest").resolve()
    page = visit("forces/wiltshire.html", WIDE, script=True, base=f"{folder.as_uri()}/")
    assert page.evaluate("getComputedStyle(document.querySelector('.chart')).maxWidth") == "440px"


def test_the_keyboard_skips_to_the_content_and_shows_where_it_is(visit: Visit) -> None:
    page = visit("index.html", WIDE, script=True)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.evaluate("document.activeElement.getBoundingClientRect().top") >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_a_force_prints_with_its_tables_and_without_navigation(visit: Visit) -> None:
    page = visit("forces/wiltshire.html", PAPER, script=True)
    page.emulate_media(media="print")
    assert not page.get_by_role("navigation", name="Main").is_visible()
    assert page.locator("#councils table").first.bounding_box()["height"] > 50  # type: ignore[index]


def test_every_sheet_of_a_force_is_dated_and_has_a_heading_with_what_it_is_of(visit: Visit) -> None:
    """A heading stood on one sheet and its chart on the next, and the last sheet had the page's foot alone."""
    printed = visit("forces/wiltshire.html", script=True).pdf(prefer_css_page_size=True)
    sheets = [sheet.extract_text() for sheet in PdfReader(BytesIO(printed)).pages]
    assert len(sheets) <= 12
    for place, sheet in enumerate(sheets, 1):
        said, dated, _ = sheet.partition("Force performance: protecting children, 31 January 2026.")
        assert dated, place
        assert "Missing children by force to March" in sheet, place
        assert f"{place} of {len(sheets)}" in sheet
        assert len((said + sheet.partition(f"{place} of {len(sheets)}")[2]).strip()) > 150, sheet
    for heading, shown in (
        ("Judgements", "Responding to the public"),
        ("Missing children", "95% interval"),
        ("Over the years", "Unit:"),
        ("Councils", "Swindon"),
        ("Limits of the data", "cannot be compared"),
    ):
        assert any(f"{heading}\n" in sheet and shown in sheet for sheet in sheets), heading


@pytest.mark.parametrize(
    ("path", "drawn"),
    [
        ("index.html", "MET"), ("child-protection.html", "Working with safeguarding partners"), ("grades/2021-22.html", "Responding: "),
        ("measures/children-missing-percent.html", "Metropolitan"), ("england.html", "16 years and over"),
    ],
)  # fmt: skip
def test_no_sheet_is_left_with_a_heading_alone(path: str, drawn: str, visit: Visit) -> None:
    """First sheets had the title alone; charts higher than a sheet left a blank one, and had their keys printed over their rows."""
    page = visit(path, script=True)
    sheets = [sheet.extract_text() for sheet in PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages]
    assert drawn in " ".join(sheets[0].split())
    for place, sheet in enumerate(sheets, 1):
        assert len(sheet.strip()) > 500, f"sheet {place} of {len(sheets)}, whose foot has 400: {sheet}"


def test_paper_has_a_high_chart_once_in_strips_lower_than_a_sheet(visit: Visit) -> None:
    page = visit("child-protection.html", PAPER, script=True)
    assert not page.locator(".strips").first.is_visible()
    page.emulate_media(media="print")
    page.evaluate("document.querySelectorAll('.part').forEach(one => one.open = true)")
    tall = page.locator(".strips > svg").evaluate_all("all => all.map(one => one.getBoundingClientRect().height)")
    assert len(tall) > 15
    assert max(tall) < PAPER["height"] / 2
    whole = page.locator("figure:has(+ .strips) > .chart")
    assert whole.evaluate_all("all => all.map(one => one.getBoundingClientRect().height)") == [0, 0]
    assert page.locator(".strips").evaluate_all(
        "all => all.every(one => one.parentElement.querySelector('.foot').getBoundingClientRect().top >= one.getBoundingClientRect().bottom - 1)"
    ), "nothing is printed over them"


def test_names_on_paper_are_not_broken_and_do_not_run_into_one_another(visit: Visit, address: str) -> None:
    page = visit("index.html", PAPER, script=True)
    page.emulate_media(media="print")
    wide = "all => all.filter(one => one.scrollWidth > one.clientWidth).map(one => one.textContent)"
    assert page.locator(".block .tiles a").evaluate_all(wide) == []
    forces = page.locator("thead th:visible", has_text=re.compile("^Forces$")).first
    assert (
        forces.evaluate(
            "one => { const all = document.createRange(); all.selectNodeContents(one); return all.getClientRects().length }"
        )
        == 1
    ), "a heading of one word is not broken"
    page.goto(f"{address}child-protection.html")
    heads = page.locator(".matrix thead th")
    assert min(heads.evaluate_all("all => all.map(one => parseFloat(getComputedStyle(one).fontSize))")) * 0.75 >= 7, "points"
    assert min(heads.evaluate_all("all => all.map(one => one.clientWidth)")) >= 70
