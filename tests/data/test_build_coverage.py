"""How much there is, and how large: a memory of the build of the real data that changes only on purpose.

``coverage.csv`` keeps for every measure and year how many forces have a value and how many of these are lower bounds. When a new
release changes it, look at each line that differs, say in the commit why, and take over the lines that the failing test prints.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from insight.warehouse import Warehouse

KEPT = Path(__file__).with_name("coverage.csv")
COVERAGE = """
SELECT measure_id, year(period_end) AS year, count(*) AS forces, count(value) AS with_value,
    count_if(value IS NOT NULL AND hidden_parts > 0) AS lower_bounds
FROM indicator WHERE area_level = 'force' GROUP BY ALL ORDER BY ALL
"""
# Least and most that a force's whole figure may be, City of London aside (a handful of children). Where a bound was drawn:
FORCES = {
    # England lies at 10 to 11.5%. No force below a third of that or above twice it would be believed at once.
    "children_missing_percent": (3, 23),
    # In 2015, the first year, a force with 22 children missing had 27%; since then it lies between 40 and 81%.
    "missing_more_than_once_percent": (20, 90),
    # Suffolk 2021: 14.9 incidents a child; few children with very many incidents move it. Less than one is impossible.
    "incidents_per_missing_child": (1, 20),
    # Suffolk 2021: 1,638. England lies near 700.
    "missing_incidents_per_1000": (80, 2_000),
    # 2015 is low everywhere (new collection): 1.4 in the lowest force. Cleveland is highest at 24, with most children in care.
    "children_missing_per_10000": (1, 35),
    # Small authorities may have no child away without authorisation. The zeros of large ones are doubtful and no whole figure.
    "children_away_percent": (0, 12),
    # Cumbria 2018/19 (266) is doubtful and flagged; without it the highest is 144. The lowest fell in 2020/21.
    "police_missing_per_10000": (10, 300),
    # Factors of assessments: 0 occurs for exploitation of which some authorities first reported none.
    "going_missing_per_10000": (1, 50),
    "child_sexual_exploitation_per_10000": (1, 50),
    "child_criminal_exploitation_per_10000": (0, 50),
    "going_missing_percent": (0.3, 10),
    "child_sexual_exploitation_percent": (0.3, 12),
    "child_criminal_exploitation_percent": (0, 10),
    # Child protection process: Lancashire 2014 and Hampshire 2025 are doubtful and flagged, and lie within. Blackpool lifts
    # Lancashire, Hartlepool and Middlesbrough lift Cleveland, the highest throughout.
    "children_in_section_47_per_10000": (40, 500),
    "section_47_enquiries_per_10000": (40, 600),
    "children_at_conference_per_10000": (15, 200),
    "children_on_plan_per_10000": (10, 150),
    # A child's second plan is rarer where a council counts only plans of its own.
    "second_plans_percent": (5, 45),
    # Cumbria 2024 (9.5%) is doubtful and flagged; the highest lie near 40%.
    "re_referrals_percent": (8, 50),
    # Fewer than six in many councils; none is possible.
    "trafficking_per_10000": (0, 10),
    "gangs_per_10000": (0.5, 40),
    "sexual_abuse_by_adult_per_10000": (3, 60),
    "sexual_abuse_by_child_per_10000": (1, 45),
    "physical_abuse_by_adult_per_10000": (8, 130),
    # Suffolk 2022 to 2024 (63) named all physical abuse so: doubtful and flagged.
    "physical_abuse_by_child_per_10000": (1, 80),
    # Hampshire 2025 (343) is doubtful and flagged; without it the highest is near 180.
    "neglect_per_10000": (25, 360),
    "domestic_abuse_of_child_per_10000": (8, 250),
    # Numbers: from the smallest force to the Metropolitan Police, with room for half as much again.
    "missing_incidents_number": (20, 26_000),
    "children_missing_number": (15, 3_500),
    "children_missing_at_31_march_number": (0, 100),
    "children_looked_after_number": (600, 23_000),
    "police_missing_number": (150, 20_000),
    "missing_related_calls_number": (1_000, 85_000),
}
# England's figures move slowly: a year outside these bounds is a fault of the load before it is news.
ENGLAND = {
    "children_missing_percent": (8, 14),
    "missing_more_than_once_percent": (55, 70),
    "incidents_per_missing_child": (4, 8),
    "missing_incidents_per_1000": (550, 900),
    # 2015 was the first year of the collection: half of what it was from 2018 on.
    "children_missing_per_10000": (4, 14),
    "children_away_percent": (1.5, 5),
    "police_missing_per_10000": (35, 80),
    "going_missing_per_10000": (10, 20),
    "child_sexual_exploitation_per_10000": (8, 20),
    "child_criminal_exploitation_per_10000": (6, 18),
    "going_missing_percent": (2.5, 4.5),
    "child_sexual_exploitation_percent": (2, 5),
    "child_criminal_exploitation_percent": (1.5, 4),
    "children_in_section_47_per_10000": (95, 180),
    "section_47_enquiries_per_10000": (100, 210),
    "children_at_conference_per_10000": (48, 72),
    "children_on_plan_per_10000": (35, 50),
    "second_plans_percent": (13, 27),
    "re_referrals_percent": (20, 26),
    "trafficking_per_10000": (1.5, 3),
    "gangs_per_10000": (6, 14),
    # 2021, the first year of the heading, is low: many councils did not yet say by whom.
    "sexual_abuse_by_adult_per_10000": (9, 18),
    "sexual_abuse_by_child_per_10000": (5, 13),
    "physical_abuse_by_adult_per_10000": (22, 56),
    "physical_abuse_by_child_per_10000": (7, 15),
    "neglect_per_10000": (65, 80),
    "domestic_abuse_of_child_per_10000": (42, 58),
    "missing_incidents_number": (25_000, 100_000),
    "children_missing_number": (5_000, 16_000),
    "children_missing_at_31_march_number": (100, 500),
    "children_looked_after_number": (95_000, 130_000),
    "police_missing_number": (35_000, 90_000),
    "missing_related_calls_number": (150_000, 350_000),
}


def test_forces_with_a_value_are_as_many_as_before(real: Warehouse) -> None:
    found = real.rows("coverage", COVERAGE).astype({"forces": "int64"})
    kept = pd.read_csv(KEPT, comment="#")
    key = ["measure_id", "year"]
    both = kept.merge(found, on=key, how="outer", suffixes=("_kept", "_found"), indicator=True)
    columns = ("forces", "with_value", "lower_bounds")
    differs = (both["_merge"] != "both") | (
        both[[f"{c}_kept" for c in columns]].to_numpy() != both[[f"{c}_found" for c in columns]]
    ).any(axis=1)
    changed = found.merge(both.loc[differs, key], on=key)
    assert not differs.any(), (
        f"{int(differs.sum())} lines of {KEPT.name} differ; they would now be\n{changed.to_csv(index=False)}"
    )


def test_every_measure_has_bounds_and_every_bound_its_measure(real: Warehouse) -> None:
    measures = set(real.rows("measures", "SELECT measure_id FROM measure")["measure_id"])
    assert set(FORCES) == set(ENGLAND) == measures


@pytest.mark.parametrize("measure", FORCES)
def test_figures_of_forces_lie_within_what_can_be_believed(measure: str, real: Warehouse) -> None:
    query = """
        SELECT area_code, period_end, value FROM indicator JOIN force ON force_code = area_code
        WHERE measure_id = $measure AND value IS NOT NULL AND hidden_parts = 0 AND unranked_because IS NULL
    """
    values = real.rows("figures of forces", query, {"measure": measure})
    least, most = FORCES[measure]
    assert not values.empty
    assert values[~values["value"].between(least, most)].to_dict("records") == []


@pytest.mark.parametrize("measure", ENGLAND)
def test_figures_of_england_lie_within_what_can_be_believed(measure: str, real: Warehouse) -> None:
    query = (
        "SELECT period_end, value FROM indicator WHERE measure_id = $measure AND area_code = 'E92000001' AND value IS NOT NULL"
    )
    values = real.rows("figures of England", query, {"measure": measure})
    least, most = ENGLAND[measure]
    assert not values.empty
    assert values[~values["value"].between(least, most)].to_dict("records") == []


@pytest.mark.parametrize(
    ("measure", "first", "last", "gaps"),
    [
        ("missing_incidents_number", 2015, 2024, set()),
        ("children_missing_percent", 2018, 2024, set()),
        ("police_missing_per_10000", 2016, 2021, set()),
        ("going_missing_percent", 2018, 2025, set()),
        ("child_criminal_exploitation_percent", 2022, 2025, set()),
        ("children_in_section_47_per_10000", 2013, 2025, set()),
        ("second_plans_percent", 2013, 2025, set()),
        ("sexual_abuse_by_adult_per_10000", 2021, 2025, set()),
        ("neglect_per_10000", 2018, 2025, set()),
    ],
)
def test_a_measure_covers_the_years_that_its_definition_says(
    measure: str, first: int, last: int, gaps: set[int], real: Warehouse
) -> None:
    query = "SELECT DISTINCT year(period_end) AS year FROM indicator WHERE measure_id = $measure AND value IS NOT NULL"
    years = set(real.rows("years", query, {"measure": measure})["year"])
    assert years == set(range(first, last + 1)) - gaps
