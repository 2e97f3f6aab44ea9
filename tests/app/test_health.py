"""What an operator's programs ask of the dashboard: it is ill while its figures cannot be read, and says why and what helps."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from starlette.requests import Request
from streamlit.testing.v1 import AppTest

from environment import LOG
from insight.queries import figures
from insight.warehouse import QueryFailed
from tests.app.driving import SECONDS, problems, unfold
from tests.app.surface import DASHBOARD
from tests.asynchronous import finished
from ui import health, telemetry, view


def asked(path: str) -> tuple[int, str]:
    [route] = [one for one in (*health.routes(), *telemetry.routes()) if one.path == path]
    request = Request({"type": "http", "method": "GET", "path": path, "headers": [], "server": ("127.0.0.1", 9)})
    answer = finished(route.endpoint(request))
    return answer.status_code, bytes(answer.body).decode()


def test_a_dashboard_that_can_read_its_figures_is_well(own_build: Path) -> None:
    assert asked("/healthz") == (200, "ok")


def damage(build: Path) -> None:
    content = bytearray(build.read_bytes())
    for place in range(len(content) // 4, len(content), 65_536):
        content[place] ^= 0xFF
    build.write_bytes(content)


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (lambda build: build.unlink(), "There is no warehouse"),
        (lambda build: build.write_bytes(b"x" * 50_000), "its file is damaged"),
        (damage, "cannot be read"),
    ],
    ids=["gone", "foreign", "damaged in the middle"],
)
def test_a_dashboard_that_cannot_read_them_is_ill_and_says_what_helps(harm: object, said: str, own_build: Path) -> None:
    harm(own_build)  # type: ignore[operator]
    code, text = asked("/healthz")
    assert code == 503
    assert said in text
    assert "`make build`" in text
    assert str(own_build.parent) not in text, "it is told to the outside"
    assert asked("/readyz")[0] == 503
    assert "force_warehouse_readable 0.0" in asked("/metrics")[1]


def test_a_server_that_opens_no_session_is_not_ready() -> None:
    assert finished(health.page_fault("ws://127.0.0.1:9/_stcore/stream", 5)).startswith("No session can be opened")


def test_a_page_run_is_counted_and_logged_without_what_the_reader_chose(
    own_build: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(LOG.name, "json")
    session = AppTest.from_file(DASHBOARD, default_timeout=SECONDS)
    session.query_params["force"] = "kent"
    session.run()
    assert problems(session) == []
    [line] = [json.loads(line) for line in capsys.readouterr().err.splitlines() if line.startswith("{")]
    assert line.keys() == {"at", "event", "page", "outcome", "ms"}
    assert (line["event"], line["outcome"]) == ("page run", "done")
    assert "kent" not in json.dumps(line)
    text = asked("/metrics")[1]
    assert 'force_page_runs_total{outcome="done"' in text
    assert 'force_build_timestamp_seconds{build="own"}' in text
    assert "force_builds_kept 1.0" in text
    assert "force_newest_period_timestamp_seconds" in text


def test_a_query_that_takes_too_long_is_told_in_words(own_build: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    endless = "SELECT sum(a.range * b.range) AS force_name FROM range(10000000) a, range(10000000) b"
    monkeypatch.setattr(figures, "FORCES", endless)  # a real one is over before it can be interrupted
    monkeypatch.setenv("FORCE_QUERY_SECONDS", "0.5")
    before = runs("unreadable")
    session = AppTest.from_file(DASHBOARD, default_timeout=SECONDS).run()
    assert list(session.exception) == []
    assert ["took too long" in one.value for one in session.error] == [True]
    assert runs("unreadable") == before + 1


@pytest.mark.parametrize("harm", [lambda build: build.unlink(), lambda build: build.write_bytes(b"x" * 50_000)])
def test_a_page_without_its_warehouse_is_counted_as_unreadable(harm: object, own_build: Path) -> None:
    harm(own_build)  # type: ignore[operator]
    before = runs("unreadable"), runs("stopped")
    session = AppTest.from_file(DASHBOARD, default_timeout=SECONDS).run()
    assert len(session.error) == 1
    assert (runs("unreadable"), runs("stopped")) == (before[0] + 1, before[1])


def test_a_query_that_fails_in_a_part_of_a_page_is_told_in_words_and_counted_once(
    own_build: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise QueryFailed("a question of the part")

    session = AppTest.from_file(DASHBOARD, default_timeout=SECONDS).run()
    assert problems(session) == []
    monkeypatch.setattr(view, "_opened", fails)
    before = runs("unreadable"), runs("done"), runs("error")
    unfold(session)
    assert list(session.exception) == []
    assert session.error
    assert all("A part of the warehouse cannot be read" in one.value for one in session.error)
    assert (runs("unreadable"), runs("done"), runs("error")) == (before[0] + 1, before[1], before[2])


def runs(outcome: str) -> float:
    return telemetry.REGISTRY.get_sample_value("force_page_runs_total", {"page": "national", "outcome": outcome}) or 0.0
