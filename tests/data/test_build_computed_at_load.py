"""What the build computes once for readers: verdicts, regions, neighbours, case files and associations, reckoned again."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from scipy.stats import boschloo_exact, kendalltau

from insight.inspections.grade_and_measure import beside
from insight.queries import figures, inspections
from insight.warehouse import Warehouse
from vocabulary import PROTECTING

LONDON_CITY = ("E23000034", "E09000001")
EVERY = "SELECT i.*, m.kind, m.independent FROM indicator i JOIN measure m USING (measure_id)"
REGIONS = """
SELECT i.*, r.value AS region_value, r.verdict_basis AS region_basis,
    (SELECT count(*) FROM force n WHERE n.region = f.region AND n.unranked_because IS NULL) AS ranked
FROM indicator i JOIN force f ON f.force_code = i.area_code
LEFT JOIN region_or_country a ON a.area_name = f.region AND a.area_level = 'region'
LEFT JOIN indicator r ON r.area_code = a.area_code AND r.measure_id = i.measure_id AND r.period_end = i.period_end
"""


@pytest.fixture(scope="module")
def every(real: Warehouse) -> pd.DataFrame:
    return real.rows("every", EVERY)


def expected(row: pd.Series) -> tuple[str, str]:
    """The table of words in methods.md, row by row, from the stored numbers and flags."""
    if row["area_code"] in LONDON_CITY:
        return "Too few children to compare", ""
    flag = row["outlier"] if isinstance(row["outlier"], str) else ""
    if "(" in flag:
        return ("Unusually high" if flag.startswith("High") else "Unusually low"), flag.split("(")[1].rstrip(")")
    word = row["compared_with_nation"]
    if word != "Not compared":
        return {"Similar": "About average", "Higher": "Above average", "Lower": "Below average"}[word.split(" ")[0]], ""
    return ("Within the usual range" if flag else "Not compared"), ""


def test_every_verdict_is_the_first_row_of_the_scale_that_holds(every: pd.DataFrame) -> None:
    told = [expected(row) for _, row in every.iterrows()]
    stored = list(zip(every["verdict"], every["verdict_level"].fillna(""), strict=True))
    wrong = [(key, one, other) for key, one, other in zip(every["measure_id"], told, stored, strict=True) if one != other]
    assert wrong == []


def test_a_verdict_by_the_interval_agrees_with_interval_and_average(real: Warehouse) -> None:
    rows = real.rows("forces", "SELECT i.*, c.average FROM indicator i JOIN comparison c USING (measure_id, period_end)")
    rows = rows[(rows["area_level"] == "force") & (rows["verdict_basis"] == "interval against the average of forces")]
    above, below = rows["lower_95"] > rows["average"], rows["upper_95"] < rows["average"]
    word = np.select([above, below], ["Above average", "Below average"], "About average")
    assert len(rows) > 1000
    assert (rows["verdict"] == word).all()


def test_london_city_has_too_few_children_everywhere(every: pd.DataFrame) -> None:
    city = every[every["area_code"].isin(LONDON_CITY)]
    assert set(city["area_level"]) == {"force", "local_authority"}
    assert set(city["verdict"]) == {"Too few children to compare"}
    assert set(every.loc[~every["area_code"].isin(LONDON_CITY), "verdict"]).isdisjoint({"Too few children to compare"})


def test_every_basis_fits_its_row(every: pd.DataFrame) -> None:
    by = dict(iter(every.groupby("verdict_basis")))
    assert set(by["bare count"]["kind"]) == {"count"}
    assert set(by["not compared with itself"]["area_level"]) == {"country"}
    assert by["interval against England"]["area_level"].isin(["region", "local_authority"]).all()
    assert by["adjusted limits"]["outlier"].notna().all()
    assert set(by["doubtful zero of an authority"]["area_level"]) == {"region", "country"}
    assert by["doubtful zero of an authority"]["value"].notna().any()
    assert not by["no interval"]["independent"].any()
    bounds = by["no complete figure"]
    assert (bounds["value"].isna() | (bounds["hidden_parts"] > 0)).all()


def test_councils_and_regions_are_never_unusual(every: pd.DataFrame) -> None:
    unusual = every[every["verdict"].str.startswith("Unusually")]
    assert set(unusual["area_level"]) == {"force"}


def test_the_newest_release_as_of_itself_has_the_verdicts_of_today(real: Warehouse) -> None:
    both = real.rows(
        "as of",
        "SELECT i.verdict, a.verdict AS then FROM indicator_as_of a JOIN indicator i USING (measure_id, area_code, period_end) "
        "JOIN measure m USING (measure_id) JOIN (SELECT m.publication, max(as_of) AS as_of FROM indicator_as_of "
        "JOIN measure m USING (measure_id) GROUP BY m.publication) n ON n.publication = m.publication AND n.as_of = a.as_of",
    )
    assert len(both) > 1000
    assert (both["verdict"] == both["then"]).all()


def test_forces_are_compared_with_their_region_unless_they_are_it(real: Warehouse) -> None:
    rows = real.rows("regions", REGIONS)
    alone = (rows["ranked"] < 2) | rows["region_value"].isna() | rows["lower_95"].isna()
    alone |= rows["region_basis"].isin(["doubtful zero of an authority", "doubtful figure"])
    assert set(rows.loc[alone, "compared_with_region"]) == {"Not compared"}
    rest = rows[~alone]
    outside = np.select(
        [rest["lower_95"] > rest["region_value"], rest["upper_95"] < rest["region_value"]], ["Higher", "Lower"], "Similar"
    )
    assert len(rest) > 1000
    assert (rest["compared_with_region"].str.split(" ").str[0] == outside).all()


def test_the_nearest_neighbours_are_those_of_distances_reckoned_one_by_one(real: Warehouse) -> None:
    features = real.rows("features", "SELECT * FROM force_feature ORDER BY force_code").set_index("force_code")
    names = ["children", "looked_after_rate", "children_per_authority"]
    scaled = {name: [math.log(value) for value in features[name]] for name in names}
    for values in scaled.values():
        mean = sum(values) / len(values)
        spread = math.sqrt(sum((value - mean) ** 2 for value in values) / len(values))
        values[:] = [(value - mean) / spread for value in values]
    places = {code: [scaled[name][index] for name in names] for index, code in enumerate(features.index)}
    for code in features.index[::7]:
        told = sorted((math.dist(places[code], place), other) for other, place in places.items() if other != code)
        stored = figures.nearest_neighbours(real, code, len(places))
        assert stored["area_code"].tolist() == [other for _, other in told]
        assert stored["distance"].tolist() == pytest.approx([far for far, _ in told])


def test_features_are_those_of_the_newest_complete_figures(real: Warehouse) -> None:
    row = figures.force_features(real, "E23000038").iloc[0]
    counted = real.rows(
        "counted",
        "SELECT count(*) AS n, sum(value) AS children FROM current_observation o JOIN local_authority la ON la.la_code = o.area_code "
        "WHERE figure_id = 'population_0_17' AND la.force_code = 'E23000038' AND value IS NOT NULL AND period_end = "
        "(SELECT max(period_end) FROM current_observation WHERE figure_id = 'population_0_17')",
    ).iloc[0]
    assert (row["authorities"], row["children"]) == (counted["n"], counted["children"])
    assert row["children_per_authority"] == pytest.approx(row["children"] / row["authorities"])
    assert row["looked_after_rate"] == pytest.approx(row["looked_after"] / row["children"] * 10_000)


@pytest.mark.parametrize("force_code", ["E23000034", "W15000001"])
def test_a_force_that_is_never_ranked_or_without_figures_has_no_neighbours(real: Warehouse, force_code: str) -> None:
    assert figures.force_features(real, force_code).empty
    assert figures.nearest_neighbours(real, force_code, 5).empty


def test_case_files_of_a_review_are_tested_against_those_of_its_inspection(real: Warehouse) -> None:
    stored = inspections.case_audit_changes(real)
    held = inspections.inspections(real).set_index("inspection_id")
    known = stored[stored["p_value"].notna()]
    assert len(known) >= 4
    for row in known.to_dict("records"):
        before, after = held.loc[row["inspection_id"]], held.loc[row["review_id"]]
        assert after["follows"] == row["inspection_id"]
        x, n = before[f"cases_{row['grade']}"], before["cases_audited"]
        y, m = after[f"cases_{row['grade']}"], after["cases_audited"]
        assert row["difference"] == pytest.approx(100 * (y / m - x / n))
        assert row["p_value"] == pytest.approx(boschloo_exact([[x, y], [n - x, m - y]]).pvalue, abs=1e-6)
        better = (row["difference"] > 0) == (row["grade"] == "good")
        word = "No significant change" if row["p_value"] >= 0.05 else f"{'Better' if better else 'Worse'}, beyond chance"
        assert row["verdict"] == word
    assert set(stored.loc[stored["p_value"].isna(), "verdict"]) == {"Cannot be calculated"}


def test_every_measure_year_and_cycle_of_the_page_has_its_association(real: Warehouse) -> None:
    grades = inspections.grades(real)
    cycles = grades.loc[grades["question"] == PROTECTING, "cycle"].unique()
    years = figures.years(real)
    stored = real.rows("associations", "SELECT * FROM grade_association")
    assert set(stored["question"]) == {PROTECTING}
    assert len(stored) == len(cycles) * len(years)


def test_associations_are_scipys_tau_b_over_the_forces_that_the_page_counts(real: Warehouse) -> None:
    grades = inspections.grades(real)
    grades = grades[grades["question"] == PROTECTING]
    stored = real.rows("associations", "SELECT * FROM grade_association ORDER BY cycle, measure_id, period_end")
    tested = 0
    for row in stored.iloc[::11].to_dict("records"):
        measured = figures.forces_in_year(real, row["measure_id"], row["period_end"].date())
        both = beside(grades[grades["cycle"] == row["cycle"]], measured)
        used = both[both["used"]]
        assert row["forces"] == len(used)
        if not math.isnan(row["tau_b"]):
            tested += 1
            assert row["tau_b"] == pytest.approx(kendalltau(used["grade_order"], used["value"]).statistic)
            assert all(low <= high for low, high in pairwise((-1, row["lower_95"], row["upper_95"], 1)))
    assert tested > 5
