"""Forces are sums of their authorities; what is hidden is counted, never guessed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from etl.observations import force_sums, observations
from etl.reference import Reference

Frame = Callable[..., pd.DataFrame]
PARTS = ("E99100101", "E99100102", "E99100103")
FORCE = "E99000001"


def one_force(released: Frame, reference: Reference, *values: int | str) -> dict[str, Any]:
    """The only force's figure that authorities with these values or statuses make."""
    rows = released(*((area, "children_missing", value) for area, value in zip(PARTS, values, strict=False)))
    sums = force_sums(rows, reference)
    assert list(sums["area_code"]) == [FORCE]
    return sums.iloc[0].to_dict()


def test_a_force_is_the_sum_of_its_authorities(released: Frame, reference: Reference) -> None:
    force = one_force(released, reference, 10, 20, 3)
    assert (force["value"], force["status"], force["hidden_parts"]) == (33, "reported", 0)
    assert (force["area_level"], force["figure_id"], force["release"]) == ("force", "children_missing", "2024")
    assert force["source_id"] == "made-up-2024"


@pytest.mark.parametrize("status", ["suppressed", "not_available", "low_reliability", "reported_jointly"])
def test_hidden_authorities_are_counted_and_the_sum_is_of_the_others(status: str, released: Frame, reference: Reference) -> None:
    force = one_force(released, reference, 10, status, status)
    assert (force["value"], force["status"], force["hidden_parts"]) == (10, "reported", 2)


def test_a_force_with_all_authorities_hidden_has_no_value_but_the_reason(released: Frame, reference: Reference) -> None:
    force = one_force(released, reference, "suppressed", "suppressed", "suppressed")
    assert pd.isna(force["value"])
    assert (force["status"], force["hidden_parts"]) == ("suppressed", 3)


@pytest.mark.parametrize(
    ("parts", "reason"),
    [
        (("not_available", "suppressed"), "suppressed"),
        (("low_reliability", "not_available"), "not_available"),
        (("not_applicable", "low_reliability"), "low_reliability"),
        (("not_applicable", "not_applicable"), "not_applicable"),
    ],
)
def test_of_several_reasons_the_first_in_the_order_of_the_statuses_stands(
    parts: tuple[str, str], reason: str, released: Frame, reference: Reference
) -> None:
    assert one_force(released, reference, *parts)["status"] == reason
    assert one_force(released, reference, *reversed(parts))["status"] == reason


def test_an_authority_that_did_not_exist_is_not_hidden(released: Frame, reference: Reference) -> None:
    force = one_force(released, reference, 10, "not_applicable", 5)
    assert (force["value"], force["status"], force["hidden_parts"]) == (15, "reported", 0)


def test_zero_is_data(released: Frame, reference: Reference) -> None:
    force = one_force(released, reference, 0, 0, 0)
    assert (force["value"], force["status"], force["hidden_parts"]) == (0, "reported", 0)


def test_a_zero_beside_a_hidden_part_is_a_lower_bound_of_zero(released: Frame, reference: Reference) -> None:
    force = one_force(released, reference, 0, "suppressed")
    assert (force["value"], force["status"], force["hidden_parts"]) == (0, "reported", 1)


def test_releases_and_periods_are_summed_apart(released: Frame, reference: Reference) -> None:
    parts = (("E99100201", "children_missing", 1), ("E99100202", "children_missing", 2))
    rows = pd.concat(
        [
            released(*parts, release="2023", period_end="2023-03-31"),
            released(*parts, release="2024", period_end="2023-03-31"),
            released(*parts, release="2024", period_end="2024-03-31"),
        ],
        ignore_index=True,
    )
    sums = force_sums(rows, reference)
    assert list(zip(sums["release"], sums["period_end"], sums["value"], strict=True)) == [
        ("2023", "2023-03-31", 3),
        ("2024", "2023-03-31", 3),
        ("2024", "2024-03-31", 3),
    ]


def test_figures_given_for_forces_are_taken_as_they_are(released: Frame, reference: Reference) -> None:
    rows = observations(released((FORCE, "children_reported_missing", 7), ("E99900001", "children_missing", 90)), reference)
    assert list(zip(rows["area_code"], rows["value"], rows["hidden_parts"], strict=True)) == [(FORCE, 7, 0), ("E99900001", 90, 0)]


def test_regions_and_the_nation_stay_as_published_and_are_not_summed(released: Frame, reference: Reference) -> None:
    rows = observations(
        released(("E99900001", "children_missing", 90), ("E99800001", "children_missing", 50), (PARTS[0], "children_missing", 7)),
        reference,
    )
    assert dict(zip(rows["area_code"], rows["value"], strict=True)) == {
        "E99900001": 90, "E99800001": 50, PARTS[0]: 7, FORCE: 7,
    }  # fmt: skip
