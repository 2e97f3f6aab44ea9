"""build, check, status and rollback on the command line, on the made-up country."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest
from filelock import FileLock

from etl.paths import DataFolder
from etl.warehouse import builds, current_build, open_for_reading
from insight.queries import figures
from insight.warehouse import build_in_use, open_warehouse
from tests.exampland import MadeUp
from tests.hard.seeds import seeds

Etl = Callable[..., Any]


# ------------------------------------------------------------------------------------------------ build
def test_the_first_build_makes_a_warehouse_and_says_where(etl: Etl, made_up_data: DataFolder, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    answer = etl("build", "--warehouse", elsewhere)
    assert answer.code == 0
    path = build_in_use(elsewhere)
    assert f"is in use: {path}" in answer.out
    assert "checks, 0 warnings" in answer.out
    assert [line.split("  ")[-1] for line in answer.err.splitlines()] == [
        "Reading and validating the releases", "Loading the tables", "Running the checks", "Making it current",
    ]  # fmt: skip
    assert sorted(item.name for item in elsewhere.iterdir()) == [".lock", "current", path.name]


def test_a_page_reads_what_was_built(made_up_data: DataFolder) -> None:
    warehouse = open_warehouse(build_in_use(made_up_data.warehouse))
    assert len(figures.forces(warehouse)) == 43
    assert len(figures.measures(warehouse)) == 4


def test_building_the_same_again_keeps_the_build_in_use(etl: Etl, made_up_data: DataFolder, untouched: Callable[[], Any]) -> None:
    before = untouched()
    answer = etl("build")
    assert answer.code == 0
    assert "is already in use with just this content" in answer.out
    assert untouched() == before


def test_a_changed_figure_makes_a_new_build_and_keeps_the_old_one(
    etl: Etl, made_up_data: DataFolder, change_a_figure: Callable[[DataFolder], None]
) -> None:
    old = current_build(made_up_data.warehouse)
    change_a_figure(made_up_data)
    assert etl("build").code == 0
    new = current_build(made_up_data.warehouse)
    assert new != old
    assert builds(made_up_data.warehouse) == [old, new]


def test_a_reader_that_has_the_old_build_open_goes_on_reading_it(
    etl: Etl, made_up_data: DataFolder, change_a_figure: Callable[[DataFolder], None]
) -> None:
    old = current_build(made_up_data.warehouse)
    assert old is not None
    with open_for_reading(old) as reader:
        change_a_figure(made_up_data)
        assert etl("build").code == 0
        old.unlink()
        assert reader.execute("SELECT count(*) FROM force").fetchone() == (43,)


def test_a_build_of_faulty_data_is_refused_and_changes_nothing(
    etl: Etl, made_up_data: DataFolder, untouched: Callable[[], Any]
) -> None:
    path = made_up_data.published / "peel_grades" / "2025.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("Inadequate", "Dreadful"), encoding="utf-8")
    before = untouched()
    answer = etl("build")
    assert answer.code == 2
    assert f"{path}, row 2, column grade, value 'Dreadful': This is not a grade. Use one of:" in answer.err
    assert answer.out == ""
    assert untouched() == before


def test_a_build_that_fails_a_check_is_refused_with_expected_and_found(
    etl: Etl, made_up_data: DataFolder, untouched: Callable[[], Any]
) -> None:
    path = made_up_data.reference / "known_totals.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("value: ", "value: 1"), encoding="utf-8")
    before = untouched()
    answer = etl("build")
    assert answer.code == 1
    assert "1 checks failed; the warehouse in use is unchanged." in answer.err
    assert "FAIL  known_figure/missing_incidents/E99000003/2024/2024" in answer.err
    assert "Expected: 1" in answer.err
    assert "Found: " in answer.err
    assert untouched() == before


def test_a_row_that_the_schema_refuses_is_a_refusal_too(etl: Etl, made_up_data: DataFolder) -> None:
    path = made_up_data.published / "peel_grade_counts" / "2025.csv"
    text = path.read_text(encoding="utf-8").replace(",9,1,5,3,0,0,", ",3000000009,3000000001,5,3,0,0,")
    path.write_text(text, encoding="utf-8")
    answer = etl("build")
    assert answer.code == 2
    place = "peel_grade_counts/2025.csv, column force_code, cycle, value 'E99000002, 2021/22'"
    assert f"{place}: The warehouse refuses this row: " in answer.err


def test_a_data_folder_that_is_not_there_is_refused(etl: Etl, tmp_path: Path) -> None:
    nowhere = DataFolder(tmp_path / "nowhere", tmp_path / "nowhere" / "warehouse")
    answer = etl("build", data=nowhere)
    assert answer.code == 2
    assert "forces.csv: This reference file cannot be read (No such file or directory)." in answer.err


def test_a_reference_file_that_is_not_utf_8_is_refused(etl: Etl, made_up_data: DataFolder) -> None:
    (made_up_data.reference / "forces.csv").write_bytes(b"force_code\ncaf\xe9\n")
    answer = etl("build")
    assert answer.code == 2
    assert "forces.csv: This reference file is not UTF-8 at byte 14. Save it as UTF-8, or restore it." in answer.err


def test_while_another_builds_a_build_that_does_not_wait_is_refused(
    etl: Etl, made_up_data: DataFolder, untouched: Callable[[], Any]
) -> None:
    before = untouched()
    with FileLock(made_up_data.warehouse / ".lock"):
        answer = etl("build", "--wait", "0")
    assert answer.code == 2
    assert "Another build of this warehouse is running (waited 0 s)." in answer.err
    assert untouched() == before


# ------------------------------------------------------------------------------------------------ check
def test_check_prints_every_check_and_passes(etl: Etl) -> None:
    answer = etl("check")
    assert answer.code == 0
    lines = answer.out.splitlines()
    assert lines[-1] == f"{len(lines) - 1} of {len(lines) - 1} checks pass; 0 fail as errors"
    assert all(line.startswith("pass  ") for line in lines[:-1])
    assert all(" Expected: " in line and " Found: " in line for line in lines[:-1])


@pytest.mark.parametrize(
    ("change", "failing"),
    [
        (
            "UPDATE observation SET value = value + 50 WHERE area_code = 'E99900001' AND period_end = '2024-03-31'"
            " AND figure_id = 'missing_incidents'",
            "total/looked_after_missing/2024/2024-03-31/missing_incidents/country",
        ),
        (
            "UPDATE observation SET value = value + 1 WHERE area_code = 'E99000003' AND period_end = '2024-03-31'"
            " AND figure_id = 'missing_incidents'",
            "known_figure/missing_incidents/E99000003/2024/2024",
        ),
        (
            "UPDATE observation SET value = value + 1 WHERE area_code = 'E99000001' AND period_end = '2024-03-31'"
            " AND figure_id = 'children_missing'",
            "force_is_sum_of_authorities",
        ),
        ("DELETE FROM observation WHERE area_code = 'E99000003' AND period_end = '2023-03-31'", "authority_has_force_figure"),
        (
            "UPDATE indicator SET value = value * 1.001, upper_95 = NULL WHERE area_code = 'E99900001'",
            "indicator_is_its_quotient",
        ),
        ("DELETE FROM grade WHERE question = 'Legitimacy' AND force_code = 'W99000001'", "every_grade_has_a_place"),
        ("DELETE FROM force WHERE force_code = 'W99000004'", "forces_43"),
        ("UPDATE inspection SET follows = 'nothing' WHERE inspection_id = 'first-2022'", "review_follows_an_inspection"),
    ],
)
def test_check_finds_what_was_changed_and_exits_1(change: str, failing: str, etl: Etl, made_up_data: DataFolder) -> None:
    current = current_build(made_up_data.warehouse)
    assert current is not None
    current.chmod(0o644)
    with duckdb.connect(current) as connection:
        if "force_code = 'W99000004'" in change:
            connection.execute("DELETE FROM grade WHERE force_code = 'W99000004'")
        connection.execute(change)
    answer = etl("check", "--failed")
    assert answer.code == 1
    failed = {line.split(":")[0].removeprefix("FAIL  "): line for line in answer.out.splitlines() if line.startswith("FAIL")}
    assert failing in failed
    expected, found = failed[failing].split(" Expected: ")[1].split(" Found: ")
    assert expected.rstrip(".") != found.rstrip(".")
    assert not any(line.startswith("pass") for line in answer.out.splitlines())


def test_check_before_the_first_build_says_what_to_do(etl: Etl, tmp_path: Path) -> None:
    answer = etl("check", "--warehouse", tmp_path / "none")
    assert answer.code == 2
    assert "There is no warehouse yet. Run `python -m etl build`." in answer.err


# ------------------------------------------------------------------------------------------------ status
def test_status_path_prints_the_file_in_use_and_nothing_else(etl: Etl, made_up_data: DataFolder) -> None:
    answer = etl("status", "--path")
    assert answer.code == 0
    assert answer.out == f"{current_build(made_up_data.warehouse)}\n"


def test_status_json_says_all_that_a_machine_wants(etl: Etl, made_up_data: DataFolder, content_of: Callable[..., str]) -> None:
    found = json.loads(etl("status", "--json").out)
    assert found["in_use"] == str(current_build(made_up_data.warehouse))
    assert found["content_hash"] == content_of(made_up_data)
    assert found["rows_by_table"]["force"] == 43
    assert found["checks"]["failed"] == 0
    sources = {source["source_id"]: source for source in found["sources"]}
    assert sources["dfe-cla-2024"]["first_period"] == "2023-03-31"
    assert sources["dfe-cla-2024"]["last_period"] == "2024-03-31"
    coverage = {measure["measure_id"]: measure for measure in found["coverage"]}
    assert coverage["children_away_percent"]["lower_bounds"] == 1
    assert coverage["police_missing_per_10000"]["forces_and_years"] == 78


def test_status_says_which_releases_a_person_vouches_for(
    etl: Etl, made_up: MadeUp, made_up_data: DataFolder, tmp_path: Path
) -> None:
    file = tmp_path / "b1.csv"
    file.write_bytes(seeds(made_up, ["csv"])["b1.csv"].replace(b"2021/22", b"2018/19"))
    assert etl("ingest", file).code == 0
    assert etl("build").code == 0
    found = {source["source_id"]: source["taken_by"] for source in json.loads(etl("status", "--json").out)["sources"]}
    assert {name: by for name, by in found.items() if by} == {"nca-misper-b1-2019": "ingest"}
    assert "ingest" in etl("status").out


def test_status_prints_sources_coverage_and_rows(etl: Etl) -> None:
    answer = etl("status")
    assert answer.code == 0
    for text in ("In use: ", "Sources", "dfe-cla-2024", "Coverage (forces)", "Rows", "observation"):
        assert text in answer.out


def test_status_before_the_first_build_says_what_to_do(etl: Etl, tmp_path: Path) -> None:
    for options in ([], ["--path"], ["--json"]):
        answer = etl("status", *options, "--warehouse", tmp_path / "none")
        assert answer.code == 2
        assert "There is no warehouse yet. Run `python -m etl build`." in answer.err


# ------------------------------------------------------------------------------------------------ rollback
def test_rollback_goes_back_and_the_next_build_goes_forward(
    etl: Etl, made_up_data: DataFolder, change_a_figure: Callable[[DataFolder], None], content_of: Callable[..., str]
) -> None:
    old, old_content = current_build(made_up_data.warehouse), content_of(made_up_data)
    change_a_figure(made_up_data)
    etl("build")
    new_content = content_of(made_up_data)
    answer = etl("rollback")
    assert answer.code == 0
    assert answer.out == f"In use: {old}\n"
    assert content_of(made_up_data) == old_content != new_content
    assert etl("build").code == 0
    assert content_of(made_up_data) == new_content


def test_rollback_of_the_only_build_is_refused(etl: Etl, untouched: Callable[[], Any]) -> None:
    before = untouched()
    answer = etl("rollback")
    assert answer.code == 2
    assert "There is no earlier build to go back to." in answer.err
    assert untouched() == before


@pytest.mark.parametrize("command", [["status"], ["status", "--json"], ["check"]])
def test_a_damaged_build_in_use_is_told_and_not_a_traceback(command: list[str], etl: Etl, made_up_data: DataFolder) -> None:
    current = current_build(made_up_data.warehouse)
    assert current is not None
    current.chmod(0o644)
    current.write_bytes(current.read_bytes()[:20_000])
    answer = etl(*command)
    assert answer.code == 2
    assert f"{current}: This build cannot be read: " in answer.err
    assert "Build again, or go back" in answer.err
