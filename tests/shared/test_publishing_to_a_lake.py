"""A build in a shared warehouse is one snapshot: seen whole or not at all, gone back from, found again, one at a time."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner, Result

import lake
from environment import DATA, PROJECT
from etl import lake as publishing
from etl.__main__ import NOT_ASKED, REFUSED, app
from etl.lake import Shared
from etl.paths import DataFolder
from etl.problems import NotReached, Refused
from etl.warehouse import KEPT
from insight.queries import figures
from insight.warehouse import (
    NoWarehouse,
    QueryFailed,
    WarehouseOfAnotherVersion,
    build_in_use,
    kept_build,
    open_warehouse,
)
from tests.catalogue import Catalogue, Server, forget

SECRET = "a-word-nobody-may-see"
Publish = Callable[..., Path]


def call(*arguments: str) -> Result:
    """The command, in this process, on what the environment names."""
    forget()
    return CliRunner().invoke(app, list(arguments))


@pytest.fixture
def made_up_etl(made_up_data: DataFolder, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> DataFolder:
    """Commands read a copy of Exampland and publish to the catalogue."""
    monkeypatch.setenv(DATA.name, str(made_up_data.root))
    return made_up_data


def test_the_commands_build_say_check_and_go_back(made_up_etl: DataFolder) -> None:
    built = call("build")
    assert built.exit_code == 0, built.output
    assert "already in use" in call("build").output
    police = made_up_etl.published / "police_missing_children" / "2021.csv"
    police.write_text(police.read_text("utf-8").replace(",301,", ",302,", 1), "utf-8")
    assert call("build").exit_code == 0
    said = json.loads(call("status", "--json").output)
    assert len(said["builds"]) == 2
    assert said["in_use"].endswith(said["builds"][1])
    assert " 0 fail" in call("check").output
    assert said["builds"][0] in call("rollback").output
    assert build_in_use().name == said["builds"][0]
    again = call("rollback")
    assert (again.exit_code, "no earlier build" in again.output) == (REFUSED, True)
    assert not list(made_up_etl.warehouse.glob("unfinished-*"))


def test_what_fails_after_the_commit_is_a_warning(
    made_up_etl: DataFolder, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(publishing, "CLEAN", ("SELECT error('the store does not answer')",))
    built = call("build")
    assert built.exit_code == 0, built.output
    assert "The build is in use all the same" in caplog.text
    assert build_in_use().name in built.output


def test_a_build_is_one_snapshot(publish: Publish, catalogue: Catalogue) -> None:
    publish("a")
    with lake.open_lake() as before:
        (last,) = before.execute("SELECT max(snapshot_id) FROM lake.snapshots()").fetchall()[0]
    publish("b")
    assert lake.snapshots() == {"a": last, "b": last + 1}


def test_an_earlier_build_is_read_as_it_was(publish: Publish, catalogue: Catalogue) -> None:
    first = publish("a")
    old = open_warehouse(first)
    with lake.open_lake(writing=True) as connection:
        connection.execute("DELETE FROM force")
    newest = publish("b")
    forget()
    assert build_in_use() == newest
    assert kept_build(newest, "a") == first
    assert kept_build(newest, "never") is None
    assert kept_build(newest, "'; DROP TABLE force; --") is None
    assert len(figures.forces(old)) == len(figures.forces(open_warehouse(first))) == 43


def test_a_reader_sees_the_old_build_until_the_new_one_is_whole(
    publish: Publish, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the midst of publishing, and after the builder died there, the build before is in use and whole."""
    first = publish("a")
    name_in_use, seen = publishing._name_in_use, []

    def look_and_die(connection: duckdb.DuckDBPyConnection, build_id: str, author: str) -> None:
        name_in_use(connection, build_id, author)
        with lake.open_lake() as other:
            seen.append((lake.build_in_use(other), other.execute("SELECT count(*) FROM force").fetchone()))
        raise KeyboardInterrupt

    monkeypatch.setattr(publishing, "_name_in_use", look_and_die)
    with pytest.raises(KeyboardInterrupt):
        publish("b")
    monkeypatch.undo()
    with catalogue.named():
        assert seen == [(first, (43,))]
        assert build_in_use() == first
        assert list(lake.snapshots()) == ["a"]
        assert publish("c") == lake.build_address("c")


def test_two_builders_follow_each_other(publish: Publish, catalogue: Catalogue, tmp_path: Path) -> None:
    """The second, on another machine (a folder of its own), waits, and is refused when it has waited long enough."""
    other = tmp_path / "another machine"
    with Shared(tmp_path).holding(0):
        started = time.monotonic()
        with pytest.raises(Refused, match="Another build of this warehouse is running"), Shared(other).holding(0.5):
            pytest.fail("both hold it")
        assert time.monotonic() - started >= 0.5
    with Shared(other).holding(0):
        pass


def test_a_builder_that_was_killed_holds_up_nobody(catalogue: Catalogue, tmp_path: Path) -> None:
    code = "from pathlib import Path; from etl.lake import Shared\nwith Shared(Path('{}')).holding(0): print('held', flush=True); input()"
    command = [sys.executable, "-c", code.format(tmp_path / "another machine")]
    with subprocess.Popen(command, cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(Refused), Shared(tmp_path).holding(0):
            pytest.fail("both hold it")
        holder.kill()
    with Shared(tmp_path).holding(10):
        pass


def test_a_program_that_came_between_makes_publishing_fail_whole(
    publish: Publish, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, name_in_use = publish("a"), publishing._name_in_use

    def after_another(connection: duckdb.DuckDBPyConnection, build_id: str, author: str) -> None:
        with lake.open_lake(writing=True) as other:
            other.execute("DROP TABLE lake.main.force")
        name_in_use(connection, build_id, author)

    monkeypatch.setattr(publishing, "_name_in_use", after_another)
    with pytest.raises(Refused, match="changed the shared warehouse meanwhile"):
        publish("b")
    with lake.open_lake() as connection:
        assert lake.build_in_use(connection) == first


def test_the_last_builds_are_kept(publish: Publish, catalogue: Catalogue) -> None:
    names = [f"build-{number}" for number in range(KEPT + 1)]
    for name in names:
        publish(name)
    assert list(lake.snapshots()) == names[1:]
    with pytest.raises(NoWarehouse, match="holds no build build-0"):
        open_warehouse(lake.build_address("build-0"))
    assert len(figures.forces(open_warehouse(lake.build_address("build-1")))) == 43


def test_a_build_of_another_version_is_told_and_not_gone_back_to(
    publish: Publish, few_tables: Path, catalogue: Catalogue, tmp_path: Path
) -> None:
    """It would open, and each page would fail in its own way: what reads it says so, and a rollback passes over it."""
    older = tmp_path / "older.duckdb"
    older.write_bytes(few_tables.read_bytes())
    with duckdb.connect(older) as connection:
        connection.execute("UPDATE build SET schema_version = 'an older one'")
    readable, other = publish("a"), publish("b", older)
    with pytest.raises(WarehouseOfAnotherVersion, match=r"build b of the shared warehouse .*an older one.*make build"):
        open_warehouse(other)
    with pytest.raises(Refused, match="build b was made by another version"), Shared(tmp_path).reading(other):
        pytest.fail("it is read")
    publish("c")
    with Shared(tmp_path).holding(0):
        assert Shared(tmp_path).roll_back() == readable
    with Shared(tmp_path).holding(0), pytest.raises(Refused, match="no earlier build"):
        Shared(tmp_path).roll_back()


def test_a_reader_can_change_nothing_and_read_nothing_else(publish: Publish, catalogue: Catalogue, tmp_path: Path) -> None:
    warehouse = open_warehouse(publish("a"))
    beside = tmp_path / "beside.csv"
    beside.write_text("a\n1\n")
    for statement in (
        "DELETE FROM force",
        "CREATE TABLE lake.main.more (a INTEGER)",
        "SET threads = 1",
        f"FROM read_csv('{beside}')",
    ):
        with warehouse.cursor() as cursor, pytest.raises(duckdb.Error):
            cursor.execute(statement)


def test_a_reader_asks_again_when_the_catalogue_was_away(
    publish: Publish, catalogue: Catalogue, catalogue_server: Server
) -> None:
    warehouse = open_warehouse(publish("a"))
    assert build_in_use() == warehouse.path
    catalogue_server.stop()
    try:
        with pytest.raises(QueryFailed, match="forces"):
            figures.forces(warehouse)
        forget()
        with pytest.raises(NoWarehouse, match="does not answer just now"):
            build_in_use()
    finally:
        catalogue_server.start()
    assert len(figures.forces(warehouse)) == 43
    assert build_in_use() == warehouse.path


# ------------------------------------------------------------------------------------------------ words
def test_an_empty_catalogue_asks_where_its_tables_shall_lie(made_up_etl: DataFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FORCE_LAKE_FILES")
    answer = call("build")
    assert (answer.exit_code, "FORCE_LAKE_FILES" in answer.output) == (REFUSED, True)
    with pytest.raises(NoWarehouse, match="no build yet"):
        build_in_use()


@pytest.mark.parametrize(
    "where",
    [
        "host=127.0.0.1 port=1 user=force password={}",
        "host=127.0.0.1 port=1 user=force password='{} x'",
        "host=127.0.0.1 port=1 nonsense=1 password={}",
        "postgresql://force:{}@127.0.0.1:1/force",
    ],
)
@pytest.mark.parametrize("command", ["build", "status", "check", "rollback"])
def test_a_catalogue_that_does_not_answer_is_said_without_its_password(
    command: str, where: str, made_up_etl: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_WAREHOUSE", f"ducklake:postgres:{where.format(SECRET)}")
    answer = call(command)
    assert answer.exit_code == NOT_ASKED, answer.output
    assert "The shared warehouse does not answer" in answer.output
    assert "Look whether PostgreSQL runs" in answer.output
    assert SECRET not in answer.output
    assert answer.exception is None or SECRET not in repr(answer.exception.__cause__)


def test_a_query_that_fails_is_told_and_logged_without_the_password(
    publish: Publish,
    catalogue: Catalogue,
    catalogue_server: Server,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setenv("FORCE_WAREHOUSE", f"{catalogue.address} password={SECRET}")
    warehouse = open_warehouse(publish("a"))
    catalogue_server.stop()
    try:
        with pytest.raises(QueryFailed) as failed:
            figures.forces(warehouse)
        forget()
        with pytest.raises(NoWarehouse) as absent:
            build_in_use()
        with pytest.raises(NotReached) as refused:
            Shared(catalogue.files).in_use()
    finally:
        catalogue_server.start()
    for error in (failed, absent, refused):
        assert SECRET not in "".join(map(str, error.getrepr(chain=True).reprtraceback.reprentries[-1:])) + str(error.value)
        assert error.value.__suppress_context__ or error.value.__context__ is None
    assert SECRET not in caplog.text
    assert "does not answer" in caplog.text


def test_a_package_that_is_absent_is_named(catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lake, "find_spec", lambda name: None)
    with pytest.raises(
        lake.Unreachable, match=r"duckdb-extension-postgres-scanner is not installed\. Install requirements-lake\.txt"
    ):
        lake.open_lake()
