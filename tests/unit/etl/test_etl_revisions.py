"""Provisional and revised figures: the mark of any part holds for what is made of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from etl.problems import Refused
from etl.reference import Reference
from etl.revisions import with_revision
from etl.tidy import read_tidy, tidy_text


@pytest.mark.parametrize(
    ("marks", "whole"),
    [
        ([None, None], None), (["revised", None], "revised"), (["provisional", None], "provisional"),
        (["revised", "provisional"], "provisional"),
    ],
)  # fmt: skip
def test_the_mark_of_any_part_holds_for_the_whole(marks: list[str | None], whole: str | None) -> None:
    parts = pd.DataFrame({"area": ["one", "one", "two"], "revision": [*marks, None]})
    made = with_revision(pd.DataFrame({"area": ["one", "two"]}), parts, ["area"])
    assert [None if pd.isna(mark) else mark for mark in made["revision"]] == [whole, None]


def test_a_force_and_its_measures_carry_the_mark_of_an_authority(
    released: Callable[..., pd.DataFrame], current: Callable[..., pd.DataFrame], reference: Reference
) -> None:
    frame = released(("E99100101", "children_missing", 5), ("E99100102", "children_missing", 6))
    rows = current(frame.assign(revision=["provisional", None])).set_index("area_code")["revision"]
    assert rows["E99000001"] == "provisional"
    assert pd.isna(rows["E99100102"])


def test_a_file_has_the_column_only_where_a_figure_is_marked(reference: Reference, tmp_path: Path) -> None:
    row = {
        "period_end": "2024-03-31", "area_level": "force", "area_code": "E99000001", "figure_id": "children_reported_missing",
        "value": 5, "status": "reported", "revision": None,
    }  # fmt: skip
    frame = pd.DataFrame([row]).astype({"value": "Int64"})
    assert "revision" not in tidy_text(frame, "figures")
    path = tmp_path / "2024.csv"
    path.write_text(tidy_text(frame.assign(revision="provisional"), "figures"), encoding="utf-8")
    assert list(read_tidy(path, "figures", reference)["revision"]) == ["provisional"]
    path.write_text(tidy_text(frame.assign(revision="guessed"), "figures"), encoding="utf-8")
    with pytest.raises(Refused, match="column revision, value 'guessed'"):
        read_tidy(path, "figures", reference)
