"""The reference files: read as typed entries, or refused with the file and the entry at fault."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from etl.problems import Refused
from etl.reference import load_reference


@pytest.fixture
def folder(made_up: Any, tmp_path: Path) -> Path:
    """A copy of Exampland's reference, to be changed."""
    return Path(shutil.copytree(made_up.folder.reference, tmp_path / "reference"))


@pytest.fixture
def refusal(folder: Path) -> Callable[[], str]:
    """The report on the changed reference."""

    def load() -> str:
        with pytest.raises(Refused) as refused:
            load_reference(folder)
        return refused.value.report()

    return load


def change(path: Path, before: str, after: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")


def append(path: Path, text: str) -> None:
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def test_the_projects_own_reference_is_whole(real_reference: Any) -> None:
    assert len(real_reference.forces) == 43
    assert len(real_reference.authorities) == 163
    assert all(measure.polarity == "none" for measure in real_reference.measures)


@pytest.mark.parametrize(
    ("file", "before", "after", "said"),
    [
        (
            "local_authorities.csv",
            "E99000001",
            "E99000077",
            "local_authorities.csv, row 2, column force_code, value 'E99000077': There is no force",
        ),
        (
            "force_names.csv",
            "E99000038",
            "E99000077",
            "force_names.csv, row 2, column force_code, value 'E99000077': There is no force",
        ),
        (
            "figures.yaml",
            "publication: child_population",
            "publication: gone",
            "column publication, value 'gone': There is no publication",
        ),
        (
            "figures.yaml",
            "at_most: [children_looked_after, ",
            "at_most: [gone, ",
            "column at_most, value 'gone': There is no figure",
        ),
        (
            "measures.yaml",
            "numerator: missing_incidents\n",
            "numerator: gone\n",
            "column numerator, value 'gone': There is no figure",
        ),
        (
            "measures.yaml",
            "denominator: children_looked_after",
            "denominator: gone",
            "column denominator, value 'gone': There is no figure",
        ),
        (
            "publications.yaml",
            "publisher: Office for National Statistics",
            "publisher: Gone",
            "column publisher, value 'Gone': There is no publisher",
        ),
        (
            "questions.yaml",
            'cycles: ["2015"',
            'cycles: ["1915"',
            "questions.yaml, row 1, column cycles, value '1915': There is no cycle",
        ),
    ],
)
def test_a_pointer_that_leads_nowhere_is_named(
    file: str, before: str, after: str, said: str, folder: Path, refusal: Callable[[], str]
) -> None:
    change(folder / file, before, after)
    assert said in refusal()


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("area: E99000077, from: 2021-03-31", "column area, value 'E99000077': There is no force"),
        ("cycle: '1915'", "column cycle, value '1915': There is no cycle"),
    ],
)
def test_a_break_of_something_unknown_is_named(entry: str, said: str, folder: Path, refusal: Callable[[], str]) -> None:
    append(folder / "series_breaks.yaml", f"- {{series: x, kind: doubtful, reason: Made up., source: none, {entry}}}\n")
    assert said in refusal()


def test_a_name_in_running_text_is_the_plain_one_where_the_file_says_nothing_else(real_reference: Any) -> None:
    forces = {one.force_name: (one.label, one.in_text, one.organisation_in_text) for one in real_reference.forces}
    assert forces["Wiltshire"] == ("Wiltshire", "Wiltshire", "Wiltshire Police")
    assert forces["Metropolitan"] == ("Metropolitan", "the Metropolitan Police area", "the Metropolitan Police Service")
    areas = {one.area_name: (one.label, one.in_text) for one in real_reference.areas}
    assert areas["West Midlands"] == ("West Midlands region", "the West Midlands region")
    assert forces["West Midlands"][0] == "West Midlands Police"
    assert areas["England"] == ("England", "England")
    publishers = {one.publisher: one.short_name for one in real_reference.publishers}
    assert (publishers["Department for Education"], publishers["Welsh Government"]) == ("DfE", "Welsh Government")


@pytest.mark.parametrize("file", ["forces.csv", "local_authorities.csv", "publishers.csv"])
def test_a_key_that_stands_twice_in_a_table_is_named(file: str, folder: Path, refusal: Callable[[], str]) -> None:
    header, line, *others = (folder / file).read_text(encoding="utf-8").splitlines()
    append(folder / file, f"{line}\n")
    place = f"{file}, row {len(others) + 3}, column {header.split(',')[0]}, value '{line.split(',')[0]}'"
    assert f"{place}: This key stands more than once." in refusal()


@pytest.mark.parametrize(
    ("file", "column", "key"),
    [
        ("measures.yaml", "measure_id", "missing_incidents_number"),
        ("questions.yaml", "question", "Legitimacy"),
        ("figures.yaml", "figure_id", "children_missing"),
    ],
)
def test_an_entry_that_stands_twice_is_named(file: str, column: str, key: str, folder: Path, refusal: Callable[[], str]) -> None:
    text = (folder / file).read_text(encoding="utf-8")
    append(folder / file, text)
    assert f"column {column}, value '{key}': This key stands more than once." in refusal()


@pytest.mark.parametrize(
    ("file", "column", "key", "other"),
    [
        ("publications.yaml", "publication", "looked_after_missing", "looked_after_missing_england"),
        ("percentages.yaml", "percentage_id", "looked_after_missing", "looked_after_away"),
    ],
)
def test_an_entry_with_the_key_of_another_is_named(
    file: str, column: str, key: str, other: str, folder: Path, refusal: Callable[[], str]
) -> None:
    change(folder / file, f"- {column}: {other}\n", f"- {column}: {key}\n")
    assert f"column {column}, value '{key}': This key stands more than once." in refusal()


def test_an_authority_in_two_parts_of_a_region_is_named(folder: Path, refusal: Callable[[], str]) -> None:
    area, authority = (
        (folder / file).read_text().splitlines()[1].partition(",")[0] for file in ("areas.csv", "local_authorities.csv")
    )
    part = f"- {{area_code: {area}, source: Made up., authorities: [{authority}]}}\n"
    (folder / "subregions.yaml").write_text(part * 2, encoding="utf-8")
    assert f"row 2, column authorities, value '{authority}': This authority stands in entry 1 already." in refusal()


def test_words_without_a_place_for_the_figure_are_refused(folder: Path, refusal: Callable[[], str]) -> None:
    change(folder / "measures.yaml", "{figure}", "{number}")
    assert "column clause" in refusal()


def test_two_measures_at_the_same_place_are_named(folder: Path, refusal: Callable[[], str]) -> None:
    change(folder / "measures.yaml", "headline: 5", "headline: 2")
    assert "measures.yaml, row 4, column headline, value '2': This key stands more than once." in refusal()


def test_an_unknown_key_of_an_entry_is_refused(folder: Path, refusal: Callable[[], str]) -> None:
    change(folder / "measures.yaml", "unit: incidents\n", "unit: incidents\n  colour: red\n")
    report = refusal()
    assert "measures.yaml, row " in report
    assert "column colour, value 'red': Extra inputs are not permitted." in report


def test_a_missing_key_of_an_entry_is_refused(folder: Path, refusal: Callable[[], str]) -> None:
    change(folder / "grade_scale.yaml", ", letter: O", "")
    report = refusal()
    assert "grade_scale.yaml, row 1, column letter" in report
    assert "Field required." in report


def test_an_unknown_column_of_a_table_is_refused(folder: Path, refusal: Callable[[], str]) -> None:
    change(folder / "areas.csv", "area_level,", "area_kind,")
    assert "areas.csv, row 2, column area_kind" in refusal()


def test_a_count_with_a_denominator_is_refused(folder: Path, refusal: Callable[[], str]) -> None:
    change(folder / "measures.yaml", "kind: count\n", "kind: count\n  denominator: children_missing\n")
    assert "a count has no denominator and no multiplier" in refusal()


def test_a_missing_file_is_refused(folder: Path, refusal: Callable[[], str]) -> None:
    (folder / "statuses.yaml").unlink()
    assert f"{folder / 'statuses.yaml'}: This reference file cannot be read (No such file or directory)." in refusal()


@pytest.mark.parametrize("file", ["measures.yaml", "statuses.yaml", "known_totals.yaml"])
@pytest.mark.parametrize(
    ("content", "said"), [("", "There is no list of entries"), ("figures: 3", "no list"), ("a: [", "This is not YAML")]
)
def test_a_file_that_holds_something_else_is_refused(
    file: str, content: str, said: str, folder: Path, refusal: Callable[[], str]
) -> None:
    (folder / file).write_text(content, encoding="utf-8")
    report = refusal()
    assert str(folder / file) in report
    assert said in report


def test_an_incomplete_name_is_refused(folder: Path, refusal: Callable[[], str]) -> None:
    append(folder / "force_names.csv", "Half a name\n")
    assert "force_names.csv, row 3, column force_code" in refusal()


def test_a_force_is_known_by_both_its_names_whatever_the_case(made_up: Any) -> None:
    reference = made_up.reference
    assert reference.forces_named("  NORTH sampleshire ") == ["E99000001"]
    assert reference.forces_named("North Sampleshire Police") == ["E99000001"]
    assert reference.forces_named("Upper and Lower Joint") == ["E99000037", "E99000038"]
    assert reference.forces_named("Nowhere") == []


def test_the_english_forces_without_an_authority_are_named(made_up: Any) -> None:
    reference = made_up.reference
    held = {code for code, force in reference.force_of_authority.items() if force != "E99000001"}
    assert reference.english_forces_without(held) == ["North Sampleshire"]
    assert reference.english_forces_without(reference.force_of_authority) == []
