"""The publishers' own files, given to a project from which their releases were removed, make the very same warehouse."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from etl.build import Draft, make_draft
from etl.paths import PROJECT, DataFolder
from insight.warehouse import Warehouse

SAMPLES = PROJECT.parent / "shared" / "published_samples"
ORIGINALS = {
    "dfe_looked_after_missing_release_2024.csv": "looked_after_missing/2024",
    "dfe_looked_after_missing_release_2016.csv": "looked_after_missing/2016",
    "dfe_assessment_factors_2018_2025.csv": "assessment_factors/2025",
    "dfe_cin_c1_referrals_2013_2025.csv": "referrals/2025",
    "dfe_cin_c4_section47_2013_2025.csv": "section_47_enquiries/2025",
    "dfe_cin_d5_cpp_at_31_march_2013_2025.csv": "child_protection_plans_at_31_march/2025",
    "ons_population_0_17_2012_2024.csv": "child_population/2024",
    "nca_missing_table_a3_2021.csv": "police_missing_children/2021",
    "nca_missing_table_b1_2021.csv": "missing_related_calls/2021",
    "nca_2020_21_table_f1.csv": "police_missing_care_status/2021",
}
NEWEST = "dfe_looked_after_missing_release_2024.csv"

pytestmark = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the publishers' originals are not at hand")


@pytest.fixture
def data(real_data: DataFolder, tmp_path: Path) -> Iterator[DataFolder]:
    """A copy of the project's data without a warehouse."""
    root = tmp_path / "real"
    for name in ("reference", "published"):
        shutil.copytree(real_data.root / name, root / name)
    yield DataFolder(root, root / "warehouse")
    shutil.rmtree(root)


@pytest.fixture
def etl_real(etl: Callable[..., Any], data: DataFolder) -> Callable[..., Any]:
    """The command line on the real data."""
    return lambda *arguments: etl(*arguments, data=data)


@pytest.fixture
def whole(real: Warehouse) -> str:
    """The content hash of the build of all releases."""
    return str(real.rows("build", "SELECT content_hash FROM build").at[0, "content_hash"])


@pytest.mark.parametrize("removed", [[NEWEST], [name for name in ORIGINALS if name != NEWEST]], ids=["the newest", "all others"])
def test_releases_removed_and_ingested_together_give_the_identical_warehouse(
    removed: list[str],
    data: DataFolder,
    real_data: DataFolder,
    etl_real: Callable[..., Any],
    whole: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The warehouse is the one that ingest builds to try the files out; what it then writes is what it has tried."""
    tried: list[Draft] = []

    def noted(*arguments: Any, **options: Any) -> Draft:
        tried.append(make_draft(*arguments, **options))
        return tried[-1]

    monkeypatch.setattr("etl.ingest.make_draft", noted)
    for name in removed:
        (data.published / f"{ORIGINALS[name]}.csv").unlink()
    answer = etl_real("ingest", *(SAMPLES / name for name in removed))
    assert answer.code == 0, answer.err
    for name in removed:
        publication, release = ORIGINALS[name].split("/")
        assert f"{publication}, release {release}, " in answer.out
        ingested, published = data.incoming / f"{ORIGINALS[name]}.csv", real_data.published / f"{ORIGINALS[name]}.csv"
        assert ingested.read_bytes() == published.read_bytes()
    assert answer.out.count(": added") == len(removed)
    assert [draft.content_hash for draft in tried] == [whole]


@pytest.mark.parametrize("name", ORIGINALS)
def test_an_original_whose_release_is_held_is_already_there(name: str, etl_real: Callable[..., Any]) -> None:
    year = ["--year", "2016"] if "2016" in name else []
    answer = etl_real("ingest", SAMPLES / name, *year)
    assert answer.code == 0
    publication, release = ORIGINALS[name].split("/")
    assert f"{publication}, release {release}, " in answer.out
    assert "already there" in answer.out
