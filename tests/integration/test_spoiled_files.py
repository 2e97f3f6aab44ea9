"""Spoiled files of every layout and format: each is refused or read right. The long form is ``make fuzz``."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from etl.sources import SOURCES, Reading, read_file
from etl.sources.files import open_original
from etl.sources.tables import Table, find_table
from tests.exampland import MadeUp
from tests.hard.fuzz import CORPUS, EVERY, Outcome, fuzz, good_files, read_one, try_one
from tests.hard.seeds import WRITTEN, XLS, seeds
from tests.needs import absent
from tests.office import CALC, PACKAGE, NoCalc


def test_spoiled_files_are_refused_or_read_right(made_up: MadeUp, tmp_path: Path) -> None:
    outcome = fuzz(made_up, seeds(made_up), 150, seed=20, room=tmp_path)
    assert outcome.faults == []
    assert outcome.ends["refused"] > 75
    assert outcome.ends["read"] > 5


@pytest.mark.slow
def test_spoiled_xls_is_refused_or_read_right(made_up: MadeUp, tmp_path: Path) -> None:
    good = _with_xls(made_up, [XLS])
    outcome = fuzz(made_up, good, 30, seed=20, room=tmp_path)
    assert {name.rsplit(".", 1)[-1] for name in good} == {XLS}
    assert outcome.faults == []
    assert outcome.ends["refused"] > 10
    assert outcome.ends["read"] > 1


def _with_xls(country: MadeUp, formats: Collection[str]) -> dict[str, bytes]:
    try:
        return seeds(country, formats)
    except NoCalc:
        absent(CALC, PACKAGE)


@pytest.mark.parametrize(("ci", "formats", "goes_on"), [("", EVERY, True), ("true", EVERY, False), ("", (XLS,), False)])
def test_where_nothing_writes_xls_that_is_told(
    ci: str,
    formats: tuple[str, ...],
    goes_on: bool,
    made_up: MadeUp,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("tests.office.OFFICE", "")
    monkeypatch.setenv("CI", ci)
    if goes_on:
        assert {name.rsplit(".", 1)[-1] for name in good_files(made_up, formats)} == set(WRITTEN)
        assert "XLS is NOT fuzzed" in capsys.readouterr().err
        return
    with pytest.raises(SystemExit, match="XLS is NOT fuzzed"):
        good_files(made_up, formats)


@pytest.mark.slow
@pytest.mark.parametrize("formats", [WRITTEN, (XLS,)], ids=["what is written here", XLS])
def test_every_layout_is_fuzzed_and_what_is_spoiled_is_read_right_before(
    formats: tuple[str, ...], made_up: MadeUp, tmp_path: Path
) -> None:
    layouts: set[str] = set()
    for name, content in _with_xls(made_up, formats).items():
        (tmp_path / name).write_bytes(content)
        assert read_one(tmp_path / name, made_up.reference, tmp_path) == "read", name
        lines = open_original(tmp_path / name).tables
        tables = [find_table(one, [layout for source in SOURCES for layout in source.LAYOUTS], "") for one in lines]
        layouts |= {table.layout.title for table in tables if isinstance(table, Table)}
    assert layouts == {layout.title for source in SOURCES for layout in source.LAYOUTS}


def test_what_is_read_wrong_is_a_fault(made_up: MadeUp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def wrong(*given: Any) -> list[Reading]:
        [reading] = read_file(*given)
        return [replace(reading, frame=reading.frame.assign(value=reading.frame["value"] + 1))]

    path = tmp_path / "dfe.csv"
    path.write_bytes(seeds(made_up, ["csv"])["dfe.csv"])
    monkeypatch.setattr("tests.hard.fuzz.read_file", wrong)
    with pytest.raises(AssertionError, match="does not stand in row"):
        read_one(path, made_up.reference, tmp_path)


@pytest.mark.parametrize("file", [path for path in sorted(CORPUS.glob("*")) if path.suffix != ".md"], ids=lambda path: path.name)
def test_a_file_that_once_failed_fails_no_more(file: Path, made_up: MadeUp, tmp_path: Path) -> None:
    outcome = Outcome()
    assert try_one(file, made_up, tmp_path, outcome) in ("refused", "read"), outcome.faults
