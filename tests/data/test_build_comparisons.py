"""What is stored about every figure agrees with what would be drawn and said of it."""

from __future__ import annotations

import pandas as pd
import pytest

from insight.statistics import adjusted_limits
from insight.warehouse import Warehouse

ROWS = """
SELECT i.*, m.kind, m.multiplier, m.independent, m.numerator AS numerator_figure, c.average, c.tau2, c.transform, c.phi,
    c.forces_compared, c.forces_left_out, f.unranked_because, d.reason AS doubtful, year(i.period_end) AS year
FROM indicator i JOIN measure m USING (measure_id)
LEFT JOIN comparison c USING (measure_id, period_end)
LEFT JOIN force f ON f.force_code = i.area_code
LEFT JOIN doubtful_figure d ON d.measure_id = i.measure_id AND d.area_code = i.area_code AND d.period_end = i.period_end
    AND d.area_level = i.area_level AND d.area_level = 'force'
"""
# Which areas rest on doubt, worked out anew from what lies in them; a region's doubtful figures are not among its authorities'.
BY_PARTS = """
WITH placed AS (
    SELECT a.la_code AS part, r.area_code AS within, r.area_level FROM local_authority a JOIN force f USING (force_code)
    JOIN region_or_country r ON r.area_name IN (f.region, f.country)
    UNION ALL SELECT la_code, area_code, 'region' FROM subregion
),
zeros AS (
    SELECT DISTINCT m.measure_id, o.area_code, i.period_end, m.denominator
    FROM current_observation o JOIN measure m ON o.figure_id IN (m.numerator, m.denominator)
    JOIN indicator i ON i.measure_id = m.measure_id AND i.area_code = o.area_code AND year(i.period_end) = year(o.period_end)
    WHERE o.doubtful IS NOT NULL AND o.area_level = 'local_authority'
),
held AS (
    SELECT z.measure_id, p.within AS area_code, z.period_end, p.area_level, sum(i.denominator) AS size
    FROM zeros z JOIN placed p ON p.part = z.area_code
    JOIN indicator i ON i.measure_id = z.measure_id AND i.area_code = z.area_code AND i.period_end = z.period_end
    GROUP BY ALL
),
forces AS (
    SELECT d.measure_id, r.area_code, d.period_end, r.area_level, sum(i.numerator) AS counted, sum(i.denominator) AS size
    FROM doubtful_figure d JOIN force f ON f.force_code = d.area_code
    JOIN region_or_country r ON r.area_name IN (f.region, f.country)
    JOIN indicator i ON i.measure_id = d.measure_id AND i.area_code = d.area_code AND i.period_end = d.period_end
    WHERE d.area_level = 'force' GROUP BY ALL
)
SELECT i.measure_id, i.area_code, year(i.period_end) AS year FROM indicator i JOIN held h USING (measure_id, area_code, period_end)
WHERE h.area_level = 'region' OR h.size >= 0.05 * i.denominator
UNION
SELECT i.measure_id, i.area_code, year(i.period_end) FROM indicator i JOIN forces f USING (measure_id, area_code, period_end)
WHERE f.area_level = 'region' OR greatest(f.counted / i.numerator, f.size / i.denominator) >= 0.05
"""
MEASURES = [
    "children_missing_percent", "missing_more_than_once_percent", "incidents_per_missing_child", "missing_incidents_per_1000",
    "children_missing_per_10000", "children_away_percent", "police_missing_per_10000", "going_missing_per_10000",
    "child_sexual_exploitation_per_10000", "child_criminal_exploitation_per_10000", "going_missing_percent",
    "child_sexual_exploitation_percent", "child_criminal_exploitation_percent", "children_in_section_47_per_10000",
    "section_47_enquiries_per_10000", "children_at_conference_per_10000", "children_on_plan_per_10000", "second_plans_percent",
    "re_referrals_percent", "trafficking_per_10000", "gangs_per_10000", "sexual_abuse_by_adult_per_10000",
    "sexual_abuse_by_child_per_10000", "physical_abuse_by_adult_per_10000", "physical_abuse_by_child_per_10000",
    "neglect_per_10000", "domestic_abuse_of_child_per_10000",
]  # fmt: skip
FEWEST = 10  # forces that an average needs
INCIDENTS = [
    "incidents_per_missing_child", "missing_incidents_per_1000", "section_47_enquiries_per_10000", "re_referrals_percent",
]  # fmt: skip
LIMITS = ["lower_95", "upper_95", "lower_998", "upper_998"]


@pytest.fixture(scope="module")
def rows(real: Warehouse) -> pd.DataFrame:
    """Every indicator with its measure and what its comparison rests on."""
    return real.rows("indicators", ROWS)


@pytest.fixture(scope="module")
def whole(rows: pd.DataFrame) -> pd.Series:
    """Whether a figure is whole and no doubtful one of a force, and so may enter comparisons."""
    complete = (rows["hidden_parts"] == 0) | (rows["basis"] == "pooled over forces")
    return rows["value"].notna() & complete & rows["doubtful"].isna()


def in_doubt(rows: pd.DataFrame) -> pd.Series:
    """Figures of regions and countries that nothing is said of, for the doubtful zeros or figures in them."""
    larger = rows["area_level"].isin(["region", "country"])
    return larger & rows["verdict_basis"].isin(["doubtful zero of an authority", "doubtful figure"])


def in_doubt_by_their_parts(real: Warehouse) -> pd.DataFrame:
    """Regions and countries, measures and years of which nothing may be said, from the figures of their authorities and forces.

    A region with a doubtful zero, or a doubtful figure of a force, in it; England where authorities with such a zero have a
    twentieth or more of what its figure is out of, or such forces of what it counts or counts from.
    """
    return real.rows("by_parts", BY_PARTS)


def test_regions_and_england_are_in_doubt_exactly_where_their_parts_make_them_so(real: Warehouse, rows: pd.DataFrame) -> None:
    key = ["measure_id", "area_code", "year"]
    published = rows[rows["area_level"].isin(["region", "country"]) & (rows["kind"] != "count") & rows["value"].notna()]
    said = set(published.loc[in_doubt(published), key].itertuples(index=False, name=None))
    expected = set(in_doubt_by_their_parts(real)[key].itertuples(index=False, name=None))
    named = set(published[key].itertuples(index=False, name=None))
    assert said == expected & named
    assert len(said) > 300


def test_the_measures_are_all_that_have_a_denominator(rows: pd.DataFrame) -> None:
    assert set(rows[rows["kind"] != "count"]["measure_id"]) == set(MEASURES)


@pytest.mark.parametrize("measure", MEASURES)
def test_a_force_is_an_outlier_exactly_when_it_lies_beyond_the_line_drawn_for_its_size(
    measure: str, rows: pd.DataFrame, whole: pd.Series
) -> None:
    forces = rows[(rows["measure_id"] == measure) & (rows["area_level"] == "force")]
    compared = forces[whole.loc[forces.index] & forces["tau2"].notna()]
    complete = forces[whole.loc[forces.index]].groupby("year").size()
    assert compared.groupby("year").size().to_dict() == complete[complete >= FEWEST].to_dict(), (
        "every year of ten forces is looked at"
    )
    assert len(compared) >= 2 * FEWEST
    assert forces.drop(index=compared.index)["outlier"].isna().all()
    seen = set()
    for force in compared.itertuples():
        theta = force.average / force.multiplier
        size = force.denominator if force.kind == "proportion" else force.denominator * theta
        line = adjusted_limits(size, theta, force.tau2, force.transform, force.multiplier)
        expected = (
            "High (99.8%)" if force.value > line.upper_998
            else "Low (99.8%)" if force.value < line.lower_998
            else "High (95%)" if force.value > line.upper_95
            else "Low (95%)" if force.value < line.lower_95
            else "Not significant"
        )  # fmt: skip
        assert force.outlier == expected, force
        seen.add(expected)
    assert len(seen) > 1, "nothing but one word: the lines are not tested"


@pytest.mark.parametrize("measure", MEASURES)
def test_a_comparison_is_what_its_interval_says(measure: str, rows: pd.DataFrame) -> None:
    """Forces against the average of whole forces; regions and authorities against England's figure where it is published.

    England's figure is no benchmark where doubtful zeros move it.
    """
    words = {}
    of_measure = rows[rows["measure_id"] == measure]
    nation = of_measure[(of_measure["area_level"] == "country") & (of_measure["basis"] == "published") & ~in_doubt(of_measure)]
    published = nation.set_index("period_end")["value"].dropna().to_dict()
    for row in of_measure.itertuples():
        expected = "Not compared"
        average = row.average if row.area_level == "force" else published.get(row.period_end, row.average)
        if row.area_level != "country" and not pd.isna([row.lower_95, average]).any():
            expected = (
                "Higher (99.8%)" if average < row.lower_998
                else "Higher (95%)" if average < row.lower_95
                else "Lower (99.8%)" if average > row.upper_998
                else "Lower (95%)" if average > row.upper_95
                else "Similar"
            )  # fmt: skip
        assert row.compared_with_nation == expected, row
        words[expected] = True
    assert len(words) == (1 if measure in INCIDENTS else 6)


def test_whole_figures_of_children_have_intervals_and_no_others_do(rows: pd.DataFrame, whole: pd.Series) -> None:
    expected = whole & ~in_doubt(rows) & rows["independent"] & rows["kind"].isin(["rate", "proportion"])
    for limit in ("lower_95", "upper_95", "upper_998", "interval_method"):
        # A lower 99.8% limit of a tiny count may be missing (methods.md, Byar).
        assert (rows[limit].notna() == expected).all(), limit
    assert rows.loc[~expected, LIMITS].isna().all(axis=None)


def test_intervals_hold_their_value_and_the_wide_ones_the_narrow(rows: pd.DataFrame) -> None:
    with_limits = rows[rows["lower_95"].notna()]
    ordered = with_limits[["lower_95", "value", "upper_95", "upper_998"]].to_numpy()
    assert (ordered[:, :-1] <= ordered[:, 1:]).all()
    assert (with_limits["lower_998"].fillna(0) <= with_limits["lower_95"]).all()
    proportions = with_limits[with_limits["kind"] == "proportion"]
    assert proportions["upper_998"].max() <= 100


def test_ranks_of_a_year_are_those_of_its_ranked_forces(rows: pd.DataFrame, whole: pd.Series) -> None:
    ranked = rows[rows["rank"].notna()]
    may_be = rows[
        whole & rows["unranked_because"].isna() & (rows["area_level"] == "force") & rows["independent"]
        & (rows["kind"] != "count") & rows["tau2"].notna()
    ]  # fmt: skip
    assert set(ranked.index) == set(may_be.index)
    for _, year in ranked.groupby(["measure_id", "period_end"]):
        assert (year["rank"] == year["value"].rank(ascending=False, method="min")).all()
        assert year["rank_lower"].min() >= 1
        assert year["rank_upper"].max() <= len(year)


def test_a_trend_rests_on_five_years_in_a_row(rows: pd.DataFrame) -> None:
    has_interval = rows[rows["lower_95"].notna()].set_index(["measure_id", "area_code", "year"]).index
    said = rows[rows["recent_trend"] != "Cannot be calculated"]
    assert not said.empty
    for row in said.itertuples():
        run = [(row.measure_id, row.area_code, row.year - back) for back in range(5)]
        assert all(point in has_interval for point in run), row
    assert set(said["recent_trend"]) == {"Increasing", "Decreasing", "No significant change"}


def test_no_trend_and_no_change_of_the_police_series_crosses_2016_17(rows: pd.DataFrame) -> None:
    police = rows[rows["measure_id"] == "police_missing_per_10000"]
    assert set(police[police["recent_trend"] != "Cannot be calculated"]["year"]) == {2021}
    assert set(police[police["change_from_previous"] != "Cannot be calculated"]["year"]) == {2018, 2019, 2020, 2021}


def test_a_change_is_what_two_intervals_say(rows: pd.DataFrame) -> None:
    # An average over other forces each year is not one series: it changes with them.
    shifting = (rows["basis"] == "pooled over forces") & (rows["hidden_parts"] > 0)
    rows = rows.assign(lower_95=rows["lower_95"].mask(shifting))
    at = rows.set_index(["measure_id", "area_code", "year"])[["lower_95", "upper_95"]]
    previous = at.reindex(pd.MultiIndex.from_arrays([rows["measure_id"], rows["area_code"], rows["year"] - 1])).to_numpy()
    both = rows["lower_95"].notna() & ~pd.isna(previous[:, 0])
    abuse = rows["measure_id"].str.contains("_abuse_by_(?:adult|child)_per_10000")
    broken = ((rows["measure_id"] == "police_missing_per_10000") & (rows["year"] == 2017)) | (abuse & (rows["year"] == 2022))
    expected = pd.Series("No significant change", index=rows.index)
    expected[rows["lower_95"] > previous[:, 1]] = "Increasing"
    expected[rows["upper_95"] < previous[:, 0]] = "Decreasing"
    expected[~both | broken] = "Cannot be calculated"
    differs = rows["change_from_previous"] != expected
    assert rows[differs][["measure_id", "area_code", "year", "change_from_previous"]].to_dict("records") == []


def test_the_pooled_average_is_that_of_the_forces_compared(rows: pd.DataFrame, whole: pd.Series) -> None:
    forces = rows[(rows["area_level"] == "force") & (rows["kind"] != "count")]
    groups = 0
    for (_, _), year in forces.groupby(["measure_id", "period_end"]):
        compared = year[whole.loc[year.index]]
        if len(compared) < FEWEST:
            assert year["average"].isna().all()
            continue
        average = compared["numerator"].sum() / compared["denominator"].sum() * compared["multiplier"].iloc[0]
        assert year["average"].iloc[0] == pytest.approx(average, rel=1e-12)
        assert year["forces_compared"].iloc[0] == len(compared)
        assert year["forces_left_out"].iloc[0] == len(year) - len(compared)
        groups += 1
    assert groups > 80


def test_where_no_force_is_left_out_the_average_is_englands_published_figure_within_rounding(rows: pd.DataFrame) -> None:
    england = rows[
        (rows["area_level"] == "country")
        & (rows["forces_left_out"] == 0)
        & (rows["basis"] == "published")
        & (rows["kind"] != "count")
    ]
    assert len(england) >= 4
    for row in england.itertuples():
        # Both parts are rounded to 10, the population to nothing: what is published may stem from 5 less or 5 more.
        slack = 0 if "per_10000" in row.measure_id else 5
        lowest = (row.numerator - 5) / (row.denominator + slack) * row.multiplier
        highest = (row.numerator + 5) / (row.denominator - slack) * row.multiplier
        assert lowest <= row.average <= highest, row


def test_children_spread_beyond_chance_in_every_measure_of_the_newest_year(rows: pd.DataFrame) -> None:
    """Were φ about 1, the adjusted limits would be for nothing."""
    newest = rows[rows["year"] == 2024]
    assert (newest["phi"].dropna() > 1).all()
    assert (newest["tau2"].dropna() > 0).all()
