"""Where a value lies among all: box plot figures and quantile categories. Missing values are left out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from insight.statistics._arrays import Figures, FloatArray, as_floats
from insight.statistics.words import Polarity

FEWEST_FOR_A_BOX = 4
UNCATEGORISED = 0


@dataclass(frozen=True, slots=True)
class BoxPlot:
    """Extremes and percentiles, by linear interpolation, in the units of the values."""

    min: float
    p5: float
    p25: float
    median: float
    p75: float
    p95: float
    max: float


def box_plot(values: Figures) -> BoxPlot | None:
    """The figures of a box plot; None of fewer than four values.

    Args:
        values: any shape.
    """
    known = _known(values)
    if known.size < FEWEST_FOR_A_BOX:
        return None
    return BoxPlot(*(float(figure) for figure in np.quantile(known, [0, 0.05, 0.25, 0.5, 0.75, 0.95, 1])))


def quantile_bounds(values: Figures, categories: int = 5) -> FloatArray | None:
    """The ``categories + 1`` bounds, least and greatest value included; None of fewer values than categories.

    Args:
        values: any shape.
        categories: how many, at least one.

    Raises:
        ValueError: for less than one category.
    """
    if categories < 1:
        raise ValueError(f"at least one category, not {categories}")
    known = _known(values)
    if known.size < categories:
        return None
    # The places of the bounds in whole numbers, because numpy's own quantiles put some deciles a last digit
    # beside the value they stand on, which would move that value up a category.
    ordered = np.sort(known)
    place, beyond = np.divmod((ordered.size - 1) * np.arange(categories + 1), categories)
    step = ordered[np.minimum(place + 1, ordered.size - 1)] - ordered[place]
    return np.asarray(ordered[place] + step * beyond / categories)


def quantile_category(
    value: Figures, values: Figures, categories: int = 5, polarity: Polarity | str = Polarity.NONE
) -> int | NDArray[np.int64]:
    """The category of a value: the first whose upper bound it does not exceed, so that ties never split.

    Args:
        value: what to place, any shape; beyond the extremes it takes the category at that end.
        values: all values.
        categories: how many.
        polarity: categories count from the lowest up, but from the highest down where higher is better: with
            a polarity 1 is the best.

    Returns:
        1 to ``categories``; 0 for a missing value and where there are fewer values than categories.

    Raises:
        ValueError: for less than one category or an unknown polarity.
    """
    (point,) = as_floats(value)
    bounds = quantile_bounds(values, categories)
    reverse = Polarity(polarity) is Polarity.HIGHER_IS_BETTER
    if bounds is None:
        category = np.full(point.shape, UNCATEGORISED)
    else:
        rising = np.minimum(np.searchsorted(bounds[1:], point, side="left"), categories - 1) + 1
        category = np.where(np.isnan(point), UNCATEGORISED, categories + 1 - rising if reverse else rising)
    return category.astype(np.int64) if category.ndim else int(category)


def _known(values: Figures) -> FloatArray:
    (array,) = as_floats(values)
    return array[~np.isnan(array)]
