"""The build against the collection that it was carried from, row by row. Runs where that collection is at hand."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from insight.warehouse import Warehouse

FACTS = Path(__file__).resolve().parents[2].parent / "shared" / "facts"
KEY = ["release", "area_code", "period_end", "figure_id"]

pytestmark = pytest.mark.skipif(not FACTS.is_dir(), reason="the collection of facts is not at hand")


def looked_after() -> pd.DataFrame:
    return read("looked_after_missing").rename(columns={"year_ending": "period_end", "measure": "figure_id"})


def population() -> pd.DataFrame:
    facts = read("child_population").rename(columns={"population": "value"})
    return facts.assign(period_end=facts["mid_year"] + "-06-30", figure_id="population_0_17", release="2024")


def assessments() -> pd.DataFrame:
    facts = read("assessments_going_missing").rename(columns={"year_ending": "period_end"})
    figures = ("assessments_" + facts["measure"]).where(facts["measure"] != "assessments_with_factors", facts["measure"])
    return facts.assign(figure_id=figures, release="2025")


def factors() -> pd.DataFrame:
    facts = read("assessment_factors").rename(columns={"year_ending": "period_end"})
    named = "assessments_" + facts["measure"].replace("episodes_with_assessment_factor", "with_factors")
    return facts.assign(figure_id=named, release="2025")


def process() -> pd.DataFrame:
    facts = read("child_protection_process").rename(columns={"year_ending": "period_end", "measure": "figure_id"})
    return facts.assign(release="2025")


def police() -> pd.DataFrame:
    facts = read("police_missing_children")
    return facts.rename(columns={"force_code": "area_code", "year_ending": "period_end", "measure": "figure_id"}).assign(
        release="2021"
    )


def care_status() -> pd.DataFrame:
    facts = read("police_missing_care_status")
    facts = facts[facts["measure"] != "incidents_per_individual"]  # computed here from the counts
    counted = facts["measure"].map({"missing_incidents": "incidents", "missing_individuals": "children"})
    figures = "police_" + counted + "_" + facts["care_status"].str.replace(" ", "_")
    named = facts.rename(columns={"force_code": "area_code", "year_ending": "period_end"})
    return named.assign(figure_id=figures, release="2021")


FIGURES = {
    "looked_after_missing": looked_after,
    "child_population": population,
    "assessments": assessments,
    "assessment_factors": factors,
    "child_protection_process": process,
    "police": police,
    "care_status": care_status,
}


def read(name: str) -> pd.DataFrame:
    return pd.read_csv(FACTS / f"{name}.csv", dtype="str")


@pytest.fixture(scope="module")
def observed(real: Warehouse) -> pd.DataFrame:
    """Every figure of the build."""
    query = "SELECT release, area_code, period_end::VARCHAR AS period_end, figure_id, value, status FROM observation"
    return real.rows("figures", query).set_index(KEY)


@pytest.mark.parametrize("name", FIGURES)
def test_every_figure_of_the_collection_is_in_the_build_as_it_is(name: str, observed: pd.DataFrame) -> None:
    facts = FIGURES[name]().set_index(KEY)
    found = observed.reindex(facts.index)
    assert found["status"].notna().all()
    shown = found["status"] != "withheld"  # tests/data/test_disclosure.py says which
    found, facts = found[shown], facts[shown]
    pd.testing.assert_series_equal(found["value"], facts["value"].astype("float64"), check_dtype=False)
    pd.testing.assert_series_equal(found["status"], facts["status"], check_dtype=False)


@pytest.mark.parametrize("name", FIGURES)
def test_ten_figures_drawn_at_random_are_in_the_build(name: str, real: Warehouse) -> None:
    """The same asked one by one, as a person would look them up."""
    for fact in FIGURES[name]().sample(10, random_state=2024).to_dict("records"):
        query = """
            SELECT value, status FROM observation
            WHERE release = $release AND area_code = $area_code AND period_end = $period_end::DATE AND figure_id = $figure_id
        """
        [found] = real.rows("one figure", query, {column: fact[column] for column in KEY}).to_dict("records")
        if found["status"] == "withheld":
            continue
        assert found["status"] == fact["status"]
        assert pd.isna(found["value"]) if pd.isna(fact["value"]) else found["value"] == int(fact["value"])


def test_the_build_has_no_figure_that_neither_the_collection_nor_a_sum_gives(observed: pd.DataFrame, real: Warehouse) -> None:
    facts = pd.concat([make() for make in FIGURES.values()])
    known = pd.MultiIndex.from_frame(facts[KEY])
    forces = set(real.rows("forces", "SELECT force_code FROM force")["force_code"])
    others = observed.loc[~observed.index.isin(known)].reset_index()
    others = others[~others["area_code"].isin(forces)]
    assert others.empty


@pytest.mark.parametrize(
    ("name", "table", "key"),
    [
        ("peel_grades", "grade", ["force_code", "cycle", "question"]),
        ("peel_grade_counts", "grade_count", ["force_code", "cycle"]),
        ("child_protection_inspections", "inspection", ["inspection_id"]),
        ("child_protection_grades", "inspection_grade", ["inspection_id", "area"]),
        ("monitoring_events", "monitoring_event", ["force_code", "event", "topic", "date"]),
        ("forces", "force", ["force_code"]),
        ("local_authorities", "local_authority", ["la_code"]),
    ],
)
def test_judgements_and_areas_are_carried_over_cell_by_cell(name: str, table: str, key: list[str], real: Warehouse) -> None:
    facts = read(name).fillna(dict.fromkeys(key, "")).set_index(key).sort_index()
    found = real.rows(table, f"FROM {table}").set_index(key)
    columns = [column for column in facts.columns if column in found.columns]
    assert len(columns) >= 2
    for column in columns:
        kept = found[column].reindex(facts.index)
        if pd.api.types.is_numeric_dtype(kept):
            pd.testing.assert_series_equal(kept.astype("float64"), facts[column].astype("float64"))
        else:
            assert list(kept.astype("object").fillna("")) == list(facts[column].astype("object").fillna("")), column


def test_every_percentage_of_the_collection_is_in_the_build_as_it_is(real: Warehouse) -> None:
    ids = {
        "children_missing_percent": "looked_after_missing",
        "children_away_percent": "looked_after_away",
        "referrals_from_police_percent": "referrals_from_police",
    }
    facts = read("authority_percentages")
    facts = facts.assign(percentage_id=facts["measure"].map(ids)).set_index(["percentage_id", "area_code", "year_ending"])
    query = "SELECT *, period_end::VARCHAR AS year_ending FROM authority_percentage"
    found = real.rows("percentages", query).set_index(["percentage_id", "area_code", "year_ending"]).reindex(facts.index)
    assert len(facts) == real.rows("number", "SELECT count(*) AS n FROM authority_percentage")["n"].iloc[0]
    pd.testing.assert_series_equal(found["percent"], facts["value"].astype("float64"), check_dtype=False, check_names=False)
    pd.testing.assert_series_equal(found["status"], facts["status"], check_dtype=False)


def test_englands_detail_is_that_of_the_newest_release_of_each_year(real: Warehouse) -> None:
    facts = read("looked_after_missing_england_detail").rename(columns={"year_ending": "period_end", "breakdown": "category"})
    newest = facts[facts["release"] == facts.groupby("period_end")["release"].transform("max")]
    found = real.rows("detail", "SELECT * EXCLUDE (period_end), period_end::VARCHAR AS period_end FROM breakdown")
    found = found[found["period_end"] < "2025"]
    assert len(found) == len(newest)
    key = ["period_end", "release", "kind", "category"]
    # One category ('Total incidents') stands in several topics, with one amount.
    for frame in (found, newest):
        assert frame.groupby(key)["status"].nunique().max() == 1
    one = newest.drop_duplicates(key).set_index(key).sort_index()
    other = found.drop_duplicates(key).set_index(key).sort_index()
    pd.testing.assert_series_equal(other["amount"], one["value"].astype("float64"), check_dtype=False, check_names=False)
    pd.testing.assert_series_equal(other["status"], one["status"], check_dtype=False)


def test_englands_newest_year_has_the_ten_figures_that_are_known_of_it(real: Warehouse) -> None:
    facts = read("looked_after_missing_england_2025")
    found = real.rows("newest", "SELECT topic, amount FROM breakdown WHERE year(period_end) = 2025")
    assert sorted(found["amount"]) == sorted(facts["value"].astype(float))
    assert set(found["topic"]) == {"totals", "age"}
