"""Which releases a build loads, and which of two rows about the same thing stands."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from etl.paths import DataFolder
from etl.problems import Refused
from etl.reference import Reference
from etl.releases import SIDECAR, IncomingSource, Release, read_releases, release_files, rows_of
from etl.tidy import read_tidy, write_tidy

FORCE, QUESTION = "E99000001", "Investigating crime"


@pytest.fixture
def add(made_up_data: DataFolder) -> Callable[..., Path]:
    """``add(publication, release, text)`` puts a file under incoming, with its sidecar unless told not to."""

    def write(publication: str, release: str, text: str, added: str = "2024-01-01T00:00:00.000000+00:00", **source: str) -> Path:
        path = made_up_data.incoming / publication / f"{release}.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        entry = IncomingSource(
            publication=publication,
            release=release,
            original_file="own.csv",
            original_sha256="0" * 64,
            ingested_at=added,
            done="Made up.",
            origin="added by a user",
            **source,
        )
        path.with_name(path.stem + SIDECAR).write_text(yaml.safe_dump(entry.model_dump(mode="json")), encoding="utf-8")
        return path

    return write


def grade_csv(grade: str, question: str = QUESTION) -> str:
    header = "force_code,cycle,level,question,grade,status,published,source_url,source_kind"
    return f"{header}\n{FORCE},2021/22,area,{question},{grade},graded,,https://example.org/own,press\n"


def test_every_file_of_published_and_incoming_is_a_release(made_up_data: DataFolder, add: Callable[..., Path]) -> None:
    own = add("peel_grades", "own-1", grade_csv("Good"))
    files = release_files(made_up_data)
    assert files[("peel_grades", "own-1")] == own
    assert files[("peel_grades", "2025")].parent.parent == made_up_data.published
    assert list(files) == sorted(files)


def test_an_incoming_file_replaces_the_published_one_of_its_release(made_up_data: DataFolder, made_up_data_text: str) -> None:
    path = made_up_data.incoming / "looked_after_missing" / "2024.csv"
    path.parent.mkdir(parents=True)
    path.write_text(made_up_data_text, encoding="utf-8")
    assert release_files(made_up_data)[("looked_after_missing", "2024")] == path


def test_what_is_about_to_be_ingested_replaces_both(made_up_data: DataFolder, add: Callable[..., Path], tmp_path: Path) -> None:
    add("looked_after_missing", "2024", "incoming")
    staged = tmp_path / "staged" / "looked_after_missing" / "2024.csv"
    staged.parent.mkdir(parents=True)
    staged.write_text("staged", encoding="utf-8")
    assert release_files(made_up_data, tmp_path / "staged")[("looked_after_missing", "2024")] == staged


@pytest.fixture
def made_up_data_text(made_up_data: DataFolder) -> str:
    """The published release 2024."""
    return (made_up_data.published / "looked_after_missing" / "2024.csv").read_text(encoding="utf-8")


def test_a_release_that_the_project_knows_needs_no_sidecar(
    made_up_data: DataFolder, made_up_data_text: str, reference: Reference
) -> None:
    path = made_up_data.incoming / "looked_after_missing" / "2024.csv"
    path.parent.mkdir(parents=True)
    path.write_text(made_up_data_text, encoding="utf-8")
    [release] = [r for r in read_releases(made_up_data, reference) if r.publication.publication == "looked_after_missing"]
    assert (release.path, release.source["origin"], release.source_id) == (path, "publisher", "dfe-cla-2024")


def test_a_release_that_nobody_knows_is_refused_without_its_sidecar(
    made_up_data: DataFolder, reference: Reference, add: Callable[..., Path]
) -> None:
    path = add("peel_grades", "own-1", grade_csv("Good"))
    path.with_name("own-1.source.yaml").unlink()
    with pytest.raises(Refused) as refused:
        read_releases(made_up_data, reference)
    [problem] = refused.value.problems
    assert problem.file == str(path)
    assert problem.why == "Nothing says where this release comes from (own-1.source.yaml is missing)."
    assert "python -m etl ingest" in problem.mend


@pytest.mark.parametrize(("key", "value"), [("url", "javascript:alert(1)"), ("published", "soon")])
def test_a_sidecar_that_was_edited_to_what_ingest_would_refuse_is_refused(
    key: str, value: str, made_up_data: DataFolder, reference: Reference, add: Callable[..., Path]
) -> None:
    path = add("peel_grades", "own-1", grade_csv("Good")).with_name("own-1.source.yaml")
    path.write_text(yaml.safe_dump({**yaml.safe_load(path.read_text("utf-8")), key: value}), encoding="utf-8")
    with pytest.raises(Refused) as refused:
        read_releases(made_up_data, reference)
    [problem] = refused.value.problems
    assert (problem.file, problem.column, problem.value, problem.mend) == (str(path), key, value, "Ingest the release again.")


def test_a_file_of_a_known_release_that_says_something_else_needs_its_sidecar(
    made_up_data: DataFolder, made_up_data_text: str, reference: Reference
) -> None:
    path = made_up_data.incoming / "looked_after_missing" / "2024.csv"
    path.parent.mkdir(parents=True)
    path.write_text(
        made_up_data_text.replace(",E99100401,missing_incidents,", ",E99100401,missing_incidents,1"), encoding="utf-8"
    )
    with pytest.raises(Refused, match="Nothing says where this release comes from"):
        read_releases(made_up_data, reference)


def test_the_original_that_the_project_knows_by_its_hash_keeps_the_publishers_name(
    made_up_data: DataFolder, made_up_data_text: str, reference: Reference, add: Callable[..., Path]
) -> None:
    (made_up_data.published / "looked_after_missing" / "2024.csv").unlink()
    add("looked_after_missing", "2024", made_up_data_text)
    known = reference.publications["looked_after_missing"]
    origins = {}
    for sha256 in ("0" * 64, "1" * 64):
        release = known.releases["2024"].model_copy(update={"original_sha256": sha256})
        publication = known.model_copy(update={"releases": {**known.releases, "2024": release}})
        others = {**reference.publications, "looked_after_missing": publication}
        read = read_releases(made_up_data, dataclasses.replace(reference, publications=others))
        [origins[sha256]] = [one.source["origin"] for one in read if one.publication.publication == "looked_after_missing"]
    assert origins == {"0" * 64: "publisher", "1" * 64: "added by a user"}


def test_an_original_with_other_line_ends_keeps_the_publishers_name_too(
    made_up_data: DataFolder, made_up_data_text: str, reference: Reference, add: Callable[..., Path]
) -> None:
    (made_up_data.published / "looked_after_missing" / "2024.csv").unlink()
    add("looked_after_missing", "2024", made_up_data_text)
    [release] = looked_after(made_up_data, knowing(reference, original_sha256="1" * 64, other_sha256=["2" * 64, "0" * 64]))
    assert release.source["origin"] == "publisher"


def test_the_same_figures_are_the_same_release_whatever_file_they_came_in(
    made_up_data: DataFolder, made_up_data_text: str, reference: Reference, add: Callable[..., Path]
) -> None:
    (made_up_data.published / "looked_after_missing" / "2024.csv").unlink()
    path = add("looked_after_missing", "2024", made_up_data_text)
    known = knowing(reference, original_sha256="1" * 64, figures_sha256=hashlib.sha256(path.read_bytes()).hexdigest())
    [release] = looked_after(made_up_data, known)
    assert release.source["origin"] == "publisher"


def looked_after(data: DataFolder, reference: Reference) -> list[Release]:
    return [one for one in read_releases(data, reference) if one.publication.publication == "looked_after_missing"]


def knowing(reference: Reference, **known: object) -> Reference:
    """The reference with something else known of release 2024."""
    publication = reference.publications["looked_after_missing"]
    releases = {**publication.releases, "2024": publication.releases["2024"].model_copy(update=known)}
    others = {**reference.publications, "looked_after_missing": publication.model_copy(update={"releases": releases})}
    return dataclasses.replace(reference, publications=others)


def test_of_a_newer_release_nothing_is_said_that_was_true_of_another(
    made_up_data: DataFolder, reference: Reference, add: Callable[..., Path]
) -> None:
    """The table of 2022 is not that of 2021, whose title, coverage and joint forces the project knows."""
    held = (made_up_data.published / "police_missing_children" / "2021.csv").read_text(encoding="utf-8")
    add("police_missing_children", "2022", held.replace("2020-03-31", "2022-03-31"))
    read = read_releases(made_up_data, reference)
    mine, known = (next(r for r in read if r.source_id == f"nca-misper-a3-{year}").source for year in (2022, 2021))
    assert mine["title"] == "Missing Persons Data Report, table A3"
    assert known["title"] == "Missing Persons Data Report 2020/21, table A3"
    assert mine["coverage"] == "Police forces. Years ending 31 March. Periods ending 31 March 2021 to 31 March 2022."
    assert "Warwickshire" in str(known["done"])
    assert mine["done"] == "Years laid out one row a force and year. Made up."


def test_of_a_file_in_the_place_of_a_release_only_its_own_is_said(
    made_up_data: DataFolder, reference: Reference, add: Callable[..., Path]
) -> None:
    held = (made_up_data.published / "police_missing_children" / "2021.csv").read_text(encoding="utf-8")
    row = next(line for line in held.splitlines() if line.endswith(",reported"))
    add("police_missing_children", "2021", held.replace(row, row.replace(",reported", "0,reported")))
    [source] = [r.source for r in read_releases(made_up_data, reference) if r.source_id == "nca-misper-a3-2021"]
    assert source["origin"] == "added by a user"
    assert source["title"] == "Missing Persons Data Report, table A3"
    assert "Warwickshire" not in str(source["done"])
    assert "39 forces" not in str(source["coverage"])


@pytest.mark.parametrize(
    ("content", "why"),
    [(b"a: [", "This is not YAML"), (b"title: caf\xe9", "This is not YAML"), (b"colour: red", "Field required")],
)
def test_a_damaged_sidecar_is_refused_in_words(
    content: bytes, why: str, made_up_data: DataFolder, reference: Reference, add: Callable[..., Path]
) -> None:
    path = add("peel_grades", "own-1", grade_csv("Good")).with_name("own-1.source.yaml")
    path.write_bytes(content)
    with pytest.raises(Refused, match=why) as refused:
        read_releases(made_up_data, reference)
    assert {problem.file for problem in refused.value.problems} == {str(path)}
    assert "pydantic" not in str(refused.value.report())


def test_what_the_sidecar_says_is_the_source(made_up_data: DataFolder, reference: Reference, add: Callable[..., Path]) -> None:
    add("peel_grades", "own-1", grade_csv("Good"), published="2024-05", title="A report", url="https://example.org/a")
    [release] = [r for r in read_releases(made_up_data, reference) if r.release == "own-1"]
    assert (release.source["title"], release.source["published"], release.source["url"]) == (
        "A report", "2024-05", "https://example.org/a",
    )  # fmt: skip
    assert (release.source["origin"], release.source["file_name"]) == ("added by a user", "peel_grades/own-1.csv")


def test_a_folder_that_is_no_publication_is_refused(made_up_data: DataFolder, reference: Reference) -> None:
    (made_up_data.published / "weather").mkdir()
    (made_up_data.published / "weather" / "2024.csv").write_text("a\n", encoding="utf-8")
    with pytest.raises(Refused, match="There is no publication 'weather'"):
        read_releases(made_up_data, reference)


def test_without_any_release_there_is_nothing_to_load(tmp_path: Path, reference: Reference) -> None:
    with pytest.raises(Refused, match="There is no release to load"):
        read_releases(DataFolder(tmp_path, tmp_path / "warehouse"), reference)


def test_the_faults_of_all_files_are_told_at_once(made_up_data: DataFolder, reference: Reference) -> None:
    for publication in ("peel_grades", "monitoring_events"):
        path = made_up_data.published / publication / "2025.csv"
        path.write_text(path.read_text(encoding="utf-8").replace(FORCE, "E99000077"), encoding="utf-8")
    with pytest.raises(Refused) as refused:
        read_releases(made_up_data, reference)
    assert {Path(problem.file).parent.name for problem in refused.value.problems} == {"peel_grades", "monitoring_events"}


def test_a_users_judgement_stands_and_the_other_is_told(
    made_up_data: DataFolder, reference: Reference, add: Callable[..., Path]
) -> None:
    add("peel_grades", "own-1", grade_csv("Good"))
    rows, superseded = rows_of(read_releases(made_up_data, reference), "grades")
    [standing] = rows[(rows["force_code"] == FORCE) & (rows["question"] == QUESTION)].to_dict("records")
    assert (standing["grade"], standing["source_id"]) == ("Good", "hmicfrs-peel-grades-own-1")
    [row] = superseded
    assert (row.file, row.column, row.value) == ("peel_grades/2025.csv", "question", f"{FORCE}, 2021/22, {QUESTION}")
    line = (made_up_data.published / "peel_grades" / "2025.csv").read_text(encoding="utf-8").splitlines()[row.row_number - 1]
    assert line.startswith(f"{FORCE},2021/22,area,{QUESTION},Inadequate")


@pytest.mark.parametrize("later", ["own-1", "own-2"])
def test_of_two_judgements_of_a_user_the_last_one_added_stands(
    later: str, made_up_data: DataFolder, reference: Reference, add: Callable[..., Path]
) -> None:
    """The names of the user's releases are hashes: they say nothing of which came last."""
    for name in ("own-1", "own-2"):
        newer = name == later
        stamp = f"2024-01-0{2 if newer else 1}T00:00:00.000000+00:00"
        add("peel_grades", name, grade_csv("Outstanding" if newer else "Good"), added=stamp)
    rows, superseded = rows_of(read_releases(made_up_data, reference), "grades")
    [standing] = rows[(rows["force_code"] == FORCE) & (rows["question"] == QUESTION)]["grade"]
    assert standing == "Outstanding"
    assert len(superseded) == 2


def test_a_users_judgement_on_something_else_supersedes_nothing(
    made_up_data: DataFolder, reference: Reference, add: Callable[..., Path]
) -> None:
    add("peel_grades", "own-1", grade_csv("Good", "Managing offenders"))
    rows, superseded = rows_of(read_releases(made_up_data, reference), "grades")
    assert superseded == []
    assert len(rows) == 5


def test_figures_keep_every_release(made_up_data: DataFolder, reference: Reference) -> None:
    frame = read_tidy(made_up_data.published / "looked_after_missing" / "2024.csv", "figures", reference)
    write_tidy(frame, made_up_data.published / "looked_after_missing" / "2023.csv", "figures")
    rows, superseded = rows_of(read_releases(made_up_data, reference), "figures")
    of_publication = rows[rows["source_id"].str.startswith("dfe-cla")]
    assert dict(of_publication["release"].value_counts()) == {"2023": len(frame), "2024": len(frame)}
    assert superseded == []


def test_a_grain_without_a_release_has_its_columns_and_no_rows(made_up_data: DataFolder, reference: Reference) -> None:
    (made_up_data.published / "peel_grades" / "2025.csv").unlink()
    rows, superseded = rows_of(read_releases(made_up_data, reference), "grades")
    assert rows.empty
    assert {"force_code", "cycle", "question", "source_id"} <= set(rows.columns)
    assert superseded == []
