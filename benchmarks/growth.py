"""How the warehouse grows: building beside DuckDB alone, and the questions that pages ask at 1, 10 and 100 times the rows."""

from __future__ import annotations

import dataclasses
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

import duckdb
import numpy as np
import pandas as pd

from benchmarks.report import Part, Row
from contract import SCHEMA
from etl import load as loading
from etl.build import ONE_THREAD, make_draft
from etl.checks import run_checks
from etl.contents import content_hash
from etl.load import load
from etl.paths import data_folder
from etl.reference import Reference, load_reference
from etl.releases import Release, read_releases
from etl.row_rules import VALUED
from insight.queries import about, figures, force, inspections
from insight.warehouse import SETTINGS, Warehouse, build_in_use

TIMES, ROUNDS = (1, 10, 100), 3
TIMES_BUILT = (1, 10)
MOST_BUILD, MOST_QUERY = 5.0, 2.0
# The functions of the loader that are statistics: rates, shares and pooled averages; intervals, comparisons, funnels, ranks,
# percentiles and trends; likeness of forces; links of grade and measure; changes of case files. Sums of forces, disclosure and
# doubtful zeros are not among them: they decide what is stored as published.
STATISTICS = (
    "indicators", "with_comparisons", "similar_averages", "force_features", "nearest_neighbours", "grade_associations",
    "case_audit_changes",
)  # fmt: skip
IN_ORDER = "SELECT table_name FROM duckdb_tables() WHERE schema_name = 'main' AND NOT internal ORDER BY table_oid"
AT_A_TIME = 50  # copies; to put a thousand into order at once takes more memory than a machine has
KENT, MEASURE = "E23000032", "children_missing_percent"
NEWEST = "SELECT max(period_end) FROM coverage WHERE measure_id = $measure AND with_value > 0"
# Tables with rows of areas. The copies are of made-up forces and authorities: their codes begin with X and a number.
OF_AREAS = {
    "indicator": ("area_code",),
    "observation": ("area_code",),
    "force": ("force_code", "force_name", "label"),
    "local_authority": ("la_code", "force_code"),
}
Question = Callable[..., pd.DataFrame]
Asked = tuple[tuple[Question, tuple[Any, ...]], ...]


def questions(warehouse: Warehouse) -> dict[str, Asked]:
    """What pages ask, by page; of the newest year that has figures."""
    with warehouse.cursor() as cursor:
        (year,) = cursor.execute(NEWEST, {"measure": MEASURE}).fetchall()[0]
    return {
        "National": ((figures.forces_in_year, (MEASURE, year)), (figures.force_all_measures, ("E92000001",))),
        "Force": ((force.figures, (KENT,)), (figures.parts, (KENT, MEASURE, year))),
        "Compare": ((figures.newest_of_every_measure, ()), (figures.areas_in_year, (MEASURE, year))),
        "Trends": ((figures.series, (MEASURE,)), (figures.revisions, (KENT, "children_missing"))),
        "Police": ((figures.sources_of_measure, (MEASURE, year)), (figures.comparison, (MEASURE, year))),
        "Inspections": ((inspections.grades, (None, KENT)), (inspections.inspections, (KENT,))),
        "Data": ((about.sources, ()), (about.coverage, ()), (about.revised, ()), (about.withheld, ())),
    }


def _copied(source: Path, target: Path, times: int) -> None:
    """A warehouse with the rows of areas so many times, the further ones of made-up areas; no keys, the same views.

    The rows of an area lie side by side, as the loader puts them.
    """
    with duckdb.connect(target) as connection:
        connection.execute(f"ATTACH '{source}' AS source (READ_ONLY)")
        tables = connection.execute(
            "SELECT table_name FROM duckdb_tables() WHERE database_name = 'source' AND schema_name = 'main' ORDER BY table_name"
        ).fetchall()
        for (table,) in tables:
            name = f'"{table}"'
            if table not in OF_AREAS:
                connection.execute(f"CREATE TABLE {name} AS SELECT * FROM source.{name}")
                continue
            renamed = ", ".join(f"'X' || n || {one} AS {one}" for one in OF_AREAS[table])
            area = OF_AREAS[table][0]
            connection.execute(f"CREATE TABLE {name} AS SELECT * FROM source.{name} ORDER BY {area}")
            for first in range(1, int(times), AT_A_TIME):
                copies = f"range({first}, {min(first + AT_A_TIME, int(times))}) r(n)"
                connection.execute(
                    f"INSERT INTO {name} BY NAME SELECT t.* REPLACE ({renamed}) FROM source.{name} t, {copies} ORDER BY {area}"
                )
        views = connection.execute(
            "SELECT sql FROM duckdb_views() WHERE database_name = 'source' AND schema_name = 'main' AND NOT internal "
            "ORDER BY view_oid"
        ).fetchall()
        for (sql,) in views:
            connection.execute(sql)


def _seconds(ask: Callable[[], object], rounds: int = ROUNDS) -> float:
    taken = []
    for _ in range(rounds):
        started = time.process_time()
        ask()
        taken.append(time.process_time() - started)
    return statistics.median(taken)


def _asked(warehouses: list[Warehouse], question: Question, arguments: tuple[Any, ...]) -> tuple[list[float], list[int]]:
    """Seconds that a question takes of each warehouse, and how many rows it returns.

    Raises:
        ValueError: it returns none, so that nothing is measured.
    """
    rows = [len(question(warehouse, *arguments)) for warehouse in warehouses]
    if not rows[0]:
        raise ValueError(f"{question.__name__}{arguments} finds nothing")
    return [_seconds(lambda w=warehouse: question(w, *arguments)) for warehouse in warehouses], rows  # type: ignore[misc]


def _growth_of(page: str, warehouses: list[Warehouse], asked: Asked) -> tuple[Row, str]:
    """The question of a page that grows most beyond its answer, as a row, and what did not hold.

    One about one force, or about the data, has the same answer however many forces there are, and may take twice as long; one
    about all forces has so many times the rows, and may take as many times as long.
    """
    found = []
    for question, arguments in asked:
        seconds, rows = _asked(warehouses, question, arguments)
        ratio, allowed = seconds[-1] / seconds[0], max(MOST_QUERY, rows[-1] / rows[0])
        found.append((ratio / allowed, question.__name__, seconds, rows, ratio, allowed))
    beyond, name, seconds, rows, ratio, allowed = max(found)
    texts = [f"{one * 1000:.0f} ms ({count:,} rows)" for one, count in zip(seconds, rows, strict=True)]
    row = (f"{page}: {name}", *texts, f"{ratio:.1f} × (bar {allowed:.0f} ×)")
    return row, f"{page}: {name} takes {ratio:.1f} × at 100 × the areas, {rows[-1]:,} rows for {rows[0]:,}" if beyond > 1 else ""


def _read(target: Path | str) -> None:
    """DuckDB alone reading every published file as text into a table of a database."""
    with duckdb.connect(target, config=ONE_THREAD) as connection:
        for number, file in enumerate(sorted(data_folder().published.rglob("*.csv"))):
            connection.execute(
                f"CREATE OR REPLACE TABLE t{number} AS SELECT * FROM "
                "read_csv($path, all_varchar = true, ignore_errors = true, strict_mode = false, null_padding = true)",
                {"path": str(file)},
            )


def _store(built: Path, target: Path) -> None:
    """DuckDB alone storing the rows of every table of a build, with the keys and rules that the build's file holds."""
    target.unlink(missing_ok=True)
    with duckdb.connect(target, config=ONE_THREAD) as connection:
        connection.execute(SCHEMA.read_text(encoding="utf-8"))
        tables = connection.execute(IN_ORDER).fetchall()  # before the build's own are there too
        connection.execute(f"ATTACH '{built}' AS built (READ_ONLY)")
        for (table,) in tables:
            connection.execute(f'INSERT INTO "{table}" BY NAME FROM built."{table}"')


@contextmanager
def _clocked(names: tuple[str, ...]) -> Iterator[list[float]]:
    """Processor seconds that each call of these functions of the loader takes, while the block runs."""
    taken: list[float] = []

    def clocked(function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:
            started = time.process_time()
            try:
                return function(*arguments, **named)
            finally:
                taken.append(time.process_time() - started)

        return call

    with ExitStack() as stack:
        for name in names:
            stack.enter_context(patch.object(loading, name, clocked(getattr(loading, name))))
        yield taken


def _builds(draft: Path) -> tuple[float, float]:
    """Seconds that a whole build takes, and without its statistics: the median of some."""
    found = []
    for _ in range(ROUNDS):
        draft.unlink(missing_ok=True)
        with _clocked(STATISTICS) as statistical:
            whole = _seconds(lambda: make_draft(data_folder(), draft, lambda text: None), 1)
        found.append((whole - sum(statistical), whole))
    rest, whole = sorted(found)[ROUNDS // 2]
    return whole, rest


def _build_beside_duckdb(room: Path) -> tuple[list[Row], list[str]]:
    """A whole build beside DuckDB alone, with its statistics and without, and what did not hold.

    DuckDB alone reads what a build reads and stores what a build stores. What it takes to store the files as they are, without
    keys and without what is made of them, is told besides: a seventh of the bytes.
    """
    draft = room / "draft.duckdb"
    whole, rest = _builds(draft)
    base = _seconds(lambda: _read(":memory:")) + _seconds(lambda: _store(draft, room / "stored.duckdb"))
    as_they_are = _seconds(lambda: _read(room / "floor.duckdb"))
    rows: list[Row] = [
        _beside("build; DuckDB reads the same files and stores the same tables", base, whole),
        _beside("the same without statistics", base, rest),
        _beside("the same; DuckDB reads the same files and stores them as they are", as_they_are, rest),
    ]
    why = "validating every row, references, disclosure, doubtful zeros, checks and the hash over all rows are the rest"
    missed = [f"build without statistics: {rest / base:.1f} × DuckDB alone ({why})"] if rest > MOST_BUILD * base else []
    return rows, missed


def _beside(what: str, base: float, ours: float) -> Row:
    return (what, f"{base:.2f} s", f"{ours:.1f} s", f"{ours / base:.1f} ×", "")


def _grown(reference: Reference, releases: list[Release], times: int) -> tuple[Reference, list[Release]]:
    """Forces, authorities and their figures so many times, the further ones made up and named so; judgements as they are."""
    codes = [
        {force.force_code: f"E8{copy:02d}{place:05d}" for place, force in enumerate(reference.forces)}
        | {one.la_code: f"X{copy}{one.la_code}" for one in reference.authorities}
        for copy in range(1, times)
    ]
    forces = [
        force.model_copy(
            update={
                "force_code": made_up[force.force_code],
                **dict.fromkeys(("force_name", "label", "in_text"), f"Made-up force {copy} {force.force_code}"),
                "short_code": np.base_repr(copy * len(reference.forces) + place, 36).zfill(3),
                "tile_column": force.tile_column + 100 * copy,
            }
        )
        for copy, made_up in enumerate(codes, start=1)
        for place, force in enumerate(reference.forces)
    ]
    authorities = [
        one.model_copy(update={"la_code": made_up[one.la_code], "force_code": made_up[one.force_code]})
        for made_up in codes
        for one in reference.authorities
    ]
    more = dataclasses.replace(reference, forces=[*reference.forces, *forces], authorities=[*reference.authorities, *authorities])
    return more, [_grown_release(release, codes) if release.publication.grain in VALUED else release for release in releases]


def _grown_release(release: Release, codes: list[dict[str, str]]) -> Release:
    frames = [release.frame]
    for of_copy in codes:
        area = release.frame["area_code"].map(of_copy)
        frames.append(release.frame.assign(area_code=area)[area.notna()])
    return dataclasses.replace(release, frame=pd.concat(frames, ignore_index=True))


def built(room: Path, counts: Iterable[int] = TIMES_BUILT) -> Iterator[float]:
    """Seconds to load, check and hash so many times the figures, one after another."""
    reference = load_reference(data_folder().reference)
    releases = read_releases(data_folder(), reference)

    for times in counts:
        more, grown = _grown(reference, releases, times)
        with duckdb.connect(room / f"built-{times}.duckdb", config=ONE_THREAD) as connection:
            begun = time.process_time()
            load(connection, grown, more)
            run_checks(connection, more)
            content_hash(connection)
            yield time.process_time() - begun


def run() -> Part:
    """Measure and put into a table."""
    with tempfile.TemporaryDirectory() as folder:
        room = Path(folder)
        rows, missed = _build_beside_duckdb(room)
        once, more = built(room)
        rows.append(
            (
                "to load, check and hash a build; 10 × to 1 × is the ratio",
                f"{once:.1f} s",
                f"{more:.1f} s",
                "",
                f"{more / once:.1f} ×",
            )
        )
        if more > TIMES_BUILT[-1] * once:
            missed.append(f"a build of 10 × the figures takes {more / once:.1f} × as long")
        warehouses = []
        for times in TIMES:
            path = room / f"{times}.duckdb"
            _copied(build_in_use(), path, times)
            # Not by ``open_warehouse``, which refuses a copy for want of its keys.
            warehouses.append(Warehouse(path, duckdb.connect(path, read_only=True, config=SETTINGS)))
        sizes = [(room / f"{times}.duckdb").stat().st_size for times in TIMES]
        rows.append(("size of the file", *(f"{size / 1e6:,.0f} MB" for size in sizes), f"{sizes[-1] / sizes[0]:.1f} ×"))
        for page, asked in questions(warehouses[0]).items():
            row, beyond = _growth_of(page, warehouses, asked)
            rows.append(row)
            missed += [beyond] if beyond else []
    method = (
        "Processor time. Rows of areas 1, 10 and 100 times, the copies of made-up forces and authorities. Of each page the "
        "question that grows most beyond its answer. DuckDB alone reads every published file and stores every table of the build "
        "with its keys. Statistics of a build are rates and averages, intervals, comparisons, ranks, percentiles, trends, "
        "likeness and links; finding hidden parts and doubtful zeros and summing up forces are none. "
        f"Bars: build {MOST_BUILD:.0f} × DuckDB alone, plus statistics; a question at 100 × the areas {MOST_QUERY:.0f} × that at "
        "1 ×, where its answer has as many times the rows as many times as long."
    )
    header = ("what", "1 ×, or DuckDB alone", "10 ×, or ours", "100 ×, or ratio", "100 × to 1 ×")
    return Part("Warehouse", method, header, tuple(rows), tuple(missed))
