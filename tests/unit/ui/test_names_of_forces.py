"""Names of forces as people type them: each means one force, and a word that means none or several means nothing."""

from __future__ import annotations

import csv

import pandas as pd
import pytest

from etl.paths import PROJECT
from insight.format import slug
from ui.typed_addresses import NAMES, names_of_forces, option_named

with (PROJECT / "data" / "reference" / "forces.csv").open(encoding="utf-8") as stream:
    FORCES = pd.DataFrame(csv.DictReader(stream))
OPTIONS = {slug(name): name for name in FORCES["force_name"]}
OTHER_NAMES = names_of_forces(FORCES)


@pytest.mark.parametrize("column", NAMES)
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
    ],
)
def test_a_name_as_it_is_typed_means_its_force(typed: str, meant: str) -> None:
    assert option_named(typed, OPTIONS, OTHER_NAMES) == meant


@pytest.mark.parametrize("typed", ["atlantis", "police", "the police force", "", " ", "-", "Midlands", "York", "kent essex"])
def test_a_word_that_names_no_force_means_none(typed: str) -> None:
    assert option_named(typed, OPTIONS, OTHER_NAMES) is None


def test_a_label_that_two_options_share_means_neither() -> None:
    assert option_named("same name", {"a": "Same name", "b": "Same Name"}, {}) is None
    assert option_named("Other name", {"a": "Same name", "b": "Other name"}, {}) == "b"
