"""The known answers tell the right method from the wrong ones that look like it."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from scipy import stats

from insight import statistics
from insight.statistics import Trend
from tests.unit.statistics import known_answers

Z_95 = stats.norm.isf(0.025)


def wald(count: Any, total: Any) -> Any:
    share = np.asarray(count) / np.asarray(total)
    half = Z_95 * np.sqrt(share * (1 - share) / np.asarray(total))
    return SimpleNamespace(value=share, lower=share - half, upper=share + half)


def mean_of_rates(counts: Any, denominators: Any) -> float:
    return float(np.nanmean(np.array(counts, dtype=float) / np.array(denominators, dtype=float)))


def tau2_without_its_second_term(observed: Any, expected: Any, *options: Any) -> Any:
    right = statistics.overdispersion(observed, expected, *options)
    weights = 4 * np.array(expected, dtype=float)
    n = right.n_used
    tau2 = max(0.0, (n * right.phi - (n - 1)) / np.sum(weights))
    return SimpleNamespace(phi=right.phi, tau2=tau2, average=right.average)


def phi_over_n_less_one(observed: Any, expected: Any, *options: Any) -> Any:
    right = statistics.overdispersion(observed, expected, *options)
    return SimpleNamespace(phi=right.phi * right.n_used / (right.n_used - 1), tau2=right.tau2, average=right.average)


def without_winsorising(observed: Any, expected: Any, transform: Any = "sqrt_ratio", _: float = 0.1) -> Any:
    return statistics.overdispersion(observed, expected, transform, 0.0)


def limits_not_squared_back(*arguments: Any) -> Any:
    right = statistics.adjusted_limits(*arguments)
    if arguments[3] != "sqrt_ratio":
        return right
    return SimpleNamespace(**{line: np.sqrt(getattr(right, line)) for line in known_lines()})


def limits_squared_before_clipping(size: Any, average: Any, tau2: Any, transform: Any, multiplier: float = 1) -> Any:
    if transform != "sqrt_ratio":
        return statistics.adjusted_limits(size, average, tau2, transform, multiplier)
    spread = np.sqrt(1 / (4 * np.asarray(size)) + np.asarray(tau2))
    return SimpleNamespace(lower_95=(1 - Z_95 * spread) ** 2, upper_95=(1 + Z_95 * spread) ** 2)


def known_lines() -> tuple[str, ...]:
    return ("lower_95", "upper_95", "lower_998", "upper_998")


def trend_at_95(values: Any, lower: Any, upper: Any) -> Any:
    right = statistics.recent_trend(values, lower, upper)
    rising = Trend.INCREASING if values[-1] > values[-5:][0] else Trend.DECREASING
    return SimpleNamespace(result=rising if right.chi_squared > stats.chi2.isf(0.05, 1) else right.result)


def trend_of_all_points(values: Any, lower: Any, upper: Any) -> Any:
    """Without leaving a point out in turn."""
    right = statistics.recent_trend(values, lower, upper)
    rising = Trend.INCREASING if values[-1] > values[-5:][0] else Trend.DECREASING
    return SimpleNamespace(result=rising if right.chi_squared > stats.chi2.isf(0.002, 1) else right.result)


def trend_across_gaps(values: Any, lower: Any, upper: Any) -> Any:
    there = ~np.isnan(values)
    return statistics.recent_trend(values[there], lower[there], upper[there])


def compare_without_polarity(*arguments: Any) -> Any:
    return statistics.compare(*arguments[:4], "none", *arguments[5:])


def label_without_polarity(result: str, _: str) -> str:
    return statistics.trend_label(result, "none")


def compare_with_limits_outside(value: Any, lower: Any, upper: Any, benchmark: Any, *rest: Any) -> Any:
    """A benchmark on a limit counted as excluded."""
    inside = 1e-9
    if lower is None or upper is None:
        return statistics.compare(value, lower, upper, benchmark, *rest)
    return statistics.compare(value, lower + inside, upper - inside, benchmark, *rest)


def similar_for_missing(*arguments: Any) -> Any:
    word = statistics.compare(*arguments)
    return "Similar" if word == "Not compared" else word


def byar_never_absent(events: Any, confidence: float) -> Any:
    lower, upper = statistics.byar_interval(events, confidence)
    return np.nan_to_num(lower, nan=0.0), upper


def category_by_counting_rows(value: Any, values: Any, categories: int, *polarity: Any) -> Any:
    """As NTILE does it."""
    if value is not values:
        return statistics.quantile_category(value, values, categories, *polarity)
    place = np.argsort(np.argsort(values, kind="stable"), kind="stable")
    return place * categories // len(values) + 1


def pooled_with_missing_in_the_denominator(counts: Any, denominators: Any) -> float:
    counted, divided = np.array(counts, dtype=float), np.array(denominators, dtype=float)
    return float(np.nansum(counted) / np.nansum(divided))


def ranks_without_tau2(*arguments: Any, tau2: float = 0, **options: Any) -> Any:
    return statistics.rank_intervals(*arguments, **options)


def funnel_flags_at_95(*arguments: Any) -> Any:
    return [str(word).replace("99.8%", "95%") for word in statistics.funnel_flags(*arguments)]


@pytest.mark.parametrize(
    ("check", "wrong"),
    [
        (known_answers.check_wilson, [wald]),
        (known_answers.check_count_interval, [statistics.exact_poisson_interval]),
        (known_answers.check_count_interval, [statistics.byar_interval]),
        (known_answers.check_exact_interval, [known_answers.limits_of_counts(statistics.rate)]),
        (known_answers.check_byar_interval, [byar_never_absent]),
        (known_answers.check_pooled, [mean_of_rates]),
        (known_answers.check_pooled, [pooled_with_missing_in_the_denominator]),
        (known_answers.check_overdispersion, [tau2_without_its_second_term]),
        (known_answers.check_overdispersion, [phi_over_n_less_one]),
        (known_answers.check_overdispersion, [without_winsorising]),
        (known_answers.check_adjusted_limits, [limits_not_squared_back]),
        (known_answers.check_adjusted_limits, [limits_squared_before_clipping]),
        (known_answers.check_funnel_flags, [funnel_flags_at_95]),
        (known_answers.check_trend, [trend_at_95]),
        (known_answers.check_trend, [trend_of_all_points]),
        (known_answers.check_trend, [trend_across_gaps]),
        (known_answers.check_polarity, [compare_without_polarity, statistics.trend_label]),
        (known_answers.check_polarity, [statistics.compare, label_without_polarity]),
        (known_answers.check_compare, [compare_with_limits_outside]),
        (known_answers.check_compare, [similar_for_missing]),
        (known_answers.check_quantiles, [statistics.quantile_bounds, category_by_counting_rows]),
        (known_answers.check_ranks, [ranks_without_tau2]),
    ],
    ids=lambda part: part.__name__ if callable(part) else " ".join(one.__name__ for one in part),
)
def test_a_wrong_variant_is_caught(check: Callable[..., None], wrong: list[Callable[..., Any]]) -> None:
    with pytest.raises(AssertionError):
        check(*wrong)
