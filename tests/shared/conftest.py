"""One server for all tests of the shared warehouse, the build of the real data published to it, and readers of both kinds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest

from etl.lake import Shared
from tests.catalogue import ON_THE_LAKE, Catalogue, Server

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here needs the server."""
    for item in items:
        if HERE in item.path.parents:
            for mark in ON_THE_LAKE:
                item.add_marker(mark)


@pytest.fixture
def catalogue(catalogue_server: Server, tmp_path: Path) -> Iterator[Catalogue]:
    """An empty catalogue of one test, named by the environment."""
    made = catalogue_server.catalogue(f"of_a_test_{abs(hash(tmp_path))}", tmp_path / "files")
    with made.named():
        yield made


@pytest.fixture(scope="session")
def few_tables(real_warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A draft with a few tables, which is published in a moment: what is tried with it does not depend on how many there are."""
    path = tmp_path_factory.mktemp("few") / "draft.duckdb"
    with duckdb.connect(path) as connection:
        connection.execute(f"ATTACH '{real_warehouse}' AS whole (READ_ONLY)")
        for name in ("force", "region_or_country", "measure", "build"):
            connection.execute(f"CREATE TABLE {name} AS SELECT * FROM whole.{name}")
        connection.execute("CREATE SCHEMA about")
        connection.execute("CREATE TABLE about.rule AS SELECT * FROM whole.about.rule")
    return path


@pytest.fixture
def publish(few_tables: Path, tmp_path: Path) -> Callable[..., Path]:
    """``publish("id")`` publishes a few tables under an id, or another draft."""

    def make(build_id: str, source: Path = few_tables) -> Path:
        draft, place = tmp_path / "draft.duckdb", Shared(tmp_path)
        draft.write_bytes(source.read_bytes())
        with place.holding(10):
            return place.publish(draft, build_id)

    return make
