"""The address is the state: links, Back, reload, navigation, a wrong word in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection

import pytest
from playwright.sync_api import expect

from tests.app.surface import pages
from tests.browser.conftest import Reader, Server

pytestmark = pytest.mark.browser
CHOICES = {"force": "kent", "measure": "missing-incidents-per-1000", "year": "2022", "with": "essex,surrey"}


def _same_choices(reader: Reader, shown: Collection[str] = ("force", "group", "year")) -> None:
    """The address holds every choice; those that act on the page can be seen."""
    for part in ("force=kent", "measure=missing-incidents-per-1000", "year=2022", "with=essex(,|%2C)surrey"):
        expect(reader.page).to_have_url(re.compile(rf"\?.*{part}"))  # a step back is answered by a run that writes it
    for key, label, value in (("force", "Force", "Kent"), ("year", "Year", "March 2022")):
        box = reader.page.get_by_role("combobox", name=label, exact=True)
        if key in shown:
            expect(box).to_have_value(value)
        else:
            expect(box).to_have_count(0)
    for button in ("Remove Essex", "Remove Surrey") if "group" in shown else ():
        expect(reader.page.get_by_role("button", name=button)).to_be_attached()


def test_cold_deep_link_opens_the_page_with_its_choices(new_reader: Callable[..., Reader], fresh_server: Server) -> None:
    """The first reader of a new server follows a link to a page that is not the first one."""
    reader = new_reader(fresh_server)
    page = reader.open("compare", **CHOICES)
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_text("Page not found")).to_have_count(0)
    expect(reader.heading()).to_have_text("Compare forces")
    expect(page).to_have_title(re.compile("^Compare: Kent"))
    _same_choices(reader)


def test_journey_through_all_pages_keeps_the_choices(reader: Reader) -> None:
    reader.open("", **CHOICES)
    for stop in pages():
        reader.go_to(stop.title)
        expect(reader.page).to_have_title(re.compile(f"^{stop.title}: Kent"))
        assert reader.page.url.split("?")[0].rstrip("/") == reader.server.url(stop.address).rstrip("/")
        expect(reader.page.get_by_test_id("stException")).to_have_count(0)
        _same_choices(reader, stop.choices)


def test_back_and_forward_return_to_page_and_choices(reader: Reader) -> None:
    reader.open("trends", **CHOICES)
    reader.go_to("Compare")
    expect(reader.heading()).to_have_text("Compare forces")
    reader.page.go_back()
    expect(reader.heading()).to_have_text("Trends")
    reader.settle()
    _same_choices(reader)
    reader.page.go_forward()
    expect(reader.heading()).to_have_text("Compare forces")
    reader.settle()
    _same_choices(reader)


def test_reload_keeps_the_choices(reader: Reader) -> None:
    reader.open("force", **CHOICES)
    reader.page.reload()
    reader.settle()
    expect(reader.heading()).to_have_text("Kent Police")
    _same_choices(reader)


def test_choosing_a_force_rewrites_the_address_and_the_page(reader: Reader) -> None:
    reader.open("force")
    assert "force=" not in reader.query
    reader.pick("Force", "Gwent")
    expect(reader.heading()).to_have_text("Gwent Police")
    reader.page.wait_for_url("**/force?*force=gwent*")
    expect(reader.page).to_have_title(re.compile("^Force: Gwent"))
    reader.page.go_back()
    expect(reader.heading()).to_have_text("Wiltshire Police")
    assert "force=" not in reader.query
    reader.page.go_forward()
    expect(reader.heading()).to_have_text("Gwent Police")


@pytest.mark.parametrize(
    ("page", "words", "option", "part"),
    [
        ("", "kent", "Kent Police", ""),
        ("compare", "swindon", "Swindon council: Wiltshire Police", "Councils"),
        ("force", "gwent", "Gwent Police", ""),
    ],
)
def test_what_a_search_found_is_still_there_after_a_reload(page: str, words: str, option: str, part: str, reader: Reader) -> None:
    reader.open(page)
    box = reader.page.get_by_role("combobox", name="Find a force or council")
    box.click()
    box.fill(words)
    reader.page.get_by_role("option", name=option, exact=True).click()
    organisation = option.split(": ")[-1]
    expect(reader.heading()).to_have_text(organisation)
    reader.settle()
    reader.page.wait_for_url(f"**/force?*force={organisation.split()[0].lower()}*")
    reader.page.reload()
    reader.settle()
    expect(reader.heading()).to_have_text(organisation)
    if part:
        expect(reader.page.get_by_role("radio", name=part, exact=True)).to_be_checked()


def test_the_address_that_a_choice_writes_opens_the_same_page(reader: Reader, new_reader: Callable[..., Reader]) -> None:
    reader.open("trends")
    reader.pick("Force", "Durham")
    reader.page.wait_for_url("**force=durham*")
    opening = reader.page.locator("h1 ~ *, [data-testid=stMarkdown]").first
    expect(opening).to_contain_text("Durham")
    said = opening.inner_text()
    other = new_reader(reader.server)
    other.page.goto(reader.page.url)
    other.settle()
    assert other.page.locator("h1 ~ *, [data-testid=stMarkdown]").first.inner_text() == said


def test_unknown_words_in_the_address_are_told(reader: Reader) -> None:
    page = reader.open("compare", force="atlantis", year="1066")
    expect(page.get_by_text("There is no force “atlantis” here.")).to_be_visible()
    expect(page.get_by_text("There is no year “1066” here.")).to_be_visible()
    expect(reader.heading()).to_have_text("Compare forces")


@pytest.mark.parametrize(
    ("page", "wrong", "said"),
    [
        ("grades", "cycle", "There is no cycle “nonsense” here."),
        ("grades", "question", "There is no question “nonsense” here."),
        ("protecting", "order", "There is no order by “nonsense” here."),
        ("child-protection", "audits", "There is no case files of “nonsense” here."),
        ("follow-up", "region", "There is no region “nonsense” here."),
    ],
)
def test_a_wrong_word_for_a_pages_own_choice_is_told_under_its_title(page: str, wrong: str, said: str, reader: Reader) -> None:
    tab = reader.open(page, force="wiltshire", **{wrong: "nonsense"})
    told = tab.get_by_text(said)
    expect(told).to_be_visible()
    shown = tab.locator("h2:visible, table:visible, .js-plotly-plot:visible").first
    shown.wait_for()
    assert told.bounding_box()["y"] < shown.bounding_box()["y"]  # type: ignore[index]


def test_the_first_page_opens_by_its_own_name_too(reader: Reader) -> None:
    reader.open("national", force="dorset")
    expect(reader.page).to_have_title(re.compile("^National: Dorset"))
    expect(reader.page.get_by_text("Page not found")).to_have_count(0)
    expect(reader.page.get_by_test_id("stTopNavLink").filter(has_text="National")).to_have_count(1)


RAW_CHOICES = ["force", "measure", "year", "group", "with", "build"]


@pytest.mark.parametrize(
    "written",
    [
        "[Session expired](https://evil.example)",
        "![x](https://evil.example/t.png)",
        "https://evil.example www.evil.example a@evil.example",
        "<a href='https://evil.example'>x</a><img src='https://evil.example/t.png'>",
    ],
)
def test_text_of_an_address_is_shown_letter_for_letter(written: str, reader: Reader) -> None:
    """Read as Markdown it would be a link or a picture of someone else's; ``new_reader`` holds that no other host is asked."""
    page = reader.open("compare", **dict.fromkeys(RAW_CHOICES, written))
    remarks = page.get_by_test_id("stAlert").filter(has_text="evil.example")
    expect(remarks).to_have_count(len(RAW_CHOICES))
    for said in remarks.all_inner_texts():
        assert written[:50] in said.replace("\u2060", "")
    expect(page.locator("a[href*='evil'], a[href^='mailto'], img[src*='evil']")).to_have_count(0)


@pytest.mark.parametrize(
    ("address", "organisation"),
    [
        ("force/kent", "Kent Police"),
        ("force/Kent", "Kent Police"),
        ("force/kent/", "Kent Police"),
        ("force/avon%20and%20somerset", "Avon and Somerset Police"),
        ("force/metropolitan-police", "Metropolitan Police Service"),
        ("force/devon%20%26%20cornwall?force=kent", "Devon & Cornwall Police"),
        ("force?force=Kent", "Kent Police"),
        ("force/swindon", "Wiltshire Police"),
        ("force?force=Metropolitan+Police+Service", "Metropolitan Police Service"),
    ],
)
def test_a_typed_address_finds_its_force(address: str, organisation: str, reader: Reader) -> None:
    reader.open(address)
    expect(reader.heading()).to_have_text(organisation)
    expect(reader.page.get_by_role("dialog")).to_have_count(0)
    expect(reader.page.get_by_text("There is no force")).to_have_count(0)


def test_a_typed_path_is_the_first_address_that_a_new_server_is_asked_for(
    new_reader: Callable[..., Reader], fresh_server: Server
) -> None:
    reader = new_reader(fresh_server)
    reader.open("compare/Kent%20Police?year=2022&with=essex")
    expect(reader.heading()).to_have_text("Compare forces")
    expect(reader.page).to_have_title(re.compile("^Compare: Kent"))
    expect(reader.page.get_by_role("combobox", name="Year", exact=True)).to_have_value("March 2022")
    expect(reader.page.get_by_role("button", name="Remove Essex")).to_be_attached()
    expect(reader.page.get_by_role("dialog")).to_have_count(0)


def test_a_path_with_an_unknown_force_is_told(reader: Reader) -> None:
    page = reader.open("force/atlantis")
    expect(page.get_by_text("There is no force “atlantis” here.")).to_be_visible()


def test_another_force_can_be_chosen_after_a_typed_one(reader: Reader) -> None:
    reader.open("force/Kent")
    reader.pick("Force", "Gwent")
    expect(reader.heading()).to_have_text("Gwent Police")
    reader.page.wait_for_url("**/force?*force=gwent*")
