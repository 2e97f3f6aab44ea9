"""Overdispersion: areas differ by more than chance, and by how much (τ²) widens the limits.

Everything is reckoned on a scale where the spread hardly depends on the value, and the limits are taken back
from it.

Spiegelhalter D J et al (2012) Statistical methods for healthcare regulation. J R Stat Soc A 175:1.
DerSimonian R, Laird N (1986) Meta-analysis in clinical trials. Control Clin Trials 7:177.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from insight.statistics._arrays import (
    Figures,
    FloatArray,
    FloatOrArray,
    WordArray,
    as_counts_of,
    as_floats,
    as_result,
    refuse_rows,
)
from insight.statistics._levels import Z_95, Z_998
from insight.statistics.funnel import FunnelLimits, flags_beyond
from insight.statistics.intervals import pooled_average
from insight.statistics.words import FunnelFlag

Transform: TypeAlias = Literal["sqrt_ratio", "log_ratio", "arcsine_proportion"]


@dataclass(frozen=True, slots=True)
class Scale:
    """A transformed scale: the way there and back, its range, and the variance of a unit of size one.

    ``of_ratio`` says what goes in: observed over expected, whose average is 1, or a proportion.
    """

    there: Callable[[FloatArray], FloatArray]
    back: Callable[[FloatArray], FloatArray]
    lowest: float
    highest: float
    unit_variance: float
    of_ratio: bool


SCALES: dict[str, Scale] = {
    "sqrt_ratio": Scale(np.sqrt, np.square, 0.0, math.inf, 1 / 4, of_ratio=True),
    "log_ratio": Scale(np.log, np.exp, -math.inf, math.inf, 1.0, of_ratio=True),
    "arcsine_proportion": Scale(
        lambda share: np.arcsin(np.sqrt(share)),
        lambda angle: np.square(np.sin(angle)),
        0.0,
        math.pi / 2,
        1 / 4,
        of_ratio=False,
    ),
}


@dataclass(frozen=True, slots=True)
class Overdispersion:
    """How far units spread beyond chance, and what ``adjusted_limits`` needs besides a size.

    Attributes:
        phi: mean squared standardised distance from the target; about 1 where chance is all there is. NaN of
            no unit.
        tau2: variance between units on the transformed scale, never negative; NaN of fewer than two units.
        average: 1 for a ratio, the pooled proportion otherwise.
        transform: the scale ``tau2`` is measured on.
        n_used: units the two rest on.
    """

    phi: float
    tau2: float
    average: float
    transform: Transform
    n_used: int


def scale_of(transform: str) -> Scale:
    """The scale of that name.

    Raises:
        ValueError: for a name that is none.
    """
    if transform not in SCALES:
        raise ValueError(f"transform is one of {', '.join(SCALES)}, not {transform!r}")
    return SCALES[transform]


def overdispersion(
    observed: Figures,
    expected: Figures,
    transform: Transform = "sqrt_ratio",
    winsorise: float = 0.1,
    *,
    outliers: Literal["winsorise", "truncate"] = "winsorise",
) -> Overdispersion:
    """φ and the additive τ² of a set of units, found without letting the outliers hide themselves.

    Args:
        observed: counts, one a unit; units with a missing figure are left out.
        expected: for a ratio the expected counts (of a crude rate: pooled rate times population), for
            ``arcsine_proportion`` the denominators.
        transform: the scale.
        winsorise: share of the units treated at each end, 0 to below 0.5.
        outliers: "winsorise" sets the values beyond the percentiles to them; "truncate" leaves that share of
            the units out, rounded down, as some published indicators do.

    Raises:
        ValueError: for impossible figures, naming the row; for a zero count that is left on the logarithmic
            scale after Winsorising; for an unknown transform or treatment, or a share out of range.
    """
    scale = scale_of(transform)
    if not 0 <= winsorise < 0.5:
        raise ValueError(f"share to Winsorise out of range: {winsorise}; it goes from 0 to below 0.5")
    if outliers not in ("winsorise", "truncate"):
        raise ValueError(f"outliers are 'winsorise' or 'truncate', not {outliers!r}")
    count, size = (np.ravel(figures) for figures in as_counts_of(observed, expected, part_of_total=not scale.of_ratio))
    average = 1.0 if scale.of_ratio else pooled_average(count, size)
    used = ~np.isnan(count)
    if not np.any(used):
        return Overdispersion(math.nan, math.nan, average, transform, 0)

    weight = size[used] / scale.unit_variance
    # On the logarithmic scale a zero count lies infinitely low: Winsorising pulls it in, or it is refused.
    with np.errstate(divide="ignore", invalid="ignore"):
        y = scale.there(count[used] / size[used])
        z = (y - scale.there(np.asarray(average))) * np.sqrt(weight)
        if outliers == "truncate":
            kept = _without_ends(z, winsorise)
            z, weight = z[kept], weight[kept]
        else:
            z = np.clip(z, *np.quantile(z, [winsorise, 1 - winsorise]))
    if not np.all(np.isfinite(z)):
        refuse_rows(count == 0, "zero count, which has no logarithm; use sqrt_ratio: it stands", count)

    # fsum throughout: φ and τ² must not change with the order of the units, not even in the last digit.
    n = z.size
    phi = math.fsum(np.square(z)) / n
    return Overdispersion(phi, _tau2(phi, weight) if n > 1 else math.nan, average, transform, n)


def _tau2(phi: float, weight: FloatArray) -> float:
    n = weight.size
    beyond_chance = max(0.0, n * phi - (n - 1))
    total = math.fsum(weight)
    return beyond_chance / (total - math.fsum(np.square(weight)) / total)


def _without_ends(z: FloatArray, share: float) -> NDArray[np.intp]:
    dropped = math.floor(share * z.size)
    return np.argsort(z, kind="stable")[dropped : z.size - dropped]


def adjusted_limits(size: Figures, average: Figures, tau2: Figures, transform: Transform, multiplier: float = 1) -> FunnelLimits:
    """Funnel lines with the variation between units let in; at τ² = 0 the plain lines of that scale.

    Args:
        size: what a unit's precision rests on, any shape: expected counts for a ratio (of a crude rate:
            average times population), denominators for a proportion.
        average: 1 for a ratio, the pooled rate for a crude rate, the pooled proportion for
            ``arcsine_proportion``; per one, whatever the multiplier.
        tau2: variance between units on that scale.
        transform: the scale.
        multiplier: what the limits are multiplied by.

    Returns:
        Limits in the units of ``average`` times ``multiplier``, never outside what is possible; NaN where a
        figure is missing.

    Raises:
        ValueError: for a size not above zero, a negative τ² or an impossible average, naming the row.
    """
    scale = scale_of(transform)
    units, theta, between = as_floats(size, average, tau2)
    refuse_rows(units <= 0, "size zero or negative", units)
    refuse_rows(between < 0, "negative tau2", between)
    refuse_rows(theta < 0, "negative average", theta)
    if not scale.of_ratio:
        refuse_rows(theta > 1, "average outside 0 to 1", theta)
    spread = np.sqrt(scale.unit_variance / units + between)
    target = scale.there(np.ones_like(theta) if scale.of_ratio else theta)
    unit = theta if scale.of_ratio else np.ones_like(theta)

    def line(z: float) -> FloatOrArray:
        # Clipped before it is taken back: squared, a limit below zero would come out above it.
        on_scale = np.clip(target + z * spread, scale.lowest, scale.highest)
        return as_result(scale.back(on_scale) * unit * multiplier)

    return FunnelLimits(line(-Z_95), line(Z_95), line(-Z_998), line(Z_998))


def adjusted_flags(
    observed: Figures, size: Figures, average: Figures, tau2: Figures, transform: Transform
) -> FunnelFlag | WordArray:
    """Where each unit lies to its adjusted lines, the most extreme first.

    A unit is outside when |y − target| / √(s² + τ²) exceeds z. It is decided on the untransformed scale,
    against the very limits that are drawn, so that flag and line cannot part in the last digit; the scales
    rise steadily, and a limit that had to be clipped to the edge of the possible range is one that no point
    lies beyond.

    Args:
        observed: counts, any shape.
        size: as in ``adjusted_limits``.
        average: as in ``adjusted_limits``.
        tau2: as in ``adjusted_limits``.
        transform: the scale.

    Returns:
        A ``FunnelFlag`` a unit: "Not compared" where a figure is missing.

    Raises:
        ValueError: for impossible figures, naming the row.
    """
    scale = scale_of(transform)
    count, units = as_counts_of(observed, size, part_of_total=not scale.of_ratio)
    (theta,) = as_floats(average)
    value = count / units * theta if scale.of_ratio else count / units
    return flags_beyond(value, adjusted_limits(units, theta, tau2, transform))
