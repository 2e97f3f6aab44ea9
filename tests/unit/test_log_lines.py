"""Each thing that an operator wants to see has a line of the log, once, without what a reader chose."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
from starlette.requests import Request

from environment import LOG, PROJECT, WAREHOUSE
from faults import HOW_FAR, fault_report
from insight.warehouse import NoWarehouse, QueryFailed
from ui import files, telemetry
from ui.sign_in.gate import SignInOver
from ui.typed_addresses import redirects


@pytest.fixture(autouse=True)
def _asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(LOG.name, "json")


def lines(text: str) -> list[dict[str, Any]]:
    """The lines, each without its time."""
    found = [json.loads(line) for line in text.splitlines() if line.startswith("{")]
    return [{key: value for key, value in one.items() if key not in ("at", "ms")} for one in found]


ENDS = {
    "done": None,
    "error": ValueError("no such chart"),
    "unreadable": QueryFailed("a query"),
    "expired": SignInOver("too late"),
}


@pytest.mark.parametrize("outcome", ENDS)
def test_a_download_is_logged_and_counted_by_its_kind_alone(
    outcome: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def made() -> bytes:
        if (error := ENDS[outcome]) is not None:
            raise error
        return b""

    def counted() -> float:
        return telemetry.REGISTRY.get_sample_value("force_downloads_total", {"kind": "csv", "outcome": outcome}) or 0.0

    before = counted()
    taken: dict[str, Any] = {}
    monkeypatch.setattr(files.st, "download_button", lambda label, **how: taken.update(how))
    files.made_when_asked("Download", made, "trends-north-sampleshire-2024.csv", "text/csv", "k", "")
    assert capsys.readouterr().err == "", "nothing is taken away yet"
    with nullcontext() if outcome == "done" else pytest.raises(type(ENDS[outcome])):
        taken["data"]()
    assert lines(capsys.readouterr().err) == [{"event": "download", "kind": "csv", "outcome": outcome}]
    assert counted() == before + 1


def test_a_redirect_is_logged_with_its_page_alone(capsys: pytest.CaptureFixture[str]) -> None:
    [route] = redirects(["force"])
    scope = {
        "type": "http", "method": "GET", "path": "/force/sampleshire", "headers": [], "server": ("127.0.0.1", 9),
        "query_string": b"measure=x", "path_params": {"force": "sampleshire"},
    }  # fmt: skip
    assert route.endpoint(Request(scope)).status_code == 307
    assert lines(capsys.readouterr().err) == [{"event": "redirect", "page": "force"}]


@pytest.mark.parametrize(
    "arguments", [("insight.briefing", "sampleshire", "--out", "x.pdf"), ("insight.snapshot", "build", "--out", "public")]
)
def test_a_command_is_logged_with_its_exit_code(arguments: tuple[str, ...], tmp_path: Path) -> None:
    environment = os.environ | {WAREHOUSE.name: str(tmp_path), "PYTHONPATH": str(PROJECT)}
    done = subprocess.run([sys.executable, "-m", *arguments], cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert done.returncode == 2, done.stderr
    assert lines(done.stderr) == [{"event": "command", "command": arguments[0], "code": 2}]


def failed(outcome: str) -> float:
    return telemetry.REGISTRY.get_sample_value("force_page_runs_total", {"page": "trends", "outcome": outcome}) or 0.0


@pytest.mark.parametrize(
    ("error", "outcome"), [(QueryFailed("FORCES"), "unreadable"), (NoWarehouse("Gone."), "unreadable"), (KeyError("x"), "error")]
)
def test_a_part_that_fails_by_itself_is_counted_once(
    error: Exception, outcome: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(telemetry.st, "session_state", {telemetry.PAGE: "trends"})
    before = failed(outcome)
    with telemetry.part_counted():
        pass
    assert failed(outcome) == before
    with pytest.raises(type(error)), telemetry.part_counted():
        raise error
    assert failed(outcome) == before + 1
    assert lines(capsys.readouterr().err) == [{"event": "page part", "page": "trends", "outcome": outcome}]


def test_a_part_that_fails_with_its_page_makes_the_page_the_one_that_failed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(telemetry.st, "session_state", {})
    before = failed("unreadable"), failed("done")
    with telemetry.counted("trends"):
        try:
            with telemetry.part_counted():
                raise QueryFailed("FORCES")
        except QueryFailed:
            pass  # told in words
    assert (failed("unreadable"), failed("done")) == (before[0] + 1, before[1])
    assert lines(capsys.readouterr().err) == [{"event": "page run", "page": "trends", "outcome": "unreadable"}]


def test_a_fault_of_the_program_is_not_said_to_have_changed_nothing() -> None:
    said = fault_report(KeyError("x"))
    assert "Nothing was changed" not in said
    assert HOW_FAR in said


def test_nothing_is_logged_where_no_log_is_asked_for(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.delenv(LOG.name)
    with telemetry.download_counted("csv"):
        pass
    assert capsys.readouterr().err == ""
