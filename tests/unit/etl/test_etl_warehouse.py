"""The warehouse folder: the pointer always names a whole build, whatever happens in between."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from contract import SCHEMA, schema_version
from etl import warehouse
from etl.contents import content_hash
from etl.paths import PROJECT, DataFolder, data_folder
from etl.problems import Refused
from tests.holding import held_open


def finished(folder: Path, build_id: str) -> Path:
    """A build of that name, made current."""
    unfinished = warehouse.unfinished_file(folder)
    unfinished.write_text(build_id, encoding="utf-8")
    return warehouse.finish(folder, unfinished, build_id)


def built(folder: Path, build_id: str) -> Path:
    """A build that says of itself what it is, made current."""
    unfinished = warehouse.unfinished_file(folder)
    with duckdb.connect(unfinished) as connection:
        connection.execute(SCHEMA.read_text(encoding="utf-8"))
        row = [build_id, "2026-01-31", "code", schema_version(), content_hash(connection), "{}", 1.0]
        connection.execute("INSERT INTO build VALUES ($1, $2, $3, $4, $5, $6, $7)", row)
    return warehouse.finish(folder, unfinished, build_id)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_before_the_first_build_nothing_is_current(tmp_path: Path) -> None:
    assert warehouse.current_build(tmp_path) is None
    assert warehouse.builds(tmp_path) == []


def test_a_finished_build_is_current_under_its_own_name(tmp_path: Path) -> None:
    path = finished(tmp_path, "a")
    assert warehouse.current_build(tmp_path) == path
    assert path.name == "force-a.duckdb"
    assert names(tmp_path) == ["current", "force-a.duckdb"]


def test_a_finished_build_is_read_only_and_every_step_of_its_life_goes_on(tmp_path: Path) -> None:
    """It is read, rolled back to, renamed and cleared away as before: these ask for leave to write in the folder, not in it."""
    for number in range(7):
        built(tmp_path, f"{number}")
    builds = warehouse.builds(tmp_path)
    assert [path.stat().st_mode & 0o777 for path in builds] == [0o444] * warehouse.KEPT
    assert warehouse.roll_back(tmp_path) == tmp_path / "force-5.duckdb"
    assert builds[0].rename(tmp_path / "force-renamed.duckdb").is_file()
    with warehouse.reading(tmp_path / "current") as connection:
        assert connection.execute("SELECT build_id FROM build").fetchone() == ("5",)


def test_a_build_that_dies_read_only_is_cleared_away(tmp_path: Path) -> None:
    unfinished = warehouse.unfinished_file(tmp_path)
    unfinished.write_text("half", encoding="utf-8")
    unfinished.chmod(warehouse.READ_ONLY)
    warehouse.clear_unfinished(tmp_path)
    assert names(tmp_path) == []


def test_a_build_that_another_program_holds_open_for_writing_is_refused_with_the_remedy(tmp_path: Path) -> None:
    path = built(tmp_path, "a")
    with held_open(path), pytest.raises(Refused) as refused, warehouse.reading(path):
        pytest.fail("it was read")
    [problem] = refused.value.problems
    assert problem.why == "Another program holds this build open for writing."
    assert "Close it there" in problem.mend


def test_the_pointer_is_a_relative_link_so_that_the_folder_can_be_moved(tmp_path: Path) -> None:
    finished(tmp_path / ".", "a")
    assert (tmp_path / "current").is_symlink()
    assert (tmp_path / "current").readlink() == Path("force-a.duckdb")


def test_the_last_five_builds_are_kept(tmp_path: Path) -> None:
    for number in range(7):
        finished(tmp_path, f"{number}")
    assert [path.name for path in warehouse.builds(tmp_path)] == [f"force-{number}.duckdb" for number in range(2, 7)]
    assert warehouse.current_build(tmp_path) == tmp_path / "force-6.duckdb"


def test_a_reader_keeps_a_build_that_is_removed(tmp_path: Path) -> None:
    with finished(tmp_path, "0").open(encoding="utf-8") as reader:
        for number in range(1, 7):
            finished(tmp_path, f"{number}")
        assert not (tmp_path / "force-0.duckdb").exists()
        assert reader.read() == "0"


def test_roll_back_goes_to_the_build_before_and_again_to_the_one_before_that(tmp_path: Path) -> None:
    for name in "abc":
        built(tmp_path, name)
    assert warehouse.roll_back(tmp_path).name == "force-b.duckdb"
    assert warehouse.current_build(tmp_path) == tmp_path / "force-b.duckdb"
    assert warehouse.roll_back(tmp_path).name == "force-a.duckdb"
    assert len(warehouse.builds(tmp_path)) == 3


@pytest.mark.parametrize("damage", ["cut off", "no database", "another database"])
def test_roll_back_passes_over_a_damaged_build(damage: str, tmp_path: Path) -> None:
    for name in "abc":
        built(tmp_path, name)
    path = tmp_path / "force-b.duckdb"
    path.chmod(0o644)
    if damage == "cut off":
        path.write_bytes(path.read_bytes()[:5_000])
    elif damage == "no database":
        path.write_text("b", encoding="utf-8")
    else:
        path.unlink()
        duckdb.connect(path).close()
    assert warehouse.roll_back(tmp_path) == tmp_path / "force-a.duckdb"
    assert warehouse.current_build(tmp_path) == tmp_path / "force-a.duckdb"


def test_roll_back_to_damaged_builds_only_is_refused_and_changes_nothing(tmp_path: Path) -> None:
    finished(tmp_path, "a")
    built(tmp_path, "b")
    before = names(tmp_path)
    with pytest.raises(Refused, match=r"There is no earlier build to go back to \(1 earlier are damaged or of another version"):
        warehouse.roll_back(tmp_path)
    assert names(tmp_path) == before
    assert warehouse.current_build(tmp_path) == tmp_path / "force-b.duckdb"


def test_roll_back_without_an_earlier_build_is_refused_and_changes_nothing(tmp_path: Path) -> None:
    finished(tmp_path, "a")
    with pytest.raises(Refused, match="There is no earlier build to go back to"):
        warehouse.roll_back(tmp_path)
    assert names(tmp_path) == ["current", "force-a.duckdb"]


def test_roll_back_before_the_first_build_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="There is no earlier build to go back to"):
        warehouse.roll_back(tmp_path)


def test_a_build_after_a_roll_back_is_current_and_keeps_the_others(tmp_path: Path) -> None:
    for name in "abc":
        built(tmp_path, name)
    warehouse.roll_back(tmp_path)
    finished(tmp_path, "d")
    assert warehouse.current_build(tmp_path) == tmp_path / "force-d.duckdb"
    assert len(warehouse.builds(tmp_path)) == 4


def test_what_dead_builds_left_is_removed_and_nothing_else(tmp_path: Path) -> None:
    finished(tmp_path, "a")
    before = names(tmp_path)
    for name in ("unfinished-1.duckdb", "unfinished-1.duckdb.wal"):
        (tmp_path / name).write_text("half", encoding="utf-8")
    (tmp_path / "unfinished-current-1").symlink_to("force-gone.duckdb")
    warehouse.clear_unfinished(tmp_path)
    assert names(tmp_path) == before


def test_a_pointer_to_a_file_that_is_gone_is_no_current_build(tmp_path: Path) -> None:
    finished(tmp_path, "a").unlink()
    assert warehouse.current_build(tmp_path) is None


class Died(BaseException):
    """Stands for a death of the process that no handler can catch."""


@pytest.mark.parametrize(
    ("call", "nth"),
    [("chmod", 1), ("fsync", 1), ("rename", 1), ("unlink", 1), ("symlink_to", 1), ("rename", 2), ("fsync", 2), ("unlink", 2)],
)
def test_whenever_a_build_dies_while_it_is_finished_the_pointer_names_a_whole_build(
    call: str, nth: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(5):
        finished(tmp_path, f"{number}")
    unfinished = warehouse.unfinished_file(tmp_path)
    unfinished.write_text("new", encoding="utf-8")
    calls = []

    def dying(original: object) -> object:
        def die(*arguments: object, **options: object) -> object:
            calls.append(call)
            if len(calls) == nth:
                raise Died
            return original(*arguments, **options)  # type: ignore[operator]

        return die

    owner = os if call == "fsync" else Path
    with monkeypatch.context() as patched:
        patched.setattr(owner, call, dying(getattr(owner, call)))
        with pytest.raises(Died):
            warehouse.finish(tmp_path, unfinished, "new")
    current = warehouse.current_build(tmp_path)
    assert current is not None
    assert current.read_text(encoding="utf-8") == current.name.removeprefix("force-").removesuffix(".duckdb")
    warehouse.clear_unfinished(tmp_path)
    assert finished(tmp_path, "next") == warehouse.current_build(tmp_path)


def test_while_one_builds_another_is_refused_and_told_what_to_do(tmp_path: Path) -> None:
    with warehouse.building(tmp_path, 0), pytest.raises(Refused) as refused, warehouse.building(tmp_path, 0):
        pytest.fail("two builds at once")
    [problem] = refused.value.problems
    assert problem.why == "Another build of this warehouse is running (waited 0 s)."
    assert "--wait" in problem.mend


def test_after_one_build_the_next_may_begin(tmp_path: Path) -> None:
    with pytest.raises(Died), warehouse.building(tmp_path, 0):
        raise Died
    with warehouse.building(tmp_path, 0):
        pass


@pytest.fixture
def unnamed(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """An environment that names no folder."""
    monkeypatch.delenv("FORCE_DATA", raising=False)
    monkeypatch.delenv("FORCE_WAREHOUSE", raising=False)
    return monkeypatch


@pytest.mark.usefixtures("unnamed")
def test_without_a_word_the_folders_are_the_projects() -> None:
    assert data_folder() == DataFolder(PROJECT / "data", PROJECT / "data" / "warehouse")


def test_the_environment_names_the_folders_and_arguments_override_it(unnamed: pytest.MonkeyPatch, tmp_path: Path) -> None:
    unnamed.setenv("FORCE_DATA", str(tmp_path / "a"))
    assert data_folder() == DataFolder(tmp_path / "a", tmp_path / "a" / "warehouse")
    unnamed.setenv("FORCE_WAREHOUSE", str(tmp_path / "b"))
    assert data_folder() == DataFolder(tmp_path / "a", tmp_path / "b")
    assert data_folder(tmp_path / "c", tmp_path / "d") == DataFolder(tmp_path / "c", tmp_path / "d")


@pytest.mark.parametrize("fails", ["unlink", "_to_disk"])
def test_what_fails_once_the_new_build_is_in_use_is_a_warning(
    fails: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The command would else say that all is as it was, which it is not."""
    for number in range(warehouse.KEPT):
        finished(tmp_path, f"build-{number}")
    refused = OSError(errno.EIO, os.strerror(errno.EIO))
    if fails == "unlink":
        monkeypatch.setattr(Path, "unlink", fail_for("force-build-0.duckdb", Path.unlink, refused))
    else:
        monkeypatch.setattr(warehouse, "_to_disk", fail_for(tmp_path.name, warehouse._to_disk, refused))
    newest = finished(tmp_path, "build-9")
    assert warehouse.current_build(tmp_path) == newest
    assert "The build is in use all the same" in caplog.text


def test_a_leftover_that_cannot_be_removed_does_not_fail_a_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    left = warehouse.unfinished_file(tmp_path)
    left.touch()
    monkeypatch.setattr(Path, "unlink", fail_for(left.name, Path.unlink, OSError(errno.EIO, os.strerror(errno.EIO))))
    warehouse.clear_unfinished(tmp_path)
    assert left.name in caplog.text


def fail_for(name: str, does: Callable[..., None], error: Exception) -> Callable[..., None]:
    """The function, but for a path of this name it raises."""

    def maybe(path: Path, **rest: Any) -> None:
        if path.name == name:
            raise error
        does(path, **rest)

    return maybe
