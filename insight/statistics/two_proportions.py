"""Two shares of two independent samples: is the difference more than chance?

Boschloo R D (1970) Statistica Neerlandica 24:1 (exact unconditional test, two-sided); recommended over Fisher's for small
tables by Lydersen, Fagerland and Laake (2009) Stat Med 28:1159.
Newcombe R G (1998) Stat Med 17:873, method 10 (interval of the difference, made from the two Wilson intervals).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from scipy.stats import boschloo_exact

from insight.statistics._levels import tail_area
from insight.statistics.words import Polarity, ShareChange

LEVEL = 0.05
TAIL = tail_area(0.95)


@dataclass(frozen=True, slots=True)
class Difference:
    """Share of the second sample minus share of the first, per one.

    Attributes:
        value: the difference; NaN where a count is missing.
        lower: lower limit of its 95% interval, Newcombe's.
        upper: upper limit.
        p_value: of Boschloo's two-sided test that there is none.
    """

    value: float
    lower: float
    upper: float
    p_value: float

    @property
    def known(self) -> bool:
        """Whether there were counts to compare."""
        return not math.isnan(self.value)

    @property
    def beyond_chance(self) -> bool:
        """Whether the test rejects at 5% that the two shares are the same."""
        return self.known and self.p_value < LEVEL


NOT_KNOWN = Difference(math.nan, math.nan, math.nan, math.nan)


def difference(before: float | None, before_of: float | None, after: float | None, after_of: float | None) -> Difference:
    """How far the share ``after`` of ``after_of`` lies above the share ``before`` of ``before_of``.

    Args:
        before: count in the first sample; None or NaN where it is not known, as for the others.
        before_of: size of the first sample.
        after: count in the second sample.
        after_of: size of the second sample.

    Returns:
        The difference, or one of NaN where any count is missing.

    Raises:
        ValueError: a count that is negative, above its total or not whole, or a total not above zero.
    """
    counts = [before, before_of, after, after_of]
    if any(count is None or math.isnan(count) for count in counts):
        return NOT_KNOWN
    x, n, y, m = (_whole(count) for count in counts if count is not None)
    if n <= 0 or m <= 0:
        raise ValueError(f"sample of no size: {n} and {m}")
    if not (0 <= x <= n and 0 <= y <= m):
        raise ValueError(f"count outside its sample: {x} of {n}, {y} of {m}")
    return _difference(x, n, y, m)


def share_change(found: Difference, polarity: Polarity) -> ShareChange:
    """What a difference comes to, for a share of which ``polarity`` says which way is better.

    Raises:
        ValueError: for a share without polarity.
    """
    if polarity is Polarity.NONE:
        raise ValueError("a share without polarity gets neither better nor worse")
    if not found.known:
        return ShareChange.CANNOT_BE_CALCULATED
    if not found.beyond_chance:
        return ShareChange.NO_SIGNIFICANT_CHANGE
    return ShareChange.BETTER if (found.value > 0) == (polarity is Polarity.HIGHER_IS_BETTER) else ShareChange.WORSE


def _whole(count: float) -> int:
    if count != int(count):
        raise ValueError(f"a count that is not whole: {count}")
    return int(count)


def _difference(x: int, n: int, y: int, m: int) -> Difference:
    # statsmodels takes over a second to import, and most who import this package want something else of it.
    from statsmodels.stats.proportion import confint_proportions_2indep

    lower, upper = confint_proportions_2indep(y, m, x, n, method="newcomb", compare="diff", alpha=2 * TAIL)
    tested = boschloo_exact([[x, y], [n - x, m - y]])
    return Difference(y / m - x / n, float(lower), float(upper), min(float(tested.pvalue), 1.0))
