"""Each method gives the answers known from the literature or by hand."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose

from insight import statistics
from tests.unit.statistics import known_answers

# Missing and extreme figures are no reason for a warning.
pytestmark = pytest.mark.filterwarnings("error")


def test_proportions_have_wilsons_interval() -> None:
    known_answers.check_wilson(statistics.proportion)


def test_counts_have_exact_limits_below_ten_and_byars_from_ten() -> None:
    known_answers.check_count_interval(known_answers.limits_of_counts(statistics.rate))


def test_exact_limits_stay_exact_at_any_count() -> None:
    known_answers.check_exact_interval(statistics.exact_poisson_interval)


def test_a_negative_byar_limit_is_no_limit() -> None:
    known_answers.check_byar_interval(statistics.byar_interval)


def test_averages_are_pooled() -> None:
    known_answers.check_pooled(statistics.pooled_average)


def test_funnel_lines_invert_the_interval() -> None:
    known_answers.check_funnel_limits(statistics.funnel_limits_proportion, statistics.funnel_limits_rate)


def test_funnel_flags_name_the_outermost_line() -> None:
    known_answers.check_funnel_flags(statistics.funnel_flags)


def test_overdispersion_by_hand() -> None:
    known_answers.check_overdispersion(statistics.overdispersion)


def test_adjusted_limits_are_taken_back_from_the_scale() -> None:
    known_answers.check_adjusted_limits(statistics.adjusted_limits)


def test_trend_needs_five_points_998_and_no_odd_year() -> None:
    known_answers.check_trend(statistics.recent_trend)


def test_polarity_decides_better_and_worse() -> None:
    known_answers.check_polarity(statistics.compare, statistics.trend_label)


def test_comparison_counts_the_limits_in() -> None:
    known_answers.check_compare(statistics.compare)


def test_change_needs_intervals_apart() -> None:
    known_answers.check_change(statistics.change_from_previous)


def test_quantile_categories_keep_ties_together() -> None:
    known_answers.check_quantiles(statistics.quantile_bounds, statistics.quantile_category)


def test_box_plot_percentiles() -> None:
    known_answers.check_box_plot(statistics.box_plot)


def test_ranks_carry_their_uncertainty() -> None:
    known_answers.check_ranks(statistics.rank_intervals)


def test_trend_is_the_weighted_regression_of_statsmodels() -> None:
    from statsmodels.api import WLS, add_constant

    values = np.array([24.67, 24.6, 28, 30.2, 30.6])
    lower, upper = np.array([[23.16, 23.15, 26.44, 28.63, 28.98], [26.25, 26.19, 29.64, 31.9, 32.25]])
    weights = (3.92 / (upper - lower)) ** 2
    fit = WLS(values, add_constant(np.arange(1, 6)), weights=weights).fit(cov_type="fixed scale")
    found = statistics.recent_trend(values, lower, upper)
    assert_allclose(found.chi_squared, (fit.params[1] / fit.bse[1]) ** 2)


def test_the_quantiles_are_the_normals_not_the_rounded_ones() -> None:
    unit = statistics.funnel_limits_proportion(0.5, 2500)
    assert_allclose((unit.upper_95 - 0.5) * 100, 1.959964, atol=5e-7)
    assert_allclose((unit.upper_998 - 0.5) * 100, 3.090232, atol=5e-7)


@pytest.mark.parametrize(("count", "method"), [(0, "exact"), (9, "exact"), (9.5, "exact"), (10, "byar"), (2000, "byar")])
def test_a_rate_states_how_its_interval_was_found(count: float, method: str) -> None:
    assert statistics.rate(count, 100).method == method


@pytest.mark.parametrize("categories", [4, 5, 10])
def test_a_value_on_its_own_bound_stays_below_it(categories: int) -> None:
    """Bounds that rounding puts a last digit under the value they are made of would move it up a category."""
    for n in range(categories, 300):
        values = np.arange(n) * 0.1
        exactly = [(n - 1) * j // categories for j in range(1, categories) if (n - 1) * j % categories == 0]
        expected = [j for j in range(1, categories) if (n - 1) * j % categories == 0]
        assert list(statistics.quantile_category(values[exactly], values, categories)) == expected


def test_truncation_leaves_units_out_where_winsorising_pulls_them_in() -> None:
    observed, expected = [1, *[81, 121] * 4, 400], [100] * 10
    truncated = statistics.overdispersion(observed, expected, outliers="truncate")
    assert (truncated.n_used, round(truncated.phi, 9)) == (8, 4)
    assert statistics.overdispersion(observed, expected).n_used == 10


def test_an_outlier_with_no_events_is_winsorised_even_on_the_logarithmic_scale() -> None:
    """It is the lowest of twelve either way; the tenth percentile does not reach it."""
    rest = [80, 85, 90, 95, 100, 105, 110, 115, 120, 125, 130]
    expected = [100] * 12
    with_zero = statistics.overdispersion([0, *rest], expected, "log_ratio")
    with_one = statistics.overdispersion([1, *rest], expected, "log_ratio")
    assert (with_zero.phi, with_zero.tau2) == (with_one.phi, with_one.tau2)
