"""Zeros that are no counts, in the build of the real data: what they were taken for before, and that nothing rests on one."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from etl.checks import run_checks
from etl.reference import Reference
from insight.findings import Finding, Profile, findings_of
from insight.format import Word, figure_text, is_missing
from insight.profile.reading import gather
from insight.queries import figures
from insight.queries.ask import remembering
from insight.warehouse import Warehouse

NOTTINGHAMSHIRE, METROPOLITAN, HERTFORDSHIRE = "E23000019", "E23000001", "E23000027"
COUNTY, HACKNEY = "E10000024", "E09000012"
SHARE = "child_criminal_exploitation_percent"
JUDGED = {
    "compared_with_nation": "Not compared",
    "outlier": "Not compared",
    "outlier_unadjusted": "Not compared",
    "recent_trend": "Cannot be calculated",
    "change_from_previous": "Cannot be calculated",
}
EMPTY = ("lower_95", "upper_95", "lower_998", "upper_998", "rank", "rank_lower", "rank_upper", "probability_highest_quarter")
# Figures of an authority that is a doubtful zero, and of the force that it is a part of, newest figures only.
TOUCHED = """
SELECT i.* FROM indicator i JOIN doubtful_part USING (measure_id, area_code, period_end)
UNION ALL
SELECT i.* FROM indicator i JOIN doubtful_figure d USING (measure_id, area_code, area_level, period_end)
WHERE d.area_level = 'local_authority'
"""
DOUBTS = """
SELECT o.*, la.la_name, la.force_code FROM observation o JOIN local_authority la ON la.la_code = o.area_code
WHERE o.doubtful IS NOT NULL
"""
# Every figure with a doubtful one among the five years that end with it; ``year_before``: it is the figure or that of the year before.
MOVED_ON_DOUBT = """
SELECT m.recent_trend, m.change_from_previous, year(m.period_end) - year(d.period_end) <= 1 AS year_before
FROM indicator m JOIN indicator_with_doubts d USING (measure_id, area_code, area_level)
WHERE d.doubtful IS NOT NULL AND year(m.period_end) - year(d.period_end) BETWEEN 0 AND 4
"""


def one(warehouse: Warehouse, area: str, measure: str, year: int) -> dict[str, Any]:
    rows = figures.force_all_measures(warehouse, area)
    [row] = rows[(rows["measure_id"] == measure) & (rows["period_end"].dt.year == year)].to_dict("records")
    return row


def findings(warehouse: Warehouse, force: str, year: int) -> list[Finding]:
    known = date(year, 3, 31)
    return findings_of(replace(gather(remembering(warehouse), force), until=known, as_of=known))


def shown(row: dict[str, Any]) -> str:
    return figure_text(row, {**row, "decimals": 1}, {"not_available": Word("Not available", "")})


@pytest.mark.parametrize("year", [2022, 2023, 2024, 2025])
def test_nottinghamshire_is_not_compared_on_criminal_exploitation(year: int, real: Warehouse) -> None:
    """The county names it in none of thousands of assessments, the city in 5.6% (2025); together they were 'lower'."""
    force = one(real, NOTTINGHAMSHIRE, SHARE, year)
    assert force["compared_with_nation"] == "Not compared"
    assert is_missing(force["outlier"])
    assert is_missing(force["rank"])
    assert force["hidden_parts"] == 1
    assert "Nottinghamshire council reported 0" in force["doubtful_parts"]


def test_the_figure_of_nottinghamshire_in_2025_is_a_lower_bound(real: Warehouse) -> None:
    force, county = one(real, NOTTINGHAMSHIRE, SHARE, 2025), one(real, COUNTY, SHARE, 2025)
    assert (force["numerator"], force["denominator"], shown(force)) == (199, 9_165, "at least 2.2%")
    assert (county["numerator"], county["denominator"], shown(county)) == (0, 5_639, "0.0%†")


def test_the_metropolitan_figure_of_2021_is_at_least_what_the_others_than_hackney_add_up_to(real: Warehouse) -> None:
    force, hackney = (one(real, area, "children_missing_percent", 2021) for area in (METROPOLITAN, HACKNEY))
    assert (force["numerator"], force["denominator"], shown(force)) == (1_833, 14_154, "at least 13.0%")
    assert force["doubtful_parts"] == "Hackney council reported 0, which its publisher says it could not provide."
    assert (shown(hackney), hackney["compared_with_nation"], hackney["denominator"]) == ("0.0%†", "Not compared", 616)


@pytest.mark.parametrize("as_of", ["2022", "2023", "2024"])
def test_the_metropolitan_figure_of_2021_is_a_lower_bound_as_of_every_release(as_of: str, real: Warehouse) -> None:
    series = figures.series_as_of(real, "children_missing_percent", as_of)
    force = series[(series["area_code"] == METROPOLITAN) & (series["period_end"].dt.year == 2021)]
    assert list(force["hidden_parts"]) == [1]
    assert list(force["compared_with_nation"]) == ["Not compared"]


def test_no_finding_of_hertfordshire_in_2023_is_about_its_zero(real: Warehouse) -> None:
    """It was the first finding and stood out. The force has one authority, so that nothing is left but that there is no figure."""
    assert one(real, HERTFORDSHIRE, SHARE, 2023)["status"] == "not_available"
    about = [f for f in findings(real, HERTFORDSHIRE, 2023) if any("criminal" in each.subject for each in f.figures)]
    assert {finding.rule for finding in about} <= {"no figure", "unknown trend"}
    assert any("Hertfordshire council reported 0" in finding.sentence for finding in about)


@pytest.mark.parametrize(
    ("measure", "year", "forces", "average"),
    [
        ("neglect_per_10000", 2025, {"Hampshire"}, 64.9),
        ("police_missing_per_10000", 2021, {"Cheshire", "Nottinghamshire", "Cleveland", "Wiltshire"}, 40.8),
    ],
)
def test_a_listed_figure_of_a_force_stands_and_is_compared_with_nothing(
    measure: str, year: int, forces: set[str], average: float, real: Warehouse
) -> None:
    """One council's 11,711 assessments with neglect lifted the average of forces from 65 to 74."""
    query = """
        SELECT i.*, f.force_name, c.average, c.forces_compared, m.multiplier FROM indicator i JOIN measure m USING (measure_id)
        JOIN force f ON f.force_code = i.area_code JOIN comparison c USING (measure_id, period_end)
        WHERE i.measure_id = $measure AND year(i.period_end) = $year AND i.value IS NOT NULL AND i.hidden_parts = 0 AND NOT i.apart
    """
    rows = real.rows("of the year", query, {"measure": measure, "year": year})
    named = rows["force_name"].isin(forces)
    listed, others = rows[named], rows[~named]
    assert set(listed["force_name"]) == forces
    assert set(listed["verdict"]) == {"Not compared"}
    assert set(listed["verdict_basis"]) == {"doubtful figure"}
    assert "doubtful figure" not in set(others["verdict_basis"])
    for column, word in JUDGED.items():
        assert set(listed[column].dropna()) <= {word}, column
    assert listed[list(EMPTY)].isna().all(axis=None)
    assert others["rank"].notna().any()
    pooled, everyone = (one["numerator"].sum() / one["denominator"].sum() * rows["multiplier"].iloc[0] for one in (others, rows))
    assert set(rows["average"].round(1)) == {average} == {round(pooled, 1)}
    assert round(everyone, 1) != average
    assert set(rows["forces_compared"]) == {len(others)}


def test_regions_and_england_stand_as_published(real: Warehouse) -> None:
    rows = real.rows("published", "SELECT * FROM indicator WHERE basis = 'published' AND area_level IN ('region', 'country')")
    assert len(rows) > 1_000
    assert (rows["hidden_parts"] == 0).all()


def test_nothing_is_judged_that_a_doubtful_zero_is_a_part_of(real: Warehouse) -> None:
    rows = real.rows("touched", TOUCHED)
    assert set(rows["area_level"]) == {"force", "local_authority", "region", "country"}
    assert len(rows) > 500
    for column, word in JUDGED.items():
        assert set(rows[column].dropna()) <= {word}, column
    for column in EMPTY:
        assert rows[column].isna().all(), column
    summed = rows[rows["area_level"].isin(["force", "local_authority"])]  # a region's figure stands as published
    assert ((summed["hidden_parts"] > 0) | summed["value"].isna() | (summed["area_level"] == "local_authority")).all()


def test_a_force_without_any_part_that_counts_has_no_zero(real: Warehouse) -> None:
    query = """
        SELECT p.release, p.figure_id, p.period_end, la.force_code, any_value(o.value) AS value, any_value(o.status) AS status
        FROM observation p JOIN local_authority la ON la.la_code = p.area_code
        JOIN observation o ON o.area_code = la.force_code AND o.figure_id = p.figure_id AND o.release = p.release
            AND o.period_end = p.period_end
        GROUP BY ALL HAVING count(p.doubtful) > 0 AND count(p.value) = count(p.doubtful)
    """
    rows = real.rows("without a part", query)
    assert len(rows) > 20
    assert rows["value"].isna().all()
    assert not set(rows["status"]) & {"reported", "not_applicable"}


def test_no_finding_of_any_force_and_year_rests_on_a_doubtful_zero(real: Warehouse, all_facts: list[Profile]) -> None:
    touched = real.rows("touched", TOUCHED)
    forces = touched[touched["area_level"] == "force"]
    keys = {(row.area_code, row.measure_id, f"{row.period_end:%Y-%m-%d}") for row in forces.itertuples()}
    looked_at = 0
    touched_codes = set(forces["area_code"])
    for facts in all_facts:
        code = str(facts.force["force_code"])
        if code not in touched_codes:
            continue
        for year in range(2015, 2026):
            known = date(year, 3, 31)
            for finding in findings_of(replace(facts, until=known, as_of=known)):
                resting = [f for f in finding.figures if (code, f.subject, f.period) in keys]
                looked_at += len(resting)
                if finding.rule in ("trend", "change", "rank", "count", "no trend"):
                    assert not resting, finding.sentence
                if finding.rule in ("level", "repeat missing") and (code, *_subject(finding)) in keys:
                    assert "not compared" in finding.sentence
                    assert "at least" in finding.sentence
                    assert "reported 0" in finding.sentence
    assert looked_at > 100


def _subject(finding: Finding) -> tuple[str, str]:
    return finding.figures[0].subject, finding.figures[0].period


def test_zeros_that_are_natural_stay_data(real: Warehouse) -> None:
    """Small authorities, and children missing on 31 March unless another release hides the same figure."""
    doubts = real.rows("doubts", DOUBTS)
    on_the_day = doubts[doubts["figure_id"] == "children_missing_at_31_march"]
    assert on_the_day["doubtful"].str.contains("another release|Hackney|consecutive years of 0").all()
    query = "SELECT count(*) AS zeros FROM observation WHERE figure_id = 'children_missing_at_31_march' AND value = 0"
    assert len(on_the_day) < int(real.rows("zeros", query)["zeros"].iloc[0]) / 20
    looked_after = ("children_missing", "missing_incidents", "children_looked_after")
    assert not (doubts["la_name"].isin(["City of London", "Isles of Scilly"]) & doubts["figure_id"].isin(looked_after)).any()


def test_no_children_go_with_no_incidents(real: Warehouse) -> None:
    query = """
        SELECT a.area_code, a.period_end, a.release FROM observation a
        JOIN observation b USING (area_code, period_end, release)
        WHERE a.figure_id = 'children_missing' AND b.figure_id = 'missing_incidents' AND a.value = 0 AND b.value = 0
            AND (a.doubtful IS NULL) <> (b.doubtful IS NULL)
    """
    assert real.rows("apart", query).empty


def test_every_doubtful_zero_is_counted_and_every_listed_one_still_stands(real: Warehouse, real_reference: Reference) -> None:
    """When the publisher mends one, or a release brings others: look at each, then change data/reference/doubtful_zeros.yaml."""
    results = run_checks(real.connection, real_reference)
    counted = [r for r in results if r.check_id.startswith("doubtful_zeros/")]
    listed = [r for r in results if r.check_id.startswith("known_doubtful_zero/")]
    assert [r.check_id for r in [*counted, *listed] if not r.passed] == []
    assert not any(r.expected == "not looked at yet" for r in counted)
    assert len(listed) == 14
    doubts = real.rows("doubts", DOUBTS)
    assert sum(int(r.found) for r in counted) == len(doubts)


def test_a_listed_zero_that_the_publisher_mends_fails_its_check(real: Warehouse, real_reference: Reference) -> None:
    [known] = [z for z in real_reference.doubtful_zeros if z.area == HACKNEY]
    mended = replace(real_reference, doubtful_zeros=[known.model_copy(update={"figures": ["children_missing"], "years": [2022]})])
    [result] = [r for r in run_checks(real.connection, mended) if r.check_id.startswith("known_doubtful_zero/")]
    assert (result.passed, result.severity, result.found) == (False, "warning", "104 in release 2024")


def test_no_doubtful_zero_is_judged_in_the_json_of_the_public_site(public_site: Path) -> None:
    folder = (public_site / "snapshots" / "latest").resolve() / "api" / "v1"
    files = [*sorted((folder / "measure").glob("*.json")), *sorted((folder / "force").glob("*.json"))]
    zeros = bounds = 0
    for path in files:
        for row in json.loads(path.read_text(encoding="utf-8"))["figures"]:
            zero = row["doubtful"] and row["area_level"] == "local_authority"
            if zero or (row["doubtful_parts"] and row["area_level"] == "force"):
                assert row["hidden_parts"] > 0 or row["value"] is None
                assert (row["rank"], row["lower_95"], row["upper_95"]) == (None, None, None)
                for column in ("compared_with_nation", "outlier", "recent_trend", "change_from_previous"):
                    assert row[column] in (None, JUDGED[column]), (path.name, row)
                zeros, bounds = zeros + bool(zero), bounds + bool(row["doubtful_parts"])
    assert zeros > 200
    assert bounds > 200


def test_no_trend_and_no_change_rests_on_a_doubtful_figure(real: Warehouse) -> None:
    """Findings say nothing of doubt beside a trend or a change, because there is none to speak of."""
    rows = real.rows("doubtful in the span", MOVED_ON_DOUBT)
    assert len(rows)
    assert set(rows["recent_trend"]) == {"Cannot be calculated"}
    assert set(rows.loc[rows["year_before"], "change_from_previous"]) == {"Cannot be calculated"}
