"""The publisher's files of 2015 to 2017, as their published figures make them again, are already there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from etl.paths import DataFolder
from etl.reference import load_reference
from etl.tidy import read_tidy
from tests.unit.sources.older_layout import in_older_layout


@pytest.mark.parametrize("told", [True, False])
@pytest.mark.parametrize("year", [2015, 2016, 2017])
def test_a_file_of_an_older_year_is_already_there(
    year: int, told: bool, etl: Callable[..., Any], real_data: DataFolder, tmp_path: Path
) -> None:
    reference = load_reference(real_data.reference)
    published = read_tidy(real_data.published / "looked_after_missing" / f"{year}.csv", "figures", reference)
    file = tmp_path / "download.csv"
    file.write_text(in_older_layout(published, reference, renamed=year == 2017), encoding="utf-8", newline="\r\n")
    answer = etl("ingest", file, *(["--year", year] if told else []), data=real_data)
    assert answer.code == 0, answer.err
    assert f"looked_after_missing, release {year}, 1,304 rows: already there" in answer.out
