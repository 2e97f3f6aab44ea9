"""Rules that the schema itself holds: a row that breaks one cannot be put in, whatever wrote it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

# Each takes a row that is there and spoils one thing; the other columns are such that only the rule in question can bite.
NEW = "'1999-03-31'::DATE AS period_end"
BAD_ROWS = {
    "a figure twice": ("INSERT INTO observation FROM observation LIMIT 1", "Duplicate key"),
    "a negative figure": (f"INSERT INTO observation SELECT * REPLACE (-1 AS value, {NEW}) {{reported}}", "CHECK"),
    "a figure of an unknown kind": ("INSERT INTO observation SELECT * REPLACE ('gone' AS figure_id) {reported}", "foreign key"),
    "a figure of no source": (f"INSERT INTO observation SELECT * REPLACE ('gone' AS source_id, {NEW}) {{reported}}", "foreign key"),
    "a status that is none": (
        f"INSERT INTO observation SELECT * REPLACE ('gone' AS status, NULL AS value, {NEW}) {{reported}}", "foreign key",
    ),
    "a suppressed figure with a value": (
        f"INSERT INTO observation SELECT * REPLACE ('suppressed' AS status, {NEW}) {{reported}}", "CHECK",
    ),
    "a reported figure without a value": (f"INSERT INTO observation SELECT * REPLACE (NULL AS value, {NEW}) {{reported}}", "CHECK"),
    "hidden parts of an authority": (f"INSERT INTO observation SELECT * REPLACE (1 AS hidden_parts, {NEW}) {{reported}}", "CHECK"),
    "an unknown level of area": (f"INSERT INTO observation SELECT * REPLACE ('town' AS area_level, {NEW}) {{reported}}", "CHECK"),
    "a measure of an area twice": ("INSERT INTO indicator FROM indicator LIMIT 1", "Duplicate key"),
    "a value below its interval": ("UPDATE indicator SET value = lower_95 / 2 WHERE lower_95 > 0", "CHECK"),
    "a narrow 99.8% interval": ("UPDATE indicator SET upper_998 = value WHERE upper_95 > value", "CHECK"),
    "a rank outside its interval": ("UPDATE indicator SET rank = rank_upper + 1 WHERE rank IS NOT NULL", "CHECK"),
    "a probability above one": ("UPDATE indicator SET probability_highest_quarter = 1.5", "CHECK"),
    "a value that is not reported": ("UPDATE indicator SET status = 'suppressed' WHERE value IS NOT NULL", "CHECK"),
    "a basis that is none": ("UPDATE indicator SET basis = 'guessed'", "CHECK"),
    "a comparison over nothing": ("UPDATE comparison SET denominator = 0", "CHECK"),
    "two forces on one tile": (
        "INSERT INTO force SELECT * REPLACE ('E99' AS force_code, 'Sampleshire' AS force_name, 'ZZZ' AS short_code) FROM force LIMIT 1",
        "Duplicate key",
    ),
    "an authority in no force": (
        "INSERT INTO local_authority VALUES ('E99', 'Sampleton', 'gone')", "foreign key",
    ),
    "a force taken from under its authorities": ("DELETE FROM force WHERE force_code = 'E23000038'", "foreign key"),
    "a graded question without a grade": ("UPDATE grade SET grade = NULL, grade_order = NULL WHERE status = 'graded'", "CHECK"),
    "a grade without its place": ("UPDATE grade SET grade_order = NULL WHERE status = 'graded'", "CHECK"),
    "a grade without a page": ("UPDATE grade SET source_url = NULL WHERE status = 'graded'", "CHECK"),
    "a grade of another scale": ("UPDATE grade SET grade = 'Excellent' WHERE status = 'graded'", "foreign key"),
    "a question that the cycle does not ask": ("UPDATE grade SET question = 'Legitimacy' WHERE cycle = '2014'", "foreign key"),
    "counts that do not add up": ("UPDATE grade_count SET good = good + 1", "CHECK"),
    "more case files graded than audited": ("UPDATE inspection SET cases_good = cases_audited + 1", "CHECK"),
    "a range of days that ends before it begins": ("UPDATE inspection SET days_late_most = days_late_least - 1", "CHECK"),
    "a date in words": ("UPDATE inspection SET published = 'in spring'", "CHECK"),
    "a count with a multiplier": (
        "INSERT INTO measure SELECT * REPLACE ('a' AS measure_id, 99 AS position, 'count' AS kind) FROM measure LIMIT 1", "CHECK",
    ),
    "a polarity that is none": (
        "INSERT INTO measure SELECT * REPLACE ('a' AS measure_id, 99 AS position, 'up' AS polarity) FROM measure LIMIT 1", "CHECK",
    ),
    "a source of unknown origin": ("UPDATE source SET origin = 'hearsay'", "CHECK"),
    "a break at no time": ("UPDATE series_break SET starts = NULL, cycle = NULL", "CHECK"),
    "a check of unknown severity": ("UPDATE check_result SET severity = 'fatal'", "CHECK"),
}  # fmt: skip
REPORTED = "FROM (FROM observation WHERE area_level = 'local_authority' AND status = 'reported' LIMIT 1)"


@pytest.fixture(scope="module")
def copy(real_warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """A copy of the build that may be changed."""
    path = tmp_path_factory.mktemp("constraints") / "copy.duckdb"
    path.write_bytes(real_warehouse.read_bytes())
    with duckdb.connect(path) as connection:
        yield connection


@pytest.mark.parametrize("bad", BAD_ROWS)
def test_the_schema_refuses(bad: str, copy: duckdb.DuckDBPyConnection) -> None:
    statement, rule = BAD_ROWS[bad]
    copy.execute("BEGIN")
    try:
        with pytest.raises(duckdb.ConstraintException, match=rule):
            copy.execute(statement.format(reported=REPORTED))
    finally:
        copy.execute("ROLLBACK")


def test_the_row_that_the_bad_ones_are_made_from_would_be_taken(copy: duckdb.DuckDBPyConnection) -> None:
    copy.execute("BEGIN")
    copy.execute(f"INSERT INTO observation SELECT * REPLACE ({NEW}) {REPORTED}")
    copy.execute("ROLLBACK")
