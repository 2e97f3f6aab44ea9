"""Ten everyday tasks, played from the front page as a reader would: at most three clicks each, and the answer can be read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Reader

pytestmark = pytest.mark.browser


def _search(reader: Reader, typed: str, found: str) -> Page:
    """Type into the masthead's search and pick what it finds: one click."""
    box = reader.page.get_by_role("combobox", name="Find a force or council")
    box.click()
    box.fill(typed)
    reader.page.get_by_role("option", name=found, exact=True).click()
    reader.page.wait_for_url("**/force**")
    return reader.settle()


def _tab(reader: Reader, title: str) -> Page:
    reader.page.get_by_role("radio", name=title, exact=True).click()
    return reader.settle()


def test_1_is_wiltshires_share_rising_and_does_it_differ_from_similar_forces(reader: Reader) -> None:
    reader.open("")
    page = _search(reader, "wilt", "Wiltshire Police")
    block = page.locator(".block").filter(has_text="Similar forces")
    expect(block).to_contain_text("12.7%")
    expect(block.locator("li").filter(has_text="Similar forces").locator(".chip")).to_have_text("About average")
    _tab(reader, "Missing children")
    expect(page.get_by_text(re.compile("Wiltshire, no significant change", re.IGNORECASE)).first).to_be_visible()


def test_2_which_forces_were_inadequate_at_protecting_vulnerable_people_in_2021_22_and_since(reader: Reader) -> None:
    reader.open("")
    page = reader.go_to("Vulnerable people")
    expect(page.get_by_text(re.compile("Gloucestershire"))).not_to_have_count(0)
    expect(page.get_by_text(re.compile("2021/22"))).not_to_have_count(0)


def test_3_what_was_due_after_wiltshires_inspection_of_2022_and_was_it_done(reader: Reader) -> None:
    reader.open("")
    page = reader.go_to("Follow-up")
    expect(page.get_by_text(re.compile("action plan", re.IGNORECASE)).first).to_be_visible()
    expect(page.get_by_text(re.compile("55 to 84 days")).first).to_be_visible()


def test_4_a_chart_and_its_data_for_a_board_paper(reader: Reader, tmp_path: Path) -> None:
    reader.open("trends", force="wiltshire")
    line = reader.page.get_by_role("radiogroup", name=re.compile("^More about")).first
    line.get_by_role("radio", name="Image").click()
    reader.settle()
    with reader.page.expect_download() as picture:
        reader.page.get_by_role("button", name=re.compile("PNG")).first.click()
    assert picture.value.suggested_filename.endswith(".png")
    line.get_by_role("radio", name="Data").click()
    reader.settle()
    with reader.page.expect_download() as data:
        reader.page.get_by_role("button", name=re.compile("CSV")).first.click()
    assert data.value.suggested_filename.endswith(".csv")


def test_5_send_exactly_this_view(reader: Reader) -> None:
    reader.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = reader.open("compare", force="kent", year="2022", view="funnel")
    button = page.get_by_role("button", name="Share")
    button.click()
    expect(page.locator("[data-copies]")).to_have_text("Copied")
    link = page.evaluate("navigator.clipboard.readText()")
    for part in ("/compare?", "force=kent", "year=2022", "view=funnel"):
        assert part in link
    assert "build=" not in link


def test_6_compare_wiltshire_with_kent_and_avon_and_somerset(reader: Reader) -> None:
    reader.open("")
    page = reader.go_to("Compare")
    box = page.get_by_role("combobox", name="Forces to compare with")
    for name in ("Kent", "Avon and Somerset"):
        box.click()
        box.fill(name)
        page.get_by_role("option", name=name, exact=True).click()
        reader.settle()
    page.mouse.click(5, 500)  # beside the list, which stays open for more
    reader.settle()
    for name in ("Wiltshire", "Kent", "Avon and Somerset"):
        expect(page.get_by_role("columnheader", name=name, exact=True).first).to_be_visible()


def test_7_figures_of_swindon_council(reader: Reader) -> None:
    reader.open("")
    page = _search(reader, "swindon", "Swindon council: Wiltshire Police")
    expect(reader.heading()).to_have_text("Wiltshire Police")
    expect(page.get_by_role("rowheader", name="Swindon", exact=True).first).to_be_visible()


def test_8_what_does_c_mean(reader: Reader) -> None:
    reader.open("")
    page = reader.go_to("Methods")
    expect(page.get_by_text("[c]").first).to_be_visible()


def test_9_all_data_as_csv_and_as_api(reader: Reader) -> None:
    reader.open("")
    page = reader.go_to("Downloads")
    expect(page.get_by_role("button", name=re.compile("CSV")).first).to_be_visible()
    expect(page.get_by_text("API").first).to_be_visible()


def test_10_my_force_by_council(reader: Reader) -> None:
    reader.open("")
    page = _search(reader, "wilt", "Wiltshire Police")
    _tab(reader, "Councils")
    for name in ("Swindon", "Wiltshire"):
        expect(page.get_by_role("rowheader", name=name, exact=True).first).to_be_visible()
