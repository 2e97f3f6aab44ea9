"""Numbers among the settings: what can be none is refused in words, before anything is served or by the command that asks."""

from __future__ import annotations

import subprocess
import sys

import pytest

import faults
from environment import LOG, PROJECT, QUERY_SECONDS, SIGN_IN_HOURS, Variable, WronglySet, log_wanted, query_seconds

NO_NUMBERS = ["abc", "0", "-1", "nan", "inf", "1e9", " "]


@pytest.mark.parametrize("value", NO_NUMBERS)
@pytest.mark.parametrize("variable", [QUERY_SECONDS, SIGN_IN_HOURS], ids=lambda one: one.name)
def test_what_is_no_number_in_bounds_is_refused_by_name(variable: Variable, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(variable.name, value)
    with pytest.raises(WronglySet, match=f"{variable.name} must be a number"):
        variable.number("seconds", 3600)


@pytest.mark.parametrize(("value", "seconds"), [("", 20.0), ("0.5", 0.5), ("3600", 3600.0)])
def test_a_number_in_bounds_holds_and_nothing_is_the_default(value: str, seconds: float, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(QUERY_SECONDS.name, value)
    assert query_seconds() == seconds


def test_a_log_of_another_form_is_refused_and_not_silently_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(LOG.name, "JSON")
    with pytest.raises(WronglySet, match=f"{LOG.name} must be json"):
        log_wanted()


def test_the_dashboard_does_not_start_with_it() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import dashboard"],
        cwd=PROJECT,
        env={"PYTHONPATH": "", QUERY_SECONDS.name: "abc"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert f"The dashboard does not start: {QUERY_SECONDS.name} must be a number of seconds above 0" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_command_refuses_it(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv(QUERY_SECONDS.name, "abc")
    with pytest.raises(SystemExit) as end:
        faults.run(query_seconds)
    assert end.value.code == 2
    assert capsys.readouterr().err.startswith(f"Refused. {QUERY_SECONDS.name} must be a number")
