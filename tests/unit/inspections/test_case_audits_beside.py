"""Case files: intervals, an inspection beside its review, and when nothing can be said."""

import math

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import fisher_exact
from statsmodels.stats.proportion import proportion_confint

from etl.case_audits import case_audit_changes
from insight.inspections.case_audits import audits, audits_to_read, change_sentence, changes_to_read, in_part_note, name_of
from insight.inspections.case_audits import changes as beside
from insight.statistics import Polarity, ShareChange
from insight.statistics.two_proportions import NOT_KNOWN, difference, share_change

FILES = {"cases_audited": 40, "cases_good": 4, "cases_requires_improvement": 16, "cases_inadequate": 20}
BETTER = {"cases_audited": 40, "cases_good": 24, "cases_requires_improvement": 12, "cases_inadequate": 4}


def test_shares_have_wilson_intervals(inspection) -> None:
    row = audits(pd.DataFrame([inspection("first", **FILES)])).iloc[0]
    lower, upper = proportion_confint(4, 40, method="wilson")
    assert row["good_lower_95"] == pytest.approx(100 * lower)
    assert row["good_upper_95"] == pytest.approx(100 * upper)


def test_a_count_that_was_not_published_has_no_share(inspection) -> None:
    row = audits(pd.DataFrame([inspection("first", cases_audited=89, cases_good=14)])).iloc[0]
    assert math.isnan(row["inadequate_share"])
    assert (
        "cannot be calculated"
        in audits_to_read(audits(pd.DataFrame([inspection("a", cases_audited=9, cases_good=1)]))).records()[0].values()
    )


def test_audits_without_any_result_are_left_out(inspection) -> None:
    assert audits(pd.DataFrame([inspection("first", cases_audited=374), inspection("second")])).empty


def pair(inspection, before: dict, after: dict) -> pd.DataFrame:
    return pd.DataFrame([inspection("first", **before), inspection("second", follows="first", inspected_from="2023-04", **after)])


def changes(inspections: pd.DataFrame) -> pd.DataFrame:
    return beside(inspections, case_audit_changes(inspections))


def test_a_change_beyond_chance_knows_its_direction(inspection) -> None:
    found = changes(pair(inspection, FILES, BETTER)).set_index("grade")
    assert list(found["verdict"]) == ["Better, beyond chance"] * 2
    assert found.loc["good", "difference"] == pytest.approx(50)
    assert found.loc["inadequate", "difference"] == pytest.approx(-40)
    found = changes(pair(inspection, BETTER, FILES))
    assert list(found["verdict"]) == ["Worse, beyond chance"] * 2


def test_a_small_difference_is_no_significant_change(inspection) -> None:
    found = changes(pair(inspection, FILES, {**FILES, "cases_good": 6, "cases_inadequate": 18}))
    assert list(found["verdict"]) == ["No significant change"] * 2


def test_a_share_that_reads_the_same_has_neither_risen_nor_fallen(inspection) -> None:
    said = change_sentence(changes(pair(inspection, FILES, {**FILES, "cases_inadequate": 18})))
    assert "the share graded “good” stayed at 10% (no significant change)" in said
    assert "fell from 50% to 45%" in said


def test_without_the_files_of_both_nothing_can_be_calculated(inspection) -> None:
    rows = pair(inspection, {}, FILES)
    found = changes(rows)
    assert list(found["verdict"]) == ["Cannot be calculated"] * 2
    told = [str(cell).lower() for cell in changes_to_read(found).records()[0].values()]
    assert told.count("cannot be calculated") == 1
    said = change_sentence(found)
    assert said.endswith("We cannot say whether that is a change: results are known for the review only.")


def test_undated_reviews_of_one_inspection_have_names_of_their_own(inspection) -> None:
    names = {"pir": "post-inspection review", "progress": "progress report"}
    undated = [inspection(f"a-ncpi-{key}", follows="a", review_name=name, **FILES) for key, name in names.items()]
    found = changes(pd.DataFrame([inspection("a", **FILES), *undated]))
    assert found["review"].nunique() == 2
    assert found["review_id"].tolist() == ["a-ncpi-pir"] * 2 + ["a-ncpi-progress"] * 2, "the shares of a review stand together"


def test_no_audit_is_left_out_without_a_word(inspection) -> None:
    rows = pd.DataFrame(
        [
            inspection("part", inspected_from="2017-10", cases_audited=79, cases_inadequate=30),
            inspection("bare", inspected_from="2015-06", cases_audited=31),
            inspection("none", inspected_from="2014-06"),
        ]
    )
    part, bare = in_part_note(audits(rows), rows)
    assert part == "Results published in part, the rest hatched: Exampleshire, inspection of October 2017."
    assert bare == "Not shown, because only the number of files is known: Exampleshire, inspection of June 2015 (31 files)."


def test_pairs_without_any_files_are_left_out(inspection) -> None:
    assert changes(pair(inspection, {}, {})).empty


def test_a_test_of_an_inspection_that_is_not_shown_is_left_out(inspection) -> None:
    tested = case_audit_changes(pair(inspection, FILES, BETTER))
    assert beside(pd.DataFrame([inspection("other", **FILES)]), tested).empty


def test_which_way_is_better_turns_a_difference_round() -> None:
    found = difference(4, 40, 24, 40)
    assert share_change(found, Polarity.HIGHER_IS_BETTER) is ShareChange.BETTER
    assert share_change(found, Polarity.LOWER_IS_BETTER) is ShareChange.WORSE
    assert share_change(NOT_KNOWN, Polarity.LOWER_IS_BETTER) is ShareChange.CANNOT_BE_CALCULATED
    with pytest.raises(ValueError, match="polarity"):
        share_change(found, Polarity.NONE)


def test_names_carry_the_month_or_say_that_it_is_not_known(inspection) -> None:
    assert (
        name_of(inspection("a", inspected_from="2022-03-02", inspected_to="2022-04-01"))
        == "Exampleshire, inspection of April 2022"
    )
    assert name_of(inspection("a", follows="b")) == "Exampleshire, review, date not known"
    told = {"follows": "b", "review_name": "progress report"}
    assert name_of(inspection("a-q3-update", **told)) == "Exampleshire, progress report, date not known", (
        "whatever its identifier"
    )
    assert name_of(inspection("a", **told, published="2022-04")) == "Exampleshire, review, report of April 2022"


def test_the_difference_agrees_with_published_worked_cases() -> None:
    # Newcombe 1998, table II, method 10: 56 of 70 against 48 of 80.
    found = difference(48, 80, 56, 70)
    assert (found.lower, found.upper) == pytest.approx((0.0524, 0.3339), abs=5e-5)


def test_the_exact_test_is_no_weaker_than_fishers() -> None:
    # Boschloo's test is known to be uniformly more powerful; two-sided here is twice the smaller tail in both.
    for x, n, y, m in ((3, 15, 9, 14), (18, 83, 10, 31), (13, 73, 11, 33), (1, 20, 5, 20)):
        table = [[x, y], [n - x, m - y]]
        fisher = 2 * min(fisher_exact(table, alternative=side).pvalue for side in ("less", "greater"))
        assert difference(x, n, y, m).p_value <= fisher + 1e-9
    assert difference(5, 10, 5, 10).p_value > 0.9
    assert difference(0, 30, 30, 30).p_value < 1e-9


@pytest.mark.parametrize("counts", [(None, 10, 1, 10), (1, None, 1, 10), (1, 10, float("nan"), 10)])
def test_a_missing_count_gives_no_difference(counts) -> None:
    found = difference(*counts)
    assert not found.known
    assert not found.beyond_chance


@pytest.mark.parametrize("counts", [(11, 10, 1, 10), (-1, 10, 1, 10), (0, 0, 1, 10), (1.5, 10, 1, 10)])
def test_impossible_counts_are_refused(counts) -> None:
    with pytest.raises(ValueError, match=r"count|sample"):
        difference(*counts)


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 40), st.integers(1, 40), st.data())
def test_swapping_the_samples_turns_the_difference_round(n: int, m: int, data: st.DataObject) -> None:
    x, y = data.draw(st.integers(0, n)), data.draw(st.integers(0, m))
    one, other = difference(x, n, y, m), difference(y, m, x, n)
    assert one.value == pytest.approx(-other.value)
    assert (one.lower, one.upper) == pytest.approx((-other.upper, -other.lower))
    assert one.lower <= one.value <= one.upper
    assert one.p_value == pytest.approx(other.p_value, abs=1e-6)
