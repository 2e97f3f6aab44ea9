"""A warehouse that cannot be read: the page says so in words, and is whole again when the reason is gone."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from environment import WAREHOUSE
from insight.warehouse import CURRENT
from tests.app.driving import SECONDS, problems
from tests.app.surface import DASHBOARD
from tests.holding import held_open


@pytest.fixture
def own_build(real_warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A build that no connection of this process has open."""
    build = tmp_path / "force-own.duckdb"
    shutil.copyfile(real_warehouse, build)
    (tmp_path / CURRENT).symlink_to(build.name)
    monkeypatch.setenv(WAREHOUSE.name, str(tmp_path))
    st.cache_data.clear()
    return build


def test_a_warehouse_held_open_for_writing_is_told_in_words_until_it_is_let_go(own_build: Path) -> None:
    session = AppTest.from_file(DASHBOARD, default_timeout=SECONDS)
    with held_open(own_build):
        session.run()
        assert list(session.exception) == []
        [said] = [one.value for one in session.error]
        assert "Another program holds the warehouse force-own.duckdb open for writing." in said
        assert "Close it there" in said
        assert list(session.title) == [], "no page is shown without figures"
    session.run()
    assert problems(session) == []
    assert session.title[0].value


def test_a_damaged_warehouse_is_told_in_words_with_the_remedy(own_build: Path) -> None:
    own_build.write_bytes(own_build.read_bytes()[:20_000])
    session = AppTest.from_file(DASHBOARD, default_timeout=SECONDS).run()
    assert list(session.exception) == []
    [said] = [one.value for one in session.error]
    assert "its file is damaged" in said
    assert "etl rollback" in said
