"""Rows are made of frames as pandas makes them, whatever a query answers."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

from insight.records import named_rows, records
from insight.warehouse import Warehouse
from tests.questions import arguments_of, questions


@pytest.mark.parametrize("question", questions())
def test_rows_of_every_answer_are_those_of_pandas(question: Callable[..., pd.DataFrame], real: Warehouse) -> None:
    answer = question(real, *arguments_of(question))
    expected = answer.to_dict("records")
    assert repr(records(answer)) == repr(expected)  # the texts tell types too: 1 and 1.0, None and nan, Timestamp and NaT
    assert repr([one._asdict() for one in named_rows(answer)]) == repr(expected)
