"""Figures of one year that are those of another are told; those that are a little alike are not."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from etl.same_years import copied_years


def figures(period: str, values: list[int]) -> pd.DataFrame:
    areas = [f"E991{number:05d}" for number in range(len(values))]
    return pd.DataFrame({"period_end": period, "area_code": areas, "figure_id": "children_missing", "value": values})


@pytest.fixture
def held(tmp_path: Path) -> list[Path]:
    path = tmp_path / "2024.csv"
    figures("2024-03-31", [*range(1, 101), *[0] * 50]).to_csv(path, index=False)
    return [path]


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        (0, ["CHECK THE YEARS: 100 of 100 figures of 2025-03-31 are those of 2024-03-31 in release 2024."]),
        (4, ["CHECK THE YEARS: 96 of 100 figures of 2025-03-31 are those of 2024-03-31 in release 2024."]),
        (5, []),
    ],
)
def test_nearly_all_figures_have_to_be_the_same(changed: int, told: list[str], held: list[Path]) -> None:
    values = [value + 1_000 * (value <= changed) for value in range(1, 101)]
    assert copied_years(figures("2025-03-31", [*values, *[0] * 50]), held) == told


def test_a_later_release_of_the_same_year_is_no_copy(held: list[Path]) -> None:
    assert copied_years(figures("2024-03-31", list(range(1, 101))), held) == []


def test_few_figures_tell_nothing(held: list[Path]) -> None:
    assert copied_years(figures("2025-03-31", list(range(1, 30))), held) == []
