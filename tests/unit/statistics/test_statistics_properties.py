"""What holds of every figure, whatever it is."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_array_equal

from insight.statistics import (
    FunnelFlag,
    adjusted_flags,
    adjusted_limits,
    box_plot,
    exact_poisson_interval,
    flags_beyond,
    funnel_flags,
    funnel_limits_proportion,
    funnel_limits_rate,
    overdispersion,
    pooled_average,
    proportion,
    quantile_bounds,
    quantile_category,
    rank_intervals,
    rate,
)
from tests.unit.statistics.known_answers import limits_of_counts
from tests.unit.statistics.made_up import Kind, areas, held, kinds, multipliers, transforms, words

HIGH = {FunnelFlag.HIGH_95, FunnelFlag.HIGH_998}
LOW = {FunnelFlag.LOW_95, FunnelFlag.LOW_998}


@given(areas(), multipliers)
@held
def test_a_proportion_lies_in_its_intervals_and_the_998_contains_the_95(
    figures: tuple[np.ndarray, np.ndarray], multiplier: int
) -> None:
    inner = proportion(*figures, multiplier)
    outer = proportion(*figures, multiplier, confidence=0.998)
    chain = [0, outer.lower, inner.lower, inner.value, inner.upper, outer.upper, multiplier]
    for low, high in pairwise(chain):
        assert np.all(np.asarray(low) <= high)


@given(areas(), multipliers)
@held
def test_a_rate_lies_in_its_intervals_and_the_998_contains_the_95(
    figures: tuple[np.ndarray, np.ndarray], multiplier: int
) -> None:
    inner = rate(*figures, multiplier)
    outer = rate(*figures, multiplier, confidence=0.998)
    chain = [0, outer.lower, inner.lower, inner.value, inner.upper, outer.upper]
    for low, high in pairwise(chain):
        assert np.all(np.asarray(low) <= high)


@given(st.lists(st.integers(0, 10**8).map(lambda hundredths: hundredths / 100), min_size=1, max_size=20))
@held
def test_intervals_of_counts_need_not_be_of_whole_numbers(counts: list[float]) -> None:
    for interval in (limits_of_counts(rate), exact_poisson_interval):
        lower, upper = interval(counts)
        assert np.all(lower <= np.array(counts))
        assert np.all(np.array(counts) <= upper)


@given(areas(), kinds)
@held
def test_a_point_is_flagged_exactly_when_its_interval_leaves_the_average_out(
    figures: tuple[np.ndarray, np.ndarray], kind: Kind
) -> None:
    """Up to the rounding of an interval whose limit is the average itself."""
    counts, totals = figures
    average = pooled_average(counts, totals)
    flags = funnel_flags(counts, totals, kind)
    for count, total, flag in zip(counts, totals, flags, strict=True):
        if kind == "proportion":
            lower, upper = proportion(count, total).lower, proportion(count, total).upper
        else:
            lower, upper = (limit / total for limit in exact_poisson_interval(count))
        if min(abs(lower - average), abs(upper - average)) > 1e-9 * average:
            assert (flag in HIGH) == (lower > average)
            assert (flag in LOW) == (upper < average)


@given(areas(), multipliers)
@held
def test_a_proportion_is_flagged_exactly_when_it_lies_beyond_the_line_drawn(
    figures: tuple[np.ndarray, np.ndarray], multiplier: int
) -> None:
    counts, totals = figures
    lines = funnel_limits_proportion(pooled_average(counts, totals), totals, multiplier)
    points = proportion(counts, totals, multiplier).value
    assert words(funnel_flags(counts, totals, "proportion")) == words(flags_beyond(points, lines))
    assert_array_equal([flag in HIGH for flag in flags_beyond(points, lines)], points > lines.upper_95)
    assert_array_equal([flag in LOW for flag in flags_beyond(points, lines)], points < lines.lower_95)


@given(areas(), multipliers)
@held
def test_a_rate_is_flagged_exactly_when_it_lies_beyond_the_line_drawn(
    figures: tuple[np.ndarray, np.ndarray], multiplier: int
) -> None:
    """At its own number of events: by population and, which is the same, by value."""
    counts, populations = figures
    lines = funnel_limits_rate(counts, pooled_average(counts, populations) * multiplier, multiplier)
    points = rate(counts, populations, multiplier).value
    flags = funnel_flags(counts, populations, "rate")
    assert_array_equal([flag in HIGH for flag in flags], populations < lines.upper_95_population)
    assert_array_equal([flag in LOW for flag in flags], populations > lines.lower_95_population)
    some = counts > 0
    assert_array_equal([flag in HIGH for flag in flags[some]], points[some] > lines.upper_95[some])
    assert_array_equal([flag in LOW for flag in flags[some]], points[some] < lines.lower_95[some])


@given(areas(fewest_events=1), transforms, st.floats(0, 1), multipliers)
@held
def test_an_adjusted_flag_says_which_side_of_the_line_drawn(
    figures: tuple[np.ndarray, np.ndarray], transform: Any, tau2: float, multiplier: int
) -> None:
    counts, totals = figures
    average = pooled_average(counts, totals)
    size = totals if transform == "arcsine_proportion" else totals * average
    flags = adjusted_flags(counts, size, average, tau2, transform)
    lines = adjusted_limits(size, average, tau2, transform, multiplier)
    points = rate(counts, totals, multiplier).value
    # A point and a line computed apart may differ in the last digits where the point lies on the line.
    clear = ~np.isclose(points, [lines.lower_95, lines.upper_95, lines.lower_998, lines.upper_998], rtol=1e-12)
    clear = np.all(clear, axis=0)
    assert words(flags[clear]) == words(flags_beyond(points, lines)[clear])


@given(areas(), transforms, st.floats(0, 1))
@held
def test_an_adjusted_flag_is_the_standardised_distance_from_the_target(
    figures: tuple[np.ndarray, np.ndarray], transform: Any, tau2: float
) -> None:
    counts, totals = figures
    average = pooled_average(counts, totals)
    if average == 0:
        return
    with np.errstate(divide="ignore"):
        if transform == "arcsine_proportion":
            size, distance = totals, np.arcsin(np.sqrt(counts / totals)) - np.arcsin(np.sqrt(average))
        elif transform == "sqrt_ratio":
            size = totals * average
            distance = np.sqrt(counts / size) - 1
        else:
            size = totals * average
            distance = np.log(counts / size)
    spread = np.sqrt(1 / size / (1 if transform == "log_ratio" else 4) + tau2)
    z = distance / spread
    flags = adjusted_flags(counts, size, average, tau2, transform)
    for one, flag in zip(z, flags, strict=True):
        if abs(abs(one) - 3.0902323) > 1e-6 and abs(abs(one) - 1.959964) > 1e-6:
            level = "99.8%" if abs(one) > 3.0902323 else "95%" if abs(one) > 1.959964 else None
            expected = f"{'High' if one > 0 else 'Low'} ({level})" if level else "Not significant"
            assert str(flag) == expected


@given(st.floats(0.1, 1e5), st.floats(0.001, 0.999), transforms, st.floats(0, 5))
@held
def test_adjusted_lines_stay_possible_and_in_order(size: float, average: float, transform: Any, tau2: float) -> None:
    lines = adjusted_limits(size, average, tau2, transform)
    plain = adjusted_limits(size, average, 0, transform)
    assert 0 <= lines.lower_998 <= lines.lower_95 <= plain.lower_95 <= average * (1 + 1e-12)
    assert average * (1 - 1e-12) <= plain.upper_95 <= lines.upper_95 <= lines.upper_998
    assert transform != "arcsine_proportion" or lines.upper_998 <= 1


@given(areas(), kinds, st.randoms(use_true_random=False))
@held
def test_flags_do_not_change_with_the_order_of_areas(figures: tuple[np.ndarray, np.ndarray], kind: Kind, random: Any) -> None:
    counts, totals = figures
    order = list(range(counts.size))
    random.shuffle(order)
    flags = funnel_flags(counts, totals, kind)
    assert words(funnel_flags(counts[order], totals[order], kind)) == words(flags[order])


@given(areas(least=2, fewest_events=1), transforms, st.randoms(use_true_random=False))
@held
def test_overdispersion_does_not_change_with_the_order_of_areas_and_is_never_negative(
    figures: tuple[np.ndarray, np.ndarray], transform: Any, random: Any
) -> None:
    counts, totals = figures
    size = totals if transform == "arcsine_proportion" else totals * pooled_average(counts, totals)
    order = list(range(counts.size))
    random.shuffle(order)
    found = overdispersion(counts, size, transform)
    assert found == overdispersion(counts[order], size[order], transform)
    assert found.tau2 >= 0
    assert found.phi >= 0


@given(areas(least=2), kinds)
@held
def test_merging_two_areas_is_pooling_them(figures: tuple[np.ndarray, np.ndarray], kind: Kind) -> None:
    counts, totals = figures
    merged_counts, merged_totals = (np.array([sum(part[:2]), *part[2:]]) for part in (counts, totals))
    assert pooled_average(merged_counts, merged_totals) == pooled_average(counts, totals)
    of_two = (rate if kind == "rate" else proportion)(merged_counts[0], merged_totals[0])
    assert of_two.value == pooled_average(counts[:2], totals[:2])
    # The others are compared with the same average as before.
    assert words(funnel_flags(merged_counts, merged_totals, kind)[1:]) == words(funnel_flags(counts, totals, kind)[2:])


@given(areas(), kinds, st.sampled_from((0, 0.01)), st.randoms(use_true_random=False))
@settings(held, max_examples=25)
def test_ranks_lie_in_their_intervals_and_do_not_know_the_order_of_areas(
    figures: tuple[np.ndarray, np.ndarray], kind: Kind, tau2: float, random: Any
) -> None:
    counts, totals = figures
    counts[0] += counts[0] == 0
    order = list(range(counts.size))
    random.shuffle(order)
    found = rank_intervals(counts, totals, kind, tau2, draws=200)
    again = rank_intervals(counts[order], totals[order], kind, tau2, draws=200)
    for field in ("rank", "rank_lower", "rank_upper", "probability_highest_quarter"):
        assert_array_equal(getattr(again, field), getattr(found, field)[order])
    assert np.all((found.rank_lower >= 1) & (found.rank_lower <= found.rank))
    assert np.all((found.rank <= found.rank_upper) & (found.rank_upper <= counts.size))
    if counts.size >= 4:
        assert np.sum(found.probability_highest_quarter) == pytest.approx(np.ceil((counts.size - 1) / 4))


@given(areas(least=2), kinds)
@settings(held, max_examples=25)
def test_an_area_without_a_figure_is_left_out_of_ranks_and_changes_no_other(
    figures: tuple[np.ndarray, np.ndarray], kind: Kind
) -> None:
    counts, totals = figures
    without = rank_intervals(counts[1:], totals[1:], kind, draws=100)
    counts[0] = np.nan
    found = rank_intervals(counts, totals, kind, draws=100)
    for field in ("rank", "rank_lower", "rank_upper", "probability_highest_quarter"):
        assert np.isnan(getattr(found, field)[0])
        assert_array_equal(getattr(found, field)[1:], getattr(without, field))


@given(st.lists(st.integers(0, 9), min_size=5, max_size=40), st.integers(1, 5))
@held
def test_categories_rise_with_the_value_and_equal_values_share_one(values: list[int], categories: int) -> None:
    placed = quantile_category(values, values, categories)
    pairs = sorted(zip(values, placed, strict=True))
    assert all(low[1] <= high[1] for low, high in pairwise(pairs))
    assert len(set(pairs)) == len(set(values))
    assert set(placed) <= set(range(1, categories + 1))
    best_first = quantile_category(values, values, categories, "higher_is_better")
    assert_array_equal(placed + best_first, categories + 1)
    bounds = quantile_bounds(values, categories)
    np.testing.assert_allclose(bounds, np.quantile(values, np.linspace(0, 1, categories + 1)))


@given(st.lists(st.floats(-1e6, 1e6), min_size=4, max_size=40))
@held
def test_a_box_plot_is_in_order(values: list[float]) -> None:
    box = box_plot(values)
    assert box is not None
    chain = [box.min, box.p5, box.p25, box.median, box.p75, box.p95, box.max]
    assert np.all(np.diff(chain) >= -1e-9)
    assert (box.min, box.max) == (min(values), max(values))
