"""The words the methods answer with; ``str`` of each member is the word as pages and downloads print it."""

from __future__ import annotations

from enum import StrEnum


class Polarity(StrEnum):
    """Which way is better for a measure; ``none`` where neither is."""

    HIGHER_IS_BETTER = "higher_is_better"
    LOWER_IS_BETTER = "lower_is_better"
    NONE = "none"


class Comparison(StrEnum):
    """How an interval lies to its benchmark, with the level reached where 99.8% limits were given too."""

    BETTER = "Better"
    BETTER_95 = "Better (95%)"
    BETTER_998 = "Better (99.8%)"
    WORSE = "Worse"
    WORSE_95 = "Worse (95%)"
    WORSE_998 = "Worse (99.8%)"
    HIGHER = "Higher"
    HIGHER_95 = "Higher (95%)"
    HIGHER_998 = "Higher (99.8%)"
    LOWER = "Lower"
    LOWER_95 = "Lower (95%)"
    LOWER_998 = "Lower (99.8%)"
    SIMILAR = "Similar"
    NOT_COMPARED = "Not compared"


class FunnelFlag(StrEnum):
    """On which side of which funnel line a point lies."""

    HIGH_998 = "High (99.8%)"
    HIGH_95 = "High (95%)"
    LOW_998 = "Low (99.8%)"
    LOW_95 = "Low (95%)"
    NOT_SIGNIFICANT = "Not significant"
    NOT_COMPARED = "Not compared"


class Trend(StrEnum):
    """What a recent trend, or a change from the previous period, comes to."""

    INCREASING = "Increasing"
    DECREASING = "Decreasing"
    NO_SIGNIFICANT_CHANGE = "No significant change"
    CANNOT_BE_CALCULATED = "Cannot be calculated"
