"""Recent trend over five points, and the change from one period to the next.

Armitage P (1955) Tests for linear trends in proportions and frequencies. Biometrics 11:375 (a weighted slope
tested against chi-squared on one degree of freedom).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import numpy as np

from insight.statistics._arrays import (
    BoolArray,
    Figures,
    FloatArray,
    FloatOrArray,
    WordArray,
    as_floats,
    as_result,
    first_true,
    refuse_rows,
)
from insight.statistics._levels import Z_998
from insight.statistics.words import Polarity, Trend

POINTS = 5
WIDTH_IN_ERRORS = 3.92
"""Standard errors in the width of a 95% interval, as the method rounds it."""
THRESHOLD = Z_998**2
"""Chi-squared on one degree of freedom that a trend must exceed: 9.5495, 99.8%."""

# Each of the ten pairs of the five points, and which of them are left when one point is left out.
EARLIER, LATER = np.triu_indices(POINTS, k=1)
GAP = (LATER - EARLIER).astype(np.float64)
PAIRS_WITHOUT = np.array([(point != EARLIER) & (point != LATER) for point in range(POINTS)]).T.astype(np.float64)


@dataclass(frozen=True, slots=True, eq=False)
class RecentTrend:
    """The outcome of the test, of one series or of each.

    Attributes:
        chi_squared: squared slope over its squared standard error; NaN where it cannot be calculated.
        significant: whether it exceeds the threshold and no single point carries the direction.
        result: the word.
    """

    chi_squared: FloatOrArray
    significant: bool | BoolArray
    result: Trend | WordArray


def recent_trend(values: Figures, lower_95: Figures, upper_95: Figures, *, value_type: str = "rate") -> RecentTrend:
    """Whether the last five points of a series rise or fall.

    A straight line weighted by 1 / se² is fitted to the last five periods, taken as evenly spaced; the
    standard errors come from the intervals and are taken as known. Rising or falling needs a chi-squared
    beyond 99.8% and a slope that keeps its sign whichever point is left out.

    Args:
        values: the series with the latest period last, of shape (periods,) or (..., periods), missing periods
            as NaN or None. A break in the series ends it: give the periods since the break only, or NaN
            before it.
        lower_95: 95% limits of each value, of the same shape.
        upper_95: likewise.
        value_type: what the values are; only a kind of rate, ratio or proportion has a trend here ("rate",
            "standardised_rate", "proportion"), a bare count has not.

    Returns:
        One outcome a series: of shape (...). "Cannot be calculated" unless each of the last five periods has
        a value and an interval of some width.

    Raises:
        ValueError: for a lower limit above its upper one, naming the row; for values without a time axis.
    """
    value, lower, upper = as_floats(values, lower_95, upper_95)
    if value.ndim == 0:
        raise ValueError("a trend needs a series of values")
    refuse_rows(lower > upper, "lower limit above the upper one", lower)
    series = value.shape[:-1]
    if value.shape[-1] < POINTS or not _has_trend(value_type):
        return _outcome(np.full(series, np.nan), np.zeros(series, dtype=bool), np.zeros(series))
    value = value[..., -POINTS:]
    error = (upper - lower)[..., -POINTS:] / WIDTH_IN_ERRORS
    usable = np.all(np.isfinite(value) & np.isfinite(error) & (error > 0), axis=-1)
    # Unusable series get figures that compute quietly and are not looked at.
    value = np.where(usable[..., np.newaxis], value, 0.0)
    error = np.where(usable[..., np.newaxis], error, 1.0)
    chi_squared, direction, steady = _slope(value, error)
    return _outcome(np.where(usable, chi_squared, np.nan), usable & steady & (chi_squared > THRESHOLD), direction)


def trend_label(result: Trend | str, polarity: Polarity | str) -> str:
    """The trend in words; one of a measure with a polarity is "and getting better" or "and getting worse".

    Raises:
        ValueError: for a word that is no trend or no polarity.
    """
    trend, polarity = Trend(result), Polarity(polarity)
    if polarity is Polarity.NONE or trend not in (Trend.INCREASING, Trend.DECREASING):
        return str(trend)
    better = (trend is Trend.INCREASING) == (polarity is Polarity.HIGHER_IS_BETTER)
    return f"{trend} and getting {'better' if better else 'worse'}"


def change_from_previous(
    value: Figures,
    lower_95: Figures,
    upper_95: Figures,
    previous_value: Figures,
    previous_lower_95: Figures,
    previous_upper_95: Figures,
) -> Trend | WordArray:
    """Whether the 95% intervals of two periods lie apart; intervals that touch do not.

    Args:
        value: latest values, any shape.
        lower_95: their limits.
        upper_95: likewise.
        previous_value: values of the period before, of a shape that goes with ``value``.
        previous_lower_95: their limits.
        previous_upper_95: likewise.

    Returns:
        A ``Trend`` a row: "Cannot be calculated" where any of the six is missing. Across a known break give
        NaN.

    Raises:
        ValueError: for a lower limit above its upper one, naming the row.
    """
    now, low, high, before, low_before, high_before = as_floats(
        value, lower_95, upper_95, previous_value, previous_lower_95, previous_upper_95
    )
    refuse_rows((low > high) | (low_before > high_before), "lower limit above the upper one", now)
    missing = np.isnan([now, low, high, before, low_before, high_before]).any(axis=0)
    return first_true(
        [
            (missing, Trend.CANNOT_BE_CALCULATED),
            (low > high_before, Trend.INCREASING),
            (high < low_before, Trend.DECREASING),
        ],
        Trend.NO_SIGNIFICANT_CHANGE,
    )


def _has_trend(value_type: str) -> bool:
    return value_type.lower().replace("_", " ").split(" ")[-1] in ("rate", "ratio", "proportion")


def _slope(value: FloatArray, error: FloatArray) -> tuple[FloatArray, FloatArray, BoolArray]:
    """Chi-squared of the slope, its sign, and whether the sign outlives the loss of any one point.

    The least-squares slope is the mean of the slopes between the pairs of points, weighted by their w·w·gap².
    Written so, no fit is needed: statsmodels' WLS gives the same (with ``cov_type="fixed scale"``) but one
    series at a time, six fits each. A flat series comes out at exactly zero, too, and reversing time only
    turns the sign.
    """
    weight = 1 / np.square(error)
    (w_earlier, w_later), (earlier, later) = (
        (np.take(figures, EARLIER, axis=-1), np.take(figures, LATER, axis=-1)) for figures in (weight, value)
    )
    pair_weight = w_earlier * w_later * GAP
    rise = pair_weight * (later - earlier)
    run = np.sum(pair_weight * GAP, axis=-1)
    chi_squared = np.square(np.sum(rise, axis=-1)) / (run * np.sum(weight, axis=-1))
    size = pair_weight * (np.abs(later) + np.abs(earlier))
    direction = _sign(np.sum(rise, axis=-1), np.sum(size, axis=-1))
    without_one = _sign(rise @ PAIRS_WITHOUT, size @ PAIRS_WITHOUT)
    steady = np.all(without_one == direction[..., np.newaxis], axis=-1)
    return chi_squared, direction, cast(BoolArray, steady & (direction != 0))


def _sign(rise: FloatArray, size: FloatArray) -> FloatArray:
    # A rise within the rounding of the values is level: its sign would be that of the rounding.
    return np.asarray(np.where(np.abs(rise) > 1e-12 * size, np.sign(rise), 0.0))


def _outcome(chi_squared: FloatArray, significant: BoolArray, direction: FloatArray) -> RecentTrend:
    word = first_true(
        [
            (np.isnan(chi_squared), Trend.CANNOT_BE_CALCULATED),
            (significant & (direction > 0), Trend.INCREASING),
            (significant & (direction < 0), Trend.DECREASING),
        ],
        Trend.NO_SIGNIFICANT_CHANGE,
    )
    return RecentTrend(
        chi_squared=as_result(chi_squared),
        significant=significant if significant.ndim else bool(significant),
        result=word,
    )
