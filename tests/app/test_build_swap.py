"""A new build in the middle of a session: the next run shows it, no run mixes two, and no file stays open behind it."""

from __future__ import annotations

import gc
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest
import streamlit as st

from contract import CURRENT
from environment import WAREHOUSE
from insight.warehouse import SETTINGS, SHARED_SETTINGS, Warehouse, open_warehouse
from tests.app.driving import open_page, problems, words
from tests.app.surface import Page, pages
from ui import data_access
from ui.view import NOTES

SWAPS = 6
# A word that only one build has, in tables that one page reads in several questions: none of its signs is markup.
MARKED = ("UPDATE measure SET caveats = caveats || $mark", "UPDATE source SET title = title || $mark")

TABLES = "SELECT table_name FROM duckdb_tables() WHERE database_name = 'original'"
VIEWS = "SELECT sql FROM duckdb_views() WHERE database_name = 'original' AND NOT internal"


@pytest.fixture(scope="module")
def marked(real_warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with builds A and B, told apart by a mark in their texts. Change nothing in it."""
    folder = tmp_path_factory.mktemp("marked")
    for letter in "AB":
        _marked_copy(real_warehouse, folder / f"force-{letter}.duckdb", f" «build {letter}»")
    return folder


@pytest.fixture
def two_builds(marked: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of one test with builds A and B; A is in use."""
    for build in marked.iterdir():
        (tmp_path / build.name).hardlink_to(build)
    _use(tmp_path, "A")
    monkeypatch.setenv(WAREHOUSE.name, str(tmp_path))
    monkeypatch.setattr(st, "pills", lambda *rest, **named: NOTES)  # notes and sources, which hold the marks, stand open
    st.cache_data.clear()
    return tmp_path


def _marked_copy(original: Path, build: Path, mark: str) -> None:
    """The same rows in tables without keys: DuckDB refuses to change a row that another table refers to."""
    with duckdb.connect(build) as connection:
        connection.execute(f"ATTACH '{original}' AS original (READ_ONLY)")
        for (name,) in connection.execute(TABLES).fetchall():
            connection.execute(f"CREATE TABLE {name} AS FROM original.{name}")
        connection.execute("CREATE SCHEMA about")
        for (view,) in connection.execute(VIEWS).fetchall():
            connection.execute(view)
        for statement in MARKED:
            connection.execute(statement, {"mark": mark})


def _use(folder: Path, letter: str) -> None:
    link = folder / "next"
    link.symlink_to(f"force-{letter}.duckdb")
    os.replace(link, folder / CURRENT)  # noqa: PTH105  the rename that the pointer is moved by


def _page(url: str) -> Page:
    return next(page for page in pages() if page.url == url)


def _marks(said: str) -> set[str]:
    return {letter for letter in "AB" if f"«build {letter}»" in said or f"Build {letter}." in said}


def test_the_next_run_shows_the_new_build_and_nothing_of_the_old(two_builds: Path) -> None:
    session = open_page(_page("compare"))
    assert _marks("\n".join(words(session))) == {"A"}
    for letter in "BAB":
        _use(two_builds, letter)
        session.run()
        assert problems(session) == []
        assert _marks("\n".join(words(session))) == {letter}


@pytest.mark.parametrize("url", ["national", "compare", "trends"])
def test_a_swap_within_a_run_does_not_mix_builds(url: str, two_builds: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The pointer moves after each query that a page asks: the run goes on with the build it began with."""
    asked = Warehouse.rows

    def asked_while_builds_change(
        held: Warehouse, name: str, query: str, parameters: Mapping[str, Any] | None = None
    ) -> pd.DataFrame:
        _use(two_builds, "B" if (two_builds / CURRENT).resolve().stem.endswith("A") else "A")
        return asked(held, name, query, parameters)

    monkeypatch.setattr(Warehouse, "rows", asked_while_builds_change)
    session = open_page(_page(url))
    assert problems(session) == []
    assert len(_marks("\n".join(words(session)))) == 1


def test_fd_leak(two_builds: Path) -> None:
    """Over many swaps a process keeps the old and the new build open at most (streamlit-duckdb A4), and no other file more."""
    session = open_page(_page("compare"))
    _swap_and_run(session, two_builds, 2)
    before = _open_files()
    _swap_and_run(session, two_builds, SWAPS)
    after = _open_files()
    assert len([name for name in after if name.endswith(".duckdb") and str(two_builds) in name]) <= 2
    assert len(after) <= len(before) + 2


def test_links_to_older_builds_do_not_put_out_the_newest(two_builds: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Anybody may name any build that is kept; what all others read is opened once, and one older build is kept open at most."""
    older = ["B", "C", "D", "E"]
    for letter in older[1:]:
        (two_builds / f"force-{letter}.duckdb").hardlink_to(two_builds / "force-B.duckdb")
    opened: list[str] = []
    monkeypatch.setattr(data_access, "open_warehouse", lambda path: opened.append(path.stem[-1]) or open_warehouse(path))
    for query in [{}, *({"build": letter} for letter in older), {}]:
        assert problems(open_page(_page("national"), query)) == []
    assert opened == ["A", *older]
    assert len([name for name in _open_files() if name.endswith(".duckdb") and str(two_builds) in name]) <= 3


def test_what_is_kept_open_together_stays_within_what_is_said() -> None:
    assert SETTINGS["memory_limit"] == SHARED_SETTINGS["memory_limit"] == "160MB"  # of three builds: deploy/README.md


def _swap_and_run(session: Any, folder: Path, times: int) -> None:
    """Each swap is to a file of a new name, as each build has one."""
    for _ in range(times):
        number = len(list(folder.glob("force-*.duckdb")))
        (folder / f"force-{number}.duckdb").hardlink_to(folder / "force-A.duckdb")
        _use(folder, str(number))
        session.run()
        assert problems(session) == []


def _open_files() -> list[str]:
    gc.collect()
    links = Path("/proc/self/fd")
    return [os.readlink(link) for link in links.iterdir() if link.is_symlink()]  # noqa: PTH115  the text, not a path
