"""Answers known from the literature or by hand, as checks any implementation of a method can be put to."""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter
from typing import Any

import numpy as np
from numpy.testing import assert_allclose, assert_array_equal
from scipy import stats

from insight.statistics import FunnelFlag, Trend

NONE = float("nan")
STEP = 3.92
"""Width of a 95% interval whose standard error is 1."""


def check_wilson(proportion: Callable[..., Any]) -> None:
    """Newcombe R G (1998) Stat Med 17:857, table I, the score method, as printed there to four places."""
    found = proportion([81, 15, 0, 1], [263, 148, 20, 29])
    assert_allclose(found.lower, [0.2553, 0.0624, 0.0, 0.0061], atol=5e-5)
    assert_allclose(found.upper, [0.3662, 0.1605, 0.1611, 0.1718], atol=5e-5)
    everyone = proportion(20, 20)
    assert (everyone.value, everyone.upper) == (1.0, 1.0)
    assert_allclose(everyone.lower, 1 - 0.1611, atol=5e-5)


def limits_of_counts(rate: Callable[..., Any]) -> Callable[..., Any]:
    """The limits that a rate gives to bare counts: those of a population of one."""
    return lambda events: attrgetter("lower", "upper")(rate(events, 1))


def check_count_interval(interval: Callable[..., Any]) -> None:
    """Garwood's exact limits below ten, to three places as in tables; Byar's formula by hand from ten."""
    lower, upper = interval([0, 1, 5, 9])
    assert_allclose(lower, [0.0, 0.025, 1.623, 4.115], atol=5e-4)
    assert_allclose(upper, [3.689, 5.572, 11.668, 17.085], atol=5e-4)
    lower, upper = interval([10, 100])
    assert_allclose(lower, [4.787450, 81.362106], atol=5e-7)
    assert_allclose(upper, [18.391459, 121.627938], atol=5e-7)


def check_exact_interval(interval: Callable[..., Any]) -> None:
    """Garwood's limits of larger counts, which Byar's differ from in the second or third place."""
    lower, upper = interval([10, 100])
    assert_allclose(lower, [4.795, 81.364], atol=5e-4)
    assert_allclose(upper, [18.390, 121.627], atol=5e-4)


def check_byar_interval(interval: Callable[..., Any]) -> None:
    """No lower limit rather than a negative one."""
    lower, upper = interval([0, 1, 65], 0.998)
    assert_allclose(lower, [NONE, NONE, 42.880261], atol=5e-7)
    assert_allclose(upper[1:], [9.362180, 94.000291], atol=5e-7)


def check_pooled(pooled: Callable[..., float]) -> None:
    assert_allclose(pooled([1, 9], [10, 990]), 0.01)
    assert_allclose(pooled([1, None, 9, 5], [10, 50, 990, None]), 0.01)


def check_funnel_limits(limits_proportion: Callable[..., Any], limits_rate: Callable[..., Any]) -> None:
    """θ = 0.2, n = 100: standard error 0.04. Twenty events: Garwood's limits 12.217 and 30.888."""
    found = limits_proportion(0.2, [100, 1], 100)
    assert_allclose(found.lower_95, [20 - 4 * 1.959964, 0.0], atol=1e-5)
    assert_allclose(found.upper_998, [20 + 4 * 3.090232, 100.0], atol=1e-5)
    found = limits_rate(20, 1.0, 1000)
    assert_allclose(found.lower_95_population, 30_888, atol=1)
    assert_allclose(found.upper_95_population, 12_217, atol=1)
    assert_allclose(found.lower_95, 20 / 30.888, rtol=1e-4)
    assert_allclose(found.upper_95, 20 / 12.217, rtol=1e-4)


def check_funnel_flags(flags: Callable[..., Any]) -> None:
    """Average 0.2 with n = 100: lines at 12.2% and 27.8%, 7.6% and 32.4%."""
    counts = [7, 8, 12, 13, 27, 28, 32, 33, 20, None]
    words = flags(counts, [100] * 10, "proportion", 0.2)
    assert_array_equal(
        words,
        [
            *(FunnelFlag.LOW_998, FunnelFlag.LOW_95, FunnelFlag.LOW_95, FunnelFlag.NOT_SIGNIFICANT),
            *(FunnelFlag.NOT_SIGNIFICANT, FunnelFlag.HIGH_95, FunnelFlag.HIGH_95, FunnelFlag.HIGH_998),
            *(FunnelFlag.NOT_SIGNIFICANT, FunnelFlag.NOT_COMPARED),
        ],
    )
    # Twenty events, where 12.217 to 30.888 at 95% and 8.958 to 38.042 at 99.8% might have been expected.
    words = flags([20] * 6, [8.9, 9.0, 12.3, 30.8, 30.9, 38.1], "rate", 1.0)
    assert_array_equal(
        words,
        [
            *(FunnelFlag.HIGH_998, FunnelFlag.HIGH_95, FunnelFlag.NOT_SIGNIFICANT),
            *(FunnelFlag.NOT_SIGNIFICANT, FunnelFlag.LOW_95, FunnelFlag.LOW_998),
        ],
    )


def check_overdispersion(overdispersion: Callable[..., Any]) -> None:
    """By hand: E = 100, √(O/E) = 0.8 … 1.2, s = 1/20, z = −4, −2, 0, 2, 4; then two of unequal size."""
    observed, expected = [64, 81, 100, 121, 144], [100] * 5
    plain = overdispersion(observed, expected, "sqrt_ratio", 0.0)
    assert_allclose([plain.phi, plain.tau2], [8.0, 36 / 1600])
    winsorised = overdispersion(observed, expected)
    assert_allclose([winsorised.phi, winsorised.tau2], [5.696, 24.48 / 1600])
    unequal = overdispersion([144, 324], [100, 400], "sqrt_ratio", 0.0)
    assert_allclose([unequal.phi, unequal.tau2], [16.0, 31 / 640])
    # p = 1/4 and 3/4 about 1/2: arcsin √p is 30° and 60° about 45°, and s is 1/20.
    angles = overdispersion([25, 75], [100, 100], "arcsine_proportion", 0.0)
    assert_allclose([angles.phi, angles.average], [(np.pi / 12 * 20) ** 2, 0.5])
    chance = overdispersion([100, 101], [100, 100])
    assert chance.tau2 == 0


def check_adjusted_limits(limits: Callable[..., Any]) -> None:
    """By hand: E = 100, τ² = 0.0225 make √(s² + τ²) = √0.025; E = 1/4 puts the lower root below 0."""
    found = limits([100, 0.25], 1, [0.0225, 0], "sqrt_ratio")
    assert_allclose(found.lower_95, [(1 - 1.959964 * 0.025**0.5) ** 2, 0], rtol=1e-6)
    assert_allclose(found.upper_95, [(1 + 1.959964 * 0.025**0.5) ** 2, 2.959964**2], rtol=1e-6)
    per_1000 = limits(100, 0.002, 0, "log_ratio", 1000)
    assert_allclose(per_1000.upper_998, 2 * np.exp(0.3090232), rtol=1e-6)
    half = limits(25, 0.5, 0, "arcsine_proportion")
    assert_allclose(half.lower_95, np.sin(np.pi / 4 - 0.1959964) ** 2, rtol=1e-6)
    assert limits(1, 0.99, 0, "arcsine_proportion").upper_95 == 1


def check_trend(trend: Callable[..., Any]) -> None:
    """By hand: 1 … 5 with a standard error of e has χ² = 10 / e². Words only; the value is checked on one."""
    line = np.arange(1.0, 6.0)

    def result(values: Any, error: float = 0.5) -> Trend:
        series = np.array(values, dtype=float)
        return Trend(trend(series, series - error * STEP / 2, series + error * STEP / 2).result)

    assert result(line, 1.0) is Trend.INCREASING  # 10
    assert result(line, 1.03) is Trend.NO_SIGNIFICANT_CHANGE  # 9.43
    assert result(line, 2**0.5) is Trend.NO_SIGNIFICANT_CHANGE  # 5, beyond 95% but not 99.8%
    assert result(-line, 1.0) is Trend.DECREASING
    assert result([9, *line]) is Trend.INCREASING
    # One odd year: the slope is steep, and level without it.
    assert result([1, 1, 1, 1, 8]) is Trend.NO_SIGNIFICANT_CHANGE
    assert result([0.1, 0.3 - 0.2, 0.1, 0.1, 8]) is Trend.NO_SIGNIFICANT_CHANGE
    # A gap ends the run, however many points lie before it.
    assert result([1, 2, 3, NONE, 4, 5, 6]) is Trend.CANNOT_BE_CALCULATED
    assert result([1, 2, 3, 4, 5, NONE]) is Trend.CANNOT_BE_CALCULATED
    assert result([1, 2, 3, 4]) is Trend.CANNOT_BE_CALCULATED
    assert result([1, 2, 3, 4, 5], 0.0) is Trend.CANNOT_BE_CALCULATED


def check_polarity(compare: Callable[..., Any], label: Callable[..., str]) -> None:
    higher, lower, none = "higher_is_better", "lower_is_better", "none"
    assert [str(compare(5, 4, 6, 3, word)) for word in (higher, lower, none)] == ["Better", "Worse", "Higher"]
    assert [str(compare(5, 4, 6, 7, word)) for word in (higher, lower, none)] == ["Worse", "Better", "Lower"]
    assert label("Increasing", higher) == "Increasing and getting better"
    assert label("Increasing", lower) == "Increasing and getting worse"
    assert label("Decreasing", lower) == "Decreasing and getting better"
    assert label("Decreasing", none) == "Decreasing"
    assert label("No significant change", higher) == "No significant change"


def check_compare(compare: Callable[..., Any]) -> None:
    def word(benchmark: float | None, lower_998: float | None = None, upper_998: float | None = None) -> str:
        return str(compare(5, 4, 6, benchmark, "none", lower_998, upper_998))

    assert [word(benchmark) for benchmark in (4, 5, 6)] == ["Similar"] * 3
    assert [word(benchmark, 3, 7) for benchmark in (2.9, 3, 3.9)] == [
        "Higher (99.8%)",
        "Higher (95%)",
        "Higher (95%)",
    ]
    assert [word(benchmark, 3, 7) for benchmark in (7.1, 7, 5)] == ["Lower (99.8%)", "Lower (95%)", "Similar"]
    assert word(None) == "Not compared"
    assert str(compare(None, 4, 6, 5, "none")) == "Not compared"
    assert str(compare(5, 4, None, 1, "none")) == "Not compared"
    # Byar's formula gave no lower limit at 99.8%: that level is not reached downwards.
    assert word(1, None, 7) == "Higher (95%)"


def check_change(change: Callable[..., Any]) -> None:
    before = (5, 4, 6)
    assert str(change(8, 6.1, 9, *before)) == "Increasing"
    assert str(change(8, 6, 9, *before)) == "No significant change"
    assert str(change(2, 1, 3.9, *before)) == "Decreasing"
    assert str(change(2, 1, 4, *before)) == "No significant change"
    assert str(change(8, None, 9, *before)) == "Cannot be calculated"
    assert str(change(None, 6.1, 9, *before)) == "Cannot be calculated"


def check_quantiles(bounds: Callable[..., Any], category: Callable[..., Any]) -> None:
    assert_allclose(bounds([1, 2, None, 3, 4, 5], 4), [1, 2, 3, 4, 5])
    assert bounds([1, 2, 3], 4) is None
    # Ties stand on a bound together, where counting rows would put them apart.
    tied = [1, 2, 2, 2, 2, 2, 7, 8]
    assert_array_equal(category(tied, tied, 4), [1, 1, 1, 1, 1, 1, 4, 4])
    assert_array_equal(category([0, None, 9], tied, 4), [1, 0, 4])
    assert category(8, tied, 4, "higher_is_better") == 1
    assert category(8, tied, 4, "lower_is_better") == 4
    assert category(1, [1, 2, 3], 4) == 0


def check_box_plot(box_plot: Callable[..., Any]) -> None:
    found = box_plot([*range(101), None])
    assert (found.min, found.p5, found.p25, found.median, found.p75, found.p95, found.max) == (
        0,
        5,
        25,
        50,
        75,
        95,
        100,
    )
    assert box_plot([1, 2, 3, None]) is None
    assert box_plot([1, 2, 3, 4]).median == 2.5


def check_ranks(rank_intervals: Callable[..., Any]) -> None:
    """Areas far apart keep their rank in every draw; equal ones share it and may lie anywhere."""
    apart = rank_intervals([100, 10_000, 1_000], [100_000] * 3, "rate", draws=500)
    for ranks in (apart.rank, apart.rank_lower, apart.rank_upper):
        assert_array_equal(ranks, [3, 1, 2])
    assert np.all(np.isnan(apart.probability_highest_quarter))
    equal = rank_intervals([50] * 5 + [None], [1000] * 6, "proportion", draws=2000)
    assert_array_equal(equal.rank, [1] * 5 + [NONE])
    assert_array_equal(equal.rank_lower, [1] * 5 + [NONE])
    assert_array_equal(equal.rank_upper, [5] * 5 + [NONE])
    assert_allclose(equal.probability_highest_quarter, [0.2] * 5 + [NONE])
    # Two areas two standard deviations of either apart: P(first above second) = Φ(2 / √2) = 0.921, nearly.
    pair = rank_intervals([10_200, 10_000, 1, 1], [1e6] * 4, "rate", draws=20_000)
    assert_allclose(pair.probability_highest_quarter[0], 0.921, atol=0.01)
    # With τ² = 0.01 the roots of the ratios have a standard deviation of 0.1, which drowns that difference.
    widened = rank_intervals([10_200, 10_000, 1, 1], [1e6] * 4, "rate", tau2=0.01, draws=20_000)
    assert_allclose(widened.probability_highest_quarter[0], 0.54, atol=0.02)
    # Jeffreys' prior: no events in ten are above 0.02 as often as half a chi-squared variate is above 0.2.
    others = [20_000, 20_000, 20_000], [1_000_000] * 3
    for kind, expected in (("rate", stats.chi2.sf(0.4, 1)), ("proportion", stats.beta.sf(0.02, 0.5, 10.5))):
        nothing = rank_intervals([0, *others[0]], [10, *others[1]], kind, draws=20_000)
        assert_allclose(nothing.probability_highest_quarter[0], expected, atol=0.015)
    # All of three, and none of three: drawn at the other end, with an interval that still holds the rank.
    extremes = rank_intervals([3, *[999_999] * 4], [3, *[1_000_000] * 4], "proportion", draws=2_000)
    assert (extremes.rank[0], extremes.rank_lower[0], extremes.rank_upper[0]) == (1, 1, 5)
    extremes = rank_intervals([0, *[1] * 4], [3, *[1_000_000] * 4], "proportion", draws=2_000)
    assert (extremes.rank[0], extremes.rank_lower[0], extremes.rank_upper[0]) == (5, 1, 5)
