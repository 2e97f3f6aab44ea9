"""The lines of a funnel stand where the stored flags change."""

from __future__ import annotations

import numpy as np
import pytest

from insight.comparing.funnels import LIMITS, funnel_lines
from insight.statistics import adjusted_flags

PROPORTION = {"kind": "proportion", "multiplier": 100}
RATE = {"kind": "rate", "multiplier": 10_000}
SHARE = {"average": 11.0, "tau2": 0.0008, "transform": "arcsine_proportion"}
PER_10000 = {"average": 14.0, "tau2": 0.02, "transform": "sqrt_ratio"}


@pytest.mark.parametrize("adjusted", [True, False])
@pytest.mark.parametrize(("measure", "rest"), [(PROPORTION, SHARE), (RATE, PER_10000)])
def test_lines_narrow_towards_the_average_as_forces_grow(measure: dict, rest: dict, adjusted: bool) -> None:
    lines = funnel_lines(measure, rest, 1_000, 200_000, adjusted=adjusted)
    assert set(lines["limit"]) == set(LIMITS)
    for limit, line in lines.groupby("limit"):
        away = (line.sort_values("size")["value"] - rest["average"]).abs().to_numpy()
        assert np.all(np.diff(away) <= 1e-9), limit
        assert line["size"].between(1_000 * 0.999, 200_000 * 1.001).all()


def test_adjusted_lines_of_a_share_are_where_its_flags_change() -> None:
    lines = funnel_lines(PROPORTION, SHARE, 900, 15_000, adjusted=True)
    upper = lines[lines["limit"] == "upper_95"]
    for size, value in zip(upper["size"], upper["value"], strict=True):
        counts = np.array([value / 100 * size * 0.999, value / 100 * size * 1.001])
        inside, outside = adjusted_flags(counts, [size, size], 0.11, 0.0008, "arcsine_proportion")
        assert str(inside) == "Not significant"
        assert str(outside).startswith("High")


def test_adjusted_lines_of_a_rate_are_in_its_own_unit() -> None:
    lines = funnel_lines(RATE, PER_10000, 50_000, 60_000, adjusted=True)
    upper = lines[lines["limit"] == "upper_998"]
    size, value = upper.iloc[0][["size", "value"]]
    expected = size * 14.0 / 10_000
    counts = np.array([value / 10_000 * size * 0.999, value / 10_000 * size * 1.001])
    inside, outside = adjusted_flags(counts, [expected, expected], 1.0, 0.02, "sqrt_ratio")
    assert [str(inside), str(outside)] == ["High (95%)", "High (99.8%)"]


def test_adjusted_lines_lie_outside_those_of_chance() -> None:
    wide = funnel_lines(PROPORTION, SHARE, 2_000, 2_001, adjusted=True).groupby("limit")["value"].mean()
    narrow = funnel_lines(PROPORTION, SHARE, 2_000, 2_001, adjusted=False).groupby("limit")["value"].mean()
    assert wide["upper_95"] > narrow["upper_95"]
    assert wide["lower_95"] < narrow["lower_95"]
