"""Ten everyday tasks, played from the front page as a reader would: at most three clicks each, and the answer can be read."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Reader

pytestmark = pytest.mark.browser
MOST_CLICKS = 3


@pytest.fixture
def visitor(reader: Reader) -> Iterator[Reader]:
    """A reader at the front page, whose clicks are counted."""
    reader.open("")
    reader.clicks = 0
    yield reader
    assert 0 < reader.clicks <= MOST_CLICKS, f"{reader.clicks} clicks"


def _search(reader: Reader, typed: str, found: str) -> Page:
    """Type into the masthead's search and take what it offers: the keyboard's Enter, as a reader does who has just typed."""
    box = reader.page.get_by_role("combobox", name="Find a force or council")
    box.click()
    box.fill(typed)
    expect(reader.page.get_by_role("option").first).to_have_text(found)
    box.press("Enter")
    reader.page.wait_for_url("**/force**")
    return reader.settle()


def _open(reader: Reader, title: str) -> Page:
    reader.page.get_by_role("radio", name=title, exact=True).click()
    return reader.settle()


def _cells(page: Page, heading: str) -> Locator:
    """The cells of the row under a heading."""
    return page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=heading, exact=True)).first.get_by_role("cell")


def _link_to_copy(page: Page) -> str:
    page.get_by_role("button", name="Share").click()
    expect(page.locator("[data-copies]")).to_have_text("Copied")
    return str(page.evaluate("navigator.clipboard.readText()"))


def test_1_is_wiltshires_share_rising_and_does_it_differ_from_similar_forces(visitor: Reader) -> None:
    page = _search(visitor, "wilt", "Wiltshire Police")
    block = page.locator(".block").filter(has_text="Similar forces")
    expect(block).to_contain_text("12.7%")
    expect(block.locator("li").filter(has_text="Similar forces")).to_contain_text("11.5%")
    expect(block.locator("li").filter(has_text="Similar forces").locator(".chip")).to_have_text("About average")
    _open(visitor, "Missing children")
    expect(page.get_by_text(re.compile(r"no statistically significant change in Wiltshire\b")).first).to_be_visible()


def test_2_which_forces_were_inadequate_at_protecting_vulnerable_people_in_2021_22_and_since(visitor: Reader) -> None:
    page = visitor.go_to("Vulnerable people")
    _open(visitor, "PEEL 2021/22")
    answer = page.get_by_text(re.compile("^HMICFRS graded 2 forces “inadequate” for protecting vulnerable people in 2021/22"))
    expect(answer).to_contain_text("Gloucestershire and Wiltshire.")
    expect(answer).to_contain_text("Since then (2023-25): Wiltshire “requires improvement”; Gloucestershire not known.")
    expect(answer).to_be_in_viewport()
    expect(_cells(page, "Inadequate").nth(1)).to_have_text("Wiltshire, Gloucestershire")


def test_3_what_was_due_after_wiltshires_inspection_of_2022_and_was_it_done(visitor: Reader) -> None:
    page = visitor.go_to("Follow-up")
    answer = page.locator(".st-key-opening")
    expect(answer).to_contain_text("An action plan was expected by 16 September 2022")
    expect(answer).to_contain_text("Whether a force sent its action plan is not known to us.")
    expect(answer).to_contain_text("HMICFRS returned in April 2023, 55 to 84 days after the planned return date.")
    expect(answer).to_be_in_viewport()


def test_4_a_chart_and_its_data_for_a_board_paper(visitor: Reader) -> None:
    page = visitor.page
    line = page.get_by_role("radiogroup", name=re.compile("^More about")).last
    line.get_by_role("radio", name="Image").click()
    visitor.settle()
    with page.expect_download() as picture:
        page.get_by_role("button", name=re.compile("PNG")).first.click()
    assert Path(picture.value.path()).read_bytes().startswith(b"\x89PNG")
    assert picture.value.suggested_filename.endswith(".png")


def test_4_the_data_behind_a_chart(visitor: Reader) -> None:
    page = visitor.page
    line = page.get_by_role("radiogroup", name=re.compile("^More about")).last
    line.get_by_role("radio", name="Data").click()
    visitor.settle()
    with page.expect_download() as data:
        page.get_by_role("button", name=re.compile("CSV")).first.click()
    rows = list(csv.DictReader(io.StringIO(Path(data.value.path()).read_text(encoding="utf-8-sig"))))
    protecting = {row["grade"]: int(row["forces"]) for row in rows if row["short_title"].startswith("Protecting")}
    assert protecting["Requires improvement"] == 18
    assert sum(protecting.values()) == 43


def test_5_send_exactly_this_view(visitor: Reader) -> None:
    visitor.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = visitor.go_to("Compare")
    _open(visitor, "Funnel")
    link = _link_to_copy(page)
    for part in ("/compare?", "force=", "measure=", "view=funnel"):
        assert part in link
    assert "build=" not in link
    page.goto(link)
    visitor.settle()
    expect(page.get_by_role("radio", name="Funnel")).to_be_checked()


def test_6_compare_wiltshire_with_kent_and_avon_and_somerset(visitor: Reader) -> None:
    page = visitor.go_to("Compare")
    box = page.get_by_role("combobox", name="Forces to compare with")
    box.click()
    for name in ("Kent", "Avon and Somerset"):
        box.fill(name)
        expect(page.get_by_role("option").first).to_have_text(name)
        box.press("Enter")
        visitor.settle()
    box.press("Escape")  # the list stays open for more
    for name in ("Wiltshire", "Kent", "Avon and Somerset"):
        expect(page.get_by_role("columnheader", name=name, exact=True).first).to_be_visible()
    share = _cells(page, "Looked-after children who went missing (%), 2024")
    expect(share.nth(0)).to_contain_text("12.7%")
    expect(share.nth(1)).to_contain_text("10.3%")


def test_7_figures_of_swindon_council(visitor: Reader) -> None:
    page = _search(visitor, "swindon", "Swindon council: Wiltshire Police")
    expect(visitor.heading()).to_have_text("Wiltshire Police")
    expect(_cells(page, "Swindon").first).to_have_text(re.compile(r"\d"))


def test_8_what_does_c_mean(visitor: Reader) -> None:
    page = visitor.go_to("Methods")
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name="[c]", exact=True))
    expect(row).to_contain_text("Suppressed")
    expect(row).to_contain_text("to protect children")
    expect(row).to_be_in_viewport()


def test_8_a_table_with_a_suppressed_figure_leads_to_its_meaning(visitor: Reader) -> None:
    page = visitor.go_to("Compare")
    page.get_by_role("link", name=re.compile("^Symbols")).first.click()
    visitor.settle()
    expect(page.get_by_role("heading", name="What do the symbols mean?")).to_be_visible()


def test_9_all_data_as_csv_and_as_api(visitor: Reader) -> None:
    page = visitor.go_to("Downloads")
    expect(page.get_by_text("api/v1/forces.json")).to_be_visible()
    with page.expect_download() as taken:
        page.get_by_role("button", name=re.compile("all data.*CSV")).click()
    names = zipfile.ZipFile(taken.value.path()).namelist()
    assert any(name.endswith("indicator.csv") for name in names), names[:20]


def test_10_my_force_by_council(visitor: Reader) -> None:
    page = _search(visitor, "wilt", "Wiltshire Police")
    _open(visitor, "Councils")
    for council in ("Swindon", "Wiltshire"):
        expect(_cells(page, council).first).to_have_text(re.compile(r"\d"))
