"""Two series point the same way, or not, or it cannot be said: the four answers stay apart."""

from __future__ import annotations

from datetime import date

import pytest

from insight.comparing.trend_agreement import same_direction


def row(trend: str) -> dict:
    return {"recent_trend": trend, "period_end": date(2021, 3, 31)}


@pytest.mark.parametrize(
    ("police", "care", "said"),
    [
        ("Increasing", "Increasing", "both series rose"),
        ("Decreasing", "Increasing", "the police series fell and the care series rose"),
        ("No significant change", "No significant change", "neither series shows a significant change"),
        ("Decreasing", "No significant change", "the police series fell over the five years to March 2021; "
         "the care series shows no significant change"),
        ("No significant change", "Increasing", "the care series rose"),
        ("Cannot be calculated", "Increasing", "none can be calculated for the police series"),
        ("Increasing", "Cannot be calculated", "none can be calculated for the care series"),
        ("Cannot be calculated", "Cannot be calculated", "none can be calculated for either series"),
    ],
)  # fmt: skip
def test_direction_in_words(police: str, care: str, said: str) -> None:
    assert said in same_direction(row(police), row(care), "Exampleshire")


def test_no_year_in_common_is_said() -> None:
    assert "no year in common" in same_direction(None, None, "Exampleshire")
