"""ingest on the command line: files that are refused, each with its own message, and that a refusal changes nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from etl.paths import DataFolder
from tests.integration.ingesting import Etl, Rows, Save, one


def cell(column: str, value: str, **of: str) -> Callable[[Rows], Rows]:
    """Change one cell."""

    def change(rows: Rows) -> Rows:
        one(rows, **of)[column] = value
        return rows

    return change


LAST = {"new_la_code": "E99103901", "time_period": "2024"}
MISSING = {**LAST, "CLA_group": "Children missing at 31 March"}
FAULTY_ROWS: dict[str, tuple[Callable[[Rows], Rows], str]] = {
    "a header with one column missing": (
        lambda rows: [{column: value for column, value in row.items() if column != "new_la_code"} for row in rows],
        r"row 1, column new_la_code: This looks like .* but this column is missing\.",
    ),
    "a duplicate row": (
        lambda rows: [*rows, dict(rows[-1])], r"row 812, column number, .* a second time\. Keep one row of the two\.",
    ),
    "a negative count": (cell("number", "-5", **MISSING), r"column number, value '-5': A count cannot be negative\."),
    "a child count above the looked-after count": (
        cell("number", "5000", **MISSING), r"value '5000': .* of E99103901 in 2024-03-31 is above children_looked_after",
    ),
    "an unknown authority": (
        cell("new_la_code", "E99199999", **MISSING), r"column new_la_code, value 'E99199999': This authority is not known",
    ),
    "a year out of range": (
        cell("time_period", "2099", **MISSING), r"column time_period, value '2099': This year is out of range\.",
    ),
    "a figure in words": (cell("number", "few", **MISSING), r"value 'few': This is neither a count nor a known symbol\."),
    "a row too few": (
        lambda rows: [row for row in rows if row != one(rows, **MISSING)], r"E99103901 has 8 of 9 labels for 2024\.",
    ),
    "a force too few": (
        lambda rows: [row for row in rows if row["new_la_code"] != "E99103901"], r"For 2023 there is no authority of ",
    ),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTY_ROWS)
def test_figures_that_cannot_be_right_are_refused_and_nothing_changes(
    fault: str, dfe: Rows, etl: Etl, save: Save, tmp_path: Path, untouched: Callable[[], Any]
) -> None:
    change, message = FAULTY_ROWS[fault]
    file = save(change(dfe), tmp_path / "download.csv")
    assert_refused(etl, file, message, untouched)


def cut_at_half(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])


def cut_at_a_line(path: Path) -> None:
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[: len(lines) // 2]))


def as_directory(path: Path) -> None:
    path.unlink()
    path.mkdir()


def as_200_mb(path: Path) -> None:
    with path.open("r+b") as stream:
        stream.truncate(200 * 1024**2)


def as_windows_1252(path: Path) -> None:
    path.write_bytes(path.read_text(encoding="utf-8").replace("North", "Nörth", 1).encode("cp1252"))


FAULTY_FILES: dict[str, tuple[Callable[[Path], Any], str]] = {
    "a file cut off in the middle": (cut_at_half, r"row \d+.*(This row ends after|The file seems cut off)"),
    "a file cut off at the end of a line": (cut_at_a_line, r"labels for 20|there is no|there are no|add up to"),
    "an empty file": (lambda path: path.write_bytes(b""), r"The file is empty\."),
    "a directory": (as_directory, r"This is a folder, not a file\."),
    "a binary": (lambda path: path.write_bytes(bytes(range(256)) * 40), r"This is a binary file, not a table"),
    "a picture": (lambda path: path.write_bytes(b"\x89PNG\r\n\x1a\n"), r"This is a picture, not a table\."),
    "a wrong encoding": (as_windows_1252, r"The text is not in UTF-8 \(byte 0xF6"),
    "UTF-16": (lambda path: path.write_text(path.read_text(encoding="utf-8"), "utf-16"), r"in UTF-16, not in UTF-8\."),
    "a 200 MB file": (as_200_mb, r"The file has 200 MB; the limit is 100 MB\."),
    "a file that is not there": (Path.unlink, r"There is no such file\."),
    "another table": (lambda path: path.write_text("a,b\n1,2\n", "utf-8"), r"No table in this file has a layout that is known\."),
}


@pytest.mark.parametrize("fault", FAULTY_FILES)
def test_a_file_that_cannot_be_read_is_refused_and_nothing_changes(
    fault: str, dfe: Rows, etl: Etl, save: Save, tmp_path: Path, untouched: Callable[[], Any]
) -> None:
    spoil, message = FAULTY_FILES[fault]
    file = save(dfe, tmp_path / "download.csv")
    spoil(file)
    assert_refused(etl, file, message, untouched)


def assert_refused(etl: Etl, file: Path, message: str, untouched: Callable[[], Any]) -> None:
    before = untouched()
    answer = etl("ingest", file)
    assert answer.code == 2
    assert answer.out == ""
    report = answer.err[answer.err.index("Refused.") :].splitlines()
    assert report[0] == "Refused. Nothing was changed."
    assert str(file) in report[1]
    assert re.search(message, "\n".join(report)), report
    assert untouched() == before


def test_every_refusal_has_a_message_of_its_own() -> None:
    messages = [message for _, message in [*FAULTY_ROWS.values(), *FAULTY_FILES.values()]]
    assert len(set(messages)) == len(messages)


def test_an_unknown_force_is_refused(made_up: Any, etl: Etl, save: Save, tmp_path: Path, untouched: Callable[[], Any]) -> None:
    rows = made_up.nca_rows()
    rows[7]["police_force"] = "Nowhereshire"
    file = save(rows, tmp_path / "a3.csv")
    assert_refused(etl, file, r"row 9, column police_force, value 'Nowhereshire': This force is not known\.", untouched)


def test_a_year_that_a_person_gives_and_the_file_denies_is_refused(
    dfe: Rows, etl: Etl, save: Save, tmp_path: Path, untouched: Callable[[], Any]
) -> None:
    before = untouched()
    answer = etl("ingest", save(dfe, tmp_path / "a.csv"), "--year", "2016")
    assert answer.code == 2
    assert "The file says that it is of 2024, not of 2016." in answer.err
    assert untouched() == before


def test_one_faulty_file_of_several_refuses_them_all(
    changed: Rows, etl: Etl, save: Save, tmp_path: Path, untouched: Callable[[], Any]
) -> None:
    good, faulty = save(changed, tmp_path / "good.csv"), tmp_path / "faulty.csv"
    faulty.write_bytes(b"")
    before = untouched()
    answer = etl("ingest", good, faulty, "--replace")
    assert answer.code == 2
    assert f"{faulty}: The file is empty." in answer.err
    assert untouched() == before


def test_two_files_for_one_release_are_refused(
    dfe: Rows, etl: Etl, save: Save, tmp_path: Path, made_up_data: DataFolder, untouched: Callable[[], Any]
) -> None:
    (made_up_data.published / "looked_after_missing" / "2024.csv").unlink()
    before = untouched()
    answer = etl("ingest", save(dfe, tmp_path / "a.csv"), save(dfe, tmp_path / "b.csv"))
    assert answer.code == 2
    assert "Another file of this call gives release 2024 of looked_after_missing too." in answer.err
    assert untouched() == before


def test_figures_that_would_fail_a_check_are_refused_with_the_check_and_nothing_changes(
    dfe: Rows, etl: Etl, save: Save, tmp_path: Path, untouched: Callable[[], Any]
) -> None:
    """Regions and authorities agree, so the reader takes it; that the nation does not is seen by the whole warehouse only."""
    nation = one(dfe, geographic_level="National", time_period="2024", CLA_group="Number of missing incidents during the year")
    nation["number"] = str(int(nation["number"]) + 1_000)
    before = untouched()
    answer = etl("ingest", save(dfe, tmp_path / "a.csv"), "--replace")
    assert answer.code == 1
    assert "checks failed; the warehouse in use is unchanged." in answer.err
    assert "FAIL  total/looked_after_missing/2024/2024-03-31/missing_incidents/country" in answer.err
    assert "Expected: England" in answer.err
    assert untouched() == before


def test_while_a_build_runs_an_ingest_that_does_not_wait_is_refused(
    changed: Rows, etl: Etl, save: Save, tmp_path: Path, made_up_data: DataFolder, untouched: Callable[[], Any]
) -> None:
    file = save(changed, tmp_path / "a.csv")
    before = untouched()
    with FileLock(made_up_data.warehouse / ".lock"):
        answer = etl("ingest", file, "--replace", "--wait", "0")
    assert answer.code == 2
    assert "Another build of this warehouse is running" in answer.err
    assert untouched() == before
