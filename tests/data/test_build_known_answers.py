"""Answers that are known by heart, asked of the build of the real data as a page asks it."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pandas as pd
import pytest

from insight.cycles import seams
from insight.queries import figures, inspections
from insight.warehouse import Warehouse

WILTSHIRE, ENGLAND = "E23000038", "E92000001"
INCIDENTS = [345, 514, 745, 734, 734, 568, 423, 384, 464, 564]


def test_missing_incidents_of_wiltshire_over_ten_years(real: Warehouse) -> None:
    series = figures.series(real, "missing_incidents_number")
    wiltshire = series[series["area_code"] == WILTSHIRE]
    assert list(wiltshire["value"]) == INCIDENTS
    assert [period.year for period in wiltshire["period_end"]] == list(range(2015, 2025))
    assert set(wiltshire["hidden_parts"]) == {0}
    assert set(wiltshire["basis"]) == {"sum of authorities"}


@pytest.mark.parametrize(
    ("measure", "value"),
    [("missing_incidents_number", 83_920), ("children_missing_number", 13_010), ("children_looked_after_number", 116_420)],
)
def test_england_in_2024(measure: str, value: int, real: Warehouse) -> None:
    areas = figures.areas_in_year(real, measure, date(2024, 3, 31))
    [england] = areas[areas["area_code"] == ENGLAND].to_dict("records")
    assert (england["value"], england["basis"]) == (value, "published")


# Of the publisher's files: Swindon and Wiltshire, 2025, over the children of mid-2024 where it is a rate.
WILTSHIRE_2025 = {
    "section_47_enquiries_per_10000": (820 + 1060, None),
    "children_in_section_47_per_10000": (787 + 909, None),
    "children_at_conference_per_10000": (245 + 476, None),
    "children_on_plan_per_10000": (181 + 314, None),
    "re_referrals_percent": (529 + 517, 2303 + 2770),
}


@pytest.mark.parametrize("measure", WILTSHIRE_2025)
def test_the_child_protection_process_of_wiltshire_in_2025(measure: str, real: Warehouse) -> None:
    series = figures.series(real, measure).set_index(["area_code", "period_end"])
    found = series.loc[(WILTSHIRE, pd.Timestamp(2025, 3, 31))]
    numerator, denominator = WILTSHIRE_2025[measure]
    assert (found["numerator"], found["hidden_parts"], found["basis"]) == (numerator, 0, "sum of authorities")
    assert denominator in (None, found["denominator"])
    assert found["value"] == pytest.approx(numerator / found["denominator"] * (100 if denominator else 10_000))


def test_the_authorities_of_england_add_up_but_for_those_without_data(real: Warehouse) -> None:
    """2024: England holds estimates, its authorities 590,572 of 621,880 referrals. 2025: all there, to within rounding."""
    query = """
        SELECT figure_id, year(period_end) AS year, area_level, sum(value) AS total FROM current_observation
        WHERE year(period_end) IN (2024, 2025) AND area_level IN ('local_authority', 'country') GROUP BY ALL
    """
    sums = real.rows("sums", query).set_index(["figure_id", "year", "area_level"])["total"]
    assert sums["referrals", 2024, "local_authority"] == 590_572
    assert sums["referrals", 2024, "country"] == 621_880
    whole = (
        "referrals", "re_referrals_within_12_months", "section_47_enquiries", "initial_child_protection_conferences",
        "child_protection_plans_started", "child_protection_plans_second_or_subsequent", "assessments_with_factors",
    )  # fmt: skip
    for figure in whole:
        assert abs(sums[figure, 2025, "local_authority"] - sums[figure, 2025, "country"]) <= 5, figure


def test_grades_of_wiltshire_in_2021_22(real: Warehouse) -> None:
    grades = inspections.grades(real, "2021/22", WILTSHIRE)
    assert Counter(grades["grade"].dropna()) == {"Inadequate": 3, "Requires improvement": 5}
    assert set(grades[grades["grade"] == "Inadequate"]["question"]) == {
        "Protecting vulnerable people",
        "Responding to the public",
        "Strategic planning and use of resources",
    }


@pytest.mark.parametrize(
    ("cycle", "question", "counts"),
    [
        ("2015", "Effectiveness", {"Outstanding": 1, "Good": 24, "Requires improvement": 18}),
        ("2016", "Effectiveness", {"Outstanding": 1, "Good": 28, "Requires improvement": 13, "Inadequate": 1}),
    ],
)
def test_grades_of_all_forces_as_announced(cycle: str, question: str, counts: dict[str, int], real: Warehouse) -> None:
    grades = inspections.grades(real, cycle)
    assert Counter(grades[grades["question"] == question]["grade"].dropna()) == counts


def test_three_forces_required_improvement_in_efficiency_in_2014(real: Warehouse) -> None:
    grades = inspections.grades(real, "2014")
    assert Counter(grades["grade"].dropna())["Requires improvement"] == 3


def test_cycles_are_comparable_as_the_inspectorate_says(real: Warehouse) -> None:
    cycles = inspections.cycles(real)
    said = {row["cycle"]: row["comparable_with_previous"] for row in cycles.astype("object").to_dict("records")}
    assert {cycle: flag for cycle, flag in said.items() if cycle != "2014"} == {
        "2015": True, "2016": True, "2017": True, "2018/19": True, "2021/22": False, "2023-25": False,
    }  # fmt: skip
    assert said["2014"] is not True
    assert said["2014"] is not False
    # Flag (cycles.csv) and reason (series_breaks.yaml) stand in two files: each seam has both, nothing else has either.
    assert list(seams(cycles)) == ["2021/22", "2023-25"] == list(cycles.loc[cycles["why_apart"].notna(), "cycle"])


@pytest.mark.parametrize(("cycle", "tiers", "level"), [("2018/19", 4, "pillar"), ("2021/22", 5, "area"), ("2023-25", 5, "area")])
def test_the_scale_of_a_cycle(cycle: str, tiers: int, level: str, real: Warehouse) -> None:
    cycles = inspections.cycles(real).set_index("cycle")
    assert (cycles.loc[cycle, "tiers"], cycles.loc[cycle, "level"]) == (tiers, level)
    adequate = (inspections.grades(real, cycle)["grade"] == "Adequate").any()
    assert adequate == (tiers == 5)


def test_lists_of_areas_are_complete_for_as_many_forces_as_the_sources_allow(real: Warehouse) -> None:
    """16 and 24 forces: facts README. Of these an absent area is known not to be in the report."""
    query = """
        SELECT cycle, count(DISTINCT force_code) AS forces FROM grade_count c
        WHERE areas_graded = (SELECT count(*) FROM grade g
            WHERE g.force_code = c.force_code AND g.cycle = c.cycle AND g.status = 'graded')
        GROUP BY cycle
    """
    complete = real.rows("complete lists", query).set_index("cycle")["forces"].to_dict()
    assert complete == {"2021/22": 16, "2023-25": 24}


def test_wales_has_grades_but_no_figures_of_missing_children(real: Warehouse) -> None:
    year = figures.forces_in_year(real, "children_missing_number", date(2024, 3, 31))
    welsh = year[year["country"] == "Wales"]
    assert len(welsh) == 4
    assert set(welsh["status"]) == {"not_covered"}
    assert welsh["value"].isna().all()
    assert inspections.grades(real, "2018/19", "W15000001")["grade"].notna().all()


def test_warwickshire_and_west_mercia_have_no_police_figure_of_their_own(real: Warehouse) -> None:
    year = figures.forces_in_year(real, "police_missing_number", date(2021, 3, 31)).set_index("area_name")
    for name in ("Warwickshire", "West Mercia"):
        assert year.loc[name, "status"] == "reported_jointly"
