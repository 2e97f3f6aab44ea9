"""Properties of comparisons and of series in time: polarity, direction, unbroken runs, what is missing."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from insight.statistics import (
    Comparison,
    Trend,
    change_from_previous,
    compare,
    recent_trend,
    trend_label,
)
from tests.unit.statistics.made_up import MULTIPLIERS, held, intervals, words


@given(intervals(7), st.floats(0, 1_000))
@held
def test_swapping_polarity_swaps_better_and_worse_and_nothing_else(
    figures: tuple[np.ndarray, np.ndarray, np.ndarray], benchmark: float
) -> None:
    value, low, high = figures
    far = (low - 5, high + 5)
    swap = str.maketrans({"B": "W", "W": "B"})
    for limits in ((), far):
        up = words(compare(value, low, high, benchmark, "higher_is_better", *limits))
        down = words(compare(value, low, high, benchmark, "lower_is_better", *limits))
        plain = words(compare(value, low, high, benchmark, "none", *limits))
        short = {"Better": "B", "Worse": "W", "Higher": "B", "Lower": "W"}
        coded = [
            [f"{short.get(word.split(' ')[0], word.split(' ')[0])} {word.partition(' ')[2]}" for word in row]
            for row in (up, down, plain)
        ]
        assert coded[0] == coded[2]
        assert [one.translate(swap) if one[0] in "BW" else one for one in coded[0]] == coded[1]


@given(intervals(5))
@held
def test_reversing_time_swaps_increasing_and_decreasing(
    figures: tuple[np.ndarray, np.ndarray, np.ndarray],
) -> None:
    swap = {Trend.INCREASING: Trend.DECREASING, Trend.DECREASING: Trend.INCREASING}
    forth = recent_trend(*figures)
    back = recent_trend(*(part[::-1] for part in figures))
    assert back.result == swap.get(forth.result, forth.result)
    assert back.chi_squared == pytest.approx(forth.chi_squared, rel=1e-9, abs=1e-9)
    now, before = [part[0] for part in figures], [part[-1] for part in figures]
    change = change_from_previous(*now, *before)
    assert change_from_previous(*before, *now) == swap.get(change, change)


@given(st.floats(0.1, 100), st.floats(0.05, 2), st.integers(0, 4), st.floats(1, 50))
@held
def test_a_trend_is_found_or_not_whatever_the_multiplier(start: float, step: float, odd: int, jump: float) -> None:
    values = start + step * np.arange(5)
    values[odd] += jump
    outcomes = {str(recent_trend(*(part * scale for part in (values, values - 1, values + 1))).result) for scale in MULTIPLIERS}
    assert len(outcomes) == 1


@given(intervals(9), st.integers(0, 8))
@held
def test_only_the_last_five_points_of_an_unbroken_run_count(
    figures: tuple[np.ndarray, np.ndarray, np.ndarray], missing: int
) -> None:
    with_gap = [part.copy() for part in figures]
    with_gap[missing % 3][missing] = np.nan
    found = recent_trend(*with_gap)
    if missing >= 4:
        assert found.result is Trend.CANNOT_BE_CALCULATED
        assert np.isnan(found.chi_squared)
    else:
        assert found.result is recent_trend(*(part[4:] for part in figures)).result


@given(st.sampled_from(list(Trend)))
@held
def test_a_label_gets_better_or_worse_only_where_there_is_a_trend(result: Trend) -> None:
    up, down = trend_label(result, "higher_is_better"), trend_label(result, "lower_is_better")
    assert trend_label(result, "none") == str(result)
    if result in (Trend.INCREASING, Trend.DECREASING):
        assert {up.removeprefix(result), down.removeprefix(result)} == {
            " and getting better",
            " and getting worse",
        }
    else:
        assert up == down == str(result)


@given(intervals(6), st.floats(0, 1_000), st.sets(st.integers(0, 5)))
@held
def test_missing_is_not_compared_and_never_similar(
    figures: tuple[np.ndarray, np.ndarray, np.ndarray], benchmark: float, missing: set[int]
) -> None:
    value, low, high = figures
    whole = compare(value, low, high, benchmark, "none")
    low[list(missing)] = np.nan
    found = compare(value, low, high, benchmark, "none")
    for row in range(6):
        assert found[row] is (Comparison.NOT_COMPARED if row in missing else whole[row])
