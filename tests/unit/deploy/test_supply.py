"""What is delivered: every licence is one that is allowed, and a question that was not asked is no good answer."""

from __future__ import annotations

import json
import subprocess
from importlib.metadata import PathDistribution
from pathlib import Path
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
        ("(MIT OR Apache-2.0) AND GPL-3.0-only", False), ("GPL-3.0-only AND (MIT OR Apache-2.0)", False),
        ("MIT OR GPL-3.0-only AND Apache-2.0", True), ("GPL-3.0-only OR MIT AND AGPL-3.0-only", False),
        ("((MIT))", True), ("(MIT", False), ("MIT)", False), ("MIT OR", False), ("MIT MIT", False), ("AND MIT", False),
        ("GNU Library or Lesser General Public License (LGPL)", False),
    ],
)  # fmt: skip
def test_a_licence_is_allowed_if_all_its_parts_of_one_choice_are(licence: str, allowed: bool) -> None:
    assert supply.is_allowed(licence) is allowed


def package(name: str, *about: str) -> PathDistribution:
    """A package as it is installed, of what its METADATA says."""

    class Installed(PathDistribution):
        def read_text(self, filename: object) -> str:
            return "\n".join([f"Name: {name}", "Version: 1", *about, "", ""])

    return Installed(Path())


def test_several_classifiers_are_no_choice() -> None:
    told = [f"Classifier: License :: OSI Approved :: {one}" for one in ("MIT License", "GNU General Public License v3 (GPLv3)")]
    assert not supply.is_allowed(supply.licence_of(package("a", *told)))
    assert supply.is_allowed(supply.licence_of(package("a", told[0])))


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("no-such-package==1.0 \\", 1),
        ("pandas==0.0.1 \\", 1),  # installed, but not what is locked
        ("no-such-package==1.0 ; sys_platform == 'plan9' \\", 0),
        ("    # via no-such-package==1.0", 0),
    ],
)
def test_what_is_locked_and_not_installed_is_not_passed_over(
    line: str, code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock = tmp_path / "requirements.txt"
    lock.write_text(f"{line}\n    --hash=sha256:00\n")
    monkeypatch.setattr(supply, "LOCKS", [lock])
    assert supply.licences() == code


def test_what_a_shared_warehouse_needs_is_looked_at_as_well() -> None:
    assert "duckdb-extension-ducklake" in {one.name for one in supply.packages()}


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
