"""Which figures may enter an interval, an average, a rank, a trend: the decisions, not the methods."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest

from etl.comparisons import with_comparisons
from etl.definitions import SeriesBreak
from etl.indicators import COLUMNS
from etl.reference import Reference
from insight.statistics import FEWEST_FORCES, overdispersion, proportion

SHARE, RATE, RATIO, COUNT = (
    "children_missing_percent",
    "children_missing_per_10000",
    "incidents_per_missing_child",
    "missing_incidents_number",
)
POLICE = "police_missing_per_10000"
INCIDENTS = "missing_incidents_per_1000"
MULTIPLIER = {SHARE: 100, RATE: 10_000, RATIO: 1, POLICE: 10_000, COUNT: 1, INCIDENTS: 1_000}
NATION, REGION, AUTHORITY = "E99900001", "E99800001", "E99100101"
UNRANKED = "E99000039"
LEVELS = {"E990": "force", "E991": "local_authority", "E998": "region", "E999": "country"}
# Numbers of forces with numerator and denominator: eight that spread a little.
SPREAD = {
    1: (100, 1000),
    2: (110, 1000),
    3: (95, 1000),
    4: (120, 1100),
    5: (80, 900),
    6: (105, 1000),
    7: (98, 950),
    8: (90, 1000),
}

Figures = Mapping[int | str, tuple[int | None, int | None]]


def indicator(
    figures: Figures, measure: str = SHARE, year: int = 2024, hidden: Mapping[int | str, int] | None = None, **columns: Any
) -> pd.DataFrame:
    """Rows of indicators; areas as codes, forces as numbers."""
    rows = []
    for area, (count, total) in figures.items():
        code = f"E99{area:06d}" if isinstance(area, int) else area
        quotient = count / (total or 1) * MULTIPLIER[measure] if count is not None else None
        rows.append(
            {
                "measure_id": measure, "area_code": code, "area_level": LEVELS[code[:4]],
                "period_end": pd.Timestamp(year, 3, 31), "release": "2024", "numerator": count, "denominator": total,
                "value": quotient, "status": "reported" if count is not None else "suppressed",
                "hidden_parts": (hidden or {}).get(area, 0), "basis": "published",
                "revision": None, "doubtful_size": None, **columns,
            }
        )  # fmt: skip
    frame = pd.DataFrame(rows)[COLUMNS]
    return frame.astype({"numerator": "Int64", "denominator": "Int64", "value": "Float64"})


@pytest.fixture
def compared(reference: Reference) -> Callable[..., pd.DataFrame]:
    """``compared(frame, …)``: the rows with their comparisons, by area (and year if there are several)."""

    def make(*frames: pd.DataFrame, breaks: tuple[SeriesBreak, ...] = ()) -> pd.DataFrame:
        rows = pd.concat(frames, ignore_index=True)
        filled, _ = with_comparisons(rows, dataclasses.replace(reference, series_breaks=list(breaks)))
        years = filled["period_end"].dt.year
        return filled.set_index("area_code" if years.nunique() == 1 else ["area_code", years.rename("year")])

    return make


@pytest.fixture
def basis(reference: Reference) -> Callable[..., dict[str, Any]]:
    """``basis(frame)``: the one row of table comparison."""

    def make(frame: pd.DataFrame) -> dict[str, Any]:
        _, rests = with_comparisons(frame, reference)
        [rest] = rests.to_dict("records")
        return rest

    return make


def force(number: int) -> str:
    return f"E99{number:06d}"


# ---------------------------------------------------------------------------------------------------- intervals and averages
def test_a_share_has_wilson_intervals_in_the_unit_of_the_measure(compared: Callable[..., pd.DataFrame]) -> None:
    row = compared(indicator(SPREAD)).loc[force(1)]
    near, far = proportion(100, 1000, 100), proportion(100, 1000, 100, confidence=0.998)
    assert (row["lower_95"], row["upper_95"]) == (near.lower, near.upper)
    assert (row["lower_998"], row["upper_998"]) == (far.lower, far.upper)
    assert row["interval_method"] == near.method


def test_the_average_is_pooled_over_the_forces_with_whole_figures(basis: Callable[..., dict[str, Any]]) -> None:
    rest = basis(indicator({1: (10, 100), 2: (30, 100), 3: (5, 300), 4: (50, 100), 5: (None, 100)}, hidden={4: 1}))
    assert (rest["numerator"], rest["denominator"]) == (45, 500)
    assert rest["average"] == pytest.approx(9.0)
    assert (rest["forces_compared"], rest["forces_left_out"]) == (3, 2)


def test_a_figure_with_hidden_parts_enters_nothing(compared: Callable[..., pd.DataFrame]) -> None:
    with_hidden = compared(indicator({**SPREAD, 9: (500, 1000)}, hidden={9: 1}))
    bound = with_hidden.loc[force(9)]
    assert bound[["lower_95", "upper_95", "lower_998", "upper_998", "interval_method"]].isna().all()
    assert bound["compared_with_nation"] == "Not compared"
    assert bound[["outlier", "rank", "rank_lower", "rank_upper", "probability_highest_quarter"]].isna().all()
    assert bound["recent_trend"] == bound["change_from_previous"] == "Cannot be calculated"
    assert bound["value"] == 50.0
    pd.testing.assert_frame_equal(with_hidden.drop(index=force(9)), compared(indicator(SPREAD)))


def test_a_force_without_a_value_is_not_compared(compared: Callable[..., pd.DataFrame]) -> None:
    row = compared(indicator({**SPREAD, 9: (None, 1000)})).loc[force(9)]
    assert row["compared_with_nation"] == "Not compared"
    assert row[["lower_95", "outlier", "rank"]].isna().all()


@pytest.mark.parametrize(
    ("count", "word"),
    [(100, "Similar"), (122, "Higher (95%)"), (200, "Higher (99.8%)"), (78, "Lower (95%)"), (30, "Lower (99.8%)")],
)
def test_a_verdict_carries_its_level_and_no_judgement(count: int, word: str, compared: Callable[..., pd.DataFrame]) -> None:
    # A nation so large that the force itself hardly moves the average.
    large = dict.fromkeys(range(2, 9), (100_000, 1_000_000))
    assert compared(indicator({1: (count, 1000), **large})).loc[force(1), "compared_with_nation"] == word


def test_the_nation_is_not_compared_with_itself_but_regions_and_authorities_are(compared: Callable[..., pd.DataFrame]) -> None:
    rows = compared(indicator({**SPREAD, NATION: (5_000, 10_000), REGION: (3_000, 5_000), AUTHORITY: (600, 1_000)}))
    assert rows.loc[NATION, "compared_with_nation"] == "Not compared"
    assert rows.loc[REGION, "compared_with_nation"] == rows.loc[AUTHORITY, "compared_with_nation"] == "Higher (99.8%)"
    assert not pd.isna(rows.loc[NATION, "lower_95"])


def test_only_forces_are_flagged_and_ranked(compared: Callable[..., pd.DataFrame]) -> None:
    rows = compared(indicator({**SPREAD, NATION: (5_000, 10_000), REGION: (3_000, 5_000), AUTHORITY: (600, 1_000)}))
    assert rows.loc[[NATION, REGION, AUTHORITY], ["outlier", "rank"]].isna().all(axis=None)
    assert sorted(rows.loc[[force(number) for number in SPREAD], "rank"]) == [1, 2, 3, 4, 5, 6, 7, 8]


def test_a_nation_pooled_over_fewer_forces_still_has_its_interval(compared: Callable[..., pd.DataFrame]) -> None:
    nation = indicator({NATION: (800, 8_000)}, measure=POLICE, hidden={NATION: 3}, basis="pooled over forces")
    assert not pd.isna(compared(indicator(SPREAD, measure=POLICE), nation).loc[NATION, "lower_95"])


@pytest.mark.parametrize("measure", [RATIO, INCIDENTS])
def test_incidents_get_no_interval_and_no_rank_but_are_flagged(measure: str, compared: Callable[..., pd.DataFrame]) -> None:
    similar = {number: (600 + number, 100) for number in range(1, 16)}
    rows = compared(indicator({**similar, 16: (6_000, 100)}, measure=measure))
    assert rows[["lower_95", "upper_95", "lower_998", "upper_998", "interval_method", "rank"]].isna().all(axis=None)
    assert set(rows["compared_with_nation"]) == {"Not compared"}
    assert set(rows["recent_trend"]) == {"Cannot be calculated"}
    assert rows.loc[force(16), "outlier"] == "High (99.8%)"
    assert rows["outlier"].notna().all()


def test_a_bare_count_is_compared_with_nothing(reference: Reference) -> None:
    rows, rests = with_comparisons(indicator({1: (10, None), 2: (400, None), NATION: (410, None)}, measure=COUNT), reference)
    assert rests.empty
    assert rows[["lower_95", "outlier", "rank"]].isna().all(axis=None)
    assert set(rows["compared_with_nation"]) == {"Not compared"}


@pytest.mark.parametrize("measure", [SHARE, RATE, RATIO])
def test_where_nothing_was_counted_anywhere_no_force_stands_out(measure: str, compared: Callable[..., pd.DataFrame]) -> None:
    rows = compared(indicator(dict.fromkeys(range(1, 6), (0, 1_000)), measure=measure))
    assert set(rows["value"]) == {0.0}
    assert rows[["outlier", "rank"]].isna().all(axis=None)


def test_a_share_above_the_whole_gets_no_interval_and_is_left_to_the_checks(compared: Callable[..., pd.DataFrame]) -> None:
    rows = compared(indicator({**SPREAD, REGION: (20, 10)}))
    assert pd.isna(rows.loc[REGION, "lower_95"])
    assert rows.loc[REGION, "value"] == 200.0


def test_years_are_compared_apart(compared: Callable[..., pd.DataFrame]) -> None:
    low = {number: (count // 2, total) for number, (count, total) in SPREAD.items()}
    rows = compared(indicator(SPREAD, year=2024), indicator(low, year=2023))
    assert set(rows["compared_with_nation"]) == {"Similar"}
    assert sorted(rows.xs(2023, level="year")["rank"]) == [1, 2, 3, 4, 5, 6, 7, 8]


def test_the_order_of_areas_does_not_matter(compared: Callable[..., pd.DataFrame]) -> None:
    figures: Figures = {**SPREAD, UNRANKED: (3, 20), NATION: (900, 9_000), 9: (400, 1_000)}
    backwards = dict(reversed(figures.items()))
    there, back = compared(indicator(figures, RATE)), compared(indicator(backwards, RATE))
    pd.testing.assert_frame_equal(there.sort_index(), back.sort_index())


# ---------------------------------------------------------------------------------------------------- the unranked force
def test_an_unranked_force_is_shown_and_flagged_but_has_no_rank(compared: Callable[..., pd.DataFrame]) -> None:
    rows = compared(indicator({**SPREAD, UNRANKED: (90, 100)}))
    row = rows.loc[UNRANKED]
    assert row[["rank", "rank_lower", "rank_upper", "probability_highest_quarter"]].isna().all()
    assert row["outlier"] == "High (99.8%)"
    assert row["compared_with_nation"] == "Higher (99.8%)"
    assert sorted(rows["rank"].dropna()) == [1, 2, 3, 4, 5, 6, 7, 8]


@pytest.mark.parametrize(("measure", "transform"), [(SHARE, "arcsine_proportion"), (RATE, "sqrt_ratio")])
def test_an_unranked_force_is_in_the_average_but_not_in_phi_and_tau2(
    measure: str, transform: Any, basis: Callable[..., dict[str, Any]]
) -> None:
    wide = {number: (count * (1 + number % 3), total) for number, (count, total) in SPREAD.items()}
    rest = basis(indicator({**wide, UNRANKED: (90, 100)}, measure=measure))
    counts = np.array([count for count, _ in wide.values()], dtype=float)
    totals = np.array([total for _, total in wide.values()], dtype=float)
    average = (counts.sum() + 90) / (totals.sum() + 100)
    expected = overdispersion(counts, totals if measure == SHARE else totals * average, transform)
    assert rest["average"] == pytest.approx(average * MULTIPLIER[measure])
    assert rest["forces_compared"] == 9
    assert expected.tau2 > 0
    assert (rest["phi"], rest["tau2"], rest["transform"]) == (
        pytest.approx(expected.phi),
        pytest.approx(expected.tau2),
        transform,
    )


def test_an_unranked_force_is_kept_out_of_the_range_and_box_plot(basis: Callable[..., dict[str, Any]]) -> None:
    rest = basis(indicator({**SPREAD, UNRANKED: (90, 100)}))
    shares = [100 * count / total for count, total in SPREAD.values()]
    assert (rest["minimum"], rest["maximum"]) == (pytest.approx(min(shares)), pytest.approx(max(shares)))


# ---------------------------------------------------------------------------------------------------- trends and changes
def yearly(counts: Mapping[int, int | None], measure: str = RATE, **options: Any) -> list[pd.DataFrame]:
    """One force's counts by year, of 100,000."""
    return [indicator({1: (count, 100_000)}, measure=measure, year=year, **options) for year, count in counts.items()]


RISING = {2020: 500, 2021: 600, 2022: 700, 2023: 800, 2024: 900}


def broken(starts: int, series: str = "children_missing", kind: Any = "break") -> SeriesBreak:
    return SeriesBreak(series=series, kind=kind, starts=date(starts, 3, 31), reason="Made up.", source="none")


@pytest.mark.parametrize(("order", "word"), [(1, "Increasing"), (-1, "Decreasing")])
def test_five_years_in_a_row_make_a_trend(order: int, word: str, compared: Callable[..., pd.DataFrame]) -> None:
    rows = compared(*yearly(dict(zip(RISING, list(RISING.values())[::order], strict=True))))
    assert rows.loc[(force(1), 2024), "recent_trend"] == word
    assert set(rows.drop(index=(force(1), 2024))["recent_trend"]) == {"Cannot be calculated"}


def test_five_years_without_a_direction_are_no_significant_change(compared: Callable[..., pd.DataFrame]) -> None:
    level = {2020: 500, 2021: 510, 2022: 495, 2023: 505, 2024: 500}
    assert compared(*yearly(level)).loc[(force(1), 2024), "recent_trend"] == "No significant change"


def test_a_missing_year_ends_the_run_of_a_trend(compared: Callable[..., pd.DataFrame]) -> None:
    with_gap = {2018: 300, 2019: 400, **{year: count for year, count in RISING.items() if year != 2021}}
    rows = compared(*yearly(with_gap))
    assert rows.loc[(force(1), 2024), "recent_trend"] == "Cannot be calculated"


def test_a_year_with_hidden_parts_ends_the_run_of_a_trend(compared: Callable[..., pd.DataFrame]) -> None:
    rows = compared(*yearly({2020: 500}), *yearly({2021: 600}, hidden={1: 1}), *yearly({2022: 700, 2023: 800, 2024: 900}))
    assert rows.loc[(force(1), 2024), "recent_trend"] == "Cannot be calculated"
    assert rows.loc[(force(1), 2022), "change_from_previous"] == "Cannot be calculated"


@pytest.mark.parametrize("series", ["children_missing", "population_0_17"])
@pytest.mark.parametrize("starts", [2021, 2024])
def test_a_trend_does_not_cross_a_break_in_either_part(series: str, starts: int, compared: Callable[..., pd.DataFrame]) -> None:
    rows = compared(*yearly(RISING), breaks=(broken(starts, series),))
    assert rows.loc[(force(1), 2024), "recent_trend"] == "Cannot be calculated"


@pytest.mark.parametrize(
    "harmless",
    [broken(2020), broken(2025), broken(2022, "missing_related_calls"), broken(2022, kind="doubtful")],
    ids=["at the first year", "after the last", "of another series", "doubtful only"],
)
def test_a_trend_stands_where_no_break_lies_between_its_years(
    harmless: SeriesBreak, compared: Callable[..., pd.DataFrame]
) -> None:
    assert compared(*yearly(RISING), breaks=(harmless,)).loc[(force(1), 2024), "recent_trend"] == "Increasing"


@pytest.mark.parametrize(
    ("before", "now", "word"),
    [(500, 900, "Increasing"), (900, 500, "Decreasing"), (500, 510, "No significant change")],
)
def test_a_change_is_from_the_year_before(before: int, now: int, word: str, compared: Callable[..., pd.DataFrame]) -> None:
    rows = compared(*yearly({2023: before, 2024: now}))
    assert rows.loc[(force(1), 2024), "change_from_previous"] == word
    assert rows.loc[(force(1), 2023), "change_from_previous"] == "Cannot be calculated"


def test_a_change_does_not_cross_a_break(compared: Callable[..., pd.DataFrame]) -> None:
    rows = compared(*yearly({2022: 500, 2023: 900, 2024: 500}), breaks=(broken(2023),))
    assert rows.loc[(force(1), 2023), "change_from_previous"] == "Cannot be calculated"
    assert rows.loc[(force(1), 2024), "change_from_previous"] == "Decreasing"


@pytest.mark.parametrize(("left_out", "word"), [(0, "Increasing"), (2, "Cannot be calculated")])
def test_an_average_over_other_forces_each_year_has_no_trend_and_no_change(
    left_out: int, word: str, compared: Callable[..., pd.DataFrame]
) -> None:
    pooled = {"measure": POLICE, "basis": "pooled over forces", "hidden": {NATION: left_out}}
    frames = [indicator({NATION: (count * 10, 100_000)}, year=year, **pooled) for year, count in RISING.items()]
    last = compared(*frames).loc[(NATION, 2024)]
    assert last["recent_trend"] == last["change_from_previous"] == word
    assert not pd.isna(last["lower_95"])


def test_a_change_does_not_skip_a_missing_year(compared: Callable[..., pd.DataFrame]) -> None:
    rows = compared(*yearly({2022: 500, 2024: 900}))
    assert rows.loc[(force(1), 2024), "change_from_previous"] == "Cannot be calculated"


def test_an_average_of_fewer_forces_than_the_least_number_is_none_and_nothing_is_compared_with_it(
    reference: Reference, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("etl.comparisons.FEWEST_FORCES", FEWEST_FORCES)
    few = {number: (100 + number, 1000) for number in range(1, FEWEST_FORCES)}
    rows, rests = with_comparisons(indicator(few), reference)
    assert rests.empty
    assert set(rows["verdict"]) == {"Not compared"}
    assert set(rows["verdict_basis"]) == {"no benchmark"}
    assert rows["lower_95"].notna().all(), "each keeps its own interval"
    _, rests = with_comparisons(indicator({**few, FEWEST_FORCES: (150, 1000)}), reference)
    assert list(rests["forces_compared"]) == [FEWEST_FORCES]


def test_the_methods_name_the_least_number_of_forces(real_reference: Reference) -> None:
    [method] = [one for one in real_reference.methods if one.title == "Compared with the average"]
    assert f"fewer than {FEWEST_FORCES} forces" in method.plain
