"""A table on a page is sent with its style, and neither is escaped."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from insight.tables.model import WHOLE, Column, Kind, Look, Number, Table
from insight.tables.render_html import card_rules
from ui.style import _sheet
from ui.table import ready, table_rules


@pytest.mark.parametrize("look", list(Look))
def test_a_table_is_sent_without_its_look_and_with_its_cells_escaped(look: Look) -> None:
    """Its 9 kB of rules came with each table; they stand in the page's sheet."""
    html = ready(Table("Made-up forces", (Column("Force"),), ((("Exampleshire <b>",),),), look=look))
    assert "<style" not in html
    assert "<table" in html
    assert all(f".{name}" in _sheet() for name in look.value.split())
    assert "Exampleshire &lt;b&gt;" in html


def test_each_row_of_a_wide_table_can_be_a_card_whose_cells_name_their_column() -> None:
    columns = tuple(Column(name) for name in ("Force", "A", "B", "C", "D"))
    wide = Table("Made-up forces", columns, ((("Exampleshire",), ("1",), ("2",), (), ("4",)),))
    html = ready(wide)
    assert 'class="figures cards"' in html
    assert '<td role="cell" data-label="D"><span>4</span></td>' in html
    narrow = Table("Made-up forces", columns[:4], ((("Exampleshire",), ("1",), ("2",), ("3",)),))
    long = Table("Made-up forces", columns, wide.rows * 13)
    assert not any('class="figures cards"' in ready(table) for table in (narrow, long))


def test_a_list_too_broad_for_a_phone_is_cards() -> None:
    """Returns after inspections, of 54 rows, and causes of concern moved sideways on the public site."""
    columns = tuple(Column(f"Column {place}") for place in range(8))
    row = tuple((str(place),) for place in range(8))
    listed = Table("Made-up inspections", columns, (row,) * 25, look=Look.LISTING)
    assert listed.is_cards
    assert replace(listed, rows=(row,) * 54).is_cards
    assert replace(listed, columns=columns[:6], rows=(row[:6],) * 28).is_cards
    assert not replace(listed, rows=(row,) * 61).is_cards
    graded = (*columns[:7], Column("Grade", Kind.GRADE))
    assert not replace(listed, columns=graded, rows=(row,) * 43).is_cards, "grades are looked over"
    assert replace(listed, rows=(row,) * 25, look=Look.FIGURES).is_cards
    assert not replace(listed, rows=(row,) * 25, look=Look.LISTING_NAMES).is_cards


def test_no_frame_scrolls_within_the_page_of_a_phone() -> None:
    """On a phone Reviews, Coverage and Revisions were a box that scrolled within a page that scrolls, the checks both ways."""
    columns = tuple(Column(f"Column {place}") for place in range(6))
    row = tuple((str(place),) for place in range(6))
    few = Table("Made-up reviews", columns, (row,) * 36)
    many, most = replace(few, rows=(row,) * 406), replace(few, rows=(row,) * 1347)
    assert all(table.is_cards for table in (few, many, most))
    assert not replace(few, columns=columns[:4], rows=(row[:4],) * 36).is_cards
    assert "@media (max-width: 640px) { .framed > .figures { max-height: none;" in table_rules()
    assert f"tr:nth-child(n+{WHOLE + 1}) {{ display: none; }}" in table_rules()
    assert '<div class="framed">' in ready(few), "few rows stand on the page whole"
    assert '<div class="framed long">' in ready(many)
    assert "Show all 406 rows</span>" in ready(many), "the others come where they are asked for"
    assert "The first 25 of 1,347 rows. The download has all of them." in ready(most)
    assert "<details" not in ready(most)


def test_forces_side_by_side_are_a_card_a_measure_with_a_line_a_force_on_a_phone() -> None:
    """The table moved sideways: one force's figures were in sight at a time."""
    columns = tuple(Column(name) for name in ("Measure", "Exampleshire", "Testmouth", "England"))
    row = (("Children missing (%)",), ("4.7% ↓", "Below average"), ("9.9% →", "About average"), ("11.2% →",))
    sides = Table("Made-up forces side by side", columns, (row,) * 34, look=Look.LISTING_WHOLE)
    html = ready(sides)
    assert 'class="listing whole cards"' in html
    assert (
        '<td role="cell" data-label="Testmouth"><span>9.9% →<span class="and">,</span><br> About average</span></td>' in html
    )  # of one line on a phone
    assert ".listing.whole.cards td br { display: none; }" in card_rules()
    assert ".cards .and { display: none; }" in card_rules(), "not where the parts stand in lines of their own"
    assert ".listing.whole.cards td .and { display: inline; }" in card_rules()
    assert not replace(sides, columns=columns[:3], rows=(row[:3],) * 34).is_cards, "two forces have room beside one another"


def test_the_caption_of_cards_is_as_broad_as_they_are() -> None:
    """A caption in a table that is no table on screen is as narrow as its longest word."""
    blocks = re.search(r"\.cards :is\(([^)]*)\) \{ display: block", table_rules() + card_rules())
    assert blocks is not None
    assert {"table", "caption"} <= set(blocks[1].split(", "))


def test_a_table_says_whether_a_symbol_stands_in_it() -> None:
    columns = (Column("Force"), Column("A"))
    for text, told in (("12.7%", False), ("≥9.1", True), ("at least 9.1%", True), ("Suppressed", True), ("124.5†", True)):
        assert Table("Made-up forces", columns, ((("Exampleshire",), (Number(text),)),)).has_symbols is told, text


def test_no_screen_hides_who_reported_a_grade() -> None:
    """The key explains the raised letters: they were hidden on a phone, all 253 of Grades."""
    hidden = re.findall(r"([^{}]*)\{[^{}]*display:\s*none", table_rules())
    assert not [selector for selector in hidden if "sup" in selector]


def test_one_rule_hides_from_sight_what_is_only_said() -> None:
    """Each look of a table had the rule of the page once more."""
    rules = re.findall(r"([^{}]*\.said) \{ position: absolute; width: 1px", _sheet())
    assert [rule.strip() for rule in rules] == [".said"]
