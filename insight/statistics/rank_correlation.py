"""Association between an ordered category and a figure: Kendall's tau-b with a bootstrap interval.

Kendall M G (1945) Biometrika 33:239 (tau-b, which allows for ties). Efron B, Tibshirani R J (1993) An Introduction to the
Bootstrap, ch. 13 (percentile interval): pairs are drawn anew, so that ties, which a normal approximation neglects, are kept.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from insight.statistics._arrays import Figures, FloatArray, as_floats
from insight.statistics._levels import tail_area

FEWEST = 10
"""Pairs below which no correlation is given: too few to say anything of."""
TAIL = tail_area(0.95)
DRAWS = 2000
BLOCKS = 50  # of draws: a product of all at once is shared out to threads that spin for longer than the product takes
SEED = 20240331
MOST_WITHOUT = 0.05  # share of draws without a correlation beyond which there is no interval, and so nothing to say


@dataclass(frozen=True, slots=True)
class RankCorrelation:
    """Kendall's tau-b, from -1 to 1.

    Attributes:
        value: NaN where it cannot be said.
        lower: lower limit of its 95% interval.
        upper: upper limit.
        pairs: how many pairs had both.
    """

    value: float
    lower: float
    upper: float
    pairs: int

    @property
    def known(self) -> bool:
        """Whether there is a value."""
        return not math.isnan(self.value)

    @property
    def leaves_out_zero(self) -> bool:
        """Whether the interval lies wholly on one side of none."""
        return self.known and (self.lower > 0 or self.upper < 0)


def rank_correlation(first: Figures, second: Figures) -> RankCorrelation:
    """Tau-b of two columns with a 95% percentile bootstrap interval; the same columns always give the same interval.

    Args:
        first: ordered categories or figures; NaN and None are left out with their partner.
        second: likewise, of the same length.

    Returns:
        NaN where fewer than ten pairs are whole, or one of the columns has a single value throughout or nearly so.
    """
    x, y = as_floats(first, second)
    whole = ~(np.isnan(x) | np.isnan(y))
    x, y = x[whole], y[whole]
    if x.size < FEWEST or np.all(x == x[0]) or np.all(y == y[0]):
        return RankCorrelation(math.nan, math.nan, math.nan, int(x.size))
    drawn = _draws(x, y)
    if np.mean(np.isnan(drawn)) > MOST_WITHOUT:
        return RankCorrelation(math.nan, math.nan, math.nan, int(x.size))
    lower, upper = np.nanquantile(drawn, [TAIL, 1 - TAIL])
    return RankCorrelation(float(_tau_b(x, y, np.ones((1, x.size)))[0]), float(lower), float(upper), int(x.size))


def _draws(x: FloatArray, y: FloatArray) -> FloatArray:
    """Tau-b of pairs drawn anew, with replacement; NaN for a draw of a single category, which has none."""
    return np.ravel(_tau_b(x, y, _times(x.size)))


@lru_cache
def _times(size: int) -> FloatArray:
    """How often each of ``size`` pairs is drawn in each of the draws, in blocks: the same for all columns of that length."""
    picked = np.random.default_rng(SEED).integers(0, size, size=(DRAWS, size))
    places = picked + np.arange(DRAWS)[:, None] * size
    return np.bincount(places.ravel(), minlength=DRAWS * size).reshape(BLOCKS, -1, size).astype(float)


def _tau_b(x: FloatArray, y: FloatArray, times: FloatArray) -> FloatArray:
    """Tau-b of each row of weights: concordant less discordant pairs over the pairs not tied in the one and in the other.

    A pair drawn twice counts twice: with how often each was drawn as weights the sums over pairs of pairs are quadratic forms,
    whole numbers throughout and so exact.
    """
    signs = np.sign(x[:, None] - x[None, :]) * np.sign(y[:, None] - y[None, :])
    agreeing = np.einsum("...i,...i->...", times @ signs, times)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(agreeing / np.sqrt(_untied(x, times) * _untied(y, times)))


def _untied(column: FloatArray, times: FloatArray) -> FloatArray:
    """Of each row of weights, the pairs of pairs with different values: all of them, less those within one value."""
    values, place = np.unique(column, return_inverse=True)
    within = times @ np.eye(values.size)[place]
    return np.square(times.sum(axis=-1)) - np.einsum("...i,...i->...", within, within)
