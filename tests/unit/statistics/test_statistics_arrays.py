"""Shapes, missing figures and refusals: the same for one figure as for many."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from insight import statistics
from insight.statistics import Comparison, FunnelFlag, Trend

# Missing and extreme figures are no reason for a warning.
pytestmark = pytest.mark.filterwarnings("error")

COUNTS = [0, 3, 9, 10, 65, 1_200, None, 7]
TOTALS = [40, 100, 90, 10, 100, 40_000, 100, None]
LOW, HIGH = [0, 2, 8, 9, 60, 1_000, 5, None], [2, 6, 11, 12, 70, 1_300, 9, 8]

ELEMENTWISE: dict[str, tuple[Callable[..., Any], list[list[Any]]]] = {
    "byar_interval": (statistics.byar_interval, [COUNTS]),
    "exact_poisson_interval": (statistics.exact_poisson_interval, [COUNTS]),
    "rate": (lambda count, total: statistics.rate(count, total, 1_000), [COUNTS, TOTALS]),
    "proportion": (lambda count, total: statistics.proportion(count, total, 100, 0.998), [COUNTS, TOTALS]),
    "funnel_limits_proportion": (
        lambda total: statistics.funnel_limits_proportion(0.3, total, 100),
        [TOTALS],
    ),
    "funnel_limits_rate": (lambda count: statistics.funnel_limits_rate(count, 0.3, 1_000), [COUNTS]),
    "funnel_flags proportion": (
        lambda count, total: statistics.funnel_flags(count, total, "proportion", 0.3),
        [COUNTS, TOTALS],
    ),
    "funnel_flags rate": (
        lambda count, total: statistics.funnel_flags(count, total, "rate", 0.3),
        [COUNTS, TOTALS],
    ),
    "adjusted_limits": (lambda size: statistics.adjusted_limits(size, 0.3, 0.01, "sqrt_ratio"), [TOTALS]),
    "adjusted_flags": (
        lambda count, size: statistics.adjusted_flags(count, size, 0.3, 0.01, "arcsine_proportion"),
        [COUNTS, TOTALS],
    ),
    "compare": (
        lambda value, low, high: statistics.compare(value, low, high, 9, "lower_is_better"),
        [COUNTS, LOW, HIGH],
    ),
    "change_from_previous": (
        lambda value, low, high: statistics.change_from_previous(value, low, high, 9, 8, 10),
        [COUNTS, LOW, HIGH],
    ),
    "quantile_category": (lambda value: statistics.quantile_category(value, COUNTS, 4), [COUNTS]),
}


@pytest.mark.parametrize("name", ELEMENTWISE)
def test_many_figures_give_what_each_gives_alone(name: str) -> None:
    method, columns = ELEMENTWISE[name]
    together = parts(method(*columns))
    square = parts(method(*(np.array(column, dtype=float).reshape(2, 4) for column in columns)))
    alone = [parts(method(*row)) for row in zip(*columns, strict=True)]
    for part, whole in enumerate(together):
        for row, single in enumerate(alone):
            assert np.ndim(single[part]) == 0
            assert not isinstance(single[part], np.generic)
            assert same(whole[row], single[part])
            assert same(square[part][row // 4, row % 4], single[part])


def parts(result: Any) -> list[Any]:
    if is_dataclass(result):
        return [getattr(result, field.name) for field in fields(result)]
    return list(result) if isinstance(result, tuple) else [result]


def same(one: Any, other: Any) -> bool:
    if isinstance(other, float):
        return np.array_equal(one, other, equal_nan=True)
    return bool(one is other or one == other)


def test_several_series_give_the_trend_each_gives_alone() -> None:
    values = np.array([[1, 2, 3, 4, 5.0], [5, 4, 3, 2, 1], [1, 1, 1, 1, 1], [1, 2, np.nan, 4, 5]])
    together = statistics.recent_trend(values, values - 0.5, values + 0.5)
    alone = [statistics.recent_trend(series, series - 0.5, series + 0.5) for series in values]
    assert list(together.result) == [trend.result for trend in alone]
    assert list(together.significant) == [trend.significant for trend in alone] == [True, True, False, False]
    assert_array_equal(together.chi_squared, [trend.chi_squared for trend in alone])
    assert isinstance(alone[0].chi_squared, float)
    assert isinstance(alone[0].significant, bool)


def test_missing_figures_give_no_value_and_never_zero() -> None:
    for estimate in (
        statistics.rate([None, 5], [10, None]),
        statistics.proportion([np.nan, 5], [10, np.nan]),
    ):
        for part in (estimate.value, estimate.lower, estimate.upper):
            assert np.all(np.isnan(part))
        assert list(estimate.method) == [None, None]
    assert statistics.rate(None, None).method is None
    assert statistics.rate(0, 10).value == 0
    assert np.isnan(statistics.pooled_average([None], [5]))
    assert statistics.funnel_flags(None, 10, "rate") is FunnelFlag.NOT_COMPARED
    assert statistics.adjusted_flags(5, 10, 1, np.nan, "sqrt_ratio") is FunnelFlag.NOT_COMPARED


def test_words_are_members_whose_string_is_the_word() -> None:
    assert statistics.compare(5, 4, 6, 3, "none") is Comparison.HIGHER
    assert str(Comparison.HIGHER_998) == "Higher (99.8%)"
    assert str(Trend.CANNOT_BE_CALCULATED) == "Cannot be calculated"
    assert list(statistics.compare([5], 4, 6, 3, "none").astype(str)) == ["Higher"]


def test_a_row_with_998_limits_carries_its_level_beside_one_without() -> None:
    found = statistics.compare([5, 5], 4, 6, 1, "none", [2, None], [8, None])
    assert list(found) == [Comparison.HIGHER_998, Comparison.HIGHER]


def test_a_hundred_per_cent_interval_is_all_that_is_possible() -> None:
    found = statistics.proportion([65, None], 100, confidence=1.0)
    assert_array_equal(found.lower, [0, np.nan])
    assert_array_equal(found.upper, [1, np.nan])


def test_a_percentage_is_read_as_a_confidence() -> None:
    assert statistics.rate(65, 100, confidence=95).lower == statistics.rate(65, 100).lower


def test_a_bare_count_has_no_trend() -> None:
    values = np.arange(1.0, 6.0)
    for value_type, expected in (
        ("count", Trend.CANNOT_BE_CALCULATED),
        ("proportion", Trend.INCREASING),
        ("Directly standardised rate", Trend.INCREASING),
    ):
        found = statistics.recent_trend(values, values - 0.5, values + 0.5, value_type=value_type)
        assert found.result is expected


def test_one_unit_shows_no_spread_and_none_shows_nothing() -> None:
    one = statistics.overdispersion([5, None], [4, 3])
    assert (one.n_used, np.isnan(one.tau2), one.phi > 0) == (1, True, True)
    none = statistics.overdispersion([None], [4])
    assert (none.n_used, np.isnan(none.tau2), np.isnan(none.phi)) == (0, True, True)


def test_the_same_seed_gives_the_same_ranks_and_another_hardly_others() -> None:
    rng = np.random.default_rng(3)
    totals = rng.integers(5_000, 50_000, 39)
    counts = rng.binomial(totals, rng.uniform(0.08, 0.12, 39))
    first = statistics.rank_intervals(counts, totals, "rate", tau2=0.002)
    again = statistics.rank_intervals(counts, totals, "rate", tau2=0.002)
    other = statistics.rank_intervals(counts, totals, "rate", tau2=0.002, seed=7)
    for field in fields(first):
        assert_array_equal(getattr(first, field.name), getattr(again, field.name))
    assert np.max(np.abs(first.rank_lower - other.rank_lower)) <= 2
    assert np.max(np.abs(first.rank_upper - other.rank_upper)) <= 2
    assert np.max(np.abs(first.probability_highest_quarter - other.probability_highest_quarter)) < 0.03


def test_tau2_widens_ranks() -> None:
    counts, totals = np.arange(400, 800, 20), np.full(20, 10_000)
    plain = statistics.rank_intervals(counts, totals, "proportion")
    widened = statistics.rank_intervals(counts, totals, "proportion", tau2=0.001)
    assert np.sum(widened.rank_upper - widened.rank_lower) > 1.5 * np.sum(plain.rank_upper - plain.rank_lower)
    assert_array_equal(widened.rank, plain.rank)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: statistics.rate([65, -80, 30], 100), r"negative count in row 1 \(-80\)"),
        (lambda: statistics.byar_interval(-1), r"negative count in row 0 \(-1\)"),
        (
            lambda: statistics.rate([1, 2, 3], [5, 0, -1]),
            r"denominator zero or negative in row 1 \(0\), row 2",
        ),
        (lambda: statistics.rate(None, 0), "denominator zero or negative in row 0"),
        (lambda: statistics.rate([np.inf], 5), "infinite count in row 0"),
        (lambda: statistics.proportion([1, 101], 100), r"count exceeds denominator in row 1 \(101\)"),
        (lambda: statistics.proportion([101] * 8, 100), "row 4 .* and 3 more"),
        (lambda: statistics.rate(5, 10, confidence=0.5), "confidence level out of range: 0.5"),
        (lambda: statistics.rate(5, 10, confidence=1.5), "confidence level out of range"),
        (lambda: statistics.proportion(5, 10, confidence=130), "confidence level out of range"),
        (lambda: statistics.rate(5, 10, confidence=[0.95, 0.998]), "too many confidence levels"),
        (lambda: statistics.pooled_average([1, -1], [5, 5]), "negative count in row 1"),
        (lambda: statistics.funnel_limits_proportion(1.2, 10), "average outside 0 to 1"),
        (lambda: statistics.funnel_limits_proportion(0.2, [10, 0]), "denominator zero or negative in row 1"),
        (lambda: statistics.funnel_limits_rate(5, -1), "negative average"),
        (lambda: statistics.funnel_flags([1], [2], "odds"), "kind"),
        (lambda: statistics.funnel_flags([3], [2], "proportion"), "count exceeds denominator"),
        (lambda: statistics.overdispersion([1], [1], "probit"), "transform"),
        (lambda: statistics.overdispersion([1, 2], [1, 0]), "denominator zero or negative in row 1"),
        (lambda: statistics.overdispersion([1], [1], winsorise=0.5), "Winsorise"),
        (lambda: statistics.overdispersion([1], [1], outliers="keep"), "outliers"),
        (lambda: statistics.overdispersion([0, 5], [4, 5], "log_ratio"), "zero count.* row 0"),
        (lambda: statistics.adjusted_limits([5, 0], 1, 0, "sqrt_ratio"), "size zero or negative in row 1"),
        (lambda: statistics.adjusted_limits(5, 1, -0.1, "sqrt_ratio"), "negative tau2"),
        (lambda: statistics.adjusted_limits(5, 2, 0, "arcsine_proportion"), "average outside 0 to 1"),
        (
            lambda: statistics.compare([5, 5], [4, 7], 6, 3, "none"),
            "lower limit above the upper one in row 1",
        ),
        (lambda: statistics.compare(5, 4, 6, 3, "up"), "up"),
        (lambda: statistics.recent_trend(5, 4, 6), "series"),
        (lambda: statistics.recent_trend([1] * 5, [2] * 5, [1] * 5), "lower limit above"),
        (lambda: statistics.trend_label("Rising", "none"), "Rising"),
        (lambda: statistics.change_from_previous(5, 6, 4, 5, 4, 6), "lower limit above"),
        (lambda: statistics.rank_intervals([1], [2], "odds"), "kind"),
        (lambda: statistics.rank_intervals(1, 2, "rate"), "list"),
        (lambda: statistics.rank_intervals([1, 2], [3, 3], "rate", tau2=-1), "tau2"),
        (lambda: statistics.rank_intervals([1, 2], [3, 3], "rate", tau2=np.nan), "tau2"),
        (lambda: statistics.rank_intervals([0, 0], [3, 3], "rate", tau2=1), "no events"),
        (lambda: statistics.quantile_bounds([1, 2], 0), "category"),
    ],
)
def test_impossible_figures_are_refused_by_name(call: Callable[[], Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        call()


def test_nothing_else_of_the_project_is_imported_and_no_heavy_library() -> None:
    import subprocess
    import sys

    code = "import sys, insight.statistics; print([name.partition('.')[0] for name in sys.modules])"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    for library in ("pandas", "streamlit", "statsmodels", "plotly", "duckdb"):
        assert f"'{library}'" not in loaded
