"""One word for how an area compares, made from its two tests: the adjusted funnel limits and its interval against a benchmark."""

from __future__ import annotations

from typing import NamedTuple

from insight.statistics.comparison import ABOVE_AND_BELOW
from insight.statistics.words import Comparison, FunnelFlag, Level, Polarity, Verdict, VerdictBasis

_HIGH = (FunnelFlag.HIGH_95, FunnelFlag.HIGH_998)
_LOW = (FunnelFlag.LOW_95, FunnelFlag.LOW_998)
# By the plain word of a comparison, which says better and worse where a measure has polarity.
_UNUSUAL = {
    Comparison.HIGHER: Verdict.UNUSUALLY_HIGH,
    Comparison.LOWER: Verdict.UNUSUALLY_LOW,
    Comparison.BETTER: Verdict.UNUSUALLY_BETTER,
    Comparison.WORSE: Verdict.UNUSUALLY_WORSE,
}
_OFF_AVERAGE = {
    Comparison.HIGHER: Verdict.ABOVE_AVERAGE,
    Comparison.LOWER: Verdict.BELOW_AVERAGE,
    Comparison.BETTER: Verdict.BETTER_THAN_AVERAGE,
    Comparison.WORSE: Verdict.WORSE_THAN_AVERAGE,
}


class VerdictWithBasis(NamedTuple):
    """A verdict, the level that an unusual figure reaches (None for every other), and what the verdict rests on."""

    verdict: Verdict
    level: Level | None
    basis: VerdictBasis


def verdict(
    compared: Comparison | str,
    flag: FunnelFlag | str,
    polarity: Polarity | str,
    *,
    benchmark: VerdictBasis = VerdictBasis.AVERAGE_OF_FORCES,
    otherwise: VerdictBasis = VerdictBasis.NO_COMPLETE_FIGURE,
    too_few: bool = False,
) -> VerdictWithBasis:
    """The first that holds: too few, beyond the adjusted limits, interval on or off the benchmark, within limits, not compared.

    Args:
        compared: answer of ``compare``, with or without its level.
        flag: answer of ``adjusted_flags``; "Not compared" for an area that no funnel is drawn for.
        polarity: which way is better for the measure.
        benchmark: what ``compared`` was compared with.
        otherwise: why there is no verdict, where neither test has an answer.
        too_few: the area has too few children for any comparison.

    Raises:
        ValueError: for a word that neither test returns, or an unknown polarity.
    """
    word, place = Comparison(compared), FunnelFlag(flag)
    high, low = (Comparison(plain) for plain in ABOVE_AND_BELOW[Polarity(polarity)])
    if too_few:
        return VerdictWithBasis(Verdict.TOO_FEW, None, VerdictBasis.NEVER_RANKED)
    if place in _HIGH or place in _LOW:
        return VerdictWithBasis(_UNUSUAL[high if place in _HIGH else low], place.level, VerdictBasis.ADJUSTED_LIMITS)
    if word is Comparison.SIMILAR:
        return VerdictWithBasis(Verdict.ABOUT_AVERAGE, None, benchmark)
    if word is not Comparison.NOT_COMPARED:
        return VerdictWithBasis(_OFF_AVERAGE[Comparison(word.plain)], None, benchmark)
    if place is FunnelFlag.NOT_SIGNIFICANT:
        return VerdictWithBasis(Verdict.WITHIN_USUAL_RANGE, None, VerdictBasis.ADJUSTED_LIMITS)
    return VerdictWithBasis(Verdict.NOT_COMPARED, None, otherwise)
