"""Ranks with their uncertainty.

Goldstein H, Spiegelhalter D J (1996) League tables and their limitations. J R Stat Soc A 159:385.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from insight.statistics._arrays import Figures, FloatArray, as_counts_of
from insight.statistics.funnel import Kind
from insight.statistics.intervals import pooled_average
from insight.statistics.overdispersion import Transform, scale_of

PRIOR = 0.5
"""What Jeffreys' prior adds to a count (and, for a proportion, to the rest)."""
FEWEST_FOR_QUARTERS = 4
TAILS = (0.025, 0.975)
AT_ONCE = 1 << 15
"""Numbers that are worked on at a time: a quarter of a megabyte."""
SCALE_OF: dict[str, Transform] = {"proportion": "arcsine_proportion", "rate": "sqrt_ratio"}

Widening = Callable[[np.random.Generator, FloatArray], FloatArray]


@dataclass(frozen=True, slots=True, eq=False)
class RankIntervals:
    """Ranks of areas, NaN for an area that was left out. Arrays of shape (areas,).

    Attributes:
        rank: 1 is the highest value; equal values share the better rank.
        rank_lower: 2.5th percentile of the ranks drawn, never above ``rank``.
        rank_upper: 97.5th percentile of the ranks drawn, never below ``rank``.
        probability_highest_quarter: share of the draws in which the area is in the highest quarter; NaN of
            fewer than four areas.
    """

    rank: FloatArray
    rank_lower: FloatArray
    rank_upper: FloatArray
    probability_highest_quarter: FloatArray


def rank_intervals(
    counts: Figures,
    totals: Figures,
    kind: Kind,
    tau2: float = 0,
    draws: int = 10_000,
    seed: int = 1996,
) -> RankIntervals:
    """Each area's rank with a 95% interval: true values are drawn many times and ranked each time.

    A true value is drawn from the posterior under Jeffreys' prior: Beta(x + ½, n − x + ½) for a proportion,
    Gamma(O + ½) / n for a rate. Where the areas are overdispersed, a normal variate of variance ``tau2`` is
    added to each draw on the scale on which ``tau2`` was estimated (for a rate, of the draw over the pooled
    rate): the same s² + τ² as in the adjusted limits, so that a difference the funnel does not count as one
    does not settle a rank either. Draws are ranked on that scale; nothing is shrunk towards the average.

    The areas are drawn in the order of their figures, and areas with the same figures share the ranks drawn
    for them. The result thus depends on the seed and the figures, not on the order of the areas or on areas
    left out. The interval is widened to the rank itself where ties, or a zero out of very few, put the rank
    outside it.

    The highest quarter is as large as ``quantile_category`` makes it of n different values: ⌈(n − 1) / 4⌉.

    Args:
        counts: counts of the areas, shape (areas,); an area with a missing figure gets no rank.
        totals: denominators or populations.
        kind: "proportion" or "rate".
        tau2: variance between areas, from ``overdispersion``: on the arcsine scale for a proportion, the square root for a rate.
        draws: how many; the percentiles of 10,000 rarely move by more than one rank.
        seed: of the random numbers.

    Raises:
        ValueError: for impossible figures, naming the row; for an unknown kind, a negative ``tau2`` or no
            draws.
    """
    count, total, known = _checked(counts, totals, kind, tau2, draws)
    nowhere = np.full(count.size, np.nan)
    result = RankIntervals(nowhere, nowhere.copy(), nowhere.copy(), nowhere.copy())
    in_order = known[np.lexsort((total[known], count[known]))]
    count, total = count[in_order], total[in_order]
    if count.size == 0:
        return result
    drawn = _drawn_ranks(count, total, kind, tau2, draws, seed)
    below = -count / total
    rank = np.searchsorted(np.sort(below), below) + 1.0
    best_quarter = math.ceil((count.size - 1) / 4)
    starts = _first_alike(count, total)
    alike = np.diff(starts, append=count.size)
    found = [_tails_and_quarter(drawn[first : first + some], best_quarter) for first, some in zip(starts, alike, strict=True)]
    lower, upper, in_quarter = np.repeat(np.array(found), alike, axis=0).T
    result.rank[in_order] = rank
    result.rank_lower[in_order] = np.minimum(lower, rank)
    result.rank_upper[in_order] = np.maximum(upper, rank)
    if count.size >= FEWEST_FOR_QUARTERS:
        result.probability_highest_quarter[in_order] = in_quarter
    return result


def _checked(
    counts: Figures, totals: Figures, kind: Kind, tau2: float, draws: int
) -> tuple[FloatArray, FloatArray, NDArray[np.intp]]:
    """Counts, denominators, and the positions of those that are known; ValueError as of ``rank_intervals``."""
    if kind not in SCALE_OF:
        raise ValueError(f"kind is 'proportion' or 'rate', not {kind!r}")
    count, total = as_counts_of(counts, totals, part_of_total=kind == "proportion")
    if count.ndim != 1:
        raise ValueError("ranks need a list of areas")
    known = np.flatnonzero(~np.isnan(count))
    if draws < 1 or tau2 < 0 or (math.isnan(tau2) and known.size > 1):
        raise ValueError(f"tau2 is zero or more and draws at least one, not {tau2} and {draws}")
    return count, total, known


def _drawn_ranks(count: FloatArray, total: FloatArray, kind: Kind, tau2: float, draws: int, seed: int) -> NDArray[np.int32]:
    """The rank of each area (row) in each draw (column), 0 the highest."""
    random = np.random.default_rng(seed)
    # Before the first is widened all are drawn: the numbers that widen them come after these from the one seed.
    true = np.empty((draws, count.size))
    blocks = _blocks(*true.shape)
    for block in blocks:
        true[block] = _true_values(random, count, total, kind, true[block].shape)
    widened = _widening(count, total, tau2, SCALE_OF[kind])
    ranks = np.empty((count.size, draws), dtype=np.int32)
    for block in blocks:
        places = np.argsort(-widened(random, true[block]), axis=1)
        ranked = np.empty(places.shape, dtype=np.int32)
        np.put_along_axis(ranked, places, np.arange(count.size, dtype=np.int32)[np.newaxis], axis=1)
        ranks[:, block] = ranked.T
    return ranks


def _blocks(draws: int, areas: int) -> list[slice]:
    """So many draws at a time as a processor keeps at hand: of a thousand areas, all at once would move gigabytes."""
    rows = max(1, AT_ONCE // areas)
    return [slice(first, min(first + rows, draws)) for first in range(0, draws, rows)]


def _true_values(
    random: np.random.Generator, count: FloatArray, total: FloatArray, kind: Kind, shape: tuple[int, ...]
) -> FloatArray:
    if kind == "proportion":
        return random.beta(count + PRIOR, total - count + PRIOR, shape)
    return random.standard_gamma(count + PRIOR, size=shape) / total


def _widening(count: FloatArray, total: FloatArray, tau2: float, transform: Transform) -> Widening:
    """What puts values on the scale of ``tau2`` and adds a variate of that variance; nothing where there is none."""
    if not tau2 > 0:
        return lambda _, true: true
    scale = scale_of(transform)
    average = pooled_average(count, total)
    if scale.of_ratio and average == 0:
        raise ValueError("no events at all: there is no rate for tau2 to be measured against")

    def widened(random: np.random.Generator, true: FloatArray) -> FloatArray:
        on_scale = scale.there(true / average if scale.of_ratio else true)
        return on_scale + random.standard_normal(true.shape) * math.sqrt(tau2)

    return widened


def _tails_and_quarter(drawn: NDArray[np.int32], best_quarter: int) -> tuple[float, float, float]:
    """Lower and upper rank of areas alike, and the share of their draws among so many of the highest."""
    times = np.bincount(drawn.ravel())
    share_up_to = np.cumsum(times) / drawn.size
    lower, upper = 1 + np.searchsorted(share_up_to, TAILS)
    return lower, upper, share_up_to[min(best_quarter, len(times)) - 1]


def _first_alike(count: FloatArray, total: FloatArray) -> NDArray[np.intp]:
    """Position of the first of the areas with the same figures, which lie side by side in sorted order."""
    new = (np.diff(count) != 0) | (np.diff(total) != 0)
    return np.flatnonzero(np.append(True, new))
