"""What a warehouse must satisfy: reconciliation with published totals, integrity, coverage, known answers.

Every check reads the tables and ``data/reference``, no release, so that it can be run again on any warehouse.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, product
from operator import itemgetter
from typing import Any

import duckdb
import pandas as pd

from etl.check_queries import (
    COVERAGE,
    DOUBTFUL_ZEROS,
    ERROR,
    FAULTS,
    FORCES_BY_COUNTRY,
    KNOWN_FIGURES,
    KNOWN_GRADES,
    NEWEST_VALUES,
    REFERENCES,
    TOTALS,
    WARNING,
)
from etl.doubtful_areas import MOST
from etl.reference import Reference
from insight.statistics import Trend, Verdict

ROUNDING = 5

ENGLISH_FORCES, WELSH_FORCES = 39, 4
Row = tuple[Any, ...]
EXPECTED_FORCES = {"England": ENGLISH_FORCES, "Wales": WELSH_FORCES}


@dataclass(frozen=True)
class CheckResult:
    """The outcome of one check. A failed check of severity ``error`` refuses the build."""

    check_id: str
    passed: bool
    severity: str
    detail: str
    expected: str
    found: str


def run_checks(connection: duckdb.DuckDBPyConnection, reference: Reference) -> list[CheckResult]:
    """Run every check on the tables of a warehouse."""
    return [
        *_forces(connection),
        *_faults(connection),
        _references(connection),
        *_totals(connection),
        *_coverage(connection),
        *_known_answers(connection, reference),
        *_doubtful_zeros(connection, reference),
        *_known_doubtful_zeros(connection, reference),
    ]


def failures(results: list[CheckResult]) -> list[CheckResult]:
    """The failed checks that refuse a build."""
    return [result for result in results if not result.passed and result.severity == ERROR]


def _forces(connection: duckdb.DuckDBPyConnection) -> Iterator[CheckResult]:
    found = dict(connection.execute(FORCES_BY_COUNTRY).fetchall())
    detail = "There are 43 territorial forces, 39 in England and 4 in Wales"
    yield CheckResult("forces_43", found == EXPECTED_FORCES, ERROR, detail, str(EXPECTED_FORCES), str(found))


def _faults(connection: duckdb.DuckDBPyConnection) -> Iterator[CheckResult]:
    connection.execute("SET VARIABLE not_compared = $1", [str(Verdict.NOT_COMPARED)])
    connection.execute("SET VARIABLE too_few = $1", [str(Verdict.TOO_FEW)])
    connection.execute("SET VARIABLE most_in_doubt = $1", [MOST])
    connection.execute("SET VARIABLE no_trend = $1", [str(Trend.CANNOT_BE_CALCULATED)])
    for check_id, (severity, detail, query) in FAULTS.items():
        faults = connection.execute(query).df()
        found = "none" if faults.empty else f"{len(faults)}: {_first(faults)}"
        yield CheckResult(check_id, faults.empty, severity, detail, "none at fault", found)


def _references(connection: duckdb.DuckDBPyConnection) -> CheckResult:
    """References of large tables, which DuckDB is slow to hold row by row; in a shared warehouse, which holds none, all."""
    references = connection.execute(REFERENCES).fetchall()
    faults = pd.DataFrame([row for one in references for row in _unknown(connection, *one)])
    detail = "Every row refers to what is there; add what it names to data/reference, or correct the row in its release"
    found = "none" if faults.empty else f"{len(faults)}: {_first(faults)}"
    return CheckResult("references_known", faults.empty, ERROR, detail, "none at fault", found)


def _unknown(
    connection: duckdb.DuckDBPyConnection, table: str, columns: list[str], other: str, referenced: list[str]
) -> list[dict[str, str]]:
    """What rows of a table refer to and the other does not have; a missing value refers to nothing."""
    said = connection.table(table).select(*map(duckdb.ColumnExpression, columns))
    for column in columns:
        said = said.filter(duckdb.ColumnExpression(column).isnotnull())
    known = connection.table(other).select(*map(duckdb.ColumnExpression, referenced))
    unknown = sorted(", ".join(map(str, row)) for row in said.distinct().except_(known).fetchall())
    return [{"table": table, "column": ", ".join(columns), "value": value} for value in unknown]


def _first(faults: pd.DataFrame, most: int = 3) -> str:
    rows = [", ".join(f"{key} {value}" for key, value in row.items()) for row in faults.head(most).to_dict("records")]
    return "; ".join(rows) + (" …" if len(faults) > most else "")


def _totals(connection: duckdb.DuckDBPyConnection) -> Iterator[CheckResult]:
    """One check a release, year, figure and level. What is hidden can only be missing from a sum, never be too much."""
    for key, rows in groupby(connection.execute(TOTALS).fetchall(), key=itemgetter(slice(5))):
        group = [row[5:] for row in rows]
        rounding = 0 if key[0] == "child_population" else ROUNDING
        wrong = [
            (name, published, total, hidden)
            for name, published, total, hidden in group
            if total - published > rounding or (hidden == 0 and published - total > rounding)
        ]
        shown = group if len(group) == 1 else wrong
        published = "; ".join(f"{name} {value:,}" for name, value, _, _ in shown)
        summed = "; ".join(f"{name} {total:,}, {hidden} hidden" for name, _, total, hidden in shown)
        yield CheckResult(
            check_id="total/" + "/".join(key),
            passed=not wrong,
            severity=ERROR,
            detail=f"Authorities add up to the published {key[-1]} figures, within rounding and what is hidden",
            expected=published or f"{len(group)} regions within ±{rounding}",
            found=summed or f"{len(group)} regions agree, {sum(row[-1] for row in group)} authorities hidden",
        )


def _coverage(connection: duckdb.DuckDBPyConnection) -> Iterator[CheckResult]:
    for row in connection.execute(COVERAGE).df().itertuples():
        yield CheckResult(
            check_id=f"coverage/{row.measure_id}/{row.period_end}",
            passed=row.forces == ENGLISH_FORCES,
            severity=WARNING,
            detail="Every English force has a value or the reason for none",
            expected=f"{ENGLISH_FORCES} forces",
            found=f"{row.forces} forces, {row.with_value} with a value, {int(row.lower_bounds)} of them minimums",
        )


def _known_answers(connection: duckdb.DuckDBPyConnection, reference: Reference) -> Iterator[CheckResult]:
    for known in reference.known_grades:
        parameters = {"cycle": known.cycle, "question": known.question, "grade": known.grade}
        (found,) = connection.execute(KNOWN_GRADES, parameters).fetchone() or (0,)
        check_id = f"known_grades/{known.cycle}/{known.question}/{known.grade}"
        detail = "As many forces have this grade as the inspectorate announced"
        yield CheckResult(check_id, found == known.forces, ERROR, detail, str(known.forces), str(found))
    figures = [figure.model_dump(exclude={"value"}) for figure in reference.known_figures]
    values = _of_known(connection, KNOWN_FIGURES, figures)
    for figure, asked in zip(reference.known_figures, figures, strict=True):
        if (row := values.get(tuple(asked.values()))) is None:
            continue  # that release is not loaded
        check_id = f"known_figure/{figure.figure_id}/{figure.area_code}/{figure.release}/{figure.year}"
        detail = "A figure known by heart is what its release says"
        yield CheckResult(check_id, row[0] == figure.value, ERROR, detail, str(figure.value), str(row[0]))


def _doubtful_zeros(connection: duckdb.DuckDBPyConnection, reference: Reference) -> Iterator[CheckResult]:
    """One check a publication, release and year. A warning only: the next release changes what is known of an earlier one."""
    expected = {(known.publication, known.release, known.year): known.zeros for known in reference.known_doubtful_zeros}
    for row in connection.execute(DOUBTFUL_ZEROS).df().itertuples():
        known = expected.get((row.publication, row.release, row.year), None if _is_new(row, expected) else 0)
        yield CheckResult(
            check_id=f"doubtful_zeros/{row.publication}/{row.release}/{row.year}",
            passed=known in (None, row.zeros),
            severity=WARNING,
            detail="As many zeros of authorities are doubtful as when last looked at (data/reference/doubtful_zeros.yaml)",
            expected="not looked at yet" if known is None else str(known),
            found=str(row.zeros),
        )


def _is_new(row: Any, expected: dict[tuple[str, str, int], int]) -> bool:
    """Whether nobody has looked at a release."""
    return not any(known[:2] == (row.publication, row.release) for known in expected)


def _known_doubtful_zeros(connection: duckdb.DuckDBPyConnection, reference: Reference) -> Iterator[CheckResult]:
    """A zero on the reviewed list is still a zero; once the publisher mends it, the list must say so no more."""
    zeros = [
        {"figure_id": figure_id, "area_code": known.area, "year": year}
        for known in reference.doubtful_zeros
        for figure_id, year in product(known.figures, known.years)
    ]
    values = _of_known(connection, NEWEST_VALUES, zeros)
    for zero in zeros:
        if (row := values.get(tuple(zero.values()))) is None:
            continue  # that year is not loaded
        yield CheckResult(
            check_id="known_doubtful_zero/{figure_id}/{area_code}/{year}".format(**zero),
            passed=row[0] == 0,
            severity=WARNING,
            detail="A zero that is listed as doubtful still stands; if not, take it off data/reference/doubtful_zeros.yaml",
            expected="0",
            found=f"{'no value' if row[0] is None else row[0]} in release {row[1]}",
        )


def _of_known(connection: duckdb.DuckDBPyConnection, query: str, known: list[dict[str, Any]]) -> dict[Row, Row]:
    """What the warehouse holds of each thing known, by what it is known by; nothing of what is not loaded."""
    if not known:
        return {}
    width = len(known[0])
    return {row[:width]: row[width:] for row in connection.execute(query, {"known": known}).fetchall()}
