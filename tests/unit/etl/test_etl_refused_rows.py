"""A row that only the schema refuses is found among the others and named by its file and key."""

from __future__ import annotations

import duckdb
import pandas as pd
import pytest

from etl.refused_rows import refused_row

TABLES = """
CREATE TABLE source (source_id VARCHAR PRIMARY KEY, file_name VARCHAR);
INSERT INTO source VALUES ('made-up', 'visits/2024.csv');
CREATE TABLE visit (
    force_code VARCHAR, number INTEGER CHECK (number > 0), source_id VARCHAR REFERENCES source (source_id),
    PRIMARY KEY (force_code, number)
);
"""


@pytest.mark.parametrize("at", [0, 1, 7, 19])
@pytest.mark.parametrize(
    ("number", "force", "said"),
    [(-1, "E99000001", "CHECK constraint"), (2**40, "E99000001", "out of range"), (100, "E99000002", "Duplicate key")],
)
def test_the_first_row_that_is_refused_is_named(at: int, number: int, force: str, said: str) -> None:
    frame = pd.DataFrame({"force_code": "E99000001", "number": range(1, 21), "source_id": "made-up"})
    frame.loc[at, ["number", "force_code"]] = [number, force]
    with duckdb.connect() as connection:
        connection.execute(TABLES)
        connection.execute("INSERT INTO visit VALUES ('E99000002', 100, 'made-up')")
        with pytest.raises((duckdb.ConstraintException, duckdb.ConversionException)) as error:
            connection.append("visit", frame, by_name=True)
        [problem] = refused_row(connection, "visit", frame, error.value).problems
        assert connection.execute("SELECT count(*) FROM visit").fetchone() == (1,)
    assert (problem.file, problem.column, problem.value) == (
        "visits/2024.csv", "force_code, number", f"{force}, {number}",
    )  # fmt: skip
    assert said in problem.why


def test_a_row_of_a_table_without_a_source_is_named_by_its_table() -> None:
    frame = pd.DataFrame({"a": [1, 2, 2]})
    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE t (a INTEGER PRIMARY KEY)")
        with pytest.raises(duckdb.ConstraintException) as error:
            connection.append("t", frame, by_name=True)
        [problem] = refused_row(connection, "t", frame, error.value).problems
    assert (problem.file, problem.value) == ("table t", "2")
