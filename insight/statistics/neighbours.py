"""How like each other units are in several features: distances on a common scale."""

from __future__ import annotations

import numpy as np

from insight.statistics._arrays import FloatArray


def distances(features: FloatArray) -> FloatArray:
    """Euclidean distance of every unit from every other, each feature on a common scale and of equal weight.

    A feature is put on the common scale as its logarithm, less the mean over the units, over the standard deviation
    (divided by the number of units).

    Args:
        features: shape (units, features), all above zero.

    Returns:
        Shape (units, units), symmetric, 0 on the diagonal. A feature in which all units agree adds nothing.

    Raises:
        ValueError: for a feature that is not above zero, naming the row.
    """
    figures = np.asarray(features, dtype=float)
    faults = np.flatnonzero(~(figures > 0).all(axis=-1))
    if faults.size:
        raise ValueError(f"row {faults[0]}: a feature that is missing or not above zero: {figures[faults[0]].tolist()}")
    if not len(figures):
        return np.zeros((0, 0))
    logged = np.log(figures)
    spread = logged.std(axis=0)
    # A spread within the rounding of the logarithms is none.
    level = spread <= 1e-12 * np.abs(logged).max(axis=0, initial=1.0)
    scaled = (logged - logged.mean(axis=0)) / np.where(level, np.inf, spread)
    squares = np.zeros((len(scaled), len(scaled)))
    for feature in scaled.T:
        squares += np.square(feature[:, None] - feature[None, :])
    return np.asarray(np.sqrt(squares))
