"""The average of similar forces: what is summed, what is left out, and the verdict against it."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from etl.definitions import Measure
from etl.similar_averages import similar_averages

OWN, OTHERS, YEAR = "X0", ["X1", "X2", "X3", "X4", "X5", "X6"], pd.Timestamp("2024-03-31")
SHARE = {
    "measure_id": "share", "title": "Share", "short_title": "Share", "topic": "Made up", "kind": "proportion",
    "numerator": "some", "denominator": "all", "multiplier": 100, "unit": "%", "decimals": 1, "polarity": "none",
    "definition": "Made up.", "caveats": "", "coverage": "Made up.",
}  # fmt: skip


def neighbours() -> pd.DataFrame:
    rows = [(OWN, code, place, float(place)) for place, code in enumerate(OTHERS, start=1)]
    return pd.DataFrame(rows, columns=["force_code", "neighbour_code", "position", "distance"])


def row(code: str, some: int | None, of: int, hidden: int = 0, lower: float | None = None, upper: float | None = None) -> Any:
    return {
        "measure_id": "share", "area_code": code, "area_level": "force", "period_end": YEAR, "numerator": some, "denominator": of,
        "value": None if some is None else 100 * some / of, "hidden_parts": hidden, "verdict_basis": "interval against the average of forces", "basis": "sum of authorities",
        "lower_95": lower, "upper_95": upper, "lower_998": None, "upper_998": None,
    }  # fmt: skip


def averages(*rows: Any) -> list[dict[str, Any]]:
    return similar_averages(pd.DataFrame(rows), neighbours(), [Measure(**SHARE)]).to_dict("records")


def five(**of_the_first: Any) -> list[Any]:
    return [row("X1", 10, 100, **of_the_first), row("X2", 40, 200), *(row(code, 20, 200) for code in ("X3", "X4", "X5"))]


def test_the_average_is_the_sum_of_counts_over_the_sum_of_denominators_of_the_five_nearest() -> None:
    (found,) = averages(row(OWN, 30, 100, lower=22.0, upper=39.0), *five(), row("X6", 100, 100))
    assert found["average"] == pytest.approx(100 * 110 / 900)
    assert (found["forces_compared"], found["forces_left_out"]) == (5, 0)


def test_a_force_with_a_hidden_part_is_left_out_of_counts_and_denominators() -> None:
    (found,) = averages(row(OWN, 30, 100, lower=22.0, upper=39.0), *five(hidden=1))
    assert (found["numerator"], found["denominator"]) == (100, 800)
    assert (found["forces_compared"], found["forces_left_out"]) == (4, 1)


def test_the_verdict_says_on_which_side_of_the_average_the_interval_lies() -> None:
    def verdict(lower: float | None, upper: float | None) -> str:
        return str(averages(row(OWN, 30, 100, lower=lower, upper=upper), *five())[0]["verdict"])

    assert verdict(22.0, 39.0) == "Above average"
    assert verdict(1.0, 12.0) == "Below average"
    assert verdict(10.0, 39.0) == "About average"
    assert verdict(None, None) == "Not compared"


def test_two_complete_figures_are_no_average() -> None:
    assert averages(row(OWN, 30, 100), row("X1", 10, 100), row("X2", 10, 100), row("X3", 10, 100, hidden=1)) == []


def test_without_neighbours_there_is_no_average() -> None:
    assert similar_averages(pd.DataFrame([row(OWN, 30, 100)]), neighbours().head(0), [Measure(**SHARE)]).empty
