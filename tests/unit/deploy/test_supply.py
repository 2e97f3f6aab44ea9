"""What is delivered: every licence is one that is allowed, and a question that was not asked is no good answer."""

from __future__ import annotations

import json
import subprocess
from typing import Any

import pytest

from deploy import supply


def test_every_package_of_the_lock_has_a_licence_that_is_allowed(capsys: pytest.CaptureFixture[str]) -> None:
    assert supply.licences() == 0, capsys.readouterr().out
    assert "not allowed: none" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("licence", "allowed"),
    [
        ("MIT", True), ("Apache-2.0 OR GPL-3.0-only", True), ("MIT AND GPL-3.0-only", False), ("(MIT AND BSD-3-Clause) OR GPL-2.0", True),
        ("Apache-2.0 WITH LLVM-exception", True), ("AGPL-3.0-only", False), ("Proprietary", False), ("", False),
    ],
)  # fmt: skip
def test_a_licence_is_allowed_if_all_its_parts_of_one_choice_are(licence: str, allowed: bool) -> None:
    assert supply.is_allowed(licence) is allowed


def answering(monkeypatch: pytest.MonkeyPatch, output: str) -> None:
    def run(*_: Any, **__: Any) -> subprocess.CompletedProcess[str]:
        return subprocess.CompletedProcess([], 0, output, "no route to host")

    monkeypatch.setattr(supply.subprocess, "run", run)


@pytest.mark.parametrize(
    "output",
    ["", json.dumps({"dependencies": [{"name": "a", "version": "1", "vulns": []}, {"name": "b", "skip_reason": "unknown"}]})],
)
def test_a_database_that_does_not_answer_is_told_loudly(
    output: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answering(monkeypatch, output)
    assert supply.audit() == supply.NOT_ASKED
    assert "NOT CHECKED" in capsys.readouterr().err


def test_a_known_fault_is_named_with_the_version_that_mends_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    fault = {"id": "PYSEC-0", "fix_versions": ["2"]}
    answering(monkeypatch, json.dumps({"dependencies": [{"name": "a", "version": "1", "vulns": [fault]}]}))
    assert supply.audit() == 1
    assert "a 1: PYSEC-0, mended in 2" in capsys.readouterr().out
