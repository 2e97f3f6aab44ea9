"""Rules that the schema holds: a row that breaks one cannot be put in, whatever wrote it; references of large tables by a check."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

import etl.build
from etl.checks import failures, run_checks
from etl.paths import DataFolder
from etl.problems import ChecksFailed
from etl.reference import Reference
from etl.releases import Release

# A row that is there, at a time of its own: whatever is then spoiled in it is the only thing that can be refused.
FIGURE = """
INSERT INTO observation
SELECT * REPLACE ({spoilt}) FROM (
    SELECT * REPLACE ('1999-03-31'::DATE AS period_end) FROM observation
    WHERE area_level = 'local_authority' AND status = 'reported' LIMIT 1)
"""
MEASURE = "INSERT INTO measure SELECT * REPLACE ('new' AS measure_id, 99 AS position, NULL AS headline, NULL AS force_series, {spoilt}) FROM measure LIMIT 1"
FORCE = """
INSERT INTO force
SELECT * REPLACE ('E99000099' AS force_code, 'Sampleshire' AS force_name, 'Sampleshire' AS label, 'ZZZ' AS short_code, {spoilt}) FROM force LIMIT 1
"""
CHECK, FOREIGN_KEY, TWICE = "CHECK constraint", "foreign key", "Duplicate key"
BAD_ROWS = {
    "a figure twice": ("INSERT INTO observation FROM observation LIMIT 1", TWICE),
    "a negative figure": (FIGURE.format(spoilt="-1 AS value"), CHECK),
    "a doubt about a figure above zero": (FIGURE.format(spoilt="7 AS value, 'Made up.' AS doubtful"), CHECK),
    "a suppressed figure with a value": (FIGURE.format(spoilt="'suppressed' AS status"), CHECK),
    "a reported figure without a value": (FIGURE.format(spoilt="NULL AS value"), CHECK),
    "hidden parts of an authority": (FIGURE.format(spoilt="1 AS hidden_parts"), CHECK),
    "an unknown level of area": (FIGURE.format(spoilt="'town' AS area_level"), CHECK),
    "a measure of an area twice": ("INSERT INTO indicator FROM indicator LIMIT 1", TWICE),
    "a value below its interval": ("UPDATE indicator SET value = lower_95 / 2 WHERE lower_95 > 0", CHECK),
    "a narrow 99.8% interval": ("UPDATE indicator SET upper_998 = value WHERE upper_95 > value", CHECK),
    "a rank outside its interval": ("UPDATE indicator SET rank = rank_upper + 1 WHERE rank IS NOT NULL", CHECK),
    "a probability above one": ("UPDATE indicator SET probability_highest_quarter = 1.5", CHECK),
    "a value that is not reported": ("UPDATE indicator SET status = 'suppressed' WHERE value IS NOT NULL", CHECK),
    "a basis that is none": ("UPDATE indicator SET basis = 'guessed'", CHECK),
    "a comparison over nothing": ("UPDATE comparison SET denominator = 0", CHECK),
    "two forces on one tile": (FORCE.format(spoilt="region AS region"), TWICE),
    "a force of another country": (FORCE.format(spoilt="99 AS tile_row, 'Exampland' AS country"), CHECK),
    "an authority in no force": ("INSERT INTO local_authority VALUES ('E99', 'Sampleton', 'gone')", FOREIGN_KEY),
    "a force taken from under its authorities": ("DELETE FROM force WHERE force_code = 'E23000038'", FOREIGN_KEY),
    "a graded question without a grade": ("UPDATE grade SET grade = NULL, grade_order = NULL WHERE status = 'graded'", CHECK),
    "a grade without its place": ("UPDATE grade SET grade_order = NULL WHERE status = 'graded'", CHECK),
    "a grade without a page": ("UPDATE grade SET source_url = NULL WHERE status = 'graded'", CHECK),
    "a grade of another scale": ("UPDATE grade SET grade = 'Excellent' WHERE status = 'graded'", FOREIGN_KEY),
    "a question that the cycle does not ask": ("UPDATE grade SET question = 'Legitimacy' WHERE cycle = '2014'", FOREIGN_KEY),
    "counts that do not add up": ("UPDATE grade_count SET good = good + 1", CHECK),
    "more case files graded than audited": ("UPDATE inspection SET cases_good = cases_audited + 1", CHECK),
    "a range of days to a visit that ends before it begins": (
        "UPDATE inspection SET days_after_due_visit_most = days_after_due_visit_least - 1",
        CHECK,
    ),
    "a range of days to a report that ends before it begins": (
        "UPDATE inspection SET days_after_due_report_most = days_after_due_report_least - 1",
        CHECK,
    ),
    "a planned return after a graded inspection": (
        "UPDATE inspection SET revisit_due_first = '2024-01-01', revisit_due_last = '2024-01-01' WHERE kind LIKE '%graded%'",
        CHECK,
    ),
    "a return that is no one's": ("UPDATE inspection SET revisit_id = NULL WHERE revisits > 0", CHECK),
    "a date in words": ("UPDATE inspection SET published = 'in spring'", CHECK),
    "a count with a denominator": (MEASURE.format(spoilt="'count' AS kind"), CHECK),
    "a polarity that is none": (MEASURE.format(spoilt="'up' AS polarity"), CHECK),
    "a source of unknown origin": ("UPDATE source SET origin = 'hearsay'", CHECK),
    "a break at no time": ("UPDATE series_break SET starts = NULL, cycle = NULL", CHECK),
    "a check of unknown severity": ("UPDATE check_result SET severity = 'fatal'", CHECK),
}
# References of the largest tables are held by a check: what it must find, by row.
BAD_REFERENCES = {
    "a figure of an unknown kind": (
        FIGURE.format(spoilt="'gone' AS figure_id"),
        "table observation, column figure_id, value gone",
    ),
    "a figure of no source": (FIGURE.format(spoilt="'gone' AS source_id"), "table observation, column source_id, value gone"),
    "a status that is none": (
        FIGURE.format(spoilt="'gone' AS status, NULL AS value"),
        "table observation, column status, value gone",
    ),
    "an unknown measure": (
        "INSERT INTO indicator SELECT * REPLACE ('gone' AS measure_id) FROM indicator LIMIT 1",
        "table indicator, column measure_id, value gone",
    ),
    "an unknown measure of an earlier release": (
        "INSERT INTO indicator_as_of SELECT * REPLACE ('gone' AS measure_id) FROM indicator_as_of LIMIT 1",
        "table indicator_as_of, column measure_id, value gone",
    ),
    "a status of a measure that is none": (
        "UPDATE indicator SET status = 'gone' WHERE status = 'suppressed'",
        "table indicator, column status, value gone",
    ),
}
UNSPOILT = [
    FIGURE.format(spoilt="value AS value"),
    MEASURE.format(spoilt="polarity AS polarity"),
    FORCE.format(spoilt="99 AS tile_row"),
]


@pytest.fixture(scope="module")
def copy(real_warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """A copy of the build that may be changed."""
    path = tmp_path_factory.mktemp("constraints") / "copy.duckdb"
    path.write_bytes(real_warehouse.read_bytes())
    with duckdb.connect(path) as connection:
        yield connection
    path.unlink()


@pytest.fixture
def changing(copy: duckdb.DuckDBPyConnection) -> Iterator[duckdb.DuckDBPyConnection]:
    """The copy, whatever is done to it being undone."""
    copy.execute("BEGIN")
    yield copy
    copy.execute("ROLLBACK")


@pytest.mark.parametrize("bad", BAD_ROWS)
def test_the_schema_refuses(bad: str, changing: duckdb.DuckDBPyConnection) -> None:
    statement, rule = BAD_ROWS[bad]
    with pytest.raises(duckdb.ConstraintException, match=rule):
        changing.execute(statement)


@pytest.mark.parametrize("bad", BAD_REFERENCES)
def test_a_check_refuses_what_refers_to_nothing(bad: str, changing: duckdb.DuckDBPyConnection, real_reference: Reference) -> None:
    statement, found = BAD_REFERENCES[bad]
    changing.execute(statement)
    [failed] = [one for one in failures(run_checks(changing, real_reference)) if one.check_id == "references_known"]
    assert failed.found == f"1: {found}"


def test_a_build_with_a_reference_to_nothing_is_not_made_current(
    made_up_data: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    load, before = etl.build.load, sorted(made_up_data.warehouse.iterdir())

    def spoilt(connection: duckdb.DuckDBPyConnection, releases: list[Release], reference: Reference) -> None:
        load(connection, releases, reference)
        connection.execute("UPDATE observation SET source_id = 'gone' WHERE area_level = 'region'")

    monkeypatch.setattr(etl.build, "load", spoilt)
    with pytest.raises(ChecksFailed) as refused:
        etl.build.build(made_up_data)
    assert "references_known" in {one.check_id for one in refused.value.failed}
    assert sorted(made_up_data.warehouse.iterdir()) == before


@pytest.mark.parametrize("statement", UNSPOILT)
def test_the_rows_that_are_spoilt_would_else_be_taken(statement: str, changing: duckdb.DuckDBPyConnection) -> None:
    changing.execute(statement)
