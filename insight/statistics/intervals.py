"""Counts, rates and proportions with their confidence intervals.

Throughout, a missing figure gives no value and no limits; zero is a figure like any other.

Breslow N E, Day N E (1987) Statistical Methods in Cancer Research II, IARC (Byar's approximation).
Armitage P, Berry G, Matthews J N S (2002) Statistical Methods in Medical Research, 4th ed. (exact Poisson).
Wilson E B (1927) J Am Stat Assoc 22:209; Newcombe R G, Altman D G (2000) in Statistics with Confidence.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import cast

import numpy as np
from scipy import special

from insight.statistics._arrays import (
    Figures,
    FloatArray,
    FloatOrArray,
    WordArray,
    as_counts,
    as_counts_of,
    as_result,
)
from insight.statistics._levels import tail_area

BYAR_FROM = 10
"""The smallest count whose limits are Byar's; smaller ones get the exact Poisson limits."""


@dataclass(frozen=True, slots=True, eq=False)
class Estimate:
    """A figure with its interval, in units of one over ``multiplier``.

    Attributes:
        value: the rate or proportion; NaN where there is none.
        lower: lower limit; NaN where there is none.
        upper: upper limit.
        method: how the limits of the row were found: "byar", "exact" or "wilson"; None where there is no
            value.
    """

    value: FloatOrArray
    lower: FloatOrArray
    upper: FloatOrArray
    method: str | WordArray | None


def byar_interval(events: Figures, confidence: float = 0.95) -> tuple[FloatOrArray, FloatOrArray]:
    """Byar's limits of a count of events.

    Args:
        events: counts, any shape; need not be whole.
        confidence: 0.9 to 1.

    Returns:
        Lower and upper limits. Where the formula would put the lower limit below zero there is none (NaN).

    Raises:
        ValueError: for a negative count, naming its row, or a confidence out of range.
    """
    count = as_counts(events)
    lower, upper = _byar(count, tail_area(confidence))
    return as_result(lower), as_result(upper)


def exact_poisson_interval(events: Figures, confidence: float = 0.95) -> tuple[FloatOrArray, FloatOrArray]:
    """Exact Poisson limits of a count of events; arguments, result and errors as of ``byar_interval``."""
    count = as_counts(events)
    lower, upper = _exact(count, tail_area(confidence))
    return as_result(lower), as_result(upper)


def rate(events: Figures, population: Figures, multiplier: float = 1, confidence: float = 0.95) -> Estimate:
    """Events per ``multiplier`` of population, with Byar's limits from ten events on and exact Poisson ones below.

    Args:
        events: counts, any shape; may exceed the population.
        population: what the events are counted in, of a shape that goes with ``events``.
        multiplier: 10_000 for a rate per 10,000.
        confidence: 0.9 to 1.

    Raises:
        ValueError: for a negative count or a population that is not above zero, naming the row; for a
            confidence out of range.
    """
    count, total = as_counts_of(events, population)
    lower, upper = _count(count, tail_area(confidence))
    method = np.where(count < BYAR_FROM, "exact", "byar").astype(object)
    return Estimate(
        value=as_result(count / total * multiplier),
        lower=as_result(lower / total * multiplier),
        upper=as_result(upper / total * multiplier),
        method=_known(method, count),
    )


def has_intervals(kind: str, independent: bool) -> bool:
    """Whether figures of a measure have intervals, and so ranks and trends: shares and rates of separate children or cases.

    Args:
        kind: "proportion" and "rate" may have them; a count and a ratio have none.
        independent: whether what is counted are separate children or cases, and not repeated events of one.
    """
    return independent and kind in ("proportion", "rate")


def proportion(count: Figures, total: Figures, multiplier: float = 1, confidence: float = 0.95) -> Estimate:
    """The share ``count`` is of ``total``, times ``multiplier``, with Wilson's interval.

    Args:
        count: how many of the total, any shape; need not be whole.
        total: the whole, of a shape that goes with ``count``.
        multiplier: 100 for a percentage.
        confidence: 0.9 to 1; at 1 the limits are 0 and 1.

    Raises:
        ValueError: for a negative count, a total not above zero or a count above its total, naming the row;
            for a confidence out of range.
    """
    part, whole = as_counts_of(count, total, part_of_total=True)
    share = part / whole
    lower, upper = _wilson(part, whole, tail_area(confidence))
    # Rounding alone can leave a limit a last digit inside its own value at 0 of n and n of n.
    lower, upper = np.minimum(lower, share), np.maximum(upper, share)
    return Estimate(
        value=as_result(share * multiplier),
        lower=as_result(lower * multiplier),
        upper=as_result(upper * multiplier),
        method=_known(np.full(share.shape, "wilson", dtype=object), share),
    )


def pooled_average(counts: Figures, denominators: Figures) -> float:
    """Sum of counts over sum of denominators; a row where either is missing is left out of both.

    Args:
        counts: counts of the areas shown, any shape.
        denominators: their denominators.

    Returns:
        The average per one; NaN where no row is left.

    Raises:
        ValueError: for a negative count or a denominator not above zero, naming the row.
    """
    count, total = as_counts_of(counts, denominators)
    used = ~np.isnan(count)
    # fsum, because the average must not change with the order of the areas, not even in its last digit.
    return math.fsum(count[used]) / math.fsum(total[used]) if np.any(used) else math.nan


def _byar(count: FloatArray, tail: float) -> tuple[FloatArray, FloatArray]:
    z = -special.ndtri(tail)
    above = count + 1
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        lower = count * (1 - 1 / (9 * count) - z / (3 * np.sqrt(count))) ** 3
    upper = above * (1 - 1 / (9 * above) + z / (3 * np.sqrt(above))) ** 3
    return np.where(lower < 0, np.nan, lower), upper


def _exact(count: FloatArray, tail: float) -> tuple[FloatArray, FloatArray]:
    # Half a chi-squared quantile with 2k degrees of freedom is a gamma quantile of shape k, which scipy finds
    # without going through the distribution object. It has no shape 0, where the lower limit is 0.
    lower = np.where(count == 0, 0.0, special.gammaincinv(count, tail))
    return lower, np.asarray(special.gammainccinv(count + 1, tail))


def _count(count: FloatArray, tail: float) -> tuple[FloatArray, FloatArray]:
    byar, exact = _byar(count, tail), _exact(count, tail)
    few = count < BYAR_FROM
    return np.where(few, exact[0], byar[0]), np.where(few, exact[1], byar[1])


def _wilson(part: FloatArray, whole: FloatArray, tail: float) -> tuple[FloatArray, FloatArray]:
    # statsmodels takes over a second to import, and most who import this package want a word or a limit line.
    from statsmodels.stats.proportion import proportion_confint

    if tail == 0:  # an infinite normal quantile, which the formula cannot take
        return np.where(np.isnan(part), np.nan, 0.0), np.where(np.isnan(part), np.nan, 1.0)
    lower, upper = proportion_confint(part, whole, alpha=2 * tail, method="wilson")
    return np.asarray(lower), np.asarray(upper)


def _known(method: WordArray, figures: FloatArray) -> str | WordArray | None:
    words = np.array(method, dtype=object)
    words[np.isnan(figures)] = None
    return words if words.ndim else cast("str | None", words.item())
