"""What the build of the real data has to satisfy as a whole: areas, releases, checks, and one content for one input."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

import etl.build
from etl.build import make_draft
from etl.checks import run_checks
from etl.contents import content_hash, tables
from etl.paths import DataFolder
from etl.reference import Reference
from etl.releases import Release
from insight.warehouse import Warehouse

LONDON, INNER, OUTER = "E12000007", "E13000001", "E13000002"


# ------------------------------------------------------------------------------------------------ checks
def test_every_check_passes_and_is_kept_with_the_build(real: Warehouse, real_reference: Reference) -> None:
    results = run_checks(real.connection, real_reference)
    assert [result for result in results if not result.passed] == []
    kept = real.rows("checks", "SELECT check_id, passed FROM check_result")
    assert set(kept["check_id"]) == {result.check_id for result in results}
    assert kept["passed"].all()


@pytest.mark.parametrize(
    ("kind", "least"),
    [
        ("total/looked_after_missing/2024", 90), ("total/looked_after_missing/2015", 8), ("total/assessment_factors/2025", 272),
        ("total/child_population/2024", 26), ("coverage/", 100), ("known_grades/", 8), ("known_figure/", 13),
    ],
)  # fmt: skip
def test_every_kind_of_check_is_made(kind: str, least: int, real: Warehouse) -> None:
    """A check that finds nothing to check would pass in silence."""
    made = real.rows("checks", "SELECT count(*) AS made FROM check_result WHERE starts_with(check_id, $kind)", {"kind": kind})
    assert made.at[0, "made"] >= least


# ------------------------------------------------------------------------------------------------ areas
def test_there_are_43_forces_and_163_authorities_each_in_one_english_force(real: Warehouse) -> None:
    forces = real.rows("forces", "SELECT country, count(*) AS forces FROM force GROUP BY country")
    assert dict(zip(forces["country"], forces["forces"], strict=True)) == {"England": 39, "Wales": 4}
    authorities = real.rows("authorities", "SELECT la_code, country FROM local_authority JOIN force USING (force_code)")
    assert len(authorities) == authorities["la_code"].nunique() == 163
    assert set(authorities["country"]) == {"England"}


def test_every_english_force_but_none_of_wales_has_an_authority(real: Warehouse) -> None:
    found = real.rows("forces", "SELECT country, force_code IN (SELECT force_code FROM local_authority) AS has FROM force")
    assert set(zip(found["country"], found["has"], strict=True)) == {("England", True), ("Wales", False)}


def test_only_the_city_of_london_is_never_ranked(real: Warehouse) -> None:
    unranked = real.rows("unranked", "SELECT force_code, unranked_because FROM force WHERE unranked_because IS NOT NULL")
    assert list(unranked["force_code"]) == ["E23000034"]
    ranked = real.rows("ranked", "SELECT count(rank) AS ranks FROM indicator WHERE area_code = 'E23000034'")
    assert ranked.at[0, "ranks"] == 0


def test_an_authority_and_its_successors_do_not_both_count_in_a_year(real: Warehouse) -> None:
    """Buckinghamshire, Northamptonshire and the rest: the old code and the new are never both reported."""
    successors = [
        ("E10000002", ["E06000060"]), ("E10000021", ["E06000061", "E06000062"]), ("E10000006", ["E06000063", "E06000064"]),
        ("E10000023", ["E06000065"]), ("E10000027", ["E06000066"]), ("E06000028", ["E06000058"]), ("E06000029", ["E06000058"]),
    ]  # fmt: skip
    query = """
        SELECT DISTINCT area_code, period_end, figure_id, release FROM current_observation
        WHERE value > 0 AND list_contains($codes, area_code)
    """
    key = ["period_end", "figure_id", "release"]
    for old, new in successors:
        before = real.rows("before", query, {"codes": [old]})
        after = real.rows("after", query, {"codes": new})
        assert not before.empty, old
        assert not after.empty, new
        assert before.merge(after, on=key).empty, (old, new)


# ------------------------------------------------------------------------------------------------ releases
@pytest.mark.parametrize(
    ("year", "release"),
    [(2015, "2015"), (2016, "2016"), (2017, "2017"), (2018, "2022"), (2019, "2023")]
    + [(year, "2024") for year in range(2020, 2025)],
)
def test_a_year_is_the_newest_release_that_has_it_taken_as_a_whole(year: int, release: str, real: Warehouse) -> None:
    in_use = real.rows(
        "release in use",
        """SELECT release, count(*) AS figures FROM current_observation JOIN figure USING (figure_id)
           WHERE publication = 'looked_after_missing' AND year(period_end) = $year GROUP BY release""",
        {"year": year},
    )
    whole = real.rows(
        "whole release",
        """SELECT count(*) AS figures FROM observation JOIN figure USING (figure_id)
           WHERE publication = 'looked_after_missing' AND year(period_end) = $year AND release = $release""",
        {"year": year, "release": release},
    )
    assert list(in_use["release"]) == [release]
    assert in_use.at[0, "figures"] == whole.at[0, "figures"]


@pytest.mark.parametrize("release", ["2015", "2016", "2017"])
def test_the_three_regions_of_london_are_told_apart_and_add_up(release: str, real: Warehouse) -> None:
    assert regions_of_london(real, release) == {LONDON, INNER, OUTER}
    sums = real.rows(
        "London and its two parts",
        """SELECT figure_id, sum(value) FILTER (area_code = $london) AS london,
               sum(value) FILTER (area_code <> $london) AS parts
           FROM observation WHERE release = $release AND area_code IN ($london, $inner, $outer) GROUP BY figure_id""",
        {"release": release, "london": LONDON, "inner": INNER, "outer": OUTER},
    )
    assert len(sums) == 8
    # Each of the three is rounded to 10.
    assert ((sums["london"] - sums["parts"]).abs() <= 15).all()


def regions_of_london(real: Warehouse, release: str) -> set[str]:
    query = "SELECT DISTINCT area_code FROM observation WHERE release = $release AND area_code IN ($a, $b, $c) AND value > 0"
    return set(real.rows("regions", query, {"release": release, "a": LONDON, "b": INNER, "c": OUTER})["area_code"])


def test_what_was_known_at_the_newest_release_is_what_is_known_now(real: Warehouse) -> None:
    differing = real.rows(
        "as of now",
        """SELECT i.measure_id, i.area_code, i.period_end FROM indicator i JOIN measure USING (measure_id)
           JOIN (SELECT publication, max(as_of) AS newest FROM indicator_as_of JOIN measure USING (measure_id)
               GROUP BY publication) USING (publication)
           LEFT JOIN indicator_as_of a ON a.as_of = newest AND a.measure_id = i.measure_id AND a.area_code = i.area_code
               AND a.period_end = i.period_end
           WHERE i.area_level <> 'local_authority'
               AND (a.area_code IS NULL OR a.value IS DISTINCT FROM i.value OR a.lower_95 IS DISTINCT FROM i.lower_95)""",
    )
    assert differing.empty


def test_every_release_says_where_it_comes_from(real: Warehouse) -> None:
    sources = real.rows("sources", "SELECT * FROM source")
    assert len(sources) == 27
    unstated = {"police_missing_children", "missing_related_calls", "police_missing_care_status"}
    licences = sources["publication"].isin(unstated).map({True: "not-stated", False: "OGL-UK-3.0"})
    assert (sources["licence"] == licences).all()
    assert set(sources["origin"]) == {"publisher"}
    assert sources[["publisher", "title", "url", "done", "coverage", "file_sha256"]].notna().all(axis=None)


# ------------------------------------------------------------------------------------------------ one content for one input
@pytest.fixture(scope="module")
def writable(real_warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """A copy of the build, open for writing."""
    path = tmp_path_factory.mktemp("content") / "copy.duckdb"
    path.write_bytes(real_warehouse.read_bytes())
    with duckdb.connect(path) as connection:
        yield connection
    path.unlink()


@pytest.fixture
def copy(writable: duckdb.DuckDBPyConnection) -> Iterator[duckdb.DuckDBPyConnection]:
    """A copy of the build that may be changed; the changes are undone."""
    writable.execute("BEGIN")
    yield writable
    writable.execute("ROLLBACK")


@pytest.fixture(scope="module")
def kept_hash(real: Warehouse) -> str:
    """The content hash that the build keeps."""
    return str(real.rows("build", "SELECT content_hash FROM build").at[0, "content_hash"])


def test_the_content_hash_is_that_of_the_tables(kept_hash: str, copy: duckdb.DuckDBPyConnection, real_warehouse: Path) -> None:
    assert content_hash(copy) == kept_hash
    assert real_warehouse.stem.endswith(kept_hash[:8])


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE observation SET value = value + 1"
        " WHERE area_code = 'E23000038' AND figure_id = 'missing_incidents' AND release = '2024' AND period_end = '2024-03-31'",
        "UPDATE indicator SET recent_trend = 'Increasing'"
        " WHERE area_code = 'E23000038' AND measure_id = 'children_missing_percent' AND period_end = '2024-03-31'",
        "UPDATE monitoring_event SET topic = topic || '.' WHERE force_code = 'E23000001'",
        "DELETE FROM recommendation WHERE number = 1 AND inspection_id = 'dorset-ncpi-2021'",
    ],
)
def test_one_changed_row_changes_the_content_hash(change: str, kept_hash: str, copy: duckdb.DuckDBPyConnection) -> None:
    copy.execute(change)
    assert content_hash(copy) != kept_hash


def test_the_content_hash_does_not_depend_on_when_a_build_was_made(kept_hash: str, copy: duckdb.DuckDBPyConnection) -> None:
    copy.execute("UPDATE build SET duration = 99, built_at = '2000-01-01', code_version = 'another'")
    copy.execute("DELETE FROM check_result")
    assert content_hash(copy) == kept_hash


def test_the_content_hash_does_not_depend_on_the_order_of_rows() -> None:
    hashes = set()
    for rows in ("(1, 'a'), (2, 'b'), (2, NULL)", "(2, NULL), (1, 'a'), (2, 'b')"):
        with duckdb.connect() as connection:
            connection.execute(f"CREATE TABLE figures AS FROM (VALUES {rows}) AS given (number, letter)")
            hashes.add(content_hash(connection))
    assert len(hashes) == 1


def test_the_content_hash_is_that_of_the_sorted_lines_of_every_table(copy: duckdb.DuckDBPyConnection) -> None:
    """What DuckDB makes of it by itself: a build of today can be held against one of any earlier day."""
    lines = "sha256(coalesce(string_agg(row::VARCHAR, chr(10) ORDER BY row::VARCHAR), ''))"
    kept = [table for table in tables(copy) if table not in ("build", "check_result")]
    hashes = [f"{table} {copy.execute(f'SELECT {lines} FROM {table} row').fetchall()[0][0]}" for table in kept]
    assert content_hash(copy) == copy.execute("SELECT sha256($1)", ["\n".join(hashes)]).fetchall()[0][0]


def test_a_build_takes_one_processor(made_up_data: DataFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    threads = []
    load = etl.build.load

    def noted(connection: duckdb.DuckDBPyConnection, releases: list[Release], reference: Reference) -> None:
        threads.extend(connection.execute("SELECT current_setting('threads')").fetchall())
        load(connection, releases, reference)

    monkeypatch.setattr(etl.build, "load", noted)
    make_draft(made_up_data, tmp_path / "draft.duckdb", lambda step: None)
    assert threads == [(1,)]


def test_the_same_input_has_the_same_content_and_one_changed_figure_another(made_up_data: DataFolder, tmp_path: Path) -> None:
    first, second = (make_draft(made_up_data, tmp_path / f"{name}.duckdb", lambda step: None) for name in "ab")
    assert first.content_hash == second.content_hash
    path = made_up_data.published / "police_missing_children" / "2021.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("children_reported_missing,305,", "children_reported_missing,306,", 1), encoding="utf-8")
    changed = make_draft(made_up_data, tmp_path / "c.duckdb", lambda step: None)
    assert changed.content_hash != first.content_hash
    assert changed.rows == second.rows == first.rows
