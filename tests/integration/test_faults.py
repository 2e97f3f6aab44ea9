"""Faults of the machine and of the warehouse: each command ends in words and with an exit code, and what was there stays.

The long form is ``make faults``.
"""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

import writing
from contract import departure, schema_version
from etl.contents import is_whole
from etl.paths import PROJECT, DataFolder
from etl.warehouse import current_build
from insight.warehouse import NoWarehouse, WarehouseDamaged, build_in_use, open_warehouse, opened
from tests.exampland import MadeUp
from tests.hard.country import Place
from tests.integration.conftest import contents
from tests.integration.ingesting import Etl
from tests.integration.publisher import Publisher, serving, write_feeds
from tests.integration.test_cli_fetch import a_year_on, as_csv

# What root loses so that permissions hold for it as for anybody.
NO_RIGHTS = ("setpriv", "--bounding-set", "-dac_override,-dac_read_search", "--inh-caps", "-dac_override,-dac_read_search")
TABLES = "SELECT table_name FROM duckdb_tables() WHERE database_name = 'original'"
SCHEMAS = "SELECT schema_name FROM duckdb_schemas() WHERE database_name = 'original' AND NOT internal"
VIEWS = "SELECT sql FROM duckdb_views() WHERE database_name = 'original' AND NOT internal"
OF_ANOTHER_VERSION = {
    "older: a column is gone": ("ALTER TABLE force DROP COLUMN region", "it lacks force.region VARCHAR"),
    "older: a table is gone": ("DROP TABLE recommendation", "it lacks recommendation"),
    "older: a view is gone": ("DROP VIEW indicator_with_doubts", "it lacks indicator_with_doubts"),
    "newer: a column has another name": (
        "ALTER TABLE indicator RENAME COLUMN value TO amount",
        "it lacks indicator.value DOUBLE",
    ),
    "older: it says nothing of its schema": ("ALTER TABLE build DROP COLUMN schema_version", "older version of this program"),
    "of another version": (
        "UPDATE build SET schema_version = '0123456789ab'",
        "another version of this program (schema 0123456789ab",
    ),
    "no build": ("DELETE FROM build", "is not finished"),
    "NaN": ("UPDATE indicator SET value = 'NaN'::DOUBLE WHERE value IS NOT NULL", "NaN or infinity) in indicator"),
    "infinity": ("UPDATE comparison SET p25 = 'inf'::DOUBLE", "NaN or infinity) in comparison"),
}


@pytest.fixture
def loose(made_up: MadeUp, tmp_path: Path) -> Callable[[str], Path]:
    """``loose(statement)``: a folder whose build in use has been changed past every rule of the schema."""

    def make(statement: str) -> Path:
        build = tmp_path / "force-loose.duckdb"
        with duckdb.connect(build) as connection:
            connection.execute(f"ATTACH '{(made_up.folder.warehouse / 'current').resolve()}' AS original (READ_ONLY)")
            for (name,) in connection.execute(SCHEMAS).fetchall():
                connection.execute(f"CREATE SCHEMA IF NOT EXISTS {name}")
            for (name,) in connection.execute(TABLES).fetchall():
                connection.execute(f"CREATE TABLE {name} AS FROM original.{name}")
            for (view,) in connection.execute(VIEWS).fetchall():
                connection.execute(view)
            connection.execute(statement)
        (tmp_path / "current").symlink_to(build.name)
        return tmp_path

    return make


@pytest.mark.parametrize(("statement", "said"), OF_ANOTHER_VERSION.values(), ids=OF_ANOTHER_VERSION)
def test_a_warehouse_of_another_version_or_altered_is_told_with_the_command_that_helps(
    statement: str, said: str, loose: Callable[[str], Path], etl: Etl
) -> None:
    folder = loose(statement)
    with pytest.raises(WarehouseDamaged) as error:
        open_warehouse(build_in_use(folder))
    assert said in str(error.value)
    assert "Run `make build`." in str(error.value)
    answer = etl("status", "--warehouse", folder)
    assert answer.code == 2
    assert said in answer.err
    assert "`python -m etl build`" in answer.err
    assert not is_whole(build_in_use(folder))


def test_a_warehouse_copied_without_its_rules_is_still_read(loose: Callable[[str], Path]) -> None:
    with opened(build_in_use(loose("SELECT 1"))) as warehouse:
        assert len(warehouse.rows("forces", "SELECT * FROM force"))
    with pytest.raises(duckdb.ConnectionException):
        warehouse.connection.execute("SELECT 1")  # nobody is kept from the file by who looked at it once


@pytest.mark.parametrize(("content", "said"), [(b"", "is empty"), (b"PK\x03\x04 something else", "its file is damaged")])
def test_an_empty_and_a_foreign_file_are_told(content: bytes, said: str, tmp_path: Path, etl: Etl) -> None:
    build = tmp_path / "force-x.duckdb"
    build.write_bytes(content)
    (tmp_path / "current").symlink_to(build.name)
    if not content:
        build.unlink()
        duckdb.connect(build).close()
    with pytest.raises(WarehouseDamaged, match=said):
        open_warehouse(build)
    assert etl("check", "--warehouse", tmp_path).code == 2


def test_a_database_of_something_else_is_told(tmp_path: Path) -> None:
    with duckdb.connect(tmp_path / "other.duckdb") as connection:
        connection.execute("CREATE TABLE songs (title VARCHAR)")
        assert departure(connection) == "is a database of something else: none of its tables is ours"


def test_building_again_heals_a_build_that_was_altered_though_its_figures_are_the_same(
    made_up_data: DataFolder, etl: Etl
) -> None:
    current = build_in_use(made_up_data.warehouse)
    current.chmod(0o644)
    with duckdb.connect(current) as connection:
        connection.execute("DROP VIEW indicator_with_doubts")
    assert etl("status").code == 2
    assert " is in use: " in etl("build").out
    open_warehouse(build_in_use(made_up_data.warehouse)).connection.close()


def test_a_build_says_which_schema_it_has(made_up: MadeUp) -> None:
    with duckdb.connect((made_up.folder.warehouse / "current").resolve(), read_only=True) as connection:
        assert connection.execute("SELECT schema_version FROM build").fetchone() == (schema_version(),)


# ------------------------------------------------------------------------------------------------ leftovers
def test_the_folder_of_a_process_that_was_killed_is_removed_by_the_next_and_one_in_use_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing.tempfile, "tempdir", str(tmp_path))
    program = "import writing, time\nwith writing.scratch() as room:\n (room / 'x').write_text('x'); print(room, flush=True); time.sleep(60)"
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    process = subprocess.Popen([sys.executable, "-c", program], cwd=PROJECT, env=environment, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    theirs = Path(process.stdout.readline().strip())
    with writing.scratch() as mine:
        assert theirs.is_dir(), "it is still in use"
    assert not mine.exists()
    process.kill()
    process.communicate(timeout=30)
    assert theirs.is_dir()
    writing.clear_scratch()
    assert list(tmp_path.iterdir()) == []


def test_an_ingest_removes_what_one_that_was_killed_has_half_copied(
    made_up_data: DataFolder, made_up: Any, save: Any, etl: Etl
) -> None:
    left = made_up_data.incoming / "police_missing_children" / ".2020.csv.part"
    left.parent.mkdir(parents=True)
    left.write_text("half", encoding="utf-8")
    assert etl("ingest", save(made_up.nca_rows(), made_up_data.root / "a3.csv"), "--replace").code == 0
    assert not left.exists()


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.pdf"
    path.write_bytes(b"old")
    (tmp_path / ".y.pdf.999999999.part").write_bytes(b"left")

    def full(part: Path, content: bytes) -> int:
        part.touch()
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_bytes", full)
        with pytest.raises(OSError, match="No space"):
            writing.replace_file(path, b"new")
    assert {one.name: one.read_bytes() for one in tmp_path.iterdir()} == {"x.pdf": b"old"}
    writing.replace_file(path, b"new")
    assert path.read_bytes() == b"new"


# ------------------------------------------------------------------------------------------------ the machine does not let us
@pytest.fixture
def place(made_up_data: DataFolder, tmp_path: Path) -> Place:
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    return Place(made_up_data, temporary)


COMMANDS = [
    ("etl", "status"), ("etl", "status", "--path"), ("etl", "check"), ("etl", "--help"), ("insight.snapshot", "--help"),
    ("insight.briefing", "--help"),
]  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_an_output_that_takes_nothing_is_told_without_a_traceback(command: tuple[str, ...], place: Place) -> None:
    with Path("/dev/full").open("w") as full:
        code, said = place.run(*command, stdout=full)
    assert "Traceback" not in said
    assert (code, "There is no room left on the disk" in said) == (5, True), said


def test_work_that_is_done_and_cannot_be_said_is_not_called_undone(place: Place, made_up_data: DataFolder) -> None:
    """Told that nothing was done and to run it again, an operator went back two builds."""
    shutil.rmtree(made_up_data.warehouse)
    with Path("/dev/full").open("w") as full:
        code, said = place.run("etl", "build", stdout=full)
    assert (made_up_data.warehouse / "current").exists()
    assert code == 5
    assert "There is no room left on the disk for what the command says." in said
    assert "run the same command again" not in said
    assert "as it was" not in said


def limited(most: int) -> None:
    """No file of this process may grow beyond so many bytes, as on a disk that is full."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)


@pytest.mark.parametrize("command", ["build", "ingest", "fetch", "snapshot"])
def test_a_full_disk_is_told_and_the_old_state_stays(
    command: str, place: Place, made_up: MadeUp, save: Any, tmp_path: Path, change_a_figure: Callable[[DataFolder], None]
) -> None:
    public = tmp_path / "public"
    arguments = {
        "build": ("etl", "build"),
        "ingest": ("etl", "ingest", str(save(made_up.nca_rows(), tmp_path / "a3.csv")), "--replace"),
        "fetch": ("etl", "fetch", "--yes", "--publication", "looked_after_missing"),
        "snapshot": (
            "tests.hard.snapshot_of_two",
            "build",
            "--out",
            str(public),
            "--cache",
            str(tmp_path / "charts"),
            "--workers",
            "1",
        ),
    }[command]
    change_a_figure(place.data)
    with serving(Publisher(csv=as_csv(a_year_on(made_up.dfe_rows())), end="2025")) as publisher:
        write_feeds(place.data, publisher.port)
        before = contents(place.data.root)
        code, said = place.run(*arguments, preexec_fn=lambda: limited(100_000 if command == "snapshot" else 1024**2))
    assert "Traceback" not in said
    assert code == 5, said
    assert "What was there before is as it was." in said
    assert contents(place.data.root) == before
    assert place.left_over() == []
    assert not list((public / "snapshots").glob("[!.]*"))
    assert not list(public.rglob("*.part*"))


@pytest.mark.skipif(os.getuid() == 0 and not shutil.which("setpriv"), reason="root may do everything, and setpriv is not here")
@pytest.mark.parametrize(
    ("command", "closed"),
    [
        (("etl", "status"), "folder"),
        (("etl", "build"), "folder"),
        (("insight.briefing", "x", "--out", "x.pdf"), "folder"),
        (("etl", "status"), "build"),
        (("insight.briefing", "x", "--out", "x.pdf"), "build"),
    ],
)
def test_a_missing_permission_is_told(command: tuple[str, ...], closed: str, place: Place) -> None:
    """Of the folder of builds, or of the file that is in use; building anew needs nothing of that file."""
    current = current_build(place.data.warehouse)
    assert current is not None
    path = place.data.warehouse if closed == "folder" else current
    mode = path.stat().st_mode
    path.chmod(0o000)
    try:
        code, said = place.run(*command, before=NO_RIGHTS if os.getuid() == 0 else ())
    finally:
        path.chmod(mode)
    assert "Traceback" not in said
    assert code in (2, 5), said
    assert "There is no permission" in said
    assert current_build(place.data.warehouse) == current


def test_a_folder_of_builds_that_may_not_be_looked_into_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def shut(path: Path) -> bool:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "is_file", shut)
    with pytest.raises(NoWarehouse, match="no permission to read"):
        build_in_use(tmp_path)
