"""A worked case's inputs in, our answers under the case's own keys out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import numpy as np

from insight.statistics import (
    FunnelFlag,
    FunnelLimits,
    adjusted_flags,
    adjusted_limits,
    box_plot,
    byar_interval,
    change_from_previous,
    compare,
    exact_poisson_interval,
    funnel_flags,
    funnel_limits_proportion,
    funnel_limits_rate,
    overdispersion,
    pooled_average,
    proportion,
    quantile_bounds,
    quantile_category,
    rate,
    recent_trend,
    trend_label,
)

Inputs = dict[str, Any]
Answers = dict[str, Any]

POLARITY = {"high_is_good": "higher_is_better", "low_is_good": "lower_is_better", "no_judgement": "none"}
NO_RATE_BELOW = 10


def polarity_of(inputs: Inputs) -> str:
    return POLARITY[inputs.get("polarity", "no_judgement")]


def count_ci(interval: Callable[..., Any], inputs: Inputs) -> Answers:
    lower, upper = interval(inputs["count"], inputs.get("confidence", 0.95))
    return {"lower": lower, "upper": upper}


def estimate_ci(method: Callable[..., Any], value_key: str, count: Any, denominator: Any, inputs: Inputs) -> Answers:
    multiplier = inputs.get("multiplier", 1)
    asked = method(count, denominator, multiplier, inputs.get("confidence", 0.95))
    at_95 = method(count, denominator, multiplier, 0.95)
    at_998 = method(count, denominator, multiplier, 0.998)
    return {
        value_key: asked.value,
        "lower": asked.lower,
        "upper": asked.upper,
        "lower_95": at_95.lower,
        "upper_95": at_95.upper,
        "lower_99_8": at_998.lower,
        "upper_99_8": at_998.upper,
        "ci_method": asked.method,
    }


def single(method: Callable[..., Any], value_key: str, inputs: Inputs) -> Answers:
    return estimate_ci(method, value_key, inputs["count"], inputs["denominator"], inputs)


def grouped(method: Callable[..., Any], value_key: str, inputs: Inputs) -> Answers:
    return estimate_ci(method, value_key, sum(inputs["counts"]), sum(inputs["denominators"]), inputs)


def input_error(method: Callable[..., Any], inputs: Inputs) -> Answers:
    try:
        method(inputs["count"], inputs["denominator"], confidence=inputs.get("confidence", 0.95))
    except ValueError as error:
        return {"error": str(error)}
    return {"error": None}


def lines(limits: FunnelLimits) -> Answers:
    return {
        "lower_95": limits.lower_95,
        "upper_95": limits.upper_95,
        "lower_99_8": limits.lower_998,
        "upper_99_8": limits.upper_998,
    }


def proportion_lines(inputs: Inputs) -> Answers:
    multiplier = inputs.get("multiplier", 1)
    limits = funnel_limits_proportion(inputs["average"], inputs["denominator"], multiplier)
    return {**lines(limits), "baseline": inputs["average"] * multiplier}


def rate_lines(inputs: Inputs) -> Answers:
    # A case gives its average already multiplied, and its populations a year of several.
    multiplier, years = inputs.get("multiplier", 1), inputs.get("years_of_data", 1)
    limits = funnel_limits_rate(inputs["events"], inputs["average"], multiplier)
    return {
        **lines(limits),
        "lower_95_annual_population": limits.lower_95_population / years,
        "upper_95_annual_population": limits.upper_95_population / years,
        "lower_99_8_annual_population": limits.lower_998_population / years,
        "upper_99_8_annual_population": limits.upper_998_population / years,
    }


def funnel_significance(inputs: Inputs) -> Answers:
    if inputs["statistic"] == "ratio":
        flags = funnel_flags(inputs["observed"], inputs["expected"], "rate", average=1)
        return {"significance": list(map(str, flags))}
    if inputs["statistic"] == "rate" and inputs.get("rate_type") == "dsr":
        return {"significance": standardised_rate_flags(inputs)}
    counts, denominators, kind = inputs["counts"], inputs["denominators"], inputs["statistic"]
    average = inputs.get("average")
    if average is not None and kind == "rate":
        average /= inputs["multiplier"]
    flags = funnel_flags(counts, denominators, kind, average)
    pooled = pooled_average(counts, denominators) if average is None else average
    return {"average": pooled, "significance": list(map(str, flags))}


def standardised_rate_flags(inputs: Inputs) -> list[str]:
    """Standardised rates, of which we have none: each is a crude rate of the population its count implies."""
    counts = np.array(inputs["counts"], dtype=float)
    rates = np.array(inputs["rates"], dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        implied = np.where(counts > 0, counts * inputs["multiplier"] / rates, np.nan)
    average = inputs["average"] / inputs["multiplier"] if "average" in inputs else pooled_average(counts, implied)
    flags = funnel_flags(counts, implied, "rate", average)
    few = f"Not applicable (fewer than {NO_RATE_BELOW} events)"
    return [few if count < NO_RATE_BELOW else str(flag) for count, flag in zip(counts, flags, strict=True)]


def spread(inputs: Inputs) -> Answers:
    observed, size, transform = inputs["observed"], inputs["expected_or_denominator"], inputs["transform"]
    found = overdispersion(
        observed,
        size,
        transform,
        inputs.get("trim", 0.1),
        outliers=inputs.get("outlier_treatment", "winsorise"),
    )
    answers: Answers = {
        "phi": found.phi,
        "tau2": found.tau2,
        "n_used": found.n_used,
        "limits": [
            {"size": at, **lines(adjusted_limits(at, found.average, found.tau2, transform))} for at in inputs.get("limits_at", [])
        ],
    }
    for prefix, tau2 in (("", found.tau2), ("unadjusted_", 0.0)):
        flags = list(adjusted_flags(observed, size, found.average, tau2, transform))
        beyond_998 = sum(flag in (FunnelFlag.HIGH_998, FunnelFlag.LOW_998) for flag in flags)
        beyond_95 = sum(flag in (FunnelFlag.HIGH_95, FunnelFlag.LOW_95) for flag in flags)
        answers[f"{prefix}outside_99_8"] = beyond_998
        answers[f"{prefix}outside_95"] = beyond_998 + beyond_95
    return answers


def lines_given_tau2(inputs: Inputs) -> Answers:
    return lines(
        adjusted_limits(
            inputs["size"],
            inputs["average"],
            inputs["tau2"],
            inputs["transform"],
            inputs.get("multiplier", 1),
        )
    )


def trend(inputs: Inputs) -> Answers:
    value_type = inputs.get("value_type", "rate")
    found = recent_trend(inputs["values"], inputs["lower_95"], inputs["upper_95"], value_type=value_type)
    return {
        "chi_squared": found.chi_squared,
        "significant": found.significant,
        "result": str(found.result),
        "label": trend_label(found.result, polarity_of(inputs)),
    }


def benchmark(inputs: Inputs) -> Answers:
    word = compare(
        inputs["value"],
        inputs["lower_95"],
        inputs["upper_95"],
        inputs["benchmark"],
        polarity_of(inputs),
        inputs.get("lower_99_8"),
        inputs.get("upper_99_8"),
    )
    return {"outcome": str(word)}


def change(inputs: Inputs) -> Answers:
    keys = ("value", "lower_95", "upper_95")
    periods = [inputs[period][key] for period in ("latest", "previous") for key in keys]
    return {"change": str(change_from_previous(*periods))}


def box(inputs: Inputs) -> Answers:
    stats = box_plot(inputs["values"])
    return {"stats": None if stats is None else asdict(stats)}


ADAPTERS: dict[str, Callable[[Inputs], Answers]] = {
    "benchmark_ci": benchmark,
    "box_plot_stats": box,
    "category": lambda inputs: {
        "category": quantile_category(inputs["value"], inputs["values"], inputs["categories"], polarity_of(inputs))
    },
    "category_bounds": lambda inputs: {"bounds": quantile_bounds(inputs["values"], inputs["categories"])},
    "change_from_previous_period": change,
    "count_ci_byar": lambda inputs: count_ci(byar_interval, inputs),
    "count_ci_exact_poisson": lambda inputs: count_ci(exact_poisson_interval, inputs),
    "funnel_limits_proportion": proportion_lines,
    "funnel_limits_rate": rate_lines,
    "funnel_significance": funnel_significance,
    "overdispersion": spread,
    "overdispersion_limits_given_tau2": lines_given_tau2,
    "proportion_ci_wilson": lambda inputs: single(proportion, "proportion", inputs),
    "proportion_ci_wilson_grouped": lambda inputs: grouped(proportion, "proportion", inputs),
    "proportion_input_error": lambda inputs: input_error(proportion, inputs),
    "rate_ci": lambda inputs: single(rate, "rate", inputs),
    "rate_ci_grouped": lambda inputs: grouped(rate, "rate", inputs),
    "rate_input_error": lambda inputs: input_error(rate, inputs),
    "recent_trend": trend,
    "recent_trend_label": lambda inputs: {"label": trend_label(inputs["result"], polarity_of(inputs))},
}
