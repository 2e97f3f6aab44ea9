"""How the warehouse grows: building beside DuckDB alone, and the questions that pages ask at 1, 10 and 100 times the rows."""

from __future__ import annotations

import dataclasses
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd

from benchmarks.report import Part, Row
from etl.build import make_draft
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
KENT, MEASURE, YEAR = "E23000032", "children_missing_percent", date(2025, 3, 31)
# Tables with rows of areas. The copies are of made-up forces and authorities: their codes begin with X and a number.
OF_AREAS = {
    "indicator": ("area_code",),
    "observation": ("area_code",),
    "force": ("force_code", "force_name"),
    "local_authority": ("la_code", "force_code"),
}
Question = Callable[..., pd.DataFrame]
QUESTIONS: dict[str, tuple[tuple[Question, tuple[Any, ...]], ...]] = {
    "National": ((figures.forces_in_year, (MEASURE, YEAR)), (figures.force_all_measures, ("E92000001",))),
    "Force": ((force.figures, (KENT,)), (figures.parts, (KENT, MEASURE, YEAR))),
    "Compare": ((figures.newest_of_every_measure, ()), (figures.areas_in_year, (MEASURE, YEAR))),
    "Trends": ((figures.series, (MEASURE,)), (figures.revisions, (KENT, "children_missing"))),
    "Police": ((figures.sources_of_measure, (MEASURE, YEAR)), (figures.breaks, (MEASURE,))),
    "Inspections": ((inspections.grades, (None, KENT)), (inspections.inspections, (KENT,))),
    "Data": ((about.sources, ()), (figures.years, ())),
}


def _copied(source: Path, target: Path, times: int) -> None:
    """A warehouse with the rows of areas so many times, the further ones of made-up areas; no keys, the same views."""
    with duckdb.connect(target) as connection:
        connection.execute(f"ATTACH '{source}' AS source (READ_ONLY)")
        tables = connection.execute(
            "SELECT table_name FROM duckdb_tables() WHERE database_name = 'source' AND schema_name = 'main' ORDER BY table_name"
        ).fetchall()
        for (table,) in tables:
            name = f'"{table}"'
            connection.execute(f"CREATE TABLE {name} AS SELECT * FROM source.{name}")
            for column in OF_AREAS.get(table, ())[:1]:
                renamed = ", ".join(f"'X' || n || {one} AS {one}" for one in OF_AREAS[table])
                connection.execute(
                    f"INSERT INTO {name} SELECT t.* REPLACE ({renamed}) FROM source.{name} t, range(1, {int(times)}) r(n) "
                    f"WHERE {column} IS NOT NULL"
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


def _slowest(warehouse: Warehouse, asked: tuple[tuple[Question, tuple[Any, ...]], ...]) -> tuple[float, str, int]:
    found = []
    for question, arguments in asked:
        rows = len(question(warehouse, *arguments))
        found.append((_seconds(lambda q=question, a=arguments: q(warehouse, *a)), question.__name__, rows))  # type: ignore[misc]
    return max(found)


def _floor(room: Path) -> float:
    """DuckDB alone reading every published file as text and storing it."""
    files = sorted((data_folder().published).rglob("*.csv"))

    def read_and_store() -> None:
        with duckdb.connect(room / "floor.duckdb") as connection:
            for number, file in enumerate(files):
                connection.execute(
                    f"CREATE OR REPLACE TABLE t{number} AS SELECT * FROM "
                    "read_csv($path, all_varchar = true, ignore_errors = true, strict_mode = false, null_padding = true)",
                    {"path": str(file)},
                )

    return _seconds(read_and_store)


def _grown(reference: Reference, releases: list[Release], times: int) -> tuple[Reference, list[Release]]:
    """Forces, authorities and their figures so many times, the further ones made up and named so; judgments as they are."""
    codes = {
        (copy, force.force_code): f"E8{copy:02d}{place:05d}"
        for copy, (place, force) in product(range(1, times), enumerate(reference.forces))
    }
    codes |= {(copy, one.la_code): f"X{copy}{one.la_code}" for copy, one in product(range(1, times), reference.authorities)}
    forces = [
        force.model_copy(
            update={
                "force_code": codes[copy, force.force_code],
                "force_name": f"Made-up force {copy} {force.force_code}",
                "short_code": np.base_repr(copy * len(reference.forces) + place, 36).zfill(3),
                "tile_column": force.tile_column + 100 * copy,
            }
        )
        for copy, (place, force) in product(range(1, times), enumerate(reference.forces))
    ]
    authorities = [
        one.model_copy(update={"la_code": codes[copy, one.la_code], "force_code": codes[copy, one.force_code]})
        for copy, one in product(range(1, times), reference.authorities)
    ]
    more = dataclasses.replace(reference, forces=[*reference.forces, *forces], authorities=[*reference.authorities, *authorities])
    return more, [
        _grown_release(release, codes, times) if release.publication.grain in VALUED else release for release in releases
    ]


def _grown_release(release: Release, codes: dict[tuple[int, str], str], times: int) -> Release:
    frames = [release.frame]
    for copy in range(1, times):
        area = release.frame["area_code"].map({code: made_up for (of, code), made_up in codes.items() if of == copy})
        frames.append(release.frame.assign(area_code=area)[area.notna()])
    return dataclasses.replace(release, frame=pd.concat(frames, ignore_index=True))


def _built(room: Path) -> list[float]:
    """Seconds to load, check and hash so many times the figures."""
    reference = load_reference(data_folder().reference)
    releases = read_releases(data_folder(), reference)

    def build(times: int) -> None:
        more, grown = _grown(reference, releases, times)
        with duckdb.connect(room / f"built-{times}.duckdb") as connection:
            load(connection, grown, more)
            run_checks(connection, more)
            content_hash(connection)

    return [_seconds(lambda times=times: build(times), 1) for times in TIMES_BUILT]  # type: ignore[misc]


def run() -> Part:
    """Measure and put into a table."""
    rows: list[Row] = []
    missed = []
    with tempfile.TemporaryDirectory() as folder:
        room = Path(folder)
        base = _floor(room)
        built = _seconds(lambda: make_draft(data_folder(), room / "draft.duckdb", lambda text: None), 1)
        ratio = built / base
        rows.append(("build; DuckDB reads and stores the same files", f"{base:.2f} s", f"{built:.1f} s", f"{ratio:.0f} ×", ""))
        if built > MOST_BUILD * base:
            missed.append(f"build: {built / base:.0f} × DuckDB alone, statistics included")
        once, more = _built(room)
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
        for page, asked in QUESTIONS.items():
            found = [_slowest(warehouse, asked) for warehouse in warehouses]
            ratio = found[-1][0] / found[0][0]
            texts = [f"{seconds * 1000:.0f} ms ({name}, {count:,} rows)" for seconds, name, count in found]
            rows.append((f"slowest question of {page}", *texts, f"{ratio:.1f} ×"))
            if ratio > MOST_QUERY:
                missed.append(
                    f"{page}: {ratio:.1f} × at 100 × the rows; it returns {found[-1][2]:,} rows instead of {found[0][2]:,}"
                )
    method = (
        "Processor time. Rows of areas 1, 10 and 100 times, the copies of made-up forces and authorities; a question about all "
        f"forces returns as many times the rows. Bars: build {MOST_BUILD:.0f} × DuckDB alone, a question at 100 × "
        f"{MOST_QUERY:.0f} × that at 1 ×."
    )
    header = ("what", "1 ×, or DuckDB alone", "10 ×, or ours", "100 ×, or ratio", "100 × to 1 ×")
    return Part("Warehouse", method, header, tuple(rows), tuple(missed))
