"""The words the methods answer with; ``str`` of each member is the word as pages and downloads print it."""

from __future__ import annotations

from enum import StrEnum


class Polarity(StrEnum):
    """Which way is better for a measure; ``none`` where neither is."""

    HIGHER_IS_BETTER = "higher_is_better"
    LOWER_IS_BETTER = "lower_is_better"
    NONE = "none"


class Level(StrEnum):
    """The two levels at which every test is made."""

    P95 = "95%"
    P998 = "99.8%"


class _Levelled(StrEnum):
    """A word that may carry the level reached in brackets: "Higher (99.8%)"."""

    @property
    def level(self) -> Level | None:
        """The level that the word carries, or None."""
        return next((level for level in Level if self.endswith(f"({level})")), None)

    @property
    def plain(self) -> str:
        """The word without its level: "Higher"."""
        return self.split(" (")[0]


class Comparison(_Levelled):
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


class FunnelFlag(_Levelled):
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


class Verdict(StrEnum):
    """How an area compares, on one scale made from its funnel flag and the comparison of its interval.

    The level of an unusual figure is kept beside the word, not in it. The words with "better" and "worse" are for measures with
    polarity only, and take the place of those with "high", "low", "above" and "below".
    """

    UNUSUALLY_HIGH = "Unusually high"
    UNUSUALLY_LOW = "Unusually low"
    UNUSUALLY_BETTER = "Unusually better"
    UNUSUALLY_WORSE = "Unusually worse"
    ABOVE_AVERAGE = "Above average"
    BELOW_AVERAGE = "Below average"
    BETTER_THAN_AVERAGE = "Better than average"
    WORSE_THAN_AVERAGE = "Worse than average"
    ABOUT_AVERAGE = "About average"
    WITHIN_USUAL_RANGE = "Within the usual range"
    NOT_COMPARED = "Not compared"
    TOO_FEW = "Too few children to compare"


class VerdictBasis(StrEnum):
    """What a verdict rests on, or why there is none."""

    ADJUSTED_LIMITS = "adjusted limits"
    AVERAGE_OF_FORCES = "interval against the average of forces"
    ENGLAND = "interval against England"
    SIMILAR_FORCES = "interval against similar forces"
    BARE_COUNT = "bare count"
    NO_COMPLETE_FIGURE = "no complete figure"
    DOUBTFUL_ZERO = "doubtful zero of an authority"
    DOUBTFUL_FIGURE = "doubtful figure"
    NO_BENCHMARK = "no benchmark"
    NO_INTERVAL = "no interval"
    IS_BENCHMARK = "not compared with itself"
    NEVER_RANKED = "never ranked"


class ShareChange(StrEnum):
    """What the share of audited case files at a grade comes to at a review, beside the inspection it follows."""

    BETTER = "Better, beyond chance"
    WORSE = "Worse, beyond chance"
    NO_SIGNIFICANT_CHANGE = "No significant change"
    CANNOT_BE_CALCULATED = "Cannot be calculated"
