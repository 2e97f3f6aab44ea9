"""An area's interval against a benchmark."""

from __future__ import annotations

import numpy as np

from insight.statistics._arrays import Figures, WordArray, as_floats, first_true, refuse_rows
from insight.statistics.words import Comparison, Polarity

# An average of fewer forces says little about the others, and its spread cannot be judged: nothing is compared with it. Methods
# say the number in words.
FEWEST_FORCES = 10

# What an interval wholly above, and one wholly below, its benchmark is called.
ABOVE_AND_BELOW = {
    Polarity.HIGHER_IS_BETTER: ("Better", "Worse"),
    Polarity.LOWER_IS_BETTER: ("Worse", "Better"),
    Polarity.NONE: ("Higher", "Lower"),
}


def compare(
    value: Figures,
    lower_95: Figures,
    upper_95: Figures,
    benchmark: Figures,
    polarity: Polarity | str,
    lower_998: Figures = None,
    upper_998: Figures = None,
) -> Comparison | WordArray:
    """Whether an interval leaves its benchmark out, on which side, and what that means for the measure.

    A benchmark on a limit is inside. An area is not compared with itself: give it NaN as its benchmark.

    Args:
        value: values, any shape.
        lower_95: their 95% limits.
        upper_95: likewise.
        benchmark: what each is compared with, in the same units.
        polarity: which way is better for the measure.
        lower_998: 99.8% limits; where a row has either of them, its word carries the level reached. A limit
            that is missing while the other is there is taken as never reached.
        upper_998: likewise.

    Returns:
        A ``Comparison`` a row: "Not compared" where value, 95% limit or benchmark is missing.

    Raises:
        ValueError: for a lower limit above its upper one, naming the row, or an unknown polarity.
    """
    point, low, high, against, low_998, high_998 = as_floats(value, lower_95, upper_95, benchmark, lower_998, upper_998)
    refuse_rows((low > high) | (low_998 > high_998), "lower limit above the upper one", point)
    levelled = ~(np.isnan(low_998) & np.isnan(high_998))
    missing = np.isnan([point, low, high, against]).any(axis=0)
    over, under = ABOVE_AND_BELOW[Polarity(polarity)]
    choices = [(missing, Comparison.NOT_COMPARED)]
    for word, outside, far_outside in (
        (over, against < low, against < low_998),
        (under, against > high, against > high_998),
    ):
        choices += [
            (outside & far_outside, Comparison(f"{word} (99.8%)")),
            (outside & levelled, Comparison(f"{word} (95%)")),
            (outside, Comparison(word)),
        ]
    return first_true(choices, Comparison.SIMILAR)
