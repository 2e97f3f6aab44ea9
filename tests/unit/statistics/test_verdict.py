"""One word from two tests: which test decides, what level is kept, what the verdict rests on."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from insight.statistics import Comparison, FunnelFlag, Level, Polarity, Verdict, VerdictBasis, verdict

COMPARED, FLAGS = st.sampled_from(Comparison), st.sampled_from(FunnelFlag)
NEUTRAL = [word for word in Comparison if word.plain not in ("Better", "Worse")]
LIMITS, FORCES, ENGLAND = VerdictBasis.ADJUSTED_LIMITS, VerdictBasis.AVERAGE_OF_FORCES, VerdictBasis.ENGLAND
MIRROR = {
    Verdict.UNUSUALLY_HIGH: Verdict.UNUSUALLY_LOW,
    Verdict.ABOVE_AVERAGE: Verdict.BELOW_AVERAGE,
    Verdict.UNUSUALLY_BETTER: Verdict.UNUSUALLY_WORSE,
    Verdict.BETTER_THAN_AVERAGE: Verdict.WORSE_THAN_AVERAGE,
}
MIRROR |= {one: other for other, one in MIRROR.items()}


@pytest.mark.parametrize(
    ("compared", "flag", "expected"),
    [
        ("Higher (99.8%)", "High (99.8%)", ("Unusually high", "99.8%", LIMITS)),
        ("Higher (99.8%)", "High (95%)", ("Unusually high", "95%", LIMITS)),
        ("Similar", "Low (95%)", ("Unusually low", "95%", LIMITS)),
        ("Not compared", "Low (99.8%)", ("Unusually low", "99.8%", LIMITS)),
        ("Higher (99.8%)", "Not significant", ("Above average", None, FORCES)),
        ("Lower (95%)", "Not significant", ("Below average", None, FORCES)),
        ("Lower", "Not compared", ("Below average", None, FORCES)),
        ("Similar", "Not significant", ("About average", None, FORCES)),
        ("Not compared", "Not significant", ("Within the usual range", None, LIMITS)),
        ("Not compared", "Not compared", ("Not compared", None, VerdictBasis.NO_COMPLETE_FIGURE)),
    ],
)
def test_worked_cases_without_polarity(compared: str, flag: str, expected: tuple[str, str | None, str]) -> None:
    assert verdict(compared, flag, Polarity.NONE) == expected


@pytest.mark.parametrize(
    ("compared", "flag", "polarity", "word"),
    [
        ("Better (95%)", "High (95%)", "higher_is_better", "Unusually better"),
        ("Worse (95%)", "High (95%)", "lower_is_better", "Unusually worse"),
        ("Better (99.8%)", "Not significant", "lower_is_better", "Better than average"),
        ("Worse", "Not compared", "higher_is_better", "Worse than average"),
        ("Similar", "Not significant", "higher_is_better", "About average"),
    ],
)
def test_better_and_worse_stand_only_where_a_measure_has_polarity(compared: str, flag: str, polarity: str, word: str) -> None:
    assert verdict(compared, flag, polarity).verdict == word


@given(st.sampled_from(NEUTRAL), FLAGS)
def test_without_polarity_nothing_is_better_or_worse(compared: Comparison, flag: FunnelFlag) -> None:
    word = verdict(compared, flag, Polarity.NONE).verdict.lower()
    assert "better" not in word
    assert "worse" not in word


@given(COMPARED, FLAGS, st.sampled_from(Polarity))
def test_the_level_is_that_of_the_limits_and_stands_beside_unusual_words_only(
    compared: Comparison, flag: FunnelFlag, polarity: Polarity
) -> None:
    found = verdict(compared, flag, polarity)
    assert (found.level is not None) == found.verdict.startswith("Unusually")
    assert found.level == flag.level


@given(COMPARED, FLAGS, st.sampled_from(Polarity))
def test_too_few_children_comes_before_everything(compared: Comparison, flag: FunnelFlag, polarity: Polarity) -> None:
    assert verdict(compared, flag, polarity, too_few=True) == (Verdict.TOO_FEW, None, VerdictBasis.NEVER_RANKED)


@given(COMPARED, FLAGS)
def test_swapping_polarity_swaps_the_side_of_an_unusual_figure_only(compared: Comparison, flag: FunnelFlag) -> None:
    one, other = (verdict(compared, flag, way) for way in (Polarity.HIGHER_IS_BETTER, Polarity.LOWER_IS_BETTER))
    assert other[1:] == one[1:]
    assert other.verdict == (MIRROR[one.verdict] if one.level else one.verdict)


@given(COMPARED, FLAGS, st.sampled_from(Polarity), st.sampled_from([FORCES, ENGLAND]))
def test_only_what_rests_on_the_interval_names_the_benchmark(
    compared: Comparison, flag: FunnelFlag, polarity: Polarity, benchmark: VerdictBasis
) -> None:
    found = verdict(compared, flag, polarity, benchmark=benchmark, otherwise=VerdictBasis.BARE_COUNT)
    by_interval = found.verdict in (
        Verdict.ABOUT_AVERAGE, Verdict.ABOVE_AVERAGE, Verdict.BELOW_AVERAGE, Verdict.BETTER_THAN_AVERAGE,
        Verdict.WORSE_THAN_AVERAGE,
    )  # fmt: skip
    assert (found.basis is benchmark) == by_interval
    assert (found.basis is VerdictBasis.BARE_COUNT) == (found.verdict is Verdict.NOT_COMPARED)


def test_a_word_that_no_test_returns_is_refused() -> None:
    with pytest.raises(ValueError, match="rather high"):
        verdict("rather high", FunnelFlag.NOT_COMPARED, Polarity.NONE)


def test_words_part_into_level_and_plain_word() -> None:
    assert (Comparison.HIGHER_998.level, Comparison.HIGHER_998.plain) == (Level.P998, "Higher")
    assert (FunnelFlag.LOW_95.level, FunnelFlag.LOW_95.plain) == (Level.P95, "Low")
    assert (Comparison.SIMILAR.level, Comparison.SIMILAR.plain) == (None, "Similar")
