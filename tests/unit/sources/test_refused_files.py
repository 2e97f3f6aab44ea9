"""What cannot be right is refused whole, each with a message of its own."""

from __future__ import annotations

import os
import time
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.problems import Refused
from etl.reference import Reference
from etl.sources import read_file
from etl.sources.sheets_apart import MOST_CELLS
from tests.unit.sources.kinds import Refusal, Rows, Save


def test_a_missing_path(tmp_path: Path, refusal: Refusal) -> None:
    path = tmp_path / "none.csv"
    assert refusal(path) == f"{path}: There is no such file. Check the spelling and the folder."


def test_a_directory(tmp_path: Path, refusal: Refusal) -> None:
    assert "This is a folder, not a file." in refusal(tmp_path)


def test_a_link_to_itself(tmp_path: Path, refusal: Refusal) -> None:
    (tmp_path / "loop.csv").symlink_to("loop.csv")
    assert "This link leads back to itself. Name the file that it was meant to lead to." in refusal(tmp_path / "loop.csv")


def test_a_file_name_that_is_not_utf_8(looked_after: Rows, save: Save, tmp_path: Path, reference: Reference) -> None:
    path = save(looked_after).rename(tmp_path / os.fsdecode(b"caf\xe9.csv"))
    [reading] = read_file(path, reference)
    assert reading.file == f"{tmp_path}/caf\ufffd.csv"


def test_a_pipe(tmp_path: Path, refusal: Refusal) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert "This is a device or a pipe, not a file." in refusal(tmp_path / "pipe")


@pytest.mark.parametrize("content", [b"", b"\n \n", b"\xef\xbb\xbf"])
def test_an_empty_file(content: bytes, tmp_path: Path, refusal: Refusal) -> None:
    (tmp_path / "empty.csv").write_bytes(content)
    assert "The file is empty." in refusal(tmp_path / "empty.csv")


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"abc\n\x00\x01\x02", "row 2: This is a binary file, not a table: it holds NUL bytes."),
        (b"%PDF-1.7 ...", "This is a PDF, not a table."),
        (b"\x1f\x8b\x08", "This is a gzip archive, not a table."),
        (b"\x89PNG\r\n\x1a\n\x00", "This is a picture, not a table."),
        (b"<!DOCTYPE html><html>", "This is a web page, not a table."),
        (b"PK\x03\x04 and no more", "The workbook is damaged"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"\x00" * 600, "The workbook is damaged"),
    ],
)
def test_a_binary(content: bytes, why: str, tmp_path: Path, refusal: Refusal) -> None:
    (tmp_path / "figures.csv").write_bytes(content)
    assert why in refusal(tmp_path / "figures.csv")


def test_utf_16(looked_after: Rows, save: Save, refusal: Refusal) -> None:
    report = refusal(save(looked_after, encoding="utf-16"))
    assert "The text is in UTF-16, not in UTF-8." in report
    assert "CSV UTF-8" in report


def test_windows_1252_is_named_with_row_byte_and_mend(looked_after: Rows, save: Save, refusal: Refusal) -> None:
    looked_after[40]["la_name"] = "Caf\u00e9 Example"
    report = refusal(save(looked_after, encoding="cp1252"))
    assert "row 42, value" in report
    assert "Caf\u00e9" in report
    assert "The text is not in UTF-8 (byte 0xE9 at position" in report
    assert "CSV UTF-8" in report


def test_a_200_mb_file_is_refused_at_once_without_being_read(tmp_path: Path, refusal: Refusal) -> None:
    path = tmp_path / "large.csv"
    with path.open("wb") as stream:
        stream.truncate(200 * 1024**2)
    started = time.perf_counter()
    assert "The file has 200 MB; the limit is 100 MB." in refusal(path)
    assert time.perf_counter() - started < 0.5


def test_a_csv_of_more_cells_than_any_table_is_refused_where_it_passes_the_limit(tmp_path: Path, refusal: Refusal) -> None:
    """Within the limit of bytes it took more than 4 GB to hold."""
    path = tmp_path / "endless.csv"
    columns = "force_code,event,topic,date,source_url,source_kind"
    path.write_text(columns + "\n" + ",,,,,a\n" * (MOST_CELLS // 6 + 10), encoding="utf-8")
    assert f"row {MOST_CELLS // 6 + 1}: Up to this row there are more than 2,000,000 cells" in refusal(path)


def test_a_file_cut_off_in_the_middle_of_a_line_names_the_row(looked_after: Rows, save: Save, refusal: Refusal) -> None:
    path = save(looked_after)
    text = path.read_text(encoding="utf-8")
    path.write_text(text[: text.index("Upper Example") + 5], encoding="utf-8")
    report = refusal(path)
    assert "row 35, value '2023,Reporting year,Local authority,E99900001,Exampland,E99800001,East" in report
    assert "This row ends after 9 of 12 cells. The file seems cut off" in report


def test_a_file_cut_off_inside_quotation_marks_names_the_row(table_a3: Rows, save: Save, refusal: Refusal) -> None:
    path = save(table_a3)
    text = path.read_text(encoding="utf-8")
    path.write_text(text[: text.index('"1,234') + 3], encoding="utf-8")
    assert "row 2: A quotation mark opened in this row is never closed. The file seems cut off" in refusal(path)


def test_a_file_cut_off_inside_a_character_names_the_row(looked_after: Rows, save: Save, refusal: Refusal) -> None:
    looked_after[40]["la_name"] = "Caf\u00e9"
    path = save(looked_after)
    content = path.read_bytes()
    path.write_bytes(content[: content.index("\u00e9".encode()) + 1])
    assert "row 42: The file ends inside a character. The file seems cut off" in refusal(path)


def test_a_header_without_rows(looked_after: Rows, save: Save, refusal: Refusal) -> None:
    assert "row 1: The header has no rows under it." in refusal(save([], header=list(looked_after[0])))


@pytest.mark.parametrize("rows", ["looked_after", "older", "population", "table_b1"])
@pytest.mark.slow
def test_a_header_with_any_one_column_missing_names_it(
    rows: str, save: Save, refusal: Refusal, request: pytest.FixtureRequest
) -> None:
    whole: Rows = request.getfixturevalue(rows)
    for column in whole[0]:
        report = refusal(save(whole, header=[name for name in whole[0] if name != column]), 2016)
        assert f"row 1, column {column}: This looks like" in report
        assert "but this column is missing." in report


@pytest.mark.parametrize("column", ["Going_missing", "time_period", "new_la_code", "category"])
def test_a_header_of_assessment_factors_with_a_column_missing_names_it(
    column: str, factors: Rows, save: Save, refusal: Refusal
) -> None:
    assert f"row 1, column {column}: This looks like DfE children in need" in refusal(
        save(factors, header=[name for name in factors[0] if name != column])
    )


def test_a_name_lost_from_the_header_alone_is_refused(table_a3: Rows, save: Save, refusal: Refusal) -> None:
    path = save(table_a3)
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(",diff_to_2019_20_number", "", 1), encoding="utf-8")
    assert "row 1: The header names 3 columns, but every row has 4 cells." in refusal(path)
    path.write_text(text.replace("diff_to_2019_20_number", "", 1), encoding="utf-8")
    assert "row 1, value '-247': Column 4 holds cells but has no name." in refusal(path)


def test_a_header_that_names_a_column_twice(looked_after: Rows, save: Save, refusal: Refusal) -> None:
    path = save(looked_after)
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("la_name", "number", 1).replace(",new_la_code", ",la_name,new_la_code", 1), "utf-8")
    assert "row 1, column number: The header names this column more than once." in refusal(path)


def test_a_line_of_absurd_length(tmp_path: Path, refusal: Refusal) -> None:
    (tmp_path / "one.csv").write_text("a,b\n" + "," * 200_000, encoding="utf-8")
    assert "row 2: This line has 200,000 characters: it is no row of a table." in refusal(tmp_path / "one.csv")


def test_a_row_with_a_cell_too_many(looked_after: Rows, save: Save, refusal: Refusal) -> None:
    path = save(looked_after)
    lines = path.read_text(encoding="utf-8").splitlines()
    lines[4] += ",7"
    path.write_text("\n".join(lines), encoding="utf-8")
    assert "This row has 13 cells, the header has 12." in refusal(path)


def test_wrong_quotation_marks(looked_after: Rows, save: Save, refusal: Refusal) -> None:
    path = save(looked_after)
    lines = path.read_text(encoding="utf-8").splitlines()
    lines[4] = '"2023"5' + lines[4][4:]
    path.write_text("\n".join(lines), encoding="utf-8")
    assert "row 5: The quotation marks of this row are wrong" in refusal(path)


@pytest.mark.parametrize(("name", "separator"), [("semicolons", ";"), ("tabs", "\t")])
def test_another_separator(name: str, separator: str, looked_after: Rows, save: Save, refusal: Refusal) -> None:
    path = save(looked_after)
    path.write_text(path.read_text(encoding="utf-8").replace(",", separator), encoding="utf-8")
    assert f"The columns are separated by {name}, not by commas." in refusal(path)


def test_an_unknown_layout_lists_what_is_recognised(tmp_path: Path, refusal: Refusal) -> None:
    (tmp_path / "other.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    report = refusal(tmp_path / "other.csv")
    assert "No table in this file has a layout that is known." in report
    for known in ("explore education statistics", "table A3", "table B1", "children in need", "our template peel_grades"):
        assert known in report


def test_a_duplicate_row(looked_after: Rows, save: Save, refusal: Refusal) -> None:
    looked_after.append(looked_after[7])
    report = refusal(save(looked_after))
    assert f"row {len(looked_after) + 1}, column number" in report
    assert "a second time. Keep one row of the two." in report


def test_a_duplicate_row_of_a_figure_that_is_left_out(looked_after: Rows, save: Save, refusal: Refusal) -> None:
    looked_after.append(next(row for row in looked_after if row["CLA_group"].startswith("Average")))
    assert f"row {len(looked_after) + 1}" in refusal(save(looked_after))


def test_a_negative_count(looked_after: Rows, save: Save, refusal: Refusal) -> None:
    looked_after[-3]["number"] = "-5"
    report = refusal(save(looked_after))
    assert f"row {len(looked_after) - 1}, column number, value '-5': A count cannot be negative." in report


def test_a_child_count_above_the_looked_after_count(looked_after: Rows, save: Save, refusal: Refusal) -> None:
    missing = [row for row in looked_after if row["CLA_group"] == "Children missing at 31 March"]
    missing[-1]["number"] = "101"
    report = refusal(save(looked_after))
    assert "value '101': children_missing_at_31_march of E99100005 in 2024-03-31 is above children_looked_after (100)" in (report)


def test_an_unknown_authority(looked_after: Rows, save: Save, refusal: Refusal) -> None:
    looked_after[-1].update(new_la_code="E99100099", la_name="Newtown")
    report = refusal(save(looked_after))
    assert f"row {len(looked_after) + 1}, column new_la_code, value 'E99100099'" in report
    assert "This authority is not known (Newtown)." in report
    assert "data/reference/local_authorities.csv" in report


@pytest.mark.parametrize("year", ["1066", "2099"])
def test_a_year_out_of_range(year: str, looked_after: Rows, save: Save, refusal: Refusal) -> None:
    looked_after[12]["time_period"] = year
    assert f"row 14, column time_period, value '{year}': This year is out of range." in refusal(save(looked_after))


@pytest.mark.parametrize("year", [1066, 2099])
def test_a_year_out_of_range_that_a_person_gives(year: int, table_b1: Rows, save: Save, refusal: Refusal) -> None:
    assert f"value '{year}': This year is out of range." in refusal(save(table_b1, "table_b1.csv"), year)


@settings(
    max_examples=150, deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(position=st.floats(0, 1), inserted=st.binary(max_size=6), removed=st.integers(0, 40))
def test_a_damaged_file_is_read_or_refused_and_nothing_else(
    position: float, inserted: bytes, removed: int, table_a3: Rows, save: Save, reference: Reference
) -> None:
    path = save(table_a3)
    content = path.read_bytes()
    at = int(position * len(content))
    path.write_bytes(content[:at] + inserted + content[at + removed :])
    with suppress(Refused):
        read_file(path, reference)
