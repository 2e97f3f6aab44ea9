"""Which zeros are no counts, which are data, and what a sum makes of them."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from etl.comparisons import with_comparisons
from etl.definitions import DoubtfulZero
from etl.doubtful_zeros import with_doubts
from etl.indicators import indicators
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
def test_a_zero_under_a_heading_whose_place_others_took_is_data(released: Frame, reference: Reference) -> None:
    """As abuse by whom not said: 0 where a council says by whom."""
    kept = reference.figures[MISSING]
    given = in_year(
        released, 2021, (NATION, LOOKED_AFTER, 1000), (NATION, MISSING, 100), (ONE, LOOKED_AFTER, 150), (ONE, MISSING, 0)
    )
    assert set(doubts(reference, given)) == {(ONE, MISSING, "2024", 2021)}
    given_up = {**reference.figures, MISSING: kept.model_copy(update={"superseded": True})}
    assert doubts(dataclasses.replace(reference, figures=given_up), given) == {}


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


@pytest.mark.parametrize(("before", "doubtful"), [(15, True), (14, False)])
def test_a_zero_is_doubtful_where_the_other_years_would_lead_one_to_expect_fifteen(
    before: int, doubtful: bool, released: Frame, reference: Reference
) -> None:
    """A run of two zeros, each held against the two other years of 200 children, one of which is the other zero."""
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
        f"{name(reference, ONE)} council reported 0 looked-after children who went missing, where 20 would be expected at England's rate."
    ]


def test_incidents_are_judged_by_the_children_and_go_with_them(released: Frame, reference: Reference) -> None:
    """300 children make 60 incidents expected but 12 children: data. 600 make 24 children: doubtful, and with them the incidents."""
    nation = ((NATION, MISSING, 4_000), (NATION, INCIDENTS, 20_000), (NATION, LOOKED_AFTER, 100_000))
    small = ((ALONE, MISSING, 0), (ALONE, INCIDENTS, 0), (ALONE, LOOKED_AFTER, 300))
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


# ------------------------------------------------------------------------------------------------ runs and forces of zeros
NATION_2024 = ((NATION, MISSING, 10_000), (NATION, LOOKED_AFTER, 100_000))


def test_every_zero_of_a_run_is_doubtful_where_fifteen_would_be_expected_over_it(released: Frame, reference: Reference) -> None:
    """5 would be expected in each of three years. A year that is hidden ends the run: the zero before it is data."""
    given = ((2020, 0), (2021, "suppressed"), (2022, 0), (2023, 0), (2024, 0))
    rows = [in_year(released, y, *NATION_2024, (ONE, MISSING, count), (ONE, LOOKED_AFTER, 50)) for y, count in given]
    found = doubts(reference, *rows)
    assert {year for _, _, _, year in found} == {2022, 2023, 2024}
    assert all("15 would be expected at England's rate over 3 consecutive years of 0" in reason for reason in found.values())
    assert doubts(reference, *rows[2:4]) == {}


def test_a_run_goes_on_in_the_newest_release_that_has_the_years(released: Frame, reference: Reference) -> None:
    rows = [
        in_year(released, year, *NATION_2024, (ONE, MISSING, 0), (ONE, LOOKED_AFTER, 50), release=release)
        for year, release in ((2022, "2022"), (2023, "2023"), (2024, "2024"))
    ]
    assert {(year, release) for _, _, release, year in doubts(reference, *rows)} == {
        (2022, "2022"), (2023, "2023"), (2024, "2024")
    }  # fmt: skip


@pytest.mark.parametrize(("third", "doubtful"), [(0, True), (1, False), ("suppressed", False)])
def test_a_force_of_zeros_is_doubtful_where_fifteen_would_be_expected_of_its_authorities(
    third: int | str, doubtful: bool, released: Frame, reference: Reference
) -> None:
    """5 in each of three authorities; one that reports another number, or is hidden, leaves each zero to stand alone."""
    given = ((ONE, 0), (TWO, 0), (THREE, third))
    figures = [figure for area, count in given for figure in ((area, MISSING, count), (area, LOOKED_AFTER, 50))]
    found = doubts(reference, in_year(released, 2024, *NATION_2024, *figures))
    assert set(found) == ({(area, MISSING, "2024", 2024) for area, _ in given} if doubtful else set())
    assert all("as did every council in its force's area, where 15 would be expected" in reason for reason in found.values())


def test_an_authority_without_any_children_is_data_beside_a_force_of_zeros(released: Frame, reference: Reference) -> None:
    given = ((ONE, 150), (TWO, 0))
    figures = [figure for area, children in given for figure in ((area, MISSING, 0), (area, LOOKED_AFTER, children))]
    assert {area for area, *_ in doubts(reference, in_year(released, 2024, *NATION_2024, *figures))} == {ONE}


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


# ------------------------------------------------------------------------------------------------ regions and the nation
REGION = "E99800001"


def judged(reference: Reference, rows: pd.DataFrame) -> dict[str, dict[str, Any]]:
    """The share of each area with its comparisons."""
    filled, _ = with_comparisons(indicators(rows, reference), reference)
    return {row["area_code"]: row for row in filled[filled["measure_id"] == SHARE].to_dict("records")}


def nation_and_region(county: tuple[int, int], others: int) -> list[tuple[str, str, int]]:
    """A city and a county in a region that is published with both, another force, and a nation of both and ``others`` more."""
    count, size = county
    return [
        (ONE, CRIMINAL, 60), (ONE, FACTORS, 2_000), (TWO, CRIMINAL, count), (TWO, FACTORS, size),
        (ALONE, CRIMINAL, 90), (ALONE, FACTORS, 3_000),
        (REGION, CRIMINAL, 150 + count), (REGION, FACTORS, 5_000 + size),
        (NATION, CRIMINAL, 150 + count + others * 3 // 100), (NATION, FACTORS, 5_000 + size + others),
    ]  # fmt: skip


def test_nothing_is_said_of_a_region_that_counts_a_doubtful_zero_nor_of_a_force_against_it(
    released: Frame, current: Frame, reference: Reference
) -> None:
    found = judged(reference, current(in_year(released, 2025, *nation_and_region((0, 1_000), 94_000), release="2025")))
    region, force = found[REGION], found[FORCE_OF_ONE]
    assert region["value"] == pytest.approx(2.5)  # as published
    assert pd.isna([region[limit] for limit in ("lower_95", "upper_95", "lower_998", "upper_998")]).all()
    assert (region["verdict"], region["verdict_basis"]) == ("Not compared", "doubtful zero of an authority")
    assert (force["verdict"], force["compared_with_region"]) == ("About average", "Not compared")


def test_a_region_whose_zeros_are_counts_is_compared(released: Frame, current: Frame, reference: Reference) -> None:
    found = judged(reference, current(in_year(released, 2025, *nation_and_region((30, 1_000), 94_000), release="2025")))
    assert found[REGION]["verdict_basis"] == "interval against England"
    assert found[FORCE_OF_ONE]["compared_with_region"] == "Similar"


@pytest.mark.parametrize(
    ("others", "benchmark"), [(15_000, "interval against England"), (13_000, "interval against the average of forces")]
)
def test_a_nation_is_left_out_where_authorities_in_doubt_have_a_twentieth_of_it(
    others: int, benchmark: str, released: Frame, current: Frame, reference: Reference
) -> None:
    """1,000 of 21,000 and of 19,000 assessments. Where England is left out, authorities are held against the average."""
    found = judged(reference, current(in_year(released, 2025, *nation_and_region((0, 1_000), others), release="2025")))
    left_out = "average" in benchmark
    assert pd.isna(found[NATION]["lower_95"]) == left_out
    assert (found[NATION]["verdict_basis"] == "doubtful zero of an authority") == left_out
    assert found[ONE]["verdict_basis"] == benchmark


def name(reference: Reference, area: str) -> str:
    return next(authority.la_name for authority in reference.authorities if authority.la_code == area)
