"""Made-up forces for the charts: no name, code or figure here belongs to a real one."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from insight.format import Word
from tests.unit.charts.made_up import NAMES, code


@pytest.fixture
def words() -> dict[str, Word]:
    return {
        "reported": Word("Published", ""),
        "suppressed": Word("Suppressed", "[c]"),
        "not_available": Word("Not available", "[x]"),
        "not_applicable": Word("Not applicable", "[z]"),
        "graded": Word("Graded", ""),
        "not_graded": Word("Not graded", "–"),
        "not_found": Word("Not found", "?"),
        "not_in_report": Word("Not in this report", "·"),
    }


@pytest.fixture
def forces() -> Callable[..., pd.DataFrame]:
    """A frame of forces, one a value; None is a suppressed figure."""

    def make(values: list[float | None], **columns: Any) -> pd.DataFrame:
        frame = pd.DataFrame(
            {
                "area_code": [code(index) for index in range(len(values))],
                "area_name": list(NAMES[: len(values)]),
                "short_code": [name[:3].upper() for name in NAMES[: len(values)]],
                "tile_column": [index % 3 for index in range(len(values))],
                "tile_row": [index // 3 for index in range(len(values))],
                "value": pd.Series(values, dtype="float64"),
                "status": ["suppressed" if value is None else "reported" for value in values],
                "hidden_parts": 0,
            }
        )
        return frame.assign(**columns)

    return make


@pytest.fixture
def series() -> Callable[..., pd.DataFrame]:
    """A frame of yearly values by force from 2015 on; None is a suppressed figure, 'gap' leaves the row out."""

    def make(by_force: list[list[Any]], **columns: Any) -> pd.DataFrame:
        rows = [
            {
                "area_code": code(index),
                "area_name": NAMES[index],
                "area_level": "force",
                "period_end": f"{2015 + year}-03-31",
                "value": value,
                "lower_95": None if value is None else value - 1,
                "upper_95": None if value is None else value + 1,
                "status": "suppressed" if value is None else "reported",
                "hidden_parts": 0,
                "role": "mine" if index == 0 else "other",
                "recent_trend": "Increasing",
            }
            for index, values in enumerate(by_force)
            for year, value in enumerate(values)
            if value != "gap"
        ]
        numbers = dict.fromkeys(("value", "lower_95", "upper_95"), "float64")
        return pd.DataFrame(rows).astype(numbers).assign(**columns)

    return make
