"""The publishers' own files, where they are at hand, give exactly the figures that the project has published."""

from __future__ import annotations

from pathlib import Path

import pytest

from etl.paths import PROJECT
from etl.problems import Refused
from etl.reference import Reference
from etl.sources import read_file
from etl.tidy import write_tidy

SAMPLES = PROJECT.parent / "shared" / "published_samples"
ORIGINALS = {
    "dfe_looked_after_missing_release_2024.csv": ("looked_after_missing", "2024"),
    "dfe_looked_after_missing_release_2016.csv": ("looked_after_missing", "2016"),
    "dfe_assessment_factors_2018_2025.csv": ("assessment_factors", "2025"),
    "dfe_cin_c1_referrals_2013_2025.csv": ("referrals", "2025"),
    "dfe_cin_c4_section47_2013_2025.csv": ("section_47_enquiries", "2025"),
    "dfe_cin_d5_cpp_at_31_march_2013_2025.csv": ("child_protection_plans_at_31_march", "2025"),
    "ons_population_0_17_2012_2024.csv": ("child_population", "2024"),
    "nca_missing_table_a3_2021.csv": ("police_missing_children", "2021"),
    "nca_missing_table_b1_2021.csv": ("missing_related_calls", "2021"),
    "nca_2020_21_table_f1.csv": ("police_missing_care_status", "2021"),
}

pytestmark = [
    pytest.mark.skipif(not SAMPLES.is_dir(), reason="the publishers' originals are not at hand"),
    pytest.mark.slow,
]


@pytest.mark.parametrize("name", ORIGINALS)
def test_an_original_gives_the_published_figures_to_the_byte(name: str, real_reference: Reference, tmp_path: Path) -> None:
    publication, release = ORIGINALS[name]
    [reading] = read_file(SAMPLES / name, real_reference)
    assert (reading.publication, reading.release) == (publication, release)
    assert reading.file == str(SAMPLES / name)
    write_tidy(reading.frame, tmp_path / "reading.csv", "figures")
    published = PROJECT / "data" / "published" / publication / f"{release}.csv"
    assert (tmp_path / "reading.csv").read_bytes() == published.read_bytes()


@pytest.mark.parametrize("name", ORIGINALS)
def test_an_original_is_known_whatever_its_name_and_by_the_hash_that_the_project_keeps(
    name: str, real_reference: Reference, tmp_path: Path
) -> None:
    publication, release = ORIGINALS[name]
    renamed = tmp_path / "download (3).tmp"
    renamed.write_bytes((SAMPLES / name).read_bytes())
    [reading] = read_file(renamed, real_reference)
    assert reading.publication == publication
    assert reading.original_sha256 == real_reference.publications[publication].releases[release].original_sha256


def test_every_row_of_an_original_is_carried_over_or_counted_as_left_out(real_reference: Reference) -> None:
    [reading] = read_file(SAMPLES / "dfe_looked_after_missing_release_2024.csv", real_reference)
    assert len(reading.frame) + reading.left_out == 10_855
    assert reading.left_out == 3_340


def test_a_reading_says_where_in_the_original_each_figure_stands(real_reference: Reference) -> None:
    path = SAMPLES / "nca_missing_table_a3_2021.csv"
    [reading] = read_file(path, real_reference)
    lines = path.read_text(encoding="utf-8").splitlines()
    for figure in reading.frame.to_dict("records"):
        assert figure["raw"] in lines[figure["row"] - 1]


def test_the_newest_original_under_the_later_name_of_its_column_and_with_low_gives_the_same_figures(
    real_reference: Reference, tmp_path: Path
) -> None:
    text = (SAMPLES / "dfe_looked_after_missing_release_2024.csv").read_text(encoding="utf-8-sig")
    later = tmp_path / "download.csv"
    later.write_text(text.replace("CLA_group", "missing_status", 1).replace(",k\n", ",low\n"), encoding="utf-8")
    assert later.read_text(encoding="utf-8").count(",low") == text.count(",k\n") > 0
    [reading] = read_file(later, real_reference)
    write_tidy(reading.frame, tmp_path / "reading.csv", "figures")
    published = PROJECT / "data" / "published" / "looked_after_missing" / "2024.csv"
    assert (tmp_path / "reading.csv").read_bytes() == published.read_bytes()


def test_another_table_of_the_same_service_is_refused_as_such(real_reference: Reference, tmp_path: Path) -> None:
    """A table of children in need that is not read here: the columns of one that is, under names of their own."""
    header, rest = (SAMPLES / "dfe_cin_c1_referrals_2013_2025.csv").read_text(encoding="utf-8-sig").split("\n", 1)
    other = tmp_path / "download.csv"
    other.write_text(f"{header.replace('referral', 'visit').replace('action', 'visit')}\n{rest}", encoding="utf-8")
    with pytest.raises(Refused, match="This is another publication, not one that is read here") as refused:
        read_file(other, real_reference)
    assert "Restore" not in str(refused.value)
