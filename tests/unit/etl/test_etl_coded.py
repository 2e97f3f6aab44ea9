"""Texts coded as numbers mean what they meant."""

from __future__ import annotations

import pandas as pd

from etl.coded import as_texts, coded, coded_as


def test_coded_texts_are_in_order_and_come_back_as_they_were() -> None:
    rows = pd.DataFrame({"figure": ["b", "a", None, "b"], "release": ["2024", "2015", "2019", "2024"]}, dtype="str")
    made = coded(rows, ["figure", "release"])
    assert made["release"].max() == "2024"
    assert list(made.groupby("figure").size().index) == ["a", "b"]
    pd.testing.assert_frame_equal(as_texts(made, ["figure", "release"]), rows)


def test_texts_coded_as_others_are_missing_where_the_others_never_say_them() -> None:
    texts = pd.Series(["a", "c", None], dtype="str")
    coded_texts = coded_as(texts, coded(pd.DataFrame({"figure": ["b", "a"]}), ["figure"])["figure"])
    assert coded_texts.tolist()[0] == "a"
    assert coded_texts.isna().tolist() == [False, True, True]
    assert coded_as(texts, texts) is texts
