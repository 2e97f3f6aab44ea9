"""A warehouse that cannot be read: the page says so in words, and is whole again when the reason is gone."""

from __future__ import annotations

from pathlib import Path

from streamlit.testing.v1 import AppTest

from tests.app.driving import SECONDS, problems
from tests.app.surface import DASHBOARD
from tests.holding import held_open


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
