"""Names of forces as people type them: each means one force, and a word that means none or several means nothing."""

from __future__ import annotations

import csv

import pandas as pd
import pytest

from etl.paths import PROJECT
from insight.format import slug
from insight.search import ALIASES, COUNCIL, FORMER_COUNCIL, OWN_NAMES, SearchIndex, aliases, bare_name, index_of
from ui.typed_addresses import option_named

REFERENCE = PROJECT / "data" / "reference"


def _table(name: str) -> pd.DataFrame:
    with (REFERENCE / name).open(encoding="utf-8") as stream:
        return pd.DataFrame(csv.DictReader(stream))


FORCES, COUNCILS = _table("forces.csv"), _table("local_authorities.csv")
INDEX: SearchIndex = index_of(FORCES, COUNCILS, aliases(REFERENCE / ALIASES))
OPTIONS = {slug(name): name for name in FORCES["force_name"]}
OTHER_NAMES = {name: one.slug for name, one in INDEX.by_bare_name.items()}


@pytest.mark.parametrize("column", OWN_NAMES)
def test_every_force_is_found_by_every_name_that_it_has_in_any_case(column: str) -> None:
    for row in FORCES.to_dict("records"):
        for typed in (row[column], row[column].lower(), row[column].upper(), slug(row[column]), f" {row[column]} "):
            assert option_named(typed, OPTIONS, OTHER_NAMES) == slug(row["force_name"]), typed


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Kent", "kent"),
        ("metropolitan-police", "metropolitan"),
        ("The Metropolitan Police", "metropolitan"),
        ("Avon & Somerset", "avon-and-somerset"),
        ("avon and somerset police", "avon-and-somerset"),
        ("devon-cornwall", "devon-and-cornwall"),
        ("Devon_and_Cornwall_Constabulary", "devon-and-cornwall"),
        ("dyfed powys", "dyfed-powys"),
        ("hampshire-police", "hampshire"),
        ("City of London Police", "city-of-london"),
        ("GMP", "greater-manchester"),
        ("tvp", "thames-valley"),
        ("Scotland Yard", "metropolitan"),
        ("Swindon council", "wiltshire"),
        ("Bristol", "avon-and-somerset"),
        ("Hull", "humberside"),
        ("York", "north-yorkshire"),
        ("northants", "northamptonshire"),
        ("notts", "nottinghamshire"),
        ("lincs", "lincolnshire"),
        ("lancs", "lancashire"),
        ("leics", "leicestershire"),
        ("cambs", "cambridgeshire"),
        ("beds police", "bedfordshire"),
        ("herts", "hertfordshire"),
        ("staffs", "staffordshire"),
        ("glos", "gloucestershire"),
        ("bcp", "dorset"),
        ("carlisle", "cumbria"),
        ("warks", "warwickshire"),
        ("west mids", "west-midlands"),
        ("ynys mon", "north-wales"),
        ("Ynys Môn", "north-wales"),
        ("caerdydd", "south-wales"),
        ("worcs", "west-mercia"),
        ("bucks", "thames-valley"),
    ],
)
def test_a_name_as_it_is_typed_means_its_force(typed: str, meant: str) -> None:
    assert option_named(typed, OPTIONS, OTHER_NAMES) == meant


@pytest.mark.parametrize("typed", ["atlantis", "police", "the police force", "", " ", "-", "Midlands", "kent essex"])
def test_a_word_that_names_no_force_means_none(typed: str) -> None:
    assert option_named(typed, OPTIONS, OTHER_NAMES) is None


def test_a_label_that_two_options_share_means_neither() -> None:
    assert option_named("same name", {"a": "Same name", "b": "Same Name"}, {}) is None
    assert option_named("Other name", {"a": "Same name", "b": "Other name"}, {}) == "b"


def test_every_council_finds_the_force_in_whose_area_it_lies() -> None:
    """Where a council and a force, or two councils, share a name they must share the force, or the name would mislead."""
    for row in COUNCILS.to_dict("records"):
        force = FORCES.loc[FORCES["force_code"] == row["force_code"], "force_name"].iloc[0]
        assert option_named(row["la_name"], OPTIONS, OTHER_NAMES) == slug(force), row["la_name"]


def test_no_name_leads_to_two_forces() -> None:
    forces: dict[str, set[str]] = {}
    for one in INDEX.entries:
        forces.setdefault(bare_name(one.name), set()).add(one.force_code)
    assert {name: codes for name, codes in forces.items() if len(codes) > 1} == {}


def test_every_alias_names_its_source_and_a_force_that_there_is() -> None:
    table = _table(ALIASES)
    assert set(table["force_code"]) <= set(FORCES["force_code"])
    assert table["source"].str.startswith("https://").all()
    assert set(table["kind"]) == {"abbreviation", "other name", "former name", "Welsh name", COUNCIL, FORMER_COUNCIL}
    assert not table["alias"].duplicated().any()


def test_the_search_offers_each_force_once_then_other_names_then_councils() -> None:
    offered = list(INDEX.offered.values())
    assert [one.organisation for one in offered[:43]] == sorted(FORCES["organisation_name"])
    kinds = [one.kind == COUNCIL for one in offered]
    assert kinds == sorted(kinds)
    assert "Swindon council: Wiltshire Police" in INDEX.offered


@pytest.mark.parametrize(
    "typed", ["GMP", "D&C", "Avon & Somerset", "Devon and Cornwall", "Hants", "Swindon council", "warks", "ynys mon"]
)
def test_the_search_box_offers_what_readers_type(typed: str) -> None:
    """The box looks for what is typed in the labels that it offers."""
    assert [label for label in INDEX.offered if typed.lower() in label.lower()]
