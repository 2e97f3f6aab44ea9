"""The two levels every method uses, and what a confidence level means as a tail."""

from __future__ import annotations

import numpy as np
from scipy import special

# From the normal quantile, not 1.96 and 3.09: the lines of a funnel and the intervals of its points must
# meet.
OUTSIDE_95, OUTSIDE_998 = 0.05, 0.002  # what chance alone puts outside, on both sides together
Z_95 = float(-special.ndtri(OUTSIDE_95 / 2))
Z_998 = float(-special.ndtri(OUTSIDE_998 / 2))


def tail_area(confidence: float) -> float:
    """Area in one tail of a two-sided interval, 0.025 at a confidence of 0.95.

    Args:
        confidence: a share from 0.9 to 1; 90 to 100 is read as a percentage, since published tables say
            "95%".

    Raises:
        ValueError: for any other level, and for more than one.
    """
    if np.ndim(confidence) != 0:
        raise ValueError(f"too many confidence levels: one at a time, not {confidence}")
    level = confidence / 100 if 90 <= confidence <= 100 else confidence
    if not 0.9 <= level <= 1:
        raise ValueError(f"confidence level out of range: {confidence}; it goes from 0.9 to 1, or from 90 to 100 per cent")
    return (1 - level) / 2
