"""ingest on the command line, on the made-up country: what becomes of a file, and that a refusal changes nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from filelock import FileLock

from etl.paths import DataFolder
from etl.warehouse import current_build, open_for_reading

Etl = Callable[..., Any]
Rows = list[dict[str, str]]
Save = Callable[..., Path]
FORCE = "E99000001"
CORRECTED = ("Good", "Outstanding")


def rows_in_use(data: DataFolder, query: str) -> list[tuple[Any, ...]]:
    current = current_build(data.warehouse)
    assert current is not None
    with open_for_reading(current) as connection:
        return connection.execute(query).fetchall()


def one(rows: Rows, **of: str) -> dict[str, str]:
    """The one row with these cells."""
    [row] = [row for row in rows if all(row[column] == value for column, value in of.items())]
    return row


@pytest.fixture
def dfe(made_up: Any) -> Rows:
    """Release 2024 as the publisher's file gives it."""
    return made_up.dfe_rows()


@pytest.fixture
def changed(dfe: Rows) -> Rows:
    """The same with one figure of an authority changed, within what rounding allows."""
    row = one(dfe, new_la_code="E99100401", time_period="2024", CLA_group="Number of missing incidents during the year")
    row["number"] = str(int(row["number"]) + 1)
    return dfe


# ------------------------------------------------------------------------------------------------ files that are taken
def test_a_file_that_is_held_already_changes_nothing(
    dfe: Rows, etl: Etl, save: Save, tmp_path: Path, untouched: Callable[[], Any]
) -> None:
    before = untouched()
    answer = etl("ingest", save(dfe, tmp_path / "anything.txt"))
    assert answer.code == 0
    assert "looked_after_missing, release 2024, 810 rows: already there" in answer.out
    assert "python -m etl build" not in answer.out
    assert untouched() == before


def test_a_file_whose_release_was_removed_gives_the_same_content_again(
    dfe: Rows, etl: Etl, save: Save, tmp_path: Path, made_up_data: DataFolder
) -> None:
    (made_up_data.published / "looked_after_missing" / "2024.csv").unlink()
    answer = etl("ingest", save(dfe, tmp_path / "download (1).csv"))
    assert answer.code == 0
    assert "release 2024, 810 rows: added" in answer.out
    assert "Run `python -m etl build` to put it to use." in answer.out
    built = etl("build")
    assert built.code == 0
    assert "is already in use with just this content" in built.out


def test_a_new_release_takes_over_its_years_as_a_whole(
    dfe: Rows, etl: Etl, save: Save, tmp_path: Path, made_up_data: DataFolder
) -> None:
    for row in dfe:
        row["time_period"] = str(int(row["time_period"]) + 1)
    options = ["--published", "2025-11-20", "--url", "https://example.org/2025", "--title", "A new title"]
    assert etl("ingest", save(dfe, tmp_path / "new.csv"), *options).code == 0
    assert etl("build").code == 0
    in_use = rows_in_use(
        made_up_data,
        """SELECT year(period_end), release FROM current_observation JOIN figure USING (figure_id)
           WHERE publication = 'looked_after_missing' GROUP BY ALL ORDER BY ALL""",
    )
    assert in_use == [(2023, "2024"), (2024, "2025"), (2025, "2025")]
    [source] = rows_in_use(made_up_data, "SELECT title, published, url, origin FROM source WHERE source_id = 'dfe-cla-2025'")
    assert source == ("A new title", "2025-11-20", "https://example.org/2025", "publisher")
    sidecar = yaml.safe_load((made_up_data.incoming / "looked_after_missing" / "2025.source.yaml").read_text(encoding="utf-8"))
    assert (sidecar["original_file"], len(sidecar["original_sha256"])) == ("new.csv", 64)


def test_a_file_whose_years_were_shifted_is_taken_with_a_warning(dfe: Rows, etl: Etl, save: Save, tmp_path: Path) -> None:
    """It is whole and adds up, so that it may be right; but no year is the one before over again."""
    for row in dfe:
        row["time_period"] = str(int(row["time_period"]) + 1)
    answer = etl("ingest", save(dfe, tmp_path / "new.csv"), "--dry-run")
    assert answer.code == 0
    found = re.search(
        r"CHECK THE YEARS: (\S+) of (\S+) figures of 2025-03-31 are those of 2024-03-31 in release 2024\.", answer.out
    )
    assert found
    assert found[1] == found[2]


def test_several_files_are_taken_together(
    dfe: Rows, made_up: Any, etl: Etl, save: Save, tmp_path: Path, made_up_data: DataFolder
) -> None:
    (made_up_data.published / "looked_after_missing" / "2024.csv").unlink()
    (made_up_data.published / "police_missing_children" / "2021.csv").unlink()
    answer = etl("ingest", save(dfe, tmp_path / "care.csv"), save(made_up.nca_rows(), tmp_path / "police.csv"))
    assert answer.code == 0
    assert "looked_after_missing, release 2024, 810 rows: added" in answer.out
    assert "police_missing_children, release 2021, 78 rows: added" in answer.out
    assert sorted(path.relative_to(made_up_data.incoming).as_posix() for path in made_up_data.incoming.glob("*/*")) == [
        "looked_after_missing/2024.csv",
        "looked_after_missing/2024.source.yaml",
        "police_missing_children/2021.csv",
        "police_missing_children/2021.source.yaml",
    ]


def test_a_dry_run_reports_and_changes_nothing(
    changed: Rows, etl: Etl, save: Save, tmp_path: Path, untouched: Callable[[], Any]
) -> None:
    before = untouched()
    answer = etl("ingest", save(changed, tmp_path / "a.csv"), "--replace", "--dry-run")
    assert answer.code == 0
    assert "looked_after_missing, release 2024, 810 rows: would be replaced" in answer.out
    assert "python -m etl build" not in answer.out
    assert untouched() == before


def test_a_release_that_differs_needs_replace(
    changed: Rows, etl: Etl, save: Save, tmp_path: Path, made_up_data: DataFolder, untouched: Callable[[], Any]
) -> None:
    file = save(changed, tmp_path / "a.csv")
    before = untouched()
    refused = etl("ingest", file)
    assert refused.code == 2
    assert (
        "Release 2024 of looked_after_missing is already held and differs: 1 rows changed, 0 new, 0 gone. "
        "Check it; --replace puts the new one in its place." in refused.err
    )
    assert untouched() == before
    query = "SELECT value FROM observation WHERE area_code = 'E99100401' AND figure_id = 'missing_incidents' ORDER BY period_end"
    (_, old) = rows_in_use(made_up_data, query)
    replaced = etl("ingest", file, "--replace")
    assert replaced.code == 0
    assert "release 2024, 810 rows: replaced" in replaced.out
    assert etl("build").code == 0
    (_, new) = rows_in_use(made_up_data, query)
    assert new[0] == old[0] + 1
    published = (made_up_data.published / "looked_after_missing" / "2024.csv").read_text(encoding="utf-8")
    assert f"2024-03-31,local_authority,E99100401,missing_incidents,{old[0]},reported" in published


def test_a_file_in_the_place_of_the_projects_own_does_not_bear_the_publishers_name(
    changed: Rows, etl: Etl, save: Save, tmp_path: Path, made_up_data: DataFolder
) -> None:
    query = "SELECT origin, published, url, done FROM source WHERE source_id = 'dfe-cla-2024'"
    [(origin, published, _, done)] = rows_in_use(made_up_data, query)
    assert (origin, published) == ("publisher", "2024-11")
    assert "added by a user" not in done
    assert etl("ingest", save(changed, tmp_path / "doctored.csv"), "--replace", "--url", "https://example.org/mine").code == 0
    assert etl("build").code == 0
    [(origin, published, url, done)] = rows_in_use(made_up_data, query)
    assert (origin, published, url) == ("added by a user", None, "https://example.org/mine")
    assert "added by a user in the place of the release that came with the project" in done


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--published", "not a date", "This is not a date"),
        ("--published", "2024-13", "This is not a date"),
        ("--published", "2023-02-29", "There is no such day"),
        ("--published", "2099", "out of range"),
        ("--published", "1922-11-24", "out of range"),
        ("--url", "javascript:alert(1)", "This is not a web address"),
        ("--url", "example.org", "This is not a web address"),
    ],
)
def test_a_date_or_an_address_that_is_none_is_refused_with_the_option_that_gave_it(
    option: str, value: str, said: str, dfe: Rows, etl: Etl, save: Save, tmp_path: Path, untouched: Callable[[], Any]
) -> None:
    file, before = save(dfe, tmp_path / "a.csv"), untouched()
    answer = etl("ingest", file, option, value)
    assert answer.code == 2
    words = re.sub(r"[\s\u2500-\u257f|+]+", " ", answer.err)
    assert option in words, answer.err
    assert said in words, answer.err
    assert untouched() == before


# ------------------------------------------------------------------------------------------------ a user's own judgments
def own_grades(path: Path, **grades: str) -> Path:
    """A filled-in template: grades of the first force, by a word of their question."""
    questions = {"investigating": "Investigating crime", "offenders": "Managing offenders"}
    header = "force_code,cycle,level,question,grade,status,published,source_url,source_kind"
    rows = [
        f"{FORCE},2021/22,area,{questions[question]},{grade},graded,2022-04-05,https://example.org/own,force_or_pcc"
        for question, grade in grades.items()
    ]
    path.write_text("\n".join([header, *rows, ""]), encoding="utf-8")
    return path


def grades_in_use(data: DataFolder) -> dict[str, tuple[str, str]]:
    """Grade and origin of each graded question of the first force."""
    query = """
        SELECT question, grade, origin FROM grade JOIN source USING (source_id)
        WHERE force_code = 'E99000001' AND cycle = '2021/22' AND status = 'graded'
    """
    return {question: (grade, origin) for question, grade, origin in rows_in_use(data, query)}


def test_grades_of_a_user_are_marked_as_such_and_stand_in_the_place_of_others_only_with_replace(
    etl: Etl, tmp_path: Path, made_up_data: DataFolder, untouched: Callable[[], Any]
) -> None:
    file = own_grades(tmp_path / "mine.csv", investigating="Good", offenders="Adequate")
    before = untouched()
    refused = etl("ingest", file)
    assert refused.code == 2
    assert f"{FORCE}, 2021/22, Investigating crime is already held. Check it; --replace" in refused.err
    assert "Managing offenders" not in refused.err
    assert untouched() == before
    answer = etl("ingest", file, "--replace")
    assert answer.code == 0
    assert re.search(r"peel_grades, release own-[0-9a-f]{8}, 2 rows: replaced", answer.out)
    assert etl("build").code == 0
    assert grades_in_use(made_up_data) == {
        "Investigating crime": ("Good", "added by a user"),
        "Managing offenders": ("Adequate", "added by a user"),
        "Preventing crime": ("Good", "publisher"),
    }
    [reject] = rows_in_use(made_up_data, 'SELECT file, "column", value, reason FROM reject')
    assert reject[:3] == ("peel_grades/2025.csv", "question", f"{FORCE}, 2021/22, Investigating crime")
    assert "A row that a user added has the same key" in reject[3]


def test_a_users_correction_of_a_grade_stands(etl: Etl, tmp_path: Path, made_up_data: DataFolder) -> None:
    """Releases of a user are named by hashes: the first of these two would come last by name."""
    for number, grade in enumerate(CORRECTED):
        answer = etl("ingest", own_grades(tmp_path / f"{number}.csv", offenders=grade), "--replace")
        assert answer.code == 0
    names = sorted((path.stem for path in (made_up_data.incoming / "peel_grades").glob("*.csv")), reverse=True)
    assert CORRECTED[0] in (made_up_data.incoming / "peel_grades" / f"{names[0]}.csv").read_text(encoding="utf-8")
    assert etl("build").code == 0
    assert grades_in_use(made_up_data)["Managing offenders"] == (CORRECTED[1], "added by a user")


def test_the_same_grade_again_is_already_there(etl: Etl, tmp_path: Path, untouched: Callable[[], Any]) -> None:
    answer = etl("ingest", own_grades(tmp_path / "mine.csv", offenders="Adequate"))
    assert answer.code == 0
    assert re.search(r"peel_grades, release own-[0-9a-f]{8}, 1 rows: added", answer.out)
    before = untouched()
    answer = etl("ingest", own_grades(tmp_path / "again.csv", offenders="Adequate"))
    assert answer.code == 0
    assert "already there" in answer.out
    assert untouched() == before


INSPECTION = (
    "inspection_id,force_code,kind,inspected_from,inspected_to,published,cases_audited,cases_good,cases_requires_improvement,"
    "cases_inadequate,recommendations,follows,source_url,source_kind"
)
AREA_GRADE, RECOMMENDATION = "inspection_id,force_code,area,grade,source_url", "inspection_id,number,force_code,due,theme"
PAGE = "https://example.org/own"


@pytest.mark.parametrize(
    ("header", "rows", "said"),
    [
        (
            RECOMMENDATION, ["nowhere-2024,1,E99000001,,Missing children"],
            "row 2, column inspection_id, value 'nowhere-2024': There is no inspection with this key.",
        ),
        (
            AREA_GRADE, [f"first-2021,{FORCE},Zeal,Good,{PAGE}", f"nowhere-1,{FORCE},Area,Good,{PAGE}"],
            "row 3, column inspection_id, value 'nowhere-1': There is no inspection with this key.",
        ),
        (
            AREA_GRADE, [f"first-2021,E99000002,Area,Good,{PAGE}"],
            "row 2, column force_code, value 'E99000002': The inspection first-2021 is of another force (E99000001).",
        ),
        (
            INSPECTION, [f"x-2,{FORCE},NCPI post-inspection review,2023-07,,,,,,,,nowhere-ncpi,{PAGE},press"],
            "row 2, column follows, value 'nowhere-ncpi': There is no inspection with this key.",
        ),
        (
            INSPECTION, [f"x-2,{FORCE},NCPI post-inspection review,2023-07,,,,,,,,x-2,{PAGE},press"],
            "row 2, column follows, value 'x-2': A review cannot follow itself.",
        ),
        (
            INSPECTION, [f"x-2,E99000002,NCPI post-inspection review,2023-07,,,,,,,,first-2021,{PAGE},press"],
            "row 2, column force_code, value 'E99000002': The inspection first-2021 is of another force (E99000001).",
        ),
        (
            INSPECTION, [f"x-2,{FORCE},NCPI,2023-08-24,2023-09-04,2023-11-24,10,18,30,22,,,{PAGE},press"],
            "row 2, column cases_audited, value '10': The case files at each grade add up to 70, more than were audited.",
        ),
    ],
)  # fmt: skip
def test_a_judgment_that_cannot_stand_beside_the_others_is_refused_at_its_row(
    header: str, rows: list[str], said: str, etl: Etl, tmp_path: Path, untouched: Callable[[], Any]
) -> None:
    file = tmp_path / "mine.csv"
    file.write_text("\n".join([header, *rows, ""]), encoding="utf-8")
    before = untouched()
    answer = etl("ingest", file)
    assert answer.code == 2
    assert f"{file}, {said}" in answer.err
    assert untouched() == before


def test_an_inspection_and_its_grades_are_taken_in_one_call(etl: Etl, tmp_path: Path) -> None:
    inspection, grades = tmp_path / "inspection.csv", tmp_path / "grades.csv"
    inspection.write_text(f"{INSPECTION}\nx-2,{FORCE},NCPI,2023-07,,,,,,,,,{PAGE},press\n", encoding="utf-8")
    grades.write_text(f"{AREA_GRADE}\nx-2,{FORCE},Area,Good,{PAGE}\n", encoding="utf-8")
    assert etl("ingest", grades, inspection).code == 0


# ------------------------------------------------------------------------------------------------ files that are refused
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
