"""Links to cite: nothing is left to a default, the build is in them, and an older build says that it is one."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

PROJECT = Path(__file__).resolve().parents[3]
OLD = "20200101T000000000000-0ld"


@pytest.fixture
def two_builds(real_warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A warehouse whose newest build has an older one beside it; the newest's id."""
    shutil.copy(real_warehouse, tmp_path / real_warehouse.name)
    shutil.copy(real_warehouse, tmp_path / f"force-{OLD}.duckdb")
    (tmp_path / "current").symlink_to(real_warehouse.name)
    monkeypatch.setenv("FORCE_WAREHOUSE", str(tmp_path))
    return real_warehouse.stem.removeprefix("force-")


def opened(**choices: str) -> AppTest:
    app = AppTest.from_file(str(PROJECT / "dashboard.py"), default_timeout=60)
    for key, value in choices.items():
        app.query_params[key] = value
    app.run()
    app.switch_page("pages/about/downloads.py").run()
    assert not app.exception
    return app


def cited(app: AppTest) -> dict[str, list[str]]:
    link = next(block.value for block in app.code if "build=" in block.value)
    return parse_qs(urlsplit(link).query)


def test_a_copied_link_names_force_measure_year_and_build(two_builds: str) -> None:
    held = cited(opened())
    assert held["force"] == ["wiltshire"]
    assert held["measure"] == ["children-missing-percent"]
    assert held["year"] == ["2024"]
    assert held["build"] == [two_builds]


def test_a_copied_link_to_follow_up_names_the_day_it_was_read_for(two_builds: str) -> None:
    """Without a day in it the same link told something else tomorrow."""
    app = opened()
    app.switch_page("pages/inspections/follow_up.py").run()
    assert cited(app)["as-of"] == [date.today().isoformat()]
    app = opened(**{"as-of": "2024-05-17"})
    app.switch_page("pages/inspections/follow_up.py").run()
    assert cited(app)["as-of"] == ["2024-05-17"]


def test_a_link_to_the_newest_build_says_nothing(two_builds: str) -> None:
    assert not [note.value for note in opened(build=two_builds).info]


def test_a_link_to_an_older_build_says_so_and_offers_the_newest(two_builds: str) -> None:
    app = opened(build=OLD)
    said = " ".join(note.value for note in app.info)
    assert f"build {OLD}, which is not the newest" in said
    assert f"Open the newest, {two_builds}" in said
    assert cited(app)["build"] == [OLD]


def test_a_link_to_a_build_that_is_gone_says_so_and_shows_the_newest(two_builds: str) -> None:
    app = opened(build="../../nothing")
    assert any("is not kept here" in note.value for note in app.info)
    assert cited(app)["build"] == [two_builds]


@pytest.mark.parametrize("force", ["gwent", "city-of-london", "leicestershire", "warwickshire"])
def test_the_page_of_every_kind_of_force_opens(force: str, two_builds: str) -> None:
    app = opened(force=force)
    app.switch_page("pages/overview/force.py").run()
    assert not app.exception
    assert any('class="blocks"' in block.proto.body for block in app.get("html"))


def test_an_earlier_year_is_shown_as_it_stood_then(two_builds: str) -> None:
    app = opened(force="wiltshire", year="2020")
    app.switch_page("pages/overview/force.py").run()
    assert not app.exception
    text = " ".join(block.proto.body for block in app.get("html"))
    assert "year ending March 2020" in text
    assert "year ending March 2024" not in text
