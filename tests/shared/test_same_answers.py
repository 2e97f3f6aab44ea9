"""From the shared warehouse come the same tables, answers and rules as from the file, whoever asks."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import pandas as pd
import pytest

import lake
from etl.contents import content_hash
from etl.lake import Shared
from insight.fields import table_shapes
from insight.queries import about, figures, left_out, whole
from insight.queries.left_out import public_warehouse
from insight.warehouse import Warehouse
from tests.catalogue import Catalogue
from tests.questions import arguments_of, questions

OF_NONE = {left_out.own_releases}  # nobody added a release to the real data
KEYS = {
    "force": ["force_code"],
    "measure": ["measure_id"],
    "observation": ["figure_id", "release", "area_code", "period_end"],
    "indicator": ["measure_id", "area_code", "period_end"],
}


@pytest.mark.parametrize("question", questions())
def test_every_question_has_the_same_answer(
    question: Callable[..., pd.DataFrame], real: Warehouse, shared_real: Warehouse
) -> None:
    values = arguments_of(question)
    expected, answer = question(real, *values), question(shared_real, *values)
    if "in no order" in (question.__doc__ or ""):
        expected, answer = (frame.sort_values(list(frame), ignore_index=True) for frame in (expected, answer))
    pd.testing.assert_frame_equal(answer, expected)
    assert len(answer) or question in OF_NONE, "an argument finds nothing, so that nothing is compared"


def test_a_build_holds_what_the_file_holds(
    real: Warehouse, shared_real: Warehouse, shared_data: Catalogue, tmp_path: Path
) -> None:
    """Both are hashed as a build is, without the bounds of readers; of the file a copy, for it is open with them."""
    copy = shutil.copyfile(real.path, tmp_path / "copy.duckdb")
    with shared_data.named(), lake.open_for_reading(shared_real.path) as shared, duckdb.connect(copy, read_only=True) as file:
        assert content_hash(shared) == content_hash(file)


def test_every_table_has_the_same_columns_rules_and_references(real: Warehouse, shared_real: Warehouse) -> None:
    assert table_shapes(shared_real) == table_shapes(real)


def test_what_is_left_out_is_gone_from_a_copy(shared_data: Catalogue, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("FORCE_LEAVE_OUT", "looked_after_missing")
    with shared_data.named():
        build = Shared(tmp_path).in_use()
        assert build is not None
        with public_warehouse(build) as public:
            assert "looked_after_missing" not in set(about.sources(public)["publication"])
            assert len(figures.forces(public)) == 43


def test_the_whole_build_is_public_where_nothing_is_left_out(shared_data: Catalogue, tmp_path: Path) -> None:
    with shared_data.named():
        build = Shared(tmp_path).in_use()
        assert build is not None
        with public_warehouse(build) as public:
            assert "looked_after_missing" in set(about.sources(public)["publication"])


@pytest.mark.parametrize("name", KEYS)
def test_pandas_reads_the_tables_where_they_lie(name: str, shared_data: Catalogue, real: Warehouse, tmp_path: Path) -> None:
    with shared_data.named():
        place = Shared(tmp_path)
        build = place.in_use()
        assert build is not None
        files = place.files(build)[name]
    expected = whole.table(real, name).sort_values(KEYS[name], ignore_index=True)
    read = pd.concat([pd.read_parquet(file) for file in files])[list(expected)]
    read = read.astype(expected.dtypes.to_dict()).sort_values(KEYS[name], ignore_index=True)
    pd.testing.assert_frame_equal(_without_nan(read), _without_nan(expected))


def _without_nan(frame: pd.DataFrame) -> pd.DataFrame:
    """What is missing as None in every column."""
    return frame.astype(object).where(frame.notna(), None)
