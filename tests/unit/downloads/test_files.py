"""Files to take away: nothing becomes a formula, everything says where it comes from."""

from __future__ import annotations

import csv
import io
import json
import zipfile

import pandas as pd
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from insight.charts.chart import Chart
from insight.downloads.files import csv_bytes, csv_package, file_name, meta_bytes, period, with_source, xlsx_bytes
from insight.downloads.images import standing_alone
from insight.downloads.whole_set import whole_set
from insight.tables.model import Link
from insight.warehouse import Warehouse, kept_build

DANGEROUS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"]
FRAME = pd.DataFrame({"area_name": ["Exampland", *DANGEROUS], "value": [1.5, -2.0, 0.0, 3.0, None, 4.0, 5.0]})


def rows_of(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_csv_is_utf8_with_one_header_row() -> None:
    content = csv_bytes(FRAME)
    assert content.startswith(b"\xef\xbb\xbf")
    assert rows_of(content)[0] == ["area_name", "value"]
    assert len(rows_of(content)) == len(FRAME) + 1


@given(st.lists(st.text(max_size=12), min_size=1, max_size=6))
@settings(max_examples=60, deadline=None)
def test_no_cell_or_heading_of_a_csv_begins_like_a_formula(texts: list[str]) -> None:
    heading = texts[0]
    for row in rows_of(csv_bytes(pd.DataFrame({heading: texts}))):
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row)


def test_negative_numbers_stay_numbers_in_csv() -> None:
    assert rows_of(csv_bytes(FRAME))[2][1] == "-2.0"


def test_a_workbook_has_figures_and_notes_and_no_formula() -> None:
    book = load_workbook(io.BytesIO(xlsx_bytes(FRAME, "A title", "Source: Exampland.", "build-1", ["=A note"])))
    assert book.sheetnames == ["Figures", "Notes"]
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    figures = [row[0].value for row in book["Figures"].iter_rows(min_row=2)]
    assert figures[1:5] == DANGEROUS[:4]
    notes = [row[0].value for row in book["Notes"].iter_rows() if row[0].value]
    assert notes[:3] == ["A title", "Source: Exampland.", "Build build-1."]


def test_the_description_names_every_column_of_the_csv_beside_it() -> None:
    package = csv_package(FRAME, "exampland_2024", "A title", "Source: Exampland.", "build-1", ["A note."])
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        assert archive.namelist() == ["exampland_2024.csv", "exampland_2024.meta.json"]
        described = json.loads(archive.read("exampland_2024.meta.json"))
        head = rows_of(archive.read("exampland_2024.csv"))[0]
    assert [column["name"] for column in described["columns"]] == head == ["area_name", "value", "source", "build"]
    assert described["build"] == "build-1"


def test_the_same_figures_give_the_same_bytes() -> None:
    assert csv_package(FRAME, "a", "t", "s", "b", []) == csv_package(FRAME, "a", "t", "s", "b", [])
    assert meta_bytes(with_source(FRAME, "s", "b"), "t", "s", "b", []) == meta_bytes(
        with_source(FRAME, "s", "b"), "t", "s", "b", []
    )


def test_a_file_name_says_force_measure_period_and_build() -> None:
    assert file_name("wiltshire", "children_missing_percent", "2024", "b1") == "wiltshire_children-missing-percent_2024_b1.csv"
    assert file_name("wiltshire", "b1", ending="meta.json") == "wiltshire_b1.meta.json"


def test_a_source_of_its_own_is_never_written_over() -> None:
    frame = pd.DataFrame({"value": [1.0], "Source": ["the inspectorate"]})
    stamped = with_source(frame, "Source: Exampland.", "build-1")
    assert list(stamped.columns) == ["value", "Source", "file_source", "build"]
    assert stamped["Source"].tolist() == ["the inspectorate"]


def test_the_years_of_a_file_stand_in_its_name_as_far_as_they_are_known() -> None:
    assert period(["2018-03", "2014-06-30", None, float("nan"), ""]) == "2014-2018"
    assert period([pd.Timestamp(2024, 3, 31)]) == "2024"
    assert period([None]) == ""


def test_an_image_carries_title_source_and_licence() -> None:
    chart = Chart({"data": [], "layout": {"height": 300, "margin": {"t": 20, "b": 30}}}, "How many?", "alt")
    alone = standing_alone(chart, "Source: Exampland. Open Government Licence v3.0. Build b1.")
    written = " ".join(note.text for note in alone.layout.annotations)
    assert alone.layout.title.text == "<b>How many?</b>"
    assert alone.layout.title.xref == "container", "at the plot's edge a long title would leave the image"
    assert "Open Government Licence" in written
    assert "Build b1" in written
    assert alone.layout.height > 300
    assert chart.figure.layout.height == 300


def test_the_whole_set_has_every_table_twice_with_the_same_rows(real: Warehouse) -> None:
    with zipfile.ZipFile(io.BytesIO(whole_set(real))) as archive:
        tables = json.loads(archive.read("tables.json"))["tables"]
        assert {"indicator", "observation", "grade", "source", "measure"} <= {one["table"] for one in tables}
        for one in tables:
            parquet = pq.read_table(io.BytesIO(archive.read(f"parquet/{one['table']}.parquet")))
            assert parquet.num_rows == one["rows"] == len(rows_of(archive.read(f"csv/{one['table']}.csv"))) - 1
        assert b"Open Government Licence" in archive.read("README.txt")


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "a" * 81, "no-such-build", "x.duckdb"])
def test_a_link_to_a_build_that_is_not_kept_finds_nothing(name: str, tmp_path: object) -> None:
    from pathlib import Path

    assert kept_build(Path(str(tmp_path)), name) is None


def test_a_cell_that_is_no_plain_value_is_refused() -> None:
    frame = pd.DataFrame({"Source": [Link("https://example.org", "the press")]})
    with pytest.raises(TypeError, match="plain values only"):
        csv_bytes(frame)
