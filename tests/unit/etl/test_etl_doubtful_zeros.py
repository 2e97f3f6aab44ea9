"""Which zeros are no counts, which are data, and what a sum makes of them."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from etl.definitions import DoubtfulZero
from etl.doubtful_zeros import with_doubts
from etl.reference import Reference

Frame = Callable[..., pd.DataFrame]
ONE, TWO, THREE, ALONE = "E99100101", "E99100102", "E99100103", "E99100301"
FORCE, FORCE_OF_ONE, NATION = "E99000001", "E99000003", "E99900001"
MISSING, LOOKED_AFTER, INCIDENTS = "children_missing", "children_looked_after", "missing_incidents"


def doubts(reference: Reference, *frames: pd.DataFrame) -> dict[tuple[str, str, str, int], str]:
    """The reason of each doubtful zero by area, figure, release and year."""
    rows = with_doubts(pd.concat(frames, ignore_index=True), reference)
    found = rows[rows["doubtful"].notna()]
    assert (found["value"] == 0).all()
    years = pd.to_datetime(found["period_end"]).dt.year
    keys = zip(found["area_code"], found["figure_id"], found["release"], years, strict=True)
    return dict(zip(keys, found["doubtful"], strict=True))


def in_year(released: Frame, year: int, *figures: tuple[str, str, int | str], release: str = "2024") -> pd.DataFrame:
    return released(*figures, period_end=f"{year}-03-31", release=release)


# ------------------------------------------------------------------------------------------------ another release
@pytest.mark.parametrize("status", ["not_available", "suppressed", "low_reliability"])
def test_a_zero_that_an_earlier_release_hides_is_doubtful_in_every_later_one(
    status: str, released: Frame, reference: Reference
) -> None:
    """As Hackney 2021 stands: x in release 2022, 0 in releases 2023 and 2024."""
    frames = [in_year(released, 2021, (ONE, MISSING, status), release="2022")]
    frames += [in_year(released, 2021, (ONE, MISSING, 0), release=release) for release in ("2023", "2024")]
    found = doubts(reference, *frames)
    assert set(found) == {(ONE, MISSING, "2023", 2021), (ONE, MISSING, "2024", 2021)}
    assert all("which another release gives as" in reason for reason in found.values())


def test_a_zero_that_a_later_release_hides_is_doubtful_too(released: Frame, reference: Reference) -> None:
    frames = [in_year(released, 2021, (ONE, MISSING, value), release=r) for r, value in (("2022", 0), ("2023", "suppressed"))]
    assert set(doubts(reference, *frames)) == {(ONE, MISSING, "2022", 2021)}


def test_a_later_number_above_zero_settles_what_was_hidden(released: Frame, reference: Reference) -> None:
    given = (("2022", "suppressed"), ("2023", 0), ("2024", 7))
    assert doubts(reference, *(in_year(released, 2021, (ONE, MISSING, value), release=r) for r, value in given)) == {}


def test_a_number_above_zero_before_the_release_that_hides_settles_nothing(released: Frame, reference: Reference) -> None:
    given = (("2022", 7), ("2023", "not_available"), ("2024", 0))
    found = doubts(reference, *(in_year(released, 2021, (ONE, MISSING, value), release=r) for r, value in given))
    assert set(found) == {(ONE, MISSING, "2024", 2021)}


def test_what_does_not_apply_in_another_release_makes_no_doubt(released: Frame, reference: Reference) -> None:
    given = (("2022", "not_applicable"), ("2023", 0))
    assert doubts(reference, *(in_year(released, 2021, (ONE, MISSING, value), release=r) for r, value in given)) == {}


# ------------------------------------------------------------------------------------------------ what would be expected
@pytest.mark.parametrize(("children", "doubtful"), [(150, True), (149, False)])
def test_a_zero_is_doubtful_where_fifteen_would_be_expected_at_the_rate_of_the_nation(
    children: int, doubtful: bool, released: Frame, reference: Reference
) -> None:
    rows = in_year(
        released,
        2024,
        (NATION, MISSING, 10_000),
        (NATION, LOOKED_AFTER, 100_000),
        (ONE, MISSING, 0),
        (ONE, LOOKED_AFTER, children),
    )
    found = doubts(reference, rows)
    assert bool(found) == doubtful
    assert all(reason.endswith("where 15 would be expected at England's rate.") for reason in found.values())


@pytest.mark.parametrize(("before", "doubtful"), [(30, True), (29, False)])
def test_a_zero_is_doubtful_where_the_other_years_would_lead_one_to_expect_fifteen(
    before: int, doubtful: bool, released: Frame, reference: Reference
) -> None:
    """Over two other years of 200 children, one of them with a zero of its own that counts against it."""
    rows = [
        in_year(released, year, (ONE, MISSING, count), (ONE, LOOKED_AFTER, 200))
        for year, count in ((2022, before), (2023, 0), (2024, 0))
    ]
    found = doubts(reference, *rows)
    assert bool(found) == doubtful
    assert all("at the rate of its other years" in reason for reason in found.values())


def test_resident_children_stand_in_where_no_children_looked_after_are_published(released: Frame, reference: Reference) -> None:
    rows = in_year(released, 2015, (NATION, MISSING, 4_500), (ONE, MISSING, 0), release="2015")
    population = released(
        (NATION, "population_0_17", 11_250_000), (ONE, "population_0_17", 50_000), period_end="2014-06-30", release="2024"
    )
    assert list(doubts(reference, rows, population).values()) == [
        f"{name(reference, ONE)} reported 0 looked-after children who went missing, where 20 would be expected at England's rate."
    ]


def test_incidents_are_judged_by_the_children_and_go_with_them(released: Frame, reference: Reference) -> None:
    """300 children make 60 incidents expected but 12 children: data. 600 make 24 children: doubtful, and with them the incidents."""
    nation = ((NATION, MISSING, 4_000), (NATION, INCIDENTS, 20_000), (NATION, LOOKED_AFTER, 100_000))
    small = ((ONE, MISSING, 0), (ONE, INCIDENTS, 0), (ONE, LOOKED_AFTER, 300))
    large = ((TWO, MISSING, 0), (TWO, INCIDENTS, 0), (TWO, LOOKED_AFTER, 600))
    found = doubts(reference, in_year(released, 2024, *nation, *small, *large))
    assert {(area, figure) for area, figure, _, _ in found} == {(TWO, MISSING), (TWO, INCIDENTS)}
    assert len(set(found.values())) == 1


def test_none_missing_at_31_march_is_data(released: Frame, reference: Reference) -> None:
    figure = "children_missing_at_31_march"
    rows = in_year(
        released, 2024, (NATION, figure, 250), (NATION, LOOKED_AFTER, 116_000), (ONE, figure, 0), (ONE, LOOKED_AFTER, 3_000)
    )
    assert doubts(reference, rows) == {}


# ------------------------------------------------------------------------------------------------ between two years
@pytest.mark.parametrize(("after", "doubtful"), [(40, True), (39, False), ("suppressed", False)])
def test_a_zero_between_two_years_of_forty_is_doubtful(
    after: int | str, doubtful: bool, released: Frame, reference: Reference
) -> None:
    rows = [in_year(released, year, (ONE, INCIDENTS, count)) for year, count in ((2022, 40), (2023, 0), (2024, after))]
    assert bool(doubts(reference, *rows)) == doubtful


def test_a_year_that_the_release_lacks_is_read_from_the_newest_that_has_it(released: Frame, reference: Reference) -> None:
    rows = [in_year(released, year, (ONE, INCIDENTS, count), release="2023") for year, count in ((2022, 50), (2023, 0))]
    found = doubts(reference, *rows, in_year(released, 2024, (ONE, INCIDENTS, 60)))
    assert set(found) == {(ONE, INCIDENTS, "2023", 2023)}


# ------------------------------------------------------------------------------------------------ the list
def test_a_listed_zero_is_doubtful_without_a_rule_and_a_number_above_zero_never(released: Frame, reference: Reference) -> None:
    listed = DoubtfulZero(area=ONE, figures=[MISSING], years=[2023, 2024], reason="It was not provided.", source="made up")
    known = dataclasses.replace(reference, doubtful_zeros=[listed])
    rows = [in_year(released, year, (ONE, MISSING, count), (TWO, MISSING, 0)) for year, count in ((2023, 3), (2024, 0))]
    assert doubts(known, *rows) == {(ONE, MISSING, "2024", 2024): "It was not provided."}


def test_zeros_of_regions_and_forces_are_left_as_published(released: Frame, reference: Reference) -> None:
    given = ((NATION, 0), ("E99800001", 0), (FORCE, 0))
    rows = [in_year(released, 2021, *((a, MISSING, "not_available") for a, _ in given), release="2022")]
    rows.append(in_year(released, 2021, *((area, MISSING, value) for area, value in given), release="2023"))
    assert doubts(reference, *rows) == {}


# ------------------------------------------------------------------------------------------------ sums and shares
CRIMINAL, FACTORS = "assessments_child_criminal_exploitation", "assessments_with_factors"
SHARE = "child_criminal_exploitation_percent"
NATION_2025 = ((NATION, CRIMINAL, 15_800), (NATION, FACTORS, 500_000))


def test_a_force_with_a_doubtful_zero_is_a_lower_bound_over_the_whole_denominator(
    released: Frame, measured: Callable[..., dict[str, Any]]
) -> None:
    """Counts as those of Nottingham and Nottinghamshire in 2025."""
    city = ((ONE, CRIMINAL, 199), (ONE, FACTORS, 3_526))
    county = ((TWO, CRIMINAL, 0), (TWO, FACTORS, 5_639))
    rows = in_year(released, 2025, *NATION_2025, *city, *county, release="2025")
    force = measured(SHARE, FORCE, rows)
    assert (force["numerator"], force["denominator"], force["hidden_parts"], force["status"]) == (199, 9_165, 1, "reported")
    own = measured(SHARE, TWO, rows)
    assert (own["numerator"], own["value"], own["hidden_parts"], own["status"]) == (0, 0.0, 1, "reported")
    assert measured(SHARE, NATION, rows)["hidden_parts"] == 0


def test_a_force_whose_only_authority_has_a_doubtful_zero_has_no_figure(
    released: Frame, measured: Callable[..., dict[str, Any]]
) -> None:
    rows = in_year(released, 2023, *NATION_2025, (ALONE, CRIMINAL, 0), (ALONE, FACTORS, 4_785), release="2025")
    force = measured(SHARE, FORCE_OF_ONE, rows)
    assert pd.isna(force["value"])
    assert pd.isna(force["numerator"])
    assert (force["status"], force["hidden_parts"]) == ("not_available", 1)


def test_a_doubtful_zero_below_the_line_leaves_no_quotient_and_does_not_say_that_there_is_nothing(
    released: Frame, measured: Callable[..., dict[str, Any]]
) -> None:
    more = "children_missing_more_than_once"
    nation = ((NATION, MISSING, 10_000), (NATION, LOOKED_AFTER, 100_000))
    whole, zero = ((ONE, MISSING, 40), (ONE, more, 20)), ((TWO, MISSING, 0), (TWO, more, 0), (TWO, LOOKED_AFTER, 900))
    rows = in_year(released, 2024, *nation, *whole, *zero)
    for area in (FORCE, TWO):
        found = measured("missing_more_than_once_percent", area, rows)
        assert pd.isna(found["value"])
        assert (found["status"], found["hidden_parts"]) == ("not_available", 1)


def test_a_zero_that_is_data_stays_in_the_sum(released: Frame, measured: Callable[..., dict[str, Any]]) -> None:
    rows = in_year(released, 2025, *NATION_2025, (ONE, CRIMINAL, 9), (ONE, FACTORS, 300), (TWO, CRIMINAL, 0), (TWO, FACTORS, 217))
    force = measured(SHARE, FORCE, rows)
    assert (force["numerator"], force["hidden_parts"]) == (9, 0)


def name(reference: Reference, area: str) -> str:
    return next(authority.la_name for authority in reference.authorities if authority.la_code == area)
