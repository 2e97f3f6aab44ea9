"""The papers are true: dependencies, commands, folders, links, versions and the picture are those there are."""

from __future__ import annotations

import importlib
import re
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement

from docs import draw_architecture
from environment import VARIABLES

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAPERS = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").glob("*.md")), *sorted((ROOT / "deploy").glob("*.md"))]


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
    for folder in ("pages", "ui", "insight", "etl", "data", "docs", "tests", "deploy", "benchmarks"):
        assert f"{folder}/" in layout
    for part in sorted((ROOT / "insight").iterdir()):
        if part.name[0] not in "_." and (part.is_dir() or part.suffix == ".py"):
            assert f"{part.name}{'/' if part.is_dir() else ''}" in layout


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


@pytest.mark.parametrize("name", ["requirements.in", "requirements-dev.in"])
def test_every_pin_lies_within_its_range(name: str) -> None:
    locked = (ROOT / name.replace(".in", ".txt")).read_text(encoding="utf-8").lower()
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    for asked in (Requirement(line) for line in lines if line and not line.startswith(("#", "-"))):
        pin = re.search(rf"^{re.escape(asked.name.lower())}==([^ ]+)", locked, re.MULTILINE)
        assert pin, asked.name
        assert asked.specifier.contains(pin[1]), f"{asked} is locked at {pin[1]}"


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.relative_to(ROOT).as_posix())
def test_no_link_is_dead(paper: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", paper.read_text(encoding="utf-8")):
        assert target.startswith("https://") or (paper.parent / target).exists(), target


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.relative_to(ROOT).as_posix())
def test_every_file_of_the_code_that_a_paper_names_exists(paper: Path) -> None:
    named = re.findall(
        r"`((?:etl|insight|ui|pages|tests|docs|deploy|benchmarks|data/reference|data/templates)/[\w./-]+)`",
        paper.read_text("utf-8"),
    )
    for path in named:
        assert (ROOT / path).exists(), path


def test_the_newest_heading_of_the_changelog_is_the_version_of_the_package() -> None:
    headings = re.findall(r"^## (\S+) – \d{4}-\d\d-\d\d$", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert headings[0] == project["version"]


@pytest.mark.parametrize("proof", sorted(path.stem for path in (ROOT / "tests" / "hard").glob("[a-z]*.py")))
def test_every_proof_that_takes_minutes_can_still_be_started(proof: str) -> None:
    """What is run by hand only would not be missed: it must at least find all that it imports."""
    importlib.import_module(f"tests.hard.{proof}")


@pytest.mark.parametrize(
    "paper", [*PAPERS, *sorted((ROOT / "benchmarks").glob("*.py"))], ids=lambda paper: paper.relative_to(ROOT).as_posix()
)
def test_every_benchmark_that_a_paper_names_is_started_from_the_project(paper: Path) -> None:
    """By its path it would not find what it imports."""
    text = paper.read_text(encoding="utf-8")
    assert "python benchmarks/" not in text
    for name in re.findall(r"python -m benchmarks\.(\w+)", text):
        importlib.import_module(f"benchmarks.{name}")


def test_the_licence_names_publisher_and_title_of_every_publication() -> None:
    licence = " ".join((ROOT / "LICENCE").read_text(encoding="utf-8").split())
    for entry in yaml.safe_load((ROOT / "data" / "reference" / "publications.yaml").read_text(encoding="utf-8")):
        assert entry["publisher"] in licence
        assert entry["title"] in licence


def test_ci_and_the_hook_before_a_commit_run_the_commands_of_the_project() -> None:
    workflow = yaml.safe_load((ROOT / ".github" / "workflows" / "check.yml").read_text(encoding="utf-8"))
    assert {"run": ".ci/run"} in workflow["jobs"]["check"]["steps"]
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"][0]["hooks"]
    assert [hook["entry"] for hook in hooks] == ["make check"]


def test_ci_runs_with_renewed_requirements_before_they_are_proposed() -> None:
    """A pull request that a workflow opens starts no other one."""
    jobs = yaml.safe_load((ROOT / ".github" / "workflows" / "lock.yml").read_text(encoding="utf-8"))["jobs"]
    runs = [step.get("run", "") for step in jobs["renew"]["steps"]]
    assert runs.index("make lock") < runs.index("make sbom") < runs.index(".ci/run")
    assert jobs["propose"]["needs"] == "renew"
    proposal = jobs["propose"]["steps"][-1]["run"]
    assert all(f"needs.renew.outputs.{said}" in proposal for said in jobs["renew"]["outputs"])
    assert all(f"github.{one}" in re.search(r"git switch -c (.*)", proposal)[1] for one in ("run_number", "run_attempt"))


def test_the_package_takes_every_file_that_the_code_reads_beside_itself() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    patterns = project["tool"]["setuptools"]["package-data"]["*"]
    for package in ("etl", "insight"):
        for path in (ROOT / package).rglob("*"):
            if path.is_file() and path.suffix not in (".py", ".pyc"):
                assert any(path.match(pattern) for pattern in patterns), path


def test_the_picture_of_the_code_is_that_of_its_imports() -> None:
    assert draw_architecture.stale() == [], "run `make docs`"


def test_a_new_import_makes_the_picture_stale(monkeypatch: pytest.MonkeyPatch) -> None:
    graph = draw_architecture.uses()
    monkeypatch.setattr(draw_architecture, "uses", lambda: {**graph, "insight.format": {"insight.statistics"}})
    assert draw_architecture.stale() == ["architecture.svg", "architecture.md"]


def test_an_arrow_that_follows_from_others_is_left_out_of_the_picture() -> None:
    assert draw_architecture.without_detours({"a": {"b", "c"}, "b": {"c"}, "c": set()}) == {"a": {"b"}, "b": {"c"}, "c": set()}


def test_parts_that_import_each_other_are_drawn_as_one_group() -> None:
    members, joined = draw_architecture.in_groups({"a": {"b"}, "b": {"a", "c"}, "c": set()})
    assert members == {"a": ["a", "b"], "c": ["c"]}
    assert joined == {"a": {"c"}, "c": set()}
