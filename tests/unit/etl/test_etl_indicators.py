"""Measures from base figures: the right denominator, the right status, and lower bounds said to be such."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from etl.indicators import indicators
from etl.reference import Reference

Frame = Callable[..., pd.DataFrame]
Measured = Callable[..., dict[str, Any]]
FORCE, PARTS = "E99000002", ("E99100201", "E99100202")
MISSING, LOOKED_AFTER, POPULATION = "children_missing", "children_looked_after", "population_0_17"


def test_a_measure_is_numerator_over_denominator_times_multiplier(released: Frame, measured: Measured) -> None:
    figures = released(
        (PARTS[0], MISSING, 10), (PARTS[0], LOOKED_AFTER, 80), (PARTS[1], MISSING, 5), (PARTS[1], LOOKED_AFTER, 70)
    )
    force = measured("children_missing_percent", FORCE, figures)
    assert (force["numerator"], force["denominator"], force["value"]) == (15, 150, 10.0)
    assert (force["status"], force["hidden_parts"], force["basis"]) == ("reported", 0, "sum of authorities")
    assert measured("children_missing_percent", PARTS[0], figures)["value"] == 12.5


def test_the_population_of_the_june_before_serves_a_year_ending_in_march(released: Frame, measured: Measured) -> None:
    populations = [
        released((area, POPULATION, size), period_end=f"{year}-06-30", release="2024")
        for area in PARTS
        for year, size in ((2022, 1_000), (2023, 2_000), (2024, 4_000))
    ]
    found = measured(
        "children_missing_per_10000", FORCE, released((PARTS[0], MISSING, 10), (PARTS[1], MISSING, 30)), *populations
    )
    assert (found["denominator"], found["value"]) == (4_000, 100.0)
    assert found["period_end"] == pd.Timestamp("2024-03-31")


def test_a_hidden_numerator_makes_a_lower_bound_with_a_value(released: Frame, measured: Measured) -> None:
    figures = released(
        (PARTS[0], MISSING, 10), (PARTS[1], MISSING, "suppressed"), (PARTS[0], LOOKED_AFTER, 80), (PARTS[1], LOOKED_AFTER, 20)
    )
    force = measured("children_missing_percent", FORCE, figures)
    assert (force["numerator"], force["denominator"], force["value"]) == (10, 100, 10.0)
    assert (force["status"], force["hidden_parts"]) == ("reported", 1)
    assert measured("children_missing_percent", PARTS[1], figures)["status"] == "suppressed"


@pytest.mark.parametrize("status", ["suppressed", "not_available", "low_reliability"])
def test_a_hidden_denominator_leaves_no_value_and_says_why(status: str, released: Frame, measured: Measured) -> None:
    figures = released(
        (PARTS[0], MISSING, 10), (PARTS[1], MISSING, 5), (PARTS[0], LOOKED_AFTER, 80), (PARTS[1], LOOKED_AFTER, status)
    )
    force = measured("children_missing_percent", FORCE, figures)
    assert pd.isna(force["value"])
    assert (force["status"], force["hidden_parts"]) == (status, 1)
    assert (force["numerator"], force["denominator"]) == (15, 80)


def test_an_authority_hidden_in_either_part_is_counted_once(released: Frame, measured: Measured) -> None:
    figures = released(
        (PARTS[0], MISSING, "suppressed"), (PARTS[1], MISSING, 5), (PARTS[0], LOOKED_AFTER, "suppressed"),
        (PARTS[1], LOOKED_AFTER, 80),
    )  # fmt: skip
    assert measured("children_missing_percent", FORCE, figures)["hidden_parts"] == 1


def test_different_authorities_hidden_in_the_two_parts_count_each(released: Frame, measured: Measured) -> None:
    figures = released(
        (PARTS[0], MISSING, "suppressed"), (PARTS[1], MISSING, 5), (PARTS[0], LOOKED_AFTER, 80),
        (PARTS[1], LOOKED_AFTER, "suppressed"),
    )  # fmt: skip
    force = measured("children_missing_percent", FORCE, figures)
    assert force["hidden_parts"] == 2
    assert pd.isna(force["value"])


def test_without_any_numerator_the_reason_is_that_of_the_numerator(released: Frame, measured: Measured) -> None:
    figures = released(
        (PARTS[0], MISSING, "suppressed"), (PARTS[1], MISSING, "suppressed"), (PARTS[0], LOOKED_AFTER, 80),
        (PARTS[1], LOOKED_AFTER, "not_available"),
    )  # fmt: skip
    force = measured("children_missing_percent", FORCE, figures)
    assert pd.isna(force["value"])
    assert (force["status"], force["hidden_parts"]) == ("suppressed", 2)


def test_without_a_row_of_the_denominator_the_measure_is_not_available(released: Frame, measured: Measured) -> None:
    force = measured("children_missing_percent", FORCE, released((PARTS[0], MISSING, 10)))
    assert pd.isna(force["value"])
    assert force["status"] == "not_available"


def test_nothing_over_nothing_is_not_applicable_rather_than_zero(released: Frame, measured: Measured) -> None:
    figures = released((PARTS[0], "missing_incidents", 0), (PARTS[0], MISSING, 0))
    force = measured("incidents_per_missing_child", FORCE, figures)
    assert pd.isna(force["value"])
    assert force["status"] == "not_applicable"


def test_a_zero_numerator_is_a_value_of_zero(released: Frame, measured: Measured) -> None:
    force = measured("children_missing_percent", FORCE, released((PARTS[0], MISSING, 0), (PARTS[0], LOOKED_AFTER, 80)))
    assert (force["value"], force["status"]) == (0.0, "reported")


def test_a_count_has_no_denominator_and_its_value_is_its_number(released: Frame, measured: Measured) -> None:
    figures = released((PARTS[0], "missing_incidents", 40), (PARTS[1], "missing_incidents", "suppressed"))
    force = measured("missing_incidents_number", FORCE, figures)
    assert (force["numerator"], force["value"], force["hidden_parts"], force["status"]) == (40, 40.0, 1, "reported")
    assert pd.isna(force["denominator"])


def test_published_totals_are_kept_as_published(released: Frame, measured: Measured) -> None:
    figures = released(
        ("E99900001", MISSING, 20), ("E99900001", LOOKED_AFTER, 150), (PARTS[0], MISSING, 10), (PARTS[0], LOOKED_AFTER, 80)
    )
    nation = measured("children_missing_percent", "E99900001", figures)
    assert (nation["numerator"], nation["denominator"], nation["basis"]) == (20, 150, "published")


def test_without_authorities_every_larger_area_is_the_same(released: Frame, current: Frame, reference: Reference) -> None:
    """What was known at an earlier release is kept of larger areas only, and they rest on the figures of their authorities."""
    areas = [one.la_code for one in reference.authorities] + ["E99900001"]
    hidden = {areas[0]: "suppressed", areas[1]: 0}
    figures = [(area, figure, hidden.get(area, 60)) for area in areas for figure in ("children_missing", "children_looked_after")]
    given = current(released(*figures))
    rows = indicators(given, reference)
    larger = rows[rows["area_level"] != "local_authority"].reset_index(drop=True)
    assert 0 < len(larger) < len(rows)
    assert larger["hidden_parts"].any()
    pd.testing.assert_frame_equal(indicators(given, reference, authorities=False), larger)


# ---------------------------------------------------------------------------- pooled where the publisher gives forces only
@pytest.fixture
def police(released: Frame, current: Frame, reference: Reference) -> Callable[..., pd.DataFrame]:
    """``police({force number: value or status})``: the police measure, every authority having 10,000 children."""

    def make(by_force: dict[int, int | str], hidden_population: tuple[int, ...] = ()) -> pd.DataFrame:
        reported = released(*((f"E99{force:06d}", "children_reported_missing", value) for force, value in by_force.items()))
        populations: list[tuple[str, str, int | str]] = [
            (authority.la_code, POPULATION, "not_available" if int(authority.force_code[3:]) in hidden_population else 10_000)
            for authority in reference.authorities
        ]
        rows = indicators(current(reported, released(*populations, period_end="2023-06-30")), reference)
        return rows[rows["measure_id"] == "police_missing_per_10000"].set_index("area_code")

    return make


def test_the_nation_is_pooled_over_forces_where_it_is_not_published(police: Callable[..., pd.DataFrame]) -> None:
    nation = police({2: 60, 3: 40}).loc["E99900001"]
    assert (nation["numerator"], nation["denominator"]) == (100, 30_000)
    assert nation["value"] == pytest.approx(100 / 30_000 * 10_000)
    assert (nation["area_level"], nation["basis"], nation["hidden_parts"]) == ("country", "pooled over forces", 0)


def test_a_pooled_average_leaves_the_same_forces_out_of_both_parts(police: Callable[..., pd.DataFrame]) -> None:
    nation = police({2: 60, 3: 40, 4: "reported_jointly", 5: 70}, hidden_population=(5,)).loc["E99900001"]
    assert (nation["numerator"], nation["denominator"], nation["hidden_parts"]) == (100, 30_000, 2)
    assert nation["status"] == "reported"


def test_regions_are_pooled_over_their_own_forces(police: Callable[..., pd.DataFrame]) -> None:
    rows = police({2: 60, 3: 40, 30: 5})
    assert (rows.loc["E99800001", "numerator"], rows.loc["E99800002", "numerator"]) == (100, 5)
    assert rows.loc["E99800002", "area_level"] == "region"


def test_a_region_none_of_whose_forces_has_a_value_has_none_either(police: Callable[..., pd.DataFrame]) -> None:
    region = police({2: 60, 30: "not_available"}).loc["E99800002"]
    assert pd.isna(region["value"])
    assert (region["status"], region["hidden_parts"]) == ("not_available", 1)


def test_a_force_given_jointly_has_no_value_of_its_own(police: Callable[..., pd.DataFrame]) -> None:
    joint = police({4: "reported_jointly", 2: 1}).loc["E99000004"]
    assert pd.isna(joint["value"])
    assert joint["status"] == "reported_jointly"
