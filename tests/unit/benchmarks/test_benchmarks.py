"""The benchmarks' own promises: a load is bounded and stays on this machine, and a report hides nothing that was not held."""

from __future__ import annotations

import shutil
from http.server import SimpleHTTPRequestHandler
from pathlib import Path
from typing import Any

import duckdb
import pytest

from benchmarks import __main__ as command
from benchmarks import growth
from benchmarks.peers.evidence import Patient
from benchmarks.report import Part
from benchmarks.sessions import MOST_SECONDS, MOST_SESSIONS, Load, load
from deploy import reader
from deploy.reader import Answer
from etl.contents import content_hash, row_counts
from etl.reference import load_reference
from etl.releases import read_releases
from tests.asynchronous import finished
from tests.exampland import MadeUp


@pytest.mark.parametrize(("sessions", "seconds"), [(MOST_SESSIONS + 1, 1.0), (1, MOST_SECONDS + 1)])
def test_a_load_beyond_the_bounds_is_refused_before_it_begins(sessions: int, seconds: float) -> None:
    nobody: Any = None
    with pytest.raises(ValueError, match="at most"):
        finished(load(nobody, sessions, ours=True, seconds=seconds))


def test_the_reader_knows_no_other_host_than_this_machine() -> None:
    assert reader.HOST == "127.0.0.1"


def test_percentiles_count_every_click_and_a_broken_page_is_an_exception() -> None:
    met = Load(2)
    for number in range(100):
        met.take(Answer(seconds=number / 100, finished=True))
    met.take(Answer(seconds=9.0, finished=False))
    assert (met.at(0.5), met.at(0.95), met.exceptions) == (0.5, 0.95, 1)


def test_what_was_skipped_or_missed_stands_in_the_report() -> None:
    text = Part("Made up", "How.", ("a", "b"), (("1", "2"),), ("a: 3 ×",), ("A note.",), "no tool").markdown()
    assert "**Skipped**: no tool" in text
    assert "- a: 3 ×" in text
    assert "| 1 | 2 |" in text


def test_a_part_that_fails_is_missed_and_takes_no_other_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command.importlib, "import_module", lambda name: (_ for _ in ()).throw(OSError("no such tool")))
    assert command.measured("site").missed == ("it failed: OSError: no such tool",)


def test_an_unknown_part_is_refused() -> None:
    assert command.main(["no-such-part"]) == 2


@pytest.mark.parametrize(("fault", "told"), [(BrokenPipeError, False), (ConnectionResetError, False), (OSError, True)])
def test_a_server_is_silent_of_a_client_that_goes_away_and_of_nothing_else(
    fault: type[OSError], told: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    with Patient((reader.HOST, 0), SimpleHTTPRequestHandler) as server:
        try:
            raise fault
        except OSError:
            server.handle_error(None, (reader.HOST, 1))
    assert bool(capsys.readouterr().err) == told


@pytest.mark.slow
def test_duckdb_alone_stores_all_that_a_build_stores(real_warehouse: Path, tmp_path: Path) -> None:
    built = tmp_path / "built.duckdb"
    shutil.copyfile(real_warehouse, built)  # the build itself may be open here, as pages open it
    growth._store(built, tmp_path / "stored.duckdb")
    with duckdb.connect(built, read_only=True) as ours, duckdb.connect(tmp_path / "stored.duckdb") as alone:
        assert content_hash(alone) == content_hash(ours)
        assert row_counts(alone) == row_counts(ours)
        keys = "SELECT table_name, constraint_type, constraint_column_names FROM duckdb_constraints() ORDER BY ALL"
        assert alone.execute(keys).fetchall() == ours.execute(keys).fetchall()


def test_a_build_of_more_areas_is_loaded_and_says_which_forces_are_made_up(made_up: MadeUp) -> None:
    """A column of forces that came to be unique was found by the report alone, as a part that failed."""
    reference = load_reference(made_up.folder.reference)
    more, releases = growth._grown(reference, read_releases(made_up.folder, reference), 2)
    with duckdb.connect() as connection:
        growth.load(connection, releases, more)
        held = connection.execute("SELECT force_name, label, in_text FROM force WHERE force_code LIKE 'E8%'").fetchall()
    assert len(held) == len(reference.forces)
    assert all(name.startswith("Made-up force 1 ") for names in held for name in names)
