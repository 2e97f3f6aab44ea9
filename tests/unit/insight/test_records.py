"""Rows of frames that no query gives: empty ones, missing values of every kind, objects of numpy's inside."""

from __future__ import annotations

import re
from datetime import date

import numpy as np
import pandas as pd
import pytest

from environment import PROJECT
from insight.records import named_rows, plain_rows, records

SLOW = re.compile(r"""to_dict\(["']records["']\)|\.itertuples\(""")
MISSING = pd.DataFrame(
    {
        "text": pd.Series(["a", None, "c"], dtype="str"),
        "number": [1.5, np.nan, 3.0],
        "whole": pd.Series([1, None, 3], dtype="Int32"),
        "said": pd.Series([True, None, False], dtype="boolean"),
        "day": pd.to_datetime(["2024-03-31", None, "2023-03-31"]),
        "zoned": pd.to_datetime(["2024-03-31", None, "2023-03-31"], utc=True),
        "kind": pd.Categorical(["x", None, "y"]),
    }
)
OBJECTS = pd.DataFrame(
    {
        "any": [np.float64(1), np.int64(2), np.bool_(True), np.datetime64("2024-03-31"), pd.NA, None, date(2024, 3, 31), [1, 2]],
        "plain": range(8),
    }
)
FRAMES = {
    "missing": MISSING,
    "objects": OBJECTS,
    "alone": OBJECTS[["any"]],
    "numbers": pd.DataFrame({"a": [1, 2], "b": [0.5, 1.5]}),
    "of one kind": pd.DataFrame({"a": [1, 2], "b": [3, 4]}),
    "no rows": MISSING.head(0),
    "nothing": pd.DataFrame(),
    "not in order": MISSING.iloc[[2, 0]],
}


@pytest.mark.parametrize("frame", FRAMES.values(), ids=FRAMES)
def test_rows_are_those_of_pandas(frame: pd.DataFrame) -> None:
    assert repr(records(frame)) == repr(frame.to_dict("records"))


def test_rows_have_names_and_stand_as_their_cells() -> None:
    frame = pd.DataFrame({"name": ["Ambershire", "Greyshire"], "two words": [1, 2]})
    first, second = named_rows(frame)
    assert (first.name, second[1]) == ("Ambershire", 2)
    assert plain_rows(frame) == [("Ambershire", 1), ("Greyshire", 2)]


def test_rows_are_made_in_one_place() -> None:
    folders = [PROJECT / name for name in ("insight", "ui", "pages")]
    files = [file for folder in folders for file in folder.rglob("*.py") if "statistics" not in file.parts]
    slow = [file for file in files if SLOW.search(file.read_text(encoding="utf-8")) and file.name != "records.py"]
    assert not slow, "insight.records makes rows at a third of the cost"
