"""The README is true: dependencies, commands and folders it names are those there are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from environment import VARIABLES

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def required(name: str) -> list[str]:
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    return [re.split(r"[=<>\[ ]", line)[0] for line in lines if line and not line.startswith(("#", "-"))]


@pytest.mark.parametrize("package", required("requirements.in") + required("requirements-dev.in"))
def test_every_dependency_earns_its_place_with_a_word_in_the_readme(package: str) -> None:
    assert re.search(rf"\b{re.escape(package)}\b", README, re.IGNORECASE)


@pytest.mark.parametrize("name", ["requirements.in", "requirements-dev.in"])
def test_every_requirement_is_locked_with_a_hash(name: str) -> None:
    locked = (ROOT / name.replace(".in", ".txt")).read_text(encoding="utf-8").lower()
    for package in required(name):
        assert re.search(rf"^{re.escape(package.lower())}(\[.*\])?==[^ ]+ \\\n    --hash=", locked, re.MULTILINE), package


def test_every_make_target_that_the_readme_names_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in set(re.findall(r"`make ([a-z]+)`", README)) | set(re.findall(r"^make ([a-z]+)", README, re.MULTILINE)):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_every_folder_of_code_stands_in_the_layout() -> None:
    layout = README.split("## Layout")[1].split("##")[0]
    for folder in ("pages", "ui", "insight", "etl", "data", "tests", "benchmarks"):
        assert f"{folder}/" in layout


def test_every_command_of_the_etl_is_explained() -> None:
    source = (ROOT / "etl" / "__main__.py").read_text(encoding="utf-8")
    for command in re.findall(r'@app\.command\("(\w+)"\)', source):
        assert f"python -m etl {command}" in README


def test_the_table_of_environment_variables_says_what_the_code_says() -> None:
    rows = [f"| `{one.name}` | {one.meaning} | {one.default} |" for one in VARIABLES]
    table = README.split("| environment variable |")[1].split("\n\n")[0].splitlines()[2:]
    assert table == rows


def test_no_module_but_one_reads_the_environment() -> None:
    ours = [path for name in ("etl", "insight", "ui", "pages", "benchmarks") for path in (ROOT / name).rglob("*.py")]
    reading = [
        path.name for path in (*ours, ROOT / "dashboard.py") if re.search(r"os\.(environ\.get|getenv)", path.read_text("utf-8"))
    ]
    assert reading == []


def test_tests_ask_for_no_variable_that_is_not_named() -> None:
    asked = re.compile(r"os\.environ\.get\(\"([A-Z_]+)\"")
    found = {name for path in (ROOT / "tests").rglob("*.py") for name in asked.findall(path.read_text("utf-8"))}
    assert found
    assert found <= {one.name for one in VARIABLES}
