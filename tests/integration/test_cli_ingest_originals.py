"""The publishers' own files, given to a project from which their releases were removed, make the very same warehouse."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from etl.paths import PROJECT, DataFolder
from insight.warehouse import Warehouse

SAMPLES = PROJECT.parent / "shared" / "published_samples"
ORIGINALS = {
    "dfe_looked_after_missing_release_2024.csv": "looked_after_missing/2024",
    "dfe_looked_after_missing_release_2016.csv": "looked_after_missing/2016",
    "dfe_assessment_factors_2018_2025.csv": "assessment_factors/2025",
    "ons_population_0_17_2012_2024.csv": "child_population/2024",
    "nca_missing_table_a3_2021.csv": "police_missing_children/2021",
    "nca_missing_table_b1_2021.csv": "missing_related_calls/2021",
}
NEWEST = "dfe_looked_after_missing_release_2024.csv"

pytestmark = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the publishers' originals are not at hand")


@pytest.fixture
def data(real_data: DataFolder, tmp_path: Path) -> DataFolder:
    """A copy of the project's data without a warehouse."""
    for name in ("reference", "published"):
        shutil.copytree(real_data.root / name, tmp_path / "real" / name)
    return DataFolder(tmp_path / "real", tmp_path / "real" / "warehouse")


@pytest.fixture
def etl_real(etl: Callable[..., Any], data: DataFolder) -> Callable[..., Any]:
    """The command line on the real data."""
    return lambda *arguments: etl(*arguments, data=data)


@pytest.mark.parametrize("originals", [[NEWEST], [name for name in ORIGINALS if name != NEWEST]], ids=["newest", "others"])
def test_a_release_that_was_removed_and_ingested_gives_the_identical_warehouse(
    originals: list[str], data: DataFolder, etl_real: Callable[..., Any], real: Warehouse, content_of: Callable[[DataFolder], str]
) -> None:
    for name in originals:
        (data.published / f"{ORIGINALS[name]}.csv").unlink()
    answer = etl_real("ingest", *(SAMPLES / name for name in originals))
    assert answer.code == 0, answer.err
    assert answer.out.count(": added") == len(originals)
    assert etl_real("build").code == 0
    whole = real.rows("build", "SELECT content_hash FROM build").at[0, "content_hash"]
    assert content_of(data) == whole


@pytest.mark.parametrize("name", ORIGINALS)
def test_an_original_whose_release_is_held_is_already_there(name: str, etl_real: Callable[..., Any]) -> None:
    year = ["--year", "2016"] if "2016" in name else []
    answer = etl_real("ingest", SAMPLES / name, *year)
    assert answer.code == 0
    publication, release = ORIGINALS[name].split("/")
    assert f"{publication}, release {release}, " in answer.out
    assert "already there" in answer.out
