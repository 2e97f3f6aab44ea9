"""Exampland as a warehouse file that a test may spoil, and a small site built from it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb
import pytest

from insight.snapshot.builder import Made, Options, build

DAY = date(2026, 1, 31)


@pytest.fixture
def spoiled(made_up: object, tmp_path: Path) -> Callable[..., Path]:
    """``spoiled(*statements)``: a copy of Exampland's build, without keys, after these statements."""

    def make(*statements: str) -> Path:
        path = tmp_path / "spoiled.duckdb"
        shutil.copyfile((made_up.folder.warehouse / "current").resolve(), path)  # type: ignore[attr-defined]
        with duckdb.connect(path) as connection:
            for name in ("observation", "indicator", "comparison"):
                connection.execute(f"CREATE TABLE copied AS SELECT * FROM {name}")
                connection.execute(f"DROP TABLE {name}")
                connection.execute(f"ALTER TABLE copied RENAME TO {name}")
            for statement in statements:
                connection.execute(statement)
        return path

    return make


@pytest.fixture(scope="session")
def exampland(made_up: object) -> Path:
    """Exampland's build."""
    return (made_up.folder.warehouse / "current").resolve()  # type: ignore[attr-defined]


@pytest.fixture(scope="session")
def chart_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Charts drawn once for all tests of a worker."""
    return tmp_path_factory.mktemp("charts")


@pytest.fixture(scope="session")
def publish(chart_cache: Path) -> Callable[..., Made]:
    """``publish(warehouse, out, day)``: a snapshot with pages of two forces."""

    def make(warehouse: Path, out: Path, day: date = DAY) -> Made:
        return build(warehouse, out, day, Options(chart_cache, 1, "https://example.org/", frozenset({"E99000001", "W99000001"})))

    return make


@pytest.fixture(scope="session")
def small_site(exampland: Path, publish: Callable[..., Made], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A published snapshot of Exampland, to be read only."""
    return publish(exampland, tmp_path_factory.mktemp("public")).folder


@pytest.fixture
def own_site(small_site: Path, tmp_path: Path) -> Path:
    """A copy of that snapshot, in a folder of its own, to be tampered with."""
    out = tmp_path / "public"
    shutil.copytree(small_site.parents[1], out, symlinks=True)
    return out / "snapshots" / small_site.name
