"""Funnel plots: control limits around the pooled average, and the points that lie beyond them.

A point lies beyond a line exactly when its own interval leaves the average out: Wilson's for a proportion,
the exact Poisson one for a rate, at every count, so that the line has no step at ten events.

Spiegelhalter D J (2005) Funnel plots for comparing institutional performance. Stat Med 24:1185.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from insight.statistics._arrays import (
    BoolArray,
    Figures,
    FloatOrArray,
    WordArray,
    as_counts,
    as_counts_of,
    as_floats,
    as_result,
    first_true,
    refuse_rows,
)
from insight.statistics._levels import Z_95, Z_998
from insight.statistics.intervals import exact_poisson_interval, pooled_average
from insight.statistics.words import FunnelFlag

Kind: TypeAlias = Literal["proportion", "rate"]


@dataclass(frozen=True, slots=True, eq=False)
class FunnelLimits:
    """Values of the four lines, in units of one over ``multiplier``."""

    lower_95: FloatOrArray
    upper_95: FloatOrArray
    lower_998: FloatOrArray
    upper_998: FloatOrArray


@dataclass(frozen=True, slots=True, eq=False)
class RateFunnelLimits(FunnelLimits):
    """The four lines of a rate for given numbers of events: each line has its own x for the same number.

    Attributes:
        lower_95_population: population through which the lower 95% line passes at the value ``lower_95``; the
            other three likewise.
    """

    lower_95_population: FloatOrArray
    upper_95_population: FloatOrArray
    lower_998_population: FloatOrArray
    upper_998_population: FloatOrArray


def funnel_limits_proportion(average: Figures, total: Figures, multiplier: float = 1) -> FunnelLimits:
    """Lines of a proportion at the denominators ``total``, kept within 0 and 1 times the multiplier.

    Args:
        average: the pooled proportion, 0 to 1, whatever the multiplier.
        total: denominators, any shape; need not be whole.
        multiplier: what the limits are multiplied by, 100 for a percentage.

    Raises:
        ValueError: for an average outside 0 to 1 or a denominator not above zero, naming the row.
    """
    theta, size = as_floats(average, total)
    refuse_rows((theta < 0) | (theta > 1), "average outside 0 to 1", theta)
    refuse_rows(size <= 0, "denominator zero or negative", size)
    spread = np.sqrt(theta * (1 - theta) / size)

    def line(z: float) -> FloatOrArray:
        return as_result(np.clip(theta + z * spread, 0, 1) * multiplier)

    return FunnelLimits(line(-Z_95), line(Z_95), line(-Z_998), line(Z_998))


def funnel_limits_rate(events: Figures, average: Figures, multiplier: float = 1) -> RateFunnelLimits:
    """Lines of a rate: for each number of events the population where it is just on a line, and its value
    there.

    Draw them through a fine grid of numbers of events, which need not be whole.

    Args:
        events: numbers of events, any shape.
        average: the pooled rate in the unit of the values, that is per ``multiplier`` of the population, as the worked
            cases give it (a proportion's average is per one).
        multiplier: what the average and the values are multiplied by; the populations stay heads.

    Returns:
        Limits and populations. No events have an upper population of 0 and no upper value (NaN).

    Raises:
        ValueError: for a negative number of events or average, naming the row.
    """
    count, per_multiplier = as_floats(as_counts(events), average)
    refuse_rows(per_multiplier < 0, "negative average", per_multiplier)
    theta = per_multiplier / multiplier
    with np.errstate(divide="ignore", invalid="ignore"):
        (high_95, low_95), (high_998, low_998) = (
            (np.asarray(lower) / theta, np.asarray(upper) / theta)
            for lower, upper in (exact_poisson_interval(count, level) for level in (0.95, 0.998))
        )
        lower_95, upper_95, lower_998, upper_998 = (
            as_result(count / population * multiplier) for population in (low_95, high_95, low_998, high_998)
        )
    return RateFunnelLimits(
        lower_95=lower_95,
        upper_95=upper_95,
        lower_998=lower_998,
        upper_998=upper_998,
        lower_95_population=as_result(low_95),
        upper_95_population=as_result(high_95),
        lower_998_population=as_result(low_998),
        upper_998_population=as_result(high_998),
    )


def funnel_flags(counts: Figures, denominators: Figures, kind: Kind, average: Figures = None) -> FunnelFlag | WordArray:
    """Where each area lies to the unadjusted lines, the most extreme line first.

    Args:
        counts: counts of the areas, any shape.
        denominators: populations or totals.
        kind: "proportion" or "rate".
        average: what to compare with, per one, of all or of each; the pooled average of the areas given when left out.

    Returns:
        A ``FunnelFlag`` for each area: "Not compared" where a figure is missing. A point on a line is within
        it.

    Raises:
        ValueError: for impossible figures, naming the row, or an unknown kind.
    """
    count, size = as_counts_of(counts, denominators, part_of_total=kind == "proportion")
    (theta,) = as_floats(pooled_average(count, size) if average is None else average)
    if kind == "proportion":
        return flags_beyond(count / size, funnel_limits_proportion(theta, size))
    if kind != "rate":
        raise ValueError(f"kind is 'proportion' or 'rate', not {kind!r}")
    # A line of a rate is known by its population at each number of events: the point is above the upper line
    # when its own population is smaller, below the lower one when it is larger.
    line = funnel_limits_rate(count, theta)
    return _flags(
        compared=~np.isnan(count) & ~np.isnan(theta),
        high_998=size < line.upper_998_population,
        low_998=size > line.lower_998_population,
        high_95=size < line.upper_95_population,
        low_95=size > line.lower_95_population,
    )


def flags_beyond(value: Figures, limits: FunnelLimits) -> FunnelFlag | WordArray:
    """Where each value lies to lines given at its own x; "Not compared" where value or lines are missing."""
    point, low_95, high_95, low_998, high_998 = as_floats(
        value, limits.lower_95, limits.upper_95, limits.lower_998, limits.upper_998
    )
    return _flags(
        compared=~np.isnan(point) & ~np.isnan(low_95) & ~np.isnan(high_95),
        high_998=point > high_998,
        low_998=point < low_998,
        high_95=point > high_95,
        low_95=point < low_95,
    )


def _flags(
    *, compared: BoolArray, high_998: BoolArray, low_998: BoolArray, high_95: BoolArray, low_95: BoolArray
) -> FunnelFlag | WordArray:
    return first_true(
        [
            (~compared, FunnelFlag.NOT_COMPARED),
            (high_998, FunnelFlag.HIGH_998),
            (low_998, FunnelFlag.LOW_998),
            (high_95, FunnelFlag.HIGH_95),
            (low_95, FunnelFlag.LOW_95),
        ],
        FunnelFlag.NOT_SIGNIFICANT,
    )
